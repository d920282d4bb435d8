"""Verdicts: what became of each row of a person's sheet, and what is left to do by hand.

In: the receipts of adding it, how the captures read, and how they came. Out: for each row four cells. A grade comes
from reading, never from the fact that something was fetched: a login wall is a capture too. Where a page did not come
whole, or is empty until its scripts run, no reading can know it, and the verdict says so.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

import msgspec

from overt.capture.add import TURNED_AWAY
from overt.capture.kinds import HTML
from overt.capture.open import payload, sealed
from overt.capture.sheet import OWN, Sheet
from overt.capture.shells import needs_scripts
from overt.case import Case
from overt.model import Document, Grade, How, Outcome, Receipt, Unread

COLUMNS = (f"{OWN}verdict", f"{OWN}why", f"{OWN}what to do", f"{OWN}capture")
_GONE = frozenset({404, 410})
_SLIGHT = 300  # characters of a reading up to which it is believed that the page is empty; an article has more


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
_BROWSER, _COPY = "overt add --browser ADDRESS", "overt add --archived ADDRESS looks for an earlier copy"
_GRADES = {
    Grade.WHOLE: Verdict.WHOLE,
    Grade.PARTIAL: Verdict.PARTIAL,
    Grade.SHELL: Verdict.SHELL,
    Grade.ERROR: Verdict.ERROR,
}
# Of several captures of one row the best one speaks.
_ORDER = {verdict: number for number, verdict in enumerate(Verdict)}


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """How a capture came: what may be missing of it, whether a browser drew it, whether it waits for scripts."""

    concerns: tuple[str, ...] = ()
    is_drawn: bool = False
    is_empty: bool = False


class Judged(msgspec.Struct, frozen=True):
    """The verdict on one row. `status` is what a server answered that brought no page."""

    verdict: Verdict
    why: str = ""
    capture: str = ""
    status: int | None = None

    def cells(self, in_browser: bool = False) -> tuple[str, str, str, str]:
        """The cells of the columns."""
        return str(self.verdict), self.why, self.to_do(in_browser), self.capture

    def to_do(self, in_browser: bool = False) -> str:
        """What a person can do. `in_browser`: a browser was tried already."""
        match self.verdict:
            case Verdict.PARTIAL:
                more = _BY_HAND if in_browser else f"{_BROWSER}, or {_BY_HAND}"
                return f"compare with the page; if more is needed: {more}"
            case Verdict.SHELL:
                return _BY_HAND if in_browser else f"{_BROWSER}; if that shows a shell too: {_BY_HAND}"
            case Verdict.ERROR | Verdict.GONE:
                return _COPY
            case Verdict.UNREAD:
                return "the bytes are sealed: look at them yourself, or add another form of the source"
            case Verdict.REFUSED if self.status in TURNED_AWAY:
                return f"{_COPY}, or {_BY_HAND}" if in_browser else f"{_BROWSER}; if that is refused too: {_BY_HAND}"
            case Verdict.REFUSED:
                return f"mend what the reason says and add the sheet again, or {_BY_HAND}"
            case Verdict.NOTHING:
                return "see what was left out, or take it with --all-types"
            case _:
                return ""


def how_came(case: Case) -> Callable[[str], Came]:
    """Return a function that tells of a capture how it came. One that came whole once has no concerns."""
    by_capture: dict[str, list[tuple[str, ...]]] = {}
    drawn: set[str] = set()
    pages: set[str] = set()
    for one in sealed(case):
        name = one.sighting.capture
        by_capture.setdefault(name, []).append(one.obtained.concerns)
        if one.sighting.how is How.BROWSER:
            drawn.add(name)
        if one.sighting.media_type == HTML:
            pages.add(name)

    def tell(name: str) -> Came:
        concerns = min(by_capture.get(name, [()]), key=len)
        is_empty = name in pages and needs_scripts(payload(case, name))
        return Came(concerns=concerns, is_drawn=name in drawn, is_empty=is_empty)

    return tell


def verdict_of(
    receipts: Iterable[Receipt], read: Callable[[str], Document | Unread], came: Callable[[str], Came]
) -> Judged:
    """Return what became of one row.

    Args:
        receipts: what adding gave for the row.
        read: capture -> how it reads.
        came: capture -> how it came.
    """
    found = [_one(receipt, read, came) for receipt in receipts]
    return min(found, key=lambda one: _ORDER[one.verdict], default=Judged(Verdict.NOTHING, "the row was not reached"))


def _one(receipt: Receipt, read: Callable[[str], Document | Unread], came: Callable[[str], Came]) -> Judged:
    if receipt.capture is None:
        if receipt.outcome is Outcome.LEFT_OUT:
            return Judged(Verdict.NOTHING, receipt.reason or "")
        verdict = Verdict.GONE if receipt.status in _GONE else Verdict.REFUSED
        return Judged(verdict, receipt.reason or "", status=receipt.status)
    made, how = read(receipt.capture), came(receipt.capture)
    why = "; ".join(how.concerns)
    if how.is_empty and (isinstance(made, Unread) or _is_slight(made)):
        still = "empty although a browser drew it" if how.is_drawn else "empty until its scripts have run"
        return Judged(Verdict.SHELL, "; ".join(filter(None, (f"the page is {still}", why))), receipt.capture)
    if isinstance(made, Unread):
        return Judged(Verdict.UNREAD, "; ".join(filter(None, (made.reason, why))), receipt.capture)
    verdict = _GRADES[made.grade]
    if verdict is Verdict.WHOLE and how.concerns:
        verdict = Verdict.PARTIAL
    return Judged(verdict, "; ".join(filter(None, (made.graded_by, why))), receipt.capture)


def _is_slight(document: Document) -> bool:
    return document.grade is Grade.WHOLE and sum(len(one.text) for one in document.passages) < _SLIGHT


def judged_rows(
    sheet: Sheet, receipts: Iterable[Receipt], read: Callable[[str], Document | Unread], came: Callable[[str], Came]
) -> Iterator[tuple[int, Judged]]:
    """Yield the line of each row of a sheet and what became of it, in the sheet's order."""
    by_row: dict[int, list[Receipt]] = {}
    for receipt in receipts:
        if receipt.row is not None:
            by_row.setdefault(receipt.row, []).append(receipt)
    for line in sorted(sheet.rows):
        yield line, verdict_of(by_row.get(line, ()), read, came)
