"""What is to be added: a path or an address, with what a sheet says about it."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from overt.model import InputError

_LONGEST = 2000  # characters; what browsers and servers take
_UNFIT = re.compile(r"[\x00-\x20\x7f]")


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to add. With both, `url` is the address and `path` gives the bytes.

    `name` is the file's name in the case: as the sheet or the folder has it, never a path of this machine. `row` is the
    line of the sheet that names it. `saved_by` and `saved_on` belong to what a person saved by hand. `in_browser` asks
    for the page as a browser draws it. `copy` is the address of an archived copy, `copied` its date (RFC 3339).
    `is_list` marks a feed or site map.
    """

    path: Path | None = None
    url: str | None = None
    name: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    notes: dict[str, str] = {}
    row: int | None = None
    saved_by: str | None = None
    saved_on: str | None = None
    in_browser: bool = False
    copy: str | None = None
    copied: str | None = None
    is_list: bool = False

    @property
    def shown(self) -> str:
        """What a receipt calls it."""
        return printable(self.name or (str(self.path) if self.path else self.url or ""))

    @property
    def address(self) -> str:
        """What statements are keyed by: the URL, else the file name."""
        return self.url or self.name or (self.path.name if self.path else "")


def is_web(url: str) -> bool:
    """True for what may stand as an address: http or https, not too long, without spaces and control characters."""
    return url.lower().startswith(("http://", "https://")) and len(url) <= _LONGEST and not _UNFIT.search(url)


def printable(name: str) -> str:
    """A file's name as text: bytes of it that are none are written as such (`caf\\xe9`)."""
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return name.encode("utf-8", "backslashreplace").decode("utf-8")


def check_name(item: Input) -> None:
    """Raise InputError for a name that is no text: file systems take such names, logs and sheets cannot hold them."""
    for name in (item.name, item.path and item.path.name, item.url):
        try:
            (name or "").encode()
        except UnicodeEncodeError:
            raise InputError("its name is no text (bytes that are not UTF-8): rename it and add it again") from None


def input_of(argument: str) -> Input:
    """Return the input that an argument of the command line means: an address where it looks like one, else a path."""
    if argument.lower().startswith(("http://", "https://")):
        return Input(url=argument)
    return Input(path=Path(argument))


def as_list(item: Input) -> Input:
    """The input as a feed or site map."""
    return msgspec.structs.replace(item, is_list=True)


def expand(item: Input) -> Iterator[Input]:
    """Yield the files of a folder in sorted order (hidden ones left out), or the input itself.

    Raises:
        InputError: for a folder without files.
    """
    if item.path is None or not item.path.is_dir():
        yield item
        return
    root = item.path
    found = []
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            found.append((parts, path))
    if not found:
        raise InputError("the folder holds no files")
    for parts, path in sorted(found):
        yield msgspec.structs.replace(item, path=path, name="/".join(parts))
