"""Sources as they may be public: outlet, headline, address, date.

In: sightings and documents. Out: one public source for each sighting that a cleared statement rests on. A headline
is no statement that anybody judged: what it shares with a hidden stretch of its page is withheld with it.
"""

from overt.model import Document, Registry, Sighting, Statement, digest
from overt.model.edtf import is_edtf
from overt.protect.addresses import Addresses
from overt.protect.match import fold_name
from overt.protect.public import Code, PublicSource, Segment, Words
from overt.protect.redact import Redactor
from overt.protect.statements import Texts, language_tag

# A headline that shares this part of its words with a hidden sentence says what the sentence says.
_SHARED = 0.6
_FEW = 4


class Sources:
    """Gathers the sources that are used, each made once."""

    def __init__(self, registry: Registry, redactor: Redactor, texts: Texts) -> None:
        self._redactor = redactor
        self._addresses = Addresses(redactor.names)
        self._texts = texts
        self._sightings: dict[tuple[str, str], Sighting] = {}
        for sighting in sorted(registry.sightings, key=lambda s: (s.address, s.capture, s.title or "", s.outlet or "")):
            self._sightings.setdefault((sighting.capture, sighting.address), sighting)
        self._documents: dict[str, Document] = {}
        for document in sorted(registry.documents, key=lambda d: (d.capture, d.text)):
            self._documents.setdefault(document.capture, document)
        self._used: dict[str, PublicSource] = {}
        self._keys: dict[tuple[str, str], str] = {}

    def use(self, statement: Statement) -> str:
        """Return the id of a statement's source, and keep the source."""
        page = statement.capture, statement.address
        key = self._keys.get(page)
        if key is None:
            key = self._keys[page] = self.key(statement)
            self._used[key] = self._source(key, statement)
        return key

    @staticmethod
    def key(statement: Statement) -> str:
        """Return the id of a statement's source."""
        return digest("source", statement.capture, statement.address)

    def used(self) -> tuple[PublicSource, ...]:
        """Return the sources that were used, by id."""
        return tuple(self._used[key] for key in sorted(self._used))

    def _source(self, key: str, statement: Statement) -> PublicSource:
        sighting = self._sightings[(statement.capture, statement.address)]
        document = self._documents.get(statement.capture)
        published = sighting.published or (document.published if document else None)
        language = sighting.language or (document.language if document else None)
        url, is_host_only = self._addresses.public(sighting.url)
        return PublicSource(
            id=key,
            capture=statement.capture,
            outlet=self._redactor.words(sighting.outlet or (document.outlet if document else None)),
            title=self._title(sighting.title or (document.title if document else None), statement.capture),
            url=url,
            is_host_only=is_host_only,
            published=published if published and is_edtf(published) else None,
            language=language_tag(language),
        )

    def _title(self, title: str | None, capture: str) -> Words:
        if not title:
            return ()
        text = self._texts.first(capture)
        for start, end in self._texts.hidden(capture):
            if _shares(title, text[start:end]):
                return (Segment("", Code.ACCUSATION),)
        return self._redactor.words(title)


def _shares(title: str, sentence: str) -> bool:
    """True where a headline and a hidden sentence say the same: one in the other, or most of the headline's words."""
    one, other = fold_name(title), fold_name(sentence)
    if not other:
        return True
    if one in other or other in one:
        return True
    words = one.split() if " " in one else [one[i : i + 2] for i in range(len(one) - 1)]
    common = sum(word in other for word in words)
    return len(words) >= _FEW and common >= _SHARED * len(words)
