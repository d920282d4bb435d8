"""Finds a noun of a build by its id or the beginning of it."""

from collections.abc import Iterator

from overt.model import InputError, Registry, Verb

# Shorter beginnings are guesses.
LEAST = 6


def ids(registry: Registry) -> Iterator[tuple[str, str]]:
    """Yield (kind of noun, id) for everything that has an id."""
    for kind, nouns in (
        ("statement", registry.statements),
        ("statement", registry.now),
        ("entity", registry.entities),
        ("fact", registry.facts),
        ("origin", registry.origins),
        ("mention", registry.mentions),
        ("judgement", registry.judgements),
    ):
        for noun in nouns:
            yield kind, noun.id
    for old in registry.redirects:
        yield "entity", old
    for sighting in registry.sightings:
        yield "capture", sighting.capture


def find_id(registry: Registry, given: str) -> tuple[str, str]:
    """Return (kind, whole id) of what `given` names.

    Raises:
        InputError: where it names nothing, or several things.
    """
    word = given.strip().lower()
    if len(word) < LEAST:
        raise InputError(f"{given!r}: give at least {LEAST} characters of an id (they stand in lists and exports)")
    found: dict[str, str] = {}
    for kind, one in ids(registry):
        if one.startswith(word) and (one not in found or found[one] == "mention"):
            found[one] = kind
    if not found:
        raise InputError(f"{given!r}: no statement, entity, fact, origin or judgement of this case has this id")
    if len(found) > 1:
        some = ", ".join(f"{k} {i[:16]}" for i, k in sorted(found.items())[:4])
        raise InputError(f"{given!r} is the beginning of {len(found)} ids ({some} ...): give more characters")
    one, kind = next(iter(found.items()))
    return kind, one


def find_picture(registry: Registry, given: str) -> str | None:
    """Return the whole id of the one picture that `given` names, of those of which a judgement says what they show."""
    word = given.strip().lower()
    found = {line.target for line in registry.judgements if line.verb is Verb.SHOWS and line.target.startswith(word)}
    return found.pop() if len(word) >= LEAST and len(found) == 1 else None
