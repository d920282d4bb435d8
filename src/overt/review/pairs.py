"""Entities of which a person has to say whether they are one: open pairs, and judgements that contradict each other.

In: a registry. Out: rows with ids, names and reasons, for a list on the terminal.
"""

from overt.model import Edge, Registry

_OPEN = "unsure"
_JUDGED = "judgement"


class _Names:
    def __init__(self, registry: Registry) -> None:
        self.of = {mention: entity.id for entity in registry.entities for mention in entity.mentions}
        self._mentions = {mention.id: mention for mention in registry.mentions}
        self._entities = {entity.id: entity for entity in registry.entities}

    def entity(self, identifier: str) -> str:
        """The entity that a mention belongs to, or that an id is."""
        return self.of.get(identifier, identifier)

    def name(self, identifier: str) -> str:
        """A name of a mention or an entity, as a page prints it."""
        mention = self._mentions.get(identifier)
        if mention is not None:
            return mention.text
        entity = self._entities.get(identifier)
        return next((name.text for name in entity.names), entity.kind) if entity is not None else identifier[:16]


def open_pairs(registry: Registry) -> list[tuple[str, str, str]]:
    """Return (entity, entity, names and reason) of the pairs that are left open, each once, by ids."""
    names = _Names(registry)
    judged = {_pair(names, edge) for edge in registry.edges if edge.rule == _JUDGED}
    found: dict[tuple[str, str], str] = {}
    for edge in registry.edges:
        pair = _pair(names, edge)
        if edge.verdict == _OPEN and edge.rule != _JUDGED and pair[0] != pair[1] and pair not in judged:
            words = f"“{names.name(edge.left)}” and “{names.name(edge.right)}”: {edge.reason} ({edge.rule})"
            found[pair] = min(words, found.get(pair, words))
    return [(left, right, words) for (left, right), words in sorted(found.items())]


def contradictions(registry: Registry) -> list[tuple[str, str, str]]:
    """Return (entity, entity, the chain of `same` between them) of what people called one and two at once."""
    names = _Names(registry)
    return [
        (one.left, one.right, " = ".join(f"“{names.name(step)}” [{step[:12]}]" for step in one.path))
        for one in registry.conflicts
    ]


def _pair(names: _Names, edge: Edge) -> tuple[str, str]:
    left, right = sorted((names.entity(edge.left), names.entity(edge.right)))
    return left, right
