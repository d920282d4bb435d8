"""A name taken apart: whose body (seat), what it is (organ, kind, unit), where it stands (host), and what is left.

Comes in: a name in any script, and a profile's words for kinds of sites. Goes out: its parts. Pure.
"""

import re
from collections.abc import Sequence

import msgspec

from overt.profile.schema import Profile
from overt.resolve.morphemes import Meaning, Unit, morphemes, units, unjoined
from overt.resolve.names import fold_name
from overt.resolve.rest import rest
from overt.resolve.spans import Span, has, respelled, spans_of
from overt.resolve.spots import HOME, Spot, country, finest, narrowed
from overt.resolve.voices import known_names
from overt.words.lookalikes import mixed
from overt.words.phrases import Phrases, matchable
from overt.words.romanise import letters, sound
from overt.words.scripts import has_cjk

_LEVEL = {"province": 1, "city": 2, "county": 3, "district": 3}


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

    def _kinds(self, text: str, row: Sequence[Unit], spans: Sequence[Span]) -> tuple[set[str], set[int]]:
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
            if s.spot or has(s, "organs", "units", "sites")
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
        row = unjoined(units(_without_initials(text)))
        spans = spans_of(row, text == text.lower())
        if not any(has(s, "organs", "sites", "units") for s in spans):
            spans = respelled(row, spans, text == text.lower())
        spots = [s.spot for s in spans if s.spot]
        means = [(m, s) for s in spans for m in s.meanings]
        levels = {_LEVEL[m.code] for m, _ in means if m.section == "levels" and m.code in _LEVEL}
        spots = narrowed(spots, next(iter(levels)) if len(levels) == 1 else None)
        spots = _with_lands(spots, means)
        defaults = morphemes().defaults
        said = {m.code for m, _ in means if m.section == "organs"}
        if any(m == _MINISTRY for m, _ in means):
            said |= {m.code for m, _ in means if m.section == "topics"}
            said |= {"security_ministry"} if "police" in said else set()
        elif not said and any(m.section == "offices" for m, _ in means):
            # A bureau or department of justice; other bureaus of a city have no organ of their own here.
            said |= {m.code for m, _ in means if m.section == "topics"} & defaults.administrative
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
        core, numbers, legal, traits = rest(
            row, spans, bool(organs), named if kind else None, says_much, kind == "hotline"
        )
        han = "".join(u.key for u in core if u.is_han)
        words = tuple(u.key for u in core if not u.is_han)
        is_default = not seat and not host and bool((organs | {kind or ""}) & defaults.home)
        # In Chinese, a mission of which nobody says whose it is is China's.
        is_default = is_default or (not seat and bool(host and organs & defaults.missions) and has_cjk(text))
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


_MINISTRY = Meaning("offices", "ministry")


def _with_lands(spots: list[Spot], means: Sequence[tuple[Meaning, Span]]) -> list[Spot]:
    """Add the state of a body that is known by a name of its own, where the name says no place abroad."""
    out = list(spots)
    for meaning, span in means:
        if meaning.section == "lands" and all(HOME in map(country, s.ids) for s in out):
            out.append(Spot(ids=(meaning.code,), best=meaning.code, key="", words="", start=span.start, end=span.end))
    return out


_INITIALS = re.compile(r"\s*[(（]([A-Z]{2,8})[)）]\s*$")


def _without_initials(text: str) -> str:
    """Return a name without its own initials behind it: "Ministry of Public Security (MPS)"."""
    found = _INITIALS.search(text)
    if found is None:
        return text
    firsts = iter([unit.key[0] for unit in units(text[: found.start()])])
    return text[: found.start()] if all(letter in firsts for letter in found[1].lower()) else text


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
    defaults = morphemes().defaults
    if len(out) > 1:
        out.discard("communist_party")
    if out & morphemes().unique:
        out -= {"police"}
    if out & morphemes().small.fine:
        fine = out & morphemes().small.fine
        if len(fine) > 1:
            fine.discard("federation")
        out = {o for o in out if o not in morphemes().small.broad} | fine
    if {"foreign_office", "overseas_affairs"} <= out:
        out = out - {"foreign_office", "overseas_affairs"} | {"foreign_and_overseas_office"}
    if "security_ministry" in out or "interior_ministry" in out:
        out -= {"police"}
    if "government" in out and out & defaults.administrative - {"government"}:
        out -= {"government"}  # 浙江省人民政府侨务办公室
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
        if not owner and len(abroad) == 1 and _is_where(abroad[0], row):
            return (), finest(abroad)  # 驻墨尔本总领馆: whose it is goes without saying
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
