"""Feeds and site maps as lists of sources: RSS, Atom, sitemaps and their indexes, packed or not.

In: bytes. Out: what they name (address, title, day), and for an index the site maps that it names. The words are the
publisher's, not a person's: they go into the notes of a sighting and win over nothing.
"""

import io
import re
import warnings
from dataclasses import dataclass
from urllib.parse import urljoin

import feedparser
from lxml import etree

from overt.capture.inputs import Input, is_web
from overt.capture.kinds import Kind
from overt.model import FetchError, InputError
from overt.model.edtf import is_edtf
from overt.net import unpack

MAX_UNPACKED = 50_000_000  # the most that the protocol of site maps allows (sitemaps.org, "Sitemap file requirements")
MAX_NAMED = 50_000
_ROOT = re.compile(rb"<(?:[A-Za-z]+:)?(rss|feed|RDF|urlset|sitemapindex)[\s>]")
_PROBE = 8192
_ENTITY = re.compile(rb"<!ENTITY", re.I)
_TYPES = {
    b"rss": "application/rss+xml",
    b"RDF": "application/rss+xml",
    b"feed": "application/atom+xml",
    b"urlset": "application/xml",
    b"sitemapindex": "application/xml",
}
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that a list names. `day` is EDTF, as the list gives it."""

    url: str
    title: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list says of itself and names, in its order. `maps` are the site maps of an index."""

    title: str
    named: tuple[Named, ...]
    maps: tuple[str, ...] = ()
    passed_over: int = 0


def kind_of_list(data: bytes) -> Kind:
    """Return the media type under which a list is sealed. Raises InputError where it is none."""
    _, root = _opened(data)
    return Kind("application/gzip" if data[:2] == b"\x1f\x8b" else _TYPES[root], None)


def listed(data: bytes, base: str = "") -> Listing:
    """Return what a list names.

    Args:
        data: the bytes of a feed or site map, or such bytes packed with gzip.
        base: the list's own address, for addresses that are relative.

    Raises:
        InputError: where it is no list, is broken, or declares entities (no feed needs them, bombs are made of them).
    """
    plain, root = _opened(data)
    if root in (b"urlset", b"sitemapindex"):
        return _site_map(plain, base)
    return _feed(plain, base)


def inputs_of(listing: Listing, source: str) -> list[Input]:
    """Return what a list names as inputs, each with the list's words in its notes."""
    out = []
    for one in listing.named:
        notes = {"listed in": source, "listed title": one.title, "listed date": one.day}
        out.append(Input(url=one.url, notes={key: words for key, words in notes.items() if words}))
    return out


def _opened(data: bytes) -> tuple[bytes, bytes]:
    if data[:2] == b"\x1f\x8b":
        try:
            data = unpack(data, "gzip", MAX_UNPACKED)
        except FetchError as error:
            raise InputError(f"a packed list: {error}") from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode("utf-8")
    root = _ROOT.search(data[:_PROBE])
    if root is None:
        raise InputError("it is neither a feed (RSS, Atom) nor a site map; a page's feed is often named in its source")
    if _ENTITY.search(data):
        raise InputError("it declares entities, which no feed or site map needs: not read")
    return data, root[1]


def _feed(data: bytes, base: str) -> Listing:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = feedparser.parse(io.BytesIO(data), response_headers={"content-location": base} if base else {})
    named: list[Named] = []
    passed_over = 0
    for entry in found.entries:
        url = _web(str(entry.get("link") or entry.get("id") or ""), base)
        if url is None or len(named) >= MAX_NAMED:
            passed_over += 1
            continue
        when = entry.get("published_parsed") or entry.get("updated_parsed")
        day = f"{when.tm_year:04d}-{when.tm_mon:02d}-{when.tm_mday:02d}" if when else ""
        named.append(Named(url, _words(str(entry.get("title", ""))), day if is_edtf(day or "x") else ""))
    if not found.entries and found.bozo:
        raise InputError(f"a broken feed: {_words(str(found.get('bozo_exception', 'no entries')))}")
    return Listing(_words(str(found.feed.get("title", ""))), _once(named), passed_over=passed_over)


def _site_map(data: bytes, base: str) -> Listing:
    named: list[Named] = []
    maps: list[str] = []
    passed_over = 0
    steps = etree.iterparse(
        io.BytesIO(data), events=("end",), resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        for _, element in steps:
            tag = etree.QName(element).localname
            if tag not in ("url", "sitemap"):
                continue
            texts = {etree.QName(c).localname: (c.text or "").strip() for c in element if isinstance(c.tag, str)}
            title = next((w for w in _titles(element)), "")
            element.clear()
            url = _web(texts.get("loc", ""), base)
            day = _DAY.match(texts.get("lastmod", ""))
            if url is None or len(named) + len(maps) >= MAX_NAMED:
                passed_over += 1
            elif tag == "sitemap":
                maps.append(url)
            else:
                named.append(Named(url, title, day[0] if day and is_edtf(day[0]) else ""))
    except etree.XMLSyntaxError as error:
        if not named and not maps:
            raise InputError(f"a broken site map: {_words(str(error))}") from error
        passed_over += 1
    return Listing("site map", _once(named), tuple(dict.fromkeys(maps)), passed_over)


def _titles(element: etree._Element) -> list[str]:
    """Titles of news site maps, which stand deeper."""
    return [_words(c.text or "") for c in element.iter() if isinstance(c.tag, str) and c.tag.endswith("}title")]


def _once(named: list[Named]) -> tuple[Named, ...]:
    first: dict[str, Named] = {}
    for one in named:
        first.setdefault(one.url, one)
    return tuple(first.values())


def _web(given: str, base: str) -> str | None:
    try:
        url = urljoin(base, given.strip()) if base else given.strip()
    except ValueError:
        return None
    return url if is_web(url) else None


def _words(text: str) -> str:
    return " ".join(text.split())[:500]
