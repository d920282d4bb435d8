"""Tries the examples that stand beside the words of a profile: a text goes in, and what is found in it is compared.

For those who write a vocabulary: a change that breaks what another word did is seen at once.
"""

from overt.find.find import find
from overt.find.prepared import Finders
from overt.model import Document, Passage, PassageKind, Reader, Sighting, Statement, VoiceKind, sha256
from overt.profile import Example, Expected
from overt.words.phrases import Phrases, matchable

ADDRESS = "example"  # an example stands on no page


def tried(example: Example, language: str, finders: Finders) -> list[str]:
    """Return what is wrong with an example, a line each: what was not found, and what should not have been.

    Args:
        example: its text and what it must give. Blank lines part its paragraphs.
        language: BCP 47, that of the vocabulary.
        finders: the profile made ready.
    """
    capture = sha256(example.text.encode())
    passages = [Passage(kind=PassageKind.PARAGRAPH, text=" ".join(p.split())) for p in example.text.split("\n\n")]
    document = Document(
        capture=capture,
        passages=tuple(p for p in passages if p.text),
        reader=Reader(name=ADDRESS, version="1"),
        language=language,
    )
    sighting = Sighting(capture=capture, address=ADDRESS, file=ADDRESS, published=example.published)
    found = find(document, sighting, finders).statements
    wrong = [f"not found: {_words(one)}" for one in example.finds if not any(_is(s, one) for s in found)]
    never = [Expected(property=p, value=value or None) for p, _, value in (n.partition("=") for n in example.never)]
    nothing = not example.finds and not never
    wrong += [f"found: {_shown(s)}" for s in found if nothing or any(_is(s, one) for one in never)]
    return wrong if not wrong or nothing else [*wrong, *(f"  what was found: {_shown(s)}" for s in found)]


def uncovered(phrases: list[str], texts: list[str]) -> list[str]:
    """Return the phrases of one vocabulary that match nowhere in the texts of its examples."""
    bare = {phrase: phrase.lstrip("<>= ") for phrase in phrases}
    compiled = Phrases(sorted({(words, words) for words in bare.values()}))
    there = {hit.key for text in texts for hit in compiled.find(matchable(text))}
    return [phrase for phrase in dict.fromkeys(phrases) if bare[phrase] not in there]


def _is(statement: Statement, one: Expected) -> bool:
    value, voice = statement.value, statement.voice
    values = (value.normal, value.text, f"{value.number:g}" if value.number is not None else None)
    speaks = " ".join(p for p in (voice.speaker, voice.role, voice.organisation, voice.words) if p)
    asked = (
        (one.stance, str(statement.stance)),
        (one.kind, statement.subject.kind),
        (one.qualifier, statement.qualifier),
        (one.unit, value.unit),
        (one.where, statement.scope.where),
        (one.actor, statement.actor),
    )
    return (
        statement.property == one.property
        and (one.value is None or any(matchable(one.value) == matchable(v) for v in values if v is not None))
        and all(wanted is None or wanted == given for wanted, given in asked)
        and (one.voice is None or _speaks(one.voice, speaks, voice.kind))
    )


def _speaks(wanted: str, words: str, kind: VoiceKind) -> bool:
    if wanted == VoiceKind.OUTLET:
        return kind is VoiceKind.OUTLET
    return matchable(wanted) in matchable(words)


def _words(one: Expected) -> str:
    value = "" if one.value is None else f" = {one.value}"
    names = ("stance", "voice", "kind", "qualifier", "unit", "where", "actor")
    parts = ", ".join(f"{name} {getattr(one, name)}" for name in names if getattr(one, name) is not None)
    return one.property + value + (f" ({parts})" if parts else "")


def _shown(s: Statement) -> str:
    voice = s.voice
    who = ", ".join(p for p in (voice.speaker, voice.role, voice.organisation) if p) or str(voice.kind)
    number = f"{s.value.number:g} {s.value.unit}" if s.value.number is not None else None
    return f"{s.property} = {s.value.normal or number or s.value.text} ({who} {s.stance}; rule {s.finder.rule})"


__all__ = ["tried", "uncovered"]
