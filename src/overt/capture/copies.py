"""Archived copies of a page: what archive services have, by the interfaces that they speak (CDX, Memento TimeMap).

In: an address and the services of the case. Out: copies with their dates, earliest first. Sources: RFC 7089 (Memento),
RFC 6690 (link format), the CDX server of the Wayback Machine, pywb.
"""

import email.utils
import json
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

from overt.capture.inputs import Input, is_web
from overt.case import Archive
from overt.ledger import stamp
from overt.model import FetchError, InputError
from overt.model.edtf import is_edtf
from overt.net import fetch

MAX_LIST = 30_000_000  # bytes of an answer; a page that is archived daily for twenty years takes two million
MAX_COPIES = 50_000
_TIME = re.compile(r"\d{14}")
_LINK = re.compile(r"<([^<>\s]{1,4000})>((?:\s{0,9};\s{0,9}[\w-]{1,40}=\"[^\"]{0,400}\"){0,12})")
_PART = re.compile(r"([\w-]{1,40})=\"([^\"]{0,400})\"")


@dataclass(frozen=True, slots=True)
class Copy:
    """One archived copy: when it was made (RFC 3339), of which page, where its bytes are, and which service has it."""

    seen: str
    url: str
    address: str
    service: str
    status: str = ""
    media_type: str = ""

    def as_input(self) -> Input:
        return Input(url=self.url, copy=self.address, copied=self.seen)


def copies_of(
    url: str, archives: Iterable[Archive], permit: Collection[str], seconds: float
) -> tuple[list[Copy], list[str]]:
    """Ask each service; return the copies, earliest first, and a line for each service that could not be asked.

    Raises:
        InputError: where the address is none, or no service is configured.
    """
    services = list(archives)
    check(url, services)
    found: list[Copy] = []
    problems: list[str] = []
    for archive in services:
        failed = ""
        for template, parse in ((archive.cdx, _cdx), (archive.timemap, _timemap)):
            if not template:
                continue
            try:
                asked = template.replace("{url}", quote(url, safe=":/") if "?" in template else url)
                answer = fetch(asked, permit, MAX_LIST, seconds=seconds)
                found += parse(answer.body.decode("utf-8", "replace"), url, archive)
                failed = ""
                break
            except (FetchError, ValueError) as error:
                failed = f"{archive.name} could not be asked: {error}"
        if failed:
            problems.append(failed)
    rows = sorted({(one.seen, one.address): one for one in found}.values(), key=lambda c: (c.seen, c.address))
    return rows[:MAX_COPIES], problems


def check(url: str, archives: Iterable[Archive]) -> None:
    """Raise InputError where the address is none, or no service is configured."""
    if not is_web(url):
        raise InputError(f"{url!r} is not an http or https address")
    if not list(archives):
        raise InputError("no archive service is configured: see [net] in overt.toml")


def earliest(copies: list[Copy]) -> Copy:
    """The first copy that brought a page."""
    return next((one for one in copies if one.status in ("", "200")), copies[0])


def nearest(copies: list[Copy], day: str) -> Copy:
    """The copy nearest to a day, month or year; of two equally near ones the earlier.

    Raises:
        InputError: where `day` is no date.
    """
    target = _middle(day)
    good = [one for one in copies if one.status in ("", "200")] or copies
    return min(good, key=lambda one: (abs(datetime.fromisoformat(one.seen) - target), one.seen))


def memento_date(header: str | None) -> str | None:
    """The date that an answer gives as that of the copy (`Memento-Datetime`)."""
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return stamp(email.utils.parsedate_to_datetime(header or "").replace(tzinfo=UTC))
    return None


def hosts(archives: Iterable[Archive]) -> list[str]:
    """The hosts that will see that somebody asks."""
    return list(dict.fromkeys(urlsplit(a.cdx or a.timemap).netloc for a in archives))


def _middle(day: str) -> datetime:
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", day)
    if match is None or not is_edtf(day):
        raise InputError(f"{day!r} is not a date; write YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, date = match.groups()
    start = datetime(int(year), int(month or 7), int(date or (15 if month else 1)), tzinfo=UTC)
    return start + timedelta(hours=12)


def _cdx(text: str, url: str, archive: Archive) -> list[Copy]:
    """Both forms in use: one JSON list whose first row names the columns, or a JSON object a line."""
    text = text.strip()
    rows: list[dict[str, str]] = []
    if text.startswith("["):
        table = json.loads(text)
        head = [str(name) for name in table[0]] if table else []
        rows = [dict(zip(head, map(str, row), strict=False)) for row in table[1:] if isinstance(row, list)]
    else:
        for line in text.splitlines():
            made = json.loads(line)
            if isinstance(made, dict):
                rows.append({str(key): str(value) for key, value in made.items()})
    out = []
    for row in rows[:MAX_COPIES]:
        time, original = row.get("timestamp", ""), row.get("original") or row.get("url") or url
        if _TIME.fullmatch(time) and is_web(original):
            address = archive.raw.replace("{time}", time).replace("{url}", original)
            status, media = (
                row.get("statuscode") or row.get("status") or "",
                row.get("mimetype") or row.get("mime") or "",
            )
            with suppress(ValueError):
                out.append(Copy(_stamp(time), url, address, archive.name, status.strip("-"), media))
    return out


def _timemap(text: str, url: str, archive: Archive) -> list[Copy]:
    return list(_mementos(text, url, archive))


def _mementos(text: str, url: str, archive: Archive) -> Iterator[Copy]:
    for number, match in enumerate(_LINK.finditer(text)):
        if number >= MAX_COPIES:
            return
        parts = dict(_PART.findall(match[2]))
        if "memento" not in parts.get("rel", "").split():
            continue
        seen = memento_date(parts.get("datetime"))
        if seen is None:
            continue
        time = re.sub(r"\D", "", seen)
        address = archive.raw.replace("{time}", time).replace("{url}", url) if archive.raw else match[1]
        if is_web(address):
            yield Copy(seen, url, address, archive.name)


def _stamp(time: str) -> str:
    return stamp(datetime.strptime(time, "%Y%m%d%H%M%S").replace(tzinfo=UTC))
