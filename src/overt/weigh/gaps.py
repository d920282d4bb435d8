"""Coverage: per site and language, the earliest report in this case. It says nothing about what was not looked at."""

import msgspec

from overt.model import Registry
from overt.profile.schema import Profile
from overt.weigh.origins import in_time
from overt.weigh.stance import is_set_aside


class Earliest(msgspec.Struct, frozen=True, kw_only=True):
    """The earliest statement about an entity in one language in this case. `published` is EDTF."""

    entity: str
    language: str
    published: str
    statement: str


def earliest(registry: Registry, profile: Profile) -> tuple[Earliest, ...]:
    """Return, for each single thing of a counted kind and each language, its earliest dated statement in this case.

    A language without any dated statement is absent: whether nobody reported or nobody looked, this does not say.
    """
    sites = {
        e.id for e in registry.entities if e.group is None and e.kind in profile.kinds and profile.kinds[e.kind].counted
    }
    first: dict[tuple[str, str], Earliest] = {}
    for statement in sorted(registry.statements, key=in_time):
        entity = statement.subject.entity
        if entity not in sites or statement.published is None or statement.language is None:
            continue
        if not is_set_aside(statement, registry.standings):
            made = Earliest(
                entity=entity,
                language=statement.language,
                published=statement.published,
                statement=statement.parent or statement.id,
            )
            first.setdefault((entity, statement.language), made)
    return tuple(first[key] for key in sorted(first))
