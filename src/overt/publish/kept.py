"""What publishing remembers from one time to the next, so that only what changed is done again.

In: a file inside the case, which stays in it. Out: for a key the result of last time. A key is a hash of everything
that a result depends on, the code too. The file holds hashes, numbers and the paths of published files, never words:
where in a text something must be cut, and the hash of the page that was drawn; the page itself is read from the last
release, and taken only where its hash is that one. A file that is missing, damaged or of another version costs time and
nothing else.
"""

import contextlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from platform import python_version

import msgspec

from overt.build.code import code
from overt.case import write_whole
from overt.model import digest, sha256
from overt.protect.names import Stretch
from overt.protect.redact import Span

# Whatever the bytes of a page, or what is cut out of a text, can depend on.
_ROOMS = ("model", "places", "profile", "protect", "publish", "weigh", "words")
_LIBRARIES = ("babel", "google-re2", "jinja2", "markupsafe", "msgspec", "opencc", "pypinyin")

Drawn = tuple[tuple[str, str], ...]  # (path, SHA-256) of each page of an entry


class _File(msgspec.Struct, frozen=True):
    persons: dict[str, list[Stretch]]
    spans: dict[str, list[Span]]
    pages: dict[str, Drawn]


@cache
def made_by() -> str:
    """Return the hash of the code and the libraries that make results."""
    return digest(code(_ROOMS), python_version(), [[name, version(name)] for name in _LIBRARIES])


class Kept:
    """What was kept, and what will be: results that were neither found nor added this time are forgotten.

    Without a path nothing is kept.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._before = _read(path) if path is not None else _File({}, {}, {})
        self._now = _File({}, {}, {})

    def persons(self, key: str) -> list[Stretch] | None:
        """Return where a document names persons; None where it is not known."""
        found = self._before.persons.get(key)
        if found is not None:
            self._now.persons[key] = found
        return found

    def add_persons(self, key: str, stretches: list[Stretch]) -> None:
        self._now.persons[key] = stretches

    def spans(self, key: str) -> list[Span] | None:
        """Return what must be cut out of a text; None where it is not known."""
        found = self._before.spans.get(key)
        if found is not None:
            self._now.spans[key] = found
        return found

    def add_spans(self, key: str, spans: list[Span]) -> None:
        self._now.spans[key] = spans

    def drawn(self, key: str) -> Drawn | None:
        """Return the pages that were drawn of an entry as they lay in the last release; None where not known."""
        return self._before.pages.get(key)

    def add_drawn(self, key: str, pages: dict[str, bytes]) -> None:
        self._now.pages[key] = tuple((path, sha256(data)) for path, data in sorted(pages.items()))

    def write(self) -> None:
        """Put it on the disk. Where that cannot be done, nothing is kept."""
        if self._path is None or self._now == self._before:
            return
        body = msgspec.msgpack.encode(self._now)
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(exist_ok=True)
            write_whole(self._path, sha256(body).encode() + b"\n" + body)


def _read(path: Path) -> _File:
    try:
        checked, _, body = path.read_bytes().partition(b"\n")
        if checked == sha256(body).encode():
            return msgspec.msgpack.decode(body, type=_File)
    except (OSError, ValueError, msgspec.MsgspecError):
        pass
    return _File({}, {}, {})
