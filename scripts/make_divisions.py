"""Make the table of Chinese divisions that ships: src/overt/places/data/divisions.tsv.

What comes in: `provinces.csv`, `cities.csv`, `areas.csv` of modood/Administrative-divisions-of-China (the codes of the
National Bureau of Statistics, GB/T 2260; WTFPL), given as a folder; pypinyin for the sound of each name; the gazetteer
for how well known a place is; `gazetteer/hometowns.csv`. The same inputs make the same bytes.

    python scripts/make_divisions.py FOLDER
"""

import csv
import re
import sys
from pathlib import Path

from pypinyin import lazy_pinyin

from overt.places.table import chain, place_at, table
from overt.words.scripts import simplify

HERE = Path(__file__).parent
OUT = HERE.parent / "src" / "overt" / "places" / "data" / "divisions.tsv"
PEOPLES = re.compile(
    r"(?<=..)(壮族|回族|维吾尔|维吾尔族|土家族|苗族|侗族|布依族|彝族|藏族|羌族|傣族|景颇族|白族|"
    r"哈尼族|傈僳族|蒙古|蒙古族|朝鲜族|哈萨克|哈萨克族|柯尔克孜|瑶族|畲族|黎族|满族|土族|"
    r"撒拉族|东乡族|保安族|裕固族|纳西族|拉祜族|佤族|布朗族|怒族|独龙族|普米族|仡佬族|水族|"
    r"毛南族|仫佬族|各族|鄂温克族|达斡尔族|鄂伦春|塔吉克|锡伯|锡伯族|京族|高山族)$"
)
SUFFIX = re.compile(r"(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|省|市|县|区|旗|盟|州)$")
# Names whose characters sound otherwise in them: in gazetteer/sounds.csv.
FLAT = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
BY_LEVEL = {2: 30_000_000, 4: 800_000, 6: 150_000}
CAPITAL = 1_000_000  # districts of Beijing, Tianjin, Shanghai and Chongqing are as well known as cities
HOME = 10
ZONE = re.compile(
    r"(园区|开发区|开发试验区|管理区|示范区|产业区|新区|保税区|矿区|工业区|合作区|度假区|化工区|街道|镇)$"
)


def bare(name: str) -> str:
    """Return a division's name without what kind of division it is."""
    short = SUFFIX.sub("", name)
    if name.endswith(("自治区", "自治州", "自治县", "自治旗")):
        while (fewer := PEOPLES.sub("", short)) != short:
            short = fewer
    return short if len(short) > 1 else name


def known(name: str, short: str) -> int:
    """Return the gazetteer's rank of the place of this name in China, 0 where it has none."""
    found = table().han.get(simplify(name)) or table().han.get(simplify(short)) or []
    return max(
        (n.rank for n in found if place_at(n.row).country == "CN" and len(chain(place_at(n.row).id)) > 1), default=0
    )


def main(folder: Path) -> None:
    """Write the table."""
    home = {w for w in (HERE / "gazetteer" / "hometowns.csv").read_text(encoding="utf-8").splitlines() if w[:1] != "#"}
    lines = (HERE / "gazetteer" / "sounds.csv").read_text(encoding="utf-8").splitlines()[2:]
    sounds = dict(line.split(",") for line in lines)
    rows: list[tuple[str, str]] = []
    for file in ("provinces.csv", "cities.csv", "areas.csv"):
        with (folder / file).open(encoding="utf-8", newline="") as lines:
            rows += [(row["code"], row["name"]) for row in csv.DictReader(lines)]
    out = []
    for code, name in sorted(set(rows)):
        if name in FLAT or (len(name) > 4 and ZONE.search(name)):
            continue
        short = bare(name)
        sound = sounds.get(short) or " ".join(lazy_pinyin(short, v_to_u=False)).replace("v", "u")
        least = CAPITAL if len(code) == 6 and code[:2] in ("11", "12", "31", "50") else BY_LEVEL[len(code)]
        rank = max(known(name, short) if len(code) < 6 or name[-1] in "市县" else 0, least)
        out.append("\t".join([code, name, short, sound, str(rank * HOME if name in home else rank)]))
    head = "# code\tname\tshort name\tsound\thow well known; made by scripts/make_divisions.py\n"
    OUT.write_text(head + "\n".join(out) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
