"""Where the source of a cue stands where words stand apart: before it, back to the beginning of its clause."""

import itertools
import re

from overt.find.attribution import Memory
from overt.find.outlet_names import is_outlet_name
from overt.find.sentence import Span
from overt.find.source_unnamed import unnamed
from overt.find.voices import Voices
from overt.model import Voice
from overt.words.phrases import matchable

_STOPS = re.compile(r"[;:—–(“„«\"]|(?<=[\s,])['‘](?=\w)|['’\"”»](?=[\s,.]|$)")
_RELATIVE = re.compile(r",\s*(?:which|who|whose|whom|where|die|der|das|que|qui|dont|che|wat)\b[^,]*(?=,)")
# Where or through whom a source spoke, between commas: it is no part of who it is.
_SPOKE_WHERE = re.compile(
    r",\s*(?:(?:as\s+)?(?:cited|quoted)\s+by|quoting|citing|in an?\s+(?:\w+\s+){0,2}"
    r"(?:statement|interview|e-?mail|letter|reply|response|comment|post|tweet)|cit[ée]+e?s?\s+par|citad[oa]s?\s+(?:por|pel[oa])|citat[oaie]\s+d\w+|en\s+una?\s+"
    r"(?:entrevista|comunicado|declaración)|dans\s+un\s+(?:entretien|communiqué)|"
    r"in\s+un(?:\s+comunicato|['’]\s*intervista)|"
    r"in\s+(?:einem|einer|een)\s+(?:Interview|Erklärung|Mitteilung|Gespräch|verklaring|interview|reactie)|"
    r"n(?:uma|um)\s+(?:entrevista|comunicado))\b[^,]*(?=,)"
)
# A name in quotation marks behind its noun: l'émission « Envoyé spécial » a révélé ...
_QUOTED_NAME = re.compile(r"(?<=\w )[«“„\"]\s*[^\W\d_a-zß-ÿ][^«»“”„\",.;:!?]{1,40}?\s*[»”“\"](?=,|\s+[^\W\d_A-Z])")
MOST_WORDS_OF_NAME = 4
LONGEST_BEHIND_MARK = 14
# Articles with which another noun begins, by language. Those that join as well ("der", "des") are left out.
_OTHER_NOUN = {
    language: re.compile(rf"\s(?:{articles})(?=\s|['’])")
    for language, articles in {
        "en": "the|an?",
        "fr": "les|le|la|un|une|l",
        "es": "las|los|la|el|un|una",
        "it": "i|gli|il|lo|la|le|un|una|l",
        "pt": "os|as|o|a|um|uma",
        "de": "das|ein|eine|einen|dem",
        "nl": "het|een|de",
    }.items()
}
_JOINS = re.compile(
    r"\b(?:de|del|y|e|et|con|en|por|para|a|sobre|ante|du|des|avec|sur|dans|par|au|à|von|vom|für|mit|in|im|an|auf|aus|und|bei|zu|"
    r"des|der|of|and|for|from|by|with|on|to|at|van|voor|uit|bij|met|di|da|per|su|tra|do|com|em|no|na|entre|según|selon)$"
)
_LOW = re.compile(
    r"\s(?!(?:des|der|die|dem|den|von|vom|für|in|im|am|und|aus|zu|zur|zum|bei|mit|an|auf|über|van|voor|het|de|een|en|te|"
    r"uit|met|op)\b)[a-zäöüß]\w*"
)
_OF_WHOM = re.compile(r"(?:([,–—])\s+(?:which|who|che|qui|que|quien|quienes)|()\s(?:che|qui|que|who))$")
_SOMEBODY = re.compile(
    r"\b((?:an?|the|one|two|three|some|several|many|few|those)\s+(?:[\w'’-]+\s+){0,3}?[\w'’-]+)$", re.I
)
WORDS_BEHIND_HEAD = 3
# Auxiliaries and adverbs between a source and its cue. With a negation among them nothing is said, and that is said.
_TAIL = re.compile(
    r"(?:\s+(?:has|have|had|would|will|could|can|did|does|do|is|was|were|are|not|never|also|subsequently|later|then|"
    r"today|now|again|only|still|just|often|even|first|further|once|together|declined to|refused to|"
    r"(?!(?:fami|Ita|Ju|assemb|Assemb|rep|al|supp)ly\b)\w{2,}ly|"
    r"(?:would|could|did|does|do|has|have|had)n['’]t|"
    r"ha|han|a|ont|hat|haben|heeft|hebben|hanno|tem|no|non|nicht|niet|ne|já|ya|già|déjà|bereits|al|reeds|também|también|anche|aussi|auch|ook|jetzt|nun|aún|ainda|ancora|encore|nog|tampoco|agora|ahora|adesso|ora|hoy|hoje|ontem|ayer|ieri|oggi|gestern|heute|"
    r"gisteren|vandaag|"
    r"maintenant|désormais|nu|toch|immers|allerdings|jedoch|hingegen|wiederum|zudem|daarentegen|echter|però|invece|infatti|"
    r"inoltre|poi|entonces|además|asimismo|porém|contudo|entretanto|"
    r"hier|également|notamment|par ailleurs|toutefois|pourtant))+\s*$"
)
# What explains a name behind a comma: "a neighbour", "the owner of the shop", "head of the club", "82".
_EXPLAINS = re.compile(
    r"(?:(?:an?|the|one|its|his|her|their|who|whose|which|\d{1,3})\b|(?:former|then|now|acting)\b|[A-Z][\w.]*['’]s\s)"
)
_WHO_SAYS = re.compile(r"\b(?:who|whom|which|that)\s+(\S[^,]*)$")
_OF_PLACE = re.compile(r"\b(?:in|at|to|of|from|near|di|a|da|de|del|en|à|nach|aus|von|van|em|do|te|bei)\s+$")
# A source holds no finite verb: what does is a clause, and its noun no voice.
_FINITE = re.compile(
    r"\b(?:is|was|were|are|has been|have been|had been|has|have|had|will|would|can|could|may|might|must|should|"
    r"exists?|existed|opened|closed|operates?|operated|runs?|ran|holds|held|offers?|offered|provides?|provided|helps?|"
    r"helped|serves?|served|sits|sat|stands|stood|houses|hosts|hosted|acts|acted|works|worked|monitors|monitored|"
    r"threatens?|threatened|targets?|targeted|intimidates?|intimidated|harass(?:es|ed)|ceased|stopped|began|started|"
    r"remains?|remained|belongs?|belonged|appears?|appeared|seems?|seemed|does|did|came|went|took|takes|made|makes)\b"
)
_NEGATED = re.compile(r"\b(?:not|never|declined to|refused to)\b|n['’]t\b")


def voice_of(words: str, voices: Voices, memory: Memory) -> Voice | None:
    return memory.resolve(voices.read(words))


def is_sure(words: str, voices: Voices) -> bool:
    """True where words name a voice by more than a capital: a head, a role, or a known name."""
    folded = matchable(words)
    known = voices.speech.heads.find(folded) or voices.known.find(folded) or voices.speech.roles.find(folded)
    return bool(known) or is_outlet_name(words.strip())


def noun_phrase(words: str, voices: Voices) -> str:
    """The first noun phrase of words behind a mark: "este informe | las autoridades ...", "dem Bericht | ein Büro".

    It ends where, behind its head, an article stands that no preposition joins, or in German a word in lower case.
    """
    folded = matchable(words)
    heads = [*voices.speech.heads.find(folded), *voices.known.find(folded), *voices.speech.roles.find(folded)]
    if heads:
        at = min(h.end for h in heads)
        other = _OTHER_NOUN.get(voices.speech.language)
        cut = other.search(words, at) if other else None
        while other is not None and cut is not None and _JOINS.search(words[: cut.start()]):
            cut = other.search(words, cut.end())
        if voices.speech.language in ("de", "nl"):
            begin = max((h.end for h in heads if h.start <= at or voices.speech.language == "nl"), default=at)
            low = _LOW.search(words, begin)
            cut = min((c for c in (cut, low) if c is not None), key=lambda c: c.start(), default=None)
        words = words[: cut.start()] if cut is not None else words
    if len(words.split()) > LONGEST_BEHIND_MARK:
        words = re.match(rf"\s*(?:\S+\s+){{{LONGEST_BEHIND_MARK - 1}}}\S+", words)[0]  # type: ignore[index]
    return words


def left_bound(
    text: str, folded: str, at: int, start: int, last_cue: int, clause: list[int], contrast: set[int], that: set[int]
) -> int:
    """Where the clause of a cue begins: after a stop, a conjunction with a comma before it, `that`, or the last cue."""
    bound = max(start, last_cue)
    named = [m.span() for m in _QUOTED_NAME.finditer(text, bound, at) if len(m[0].split()) <= MOST_WORDS_OF_NAME]
    for match in _STOPS.finditer(text, bound, at):
        if any(a <= match.start() < b for a, b in named):
            continue
        if match[0] != "(" or text.find(")", match.end(), at) < 0:  # "N. N. (R-Utah) said" stays whole
            bound = max(bound, match.end())
    for place in that:
        if bound < place <= at:
            bound = place
    for place in clause:
        comma = text[max(0, place - 2) : place].rstrip().endswith((",", "–", "—"))
        if bound < place < at and (place in contrast or comma):
            following = re.match(r"\w+\s+", folded[place:at])
            relative = following and following[0].strip() in ("which", "who", "whose", "as", "since")
            if not relative:
                bound = place + (following.end() if following else 0)
    return bound


def source_before(
    region: str, left: int, voices: Voices, memory: Memory
) -> tuple[Span | None, Voice | None, int | None]:
    """The source that stands before a cue: the last part between commas that names a voice, with the parts before it
    that it explains ("Laura N., campaign director for X"). Also where a negation before the cue begins, if any.
    """
    plain = _RELATIVE.sub(lambda m: "," + " " * (len(m[0]) - 1), region)
    plain = _SPOKE_WHERE.sub(lambda m: "," + " " * (len(m[0]) - 1), plain)
    tail = _TAIL.search(plain)
    negated = None
    if tail:
        found = _NEGATED.search(tail[0])
        negated = left + tail.start() + found.start() if found else None
        plain = plain[: tail.start()]
    plain = re.sub(r",\s*\d{1,3}$", "", plain.rstrip(" ,"))  # "Mr. N., 82, said"
    pronoun = re.search(r"(?:^|\s)(they|he|she|it)$", plain, re.I)
    if pronoun and len(plain[: pronoun.start()].split()) > 3:
        # "when the ABC contacted X they said": the pronoun means the body named last in its own clause.
        body = _last_body(plain[: pronoun.start()], voices)
        voice = voice_of(body or pronoun[1], voices, memory)
        at = left + pronoun.start(1)
        return (at, at + len(pronoun[1])), voice, negated
    whom = told_of(plain, left, voices, memory)
    if whom is not None:
        return *whom, negated
    edges = [0, *(m.end() for m in re.finditer(r",\s+", plain)), len(plain)]
    best: tuple[int, Voice] | None = None
    for edge in reversed(edges[:-1]):
        words = plain[edge:].strip()
        first = re.match(r"\W*([\w']+)", words)
        if not first:
            continue
        leads = first[1].lower() not in ("but", "and") and bool(voices.speech.adverbial.find(matchable(first[1])))
        own = plain[edge : edges[edges.index(edge) + 1]].strip(" ,")
        if best is not None and not leads and own[:1].islower() and " of " in own and voices.read(own) is None:
            continue  # "N., head of the choir, one of its founders, said"
        if best is not None and (
            leads or len(own.split()) > 8 or _holds_a_thing(own, voices) or voices.read(own) is None
        ):
            break
        if leads:
            named = re.match(r"(?:As|as|While|while)\s+((?:the\s+)?[A-Z][\w'’]+(?:\s+[A-Z][\w'’]+){0,3})$", words)
            inner = named or re.search(r"(?<=\s)(?:the|he|she|they|it|mr\.?|ms\.?|[A-Z][\w'’]+)\s*$", words)
            if inner is None or len(words.split()) > 6 or _OF_PLACE.search(words[: inner.start()]):
                continue
            words = named[1] if named else inner[0]
        words = re.sub(r"^(?:But|And|Yet|So|Pero|Mais|Aber|Maar|Ma|Mas)\s+", "", words)
        within = _WHO_SAYS.search(words) if voices.speech.language == "en" else None
        if within is not None and is_sure(within[1], voices):
            words = within[1]  # "a resident who | prosecutors | say operated it"
        voice = None if _FINITE.search(words) or voices.speech.finite_in(words) else voice_of(words, voices, memory)
        if voice is None:
            if best is None and edge == edges[-2]:
                break
            continue
        best = (edge + plain[edge:].find(words), voice)
        if leads:
            break
    if best is None:
        unknown = _unknown(plain, edges, voices)
        if unknown is None:
            return None, None, negated
        return (left + unknown[0], left + len(plain)), unknown[1], negated
    return (left + best[0], left + len(plain)), best[1], negated


def _holds_a_thing(words: str, voices: Voices) -> bool:
    """True where words tell of a thing that is looked for: "Police raided the station, N. said" is no name of N."""
    return any(h.key == "own" for h in voices.things.find(matchable(words)))


def _unknown(plain: str, edges: list[int], voices: Voices) -> tuple[int, Voice] | None:
    """Who speaks without a name or a known role ("a waitress"), and where their words begin.

    What explains them may stand behind a comma: "N., a neighbour, said", "N., head of X, one of the owners, said".
    """
    last: tuple[int, Voice] | None = None
    for begin, end in reversed(list(itertools.pairwise(edges))):
        part = plain[begin:end].rstrip(" ,")
        found = unnamed(part, voices)
        explained = end != edges[-1]
        if found is not None and explained and part[found[0] : found[0] + 1].isupper():
            read = voices.read(part[found[0] :])
            return begin + found[0], read if isinstance(read, Voice) else found[1]
        if found is not None and not explained:
            last = begin + found[0], found[1]
        if not _EXPLAINS.match(part):
            break
    return last


def told_of(words: str, left: int, voices: Voices, memory: Memory) -> tuple[Span, Voice] | None:
    """Who is told of right before a relative pronoun: "... came from the group, which" | "says that ...".

    Args:
        words: what stands before the verb, from the offset `left`.
    """
    whom = _OF_WHOM.search(words.rstrip())
    if whom is None:
        return None
    before = words[: whom.start()]
    at, named = _right_before(before, voices, WORDS_BEHIND_HEAD if whom[1] else 0)
    voice = voice_of(named, voices, memory) if named else None
    somebody = _SOMEBODY.search(before) if voice is None and words.rstrip().endswith("who") else None
    found = unnamed(somebody[1], voices) if somebody is not None else None
    if somebody is not None and found is not None:
        at, named, voice = somebody.start(1), somebody[1], found[1]
    return ((left + at, left + at + len(named)), voice) if voice is not None else None


def _right_before(words: str, voices: Voices, most: int) -> tuple[int, str]:
    """The body or person with which words end, and where it begins."""
    folded = matchable(words)
    hits = [*voices.known.find(folded), *voices.speech.heads.find(folded), *voices.speech.roles.find(folded)]
    last = [h for h in hits if len(words[h.end :].split()) <= most]
    if not last:
        return 0, ""
    begin = min(h.start for h in last)
    return begin, words[begin:]


def _last_body(words: str, voices: Voices) -> str | None:
    """The last body that a clause names: "the ABC contacted Wenzhou police in China" -> "Wenzhou police"."""
    known = voices.known.find(matchable(words))
    return words[known[-1].start : known[-1].end] if known else None


def first_noun(head: str) -> str:
    """The words up to the first verb-like word: "The Quebec RCMP announced ..., alleging" -> "The Quebec RCMP"."""
    found = re.match(r"(?:The|A|An)?\s*(?:[A-Z][\w'’.-]*\s+){1,6}", head)
    return found[0] if found else ""
