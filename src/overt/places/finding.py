"""Places named in a text: one scan over the words, longest name first, and for each the likeliest meaning.

A name of a place is often something else: a common word (Reading, 和平), a person (Senator Lincoln), or another place
(London, Ontario). What the neighbouring words say decides; where they say nothing, a small place is marked ambiguous.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from importlib import resources

import msgspec

from overt.places.table import COUNTRY, Named, Place, Table, chain, place_at, table
from overt.words.scripts import has_cjk, is_cjk, simplify


class PlaceSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A place named in a text. `ambiguous`: the words alone do not say that it is this place, or a place at all."""

    start: int
    end: int
    place: Place
    words: str
    ambiguous: bool = False


class _Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    before: dict[str, frozenset[str]]
    before_weak: dict[str, frozenset[str]]
    titles: dict[str, frozenset[str]]
    open: dict[str, frozenset[str]]
    never: dict[str, frozenset[str]]
    longer: dict[str, tuple[str, ...]]
    regions: dict[str, str]


class _Seen(msgspec.Struct, frozen=True):
    """A name at a place of the text, before it is decided what it means."""

    start: int
    end: int
    named: tuple[Named, ...]
    is_han: bool


# Sizes in inhabitants, set by reading news pages. A city of WELL_KNOWN needs no sign that it is a place; one below
# TOWN is believed only with a strong one. NEAR: how much likelier a place in a country of the document is.
WELL_KNOWN = 300_000
TOWN = 50_000
NEAR = 10
# The second meaning of a name makes it ambiguous where it is at least this part of the first.
CLOSE = 0.2

_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(r"([^\W\d_]+)(['’]|\.?\s|[-–—/]|\s\()$")
_BEFORE_TWO = re.compile(r"([^\W\d_]+ [^\W\d_]+)\s$")
_LIST = re.compile(
    r"^\s*(?:,|/|;|、|和|及|与|或|以及|,? ?(?:and|or|y|e|et|und|en|a|&|ou|oder|of|o)\s)"
    r"\s*(?:in |en |à |em |im |a |v |the )?$"
)
_HAN_SUFFIX = "市县区省州国镇"
_HAN_NOT_AFTER = {"日本": "今昨明当翌近每即", "海南": "上", "上海": "在海", "中国": ""}
_LANGUAGES_OF_NAMES = frozenset({"en", ""})


@lru_cache(maxsize=1)
def _context() -> _Context:
    data = resources.files("overt.places").joinpath("data", "context.toml").read_bytes()
    return msgspec.toml.decode(data, type=_Context)


def find(text: str, language: str | None, prefer: Collection[str] = ()) -> list[PlaceSpan]:
    """Return the places named in `text`, in order, without overlaps.

    Args:
        text: any text; offsets are code points of it.
        language: its language tag, or None for all. Names of one language only ("Island" for Iceland in German) are
            looked for in that language; English and local names in all.
        prefer: alpha-2 codes of countries that the document speaks of.

    Returns:
        Spans of countries, regions and cities. Adjectives of peoples are no places: see `demonyms`.
    """
    base = (language or "").split("-")[0].lower()
    here = table()
    seen = _spaced(text, base, here)
    if has_cjk(text):
        seen += _han(simplify(text), base, here)
        seen.sort(key=lambda name: name.start)
    near = set(prefer)
    for name in seen:
        first = name.named[0]
        if first.rank >= COUNTRY or "\tregion\t" in here.rows[first.row]:
            near.add(here.rows[first.row].split("\t", 3)[2])
    out: list[PlaceSpan] = []
    for at, name in enumerate(seen):
        following = seen[at + 1] if at + 1 < len(seen) else None
        span = _decide(text, base, name, following, out[-1] if out else None, near, here)
        if span is not None:
            out.append(span)
    for at in range(len(out) - 2, -1, -1):
        # "only Prato, Florence and Milan": a list with well-known places in it is a list of places.
        span, after = out[at], out[at + 1]
        if span.ambiguous and not after.ambiguous and _LIST.match(text[span.end : after.start]):
            out[at] = msgspec.structs.replace(span, ambiguous=span.place.country != after.place.country)
    return out


def _allowed(kept: list[Named], base: str) -> tuple[Named, ...]:
    """Return what a name can mean in a language, each place once."""
    by_row = {n.row: n for n in reversed(kept) if not base or n.language in _LANGUAGES_OF_NAMES or n.language == base}
    return tuple(sorted(by_row.values(), key=lambda n: (-n.rank, n.row)))


def _spaced(text: str, base: str, here: Table) -> list[_Seen]:
    """Return the names of spaced scripts: exact letters, whole words, the longest at each place."""
    out: list[_Seen] = []
    floor = 0
    tail = "s" if base in ("de", "nl", "") else ""  # Irlands, Chinas
    for word in _WORD.finditer(text):
        start = word.start()
        lengths = here.heads.get(word[0])
        short = None
        if lengths is None and tail and word[0].endswith(tail):
            short = word[0][:-1]
            lengths = (len(short),) if short in here.spaced else None
        if lengths is None or start < floor:
            continue
        for length in lengths:
            end = start + length
            kept = here.spaced.get(text[start:end]) if end <= len(text) else None
            if kept is None or (end < len(text) and short is None and _goes_on(text, end)):
                continue
            named = _allowed(kept, base)
            if short is not None:
                named = tuple(n for n in named if n.rank >= COUNTRY)
            if named:
                out.append(_Seen(start, end, named, False))
                floor = end
                break
    return out


def _goes_on(text: str, end: int) -> bool:
    after = text[end]
    return after.isalnum() and text[end - 1] != "." and not is_cjk(after)


def _han(flat: str, base: str, here: Table) -> list[_Seen]:
    """Return the names of scripts without spaces: the longest at each place."""
    out: list[_Seen] = []
    at, last = 0, len(flat)
    longer = _context().longer["all"]
    first = {word[0] for word in longer}
    heads, names = here.han_heads, here.han
    while at < last:
        if flat[at] in first and (word := next((w for w in longer if flat.startswith(w, at)), None)):
            at += len(word)
            continue
        lengths = heads.get(flat[at])
        if lengths is not None:
            for length in lengths:
                kept = names.get(flat[at : at + length]) if at + length <= last else None
                if kept is None:
                    continue
                words = flat[at : at + length]
                named = tuple(n for n in kept if not n.language or n.language == base or not base)
                if not named or (at and flat[at - 1] in _HAN_NOT_AFTER.get(words, "")):
                    continue
                if ord(words[0]) < 0x3100 and _inside_kana(flat, at, at + length):
                    continue
                out.append(_Seen(at, at + length, named, True))
                at += length - 1
                break
        at += 1
    return out


def _inside_kana(flat: str, start: int, end: int) -> bool:
    """A katakana word goes on: the name is a part of it."""
    before = flat[start - 1] if start else " "
    after = flat[end] if end < len(flat) else " "
    return any("゠" < char <= "ヿ" and char != "・" for char in (before, after))


def _decide(
    text: str,
    base: str,
    name: _Seen,
    following: _Seen | None,
    previous: PlaceSpan | None,
    near: set[str],
    here: Table,
) -> PlaceSpan | None:
    outer = _outer(text, name, following, previous, here)
    for named in name.named if outer else ():
        place = place_at(named.row)
        if place.id not in outer and not chain_of(place).isdisjoint(outer):
            return PlaceSpan(start=name.start, end=name.end, place=place, words=text[name.start : name.end])
    listed = previous is not None and bool(_LIST.match(text[previous.end : name.start])) and not previous.ambiguous
    joined = previous is not None and previous.end == name.start - 1
    if listed and previous is not None:
        near = near | {previous.place.country}
    ranked = sorted(
        ((n.rank * (NEAR if _country(here, n) in near else 1), -n.row, n) for n in name.named),
        key=lambda one: one[:2],
        reverse=True,
    )
    place = place_at(ranked[0][2].row)
    words = text[name.start : name.end]
    sure = (
        _is_place_han(text, name, place, near, here)
        if name.is_han
        else _is_place(text, base, name, place, listed, joined, here)
    )
    if sure is None:
        return None
    close = len(ranked) > 1 and ranked[1][0] >= CLOSE * ranked[0][0]
    return PlaceSpan(start=name.start, end=name.end, place=place, words=words, ambiguous=close or not sure)


def chain_of(place: Place) -> frozenset[str]:
    """Return what a place lies in, with itself."""
    return frozenset(chain(place.id))


def _country(here: Table, named: Named) -> str:
    return here.rows[named.row].split("\t", 3)[2]


def _outer(text: str, name: _Seen, following: _Seen | None, previous: PlaceSpan | None, here: Table) -> frozenset[str]:
    """Return the ids of what the words say the place lies in: "London, Ontario", "Fuzhou (China)", 福建福州."""
    out: set[str] = set()
    if not name.is_han:
        if following is not None and re.fullmatch(r",? ?\(?|,? (?:in|en) ", text[name.end : following.start]):
            out |= {here.rows[n.row].split("\t", 1)[0] for n in following.named}
        code = re.compile(r", ?([A-Z][A-Za-z.]{1,5})(?![A-Za-z])").match(text, name.end)
        if code:
            region = _context().regions.get(code[1]) or _context().regions.get(code[1].rstrip(".,"))
            if region:
                out.add(region)
    elif previous is not None and text[previous.end : name.start] in ("", "的", "省", "市", "州"):
        out.add(previous.place.id)
    return frozenset(out)


def _is_place(text: str, base: str, name: _Seen, place: Place, listed: bool, joined: bool, here: Table) -> bool | None:
    """Do the words around a spaced name say that it is a place? True, False for perhaps, None for no."""
    if place.kind != "city":
        return True
    words = text[name.start : name.end]
    context = _context()
    if (len(words) < 3 and words != "LA") or words in context.never["all"]:
        return None
    before = text[max(0, name.start - 40) : name.start]
    if before[-1:] == "-" and before[-2:-1].isalpha() and not joined:
        return None  # Seine-Saint-Denis
    found = _BEFORE.search(before)
    word = found[1] if found else ""
    strong, weak = _prepositions(base)
    two = _BEFORE_TWO.search(before)
    said = word.lower() in strong or (two is not None and two[1].lower() in strong)
    common = here.common.get(words)
    is_common = common is not None and (not base or base in common or "en" in common)
    if word in context.titles["all"]:
        return None
    if is_common:
        # A common word is a place only where a preposition or a list says so, and not if it is a small one.
        return True if (said or listed) and place.population >= 80_000 else None
    if said or listed:
        return place.population >= WELL_KNOWN or not _is_name_after(text, name.end)  # "in Newton Park"
    beside = joined and text[name.start - 1] == " "  # "Australia Wenzhou Chamber"
    # A capitalised word at once before makes it a part of a longer name (Jane Lincoln); German writes all nouns so.
    named = (
        not beside
        and base != "de"
        and word[:1].isupper()
        and found is not None
        and found[2] == " "
        and word not in context.open["all"]
    )
    if place.population >= WELL_KNOWN:
        return not named
    if (named and not word.isupper()) or _is_name_after(text, name.end):
        return None
    return word.lower() in weak and place.population >= TOWN


def _is_name_after(text: str, end: int) -> bool:
    """Does another capitalised word follow at once, as in a person's name?"""
    return re.compile(r" [A-ZÀ-Ý][a-zà-ÿ]").match(text, end) is not None


@lru_cache(maxsize=32)
def _prepositions(base: str) -> tuple[frozenset[str], frozenset[str]]:
    context = _context()
    if base in context.before:
        return context.before[base], context.before_weak.get(base, frozenset())
    everything = frozenset().union(*context.before.values())
    return everything, frozenset().union(*context.before_weak.values())


def _is_place_han(text: str, name: _Seen, place: Place, near: set[str], here: Table) -> bool | None:
    """Do the words around a Han name say that it is a place? True, False for perhaps, None for no."""
    if place.kind != "city":
        return True
    words = simplify(text[name.start : name.end])
    suffixed = words[-1] in _HAN_SUFFIX or simplify(text[name.end : name.end + 1]) in tuple(_HAN_SUFFIX)
    if "zh" in here.common.get(words, ()):
        after = simplify(text[name.end : name.end + 1])
        return True if after in ("市", "县", "省") and len(words) == 2 and place.population else None
    if len(words) > 2 or suffixed or place.population >= WELL_KNOWN:
        return True
    return place.country in near and place.population >= TOWN
