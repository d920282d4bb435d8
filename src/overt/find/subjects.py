"""What is spoken of: mentions of things of the profile's kinds, singular or grouped, with the places said of them.

A *site* is a singular or enumerated mention with a place at city level or finer, or a name of its own. Anything else
("the stations", "one in Australia", "nine in Spain") is a group: of a network, a territory, an operator or a batch.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from overt.find.parted import Parted
from overt.find.recognise import Recognised
from overt.find.sentence import Sentence
from overt.model import Mention
from overt.model.canonical import digest
from overt.places.gazetteer import PlaceSpan
from overt.profile import Profile
from overt.words.phrases import Hit, has_cjk

# How far from its noun a place still belongs to it, in characters.
REACH_AFTER = 70
NEAR_THEM = 4  # characters between "they are in" and the first city
PREPOSITION = 3  # letters at most: "three in", "trois à"
REACH_BEFORE = 46
REACH_HAN = 24
REACH_NARROWER = 40  # from a country to the first of its cities that are listed
# In a document about several things what is said without naming one goes on about the last for so many sentences.
GOES_ON = 2

_LISTED = re.compile(
    r"^\s*(?:,|、|，|;|and|or|y|et|und|en|e|和|及|以及|与|,\s*(?:and|y|et|und|e|en)|as well as|, in|and in)\s*"
    r"(?:(?:one|een|eines?|einer|uno|una|une?|uma?)\s+)?(?:in|en|à|a|at|em|te|bei|de|d['’]|do|da|di|del|of|von|"
    r"van|near|près de|cerca de|vicino a)?\s*$"
)
_DEFINITE = re.compile(
    r"^(?:the|these|those|such|its|all|this|that|estas?|estos?|ces|cette|diese[nr]?|deze|queste|estas|这些|有关|该|此|这)"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A mention with the place in the sentence where its noun stands."""

    mention: Mention
    start: int
    end: int
    sentence: int
    plural: bool
    listed: int | None = None  # where the noun begins that names it with others ("the stations in X and Y")


@dataclass(slots=True)
class Topic:
    """All that a document has spoken of so far, and its identity, from which mention ids come.

    `named` are the cities abroad that each sentence names; `placed` what was placed where by whom,
    `called` which names are said by whom.
    """

    capture: str
    address: str
    document: str
    language: str | None
    profile: Profile
    spoken: list[Spoken] = field(default_factory=list)
    named: dict[int, frozenset[str]] = field(default_factory=dict)
    placed: set[tuple[str, str | None, str, str]] = field(default_factory=set)
    called: set[tuple[str, str]] = field(default_factory=set)

    def nearest(self, sentence: int, clause: tuple[int, int], at: int, cities: frozenset[str]) -> Spoken | None:
        """Return what a statement at `at` is about: in its clause, else its sentence, else what was spoken of last.

        Args:
            sentence: the number of the sentence in the document.
            clause: the clause of the statement.
            at: where it stands in the passage.
            cities: the cities that the sentence names: it is not about a site in another one.
        """
        here = [s for s in self.spoken if s.sentence == sentence]
        inside = [s for s in here if clause[0] <= s.start < clause[1]]
        for near in (inside, here):
            if near:
                return min(near, key=lambda s: (abs(s.start - at), s.mention.group is not None, s.start))
        before = [s for s in self.spoken if s.sentence < sentence and self._may_go_on(s, sentence, cities)]
        if before:
            last = before[-1].sentence
            return min((s for s in before if s.sentence == last), key=lambda s: (s.mention.group is not None, s.start))
        after = [s for s in self.spoken if s.mention.group is not None or not self._is_of_several()]
        return after[0] if after and not cities else None

    def _is_of_several(self) -> bool:
        """True where the document speaks of single things in more than one place."""
        return len({s.mention.place for s in self.spoken if s.mention.group is None}) > 1

    def _may_go_on(self, one: Spoken, sentence: int, cities: frozenset[str]) -> bool:
        """May a later sentence still be about this? A group, always.

        A single thing not where a sentence since then names another city, and in a document about several only for
        the next sentences.
        """
        if one.mention.group is not None:
            return True
        between = [self.named.get(n, frozenset()) for n in range(one.sentence + 1, sentence)]
        if any(named and one.mention.place not in named for named in (*between, cities)):
            return False
        return not self._is_of_several() or sentence - one.sentence <= GOES_ON


def speak(
    topic: Topic,
    sentence: Sentence,
    number: int,
    starts: int,
    text: str,
    seen: Recognised,
    sources: Sequence[tuple[int, int]] = (),
    them: Sequence[Hit] = (),
    parts: Mapping[int, Parted] = MappingProxyType({}),
) -> None:
    """Add to `topic` what one sentence names.

    Args:
        topic: grows.
        sentence: with its number in the document; `starts` is the offset of its passage in the canonical text.
        text: the passage as printed.
        seen: what was recognised in it.
        sources: where voices are named; a place in "the embassy in Ottawa" places the embassy.
        them: words that stand for the things of the sentence before ("they are in").
        parts: places of a part of them ("including nine in Spain"): they place no whole.
    """
    home = topic.profile.home
    abroad = [p for p in seen.places if p.place.country != home and not _is_street_name(text, p)]
    abroad = [p for p in abroad if not any(a <= p.start < b for a, b in sources)]
    topic.named[number] = frozenset(p.place.id for p in abroad if p.place.kind == "city")
    taken: set[int] = set()
    for hit in (*seen.things, *(_them(topic, number, them, abroad) if not seen.things else ())):
        many, _, kind = hit.key.partition(":")
        # Chinese nouns have no plural: a list of places says that there are several.
        listed = many == "many" or has_cjk(text[hit.start : hit.end])
        clause = sentence.clause_of(hit.start)
        places = _places_of(hit, abroad, clause, text, seen, listed)
        own = [p for p in places if p.start not in parts or parts[p.start].opens < hit.start]
        cities = [p for p in places if p.place.kind == "city" and (p in own or parts[p.start].single)]
        plural = (many == "many" and not _is_one_in_han(hit, cities, text, seen)) or (listed and len(cities) > 1)
        countries = [p for p in own if p.place.kind != "city"]
        singles = cities if plural else cities[:1]
        if plural and _is_number_alone(len(cities), hit, text, seen):
            singles = []
        for span in singles:
            if plural and span.start in taken:
                continue
            taken.add(span.start)
            at = (hit.start, hit.end) if not plural else (span.start, span.end)
            of_list = hit.start if plural and len(singles) > 1 and not parts else None
            _add(topic, number, sentence, at, starts, text, kind, span, None, False, of_list)
        if singles and not plural:
            continue
        named = any(n.start < hit.end and hit.start < n.end for n in seen.names)
        carried = _carried(topic, number, kind, plural, text[hit.start : hit.end])
        if not plural and carried is not None and not countries:
            topic.spoken.append(Spoken(carried.mention, hit.start, hit.end, number, False))
            continue
        group = _group(hit, countries, [p for p in cities if p in own], seen, text, clause, plural, carried, named)
        place = countries[0] if countries else None
        _add(topic, number, sentence, (hit.start, hit.end), starts, text, kind, place, group, plural)


def _them(topic: Topic, number: int, them: Sequence[Hit], abroad: list[PlaceSpan]) -> list[Hit]:
    """ "... the stations. They are in X, Y and Z": several cities listed right behind are those of several things."""
    before = [s for s in topic.spoken if s.sentence in (number - 1, number - 2) and s.mention.group is not None]
    if not before or not topic.profile.kinds[before[-1].mention.kind].counted:
        return []
    cities = [p for p in abroad if p.place.kind == "city"]
    kind = before[-1].mention.kind
    for hit in them:
        behind = [p for p in cities if p.start >= hit.end]
        least = 1 if hit.key == "one_of_them" else 2
        if len(behind) >= least and min(p.start for p in behind) - hit.end <= NEAR_THEM:
            return [Hit(f"{'one' if least == 1 else 'many'}:{kind}", hit.start, hit.end)]
    return []


def _is_one_in_han(hit: Hit, cities: list[PlaceSpan], text: str, seen: Recognised) -> bool:
    """里昂的警察站: right behind one city a Chinese noun without a number names one thing."""
    if not has_cjk(text[hit.start : hit.end]) or len(cities) != 1:
        return False
    between = text[cities[0].end : hit.start] if cities[0].end <= hit.start else None
    counted = any(n.start < hit.end and n.end >= hit.start - 2 and (n.value or 2) > 1 for n in seen.numbers)
    return between in ("", "的", "一个", "的一个") and not counted and not text[hit.start : hit.end].endswith("们")


def _is_number_alone(cities: int, hit: Hit, text: str, seen: Recognised) -> bool:
    """True where a number stands for the noun and is greater than that of its cities.

    "Nine in the country: three in A, one in B" tells of a group in A, and no single thing arises from it.
    """
    inside = [n for n in seen.numbers if hit.start <= n.start and n.end <= hit.end]
    if not inside or len(text[inside[-1].end : hit.end].strip()) > PREPOSITION:
        return False
    return inside[-1].value is None or inside[-1].value > max(1, cities)


def _is_street_name(text: str, span: PlaceSpan) -> bool:
    return bool(
        re.match(
            r"\s*(?:Street|Road|Avenue|St\b|Rd\b|Lane|Square|Hotel|路|街|大街|酒店)", text[span.end : span.end + 9]
        )
    )


def _places_of(
    hit: Hit, places: list[PlaceSpan], clause: tuple[int, int], text: str, seen: Recognised, plural: bool
) -> list[PlaceSpan]:
    """The places said of a noun: those that follow it in its clause (a list counts whole), else the one before it."""
    han = has_cjk(text[hit.start : hit.end])
    inside = [p for p in places if hit.start <= p.start and p.end <= hit.end]
    following = [p for p in places if p.start >= hit.end and p.start < clause[1]]
    next_thing = min((t.start for t in seen.things if t.start >= hit.end), default=clause[1])
    out: list[PlaceSpan] = list(inside)
    reach = REACH_HAN if han else REACH_AFTER
    for span in following:
        if not out or out == inside:
            between = text[hit.end : span.start]
            if span.start - hit.end > reach or (span.start > next_thing and not plural) or _leaves(between):
                break
            out.append(span)
        elif _LISTED.match(text[out[-1].end : span.start]) or re.fullmatch(
            r"\s*,\s*|\s*\(|[,、]", text[out[-1].end : span.start]
        ):
            out.append(span)
        elif plural and _narrows(out, span, text, next_thing, hit, seen):
            out = [*(p for p in out if p.place.kind == "city"), span]
        else:
            break
    if out:
        return _finest(out) if not plural else out
    before = [p for p in places if clause[0] <= p.start and p.end <= hit.start]
    limit = REACH_HAN if han else REACH_BEFORE
    if before and hit.start - before[-1].end <= limit and not _leaves(text[before[-1].end : hit.start]):
        listed = [before[-1]]
        for span in reversed(before[:-1]):
            if not _LISTED.match(text[span.end : listed[0].start]):
                break
            listed.insert(0, span)
        return listed if plural else _finest(listed[-1:])
    return []


def _narrows(out: list[PlaceSpan], span: PlaceSpan, text: str, next_thing: int, hit: Hit, seen: Recognised) -> bool:
    """True where a city follows the country that it lies in ("stations in Italy are found in Rome and ...").

    "Nine in Spain: three in Madrid" is a number of Madrid: no single thing arises from it.
    """
    if span.place.kind != "city" or any(p.place.kind == "city" for p in out):
        return False
    between = text[out[-1].end : span.start]
    if any(out[-1].end <= n.start and n.end <= span.start and (n.value is None or n.value > 1) for n in seen.numbers):
        return False
    near = len(between) <= REACH_NARROWER and not (hit.end < next_thing < span.start)
    return near and span.place.country in {p.place.country for p in out} and not _leaves(between.replace(":", ","))


# "Is said to be in" leads nowhere else.
_LEADS_AWAY = re.compile(
    r"[;:。；]|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bsaid\b|\b(?:told|according|reports?|after)\b|"
    r"\b(?:police|officials|embassy|citizens|people) in\b"
)


def _leaves(between: str) -> bool:
    """True where the words between a noun and a place lead to something else ("the station told officials in ...")."""
    return bool(_LEADS_AWAY.search(between))


def _finest(spans: list[PlaceSpan]) -> list[PlaceSpan]:
    return sorted(spans, key=lambda p: (p.place.kind != "city", p.start))


def _carried(topic: Topic, number: int, kind: str, plural: bool, words: str) -> Spoken | None:
    """What a definite noun points back to: the last thing of its kind and number of which the document spoke."""
    # A Chinese noun without 该, 这 or a place may mean one or all: what is said of it is not lent to one site.
    definite = bool(_DEFINITE.match(words.lower())) or (not plural and not has_cjk(words))
    if not definite:
        return None
    for one in reversed(topic.spoken):
        if one.mention.kind != kind or one.plural != plural:
            continue
        return one if topic._may_go_on(one, number, frozenset()) else None
    return None


def _group(
    hit: Hit,
    countries: list[PlaceSpan],
    cities: list[PlaceSpan],
    seen: Recognised,
    text: str,
    clause: tuple[int, int],
    plural: bool,
    carried: Spoken | None,
    named: bool,
) -> str | None:
    if countries:
        return f"territory:{countries[0].place.id}"
    if cities:
        return f"territory:{cities[0].place.country}"
    batch = [g for g in seen.groups if g.key == "batch" and clause[0] <= g.start < clause[1]]
    operators = [o for o in seen.operators if clause[0] <= o.start < clause[1]]
    home = [
        p for p in seen.places if p.place.kind == "city" and p.end <= hit.end and p not in countries and p not in cities
    ]
    if (batch or plural) and (operators or home) and batch:
        whose = home[-1].words if home else text[operators[0].start : operators[0].end]
        return f"batch:{whose}"
    if carried is not None and carried.mention.group:
        return carried.mention.group
    if not plural and named:
        return None
    return "network"


def _add(
    topic: Topic,
    number: int,
    sentence: Sentence,
    span: tuple[int, int],
    starts: int,
    text: str,
    kind: str,
    place: PlaceSpan | None,
    group: str | None,
    plural: bool,
    listed: int | None = None,
) -> None:
    start, end = span[0] + starts, span[1] + starts
    place_id = place.place.id if place else None
    mention = Mention(
        id=digest(topic.capture, topic.address, start, end, kind, place_id, group),
        capture=topic.capture,
        address=topic.address,
        document=topic.document,
        passage=sentence.passage,
        start=start,
        end=end,
        text=text[span[0] : span[1]],
        kind=kind,
        language=topic.language,
        place=place_id,
        country=place.place.country if place else None,
        group=group,
    )
    topic.spoken.append(Spoken(mention, span[0], span[1], number, plural, listed))
