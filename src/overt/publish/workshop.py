"""Where the large work of a release is done: not twice where its result is kept, and on all processors where it is not.

In: texts to protect and a book to draw. Out: what must be cut out of the texts, and the pages of all entries; the same
as if each was done at once, here and for the first time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from overt.model import sha256
from overt.protect.names import Names, Read, Stretch
from overt.protect.redact import Span
from overt.publish.book import Book
from overt.publish.entry import Entry, entry_of, frame_of
from overt.publish.hands import Hands
from overt.publish.kept import Drawn, Kept, made_by
from overt.publish.labels import Labels

_packing = msgspec.msgpack.Encoder(order="deterministic")


def _packed(known: Names) -> tuple[bytes, str]:
    packed = _packing.encode(known)
    return packed, _key(made_by(), sha256(packed))


def _key(*parts: str) -> str:
    """Return a hash of strings, each with its length, so that no two lists of them are one."""
    return sha256("".join(f"{len(part)} {part}" for part in parts).encode("utf-8", "surrogatepass"))


class Workshop:
    """Hands to work, what is kept, and the `public` folder of the last release, where there is one."""

    def __init__(self, hands: Hands, kept: Kept, last: Path | None) -> None:
        self._hands = hands
        self._kept = kept
        self._last = last

    def listen(self, known: Names, documents: Sequence[Read]) -> list[list[Stretch]]:
        """Return where each document names persons."""
        packed, head = _packed(known)
        keys = [_key(head, language or "", text) for text, language in documents]
        found = [self._kept.persons(key) for key in keys]
        waiting = [at for at, one in enumerate(found) if one is None]
        for at, one in zip(waiting, self._hands.listen(packed, [documents[at] for at in waiting]), strict=True):
            found[at] = one
            self._kept.add_persons(keys[at], one)
        return [one or [] for one in found]

    def cut(self, known: Names, texts: Sequence[str]) -> Mapping[str, list[Span]]:
        """Return for each text what must be cut out of it where these names are known."""
        packed, head = _packed(known)
        keys = {text: _key(head, text) for text in texts}
        found = {text: spans for text, key in keys.items() if (spans := self._kept.spans(key)) is not None}
        waiting = [text for text in texts if text not in found]
        for text, spans in zip(waiting, self._hands.cut(packed, waiting), strict=True):
            found[text] = spans
            self._kept.add_spans(keys[text], spans)
        return found

    def draw(self, book: Book, labels: Mapping[str, Labels]) -> Callable[[], dict[str, bytes]]:
        """Begin to draw all entries of a book; the result gives their pages, path -> bytes.

        Args:
            book: what is published.
            labels: language -> what things are called.
        """
        frame = _packing.encode(frame_of(book))
        head = _key(made_by(), sha256(frame)).encode()
        out: dict[str, bytes] = {}
        waiting: list[tuple[str, Entry]] = []
        for thing in book.things:
            entry = entry_of(book, thing, labels)
            key = sha256(head + _packing.encode(entry))
            pages = self._as_before(self._kept.drawn(key))
            if pages is None:
                waiting.append((key, entry))
            else:
                out |= pages
                self._kept.add_drawn(key, pages)
        drawn = self._hands.draw(frame, [entry for _, entry in waiting])

        def gather() -> dict[str, bytes]:
            for (key, _), pages in zip(waiting, drawn, strict=True):
                out.update(pages)
                self._kept.add_drawn(key, pages)
            return out

        return gather

    def _as_before(self, drawn: Drawn | None) -> dict[str, bytes] | None:
        """Return pages out of the last release; None where one is not there, or is no longer what was drawn."""
        if drawn is None or self._last is None:
            return None
        pages: dict[str, bytes] = {}
        for path, digest in drawn:
            try:
                data = self._last.joinpath(*path.split("/")).read_bytes()
            except OSError:
                return None
            if sha256(data) != digest:
                return None
            pages[path] = data
        return pages


@contextmanager
def workshop(kept: Path | None = None, last: Path | None = None, many: int | None = None) -> Iterator[Workshop]:
    """Open a workshop for a block; what was made in it is kept where the block ends well.

    Args:
        kept: the file of what is kept; without it nothing is.
        last: the folder of the last release.
        many: how many processes work, at most; as many as there are processors where nothing is said.
    """
    store = Kept(kept)
    with Hands(many) as hands:
        yield Workshop(hands, store, last / "public" if last is not None else None)
    store.write()
