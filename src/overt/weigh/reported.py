"""Reported counts: numbers that somebody gave, with their six parts, beside our recount of the same day.

Only what is comparable is set side by side: the same kind, the whole network or one country or city, a known day. Where
two parts of two different reports stand in one sentence, the conflation is named. Pure.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import msgspec

from overt.model import Count, Question, Registry, ReportedCount, Row, Statement, Support
from overt.model.edtf import is_edtf, span
from overt.model.sets import Sets
from overt.places import gazetteer
from overt.places.levels import city_of
from overt.profile.schema import Profile
from overt.weigh.counts import Counting
from overt.weigh.rules import not_comparable, rules
from overt.weigh.stance import is_set_aside


def reported_counts(registry: Registry, profile: Profile) -> list[ReportedCount]:
    """Return every reported count that stands, by (day, statement).

    Args:
        registry: a built case.
        profile: its properties of type `count`; its counted kinds.
    """
    statements = [
        s
        for s in registry.statements
        if s.property in profile.properties
        and profile.properties[s.property].type == "count"
        and not s.implied
        and s.value.number is not None
        and not is_set_aside(s, registry.standings)
    ]
    recounts = Recounts(registry, profile)
    mixed = _conflations(statements)
    made = [_reported(s, profile, recounts, mixed.get(s.id)) for s in statements]
    return sorted(made, key=lambda r: (r.as_of or "", r.statement))


class Recounts:
    """Recounts by kind and day, each made once. No day: of the whole case."""

    __slots__ = ("_counting", "_made", "_profile", "_rows")

    def __init__(self, registry: Registry, profile: Profile) -> None:
        self._counting, self._profile = Counting(registry, profile), profile
        self._made: dict[tuple[str, str | None], Count] = {}
        self._rows: dict[tuple[str, str | None, str | None], list[Row]] = {}

    def kind(self, statement: Statement) -> str | None:
        """The counted kind of which a number tells."""
        return _kind(statement, self._profile)

    def day(self, statement: Statement) -> str | None:
        """The day on which a number is compared."""
        return _day(statement)

    def on(self, kind: str, day: str | None) -> Count:
        if (kind, day) not in self._made:
            question = Question(kind=kind, support=Support.REPORTED, by="country", as_of=day)
            self._made[kind, day] = self._counting.count(question)
        return self._made[kind, day]

    def rows(self, kind: str, day: str | None, where: str | None) -> list[Row]:
        """The rows that lie in a city, a country, or anywhere."""
        if (kind, day, where) not in self._rows:
            every = self.on(kind, day).rows
            self._rows[kind, day, where] = [row for row in every if is_there(row.place, row.country, where)]
        return self._rows[kind, day, where]


def _day(statement: Statement) -> str | None:
    """Return the last day that the number's own date may mean, else that of its page."""
    text = statement.scope.as_of or statement.published
    return span(text)[1].isoformat() if text and is_edtf(text) else None


def _kind(statement: Statement, profile: Profile) -> str | None:
    """Return the counted kind of which the number tells; a group of no counted kind tells of none."""
    rule = profile.kinds.get(statement.subject.kind)
    return statement.subject.kind if rule is not None and rule.counted else None


def _reported(statement: Statement, profile: Profile, recounts: Recounts, conflation: str | None) -> ReportedCount:
    value, scope, voice = statement.value, statement.scope, statement.voice
    made = ReportedCount(
        statement=statement.id,
        what=statement.subject.kind,
        unit=value.unit or "",
        number=value.number or 0,
        whose=scope.whose,
        where=scope.where,
        as_of=scope.as_of,
        qualifier=statement.qualifier,
        voice=voice.organisation or voice.role or voice.speaker or "",
        conflation=conflation,
    )
    why_not = _why_not(statement, profile)
    kind, day = _kind(statement, profile), _day(statement)
    if why_not is not None or kind is None or day is None:
        return msgspec.structs.replace(made, why_not=why_not)
    return msgspec.structs.replace(made, recount=_recount(recounts.rows(kind, day, statement.scope.where), statement))


def _why_not(statement: Statement, profile: Profile) -> str | None:
    scope = statement.scope
    if _kind(statement, profile) is None:
        return not_comparable("kind")
    if (statement.value.unit or "") not in rules().units:
        return not_comparable("unit")
    if scope.whose:
        return not_comparable("whose", what=scope.whose)
    if scope.where and gazetteer.get(scope.where) is None:
        return not_comparable("unknown_place", what=scope.where)
    if scope.where and city_of(scope.where) is None and gazetteer.country_of(scope.where) != scope.where:
        return not_comparable("region")
    if _day(statement) is None:
        return not_comparable("undated")
    return None


def _recount(rows: Sequence[Row], statement: Statement) -> int:
    of = rules().units[statement.value.unit or ""]
    if of == "countries":
        return len({row.country for row in rows if row.country})
    if of == "places":
        return len({row.place for row in rows if row.place})
    return len(rows)


def is_there(place: str | None, country: str | None, where: str | None) -> bool:
    """True where a city and its country lie in what a number is of: a city, a country, or (None) everywhere."""
    city = city_of(where)
    return where is None or (place == city if city is not None else country == where)


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers that were given in one breath: unit -> number, unit -> statements."""

    numbers: dict[str, float]
    statements: dict[str, tuple[str, ...]]
    voice: str
    published: str | None


def _told(statements: Sequence[Statement]) -> list[_Told]:
    """Return what was told in one breath: numbers of one passage that share a group, or whose quotes overlap."""
    passages: dict[tuple[str, int], list[Statement]] = defaultdict(list)
    for s in sorted(statements, key=lambda s: s.id):
        passages[s.document, s.passage].append(s)
    made: list[_Told] = []
    for _, inside in sorted(passages.items()):
        sets = Sets()
        for one, other in combinations(inside, 2):
            if one.scope.whose != other.scope.whose:
                continue
            is_one_group = one.subject.group is not None and one.subject.group == other.subject.group
            if is_one_group or (one.quote.start < other.quote.end and other.quote.start < one.quote.end):
                sets.unite(one.id, other.id)
        breaths: dict[str, list[Statement]] = defaultdict(list)
        for s in inside:
            breaths[sets.name(s.id)].append(s)
        made += filter(None, (_one_told(breaths[name]) for name in sorted(breaths)))
    return made


def _one_told(many: Sequence[Statement]) -> _Told | None:
    units: dict[str, set[float]] = defaultdict(set)
    for s in many:
        units[s.value.unit or ""].add(s.value.number or 0)
    # Two numbers of one unit in one breath are two reports told together; which parts belong together is not known.
    numbers = {unit: next(iter(values)) for unit, values in sorted(units.items()) if len(values) == 1}
    if len(numbers) < 2:
        return None
    voices = sorted({s.voice.organisation or s.voice.role or s.voice.speaker or "" for s in many})
    return _Told(
        numbers=numbers,
        statements={unit: tuple(s.id for s in many if (s.value.unit or "") == unit) for unit in numbers},
        voice=", ".join(filter(None, voices)),
        published=many[0].published,
    )


def _conflations(statements: Sequence[Statement]) -> dict[str, str]:
    """Return statement id -> which two reports its sentence mixes.

    A sentence mixes two where one of its numbers stands in an earlier report with another second number, and that
    second number stands in another earlier report with another first one.
    """
    told = _told(statements)
    found: dict[str, str] = {}
    for mixed in told:
        for unit, number in mixed.numbers.items():
            for other, second in mixed.numbers.items():
                if other <= unit:
                    continue
                first = _earlier(told, mixed, unit, number, other, second)
                last = _earlier(told, mixed, other, second, unit, number)
                if first is not None and last is not None:
                    words = (
                        f"{number:g} {unit} goes with {first.numbers[other]:g} {other} ({first.voice or 'not named'}), "
                        f"{second:g} {other} with {last.numbers[unit]:g} {unit} ({last.voice or 'not named'})"
                    )
                    found |= dict.fromkeys((*mixed.statements[unit], *mixed.statements[other]), words)
    return found


def _earlier(told: Sequence[_Told], mixed: _Told, unit: str, number: float, other: str, second: float) -> _Told | None:
    """Return the earliest report that has the number of `unit` beside a different number of `other`."""
    fitting = [
        t
        for t in told
        if t.numbers.get(unit) == number
        and other in t.numbers
        and t.numbers[other] != second
        and t.published is not None
        and (mixed.published is None or t.published <= mixed.published)
    ]
    return min(fitting, key=lambda t: (t.published or "", sorted(t.statements.values())), default=None)
