"""Readings on disk: what a reader made of a capture, written once under the capture's hash and the reader's version.

In: a case, a sighting of the capture, and a way to get its bytes. Out: the document, or why it could not be read. A
reading that is there is never made again; one that is damaged is, and that is logged.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from overt.case import Case, write_whole
from overt.model import CaseError, Document, OvertError, Reader, ReadError, Sighting, Unread, plain_bytes, sha256
from overt.read.isolated import TOTAL, LimitError, in_parallel, read
from overt.read.read import FAST, READERS, NotInstalledError, full_reader, reader_of

log = logging.getLogger(__name__)

NO_READER = Reader(name="none", version="0")
# What ends the reason of a reading that a limit stopped: another machine may get further.
LIMIT = "; to try again: overt reread"


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
    sighting = as_read(case, sighting)
    there = _there(case, sighting)
    return there if there is not None else _made(case, sighting, load)


def kept(case: Case, sighting: Sighting) -> Document | Unread | None:
    """Return the reading of a capture that lies on disk, or why there can be none; None where it was not made."""
    return _there(case, as_read(case, sighting))


def fingerprint(case: Case, sighting: Sighting) -> str | None:
    """Return the hash of the reading of a capture as it lies on disk, None where there is none."""
    path = _path(case, as_read(case, sighting))
    try:
        return sha256(path.read_bytes()) if path is not None else None
    except OSError:
        return None


def read_all(case: Case, sightings: Iterable[Sighting], load: Callable[[str], bytes]) -> Iterator[Document | Unread]:
    """Yield what each capture says, as `reading` does; what is not there yet is read by several readers at once.

    Args:
        sightings: one of each capture. The order of what is yielded says nothing.
    """
    missing: list[Sighting] = []
    for sighting in (as_read(case, one) for one in sightings):
        there = _there(case, sighting)
        if there is None:
            missing.append(sighting)
        else:
            yield there
    yield from in_parallel(lambda sighting: _made(case, sighting, load), missing, slow(missing))


def differing(case: Case, sightings: Iterable[Sighting], load: Callable[[str], bytes]) -> Iterator[tuple[str, str]]:
    """Read every capture again and compare: yield each kept reading's path with how it differs ("" where it does not).

    A reading is derived, and quotes are taken from it: one that was altered would put words in a page's mouth. A
    reading of another reader's version, of a capture that cannot be opened, or that a limit ended then or now, is told
    as "not checked: ...".
    """
    by_capture = {s.capture: as_read(case, s) for s in sightings}
    kept = []
    for capture in sorted(by_capture):
        reader = reader_of(by_capture[capture].media_type)
        path = path_of(case, capture, reader.name, reader.version) if reader else None
        if path is not None and path.exists():
            kept.append((by_capture[capture], path))

    def compared(one: tuple[Sighting, Path]) -> tuple[str, str]:
        sighting, path = one
        return path.relative_to(case.root).as_posix(), _difference(case, sighting, path, load)

    yield from in_parallel(compared, kept, slow(sighting for sighting, _ in kept))


def _difference(case: Case, sighting: Sighting, path: Path, load: Callable[[str], bytes]) -> str:
    try:
        data = load(sighting.capture)
        kept = path.read_bytes()
        again = _bytes_of(read_now(case, sighting, data))
    except (OvertError, OSError) as error:
        return f"not checked: {error}"
    if kept == again:
        return ""
    before = load_reading(path, sighting.capture)
    if isinstance(before, Unread) and before.reason.endswith(LIMIT):
        return "not checked: " + before.reason
    return "it is not what the sealed bytes read as; delete it and run: overt build"


def as_read(case: Case, sighting: Sighting) -> Sighting:
    """Return a sighting with the media type by which this case reads it: the fast way where `[readers]` names it."""
    kind = f"{sighting.media_type}{FAST}"
    found = READERS.get(kind)
    is_fast = found is not None and found.name in case.settings.readers
    return msgspec.structs.replace(sighting, media_type=kind) if is_fast else sighting


def path_of(case: Case, capture: str, name: str, version: str) -> Path:
    """Return where the reading of a capture lies."""
    return case.readings / capture[:2] / f"{capture}.{name}-{version}.json"


def _path(case: Case, sighting: Sighting) -> Path | None:
    """Where the reading of a capture lies that this case asks for; None where it has no reader on for it."""
    reader = reader_of(sighting.media_type)
    wanted = case.settings.readers
    if reader is None or (wanted and reader.name not in wanted):
        return None
    return path_of(case, sighting.capture, reader.name, wanted.get(reader.name, reader.version))


def _there(case: Case, sighting: Sighting) -> Document | Unread | None:
    """The reading that is kept, or why there can be none; None where it has to be made."""
    path = _path(case, sighting)
    if path is None:
        reader = reader_of(sighting.media_type)
        why = "no reader for it yet" if reader is None else f"the reader {reader.name} is off in this case"
        return Unread(capture=sighting.capture, reason=f"{sighting.media_type}: {why}", reader=NO_READER)
    if not path.exists():
        return None
    kept = load_reading(path, sighting.capture)
    if kept is None:
        log.warning("%s is damaged: the capture is read again", path.name)
    return kept


def _made(case: Case, sighting: Sighting, load: Callable[[str], bytes]) -> Document | Unread:
    reader = reader_of(sighting.media_type)
    assert reader is not None
    version = case.settings.readers.get(reader.name, reader.version)
    if version != reader.version:
        raise CaseError(
            f"this case reads with {reader.name} {version}, and this Overt has {reader.name} {reader.version}: "
            "use the Overt that made the case, or run: overt reread"
        )
    try:
        made = read_now(case, sighting, load(sighting.capture))
    except NotInstalledError as error:
        # Not kept: it says nothing of the capture, and the next build may be able to.
        return Unread(capture=sighting.capture, reason=str(error), reader=NO_READER)
    write_reading(path_of(case, sighting.capture, reader.name, version), made)
    return made


def read_now(case: Case, sighting: Sighting, data: bytes) -> Document | Unread:
    """Read a capture whatever reading is there. Raises NotInstalledError where the reader lacks an extra."""
    seconds = case.settings.limits.read_seconds
    reader = reader_of(sighting.media_type)
    assert reader is not None
    try:
        return read(data, sighting.media_type, sighting.charset, seconds=seconds, total=max(TOTAL, seconds))
    except NotInstalledError:
        raise
    except LimitError as error:
        return Unread(capture=sighting.capture, reason=f"{error}{LIMIT}", reader=reader)
    except ReadError as error:
        return Unread(capture=sighting.capture, reason=str(error), reader=full_reader(sighting.media_type))


def slow(sightings: Iterable[Sighting]) -> int:
    """How many of these a child process reads."""
    return sum(s.media_type in READERS and not READERS[s.media_type].is_plain for s in sightings)


class _Kept(msgspec.Struct, frozen=True):
    """The file: exactly one of the two."""

    document: Document | None = None
    unread: Unread | None = None


def load_reading(path: Path, capture: str) -> Document | Unread | None:
    """Return a reading that lies on disk, or None where it is missing, damaged, or of another capture."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
    except (OSError, ValueError, RecursionError):
        return None
    found = kept.document or kept.unread
    return found if found is not None and found.capture == capture else None


def _bytes_of(made: Document | Unread) -> bytes:
    kept = _Kept(document=made) if isinstance(made, Document) else _Kept(unread=made)
    return plain_bytes(kept) + b"\n"


def write_reading(path: Path, made: Document | Unread) -> None:
    """Put a reading on disk, whole or not at all. Raises CaseError where that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _bytes_of(made))
    except OSError as error:
        raise CaseError(f"{path.name} cannot be written: {error.strerror or error}") from error
