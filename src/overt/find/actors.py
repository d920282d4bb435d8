"""Who did it: the authority of an action or finding, read from the words before it, else the voice if it is one."""

import re
from collections.abc import Iterator

from overt.find.attribution import Attribution
from overt.find.bodies_han import bodies
from overt.find.context import Context
from overt.find.recognise import base_language
from overt.find.sentence import Span
from overt.find.states import countries_of
from overt.find.voices import known_voices
from overt.words.phrases import Hit, has_cjk

LONGEST_HAN = 24  # characters of an authority in Chinese
# What a host state did or found is no home authority's and no mission's doing.
_KINDS = ("host_government", "court")
_AUTHORITIES = frozenset({"state", "court"})
# Who did it stands behind the action only where such a word leads to it, or where nobody else can have done it.
_BY = re.compile(r"\b(?:by|von|vom|durch|par|por|pelo|pela|da|dal|dalla|dai|dalle|door)\s+(?:[\w'’]+\s+){0,3}$")
# Between a country that acts and what it did: "Ireland has | ordered".
_AUXILIARY = re.compile(r"\s*(?:\w+\s+){0,2}")
_OF_PLACE = re.compile(
    r"(?:^|\W)(?:in|from|of|to|at|near|en|de|du|des|di|da|do|a|aus|nach|van|von|uit|per|con|with|against)\s+(?:the\s+)?$"
)
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
    for begin, end in ((low, at[0]), (clause[0], at[0])):
        words = _authority(context, begin, end, told, last=True) or _country(context, begin, end)
        if words:
            return words
    voice = next((a.voice for a in chain if str(a.voice.kind) in _KINDS), None)
    behind = _authority(context, at[0], clause[1], told, last=False)
    if behind and (voice is None or _is_led_to(context, at, behind)):
        return behind
    return (voice.organisation or voice.role) if voice is not None else None


def is_of_a_mission(context: Context, at: Span) -> bool:
    """True where an embassy's or a home authority's words alone are at hand: what it declines to say, no host found.

    That is: it stands before the words in their clause, or is their voice, and no host authority does.
    """
    if context.speech is None or actor_at(context, at) is not None:
        return False
    clause = context.sentence.clause_of(at[0])
    before = context.speech.heads.find(context.folded[clause[0] : at[0]])
    voices = [str(a.voice.kind) for a in context.chain(at)[:1]]
    return any(h.key == "mission" for h in before) or voices in (["mission"], ["home_government"])


def _is_led_to(context: Context, at: Span, words: str) -> bool:
    begin = context.text.find(words, at[0])
    return begin >= 0 and bool(_BY.search(context.folded, at[0], begin))


def _country(context: Context, begin: int, end: int) -> str | None:
    """ "Ireland has ordered": a country right before what was done, and no place where it was done."""
    for place in reversed(context.seen.places):
        if place.place.kind != "country" or place.place.country == context.profile.home:
            continue
        if not begin <= place.start < place.end <= end or not _AUXILIARY.fullmatch(context.folded, place.end, end):
            continue
        return None if _OF_PLACE.search(context.folded[begin : place.start]) else place.words
    return None


def _told(attribution: Attribution) -> Iterator[Span]:
    """Yield the words between a cue and its content: who is told ("told a Senate hearing that") does not act."""
    content = min((start for start, _ in attribution.content if start >= attribution.cue[1]), default=None)
    if content is not None:
        yield attribution.cue[1], content


def _is_of_home(context: Context, begin: int, head: Hit) -> bool:
    """True for "Chinese police": the words right before an authority name the home country."""
    if has_cjk(context.text[begin + head.start : begin + head.end]):
        return False
    lead = _LEAD.search(context.text[begin : begin + head.start])
    words = (lead[1] if lead else "") + context.text[begin + head.start : begin + head.end]
    return context.profile.home in countries_of(words, base_language(context.language))


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
        if not _is_of_home(context, begin, h)
        and not _IS_TOLD.match(context.folded, begin + h.end)
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
