"""A sheet: a CSV file with one input a row, and what a person knows about each.

In: the path of a sheet. Out: which column was taken for what (to be shown to the user), the inputs, and the rows that
cannot be used with file, line, column and reason. A row that is wrong stops no other row.
"""

import csv
import io
import re
import tomllib
from importlib import resources
from pathlib import Path

import msgspec

from overt.capture.inputs import Input
from overt.model import InputError, Outcome, Receipt
from overt.model.edtf import is_edtf

ROLES = ("file", "url", "title", "outlet", "published", "language")


def _guesses() -> dict[str, tuple[str, ...]]:
    text = resources.files("overt.capture").joinpath("headers.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, tuple[str, ...]])


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
MAX_BYTES = 20_000_000
_CELL = 1_000_000


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why a row cannot be used. `line` counts lines of the file from 1."""

    file: str
    line: int
    column: str
    reason: str

    def receipt(self) -> Receipt:
        """The row as a refused input, so that the summary counts it."""
        return Receipt(
            input=f"{self.file}, line {self.line}",
            outcome=Outcome.REFUSED,
            reason=f"column {self.column}: {self.reason}" if self.column else self.reason,
        )


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What was read. `mapping` is column -> role, with `note` for what is kept as a note, in the sheet's order."""

    file: str
    mapping: dict[str, str]
    inputs: tuple[Input, ...]
    problems: tuple[Problem, ...] = ()


def load_sheet(path: Path) -> Sheet:
    """Read a sheet (CSV in UTF-8, with or without a byte order mark; commas, semicolons or tabs).

    Raises:
        InputError: where the file cannot be used at all: missing, no UTF-8, without a header that names a file or an
            address.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path.name}: larger than {MAX_BYTES:,} bytes: split the sheet")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(f"{path.name}, line {line}: not UTF-8; save the sheet as CSV in UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    return _parse(text, path)


def _parse(text: str, path: Path) -> Sheet:
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    csv.field_size_limit(_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    roles: list[str] = []
    inputs: list[Input] = []
    problems: list[Problem] = []
    end = 0
    while True:
        start = end + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            problems.append(Problem(file=path.name, line=start, column="", reason=f"not CSV: {error}"))
            break
        if row is None:
            break
        end = rows.line_num
        if not any(cell.strip() for cell in row):
            continue
        if not header:
            header = [cell.strip() for cell in row]
            roles = _roles(header, path.name)
            continue
        made = _input(row, header, roles, path, start)
        if isinstance(made, Input):
            inputs.append(made)
        else:
            problems.append(made)
    if not header:
        raise InputError(f"{path.name}: the sheet is empty" if not problems else f"{path.name}: {problems[0].reason}")
    return Sheet(
        file=path.name,
        mapping=dict(zip(header, roles, strict=True)),
        inputs=tuple(inputs),
        problems=tuple(problems),
    )


def _roles(header: list[str], name: str) -> list[str]:
    if len(set(header)) != len(header):
        twice = next(cell for cell in header if header.count(cell) > 1)
        raise InputError(f"{name}, line 1: two columns are named {twice!r}")
    folded = [cell.lower().strip() for cell in header]
    roles = [cell if cell in ROLES else "" for cell in folded]
    # The role's own name wins over a guess; of two guesses the first column wins.
    for role, guesses in _guesses().items():
        if role in roles:
            continue
        at = next((i for i, cell in enumerate(folded) if not roles[i] and cell in guesses), None)
        if at is not None:
            roles[at] = role
    if not {"file", "url"} & set(roles):
        raise InputError(f"{name}, line 1: no column named file or url (found: {', '.join(header)})")
    return [role or "note" for role in roles]


def _input(row: list[str], header: list[str], roles: list[str], path: Path, line: int) -> Input | Problem:
    def problem(column: str, reason: str) -> Problem:
        named = next((h for h, role in zip(header, roles, strict=True) if role == column), column)
        return Problem(file=path.name, line=line, column=named, reason=reason)

    if len(row) > len(header):
        return problem("", f"{len(row)} cells, but the header names {len(header)} columns (a comma outside quotes?)")
    cells = [cell.strip() for cell in row] + [""] * (len(header) - len(row))
    said = {role: cell for role, cell in zip(roles, cells, strict=True) if cell and role != "note"}
    notes = {h: cell for h, role, cell in zip(header, roles, cells, strict=True) if cell and role == "note"}
    file, url = said.get("file"), said.get("url")
    if not file and not url:
        return problem("file" if "file" in roles else "url", "neither a file nor an address")
    if url and not url.lower().startswith(("http://", "https://")):
        return problem("url", f"{url!r} is not an http or https address")
    published, language = said.get("published"), said.get("language")
    if published and not is_edtf(published):
        return problem("published", f"{published!r} is not a date of the form 2022, 2022-10 or 2022-10-13")
    if language and not _LANGUAGE.fullmatch(language):
        return problem("language", f"{language!r} is not a language tag such as en or zh-Hans")
    where = None
    if file:
        where = path.parent / file
        if not where.exists() and "\\" in file:
            file = file.replace("\\", "/")
            where = path.parent / file
        if not where.is_file():
            return problem("file", f"there is no file {file}")
    return Input(
        path=where,
        url=url,
        name=file,
        title=said.get("title"),
        outlet=said.get("outlet"),
        published=published,
        language=language,
        notes=notes,
    )
