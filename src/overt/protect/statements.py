"""A statement's texts as they may be public: value, voices, quote.

In: a statement and the redactor of its case. Out: segments. The quote is cut out of the whole document, so that a name
that begins before the quote or its context is still seen as a name.
"""

import re
from collections.abc import Callable
from functools import cache

from overt.model import BETWEEN, Document, Registry, Stance, Statement, VoiceKind
from overt.model.edtf import is_edtf
from overt.model.statement import CONTEXT
from overt.profile.schema import Profile
from overt.protect import bodies
from overt.protect.clearance import Stretch
from overt.protect.match import fold_name
from overt.protect.names import code_of
from overt.protect.places import Lookup, city_level
from overt.protect.public import Code, PublicQuote, PublicValue, PublicVoice, Segment, Words
from overt.protect.redact import Redactor, Span, cut, merged
from overt.words.scripts import is_cjk

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
_UNIT = re.compile(r"[a-z][a-z_]{0,39}")


def language_tag(tag: str | None) -> str | None:
    """Return a well-formed BCP 47 tag, None for anything else."""
    return tag if tag and _TAG.fullmatch(tag) else None


def accuser(profile: Profile) -> Callable[[Statement], bool]:
    """Return the question whether a statement accuses somebody.

    By its property and the stance of any voice of its chain, or because an organisation is its subject.
    """
    kinds = set(bodies.lexicon()["organisation_kinds"])

    @cache
    def rule(prop: str, stances: tuple[Stance, ...]) -> bool:
        return prop in profile.properties and any(profile.accuses(prop, stance) for stance in stances)

    def accuses(statement: Statement) -> bool:
        stances = (statement.stance, *[voice.stance for voice in statement.attribution])
        return statement.subject.kind in kinds or rule(statement.property, stances)

    return accuses


class Texts:
    """The documents of a case with the spans that must be cut, each worked out once."""

    def __init__(self, registry: Registry, redactor: Redactor, hidden: dict[str, tuple[Stretch, ...]]) -> None:
        self._redactor = redactor
        self._hidden = hidden
        self._documents: dict[str, list[str]] = {}
        for document in sorted(registry.documents, key=_order):
            self._documents.setdefault(document.capture, []).append(document.text)
        self._spans: dict[str, list[Span]] = {}

    def hidden(self, capture: str) -> tuple[Stretch, ...]:
        """Return the stretches of a capture's text that are withheld for what they accuse of."""
        return self._hidden.get(capture, ())

    def of(self, statement: Statement) -> str | None:
        """Return the text of the document in which the quote stands at its offsets; None where none does."""
        quote = statement.quote
        for text in self._documents.get(statement.capture, []):
            if text[quote.start : quote.end] == quote.exact:
                return text
        return None

    def first(self, capture: str) -> str:
        """Return the text of a capture's document, empty where there is none."""
        return next(iter(self._documents.get(capture, [])), "")

    def spans(self, capture: str, text: str) -> list[Span]:
        """Return what must be cut out of a document's text."""
        if text not in self._spans:
            hidden = [(start, end, Code.ACCUSATION) for start, end in self.hidden(capture)]
            self._spans[text] = merged([*self._redactor.spans(text), *hidden])
        return self._spans[text]

    def words(self, text: str | None, hidden: list[Stretch] | None = None) -> Words:
        """Return any other text in segments."""
        return self._redactor.words(text, hidden or ())


def _order(document: Document) -> tuple[str, str, str, str]:
    return document.capture, document.reader.name, document.reader.version, document.text


def public_quote(statement: Statement, texts: Texts) -> PublicQuote:
    """Return the quote with its context, as far as it may be shown."""
    quote = statement.quote
    text = texts.of(statement)
    if text is None:
        # Without its document nothing tells where words beside the quote begin and end: they stay out.
        exact = texts.words(quote.exact, _within(statement, texts))
        return PublicQuote(before=(), exact=exact, after=(), start=quote.start, end=quote.end)
    spans = texts.spans(statement.capture, text)
    start, end = _window(text, quote.start, quote.end)
    return PublicQuote(
        before=cut(text, start, quote.start, spans),
        exact=cut(text, quote.start, quote.end, spans),
        after=cut(text, quote.end, end, spans),
        start=quote.start,
        end=quote.end,
    )


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where context begins and ends: 32 characters at most, and no half word."""
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    # Another passage is no context: it may be a caption or a link.
    first = max(first, text.rfind(BETWEEN, first, start) + len(BETWEEN) if BETWEEN in text[first:start] else first)
    passage_end = text.find(BETWEEN, end, last)
    last = last if passage_end < 0 else passage_end
    while 0 < first < start and _in_word(text, first):
        first += 1
    while end < last < len(text) and _in_word(text, last):
        last -= 1
    while first < start and text[first].isspace():
        first += 1
    while end < last and text[last - 1].isspace():
        last -= 1
    return first, last


def _in_word(text: str, at: int) -> bool:
    left, right = text[at - 1], text[at]
    return left.isalnum() and right.isalnum() and not is_cjk(left) and not is_cjk(right)


def _within(statement: Statement, texts: Texts) -> list[Stretch]:
    """Return the hidden stretches that overlap a statement's quote, as offsets into the quote."""
    start, end = statement.quote.start, statement.quote.end
    return [
        (max(a, start) - start, min(b, end) - start)
        for a, b in texts.hidden(statement.capture)
        if a < end and b > start
    ]


def public_value(
    statement: Statement, profile: Profile, redactor: Redactor, texts: Texts, lookup: Lookup
) -> PublicValue:
    """Return the value: a code, date, number or city where it has one, else words as far as they may be shown."""
    value, rule = statement.value, profile.properties[statement.property]
    unit = value.unit if value.unit and _UNIT.fullmatch(value.unit) else None
    if value.type == "place":
        place = city_level(value.normal, lookup)
        return PublicValue(type="place", place=place, words=() if place else (Segment("", Code.PLACE),))
    if value.type == "date" and value.normal and is_edtf(value.normal):
        return PublicValue(type="date", normal=value.normal)
    normal = value.normal if value.type == "term" and value.normal in rule.codes else None
    words = _value_words(statement, redactor, texts)
    return PublicValue(type=value.type, words=words, number=value.number, unit=unit, normal=normal)


def _value_words(statement: Statement, redactor: Redactor, texts: Texts) -> Words:
    text = statement.value.text
    names_somebody = statement.property in bodies.lexicon()["naming"] or statement.value.type == "entity"
    if names_somebody and bodies.is_name_like(text):
        if not redactor.names.may_stand(text) and not bodies.is_place(text):
            return (Segment("", code_of(text)),)
        return redactor.words(text)
    hidden = _within(statement, texts)
    if not hidden:
        return redactor.words(text)
    at = statement.quote.exact.find(text)
    if at < 0:
        return (Segment("", Code.ACCUSATION),)
    return redactor.words(text, [(max(a - at, 0), min(b - at, len(text))) for a, b in hidden if a < at + len(text)])


def public_voices(statement: Statement, redactor: Redactor) -> tuple[PublicVoice, ...]:
    """Return the chain: roles and organisations; a person's name only where a judgement records the public role."""
    known = redactor.names
    out = []
    for voice in statement.attribution:
        speaker = voice.speaker if voice.speaker and fold_name(voice.speaker) in known.roles else None
        if speaker and known.is_redacted(speaker):
            speaker = None
        role = (known.roles[fold_name(speaker)] if speaker else "") or voice.role
        name = voice.organisation or ""
        private = known.private.get(fold_name(name)) if name else None
        organisation = (Segment("", private),) if private else redactor.words(name)
        is_open = fold_name(name) in known.open and not known.is_redacted(name)
        if not private and name and voice.kind is not VoiceKind.OUTLET and is_open:
            organisation = (Segment(name),)
        out.append(
            PublicVoice(
                kind=voice.kind,
                stance=voice.stance,
                speaker=speaker,
                role=redactor.words(role),
                organisation=organisation,
            )
        )
    return tuple(out)
