"""Who is one voice: names in two scripts, a role with its organisation, and known voices of the profile."""

from functools import lru_cache

from overt.model import Voice
from overt.profile.schema import Profile
from overt.resolve.names import fold_name, operator_key
from overt.words.scripts import has_cjk

# A known name inside longer words ("campaign director of X") is taken only where it is long enough not to be chance.
_INSIDE_WORDS = 2
_INSIDE_HAN = 4


def known_names(profile: Profile) -> dict[str, tuple[str, ...]]:
    """Return folded name -> ids of the known voices that bear it (two, where two bodies share an abbreviation)."""
    bearers: dict[str, set[str]] = {}
    for voice_id, voice in profile.voices.items():
        for name in (*voice.names, *voice.name.values()):
            folded = fold_name(name)
            if folded:
                bearers.setdefault(folded, set()).add(voice_id)
    return {name: tuple(sorted(ids)) for name, ids in sorted(bearers.items())}


@lru_cache(maxsize=4096)  # every name that is heard is looked for among all known ones
def _long_enough(name: str) -> bool:
    return len(name) >= _INSIDE_HAN if has_cjk(name) else len(name.split()) >= _INSIDE_WORDS


def _inside(name: str, words: str) -> bool:
    return name in words if has_cjk(name) else f" {name} " in f" {words} "


def _one(ids: tuple[str, ...], voice: Voice, profile: Profile) -> str | None:
    """Of bodies that share a name, the one whose kind is the voice's; None where that does not tell."""
    if len(ids) == 1:
        return ids[0]
    fitting = [i for i in ids if profile.voices[i].kind == str(voice.kind)]
    return fitting[0] if len(fitting) == 1 else None


def known_voice(voice: Voice, profile: Profile, names: dict[str, tuple[str, ...]] | None = None) -> str | None:
    """Return the id of the profile's voice that this is, None where it is none of them.

    First an equal name (organisation, then speaker, then role), then a known name inside the organisation or the role.
    """
    table = known_names(profile) if names is None else names
    said = [fold_name(words) for words in (voice.organisation, voice.speaker, voice.role) if words]
    for words in said:
        if words in table:
            found = _one(table[words], voice, profile)
            if found is not None:
                return found
    around = [fold_name(words) for words in (voice.organisation, voice.role) if words]
    for words in around:
        inside = [name for name in table if name in words and _long_enough(name) and _inside(name, words)]
        for name in sorted(inside, key=lambda name: (-len(name), name)):
            found = _one(table[name], voice, profile)
            if found is not None:
                return found
    return None


def voice_key(voice: Voice, profile: Profile) -> str:
    """Return one key for all names of one voice.

    Returns:
        the id of a known voice of the profile; else `org:` and the folded organisation; else `role:` and the role;
        else `speaker:` and the speaker; "" for a voice without any words.
    """
    return _key(voice, known_voice(voice, profile))


def _key(voice: Voice, known: str | None) -> str:
    if known is not None:
        return known
    for prefix, words in (("org", voice.organisation), ("role", voice.role), ("speaker", voice.speaker)):
        if words and fold_name(words):
            return f"{prefix}:{fold_name(words)}"
    return ""


class Naming:
    """How one profile compares names: what weighing takes, so that it needs to know nothing of scripts and places."""

    __slots__ = ("_keys", "_names", "_profile", "_shown")

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._names = known_names(profile)
        self._keys: dict[tuple[str | None, str | None, str | None, str], str] = {}
        self._shown: dict[str, str] = {}
        for voice_id, voice in profile.voices.items():
            for key in (voice_id, self._public_body(voice_id)):
                self._shown.setdefault(key, voice.name.get("en") or voice.names[0])

    def fold(self, words: str) -> str:
        """Return the folded form of a name."""
        return fold_name(words)

    def voice(self, voice: Voice) -> str:
        """Return the key of a voice, in the same key space as `organisation`; "" where it has no words."""
        said = (voice.organisation, voice.role, voice.speaker, str(voice.kind))
        if said not in self._keys:
            self._keys[said] = self._voice(voice)
        return self._keys[said]

    def _voice(self, voice: Voice) -> str:
        known = known_voice(voice, self._profile, self._names)
        if known is not None:
            return self._public_body(known)
        if voice.organisation:
            return operator_key(voice.organisation) or _key(voice, None)
        return _key(voice, None)

    def organisation(self, words: str) -> str:
        """Return the key of an organisation: `ORGAN@PLACE`, else a known voice's id, else `org:` + the folded name."""
        return self.voice(Voice(organisation=words))

    def shown(self, key: str) -> str | None:
        """Return the printable name of a known voice's key, None for other keys."""
        return self._shown.get(key)

    def _public_body(self, voice_id: str) -> str:
        """A known public body is keyed as its place and organ, so that a name the profile lacks still meets it."""
        voice = self._profile.voices[voice_id]
        keys = (operator_key(name) for name in (*voice.names, *(voice.name[k] for k in sorted(voice.name))))
        return next((key for key in keys if key is not None), voice_id)
