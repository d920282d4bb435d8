"""Sources that no list holds: "a waitress", "attorneys for the family", "the party's candidate N. N.", "el negocio".

Before a plain verb of speech whoever stands there speaks, whether a head or a name of theirs is known or not.
"""

import itertools
import re

from overt.find.function_words import FUNCTION_WORDS
from overt.find.voices import Voices
from overt.model import Voice
from overt.words.phrases import matchable

LONGEST = 12  # words of such a source
MOST_OF_NAME = 4

_WORD = re.compile(r"[^\s,]+")
_LEADS = re.compile(r"\s*(?:(?:But|And|Yet|So|Even|but|and|yet|even|However|Meanwhile|Now|Still),?\s+)?")
_PREPOSITIONS = "of for at in from to with on by"
_ARTICLES = "the a an its their his her this these those such"
# Words with which no noun phrase begins: it is an adverbial ("In a speech | the minister said").
_OPENS_OTHER = f"""{_PREPOSITIONS} as after before during since until when while if because although though about
according not no what where why how which who that this it there then also only just here so or last next following
despite under over through between without"""
# Words that no noun phrase holds: finite verbs, pronouns, what joins clauses.
_NEVER = """is was were are has have had will would can could may might must should do does did been be being am he she
they it i we you him them me us who which that what when where while because if although though whether how why but
than said says say told tells not nothing nobody none something anything everything all"""

OPENS_OTHER = frozenset(_OPENS_OTHER.split())
NEVER = frozenset(_NEVER.split())
JOINS = frozenset(f"{_PREPOSITIONS} and &".split())
NO_END = frozenset(f"{_PREPOSITIONS} {_ARTICLES} and or as".split())
AFTER_VERB = frozenset(f"{_ARTICLES} him them that to".split())
_ARTICLES_OF = """un une uno una unos unas um uma uns umas le la les el los las il lo i gli o os as der die das ein eine
een de het plusieurs certains certaines quelques varios varias algunos algunas vários várias alguns algumas alcuni
alcune diversi diverse mehrere einige viele verschillende enkele veel deux trois dos tres due tre dois três zwei drei
twee drie"""
_ARTICLE = re.compile(rf"(?:{'|'.join(_ARTICLES_OF.split())})\b|l['’]", re.I)
_STOPS = re.compile(r"[,;:\"“”„«»()]")
_ADVERB = re.compile(r"(?!(?:fami|ita|ju|assemb|rep|al|supp)ly$)\w{2,}ly$", re.I)
_NAME_PART = re.compile(r"[^\W\d_a-zß-ÿ][\w'’.\-]*$")
_VERB_BEFORE = re.compile(r"\w{2,}(?:ed|es|s)$")


def unnamed(words: str, voices: Voices) -> tuple[int, Voice] | None:
    """Return where in `words` a noun phrase begins that is all the rest of them, and whose voice it is.

    None where they are no noun phrase: they hold a finite verb, begin with a preposition, or end before a noun.
    """
    if voices.speech.language != "en":
        return _behind_article(words, voices)
    begin = _LEADS.match(words)
    at = begin.end() if begin is not None else 0
    tokens = _WORD.findall(words[at:])
    plain = [t.lower() for t in tokens]
    if not tokens or len(tokens) > LONGEST or _STOPS.search(words[at:].rstrip(" ,")):
        return None
    if plain[0] in OPENS_OTHER or plain[-1] in NO_END or _ADVERB.search(plain[-1]):
        return None
    if any(t in NEVER or "n't" in t or "n’t" in t for t in plain):
        return None
    if any(_VERB_BEFORE.match(a) and b in AFTER_VERB for a, b in itertools.pairwise(plain)):
        return None  # "exhorted the", "opened a": a verb and its object
    folded = matchable(words[at:])
    if voices.speech.cues.find(folded) or folded.strip() in voices.speech.calendar:
        return None
    return at, _voice(words[at:].strip(), tokens)


def _behind_article(words: str, voices: Voices) -> tuple[int, Voice] | None:
    """The same where finite verbs are listed: an article or a number, and no finite verb up to the end."""
    at = len(words) - len(words.lstrip())
    rest = words[at:].rstrip(" ,")
    tokens = _WORD.findall(rest)
    is_phrase = 1 < len(tokens) <= LONGEST and _ARTICLE.match(rest) and not _STOPS.search(rest)
    folded = matchable(rest)
    if not is_phrase or not voices.speech.has_finite or matchable(tokens[-1]) in FUNCTION_WORDS:
        return None
    if voices.speech.finite_in(rest) or voices.speech.cues.find(folded):
        return None
    return at, _voice(rest, tokens)


def _voice(words: str, tokens: list[str]) -> Voice:
    """A person's name at the end is the speaker, and what stands before it their role; else all of it is the role."""
    name: list[str] = []
    for token in reversed(tokens):
        if not _NAME_PART.match(token) or token.endswith(("'s", "’s")) or len(name) == MOST_OF_NAME:
            break
        name.insert(0, token)
    before = tokens[: len(tokens) - len(name)]
    if len(name) > 1 and before and before[-1].lower() not in JOINS:
        role = " ".join(before if before[0].lower() not in FUNCTION_WORDS else before[1:])
        return Voice(speaker=" ".join(name), role=role or None, words=words)
    bare = re.sub(r"^(?:the|an?|its|their|his|her)\s+", "", words, flags=re.I)
    if name and len(name) == len(tokens) - 1 and not before[0][:1].isupper():
        return Voice(organisation=bare, words=words)
    return Voice(role=bare, words=words)


__all__ = ["unnamed"]
