# ruff: noqa: E501  (a page is read best as one line)
"""Dates and languages: pages made for it, and the labelled pages where they are at hand.

A date counts as right where it is the same EDTF, precision included: a month is not a day. A date that was only guessed
is counted apart, right or not. The pages made for it hold what real heads hold: JSON-LD in several shapes, meta tags,
`time`, dates printed in words, and declarations that are wrong.
"""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from bench.made import paragraphs
from overt.model import Document
from overt.read import html, text
from overt.words.language import same_language

CASES = Path(__file__).resolve().parents[1].parent / "shared" / "cases"
ABSENT = "labelled pages: not checked: they are not beside this checkout"
_OWN_WORDS = {
    "cs": "Městská rada ve středu uvedla, že kancelář u přístavu byla uzavřena. Úředník řekl, že o povolení nikdo nežádal.",
    "ko": "시의회는 수요일 항구 근처에 있는 사무소가 이미 문을 닫았다고 밝혔다. 허가를 신청한 사람은 없었다고 담당 공무원이 말했다.",
    "ru": "Городской совет сообщил в среду, что бюро возле порта закрыто. По словам чиновника, разрешения никто не просил.",
    "pl": "Rada miasta poinformowała w środę, że biuro w pobliżu portu zostało zamknięte. Nikt nie prosił o zezwolenie.",
}


@dataclass(frozen=True, slots=True)
class Dated:
    """A page, its date as EDTF (None where it has none), where the date stands, and its language."""

    name: str
    data: bytes
    published: str | None
    place: str | None
    language: str


def _linked(inner: str) -> str:
    return f"<script type='application/ld+json'>{inner}</script>"


def _meta(name: str, value: str) -> str:
    return f"<meta name='{name}' property='{name}' content='{value}'>"


# Name, language, EDTF, place, what stands in the head, what stands above the text; then what `lang` says, and the encoding.
_PAGES: tuple[tuple[str, str, str | None, str | None, str, str, str, str], ...] = (
    ("json-ld day", "en", "2022-09-13", "json-ld", _linked('{"@type":"NewsArticle","datePublished":"2022-09-13"}'), "", "en", "utf-8"),
    ("json-ld time with zone", "es", "2022-09-13", "json-ld", _linked('{"@type":"NewsArticle","datePublished":"2022-09-13T23:30:00-05:00"}'), "", "es", "utf-8"),
    ("json-ld month", "en", "2023-03", "json-ld", _linked('{"@type":"Report","datePublished":"2023-03"}'), "", "en", "utf-8"),
    ("json-ld year", "de", "2023", "json-ld", _linked('{"@type":"Report","datePublished":"2023"}'), "", "de", "utf-8"),
    ("json-ld year as a number", "fr", "2021", "json-ld", _linked('{"@type":"ScholarlyArticle","datePublished":2021}'), "", "fr", "utf-8"),
    ("json-ld month, meta day of it", "it", "2023-03-09", "meta", _linked('{"@type":"NewsArticle","datePublished":"2023-03"}') + _meta("article:published_time", "2023-03-09T10:00:00Z"), "", "it", "utf-8"),
    ("json-ld month, meta day of another", "pt", "2023-03", "json-ld", _linked('{"@type":"NewsArticle","datePublished":"2023-03"}') + _meta("date", "2021-01-09"), "", "pt", "utf-8"),
    ("json-ld graph", "nl", "2022-10-25", "json-ld", _linked('{"@graph":[{"@type":"Organization","name":"X"},{"@type":["NewsArticle"],"datePublished":"2022-10-25T06:00:00+02:00"}]}'), "", "nl", "utf-8"),
    ("json-ld in words", "en", "2022-09-13", "json-ld", _linked('{"@type":"NewsArticle","datePublished":"Tue, 13 Sep 2022 08:00:00 GMT"}'), "", "en", "utf-8"),
    ("json-ld nonsense, meta right", "en", "2022-09-13", "meta", _linked('{"@type":"NewsArticle","datePublished":"0001-01-01"}') + _meta("pubdate", "2022-09-13"), "", "en", "utf-8"),
    ("meta day and time", "zh-Hans", "2022-09-13", "meta", _meta("PubDate", "2022-09-13 08:10"), "", "zh-CN", "gb18030"),
    ("meta compact", "zh-Hant", "2022-09-13", "meta", _meta("pubdate", "20220913081000"), "", "zh-TW", "big5"),
    ("meta month", "en", "2022-11", "meta", _meta("dcterms.issued", "2022-11"), "", "en", "utf-8"),
    ("meta year", "fr", "2022", "meta", _meta("DC.date.issued", "2022"), "", "fr", "iso8859-15"),
    ("meta month in words", "es", "2022-09", "meta", _meta("dc.date", "septiembre de 2022"), "", "es", "utf-8"),
    ("meta of the mail kind", "de", "2022-09-13", "meta", _meta("date", "Tue, 13 Sep 2022 08:00:00 +0200"), "", "de", "cp1252"),
    ("meta with points", "cs", "2022-09-13", "meta", _meta("date", "13.9.2022"), "", "cs", "utf-8"),
    ("meta day above twelve", "it", "2022-09-13", "meta", _meta("date", "13/09/2022"), "", "it", "utf-8"),
    ("meta that can be read in two ways", "en", None, None, _meta("date", "03/04/2022"), "", "en", "utf-8"),
    ("time of a day", "fr", "2022-09-13", "time", "", "<time datetime='2022-09-13T08:00'>mardi</time>", "fr", "utf-8"),
    ("time of a month", "en", "2022-09", "time", "", "<p>Report, <time datetime='2022-09'>September 2022</time></p>", "en", "utf-8"),
    ("time without attribute", "pt", "2022-09-13", "time", "", "<time>13 de setembro de 2022</time>", "pt", "utf-8"),
    ("time of the change first", "nl", "2022-09-13", "time", "", "<time class='updated' datetime='2022-09-20'>x</time><time datetime='2022-09-13'>y</time>", "nl", "utf-8"),
    ("printed, Chinese", "zh-Hans", "2022-09-13", "text", "", "<div class='date'>2022年9月13日</div>", "zh-CN", "gb18030"),
    ("printed, Chinese with source", "zh-Hans", "2022-09-13", "text", "", "<p>发布时间：2022年9月13日 来源：示例报</p>", "zh", "utf-8"),
    ("printed, Chinese digits in Han", "zh-Hans", "2022-09-13", "text", "", "<p>发布日期：二〇二二年九月十三日</p>", "zh", "utf-8"),
    ("printed, years of the Republic", "zh-Hant", "2022-09-13", "text", "", "<p>發布日期：民國111年9月13日</p>", "zh-TW", "utf-8"),
    ("printed, Japanese", "ja", "2022-09-13", "text", "", "<p>2022年9月13日</p>", "ja", "cp932"),
    ("printed, Japanese era", "ja", "2022-09-13", "text", "", "<p>令和4年9月13日</p>", "ja", "utf-8"),
    ("printed, Korean", "ko", "2022-09-13", "text", "", "<p>2022년 9월 13일</p>", "ko", "euc-kr"),
    ("printed, Spanish", "es", "2022-09-13", "text", "", "<p>13 de septiembre de 2022</p>", "es", "utf-8"),
    ("printed, Spanish with label", "es", "2022-09-13", "text", "", "<p>Publicado el martes, 13 de septiembre de 2022</p>", "es", "utf-8"),
    ("printed, German", "de", "2022-09-13", "text", "", "<p>Veröffentlicht am 13. September 2022 um 08:15 Uhr</p>", "de", "cp1252"),
    ("printed, German with points", "de", "2022-09-13", "text", "", "<p>13.09.2022</p>", "de", "utf-8"),
    ("printed, French", "fr", "2022-09-01", "text", "", "<p>Publié le 1er septembre 2022</p>", "fr", "utf-8"),
    ("printed, Italian", "it", "2022-09-13", "text", "", "<p>13 settembre 2022</p>", "it", "utf-8"),
    ("printed, Portuguese", "pt", "2022-09-01", "text", "", "<p>Publicado em 1º de setembro de 2022</p>", "pt", "utf-8"),
    ("printed, Dutch", "nl", "2022-09-13", "text", "", "<p>Gepubliceerd op dinsdag 13 september 2022</p>", "nl", "utf-8"),
    ("printed, Czech", "cs", "2022-09-13", "text", "", "<p>13. září 2022</p>", "cs", "utf-8"),
    ("printed, English", "en", "2022-09-13", "text", "", "<p>Published Tuesday, September 13, 2022</p>", "en", "utf-8"),
    ("no date; one in the text is the story's", "en", None, None, "", "", "en", "utf-8"),
    ("language declared wrongly, German as English", "de", "2022-09-13", "meta", _meta("date", "2022-09-13"), "", "en", "utf-8"),
    ("language declared wrongly, Spanish as English", "es", "2022-09-13", "meta", _meta("date", "2022-09-13"), "", "en-US", "utf-8"),
    ("language declared wrongly, Traditional as Simplified", "zh-Hant", "2022-09-13", "meta", _meta("date", "2022-09-13"), "", "zh-CN", "utf-8"),
    ("encoding declared wrongly", "zh-Hans", "2022-09-13", "meta", "<meta charset='iso-8859-1'>" + _meta("date", "2022-09-13"), "", "en", "gb18030"),
    ("language not declared", "pl", "2022-09-13", "meta", _meta("date", "2022-09-13"), "", "", "iso8859-2"),
    ("language not declared, Cyrillic", "ru", "2022-09-13", "meta", _meta("date", "2022-09-13"), "", "", "cp1251"),
)  # fmt: skip


def own() -> list[Dated]:
    """The pages made for it."""
    return [_page(seed, *page) for seed, page in enumerate(_PAGES)]


def _page(
    seed: int, name: str, language: str, day: str | None, place: str | None, head: str, top: str, lang: str, code: str
) -> Dated:
    texts = [_OWN_WORDS[language]] * 4 if language in _OWN_WORDS else paragraphs(language, seed, 5)
    body = "".join(f"<p>{words}</p>" for words in texts)
    said = f" lang='{lang}'" if lang else ""
    title = texts[0][:40]
    page = f"<!doctype html><html{said}><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{top}{body}</article></body></html>"
    return Dated(name, page.encode(code, "xmlcharrefreplace"), day, place, language)


@dataclass(slots=True)
class Tally:
    """What came of the dates and languages of a set of pages."""

    pages: int = 0
    days: int = 0
    right: int = 0
    place: int = 0
    none: int = 0
    wrong: int = 0
    guessed: int = 0
    guessed_right: int = 0
    languages: int = 0

    def add(self, got: Document, wanted: str | None, place: str | None, language: str) -> None:
        """Count one page: a guess is never counted as right, nor as wrong."""
        self.pages += 1
        self.days += wanted is not None
        if got.published_from == "guess":
            self.guessed += 1
            self.guessed_right += got.published == wanted
        elif got.published is None:
            self.none += wanted is not None
        else:
            self.right += got.published == wanted
            self.place += got.published == wanted and got.published_from == place
            self.wrong += got.published != wanted
        self.languages += is_language(got.language, language)

    def row(self, title: str) -> str:
        """The tally as a row of the table."""
        return (
            f"| {title} | {self.pages} | {self.days} | {self.right} | {self.wrong} | {self.none} "
            f"| {self.guessed} ({self.guessed_right}) | {self.languages} |"
        )


def is_language(got: str | None, wanted: str) -> bool:
    """True for the same language, and for Chinese the same script."""
    return got == wanted if wanted.startswith("zh") else same_language(got, wanted)


def of_own() -> Tally:
    """The tally of the pages made for it."""
    tally = Tally()
    for page in own():
        tally.add(html.read(page.data), page.published, page.place, page.language)
    return tally


def of_labelled() -> Tally | None:
    """The tally of the labelled pages, which are plain texts, or None where they are not at hand."""
    sheet = CASES / "sources.csv"
    if not sheet.is_file():
        return None
    tally = Tally()
    with sheet.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            got = text.read((CASES / row["file"]).read_bytes())
            tally.add(got, row["published"] or None, "text", row["language"])
    return tally


def score() -> dict[str, float]:
    """The figures that have floors: of the pages made for it."""
    tally = of_own()
    return {
        "date": tally.right / tally.days,
        "place": tally.place / tally.days,
        "language": tally.languages / tally.pages,
        "wrong": float(tally.wrong),
    }


def score_labelled() -> dict[str, float] | None:
    """The figures of the labelled pages that have floors, or None: of the dates that were read, how many are right."""
    tally = of_labelled()
    if tally is None:
        return None
    read = tally.right + tally.wrong
    return {"date": tally.right / read if read else 0.0, "language": tally.languages / tally.pages}


def digest() -> str:
    """A hash of the pages made for it and of what is true of them."""
    return hashlib.sha256(repr([(p.data, p.published, p.place, p.language) for p in own()]).encode()).hexdigest()[:16]


def table() -> str:
    """The figures as a Markdown table, and each page made for it that is not read as it should be."""
    lines = [
        "| pages | number | with a date | right | wrong | none read | guessed (rightly) | language right |",
        "|---|---|---|---|---|---|---|---|",
        of_own().row("made for it"),
    ]
    labelled = of_labelled()
    lines += [labelled.row("labelled, plain text")] if labelled else ["", ABSENT]
    faults = []
    for page in own():
        got = html.read(page.data)
        if (got.published, got.published_from) != (page.published, page.place) or not is_language(
            got.language, page.language
        ):
            faults.append(
                f"- {page.name}: {got.published} from {got.published_from}, {got.language} "
                f"(true: {page.published} from {page.place}, {page.language})"
            )
    return "\n".join([*lines, *(["", "Not as they should be:", "", *faults] if faults else [])])
