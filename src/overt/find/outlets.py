"""The last links of every chain of a page: whom it took its text from (a mark, an agency), then its own outlet."""

import re

from overt.find.agencies import agency, bracketed
from overt.find.voices import known_voices
from overt.model import Document, Sighting, Voice, VoiceKind
from overt.profile import Profile
from overt.words.phrases import matchable

_RELAY = re.compile(r"^.*?(?:来源|來源|转载自|轉載自|source|provided by|©)\s*[:：]?\s*", re.I)

_DATED = re.compile(r"\s*[,，(（]\s*\d")  # "Source: The Daily N., 22 December 2009"

# "Contacté par X, le ministère ...": whoever asked wrote the text. Is that not the page's outlet, it was taken over.
_ASKED = re.compile(
    r"(?:^|[.!?»”\n]\s*)(?:Contacté|Sollicité|Joint|Interrogé|Questionné|Contactad|Consultad|Preguntad|Interpellat|Contattat|"
    r"Contactad|Questionad|Contacted)\w{0,3}\s+(?:par|por|pelo|pela|da|dal|dalla|by)\s+"
    r"([A-ZÀ-Ý][\w'’-]*(?:\s+[A-ZÀ-Ý][\w'’-]*){0,3})\s*,"
)


def _asker(document: Document, own: str) -> str | None:
    """Who asked, where a page says so and it is another than its outlet; None where no page or several say so."""
    asked = {m[1] for p in document.passages if p.main for m in _ASKED.finditer(p.text)}
    if len(asked) != 1:
        return None
    name = next(iter(asked))
    return None if matchable(own).startswith(matchable(name)) else name


def outlets(document: Document, sighting: Sighting, profile: Profile) -> tuple[Voice, ...]:
    """The last links of every chain: whom the page says it took its text from, then the page's own outlet."""
    own = sighting.outlet or document.outlet or _host(sighting.address)
    chain = [Voice(organisation=own, kind=VoiceKind.OUTLET)]
    known = known_voices(profile)
    for mark in document.relays:
        hits = known.find(matchable(mark))
        source = mark[hits[0].start : hits[0].end] if hits else _RELAY.sub("", mark, count=1).strip(" .。，,()（）")
        source = _DATED.split(source, maxsplit=1)[0].split("  ")[0].split(" 原文")[0][:60]
        if source and matchable(source) not in matchable(own):
            chain.insert(0, Voice(organisation=source, kind=VoiceKind.OUTLET, words=source))
            break
    wire = agency(document) or bracketed(own) or _asker(document, own) if len(chain) == 1 else None
    if wire is not None and matchable(wire) != matchable(own):
        chain.insert(0, Voice(organisation=wire, kind=VoiceKind.OUTLET, words=wire))
    return tuple(chain)


def _host(address: str) -> str:
    found = re.match(r"https?://(?:www\.)?([^/:]+)", address)
    return found[1] if found else address
