"""A case is a folder: this file knows its paths, opens it, and lets one writer in at a time.

In: a folder (and for a new case the folder of a profile). Out: a `Case`, which every stage takes.
"""

import contextlib
import errno
import os
import re
import secrets
import shutil
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import filelock
import msgspec

from overt.ledger import check_handle
from overt.model import CaseError, Pipeline
from overt.net.endpoint import Endpoint
from overt.toml_rows import Plain, literal, with_rows

SCHEMA = 1
SETTINGS = "overt.toml"
MAX_BYTES = 50_000_000  # of one input: some thirty times the largest page of the main-text benchmark
IGNORED = ".local/\nindex.sqlite*\n*.torn\n"
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_HELD: set[Path] = set()  # cases whose lock this process holds


class Archive(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An archive service. `cdx` and `timemap` are asked with {url}; `raw` gives a copy's bytes by {time} and {url}."""

    name: str
    cdx: str = ""
    timemap: str = ""
    raw: str = ""


WAYBACK = Archive(
    name="Internet Archive",
    cdx="https://web.archive.org/cdx/search/cdx?url={url}&output=json&filter=statuscode:200&collapse=digest&limit=50000",
    timemap="https://web.archive.org/web/timemap/link/{url}",
    raw="https://web.archive.org/web/{time}id_/{url}",
)


class Net(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hosts (as an address names them) that may be private or loopback; tests permit "127.0.0.1". Archive services."""

    permit: tuple[str, ...] = ()
    archives: tuple[Archive, ...] = (WAYBACK,)


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`max_bytes` of one input; `seconds` that one request may take; `read_seconds` that a reader may be silent."""

    max_bytes: int = MAX_BYTES
    seconds: float = 60.0
    read_seconds: Annotated[float, msgspec.Meta(gt=0, le=86_400)] = 60.0


class ProfileName(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    version: str


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `overt.toml` says. `finders` and `readers` map name -> version; empty means all that Overt ships.

    `model` is whom the finder `llm` asks, where it is on. `parse` maps a language to the pipeline that parses it; what
    is not named is not parsed. Every page of a `demonstration` says that it is one.
    """

    schema: int
    profile: ProfileName
    demonstration: bool = False
    finders: dict[str, str] = {}
    readers: dict[str, str] = {}
    parse: dict[str, Pipeline] = {}
    net: Net = Net()
    limits: Limits = Limits()
    model: Endpoint | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """An open case. `copy_id` is the random name of this copy; empty where the folder cannot be written."""

    root: Path
    settings: Settings
    copy_id: str

    @property
    def local(self) -> Path:
        """What belongs to this copy alone: git, `copy` and `merge` leave it behind."""
        return self.root / ".local"

    @property
    def keys(self) -> Path:
        return self.local / "keys"

    @property
    def profile(self) -> Path:
        return self.root / "profile"

    @property
    def captures(self) -> Path:
        return self.root / "captures"

    @property
    def own_captures(self) -> Path:
        """Where this copy seals."""
        return self.captures / self.copy_id

    @property
    def readings(self) -> Path:
        return self.root / "readings"

    @property
    def pictures(self) -> Path:
        """The pictures that were cut out of captures to be looked at, by their SHA-256."""
        return self.root / "pictures"

    @property
    def notes(self) -> Path:
        return self.root / "notes"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def index(self) -> Path:
        """The derived SQLite file."""
        return self.root / "index.sqlite"

    @property
    def custody_log(self) -> Path:
        """The custody log of this copy."""
        return self.root / "custody" / f"{self.copy_id}.jsonl"

    def custody_logs(self) -> list[Path]:
        """The custody logs of all copies, sorted."""
        return sorted((self.root / "custody").glob("*.jsonl"))

    def decision_log(self, handle: str) -> Path:
        """The decision log of a handle on this copy. Raises InputError where the handle is not one."""
        return self.root / "decisions" / f"{check_handle(handle)}@{self.copy_id}.jsonl"

    def decision_logs(self) -> list[Path]:
        """The decision logs of all handles and copies, sorted."""
        return sorted((self.root / "decisions").glob("*.jsonl"))


def init(
    root: Path,
    profile_folder: Path,
    *,
    finders: Mapping[str, str] = MappingProxyType({}),
    readers: Mapping[str, str] = MappingProxyType({}),
    permit: tuple[str, ...] = (),
    demonstration: bool = False,
) -> Case:
    """Make a case in an empty or missing folder and open it.

    Args:
        root: the folder.
        profile_folder: the profile's folder; its TOML files are copied in.
        finders, readers: name -> version of what is on.
        permit: hosts that may be private or loopback.
        demonstration: its pages say so.

    Raises:
        CaseError: where the folder is not empty, the profile is unknown, or nothing can be written.
    """
    name = _profile_name(profile_folder)
    settings = Settings(
        schema=SCHEMA,
        profile=name,
        demonstration=demonstration,
        finders=dict(finders),
        readers=dict(readers),
        net=Net(permit=permit),
    )
    try:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            what = "is a case already" if (root / SETTINGS).exists() else "is not an empty folder"
            raise CaseError(f"{root} {what}: choose another folder for the new case")
        root.mkdir(parents=True, exist_ok=True)
        for file in sorted(profile_folder.rglob("*.toml")):
            target = root / "profile" / file.relative_to(profile_folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        for folder in ("captures", "readings", "custody", "decisions", "notes", "releases", ".local"):
            (root / folder).mkdir(exist_ok=True)
        (root / ".gitignore").write_text(IGNORED, encoding="utf-8", newline="\n")
        # Last, since this file is what makes the folder a case.
        (root / SETTINGS).write_text(_toml(settings), encoding="utf-8", newline="\n")
    except OSError as error:
        raise CaseError(f"{root} cannot be written: {error.strerror or error}") from error
    return open_case(root)


def open_case(root: Path) -> Case:
    """Open a case for reading; writers also take `writing`.

    Raises:
        CaseError: where the folder is no case, its settings are wrong, or a newer Overt made it.
    """
    path = root / SETTINGS
    if not path.is_file():
        what = "is not a case" if root.is_dir() else "is not a folder"
        raise CaseError(f"{root} {what}: it holds no {SETTINGS}; `overt init DIR --profile NAME` makes a case")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        schema = data.get("schema")
        if isinstance(schema, int) and schema > SCHEMA:
            raise CaseError(
                f"{root} was made by a newer Overt (schema {schema}, this one knows {SCHEMA}): update Overt to open it"
            )
        settings = msgspec.convert(data, Settings)
    except (OSError, ValueError) as error:
        raise CaseError(f"{path}: {error}") from error
    root = root.resolve()
    return Case(root=root, settings=settings, copy_id=_copy_id(root))


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in its place whole or not at all: beside it first, on the disk, then renamed. Raises OSError."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def set_readers(case: Case, readers: Mapping[str, str]) -> None:
    """Write name -> version of the readers into `overt.toml`, as `set_rows` does."""
    set_rows(case, {"readers": readers})


def set_rows(case: Case, tables: Mapping[str, Mapping[str, Plain]]) -> None:
    """Write rows into tables of `overt.toml`; all else in it, comments too, stays as it is.

    Raises:
        CaseError: where the file cannot be written.
    """
    path = case.root / SETTINGS
    try:
        text = path.read_text(encoding="utf-8")
        for table, rows in tables.items():
            text = with_rows(text, table, rows)
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise CaseError(f"{path} cannot be written: {error.strerror or error}") from error


@contextlib.contextmanager
def writing(case: Case) -> Iterator[None]:
    """Be the one writer of a case while the block runs. Readers are not kept out.

    Raises:
        CaseError: where another writer holds the case, or its folder cannot be written.
    """
    holder = case.local / "lock.holder"
    if case.root in _HELD:
        raise CaseError(f"{case.root} is being written by this very process already; let it finish first")
    lock = filelock.FileLock(case.local / "lock", timeout=0)
    try:
        if not case.copy_id:
            raise PermissionError(errno.EACCES, "the folder is read-only")
        case.local.mkdir(exist_ok=True)
        lock.acquire()
        command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200]
        holder.write_text(f"process {os.getpid()}: {command}\n", encoding="utf-8", newline="\n")
    except filelock.Timeout as error:
        raise CaseError(f"{case.root} is being written by {_read_holder(holder)}; wait until it ends") from error
    except OSError as error:
        lock.release()
        raise CaseError(f"{case.root} cannot be written: {error.strerror or error}") from error
    _HELD.add(case.root)
    try:
        yield
    finally:
        _HELD.discard(case.root)
        with contextlib.suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


@contextlib.contextmanager
def ensure_writing(case: Case) -> Iterator[None]:
    """As `writing`, but nothing where this process holds the case already."""
    if case.root in _HELD:
        yield
    else:
        with writing(case):
            yield


def _read_holder(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8").strip() or "another process"
    except (OSError, ValueError):
        return "another process"


def _copy_id(root: Path) -> str:
    path = root / ".local" / "copy-id"
    try:
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            new = path.with_name(f"copy-id.{os.getpid()}")
            new.write_text(secrets.token_hex(8) + "\n", encoding="utf-8", newline="\n")
            with contextlib.suppress(FileExistsError):
                _put(new, path)
            new.unlink(missing_ok=True)
        found = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise CaseError(f"{path}: {error.strerror}") from error
    except OSError:
        return ""  # a case on a read-only disk can still be read and verified
    if len(found) != 16 or not set(found) <= set("0123456789abcdef"):
        raise CaseError(f"{path} does not hold the name of a copy (16 hexadecimal digits); delete it to get a new one")
    return found


def _put(new: Path, path: Path) -> None:
    """Give a finished file its name, unless another process was faster: two ids of one copy must never be in use."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        new.replace(path)


def _profile_name(folder: Path) -> ProfileName:
    path = folder / "profile.toml"
    if not path.is_file():
        others = sorted(p.parent.name for p in folder.parent.glob("*/profile.toml"))
        known = f"; known here: {', '.join(others)}" if others else ""
        raise CaseError(f"no profile named {folder.name}{known}")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert({key: data.get(key) for key in ("name", "version")}, ProfileName)
    except (OSError, ValueError) as error:
        raise CaseError(f"{path}: {error}") from error


def _toml(settings: Settings) -> str:
    def table(name: str, rows: Mapping[str, str]) -> list[str]:
        bare = {key: key if _BARE.fullmatch(key) else literal(key) for key in rows}
        return ["", f"[{name}]", *(f"{bare[key]} = {literal(value)}" for key, value in sorted(rows.items()))]

    lines = [
        f"schema = {settings.schema}",
        *(["demonstration = true"] if settings.demonstration else []),
        *table("profile", {"name": settings.profile.name, "version": settings.profile.version}),
        *table("finders", settings.finders),
        *table("readers", settings.readers),
        "",
        "[net]",
        "# Hosts, as an address names them, that may be private or loopback. Everything else of that kind is refused.",
        f"permit = [{', '.join(map(literal, settings.net.permit))}]",
        "",
        "[limits]",
        f"max_bytes = {settings.limits.max_bytes}",
        f"seconds = {settings.limits.seconds}",
        f"read_seconds = {settings.limits.read_seconds}",
    ]
    return "\n".join(lines) + "\n"
