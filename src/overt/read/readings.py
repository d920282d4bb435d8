"""Readings on disk: what a reader made of a capture, written once under the capture's hash and the reader's version.

In: a case, a sighting of the capture, and a way to get its bytes. Out: the document, or why it could not be read. A
reading that is there is never made again; one that is damaged is, and that is logged.
"""

import contextlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from overt.case import Case
from overt.model import CaseError, Document, OvertError, Reader, ReadError, Sighting, Unread, plain_bytes
from overt.read.read import read, reader_of

log = logging.getLogger(__name__)

NO_READER = Reader(name="none", version="0")


def reading(case: Case, sighting: Sighting, load: Callable[[str], bytes]) -> Document | Unread:
    """Return what a capture says: from its reading where there is one, else read now and kept.

    Args:
        case: the case; its `[readers]` say which are on and in which version.
        sighting: the first sighting of the capture in their order; only capture, media type and charset are used.
        load: gives the bytes of a capture (`overt.capture.payload` with the case).

    Raises:
        CaseError: where the reading cannot be written, or the case asks for another version of the reader.
        What `load` raises, where the reading is not there.
    """
    reader = reader_of(sighting.media_type)
    wanted = case.settings.readers
    if reader is None or (wanted and reader.name not in wanted):
        why = "no reader for it yet" if reader is None else f"the reader {reader.name} is off in this case"
        return Unread(capture=sighting.capture, reason=f"{sighting.media_type}: {why}", reader=NO_READER)
    version = wanted.get(reader.name, reader.version)
    path = path_of(case, sighting.capture, reader.name, version)
    if path.exists():
        kept = _load(path, sighting.capture)
        if kept is not None:
            return kept
        log.warning("%s is damaged: the capture is read again", path.name)
    if version != reader.version:
        raise CaseError(
            f"this case reads with {reader.name} {version}, and this Overt has {reader.name} {reader.version}: "
            "use the Overt that made the case, or change [readers] in overt.toml"
        )
    made = _read(sighting, load(sighting.capture), reader)
    _write(path, made)
    return made


def differing(case: Case, sightings: Iterable[Sighting], load: Callable[[str], bytes]) -> Iterator[tuple[str, str]]:
    """Read every capture again and compare: yield each kept reading's path with how it differs ("" where it does not).

    A reading is derived, and quotes are taken from it: one that was altered would put words in a page's mouth. A
    reading of another reader's version, or of a capture that cannot be opened, is told as "not checked: ...".
    """
    by_capture = {s.capture: s for s in sightings}
    for capture in sorted(by_capture):
        reader = reader_of(by_capture[capture].media_type)
        path = path_of(case, capture, reader.name, reader.version) if reader else None
        if reader is None or path is None or not path.exists():
            continue
        name = path.relative_to(case.root).as_posix()
        try:
            again = _bytes_of(_read(by_capture[capture], load(capture), reader))
            same = path.read_bytes() == again
        except (OvertError, OSError) as error:
            yield name, f"not checked: {error}"
            continue
        yield name, "" if same else "it is not what the sealed bytes read as; delete it and run: overt build"


def path_of(case: Case, capture: str, name: str, version: str) -> Path:
    """Return where the reading of a capture lies."""
    return case.readings / capture[:2] / f"{capture}.{name}-{version}.json"


def _read(sighting: Sighting, data: bytes, reader: Reader) -> Document | Unread:
    try:
        return read(data, sighting.media_type, sighting.charset)
    except ReadError as error:
        return Unread(capture=sighting.capture, reason=str(error), reader=reader)


class _Kept(msgspec.Struct, frozen=True):
    """The file: exactly one of the two."""

    document: Document | None = None
    unread: Unread | None = None


def _load(path: Path, capture: str) -> Document | Unread | None:
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
    except (OSError, ValueError, RecursionError):
        return None
    found = kept.document or kept.unread
    return found if found is not None and found.capture == capture else None


def _bytes_of(made: Document | Unread) -> bytes:
    kept = _Kept(document=made) if isinstance(made, Document) else _Kept(unread=made)
    return plain_bytes(kept) + b"\n"


def _write(path: Path, made: Document | Unread) -> None:
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            file.write(_bytes_of(made))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise CaseError(f"{path.name} cannot be written: {error.strerror or error}") from error
