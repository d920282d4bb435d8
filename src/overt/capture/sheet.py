"""A sheet: a table with one input a row, and what a person knows about each.

In: the path of a sheet. Out: which column was taken for what (to be shown to the user), the inputs, and the rows that
cannot be used with file, line, column and reason. A row that is wrong stops no other row.
"""

import re
from pathlib import Path

import msgspec

from overt.capture.cells import Row, cells_of
from overt.capture.headers import guesses
from overt.capture.inputs import Input
from overt.ledger.keys import HANDLE
from overt.model import InputError, Outcome, Receipt
from overt.model.edtf import is_edtf

OWN = "overt: "  # how the columns begin that Overt wrote into a sheet before: they are no notes of a person
ROLES = ("file", "url", "title", "outlet", "published", "language", "saved_by", "saved_on")


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


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
            row=self.line,
        )


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What was read. `mapping` is column -> role, with `note` for what is kept as a note, in the sheet's order.

    `rows` are line -> cells as they stand there, without the header, whose line is `header_line`; `note` is what a
    person should know of how the sheet was read.
    """

    file: str
    mapping: dict[str, str]
    inputs: tuple[Input, ...]
    problems: tuple[Problem, ...] = ()
    rows: dict[int, tuple[str, ...]] = {}
    note: str = ""
    header_line: int = 1


def load_sheet(path: Path) -> Sheet:
    """Read a sheet: CSV in any encoding (commas, semicolons or tabs), XLSX or ODS (the first table).

    Raises:
        InputError: where the file cannot be used at all: missing, damaged, without a header that names a file or an
            address.
    """
    cells = cells_of(path)
    header: list[str] = []
    header_line = 1
    roles: list[str] = []
    inputs: list[Input] = []
    problems: list[Problem] = []
    for row in cells.rows:
        if row.fault:
            problems.append(Problem(file=path.name, line=row.line, column="", reason=row.fault))
        elif not header:
            header, header_line = [cell.strip() for cell in row.cells], row.line
            roles = _roles(header, path.name, row.line)
        else:
            made = _input(row, header, roles, path)
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
        rows={row.line: row.cells for row in cells.rows if row.line != header_line},
        note=cells.note,
        header_line=header_line,
    )


def _roles(header: list[str], name: str, line: int) -> list[str]:
    if len(set(header)) != len(header):
        twice = next(cell for cell in header if header.count(cell) > 1)
        raise InputError(f"{name}, line {line}: two columns are named {twice!r}")
    folded = [cell.lower().strip() for cell in header]
    roles = [cell if cell in ROLES else "" for cell in folded]
    # The role's own name wins over a guess; of two guesses the first column wins.
    for role, names in guesses().items():
        if role in roles:
            continue
        at = next((i for i, cell in enumerate(folded) if not roles[i] and cell in names), None)
        if at is not None:
            roles[at] = role
    if not {"file", "url"} & set(roles):
        raise InputError(f"{name}, line {line}: no column named file or url (found: {', '.join(header)})")
    return [role or ("verdict" if cell.startswith(OWN) else "note") for role, cell in zip(roles, folded, strict=True)]


def _input(given: Row, header: list[str], roles: list[str], path: Path) -> Input | Problem:
    row, line = given.cells, given.line

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
    saved_by, saved_on = said.get("saved_by"), said.get("saved_on")
    if saved_by and not file:
        return problem("saved_by", "only a file can have been saved by hand: name it in the column file")
    if saved_by and not HANDLE.fullmatch(saved_by):
        return problem("saved_by", f"{saved_by!r} is not a handle (2 to 40 of a-z, 0-9 and hyphen)")
    if saved_on and not (saved_by and is_edtf(saved_on)):
        return problem("saved_on", f"{saved_on!r} needs a handle in saved_by and the form 2022, 2022-10 or 2022-10-13")
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
        row=line,
        saved_by=saved_by,
        saved_on=saved_on,
    )
