"""Archived copies: a server on loopback speaks CDX and TimeMap; the chosen copy is sealed with the date that it has."""

import json
from collections.abc import Callable
from datetime import datetime

import pytest

from overt.capture import add, payload, sealed, sightings, verify
from overt.capture.copies import Copy, copies_of, earliest, memento_date, nearest
from overt.case import Archive, Case
from overt.model import How, InputError

PAGE = "https://a.example/notice"
HERE = ("127.0.0.1",)


def service(site, form: str) -> Archive:  # type: ignore[no-untyped-def]
    raw = site.url + "/web/{time}id_/{url}"
    if form == "timemap":
        return Archive(name="Local", timemap=site.url + "/map/{url}", raw=raw)
    return Archive(name="Local", cdx=site.url + "/cdx?url={url}", timemap=site.url + "/map/{url}", raw=raw)


CDX = [
    ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"],
    ["example,a)/notice", "20180301120000", "http://a.example:80/notice", "text/html", "404", "AAAA", "10"],
    ["example,a)/notice", "20190301120000", PAGE, "text/html", "200", "BBBB", "10"],
    ["example,a)/notice", "20220105000000", PAGE, "text/html", "200", "CCCC", "10"],
    ["example,a)/notice", "not a time", PAGE, "text/html", "200", "DDDD", "10"],
]
MAP = f"""<{PAGE}>; rel="original",
<http://127.0.0.1/map/{PAGE}>; rel="self"; type="application/link-format",
<http://127.0.0.1/web/20190301120000/{PAGE}>; rel="first memento"; datetime="Fri, 01 Mar 2019 12:00:00 GMT",
<http://127.0.0.1/web/20220105000000/{PAGE}>; rel="last memento"; datetime="Wed, 05 Jan 2022 00:00:00 GMT"
"""


def put(site, form: str) -> None:  # type: ignore[no-untyped-def]
    if form == "json":
        site.pages[f"/cdx?url={PAGE}"] = ("application/json", json.dumps(CDX).encode())
    elif form == "lines":
        rows = [dict(zip(("timestamp", "url", "mime", "status"), row[1:5], strict=False)) for row in CDX[1:]]
        site.pages[f"/cdx?url={PAGE}"] = ("text/x-ndjson", "\n".join(map(json.dumps, rows)).encode())
    else:
        site.pages[f"/map/{PAGE}"] = ("application/link-format", MAP.encode())


@pytest.mark.parametrize("form", ["json", "lines", "timemap", "timemap after a CDX that failed"])
def test_the_copies_are_found_in_every_form(site, form: str) -> None:  # type: ignore[no-untyped-def]
    put(site, form)
    found, problems = copies_of(PAGE, [service(site, form)], HERE, 10)
    assert problems == []
    assert [one.seen for one in found][-2:] == ["2019-03-01T12:00:00Z", "2022-01-05T00:00:00Z"]
    assert earliest(found).seen == "2019-03-01T12:00:00Z"  # the 404 of 2018 is no page
    assert nearest(found, "2022").seen == "2022-01-05T00:00:00Z"
    assert nearest(found, "2019-06-01").seen == "2019-03-01T12:00:00Z"
    assert earliest(found).address == f"{site.url}/web/20190301120000id_/{PAGE}"


def test_of_two_that_are_equally_near_the_earlier_is_taken() -> None:
    rows = [Copy(f"2020-01-0{n}T12:00:00Z", PAGE, f"https://b.example/{n}", "Local") for n in (1, 3)]
    assert nearest(rows, "2020-01-02") == rows[0]
    with pytest.raises(InputError, match="not a date"):
        nearest(rows, "yesterday")


def test_a_service_that_fails_is_said_and_stops_no_other(site) -> None:  # type: ignore[no-untyped-def]
    put(site, "json")
    dead = Archive(name="Dead", cdx=site.url + "/none?url={url}")
    odd = Archive(name="Odd", cdx=site.url + "/odd?url={url}")
    site.pages[f"/odd?url={PAGE}"] = ("application/json", b"{not json")
    found, problems = copies_of(PAGE, [dead, odd, service(site, "json")], HERE, 10)
    assert len(found) == 3
    assert [line.partition(" ")[0] for line in problems] == ["Dead", "Odd"]
    with pytest.raises(InputError):
        copies_of("file:///etc/passwd", [service(site, "json")], HERE, 10)
    refused, problems = copies_of(PAGE, [service(site, "json")], (), 10)
    assert refused == []
    assert "not on the public internet" in problems[0]


def test_a_copy_is_sealed_under_the_page_with_the_archives_date(
    case: Case,
    clock: Callable[[], datetime],
    site,  # type: ignore[no-untyped-def]
) -> None:
    put(site, "json")
    words = b"<html><body><p>The office has opened.</p></body></html>"
    for one in CDX[2:4]:
        site.pages[f"/web/{one[1]}id_/{PAGE}"] = ("text/html", words)
    found, _ = copies_of(PAGE, [service(site, "json")], HERE, 10)
    given = [earliest(found).as_input(), nearest(found, "2022").as_input()]
    receipts = list(add(case, given, clock))
    assert [str(r.outcome) for r in receipts] == ["added", "seen again"]
    first, second = sightings(case)
    assert (first.address, first.seen, first.how) == (PAGE, "2019-03-01T12:00:00Z", How.ARCHIVED_COPY)
    assert second.seen == "2022-01-05T00:00:00Z"
    assert first.final_url == f"{site.url}/web/20190301120000id_/{PAGE}"
    assert sealed(case)[0].obtained.taken == "2022-10-13T08:00:00Z"
    assert payload(case, first.capture) == words
    assert [str(r.outcome) for r in add(case, given, clock)] == ["already there"] * 2
    assert verify(case).exit_code == 0


def test_the_date_of_the_answer_goes_before_that_of_the_list() -> None:
    assert memento_date("Fri, 01 Mar 2019 12:00:00 GMT") == "2019-03-01T12:00:00Z"
    assert memento_date("soon") is None
    assert memento_date(None) is None
