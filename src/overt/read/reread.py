"""Reading again: by newer readers, or where a limit or a missing extra stood in the way.

In: a case and its sightings. Out: per capture the reading that was there and the new one, which lies beside it (or in
its place, where the reader is the same and could not do its work before). Nothing else is changed.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from overt.case import Case
from overt.model import Document, Sighting, Unread
from overt.read.isolated import in_parallel
from overt.read.read import NotInstalledError, reader_of
from overt.read.readings import LIMIT, as_read, load_reading, path_of, read_now, slow, write_reading

AGAIN = "overt reread"  # what a reading says that could be better with more time or an extra


class Reread(msgspec.Struct, frozen=True, kw_only=True):
    """One capture: its reading before and now. `failed` says why there is no new one."""

    capture: str
    reader: str
    before: Document | Unread
    now: Document | Unread | None = None
    failed: str = ""

    @property
    def is_same(self) -> bool:
        """True where all that people and finders see is the same: only the reader's version may differ."""
        if isinstance(self.before, Document) and isinstance(self.now, Document):
            return msgspec.structs.replace(self.before, reader=self.now.reader) == self.now
        return (
            isinstance(self.before, Unread) and isinstance(self.now, Unread) and self.before.reason == self.now.reason
        )


def reread(
    case: Case, sightings: Iterable[Sighting], load: Callable[[str], bytes], *, write: bool = True
) -> Iterator[Reread]:
    """Read again what an older reader read, or what can be read better now; yield each by capture.

    Raises:
        CaseError: where a reading cannot be written. What `load` raises.
    """
    by_capture = {s.capture: as_read(case, s) for s in sightings}
    todo = [
        (by_capture[capture], before)
        for capture in sorted(by_capture)
        if (before := _outdated(case, by_capture[capture])) is not None
    ]

    def again(one: tuple[Sighting, Document | Unread]) -> Reread:
        sighting, before = one
        reader = reader_of(sighting.media_type)
        assert reader is not None
        made = Reread(capture=sighting.capture, reader=reader.name, before=before)
        try:
            now = read_now(case, sighting, load(sighting.capture))
        except NotInstalledError as error:
            return msgspec.structs.replace(made, failed=str(error))
        made = msgspec.structs.replace(made, now=now)
        is_new_version = before.reader.version != reader.version
        if write and (is_new_version or not made.is_same):
            write_reading(path_of(case, sighting.capture, reader.name, reader.version), now)
        return made

    yield from in_parallel(again, todo, slow(sighting for sighting, _ in todo))


def _outdated(case: Case, sighting: Sighting) -> Document | Unread | None:
    """The reading of a capture, if it should be made again."""
    reader = reader_of(sighting.media_type)
    if reader is None:
        return None
    version = case.settings.readers.get(reader.name, reader.version)
    kept = load_reading(path_of(case, sighting.capture, reader.name, version), sighting.capture)
    if kept is None:
        return None
    said = (kept.reason,) if isinstance(kept, Unread) else kept.concerns
    return kept if version != reader.version or any(AGAIN in words for words in said) else None


assert AGAIN in LIMIT
