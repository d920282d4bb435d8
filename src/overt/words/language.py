"""Which language a text is in, as a BCP 47 tag; Chinese with its script.

In: a text. Out: a tag such as `en`, `zh-Hans`, `pt`, or None where the text is too short to tell. Han, kana and hangul
are looked at first, since the script tells more than any model; the rest is py3langid's, loaded when first needed.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from overt.words.scripts import han_variant
from overt.words.tables import load

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Letters below which the model guesses: on the labelled short strings its errors were all shorter.
MIN_LETTERS = 20
MIN_HAN = 4
# Letters, and characters of East Asian scripts, from which a passage is told to be in another language than its page.
_SURE, _SURE_HAN = 100, 10
_PASSAGE = 300  # characters of a passage that are looked at for it
# Different small words of a language, and one in how many words, by which a passage is known without the model.
_KINDS, _EACH = 3, 10
PROBE = 1000  # characters that are looked at; more did not change the answer on the labelled pages
# Languages that a few words are believed to be in: those in which most of the world's newspapers are printed.
_SHORT = 200
_TAGS = """en zh es fr de nl it pt cs ja ko ru pl uk sr hr sl sk hu ro bg el tr ar fa he hi bn ur th vi id ms tl sv no
da fi et lv lt ca eu gl is ga mt sq mk bs ka hy az kk uz mn km lo my ne si ta te ml kn mr gu pa sw so af"""
_WRITTEN = frozenset(_TAGS.split())
# What py3langid answers where it means a language under another tag.
_MEANS = {"wuu": "zh", "yue": "zh", "an": "es", "nb": "no", "nn": "no"}


@lru_cache(maxsize=1)
def _model() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


def language(text: str) -> str | None:
    """Return the BCP 47 tag of the language of `text`, or None where it is too short to tell."""
    text = text[:PROBE]
    if text.isascii():
        return _by_model(text)
    han = kana = hangul = letters = 0
    for char in text:
        if not char.isalpha():
            continue
        letters += 1
        point = ord(char)
        if 0x3041 <= point <= 0x30FF or 0xFF66 <= point <= 0xFF9F:
            kana += 1
        elif 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x323AF:
            han += 1
        elif 0xAC00 <= point <= 0xD7A3 or 0x1100 <= point <= 0x11FF:
            hangul += 1
    # One Han character says about as much as three letters.
    if (han + kana + hangul) * 3 > letters - han - kana - hangul and han + kana + hangul >= MIN_HAN:
        if hangul > han + kana:
            return "ko"
        # Chinese prose may quote a Japanese name; Japanese prose has kana in every clause.
        if kana * 10 > han:
            return "ja"
        return han_variant(text) or "zh"
    return _by_model(text)


def other_language(text: str, than: str | None) -> str | None:
    """Return the language of a passage where it surely is not `than`, else None.

    A short passage is told by its script alone; of one in letters, both halves must say the same.
    """
    text = text[:_PASSAGE]
    if than is None or is_plainly(text, than):
        return None
    if sum(map(str.isalpha, text)) < _SURE and not _is_long_han(text):
        return None
    middle = text.rfind(" ", 0, len(text) // 2 + 1)
    if text.isascii() and not than.lower().startswith(("zh", "ja", "ko")) and middle > 0:
        first = language(text[:middle])
        if first is None or same_language(first, than):
            return None  # both halves must say another language: the second need not be asked
    found = language(text)
    if found is None or found == than:
        return None
    if same_language(found, than):  # one language in two scripts; its tag without a script tells nothing
        return found if "-" in found and "-" in than and _is_long_han(text) else None
    scripts = {tag.split("-")[0] for tag in (found, than)} & {"zh", "ja", "ko"}
    if scripts:
        sure = _is_long_han(text) if found.startswith(("zh", "ja", "ko")) else sum(map(str.isalpha, text)) >= _SURE
        return found if sure else None
    if sum(map(str.isalpha, text)) < _SURE:
        return None
    return found if middle > 0 and language(text[:middle]) == found == language(text[middle:]) else None


@lru_cache(maxsize=1)
def _common() -> dict[str, frozenset[str]]:
    return load("common", dict[str, frozenset[str]])


def _is_long_han(text: str) -> bool:
    return sum(char >= "\u2e80" for char in text) >= _SURE_HAN


def _by_model(text: str) -> str | None:
    if sum(map(str.isalpha, text)) < MIN_LETTERS:
        return None
    tag = str(_model().classify(text)[0])
    tag = _MEANS.get(tag, tag)
    if tag not in _WRITTEN and sum(map(str.isalpha, text)) < _SHORT:
        return None  # a list of names is no Ligurian and no Nigerian Pidgin
    return (han_variant(text) or "zh") if tag == "zh" else tag


def is_plainly(text: str, tag: str) -> bool:
    """True where the small words of a text are those of a language: nothing else needs to be asked then."""
    words = text[:PROBE].lower().split()
    common = _common().get(tag.lower().split("-")[0], frozenset())
    return len(common.intersection(words)) >= _KINDS and sum(map(common.__contains__, words)) * _EACH >= len(words)


def same_language(one: str | None, other: str | None) -> bool:
    """True where two tags name one language, whatever script or region they add."""
    return one is not None and other is not None and one.lower().split("-")[0] == other.lower().split("-")[0]
