"""Coverage: per site, country and language, the earliest report in this case, and the time between them.

Comes in: a built case. Goes out: who was earliest in which language, in which languages pages were looked at that do
not tell of it, and in which no page was looked at. "Earliest" is always "in this case". Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from overt.model import Registry, Sighting, Statement
from overt.model.edtf import is_edtf, span
from overt.profile.schema import Profile
from overt.weigh.said import in_time
from overt.weigh.stance import is_set_aside


class Earliest(msgspec.Struct, frozen=True, kw_only=True):
    """The earliest dated statement in one language. `published` is EDTF; `days` after the earliest of all, at least."""

    language: str
    published: str
    statement: str
    days: int = 0


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """The coverage of a site (`entity`) or of a country (`entity` is None).

    `earliest`: a language each, in order of time. `undated`: languages in which only pages without a date tell of it.
    `silent`: languages in which the case holds pages, of which none tells of it. `unseen`: languages of the profile in
    which the case holds no page at all.
    """

    label: str
    country: str | None
    entity: str | None = None
    earliest: tuple[Earliest, ...] = ()
    undated: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        """Days between the earliest report and the earliest one of the language that came last, at least."""
        return max((one.days for one in self.earliest), default=0)


def gaps(registry: Registry, profile: Profile) -> tuple[Gap, ...]:
    """Return the coverage of each country and of each single thing of a counted kind.

    Returns:
        gaps by (country, whether of a site, label, entity): a country goes before its sites.
    """
    counted = {kind for kind, rule in profile.kinds.items() if rule.counted}
    sites = {e.id: e for e in registry.entities if e.group is None and e.kind in counted}
    about: dict[str, list[Statement]] = defaultdict(list)
    within: dict[str, list[Statement]] = defaultdict(list)
    for statement in registry.statements:
        site = sites.get(statement.subject.entity or "")
        if site is None or is_set_aside(statement, registry.standings):
            continue
        about[site.id].append(statement)
        if site.country:
            within[site.country].append(statement)
    looked = languages_of(registry, registry.sightings)
    unseen = not_looked_at(profile, looked)
    made = [_gap(country, country, None, within[country], looked, unseen) for country in sorted(within)]
    made += [
        _gap(site.label, site.country, site.id, about[site.id], looked, unseen)
        for site in sites.values()
        if site.id in about
    ]
    return tuple(sorted(made, key=lambda g: (g.country or "", g.entity is not None, g.label, g.entity or "")))


def _gap(
    label: str,
    country: str | None,
    entity: str | None,
    statements: Sequence[Statement],
    looked: set[str],
    unseen: tuple[str, ...],
) -> Gap:
    found = earliest_of(statements)
    dated = {one.language for one in found}
    undated = {_short(statement.language) for statement in statements if statement.language} - dated
    return Gap(
        label=label,
        country=country,
        entity=entity,
        earliest=found,
        undated=tuple(sorted(undated)),
        silent=tuple(sorted(looked - dated - undated)),
        unseen=unseen,
    )


def languages_of(registry: Registry, sightings: Iterable[Sighting]) -> set[str]:
    """Return the languages of pages of the case: as the sheet says, else as they were read."""
    read = {document.capture: document.language for document in registry.documents}
    found = {sighting.language or read.get(sighting.capture) for sighting in sightings}
    return {_short(language) for language in found if language}


def not_looked_at(profile: Profile, looked: Iterable[str]) -> tuple[str, ...]:
    """Return the languages that the profile can read and in which the case holds no page, in order."""
    return tuple(sorted({_short(language) for language in profile.vocabularies} - set(looked)))


def _short(language: str) -> str:
    return language.split("-")[0].lower()


def earliest_of(statements: Iterable[Statement]) -> tuple[Earliest, ...]:
    """Return the earliest dated statement in each language, in order of time."""
    first: dict[str, Statement] = {}
    for statement in sorted(statements, key=in_time):
        if statement.published is not None and is_edtf(statement.published) and statement.language is not None:
            first.setdefault(_short(statement.language), statement)
    ordered = sorted(first.items(), key=lambda pair: (in_time(pair[1]), pair[0]))
    made = []
    for language, statement in ordered:
        # From the last day that the one date may mean to the first day that the other may mean.
        known = span(ordered[0][1].published or "")[1]
        days = (span(statement.published or "")[0] - known).days
        made.append(
            Earliest(
                language=language,
                published=statement.published or "",
                statement=statement.parent or statement.id,
                days=max(0, days),
            )
        )
    return tuple(made)
