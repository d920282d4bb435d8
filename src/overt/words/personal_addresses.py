"""Street addresses: a street's name with a house number, in the ways of the profile languages and of Chinese."""

import msgspec

from overt.words.patterns import compile as pattern
from overt.words.patterns import escape
from overt.words.tables import load


class _Streets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    behind: tuple[str, ...]
    endings: tuple[str, ...]
    before: tuple[str, ...]
    han: tuple[str, ...]
    numbers: tuple[str, ...]


_STREETS = load("streets", _Streets)


def _any(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(escape(word) for word in sorted(words, key=lambda w: (-len(w), w))) + ")"


# A house number: 12, 12a, 12-14, 12/3; never a year.
_NUMBER = r"\d{1,5}\s?(?:[A-Za-z]\b)?(?:\s?[-–/]\s?\d{1,4}[A-Za-z]?)?"
_NAME = r"[\p{Lu}\d][\p{L}\p{M}'’.\-]*"
_SMALL = r"de|del|della|di|da|do|dos|des|du|la|las|los|le|les|van|von|der|den|l'|y|e|et|und|en"
_NAMES = rf"{_NAME}(?:\s(?:{_NAME}|{_SMALL})){{0,4}}"
_NR = r"(?:,?\s(?:n[°º.]?|nº|no\.?|nr\.?|num\.?|número|numero|number|at|č\.)?\s?)"
_TOWN = r"(?:,?\s(?:[A-Z]{1,2}[- ])?\d{4,6}(?:\s?[A-Z]{2})?\s\p{Lu}[\p{L}\-]+)?"
_FLAT = r"(?:,?\s(?i:(?:apt|apartment|suite|unit|flat|floor|piso|planta|étage|stock|etage|p\.?o\.? box)\.?\s?\w{1,6}))?"

_SIDE = r"(?:(?:East|West|North|South|NE|NW|SE|SW|E|W|N|S)\.?\s)?"
_OF = r"(?:(?:de l'|de|del|della|di|da|do|dos|des|du|la|las|los|le|les|l'|d')\s?){0,2}"
_BEHIND, _BEFORE, _ENDING = _any(_STREETS.behind), _any(_STREETS.before), _any(_STREETS.endings)

# RE2's \b knows ASCII letters only, so it stands only where a digit or a listed word begins or ends.
_SOURCES = (
    # 12 Capel Street, 220-222 East Broadway Avenue
    rf"\b{_NUMBER}[,\s]\s?{_SIDE}{_NAMES}\s{_BEHIND}\b\.?{_FLAT}{_TOWN}",
    # 107 East Broadway: the street's name is the word itself
    rf"\b{_NUMBER}\s{_SIDE}(?:Broadway|Bowery)\b{_FLAT}{_TOWN}",
    # Capel Street 12, Capel Street no. 12
    rf"{_NAMES}\s{_BEHIND}{_NR}{_NUMBER}\b{_FLAT}{_TOWN}",
    # Hauptstraße 5, Kerkstraat 12, 1012 AB Amsterdam
    rf"\p{{Lu}}[\p{{L}}\-]*\s?(?i:{_ENDING}){_NR}?\s?{_NUMBER}\b{_TOWN}",
    # Calle de Alcalá, 12; Via Roma 5; rua Augusta, 10
    rf"\b(?i:{_BEFORE})\s?{_OF}{_NAMES}{_NR}{_NUMBER}\b{_TOWN}",
    # 12, rue de Rivoli; 12 bis boulevard Voltaire
    rf"\b{_NUMBER}(?:\s(?:bis|ter))?,?\s(?i:{_BEFORE})\s{_OF}{_NAMES}{_TOWN}",
    # 123 West 45th Street
    rf"\b{_NUMBER}\s{_SIDE}\d{{1,3}}(?:st|nd|rd|th)\s{_BEHIND}\b\.?{_FLAT}",
    # a P.O. box; a British and a Canadian postcode, a postal code with its town
    r"(?i:p\.?\s?o\.?\s?box|postfach|postbus|apartado(?: de correos)?|casella postale|boîte postale)\s\d{1,7}",
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b\d{4}\s?[A-Z]{2}\s\p{Lu}\p{Ll}+",
    r"\b(?:D-|CH-|A-|F-|I-|E-)?\d{5}\s\p{Lu}\p{Ll}{3,}(?:\sam\s\p{Lu}\p{Ll}+)?\b",
    r"\p{Lu}[\p{L} ]{2,20},\s[A-Z]{2}\s\d{5}(?:-\d{4})?\b",
)
# A street without its number still leads to a door: only the city is published.
_UNNUMBERED = pattern(
    r"\p{Lu}[\p{L}\p{M}'’.\-]+(?:\s\p{Lu}[\p{L}\p{M}'’.\-]+)?\s(?:Street|Road|Avenue|Boulevard|Lane|Terrace|Crescent)\b|"
    r"\b(?i:rue|avenue|boulevard|calle|avenida|paseo|rua|viale|corso)\s(?:(?:de|del|della|da|do|des|du|la|las|los|le|les)\s)*"
    r"\p{Lu}[\p{L}\p{M}'’\-]+|"
    r"\p{Lu}[\p{L}\-]{2,}(?:straße|strasse|straat|laan|gracht)\b|"
    r"(?:位于|地处|坐落于|坐落在|设在|[市区])[\p{Han}]{2,8}?(?:大街|大道|街|路)"
)
_OUTLET_WORD = pattern(r"\s(?:Record|Herald|Times|Post|Journal|Gazette|News|Courier|Review|Chronicle|Project|Studio)")
_NO_DOOR = frozenset({"Wall Street", "Downing Street", "Fleet Street"})
_PATTERNS = tuple(pattern(source) for source in _SOURCES)
_NUMERAL = r"[\d一二三四五六七八九十百甲乙丙丁零〇之\-－–A-Za-z]{1,8}"
_HAN = pattern(
    rf"(?:[\p{{Han}}]{{0,12}}(?:省|市|区|县|镇|乡|州)){{0,4}}[\p{{Han}}A-Za-z]{{1,8}}{_any(_STREETS.han)}\s?{_NUMERAL}\s?{_any(_STREETS.numbers)}"
    rf"(?:\s?{_NUMERAL}\s?(?:楼|层|室|栋|座|单元|号|房|幢)){{0,4}}"
)
_DATED = pattern(r"\b\d{1,2}\.?\s\p{L}+\.?\s(?:19|20)\d\d\b")
_YEAR = pattern(r"(?:19|20)\d\d")


def addresses(flat: str) -> list[tuple[int, int]]:
    """Return the spans of street addresses in a text (narrow, Simplified; same length as the page's)."""
    out = []
    for each in _PATTERNS:
        for hit in each.finditer(flat):
            out.append((hit.start, hit.end))
    out += [(hit.start, hit.end) for hit in _HAN.finditer(flat)]
    for hit in _UNNUMBERED.finditer(flat):
        if _goes_on(flat[hit.end : hit.end + 12]):
            continue
        if hit.text not in _NO_DOOR and "唐人街" not in hit.text and "一带一路" not in hit.text:
            out.append((hit.start, hit.end))
    return [
        (start, end) for start, end in out if not _YEAR.fullmatch(flat[start:end]) and not _is_date(flat[start:end])
    ]


def _goes_on(after: str) -> bool:
    """ "Ferry Street Record" is a newspaper, not a street."""
    return _OUTLET_WORD.match(after) is not None


def _is_date(words: str) -> bool:
    """ "am 8. Dezember 2022" is a date, though "Am Markt 8" is a street."""
    return _DATED.search(words) is not None
