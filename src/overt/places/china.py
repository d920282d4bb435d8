"""The divisions of China down to the county, with all spellings of their names.

Ids are `cn:` and the code of the National Bureau of Statistics: two digits a province, four a city, six a county or
district, so that what lies in what is read off the id. Names that sound alike (福州 and 抚州) give several divisions.
"""

from functools import lru_cache
from importlib import resources

import msgspec

from overt.words.romanise import czech, letters, wade_giles

COUNTRY = "CN"


class Division(msgspec.Struct, frozen=True, kw_only=True):
    """A division: its full name (青田县), the name without what it is (青田), its sound, and how well known it is."""

    id: str
    name: str
    short: str
    sound: tuple[str, ...]
    rank: int

    @property
    def level(self) -> int:
        """1 a province, 2 a city, 3 a county or district."""
        return (len(self.id) - 3) // 2


class Divisions(msgspec.Struct, frozen=True):
    """All divisions: by id, by characters, by letters of pinyin, and by letters of other spellings."""

    by_id: dict[str, Division]
    han: dict[str, tuple[str, ...]]
    pinyin: dict[str, tuple[str, ...]]
    other: dict[str, tuple[str, ...]]


# Old names of the post and of other languages, for which there is no rule.
_OLD = {
    "3501": "foochow futschou foutcheou futcheu fuchow", "350112": "changlo", "350181": "futsing",
    "3502": "amoy hsiamen emoi emuy", "3505": "chinchew chuanchow tsuanchow", "3506": "changchow",
    "4401": "canton kanton cantao kwangchow", "11": "peking pekin pechino pequim pequin beiping", "12": "tientsin",
    "3201": "nanking nankin nanchino nanquim", "31": "schanghai xangai sciangai changhai sanghaj shangai",
    "50": "chungking tchongking", "4405": "swatow", "4451": "teochew chiuchow chaochow", "3302": "ningpo",
    "3301": "hangchow", "3205": "soochow suchow", "3303": "wenchow ventcheou", "331121": "tsingtien chingtien",
    "3702": "tsingtao tsingtau", "3701": "tsinan", "2101": "mukden", "2102": "dairen dalny portarthur", "6101": "sian",
    "4403": "shumchun", "440781": "toishan hoisan", "440783": "hoiping", "440785": "yanping", "4407": "kongmoon",
    "35": "fukien fokien hokkien", "33": "chekiang tchekiang", "32": "kiangsu", "44": "kwangtung", "45": "kwangsi",
    "51": "szechwan szechuan setchouan sečuan", "42": "hupeh", "41": "honan", "13": "hopei", "37": "shantung",
    "34": "anhwei", "36": "kiangsi", "52": "kweichow", "61": "shensi", "14": "shansi", "62": "kansu", "65": "sinkiang",
    "54": "tibet thibet tibetu",
    "15": "innermongolia mongoliainterior mongolieinterieure inneremongolei vnitrnimongolsko",
    "6501": "urumqi urumtschi urumci", "5401": "lhasa lhassa", "1501": "hohhot huhehot",
    "6531": "kashgar kaschgar", "2301": "harbin charbin haerbin", "5301": "yunnanfu",
}  # fmt: skip
_SINGLE = 2  # a name of one character (沙县) is known only with what it is


@lru_cache(maxsize=1)
def divisions() -> Divisions:
    """Return the table, loaded when it is first asked for."""
    text = resources.files("overt.places").joinpath("data", "divisions.tsv").read_text(encoding="utf-8")
    by_id: dict[str, Division] = {}
    han: dict[str, list[str]] = {}
    pinyin: dict[str, list[str]] = {}
    other: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        code, name, short, sound, rank = line.split("\t")
        one = Division(id=f"cn:{code}", name=name, short=short, sound=tuple(sound.split()), rank=int(rank))
        by_id[one.id] = one
        for form in {name, short} if len(short) >= _SINGLE else {name}:
            han.setdefault(form, []).append(one.id)
        pinyin.setdefault("".join(one.sound), []).append(one.id)
        for form in {"".join(map(wade_giles, one.sound)), "".join(map(czech, one.sound))} - {"".join(one.sound)}:
            other.setdefault(form, []).append(one.id)
        for form in _OLD.get(code, "").split():
            other.setdefault(letters(form), []).append(one.id)
    return Divisions(by_id, *({k: tuple(dict.fromkeys(v)) for k, v in t.items()} for t in (han, pinyin, other)))


@lru_cache(maxsize=1)
def spellings() -> dict[str, tuple[str, ...]]:
    """Return id -> the bare letters of all spellings of its name."""
    out: dict[str, list[str]] = {}
    here = divisions()
    for table in (here.pinyin, here.other):
        for form, ids in table.items():
            for place in ids:
                out.setdefault(place, []).append(form)
    return {place: tuple(forms) for place, forms in out.items()}


def inside(inner: str, outer: str) -> bool:
    """True where the division `inner` is `outer` or lies in it; `outer` may be the country."""
    return inner.startswith("cn:") and (outer == COUNTRY or (outer.startswith("cn:") and inner.startswith(outer)))


def named(words: str) -> tuple[str, ...]:
    """Return the ids of the divisions of a name: characters (Simplified), or bare letters of any spelling.

    Pinyin goes first: another spelling's letters count only where no division has them as its pinyin.
    """
    here = divisions()
    return here.han.get(words) or here.pinyin.get(words) or here.other.get(words) or ()
