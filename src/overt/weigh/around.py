"""What the printed paragraph of a count says around its number: support, notes, open cities, coverage, other counts.

Comes in: a built case and one of its counts. Goes out: sentences of `rules.toml`, in English or Chinese. Pure.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from overt.model import Count, Registry, Row, Sighting, Statement, Support
from overt.model.edtf import said_by
from overt.places import gazetteer
from overt.profile.schema import Profile
from overt.weigh.gaps import languages_of, not_looked_at
from overt.weigh.keys import EXISTENCE
from overt.weigh.reported import reported_counts
from overt.weigh.rules import support_word, told_in
from overt.weigh.stance import affirms, denies, is_accepted, is_set_aside

Sentence = Callable[..., str]


def around(count: Count, registry: Registry, profile: Profile, language: str, part: Sentence) -> list[str]:
    """Return the sentences.

    Args:
        count: an answer of `count` for this case.
        registry: the built case.
        profile: its labels of states; its vocabularies say in which languages it can read.
        language: of names and words: `en` or any `zh`.
        part: gives a sentence by its code and words.
    """
    return [
        *_by_support(count.rows, language, part),
        *_noted(count, registry, profile, language, part),
        *_open(count, language, part),
        *_looked(count, registry, profile, part),
        *_reported(count, registry, profile, language, part),
    ]


def _by_support(rows: Iterable[Row], language: str, part: Sentence) -> list[str]:
    number: dict[Support, int] = defaultdict(int)
    for row in rows:
        number[max(one.support for one in row.parts)] += 1
    if not number:
        return []
    many = [f"{support_word(support, language)} {number[support]}" for support in sorted(number, reverse=True)]
    return [part("by_support", many=_list(many, language))]


def _noted(count: Count, registry: Registry, profile: Profile, language: str, part: Sentence) -> list[str]:
    """How many rows are denied, said to be in which state, or have a finding of an authority."""
    row_of = {one.entity: at for at, row in enumerate(count.rows) for one in row.parts}
    denied: set[int] = set()
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for statement in registry.statements:
        row = row_of.get(statement.subject.entity or "")
        if row is None or not _is_taken(statement, count, registry):
            continue
        if statement.property == EXISTENCE and denies(statement):
            denied.add(row)
        rule = profile.properties.get(statement.property)
        is_told = rule is not None and (rule.finding or rule.cardinality == "one_at_a_time")
        if is_told and affirms(statement) and not statement.implied:
            found[statement.property, statement.value.normal or ""].add(row)
    out = [part("denied", number=len(denied))] if denied else []
    for prop, code in sorted(found):
        rule = profile.properties[prop]
        words = rule.codes.get(code, rule.label)
        label = words.get(told_in(language)) or words.get("en", code)
        out.append(part("finding" if rule.finding else "state", words=label, number=len(found[prop, code])))
    return out


def _is_taken(statement: Statement, count: Count, registry: Registry) -> bool:
    question = count.question
    if is_set_aside(statement, registry.standings):
        return False
    if question.judged and not is_accepted(statement, registry.standings):
        return False
    return question.as_of is None or bool(said_by(statement.published, question.as_of))


def _open(count: Count, language: str, part: Sentence) -> list[str]:
    rows = [row for row in count.rows if row.open]
    if not rows:
        return []
    name = told_in(language)
    cities = [
        f"{gazetteer.label(place, name) if (place := row.place or row.country) else row.label} ({len(row.parts)})"
        for row in rows
    ]
    return [part("open", low=count.low, high=count.high, number=len(rows), cities=_list(cities, language))]


def _looked(count: Count, registry: Registry, profile: Profile, part: Sentence) -> list[str]:
    """The pages, languages and countries looked at, and those not looked at."""
    day = count.question.as_of
    pages = registry.sightings if day is None else _public(registry, day)
    seen = languages_of(registry, pages)
    unseen = not_looked_at(profile, seen)
    told = {e.country for e in registry.entities if e.country}
    rowed = {row.country for row in count.rows if row.country}
    out = [
        part(
            "looked",
            pages=len(pages),
            languages=", ".join(sorted(seen)) or "-",
            countries=len(told | rowed),
            without=len(told - rowed),
        )
    ]
    if unseen:
        out.append(part("unseen", languages=", ".join(unseen)))
    return out


def _public(registry: Registry, day: str) -> list[Sighting]:
    """The sightings of captures that have a date which is certainly by `day`."""
    dated = [(document.capture, document.published) for document in registry.documents]
    dated += [(sighting.capture, sighting.published) for sighting in registry.sightings]
    public = {capture for capture, date in dated if date and said_by(date, day)}
    return [sighting for sighting in registry.sightings if sighting.capture in public]


def _reported(count: Count, registry: Registry, profile: Profile, language: str, part: Sentence) -> list[str]:
    """Each number that somebody gave, once for each root, beside the recount of the day when it was first given."""
    of = {s.id: s for s in registry.statements}
    roots = {origin.id: origin.root for origin in registry.origins}
    rows = reported_counts(registry, profile)
    day = count.question.as_of
    if day is not None:
        rows = [row for row in rows if said_by(of[row.statement].published, day)]
    name = told_in(language)
    said: dict[str, dict[tuple[str, float, str], str]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: (row.as_of or of[row.statement].published or "", row.statement)):
        if row.recount is None or row.what != count.question.kind:
            continue
        # The words of the root, since a voice may be a person.
        root = roots.get(of[row.statement].origin or "", "-")
        where = gazetteer.label(row.where, name) if row.where else ""
        difference = row.recount - row.number
        said[root].setdefault(
            (where, row.number, row.unit),
            part(
                "given",
                number=f"{row.number:g}",
                unit=row.unit,
                where=f" ({where})" if where else "",
                day=row.as_of or of[row.statement].published or "-",
                recount=row.recount,
                difference=f"{difference:+g}" if difference else "0",
            ),
        )
    given = [
        part("root", root=root, given=_list((said[root][key] for key in sorted(said[root])), language))
        for root in sorted(said)
    ]
    other = sum(row.recount is None for row in rows)
    return [
        *([part("reported", given="; ".join(given))] if given else []),
        *([part("not_comparable", number=other)] if other else []),
    ]


def _list(words: Iterable[str], language: str) -> str:
    return ("、" if told_in(language) == "zh" else ", ").join(words)
