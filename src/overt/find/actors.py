"""Who did it: the authority of an action or finding, read from the words before it, else the voice if it is one."""

import re

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
    low = clause[0]
    for attribution in context.chain(at):
        low = max(low, max((a for a, b in attribution.content if a <= at[0]), default=low))
    for begin, end in ((low, at[0]), (clause[0], at[0]), (at[0], clause[1])):
        words = _authority(context, begin, end, last=end == at[0])
        if words:
            return words
    for attribution in context.chain(at):
        if str(attribution.voice.kind) in ("host_government", "court", "home_government", "mission"):
            return attribution.voice.organisation or attribution.voice.role
    return None


def _authority(context: Context, begin: int, end: int, last: bool) -> str | None:
    if context.speech is None or end <= begin:
        return None
    text, folded = context.text[begin:end], context.folded[begin:end]
    heads = [
        h
        for h in context.speech.heads.find(folded)
        if h.key in _AUTHORITIES
        and not _IS_TOLD.match(context.folded, begin + h.end)
        # 警察 in 警察站 is a part of the thing's name
        and not any(t.start < h.end + begin and h.start + begin < t.end for t in context.seen.things)
    ]
    for known in known_voices(context.profile).find(folded):
        if context.profile.voices[known.key].kind in _KINDS and not _IS_TOLD.match(context.folded, begin + known.end):
            heads.append(known)
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
