"""A name taken apart: whose body (seat), what it is (organ, kind, unit), where it stands (host), and what is left.

Comes in: a name in any script, and a profile's words for kinds of sites. Goes out: its parts. Pure.
"""

import re
from collections.abc import Sequence

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from overt.profile.schema import Profile
from overt.resolve.morphemes import Meaning, Unit, morphemes, units
from overt.resolve.names import fold_name
from overt.resolve.spots import HOME, Spot, country, finest, narrowed, spot_at
from overt.resolve.voices import known_names
from overt.words.lookalikes import mixed
from overt.words.phrases import Phrases, matchable
from overt.words.romanise import letters, sound

_LEVEL = {"province": 1, "city": 2, "county": 3, "district": 3}
_LOOSE = frozenset({"around", "fillers", "offices", "levels", "legal", "branches"})
_HAN_NUMBER = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
_HAN_COUNTED = re.compile(r"^(?:第[一二三四五六七八九十]|[一二三四五六七八九十][号站]|[甲乙丙丁])")
_HOTLINE = "110"


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a name. `seat`: places in the home state. `host`: places elsewhere. `core`: words that mean none of
    the rest, in letters; `han`: the same as characters. `voices`: known voices of the profile that bear the name."""

    text: str
    key: str
    folded: str
    seat: tuple[Spot, ...] = ()
    host: tuple[Spot, ...] = ()
    organs: frozenset[str] = frozenset()
    kind: str | None = None
    campaign: str | None = None
    units: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()
    legal: frozenset[str] = frozenset()
    numbers: tuple[int, ...] = ()
    core: tuple[str, ...] = ()
    han: str = ""
    is_branch: bool = False
    is_home_default: bool = False
    mixed: tuple[str, ...] = ()
    voices: frozenset[str] = frozenset()
    looks_personal: bool = False

    @property
    def is_place(self) -> bool:
        """True where the name is that of a place and nothing else."""
        has_other = self.organs or self.kind or self.units or self.traits or self.core or self.han or self.legal
        return bool(self.seat or self.host) and not has_other and not self.numbers


class _Span(msgspec.Struct, frozen=True):
    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()
    spot: Spot | None = None


class Reader:
    """Takes names apart with one profile's words, compiled once."""

    __slots__ = ("_counted", "_phrases", "_seen", "_voices")

    def __init__(self, profile: Profile) -> None:
        """Compile the words for kinds that `profile` gives in all its languages."""
        keyed = []
        for vocabulary in profile.vocabularies.values():
            for table in (vocabulary.kinds, vocabulary.plural):
                for kind, phrases in table.items():
                    # "the station" and "this office" name a thing in a sentence, and nothing in a name.
                    keyed += [(kind, p) for p in phrases if not _DETERMINED.match(p)]
        self._phrases = Phrases(sorted(set(keyed)))
        self._voices = known_names(profile)
        counted = sorted(code for code, kind in profile.kinds.items() if kind.counted)
        self._counted = counted[0] if counted else ""
        self._seen: dict[str, Parts] = {}

    def read(self, text: str) -> Parts:
        """Return the parts of a name; the same object for the same words."""
        found = self._seen.get(text)
        if found is None:
            if len(self._seen) >= _MEMORY:
                self._seen.clear()
            found = self._seen[text] = self._read(" ".join(text[:_LONGEST_NAME].split()))
        return found

    def _kinds(self, text: str, row: Sequence[Unit], spans: Sequence[_Span]) -> tuple[set[str], set[int]]:
        """Return the kinds that the profile's words find, and which units those words take.

        A word for a kind that lies in a longer one ("service center" in "police service center"), or in the words of a
        place or public body, names nothing.
        """
        known = [
            (
                row[s.start].start,
                row[s.end - 1].end,
                {self._counted if m.code == "station" else m.code for m in s.meanings},
            )
            for s in spans
            if s.spot or _has(s, "organs", "units", "sites")
        ]
        hits = self._phrases.find(matchable(text))
        longest = [(h.start, h.end, {h.key}) for h in hits] + known
        out: set[str] = set()
        taken: set[int] = set()
        for hit in hits:
            size = hit.end - hit.start
            if any(s <= hit.start and hit.end <= e and (e - s > size or hit.key not in k) for s, e, k in longest):
                continue
            out.add(hit.key)
            taken.update(at for at, unit in enumerate(row) if hit.start <= unit.start and unit.end <= hit.end)
        return out, taken

    def _read(self, text: str) -> Parts:
        row = units(text)
        spans = _spans(row, text == text.lower())
        if not any(_has(s, "organs", "sites", "units") for s in spans):
            spans = _with_slips(row, spans, text == text.lower())
        spots = [s.spot for s in spans if s.spot]
        means = [(m, s) for s in spans for m in s.meanings]
        levels = {_LEVEL[m.code] for m, _ in means if m.section == "levels" and m.code in _LEVEL}
        spots = narrowed(spots, next(iter(levels)) if len(levels) == 1 else None)
        said = {m.code for m, _ in means if m.section == "organs"}
        sites = {m.code for m, _ in means if m.section == "sites"}
        campaigns = sorted(m.code for m, _ in means if m.section == "campaigns")
        kinds = {self._counted if code == "station" else code for code in sites}
        found, named = self._kinds(text, row, spans)
        kinds |= found
        kind = _kind(kinds, self._counted, bool(said - {"police", "center", "association"}))
        organs = _organs(said)
        seat, host = _sides(spots, organs, row)
        if kind is None and organs == {"police"} and host and any(s.ids != (HOME,) for s in seat):
            kind = self._counted  # "the politiebureau of Qingtian in Amsterdam"
        if kind is not None:
            organs = (
                frozenset(organs - {"police", "center", "government", "team"}) if kind == self._counted else frozenset()
            )
        says_much = bool(organs or kind or spots)
        core, numbers, legal, traits = _rest(row, spans, bool(organs), named if kind else None, says_much)
        han = "".join(u.key for u in core if u.is_han)
        words = tuple(u.key for u in core if not u.is_han)
        defaults = morphemes().defaults
        is_default = not seat and not host and bool((organs | {kind or ""}) & defaults.home)
        folded = fold_name(text)
        parts = Parts(
            text=text,
            key="".join(u.key for u in row),
            folded=folded,
            seat=seat,
            host=host,
            organs=organs,
            kind=kind,
            campaign=campaigns[0] if campaigns else None,
            units=frozenset(m.code for m, _ in means if m.section == "units"),
            traits=traits,
            legal=legal,
            numbers=numbers,
            core=words,
            han=han,
            is_branch=any(m.section == "branches" for m, _ in means),
            is_home_default=is_default,
            mixed=mixed(text),
            voices=frozenset(self._voices.get(folded, ())),
        )
        return msgspec.structs.replace(parts, looks_personal=_looks_personal(parts, row))


_MEMORY = 1 << 17
_LONGEST_NAME = 301  # one more than is compared, so that a longer one is seen to be longer
_DETERMINED = re.compile(
    r"^\(?(the|this|that|its|la|el|este|esta|ce|cet|cette|le|das|die|der|het|dit|de|este|esse|a|uma|o)[|)?]|^\(?(该|此|这些)"
)


def _has(span: _Span, *sections: str) -> bool:
    return any(m.section in sections for m in span.meanings)


def _may_stand_alone(row: Sequence[Unit], at: int, is_after: bool) -> bool:
    """Is one character (会, 社, 站) a word here: at the end of its run, or behind a part that is known?"""
    return is_after or at + 1 == len(row) or not row[at + 1].is_han


def _phrase_at(row: Sequence[Unit], at: int, is_after: bool) -> _Span | None:
    here = morphemes()
    lengths = here.lengths.get(row[at].key, ())
    ends: list[int] = []  # where a phrase of one, two, ... words that begins here ends, small words between left out
    keys: list[str] = []
    for place in range(at, len(row)):
        if lengths and len(keys) < lengths[0] and (place == at or row[place].key not in here.fillers):
            keys.append(row[place].key)
            ends.append(place + 1)
        elif not lengths or len(keys) >= lengths[0]:
            break
    for length in lengths:
        found = here.phrases.get(tuple(keys[:length])) if length <= len(keys) else None
        if found and not (length == 1 and row[at].is_han and not _may_stand_alone(row, at, is_after)):
            return _Span(at, ends[length - 1], found)
    key = ""
    best: _Span | None = None
    for end in range(at, min(at + 6, len(row))):
        if row[end].is_han:
            break
        key += row[end].key
        if key in here.joined:
            best = _Span(at, end + 1, here.joined[key])
    return best


def _spans(row: Sequence[Unit], is_small: bool) -> list[_Span]:
    """Return the meaningful stretches of a name, left to right, the longest at each place."""
    out: list[_Span] = []
    at = 0
    while at < len(row):
        phrase = _phrase_at(row, at, bool(out) and out[-1].end == at)
        spot = spot_at(row, at, is_small)
        chosen: _Span | None = phrase
        if spot is not None:
            placed = _Span(spot.start, spot.end, (), spot)
            loose = phrase is None or all(m.section in _LOOSE for m in phrase.meanings)
            if phrase is None or placed.end > phrase.end or (placed.end == phrase.end and loose):
                chosen = placed
            if phrase is not None and placed.end == phrase.end and loose and spot.is_people and _is_chinese(phrase):
                chosen = placed
        if chosen is None:
            at += 1
            continue
        out.append(chosen)
        at = chosen.end
    return out


def _is_chinese(span: _Span) -> bool:
    return any(m.code == "chinese" for m in span.meanings)


def _with_slips(row: Sequence[Unit], spans: list[_Span], is_small: bool) -> list[_Span]:
    """Return the spans as they are when one word of a longer phrase is spelled right ("Pubic Security Bureau")."""
    free = set(range(len(row))) - {
        i for s in spans if not all(m.section in _LOOSE for m in s.meanings) for i in range(s.start, s.end)
    }
    for at in sorted(free):
        word = row[at]
        if word.is_han or len(word.key) < _LEAST_SLIP or word.key in morphemes().lengths:
            continue
        found = process.extractOne(word.key, morphemes().words, scorer=OSA.distance, score_cutoff=1)
        if found is None or found[0] == word.key:
            continue
        trial = [*row[:at], Unit(found[0], word.raw, False), *row[at + 1 :]]
        again = _spans(trial, is_small)
        if any(_has(s, "organs", "sites", "units") and s.end - s.start > 1 and s.start <= at < s.end for s in again):
            return again
    return spans


_LEAST_SLIP = 5


def _kind(kinds: set[str], counted: str, has_organ: bool) -> str | None:
    """Return the one kind of a name: a named look-alike goes before the general words of a site."""
    special = sorted(kinds - {counted, "organisation", "mission"})
    if special:
        return special[0]
    if counted in kinds and not has_organ:
        return counted
    return counted if counted in kinds and has_organ else None


def _organs(found: set[str]) -> frozenset[str]:
    """Return the telling organs: the party beside its own department, and "association" beside a finer word, fall."""
    out = set(found)
    if len(out) > 1:
        out.discard("communist_party")
    if out & morphemes().small.fine:
        fine = out & morphemes().small.fine
        if len(fine) > 1:
            fine.discard("federation")
        out = {o for o in out if o not in morphemes().small.broad} | fine
    if {"foreign_office", "overseas_affairs"} <= out:
        out = out - {"foreign_office", "overseas_affairs"} | {"foreign_and_overseas_office"}
    if "security_ministry" in out or "interior_ministry" in out:
        out -= {"police"}
    if out & {"government"} and out & {"police", "court", "prosecutor"}:
        out -= {"government"}
    if len(out) > 1:
        out -= (
            {"center", "team", "news_agency", "society"}
            if len(out - {"center", "team", "news_agency", "society"})
            else set()
        )
    return frozenset(out)


def _sides(
    spots: Sequence[Spot], organs: frozenset[str], row: Sequence[Unit]
) -> tuple[tuple[Spot, ...], tuple[Spot, ...]]:
    """Return the places of the body (home state) and those where it stands."""
    home = [s for s in spots if all(country(i) == HOME for i in s.ids)]
    abroad = [s for s in spots if s not in home]
    defaults = morphemes().defaults
    if organs & defaults.missions:
        owner = [s for s in home if not _is_where(s, row)]
        if not owner and abroad:
            # A mission of another state: whose it is stands first or as an adjective.
            first = next((s for s in abroad if s.is_people), abroad[0])
            return (first,), finest([s for s in [*abroad, *home] if s is not first])
        home = owner
    if organs & defaults.national:
        home, abroad = [_of_state(s) for s in home], [_of_state(s) for s in abroad]
    return finest(home), finest(abroad)


def _is_where(spot: Spot, row: Sequence[Unit]) -> bool:
    """Does the name say that the body stands there ("in China", 驻华), not that it belongs there?"""
    before = row[spot.start - 1] if spot.start else None
    return (
        not spot.is_people and before is not None and (before.key in morphemes().small.where or spot.words[0] == "驻")
    )


def _of_state(spot: Spot) -> Spot:
    lands = tuple(dict.fromkeys(country(i) for i in ((spot.best,) if spot.best else spot.ids)))
    return msgspec.structs.replace(spot, ids=lands, best=lands[0] if len(lands) == 1 else None)


def _rest(
    row: Sequence[Unit], spans: Sequence[_Span], has_organ: bool, named: set[int] | None, says_much: bool
) -> tuple[list[Unit], tuple[int, ...], frozenset[str], frozenset[str]]:
    """Return the units that mean nothing known, the numbers, the forms of companies, and the traits."""
    taken: set[int] = set()
    has_kind = named is not None
    kept: list[_Span] = []
    legal: set[str] = set()
    traits: set[str] = set()
    for span in spans:
        inside = range(span.start, span.end)
        sections = {m.section for m in span.meanings}
        if span.spot or sections & {"organs", "sites", "units", "campaigns", "levels", "branches", "fillers"}:
            taken.update(inside)
            traits |= {m.code for m in span.meanings if m.section == "traits" and "organs" in sections}
        elif "legal" in sections:
            legal |= {m.code for m in span.meanings if m.section == "legal"}
            taken.update(inside)
        elif "traits" in sections:
            traits |= {m.code for m in span.meanings if m.section == "traits"}
            taken.update(inside)
        elif ("around" in sections and has_kind) or ("offices" in sections and (has_organ or has_kind)):
            taken.update(inside)
        else:
            kept.append(span)
    if has_kind:
        traits -= {"hotline", "cooperation", "general"}
    numbers = _numbers(row, taken, has_kind)
    taken |= named or set()
    core = [unit for at, unit in enumerate(row) if at not in taken]
    if not core and not says_much and not traits:
        # Nothing but small words: they are the name ("The Who", "Group 4").
        core = [u for at, u in enumerate(row) if not u.key.isdigit()]
    if "chinese" not in traits and any(_is_chinese(s) for s in spans):
        traits.add("chinese")
    return core, numbers, frozenset(legal), frozenset(traits)


def _numbers(row: Sequence[Unit], taken: set[int], has_kind: bool) -> tuple[int, ...]:
    """Return the numbers of a name, sorted, and take their units away."""
    out: list[int] = []
    for at, unit in enumerate(row):
        if unit.is_han:
            ahead = "".join(u.key for u in row[at : at + 3])
            if at not in taken and _HAN_COUNTED.match(ahead):
                char = ahead[1] if ahead[0] == "第" else ahead[0]
                out.append(_HAN_NUMBER.get(char, "甲乙丙丁".find(char) + 1))
                taken.update(range(at, min(at + 2, len(row))) if ahead[0] != "甲" else [at])
            elif at not in taken and unit.key in "号第":
                taken.add(at)
        elif unit.key.isdigit():
            if not (unit.key == _HOTLINE and has_kind) and len(unit.key) < 9:
                out.append(int(unit.key))
            taken.add(at)
        elif at not in taken and (value := _number_word(unit)) is not None:
            # forty-four
            is_unit = out and at - 1 in taken and out[-1] in _TENS and value < 10
            out[-1:] = [out[-1] + value] if is_unit else [*out[-1:], value]
            taken.add(at)
    if "no" in {row[at].key for at in range(len(row))} and out:
        taken.update(at for at, unit in enumerate(row) if unit.key in ("no", "nr", "number"))
    return tuple(sorted(out))


def _number_word(unit: Unit) -> int | None:
    """Return the value of a word or Roman numeral, in capitals and of two letters at least."""
    if unit.raw.isupper() and _ROMAN.fullmatch(unit.raw):
        value = [_ROMAN_DIGITS[c] for c in unit.raw]
        return sum(-v if v < after else v for v, after in zip(value, [*value[1:], 0], strict=True))
    return morphemes().small.numbers.get(unit.key)


_TENS = frozenset(range(20, 100, 10))
_ROMAN = re.compile(r"(?=..)X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_LONGEST_PERSON = 8  # words


_HAN_ONLY = re.compile("[\u3400-\u9fff]+")
_NO_PERSON = frozenset(("of", "the", "for", "and"))


def _looks_personal(parts: Parts, row: Sequence[Unit]) -> bool:
    """Could these words be the name of a person? True too often rather than too seldom."""
    if parts.organs or parts.kind or parts.traits or parts.units or parts.is_place or parts.numbers:
        return False
    if parts.voices:
        return False
    if parts.han and not parts.core and _HAN_ONLY.fullmatch(parts.han):
        return len(row) <= 4 and row[0].key in morphemes().small.surnames
    return len(row) <= _LONGEST_PERSON * (3 if parts.han else 1) and not any(u.key in _NO_PERSON for u in row)


def sounds(parts: Parts) -> str:
    """Return how the core of a name sounds, in bare letters."""
    return sound(parts.han) + "".join(parts.core) if parts.han else "".join(parts.core)


__all__ = ["Parts", "Reader", "letters", "sounds"]
