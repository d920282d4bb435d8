"""Names across scripts: one folded form for a name, one key for a public body, one set of words for an address.

First version: Chinese scripts are folded into one, a public body is read as place + kind of organ in any language of
`organs.toml`, and everything else is compared by its folded words. What cannot be read that way stays apart.
"""

import unicodedata
from functools import lru_cache

from overt.places import gazetteer
from overt.resolve.lexicon import lexicon
from overt.words.scripts import fold, has_cjk, is_cjk, narrow, simplify

POLICE = "police"
_AND = ("和", "与", "與", "及", "、", "跟", "同")
_MEMORY = 1 << 14  # names repeat on nearly every page of a case; the bound keeps a hostile case from filling memory


def _words(text: str) -> list[str]:
    """Return the folded words of `text`; a run of Chinese is one word, and white space inside it is none."""
    # Twice: a compatibility sign may unfold into capitals (㏗ into PH) after case was folded.
    plain = "".join(_plain(char) for char in fold(fold(text)))
    words: list[str] = []
    for word in plain.split():
        if words and is_cjk(words[-1][-1]) and is_cjk(word[0]):
            words[-1] += word
        else:
            words.append(word)
    return words


def _plain(char: str) -> str:
    if char in "'’ʼ`·・":
        return " " if char in "'’ʼ`" else ""
    return char if unicodedata.category(char)[0] in "LNM" else " "


@lru_cache(maxsize=_MEMORY)
def fold_name(text: str) -> str:
    """Return the form in which names are compared: scripts, case, accents, articles and legal forms folded away.

    Args:
        text: a name in any script.

    Returns:
        words with single spaces; "" where nothing is left. Folding twice changes nothing.
    """
    words = _words(text)
    kept = [word for word in words if word not in lexicon().legal and word != "s"] or words
    while len(kept) > 1 and kept[0] in lexicon().articles:
        kept = kept[1:]
    return " ".join(kept)


def _holds(words: str, part: str) -> bool:
    return part in words if has_cjk(part) else f" {part} " in f" {words} "


def _organ(text: str) -> tuple[str, str] | None:
    """Return the words for a public body that `text` holds, folded, and which kind of body they name."""
    words = " ".join(_words(text))
    if any(_holds(words, part) for part in lexicon().private):
        return None
    return next((pair for pair in lexicon().organs if _holds(words, pair[0])), None)


def _places(text: str, part: str, organ: str) -> set[str]:
    """Return the places that the name of a body names; in Chinese, where one stands right before the body, that one.

    悉尼有一个温州市公安局 is a body of Wenzhou: a name takes its place in front, and what comes earlier is a sentence.
    """
    language = "zh" if has_cjk(text) else None
    spans = [span for span in gazetteer.find(text, language) if span.words.strip()]
    spans = [span for span in spans if not span.ambiguous] or spans
    at = simplify(narrow(text)).find(part) if has_cjk(part) else -1
    before = [span for span in spans if span.end <= at]
    if organ in lexicon().missions or not before or before[-1].end != at:
        return {span.place.id for span in spans}
    is_list = len(before) > 1 and text[before[-2].end : before[-1].start] in _AND
    return {span.place.id for span in (before[-2:] if is_list else before[-1:])}


def _seat(text: str, part: str, organ: str) -> str | None:
    """Return the place of a body: the finest that its words name; for a mission, whose it is and where, joined by `+`.

    None where the words name no place, or several of which none holds the other.
    """
    places = _places(text, part, organ)
    is_mission = organ in lexicon().missions
    if is_mission or not places:
        places |= {country for _, _, country in gazetteer.demonyms(text, "zh" if has_cjk(text) else None)}
    if organ in lexicon().national:
        places = {gazetteer.country_of(place) or place for place in places}
    fine = sorted(p for p in places if not any(q != p and gazetteer.contains(p, q) for q in places))
    return "+".join(fine) if len(fine) == 1 or (is_mission and len(fine) == 2) else None


@lru_cache(maxsize=_MEMORY)
def operator_key(text: str) -> str | None:
    """Return `ORGAN@PLACE` for the words of a public body, equal for its names in all languages.

    "Fuzhou Public Security Bureau", "Fuzhou police", 福州市公安局 and 福州警方 give one key.

    Args:
        text: the words that name a body.

    Returns:
        the key; None where the words name no public body, no place, or several places of which none holds the other
        ("the bodies of A and B"): a caller then compares folded names.
    """
    found = _organ(text)
    if found is None:
        return None
    seat = _seat(text, *found)
    return None if seat is None else f"{found[1]}@{seat}"


def police_place(key: str) -> str | None:
    """Return the place of a key of a police body, None for any other key."""
    organ, at, place = key.partition("@")
    return place if at and organ == POLICE else None


@lru_cache(maxsize=_MEMORY)
def fold_street(text: str) -> str:
    """Return the telling words of an address, sorted, without the words for street, number or floor.

    For matching only: an address is never published.
    """
    words = {word for word in _words(text) if word not in lexicon().streets and word not in lexicon().articles}
    return " ".join(sorted(words))


def street_alone(folded: str) -> str:
    """Return a folded address without its numbers; the whole where nothing else is in it."""
    return " ".join(w for w in folded.split() if not any(c.isdigit() for c in w)) or folded


def streets_differ(one: str, other: str) -> bool:
    """True where two folded addresses of one script cannot be one: neither holds all words of the other."""
    if not one or not other or has_cjk(one) != has_cjk(other):
        return False
    a, b = set(one.split()), set(other.split())
    return not (a <= b or b <= a)
