"""Is a page about the profile's subject at all? What names the same things of another state is left alone."""

from babel.languages import get_official_languages

from overt.find.recognise import Lookup
from overt.find.states import states_and_countries
from overt.find.voices import known_voices
from overt.model import Document, VoiceKind
from overt.places import gazetteer
from overt.profile import Profile
from overt.words.phrases import matchable


def is_on_subject(document: Document, language: str | None, profile: Profile, lookup: Lookup) -> bool:
    """False for a page that names states but not the one whose network is looked for, nor anything that is only its.

    "Police stations in Ireland are to close" is about other police stations. A page in a language of that state need
    not name it, nor need a line that names no state at all, nor one with a known voice, a name, an operator or a noun
    with an epithet ("overseas police stations").
    """
    home = profile.home
    if home is None or (language or "").partition("-")[0] in _languages_of(home):
        return True
    folded = matchable(document.text)
    if known_voices(profile).find(folded) or lookup.names_its_own(folded):
        return True
    named = frozenset(span.place.country for span in gazetteer.find(document.text, language))
    if home in named:
        return True
    states, countries = states_and_countries(document.text, language or "")
    return home in countries or not states


def names_a_watchdog(folded: str, profile: Profile) -> bool:
    """Whoever the profile knows to watch such things is named only where they are spoken of."""
    return any(profile.voices[h.key].kind == VoiceKind.WATCHDOG for h in known_voices(profile).find(folded))


def _languages_of(country: str) -> frozenset[str]:
    """The official languages of a country, by Unicode CLDR."""
    return frozenset(code.partition("_")[0] for code in get_official_languages(country))
