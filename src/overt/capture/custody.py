"""The custody log: one line a sighting, saying what was obtained when and how, and which sealed file holds it.

In: what was sealed. Out: ledger lines. How bytes were obtained is sealed beside them too, so that a run which was
killed between sealing and logging loses nothing.
"""

from datetime import datetime

import msgspec

from overt.case import Case
from overt.ledger import Entry, append, read
from overt.model import CaseError, How, Outcome

SCHEMA = 1


class Redirect(msgspec.Struct, frozen=True, kw_only=True):
    url: str
    status: int
    location: str


class Container(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The file that something came out of: its name, its hash, and which record at which byte of it.

    `entry` is the file inside a WACZ; `offset` counts in that one then.
    """

    name: str
    sha256: str
    entry: str | None = None
    record: str | None = None
    offset: int | None = None

    @property
    def shown(self) -> str:
        return f"{self.name}, {self.entry}" if self.entry else self.name


class Obtained(msgspec.Struct, frozen=True, kw_only=True):
    """How some bytes came in. It is sealed beside them, so that the log can be made again from the sealed files.

    `is_repeated` is true where the bytes were sealed before and this file only says that they were seen again.
    `is_decoded` is true where the server compressed the body: `sha256` is that of the page itself. `taken` is when
    Overt took what another had obtained at `seen`. `browser` names the browser that drew the page. `concerns` say what
    may be missing of it, a line each ("the answer broke off after 500 of 2,000 bytes").
    """

    sha256: str
    size: int
    address: str
    outcome: Outcome
    seen: str
    tool: str
    operator: str | None = None
    final_url: str | None = None
    redirects: tuple[Redirect, ...] = ()
    server_ip: str | None = None
    server_date: str | None = None
    is_repeated: bool = False
    is_decoded: bool = False
    how: How = How.NOT_SAID
    container: Container | None = None
    saved_by: str | None = None
    taken: str | None = None
    browser: str | None = None
    concerns: tuple[str, ...] = ()


class Custody(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the custody log. `warc` is the path in the case. `found` says that the line was made after a kill."""

    obtained: Obtained
    warc: str
    warc_sha256: str
    warc_size: int
    found: bool = False
    schema: int = SCHEMA


def log(case: Case, custody: Custody, now: datetime) -> Entry:
    """Add a line to the custody log of this copy. Raises CaseError where it cannot be written."""
    return append(case.custody_log, custody, None, now)


def lines(entries: list[Entry], name: str) -> list[Custody]:
    """Return what the entries of a custody log say.

    Raises:
        CaseError: where a line is none of the custody log, naming file and line.
    """
    out = []
    for number, entry in enumerate(entries, 1):
        try:
            out.append(entry.body_as(Custody))
        except msgspec.ValidationError as error:
            raise CaseError(f"{name}, line {number}: not a line of a custody log: {error}") from error
    return out


def logged(case: Case) -> list[Custody]:
    """Return the lines of the custody logs of all copies. Raises what `read` and `lines` do."""
    return [line for path in case.custody_logs() for line in lines(read(path), path.name)]
