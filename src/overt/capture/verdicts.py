"""Verdicts: a person's sheet comes back with what became of each row, and what is left to do by hand.

In: the sheet, the receipts of adding it, and how the captures read. Out: the same table as CSV with four columns more.
A grade comes from reading, never from the fact that something was fetched: a login wall is a capture too.
"""

import csv
import io
from collections.abc import Callable, Iterable
from enum import StrEnum

import msgspec

from overt.capture.sheet import Sheet
from overt.model import Document, Grade, Outcome, Receipt, Unread

COLUMNS = ("overt: verdict", "overt: why", "overt: what to do", "overt: capture")
_GONE = frozenset({404, 410})
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Verdict(StrEnum):
    """What became of a row."""

    WHOLE = "captured whole"
    PARTIAL = "captured in part"
    SHELL = "only a shell (login, bot check, cookie wall)"
    ERROR = "only an error page"
    UNREAD = "captured, not read"
    GONE = "gone"
    REFUSED = "refused"
    NOTHING = "nothing taken"


_BY_HAND = "open the page, save it by hand, and add the file with --saved-by HANDLE --url ADDRESS"
TO_DO = {
    Verdict.WHOLE: "",
    Verdict.PARTIAL: f"compare with the page; if more is needed: overt add --browser ADDRESS, or {_BY_HAND}",
    Verdict.SHELL: f"overt add --browser ADDRESS; if that shows a shell too: {_BY_HAND}",
    Verdict.ERROR: "overt add --archived ADDRESS looks for an earlier copy",
    Verdict.UNREAD: "the bytes are sealed: look at them yourself, or add another form of the source",
    Verdict.GONE: "overt add --archived ADDRESS looks for an earlier copy",
    Verdict.REFUSED: f"mend what the reason says and add the sheet again, or {_BY_HAND}",
    Verdict.NOTHING: "see what was left out, or take it with --all-types",
}
_GRADES = {
    Grade.WHOLE: Verdict.WHOLE,
    Grade.PARTIAL: Verdict.PARTIAL,
    Grade.SHELL: Verdict.SHELL,
    Grade.ERROR: Verdict.ERROR,
}
# Of several captures of one row the best one speaks.
_ORDER = {verdict: number for number, verdict in enumerate(Verdict)}


class Judged(msgspec.Struct, frozen=True):
    """The verdict on one row."""

    verdict: Verdict
    why: str = ""
    capture: str = ""


def verdict_of(receipts: Iterable[Receipt], read: Callable[[str], Document | Unread]) -> Judged:
    """Return what became of one row.

    Args:
        receipts: what adding gave for the row.
        read: capture -> how it reads.
    """
    found = [_one(receipt, read) for receipt in receipts]
    return min(found, key=lambda one: _ORDER[one.verdict], default=Judged(Verdict.NOTHING, "the row was not reached"))


def _one(receipt: Receipt, read: Callable[[str], Document | Unread]) -> Judged:
    if receipt.capture is None:
        if receipt.outcome is Outcome.LEFT_OUT:
            return Judged(Verdict.NOTHING, receipt.reason or "")
        return Judged(Verdict.GONE if receipt.status in _GONE else Verdict.REFUSED, receipt.reason or "")
    made = read(receipt.capture)
    if isinstance(made, Unread):
        return Judged(Verdict.UNREAD, made.reason, receipt.capture)
    return Judged(_GRADES[made.grade], made.graded_by or "", receipt.capture)


def with_verdicts(sheet: Sheet, receipts: Iterable[Receipt], read: Callable[[str], Document | Unread]) -> str:
    """Return the sheet as CSV (UTF-8, commas) with the verdict columns; its own cells stay as they were."""
    by_row: dict[int, list[Receipt]] = {}
    for receipt in receipts:
        if receipt.row is not None:
            by_row.setdefault(receipt.row, []).append(receipt)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    width = len(sheet.mapping)
    writer.writerow([*sheet.mapping, *COLUMNS])
    for line, cells in sorted(sheet.rows.items()):
        one = verdict_of(by_row.get(line, ()), read)
        row = [*cells, *[""] * (width - len(cells))]
        writer.writerow([*row, str(one.verdict), _safe(one.why), TO_DO[one.verdict], one.capture])
    return out.getvalue()


def _safe(words: str) -> str:
    """Words of a page or server in a cell: a spreadsheet must not take them for a formula."""
    return "'" + words if words.startswith(_FORMULA) else words
