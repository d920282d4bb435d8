"""Names in use: quoted or capitalised words that hold a noun of a kind, and the names that a vocabulary lists."""

import re
from collections.abc import Iterator

from overt.find.context import Context, Find
from overt.find.rules.places import voice_at
from overt.find.sentence import Span
from overt.find.subjects import Spoken
from overt.model import Value
from overt.words.phrases import has_cjk, matchable

LONGEST_NAME = 60
LONGEST_NAME_HAN = 24
_TITLE = re.compile(
    r"(?:[A-Z][\w'’-]*\s+)(?:(?:of|and|the|for|de|di|da|del|des)\s+|[A-Z][\w'’-]*\s+){0,6}[A-Z][\w'’-]*"
)
# A title of a work or a sentence is no name: names of things have few words and at least two capitals or Han marks.
LEAST_CAPITALS = 3


def names(context: Context) -> Iterator[Find]:
    """Yield a find for each name, once for each sentence."""
    for prop, rule in context.profile.properties.items():
        if rule.type != "text" or prop != "name":
            continue
        done: set[str] = set()
        for at in _spans(context):
            words = context.text[at[0] : at[1]].strip(" .,")
            key = matchable(words)
            if key in done:
                continue
            done.add(key)
            subject = _subject(context, at)
            if subject is None or (key, voice_at(context, at)) in context.topic.called:
                continue  # that it is called so is said once by each voice; the rest is use
            context.topic.called.add((key, voice_at(context, at)))
            yield Find(
                property=prop,
                value=Value(text=words, type="text", normal=key),
                at=at,
                subject=subject,
                stance=context.stance_at(at, rule.negatable, None),
                rule="names",
            )


def _subject(context: Context, at: Span) -> Spoken | None:
    here = [s for s in context.topic.spoken if s.sentence == context.number and s.start < at[1] and at[0] < s.end]
    return here[0] if here else context.subject_at(at)


def _spans(context: Context) -> list[Span]:
    spans: list[Span] = []
    for hit in context.seen.names:
        quoted = next((q for q in context.sentence.quotations if q[0] <= hit.start and hit.end <= q[1]), None)
        short = quoted is not None and quoted[1] - quoted[0] <= LONGEST_NAME
        spans.append(quoted if quoted is not None and short else (hit.start, hit.end))
    for thing in context.seen.things:
        for quoted in context.sentence.quotations:
            inside = quoted[0] <= thing.start and thing.end <= quoted[1]
            words = context.text[quoted[0] : quoted[1]]
            if (
                inside
                and has_cjk(words)
                and len(words) <= LONGEST_NAME_HAN
                and _is_proper_han(words, thing.end - thing.start)
            ):
                spans.append(quoted)
        for match in _TITLE.finditer(context.text, context.sentence.start, context.sentence.end):
            # "told The Quay Herald | the Chinese ...": a name begins where what is said begins.
            said = [a for one in context.attributions for a, _ in one.content if match.start() < a <= thing.start]
            begin = max(said, default=match.start())
            capitals = len(re.findall(r"\b[A-Z]", context.text[begin : match.end()]))
            holds = begin < thing.end and thing.start < match.end()
            if holds and capitals >= LEAST_CAPITALS and not _is_all_titled(context):
                spans.append((begin, match.end()))
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (-(s[1] - s[0]), s[0])):
        if not any(span[0] < b and a < span[1] for a, b in out):
            out.append(span)
    return sorted(out)


def _is_proper_han(words: str, noun: int) -> bool:
    return len(words) - noun >= 2 or len(words) >= 6


def _is_all_titled(context: Context) -> bool:
    """A headline in title case holds no names by its capitals."""
    words = re.findall(r"[A-Za-z]{4,}", context.sentence.text)
    return len(words) > 4 and sum(w[0].isupper() for w in words) > 0.7 * len(words)
