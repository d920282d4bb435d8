"""What the Chinese words for a voice mean in English: 温州警方 -> "Wenzhou police".

A reader of English cannot tell a ministry from a chamber of commerce in a page's Chinese words, so working exports set
a reading beside them, as a careful translator does: "使馆 [embassy]". Institutions are translated and not
transliterated: words come from `gloss.toml`, known voices from the profile, places from the gazetteer. What none of
them knows is not guessed, and more than a little of it leaves the words without a reading. Persons' names get none.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

import msgspec

from overt.places import gazetteer
from overt.profile import Profile
from overt.words.scripts import has_cjk, is_cjk, simplify

MOST_UNKNOWN = 0.34  # the share of Han characters that may stay unread
LONGEST = 80  # characters: longer words name no voice
_OTHER = re.compile(r"[^\u3400-\u9fff]+")
_KANA = re.compile(r"[\u3040-\u30ff]")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: int
    zh: dict[str, str]


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    data = resources.files("overt.resolve").joinpath("gloss.toml").read_bytes()
    return msgspec.toml.decode(data, type=_File).zh


def names_in_english(profile: Profile) -> dict[str, str]:
    """Return the Han names of a profile's known voices, in Simplified characters, with their English names."""
    return {
        simplify(name): voice.name["en"]
        for _, voice in sorted(profile.voices.items())
        if "en" in voice.name
        for name in (*voice.names, *voice.name.values())
        if has_cjk(name)
    }


def gloss(words: str, known: Mapping[str, str]) -> str | None:
    """Return an English reading of the Chinese words for a role or a body, or None.

    Args:
        words: as they stand in the page.
        known: names of known voices, see `names_in_english`.

    Returns:
        None where the words hold no Chinese, are Japanese, or too little of them is known.
    """
    if not has_cjk(words) or _KANA.search(words) or len(words) > LONGEST:
        return None
    text = simplify(words)
    places = {span.start: span for span in gazetteer.find(text, "zh-Hans")}
    table = _words()
    parts: list[str] = []
    at = unknown = 0
    while at < len(text):
        if not is_cjk(text[at]):
            plain = _OTHER.match(text, at)
            end = plain.end() if plain else at + 1
            parts.append(text[at:end].strip(" ·“”\"'《》「」、，,"))
            at = end
            continue
        place = places.get(at)
        found = [(place.end - at, place.place.names.get("en", ""))] if place is not None else []
        for length in range(min(len(text) - at, LONGEST), 0, -1):
            piece = text[at : at + length]
            if piece in known or piece in table:
                found.append((length, known.get(piece, table.get(piece, ""))))
                break
        if not found:
            unknown += 1
            at += 1
            continue
        length, read = max(found, key=lambda one: one[0])
        parts.append(read)
        at += length
    han = sum(map(is_cjk, text))
    read = " ".join(part for part in parts if part)
    return read if read and unknown <= MOST_UNKNOWN * han else None


__all__ = ["gloss", "names_in_english"]
