"""MANIFEST: what a release consists of, and the check of it.

Text, one fact a line: a head of `name value` lines, an empty line, then `sha256 size path` of every file, by path.
Only this file is signed. The check has three outcomes, and what could not be checked never counts as intact.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from overt.model import InputError, sha256

FORMAT = "overt-manifest 1"
NAME, SIGNATURE, TIME, WITHDRAWN = "MANIFEST", "MANIFEST.minisig", "MANIFEST.tsr", "WITHDRAWN"
_PATH = re.compile(r"public(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+")
_LINE = re.compile(r"([0-9a-f]{64}) (0|[1-9]\d{0,14}) (\S+)")
_KEYS = ("number", "as-of", "previous", "overt", "profile")


class Outcome(StrEnum):
    """What a check found. `not_checked` is neither of the others and says why."""

    INTACT = "intact"
    BROKEN = "broken"
    NOT_CHECKED = "not_checked"


class Check(msgspec.Struct, frozen=True):
    """One check: its outcome, of what, and why."""

    outcome: Outcome
    what: str
    reason: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A MANIFEST. `files` maps path -> (sha256, size). `previous` is the hash of the release before, or None."""

    number: int
    as_of: str | None
    previous: str | None
    overt: str
    profile: str
    files: dict[str, tuple[str, int]]


def listing(files: Mapping[str, bytes]) -> dict[str, tuple[str, int]]:
    """Return path -> (sha256, size) for files below `public/`, by path.

    Raises:
        InputError: for a path that is no plain one.
    """
    out = {f"public/{path}": (sha256(data), len(data)) for path, data in sorted(files.items())}
    for path in out:
        if not _PATH.fullmatch(path):
            raise InputError(f"a release cannot hold a file of this name: {path!r}")
    return out


def make(manifest: Manifest) -> bytes:
    """Return the bytes of a MANIFEST."""
    head = [
        FORMAT,
        f"number {manifest.number}",
        f"as-of {manifest.as_of or 'undated'}",
        f"previous {manifest.previous or 'none'}",
        f"overt {manifest.overt}",
        f"profile {manifest.profile}",
        "",
    ]
    lines = [f"{digest} {size} {path}" for path, (digest, size) in sorted(manifest.files.items())]
    return ("\n".join([*head, *lines]) + "\n").encode("utf-8")


def parse(data: bytes) -> Manifest:
    """Read a MANIFEST.

    Raises:
        InputError: with the line and what was expected.
    """
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"MANIFEST is no UTF-8 text: {error.reason} at byte {error.start}") from None
    if lines[0] != FORMAT:
        raise InputError(f"MANIFEST line 1: expected {FORMAT!r}; it is of another format or of a newer Overt")
    head: dict[str, str] = {}
    for at, key in enumerate(_KEYS, start=1):
        name, _, value = lines[at].partition(" ") if at < len(lines) else ("", "", "")
        if name != key or not value:
            raise InputError(f"MANIFEST line {at + 1}: expected '{key} VALUE'")
        head[key] = value
    if not head["number"].isdecimal() or len(lines) < len(_KEYS) + 2 or lines[len(_KEYS) + 1] or lines[-1]:
        raise InputError("MANIFEST: expected a number, an empty line after the head, and a line feed at the end")
    files: dict[str, tuple[str, int]] = {}
    for at, line in enumerate(lines[len(_KEYS) + 2 : -1], start=len(_KEYS) + 3):
        found = _LINE.fullmatch(line)
        if not found or not _PATH.fullmatch(found[3]) or found[3] in files:
            raise InputError(f"MANIFEST line {at}: expected 'SHA256 SIZE public/PATH', each path once")
        files[found[3]] = (found[1], int(found[2]))
    return Manifest(
        number=int(head["number"]),
        as_of=None if head["as-of"] == "undated" else head["as-of"],
        previous=None if head["previous"] == "none" else head["previous"],
        overt=head["overt"],
        profile=head["profile"],
        files=files,
    )


def check(
    release: Path,
    verify: Callable[[bytes, bytes], bool] | None = None,
    withdrawn: Mapping[str, tuple[str, int, int]] | None = None,
) -> list[Check]:
    """Check a release.

    Args:
        release: its folder (`releases/N`).
        verify: (MANIFEST, signature) -> is it signed by the key that the caller trusts? Without it the signature is
            not checked, and the result says so.
        withdrawn: path -> (sha256, size, number of the notice) of what a signed WITHDRAWN lists.

    Returns:
        One entry for MANIFEST, the signature, the time token, the release before, and each file.
    """
    try:
        data = (release / NAME).read_bytes()
        manifest = parse(data)
    except OSError as error:
        return [Check(Outcome.BROKEN, NAME, f"cannot be read: {error.strerror or error}")]
    except InputError as error:
        return [Check(Outcome.BROKEN, NAME, str(error))]
    out = [Check(Outcome.INTACT, NAME, f"release {manifest.number}, {len(manifest.files)} files")]
    out.append(_signature(release, data, verify))
    if (release / TIME).exists():
        out.append(Check(Outcome.NOT_CHECKED, TIME, "this Overt does not read time tokens yet"))
    else:
        out.append(Check(Outcome.NOT_CHECKED, TIME, "no time token was made"))
    out.append(_previous(release, manifest))
    for path in sorted(manifest.files):
        found = _file(release, path, *manifest.files[path])
        if found.outcome is Outcome.BROKEN and withdrawn and path in withdrawn:
            digest, size, number = withdrawn[path]
            now = _file(release, path, digest, size)
            if now.outcome is Outcome.INTACT:
                found = Check(Outcome.INTACT, path, f"notice {number} stands there (withdrawn or disputed)")
        out.append(found)
    out += _strangers(release, manifest)
    return out


def _signature(release: Path, data: bytes, verify: Callable[[bytes, bytes], bool] | None) -> Check:
    try:
        signature = (release / SIGNATURE).read_bytes()
    except OSError:
        return Check(Outcome.BROKEN, SIGNATURE, "is missing: nothing says who published this")
    if verify is None:
        return Check(Outcome.NOT_CHECKED, SIGNATURE, "no public key was given")
    if verify(data, signature):
        return Check(Outcome.INTACT, SIGNATURE, "signed by the key that was given")
    return Check(Outcome.BROKEN, SIGNATURE, "not a signature of this MANIFEST by the key that was given")


def _previous(release: Path, manifest: Manifest) -> Check:
    what = "previous release"
    if manifest.number == 1:
        first = manifest.previous is None
        return Check(Outcome.INTACT if first else Outcome.BROKEN, what, "the first release names none")
    before = release.parent / str(manifest.number - 1) / NAME
    if not before.is_file():
        return Check(Outcome.NOT_CHECKED, what, f"release {manifest.number - 1} is not in this folder")
    if sha256(before.read_bytes()) == manifest.previous:
        return Check(Outcome.INTACT, what, f"release {manifest.number - 1}, by its hash")
    return Check(Outcome.BROKEN, what, f"MANIFEST of release {manifest.number - 1} has another hash")


def _file(release: Path, path: str, expected: str, size: int) -> Check:
    file = release.joinpath(*path.split("/"))
    if any(part.is_symlink() for part in (file, *file.parents) if part != release and release in part.parents):
        return Check(Outcome.BROKEN, path, "is a link, not a file")
    try:
        found = file.stat().st_size
        if found != size:
            return Check(Outcome.BROKEN, path, f"has {found} bytes instead of {size}")
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return Check(Outcome.BROKEN, path, "is missing")
    except OSError as error:
        return Check(Outcome.NOT_CHECKED, path, f"cannot be read: {error.strerror or error}")
    if digest != expected:
        return Check(Outcome.BROKEN, path, "has another content")
    return Check(Outcome.INTACT, path, "as listed")


def _strangers(release: Path, manifest: Manifest) -> list[Check]:
    known = {NAME, SIGNATURE, TIME, WITHDRAWN, f"{WITHDRAWN}.minisig", *manifest.files}
    found = sorted(p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_symlink() or not p.is_dir())
    return [Check(Outcome.BROKEN, path, "is in the folder but not in MANIFEST") for path in found if path not in known]
