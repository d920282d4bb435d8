"""Who did it: the authority of an action or finding, read from the words before it, else the voice if it is one."""

import re
from collections.abc import Iterator

from overt.find.attribution import Attribution
from overt.find.bodies_han import bodies
from overt.find.context import Context
from overt.find.sentence import Span
from overt.find.voices import known_voices
from overt.words.phrases import has_cjk

LONGEST_HAN = 24  # characters of an authority in Chinese
_KINDS = ("host_government", "home_government", "court", "mission")
_AUTHORITIES = frozenset({"state", "court", "mission"})
_LEAD = re.compile(
    r"(?:\b(?:the|The|a|A)\s+)?((?:[A-Z][\w'’.-]*\s+|[a-z]+ian\s+|[a-z]+ese\s+|[a-z]+ish\s+|of\s+|public\s+|federal\s+|foreign\s+|interior\s+|justice\s+)*)$"
)

# "Embassy told to close": who is told does not act.
_IS_TOLD = re.compile(
    r"\s+(?:(?:is|was|were|are|has been|have been|had been)\s+)?(?:told|ordered|asked|instructed|urged)\s+to\b"
)


def actor_at(context: Context, at: Span) -> str | None:
    """Return the words that name the authority behind an action at `at`, or None where no word says who."""
    if context.speech is None:
        return None
    clause = context.sentence.clause_of(at[0])
    chain = context.chain(at)
    low = clause[0]
    for attribution in chain:
        low = max(low, max((a for a, b in attribution.content if a <= at[0]), default=low))
    told = [span for attribution in chain for span in _told(attribution)]
    for begin, end in ((low, at[0]), (clause[0], at[0]), (at[0], clause[1])):
        words = _authority(context, begin, end, told, last=end == at[0])
        if words:
            return words
    for attribution in chain:
        if str(attribution.voice.kind) in ("host_government", "court", "home_government", "mission"):
            return attribution.voice.organisation or attribution.voice.role
    return None


def _told(attribution: Attribution) -> Iterator[Span]:
    """Yield the words between a cue and its content: who is told ("told a Senate hearing that") does not act."""
    content = min((start for start, _ in attribution.content if start >= attribution.cue[1]), default=None)
    if content is not None:
        yield attribution.cue[1], content


def _authority(context: Context, begin: int, end: int, told: list[Span], last: bool) -> str | None:
    if context.speech is None or end <= begin:
        return None
    text, folded = context.text[begin:end], context.folded[begin:end]
    known = context.profile.voices
    found = [h for h in context.speech.heads.find(folded) if h.key in _AUTHORITIES]
    # 警察 in 警察站 is a part of the thing's name
    found = [
        h for h in found if not any(t.start < h.end + begin and h.start + begin < t.end for t in context.seen.things)
    ]
    found += [h for h in known_voices(context.profile).find(folded) if known[h.key].kind in _KINDS]
    heads = [
        h
        for h in found
        if not _IS_TOLD.match(context.folded, begin + h.end)
        and not any(start <= h.start + begin and h.end + begin <= stop for start, stop in told)
    ]
    if not heads:
        return None
    heads.sort(key=lambda h: (h.start, h.end))
    head = heads[-1] if last else heads[0]
    if has_cjk(text):
        start = max((m.end() for m in re.finditer(r"[，,。；：:?？“”「」 ]", text[: head.start])), default=0)
        named = next((text[a:b] for a, b in bodies(text) if a <= head.start < b), None)
        return named or text[start : head.end][-LONGEST_HAN:] or None
    lead = _LEAD.search(text[: head.start])
    words = (lead[1] if lead else "") + text[head.start : head.end]
    tail = re.match(r"\s+(?:of|for)\s+(?:the\s+)?(?:[A-Z][\w'’-]*\s*){1,4}", text[head.end :])
    words = words + (tail[0] if tail else "")
    return re.sub(r"^(?:the|a)\s+", "", " ".join(words.split()), flags=re.I) or None
