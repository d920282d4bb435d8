"""How a language says who says what: cues, source heads, roles, mood. A new language is a new TOML file.

General language only. What an investigation looks for lies in its profile.
"""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from overt.words.dates_spaced import calendar_words
from overt.words.phrases import Hit, Phrases, matchable

Words = tuple[str, ...]
SHORT = 2  # letters of a word that another word without its accent equals


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file as it stands. `script` is `spaces` (words stand apart) or `han`."""

    language: str
    script: str
    cues: dict[str, Words]
    marks: dict[str, Words]
    mood: dict[str, Words]
    bounds: dict[str, Words]
    voices: dict[str, Words]
    roles: dict[str, Words]
    pronouns: dict[str, Words]
    basis: dict[str, Words]
    relay: dict[str, Words]
    back: dict[str, Words] = {}
    elliptic: dict[str, Words] = {}


class Speech:
    """A lexicon with its phrases compiled: what attribution asks of a language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.language = lexicon.language
        self.has_spaces = lexicon.script == "spaces"
        self.cues = _keyed(lexicon.cues)
        self.marks = _keyed(lexicon.marks)
        self.mood = _keyed(lexicon.mood)
        self.contrast = Phrases(("contrast", w) for w in lexicon.bounds.get("contrast", ()))
        self.clause = Phrases(("clause", w) for w in lexicon.bounds.get("clause", ()))
        self.adverbial = Phrases(("adverbial", w) for w in lexicon.bounds.get("adverbial", ()))
        self.heads = _keyed(lexicon.voices)
        self.roles = Phrases(("role", w) for w in lexicon.roles.get("words", ()))
        self.links = frozenset(lexicon.roles.get("links", ()))
        self.titles = frozenset(lexicon.roles.get("titles", ()))
        self.calendar = calendar_words(lexicon.language)  # "said Tuesday": when, not who
        self.pronouns = Phrases(("pronoun", w) for w in lexicon.pronouns.get("words", ()))
        # Matching is blind to accents; "è" and "e", "würden" and "wurden" are told apart by how they are printed.
        self._short = frozenset(w.lower() for w in lexicon.bounds.get("finite", ()) if len(w) <= SHORT)
        self._plain = frozenset(lexicon.mood.get("plain", ()))
        self.finite = Phrases(("finite", w) for w in lexicon.bounds.get("finite", ()))
        self.has_finite = bool(lexicon.bounds.get("finite"))
        self.basis = _keyed(lexicon.basis)
        self.relay = Phrases(("relay", w) for w in lexicon.relay.get("words", ()))
        # "Lo rivela X", "Das teilte X mit": the sentence names who said the one before it.
        self.back = _keyed(lexicon.back)
        # "three of them in X": a number without its noun.
        self.elliptic = _keyed(lexicon.elliptic)

    def finite_in(self, words: str) -> list[Hit]:
        """Return the finite verbs in words as printed."""
        hits = self.finite.find(matchable(words))
        return [h for h in hits if h.end - h.start > SHORT or words[h.start : h.end].lower() in self._short]

    def moods_in(self, text: str, folded: str) -> list[Hit]:
        """Return the words of mood in a text; `folded` is the same as `matchable` made it."""
        hits = self.mood.find(folded)
        return [h for h in hits if h.key != "plain" and text[h.start : h.end].lower() not in self._plain]


def _keyed(table: dict[str, Words]) -> Phrases:
    return Phrases((key, phrase) for key, phrases in table.items() for phrase in phrases)


@cache
def speech(language: str | None) -> Speech | None:
    """Return the speech words of a BCP 47 language (its first subtag decides), or None where there is no file."""
    base = (language or "").split("-")[0]
    path = files("overt.find") / "lexicon" / f"{base}.toml"
    if not base.isalpha() or not path.is_file():
        return None
    return Speech(msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Lexicon))
