"""Relations to an organisation: "set up by X", 由X设立, "X opened one", "part of X". The vocabulary says the side."""

import re
from collections.abc import Callable, Iterator

from overt.find.context import Context, Find
from overt.find.sentence import Span
from overt.find.voices import known_voices
from overt.model import Value
from overt.words.phrases import Hit, has_cjk, matchable

REACH = 90
REACH_HAN = 30
_NOT_BY = ("于", "於", "此", "來", "来", "衷")  # 由于, 由此, 由来: no "by"
LEAST_BODY_HAN = 3  # 公安 or 部门 alone names no body
# What may follow the head of a body's name: "Department | of Public Security", "branch | of the MPS".
_GOES_ON = re.compile(
    r"(?:\s+(?:of|for|in|from|der|des|de|da|di|del|della|du|des|do|dos|von|van|voor|für|zu)\s+(?:(?:the|la|el|le|les|der|het)\s+)?"
    r"[A-ZÀ-Ý][\w'’-]*(?:\s+(?:and|y|e|et|und|en)\s+[A-ZÀ-Ý][\w'’-]*(?=[\s.,;]|$))?|\s+[A-ZÀ-Ý][\w'’-]*)*"
)

_ARTICLE = re.compile(r"^(?:the|an?|la|le|les|l|el|los|il|lo|gli|der|die|das|dem|den|de|het|een|o|os|as)[\s']+")
_AGAINST = re.compile(
    r"\b(?:from|against|by|to|with|contre|de|du|par|contra|por|da|dal|dalla|door|tegen|von|vom|gegen)\s+(?:(?:the|la|le|el|il|de|der|dem)\s+)?"
    r"(?:\w+\s+)?$"
)
_BEING = re.compile(
    r"\b(?:being|having|accused|suspected|blamed|accuse\w*|soupconne\w*|acusad\w*|sospechos\w*|accusat\w*|sospettat\w*|beschuldigd|"
    r"verdacht\w*|beschuldigt|suspeit\w*)\b"
)
_DATED = re.compile(
    r"\s+in\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)

_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|be|being)\s+$")  # "is run by X": who stands before it runs nothing
# "Run from X | were denied by": between the words of the vocabulary stands a verb of another clause.
_OTHER_VERB = re.compile(
    r"\w+\s.*\b(?:was|were|is|are|has been|have been|wurde|wurden|wird|werden|fue|fueron|"
    r"a ete|ont ete|e stat[oa]|sono stat[ei]|foi|foram|werd|werden)"
    r"\s+\w+\s+(?:by|von|par|por|da|dal|dalla|pelo|pela|door)$"
)


def entities(context: Context) -> Iterator[Find]:
    """Yield a find for each organisation that the vocabulary's words relate to the subject."""
    done: set[tuple[str, str]] = set()
    for hit, prop, span in _found(context):
        words = _DATED.sub("", context.text[span[0] : span[1]]).strip(" ,，\"'“”")
        if not words or (prop, _bare(words)) in done:
            continue
        at = (min(span[0], hit.start), max(span[1], hit.end))
        subject = context.subject_at((hit.start, hit.end))
        if subject is None:
            continue
        done.add((prop, _bare(words)))
        yield Find(
            property=prop,
            value=Value(text=words, type="entity", normal=matchable(words)),
            at=at,
            subject=subject,
            stance=context.implied_stance_at(prop, at),
            rule=f"entities.{prop}",
        )


def _found(context: Context) -> Iterator[tuple[Hit, str, Span]]:
    """Yield where the vocabulary's words relate an organisation to something: the words, the property, the body."""
    for hit in context.seen.entities:
        side, prop = hit.key[0], hit.key[1:]
        if is_action(context, hit.start, hit.end):
            continue
        if side == ">" and _OTHER_VERB.search(context.folded, hit.start, hit.end):
            continue
        if side == "<" and _PASSIVE.search(context.folded, 0, hit.start):
            continue
        span = _SIDES[side](context, hit)
        if span is not None:
            yield hit, prop, span


def _bare(words: str) -> str:
    """ "An official of X" and "official of X" are one body under two phrases."""
    return _ARTICLE.sub("", matchable(words))


def is_action(context: Context, start: int, end: int) -> bool:
    """True where words are a part of what an authority did: "opened an inquiry into a station" sets up no station."""
    return any(
        t.start < end and start < t.end
        for t in context.seen.terms
        if context.profile.properties[t.key.partition(":")[0]].needs_actor
    )


def _bodies(context: Context, begin: int, end: int) -> list[Hit]:
    folded = context.folded[begin:end]
    found = [*known_voices(context.profile).find(folded)]
    found += [Hit("operator", o.start - begin, o.end - begin) for o in context.seen.operators if begin <= o.start < end]
    if context.speech is not None:
        heads = (h for h in context.speech.heads.find(folded) if h.key in ("state", "association", "mission"))
        found += [
            h
            for h in heads
            if not has_cjk(folded) or h.end - h.start >= LEAST_BODY_HAN or (h.key == "association" and h.start >= 2)
        ]
    hits = [Hit(h.key, h.start + begin, h.end + begin) for h in found if h.end + begin <= end + 2]
    # "Tied to the Chinese police | station": the police in a thing's own noun are nobody.
    inside = [] if has_cjk(folded) else context.seen.things
    return [h for h in hits if not any(t.start <= h.start and h.end < t.end for t in inside)]


def _after(context: Context, hit: Hit) -> Span | None:
    clause = context.sentence.clause_of(hit.start)
    if has_cjk(context.text[hit.start : hit.end]):
        end = min(clause[1], hit.end + REACH_HAN)
        bodies = _bodies(context, hit.end, end)
        if context.text[hit.end : hit.end + 1] in _NOT_BY or not bodies:
            return None
        first = min(bodies, key=lambda b: (b.start, -b.end))
        return (hit.end, first.end) if first.start - hit.end <= 14 else None
    # "Run by volunteers, the embassy assures": who says it is not who runs it.
    said = [min(a.cue[0], a.source[0]) for a in context.attributions if a.source and a.cue[0] >= hit.end]
    end = min([clause[1], hit.end + REACH, *(at for at in said if at >= hit.end)])
    bodies = _bodies(context, hit.end, end)
    if not bodies:
        return None
    first = min(bodies, key=lambda b: (b.start, -b.end))
    if first.start - hit.end > 60:
        return None
    start = hit.end + len(context.text[hit.end : end]) - len(context.text[hit.end : end].lstrip())
    more = _GOES_ON.match(context.text, first.end, clause[1])
    return start, min(more.end() if more else first.end, start + REACH)


def _within(context: Context, hit: Hit) -> Span | None:
    """ "Vom Amt von X | eingerichtet": the body stands between the first word and the last of its phrase."""
    bodies = _bodies(context, hit.start, hit.end)
    first = re.match(r"\w+\s+(?:(?:der|dem|den|de|het|la|el)\s+)?", context.text[hit.start : hit.end], re.IGNORECASE)
    if not bodies or first is None:
        return None
    body = min(bodies, key=lambda b: (b.start, -b.end))
    more = _GOES_ON.match(context.text, body.end, hit.end)
    return hit.start + first.end(), more.end() if more else body.end


def _goes_on(context: Context, body: Hit) -> bool:
    """True where a body's words begin a longer name ("Fuzhou Police" in "Fuzhou Police Service Station")."""
    return bool(re.match(r"\s+[A-Z]", context.text[body.end : body.end + 3]))


def _is_of_another_part(context: Context, body: Hit, hit: Hit) -> bool:
    """ "Seek damages from the police after being accused of hosting one": the police host nothing."""
    return bool(_AGAINST.search(context.folded[: body.start]) and _BEING.search(context.folded[body.end : hit.start]))


def _before(context: Context, hit: Hit) -> Span | None:
    clause = context.sentence.clause_of(hit.start)
    low = clause[0]
    for attribution in context.attributions:
        if attribution.source and attribution.cue[1] <= hit.start:
            low = max(low, attribution.cue[1])
    han = has_cjk(context.text[hit.start : hit.end])
    bodies = _bodies(context, low, hit.start)
    bodies = [b for b in bodies if hit.start - b.end <= (REACH_HAN if han else 40) and not _goes_on(context, b)]
    bodies = [b for b in bodies if not _is_of_another_part(context, b, hit)]
    if not bodies:
        return None
    last = max(bodies, key=lambda b: (b.end, b.end - b.start))
    if han and not any(hit.end <= t.start <= hit.end + REACH_HAN for t in context.seen.things):
        return None  # something else is set up: 建立视频连线
    if han:
        start = last.start
        for place in reversed(context.seen.places):
            # 浙江|温州|市|公安局: the places before a body are part of its name
            if low <= place.start < start and start - place.end <= 1:
                start = place.start
        return start, last.end
    lead = re.search(r"(?:[A-Z][\w'’-]*\s+(?:(?:of|and|for)\s+)?)*$", context.text[low : last.start])
    more = _GOES_ON.match(context.text, last.end, hit.start)  # "the police of Qingtian | run"
    return low + (lead.start() if lead else 0), more.end() if more else last.end


# Where the body stands: behind the words of the vocabulary, before them, within them.
_SIDES: dict[str, Callable[[Context, Hit], Span | None]] = {">": _after, "<": _before, "=": _within}
