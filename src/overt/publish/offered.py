"""Putting notices into the releases that are offered, at once, and recording it beside MANIFEST.

In: the folder `releases`, notices, a function that signs. Out: which files were changed. `WITHDRAWN` in a release's
folder lists what stands there now in place of what MANIFEST lists; it is signed, so that a check can tell a withdrawal
from a forgery. Doing it again changes nothing, so that a run that was killed is finished by the next.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from overt.case import write_whole
from overt.model import CaseError, InputError, sha256
from overt.publish import manifest
from overt.publish.changes import held, held_file
from overt.publish.notices import Notice, put_on
from overt.publish.release import numbers

FORMAT = "overt-withdrawn 1"
_LINE = re.compile(r"([0-9a-f]{64}) (0|[1-9]\d{0,14}) (\S+) (\d{1,6})")

Listed = dict[str, tuple[str, int, int]]  # path -> (sha256, size, number of the notice)


def parse(data: bytes) -> Listed:
    """Read a WITHDRAWN.

    Raises:
        InputError: where it is none.
    """
    lines = data.decode("utf-8", "replace").split("\n")
    if lines[0] != FORMAT or lines[-1]:
        raise InputError(f"WITHDRAWN: expected {FORMAT!r} in line 1 and a line feed at the end")
    out: Listed = {}
    for at, line in enumerate(lines[1:-1], start=2):
        found = _LINE.fullmatch(line)
        if not found:
            raise InputError(f"WITHDRAWN line {at}: expected 'SHA256 SIZE public/PATH NUMBER'")
        out[found[3]] = (found[1], int(found[2]), int(found[4]))
    return out


def put_up(releases: Path, notices: Sequence[Notice], sign: Callable[[bytes], bytes]) -> dict[int, list[str]]:
    """Put notices into every release of a folder; return release -> paths that were changed.

    Raises:
        CaseError: where a release cannot be read or written; the line says which.
    """
    changed = {}
    for number in numbers(releases) if notices else ():  # without any, no release needs to be read
        paths = _put(releases / str(number), notices, sign)
        if paths:
            changed[number] = paths
    return changed


def _put(release: Path, notices: Sequence[Notice], sign: Callable[[bytes], bytes]) -> list[str]:
    try:
        listed = manifest.parse((release / manifest.NAME).read_bytes())
        marker = release / manifest.WITHDRAWN
        before = parse(marker.read_bytes()) if marker.exists() else {}
        files = {p: release.joinpath(*p.split("/")).read_bytes() for p in listed.files if _is_there(release, p)}
        now = dict(before)
        new: dict[str, bytes] = {}
        for notice in notices:
            for path, data in put_on(files, notice).items():
                files[path] = new[path] = data
                now[path] = (sha256(data), len(data), notice.number)
        if not new:
            return []
        if any(path.startswith("public/data/") for path in new):
            _keep_held(release)
        # First what may stand there, then the files: a check between the two finds the old file, as MANIFEST lists it.
        text = _text(now)
        write_whole(marker, text)
        write_whole(release / f"{manifest.WITHDRAWN}.minisig", sign(text))
        for path, data in sorted(new.items()):
            write_whole(release.joinpath(*path.split("/")), data)
    except (OSError, InputError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CaseError(f"{release}: no notice could be put there ({words}): take the release off by hand") from error
    return sorted(new)


def _keep_held(release: Path) -> None:
    """Before rows are taken out of the data for the first time: what the release held, as hashes.

    The next release says beside it what is new and what went.
    """
    data = release / "public" / "data"
    if not held_file(release).exists() and all((data / name).is_file() for name in ("sites.csv", "statements.jsonl")):
        made = held((data / "sites.csv").read_bytes(), (data / "statements.jsonl").read_bytes())
        write_whole(held_file(release), msgspec.json.encode(made, order="sorted"))


def _is_there(release: Path, path: str) -> bool:
    return release.joinpath(*path.split("/")).is_file()


def _text(listed: Listed) -> bytes:
    lines = [f"{digest} {size} {path} {number}" for path, (digest, size, number) in sorted(listed.items())]
    return ("\n".join([FORMAT, *lines]) + "\n").encode("utf-8")
