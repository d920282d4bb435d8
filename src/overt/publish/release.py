"""Making a release, or a draft.

In: a registry, a profile, functions of weighing and a function that signs. Out: a numbered folder `releases/N`, whole
or not there at all, or the list of what is missing. Nothing in `public/` depends on a clock, a key or a number, but for
the page of changes.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import msgspec

import overt
from overt.model import CaseError, InputError, Judgement, Registry, Verb, sha256
from overt.places import gazetteer
from overt.profile.schema import Profile
from overt.protect import Withheld, clear
from overt.protect.places import Lookup
from overt.publish import manifest
from overt.publish.book import Book, Weighing, make_book
from overt.publish.changes import Snapshot, changes, held, load_snapshot
from overt.publish.dataset import dataset
from overt.publish.gone import gone
from overt.publish.labels import Labels
from overt.publish.notices import notices
from overt.publish.site import CHANGES_PAGES, pages
from overt.publish.words import LANGUAGES, catalogue
from overt.publish.workshop import Workshop, workshop

DRAFT_MARK = "DRAFT.txt"
_WRITERS = 16


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """What became of `publish`. `number` and `folder` are None where no release was made, and `why` says why.

    `low` and `high` are the ends of the headline. `missing` lists what is not in it, for the people of the case.
    """

    number: int | None
    folder: Path | None
    why: str
    low: int = 0
    high: int = 0
    rows: int = 0
    statements: int = 0
    missing: tuple[Withheld, ...] = ()


def numbers(releases: Path) -> list[int]:
    """Return the numbers of the releases in a folder, in order."""
    if not releases.is_dir():
        return []
    return sorted(int(p.name) for p in releases.iterdir() if p.is_dir() and p.name.isdecimal() and p.name[0] != "0")


def publish(
    releases: Path,
    registry: Registry,
    profile: Profile,
    weighing: Weighing,
    sign: Callable[[bytes], bytes],
    judgements: Iterable[Judgement] | None = None,
    as_of: str | None = None,
    is_demonstration: bool = False,
    lookup: Lookup = gazetteer.get,
    kept: Path | None = None,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> Release:
    """Make the next release.

    Args:
        releases: the folder `releases` of the case.
        registry: the built case.
        profile: its profile.
        weighing: functions of weighing.
        sign: MANIFEST -> the bytes of MANIFEST.minisig.
        judgements: all lines; without them, those of the registry.
        as_of: an EDTF day: only what pages said by then is in it; without it the whole case is.
        is_demonstration: say so on every page.
        lookup: place id -> place.
        kept: a file inside the case for what need not be done again; the release is the same with it and without.
        pictures: the pictures of the case by their SHA-256.

    Returns:
        The release; or why none was made: nobody accepted anything, or nothing changed since the last one.

    Raises:
        CaseError: where the last release cannot be read or the folder cannot be written.
    """
    judgements = list(registry.judgements if judgements is None else judgements)
    before = numbers(releases)
    last_folder = releases / str(before[-1]) if before else None
    with workshop(kept, last_folder) as work:
        cleared = clear(registry, profile, judgements, lookup=lookup, ahead=work, pictures=pictures, as_of=as_of)
        if not cleared.statements:
            why = "no release: no statement has been accepted by enough reviewers"
            return Release(number=None, folder=None, why=why, missing=cleared.withheld)
        told = notices(judgements)
        book = make_book(cleared, profile, weighing, as_of, is_demonstration=is_demonstration, notices=told)
        last = _manifest(releases, before[-1]) if before else None
        number = before[-1] + 1 if before else 1
        earlier = _Earlier(
            snapshots=_snapshots(releases, before),
            # Undone ones too: what an earlier release said of its corrections stays so.
            corrections={line.target: line.id for line in judgements if line.verb is Verb.AMEND},
            paths=frozenset(path for n in before for path in _manifest(releases, n).files),
            joined=registry.redirects,
        )
        files = _files(book, number, work, earlier)
    made = Release(
        number=number,
        folder=releases / str(number),
        why=f"release {number}",
        low=sum(count.low for count in book.counts),
        high=sum(count.high for count in book.counts),
        rows=sum(len(count.rows) for count in book.counts),
        statements=len(cleared.statements),
        missing=cleared.withheld,
    )
    listed = manifest.listing(files)
    profile_words = f"{profile.name} {profile.version}"
    if last is not None and _without_changes(last.files) == _without_changes(listed) and last.profile == profile_words:
        why = f"no release: nothing changed since release {last.number}"
        return msgspec.structs.replace(made, number=None, folder=None, why=why)
    text = manifest.make(
        manifest.Manifest(
            number=number,
            as_of=book.as_of,
            previous=sha256((releases / str(before[-1]) / manifest.NAME).read_bytes()) if before else None,
            overt=overt.__version__,
            profile=profile_words,
            files=listed,
        )
    )
    signature = sign(text)
    whole = {f"public/{path}": data for path, data in files.items()}
    whole |= {manifest.NAME: text, manifest.SIGNATURE: signature}
    same = {path for path, at in listed.items() if last is not None and last.files.get(path) == at}
    _write_whole(releases / str(number), whole, last_folder, same)
    return made


def _without_changes(files: Mapping[str, tuple[str, int]]) -> dict[str, tuple[str, int]]:
    return {path: at for path, at in files.items() if path.removeprefix("public/") not in CHANGES_PAGES}


class _Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """What a release must know of those before it: what they held, the paths of their files, and what became of
    statements that were corrected and of entries that were joined."""

    snapshots: list[tuple[int, Snapshot | None]]
    corrections: dict[str, str]
    paths: frozenset[str]
    joined: dict[str, str]


def _manifest(releases: Path, number: int) -> manifest.Manifest:
    try:
        return manifest.parse((releases / str(number) / manifest.NAME).read_bytes())
    except (OSError, InputError) as error:
        raise CaseError(f"releases/{number} cannot be read ({error}): `overt verify` says what is broken") from None


def _snapshots(releases: Path, before: Sequence[int]) -> list[tuple[int, Snapshot | None]]:
    return [(n, load_snapshot(releases / str(n), n, _manifest(releases, n).as_of)) for n in before]


def _files(book: Book, number: int | None, work: Workshop, earlier: _Earlier | None = None) -> dict[str, bytes]:
    labels = {language: Labels(book, catalogue(language)) for language in LANGUAGES}
    drawn = work.draw(book, labels)  # in other processes, while this one makes the rest
    data = dataset(book)
    history = []
    if number is not None and earlier is not None:
        now = Snapshot(number, book.as_of, held(data["sites.csv"], data["statements.jsonl"]))
        history = changes([*earlier.snapshots, (number, now)], book.notices, earlier.corrections)
    out = pages(book, history, data, labels, drawn)
    if earlier is not None:
        out |= gone(book, labels, earlier.paths, out, earlier.joined)
    return out | {f"data/{name}": content for name, content in data.items()}


def _write_whole(
    folder: Path, files: Mapping[str, bytes], last: Path | None = None, same: Collection[str] = ()
) -> None:
    """Write a folder so that it is there whole or not at all: beside its place first, then renamed.

    The files in `same` are in the folder `last`, too: they are not written again.
    """
    beside = folder.with_name(f".{folder.name}.part")

    def put(path: str, data: bytes) -> None:
        parts = path.split("/")
        if last is None or path not in same or not _linked(last.joinpath(*parts), beside.joinpath(*parts), data):
            _write(beside.joinpath(*parts), data)

    try:
        if beside.exists():
            shutil.rmtree(beside)  # left behind by a run that was killed
        for parent in sorted({beside.joinpath(*path.split("/")).parent for path in files}):
            parent.mkdir(parents=True, exist_ok=True)
        # Disks write many waiting files at once faster than one after the other; what is written is the same.
        with ThreadPoolExecutor(max_workers=_WRITERS) as pool:
            for _ in pool.map(put, files, files.values()):
                pass
        beside.rename(folder)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise CaseError(f"{folder} cannot be written: {error.strerror or error}") from error


def _linked(older: Path, target: Path, data: bytes) -> bool:
    """Give a file of the last release another name; return False where it cannot have one, or holds something else.

    A file of a release is only ever replaced (by a notice), never written into, so that two releases can share it.
    """
    try:
        os.link(older, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        return False
    with suppress(OSError):  # a file of the last release that cannot be read any more stops no new one
        if not target.is_symlink() and target.read_bytes() == data:
            return True
    target.unlink()
    return False


def _write(target: Path, data: bytes) -> None:
    with target.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def draft(
    case: Path,
    out: Path,
    registry: Registry,
    profile: Profile,
    weighing: Weighing,
    judgements: Iterable[Judgement] | None = None,
    as_of: str | None = None,
    is_demonstration: bool = False,
    lookup: Lookup = gazetteer.get,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> Release:
    """Write a local preview with unjudged statements, after the same protection. It is no release and is not signed.

    Args:
        case: the case's folder; a draft never lies in its `releases`.
        out: where to write; an empty or new folder, or an earlier draft.

    Raises:
        InputError: where `out` lies under a `releases` folder or holds something that is no draft.
        CaseError: where it cannot be written.
    """
    target = out.resolve()
    kept = (case / "releases").resolve()
    if target == kept or kept in target.parents:
        raise InputError(f"a draft cannot lie under {kept}: give another folder")
    if target == case.resolve() or target in case.resolve().parents:
        raise InputError(f"a draft cannot take the place of the case in {target}: give another folder")
    if target.exists():
        if not target.is_dir():
            raise InputError(f"{out} is a file: give a folder")
        if any(target.iterdir()) and not (target / DRAFT_MARK).is_file():
            raise InputError(f"{out} holds something that is no draft: give an empty or new folder")
    with workshop() as work:
        cleared = clear(
            registry, profile, judgements, draft=True, lookup=lookup, ahead=work, pictures=pictures, as_of=as_of
        )
        book = make_book(cleared, profile, weighing, as_of, is_draft=True, is_demonstration=is_demonstration)
        files = _files(book, None, work)
    files[DRAFT_MARK] = b"DRAFT: a local preview, no release, not signed. Do not pass it on.\n"
    if target.exists():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    _write_whole(target, files)
    return Release(
        number=None,
        folder=target,
        why="a draft, no release",
        low=sum(count.low for count in book.counts),
        high=sum(count.high for count in book.counts),
        rows=sum(len(count.rows) for count in book.counts),
        statements=len(cleared.statements),
        missing=cleared.withheld,
    )
