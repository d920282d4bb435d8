"""Generated papers: PDF in one to three columns with tables, and pictures of text. The same on every machine.

Typst sets them (hyphenation, justified lines, running heads), so that they look like what people publish. Chinese and
pictures need a CJK font of the system: where there is none, what needs it is left out with the reason.
"""

import ctypes
import functools
import io
import random
from dataclasses import dataclass
from pathlib import Path

import typst

_SAID = """the council said that a new office would open near the harbour while residents asked what it was for and the
ministry replied in writing that no permission had been sought by anyone before the end of the year because officials
were still looking into the matter with international administration representatives understanding transparency"""
_TALK = _SAID.split()
_HAN = "市政府表示新的办公室将在港口附近开设居民询问用途部门书面答复称年底之前没有人申请许可官员仍在调查此事"
HAN_FONT = "Noto Sans CJK SC"
_FONT_FILES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
NO_FONT = "no CJK font is on this system (on Debian: fonts-noto-cjk)"


@dataclass(frozen=True)
class Paper:
    """A PDF, and its headings and paragraphs in the order in which they are read."""

    data: bytes
    texts: tuple[str, ...]


def font_file() -> Path | None:
    """A font with Latin and Chinese letters, or None where this system has none that is known here."""
    return next((Path(name) for name in _FONT_FILES if Path(name).is_file()), None)


def has_han_font() -> bool:
    """True where Typst finds the CJK font."""
    return HAN_FONT in _families()


@functools.cache
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


def sentence(rng: random.Random, words: int) -> str:
    talk = [rng.choice(_TALK) for _ in range(words)]
    return f"{talk[0].capitalize()} {' '.join(talk[1:])}."


def han_sentence(rng: random.Random, letters: int) -> str:
    return "".join(rng.choice(_HAN) for _ in range(letters)) + "。"


@functools.cache
def paper(columns: int, seed: int = 5, *, paragraphs: int = 20, han: bool = False, indented: bool = False) -> Paper:
    """A report with a title across the columns, headings, running head and page numbers.

    Its paragraphs are even at both edges with white between them, or `indented` and ragged without any.
    """
    rng = random.Random(seed)
    texts = ["An office near the harbour"]
    font = f', font: "{HAN_FONT}"' if han else ""
    body = [
        f'#set page(paper: "a4", columns: {columns}, header: [The Harbour Report #h(1fr) October 2022],',
        "footer: context align(center)[Page #counter(page).display()])",
        "#set par(justify: false, first-line-indent: 1.2em, spacing: 0.65em)"
        if indented
        else "#set par(justify: true)",
        f'#set text(size: 10pt, lang: "{"zh" if han else "en"}", hyphenate: true{font})',
        '#place(top + center, scope: "parent", float: true, text(20pt, weight: "bold")[An office near the harbour])',
    ]
    for number in range(paragraphs):
        if number % 4 == 0:
            texts.append(f"Section {number // 4 + 1} of the matter")
            body += [f"= {texts[-1]}", ""]
        texts.append(han_sentence(rng, rng.randint(60, 200)) if han else sentence(rng, rng.randint(40, 120)))
        body += [texts[-1], ""]
    return Paper(compile_pdf("\n".join(body)), tuple(texts))


def compile_pdf(source: str) -> bytes:
    made = typst.compile(source.encode(), format="pdf", timestamp=1665705600)  # 14 October 2022
    assert isinstance(made, bytes)
    return made


def interleaved(data: bytes) -> bytes:
    """The same pages with their text written line by line across all columns, as many programs do."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    pdf = pdfium.PdfDocument(data)
    for page in pdf:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        placed = []
        for number in range(raw.FPDFPage_CountObjects(page)):
            thing = raw.FPDFPage_GetObject(page, number)
            raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
            placed.append((-round(bottom.value / 4), left.value, number, thing))
        for *_, thing in placed:
            raw.FPDFPage_RemoveObject(page, thing)
        for *_, thing in sorted(placed, key=lambda row: row[:3]):
            raw.FPDFPage_InsertObject(page, thing)
        raw.FPDFPage_GenerateContent(page)
        page.close()
    out = io.BytesIO()
    pdf.save(out)
    pdf.close()
    return out.getvalue()


@dataclass(frozen=True)
class Grid:
    """A PDF with one table: its rows in reading order, the headings first."""

    data: bytes
    rows: tuple[tuple[str, ...], ...]


@functools.cache
def list_of_offices(style: str = "ruled", rows: int = 70, seed: int = 5) -> Grid:
    """A list over several pages whose headings stand on each: `ruled`, with `level` rules alone, or `bare`."""
    rng = random.Random(seed)
    states = ("closed", "inquiry", "denied by the embassy", "said to be open since the spring of the year before")
    made = [("No.", "City", "Country", "Status")]
    made += [(str(n), f"City {n}", f"Country {n % 7}", rng.choice(states)) for n in range(1, rows + 1)]
    stroke = {
        "ruled": "stroke: 0.5pt",
        "level": "stroke: (x: none, y: 0.5pt)",
        "bare": "stroke: none, column-gutter: 1.5em",
    }[style]
    cells = ", ".join(f"[{cell}]" for row in made[1:] for cell in row)
    body = f"""#set page(paper: "a4", header: [List of offices],
  footer: context align(center)[#counter(page).display()])
= A list
The following offices were listed in the report.
#table(columns: (auto, auto, auto, 11em), {stroke}, table.header({", ".join(f"[*{h}*]" for h in made[0])}), {cells})
After the table there is a closing line.
"""
    return Grid(compile_pdf(body), tuple(made))


MERGED = """= Offices by region
#table(columns: 3, table.cell(rowspan: 2)[*Region*], table.cell(colspan: 2)[*Offices*], [*2021*], [*2022*],
  [Europe], [12], [30], [Asia], [5], [9])
"""


@dataclass(frozen=True)
class Sample:
    """A picture of text as PNG, and the lines that stand in it."""

    data: bytes
    lines: tuple[str, ...]


_LINES = {
    "english": (
        "The council said that a new office would open near the harbour.",
        "Fuzhou Police Overseas Service Station, 54 in 30 countries",
        "Monday to Friday 9:00 - 17:30, second floor",
        "It was opened on 10 January 2022; the embassy denies this.",
    ),
    "simplified": (
        "福州警侨事务海外服务站首批名单",
        "市公安局与海外侨团共同设立三十个服务站",
        "二〇二二年一月十日在马德里揭牌",
        "办理驾照换证、户籍咨询等业务共54项",
    ),
    "traditional": (
        "駐外機構否認設立海外警務服務站",
        "荷蘭政府要求立即關閉兩處據點",
        "報告稱共有五十四個站點遍及三十國",
        "僑團負責人表示只提供換發駕照服務",
    ),
}


def picture(
    script: str,
    *,
    size: int = 30,
    noise: int = 0,
    blur: float = 0.0,
    turn: float = 0.0,
    ink: int = 20,
    quality: int = 0,
) -> Sample:
    """A picture of lines in a script; harder with small type, noise, blur, a turn in degrees, pale ink, a bad JPEG."""
    from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

    font = ImageFont.truetype(str(font_file()), size)
    lines = _LINES[script]
    image = Image.new("L", (34 * size, 2 * size * (len(lines) + 1)), 255)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((size, size * (1 + 2 * number)), line, fill=ink, font=font)
    if turn:
        image = image.rotate(turn, fillcolor=255, expand=True)
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        rng = random.Random(54)
        grain = Image.frombytes("L", image.size, rng.randbytes(image.width * image.height))
        image = ImageChops.subtract(image, grain.point(lambda v: v * noise // 255))
    if quality:
        squeezed = io.BytesIO()
        image.save(squeezed, "JPEG", quality=quality)
        image = Image.open(squeezed)
    return Sample(png(image), lines)


def picture_of_table(size: int = 28, *, ruled: bool = False) -> tuple[bytes, tuple[tuple[str, ...], ...]]:
    """A picture of a table under a title, and its rows."""
    from PIL import Image, ImageDraw, ImageFont

    rows = (
        ("City", "Country", "Status"),
        ("Madrid", "Spain", "closed"),
        ("Dublin", "Ireland", "closed in 2022"),
        ("福州", "中国", "在运行"),
        ("Prague", "Czechia", "denied"),
        ("Lisbon", "Portugal", "inquiry"),
    )
    font = ImageFont.truetype(str(font_file()), size)
    image = Image.new("RGB", (36 * size, 3 * size * (len(rows) + 2)), "white")
    draw = ImageDraw.Draw(image)
    draw.text((2 * size, size), "List of overseas service stations", fill="black", font=font)
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            left, top = 2 * size + 11 * size * x, 4 * size + 2.5 * size * y
            draw.text((left, top), text, fill="black", font=font)
            if ruled:
                draw.rectangle((left - size // 2, top - size // 2, left + 10.5 * size, top + 2 * size), outline="black")
    return png(image), rows


def png(image: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")  # type: ignore[attr-defined]
    return out.getvalue()
