"""What the head of a page says: title, byline, outlet, date, language.

In: the tree. Out: those facts, the date with the place where it stood. JSON-LD first, then meta tags, then `time`; a
date that is only guessed is called a guess.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from htmldate import find_date
from lxml.etree import LxmlError, tostring
from lxml.html import HtmlElement

from overt.read.printed_dates import as_printed, date_at, part_of_date
from overt.read.text import clean

_JSON_LIMIT = 1_000_000  # characters of one JSON-LD script
_NODES = 2000  # nodes of JSON-LD that are looked at
_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|WebPage|\w+ForumPosting|SocialMediaPosting)")
_DATE_META = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "publish_date",
    "publication_date",
    "publish-date",
    "pubdate",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.created",
    "article.published",
    "cxenseparse:recs:publishtime",
    "date",
)
_MODIFIED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
)
_AUTHOR_META = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_TITLE_META = ("og:title", "twitter:title", "dc.title")
_URL_DATE = re.compile(r"/((?:19|20)\d{2})[/-]?(\d{2})[/-]?(\d{2})(?=[/_.-]|$)")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{4}|\d{6})?(?!\d)")
_CUTS = re.compile(r"\s+[|–—·»]\s+|\s+-\s+|\s*_\s*")
_WEB = re.compile(r"https?://[^\s/]+", re.IGNORECASE)
_WRAPPING = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>|;)\s*$"
)
_VOCABULARY = re.compile(r"^(?:https?://schema\.org/|schema:)")
_BROKEN_KIND = re.compile(r'"@type"\s*:\s*\[?\s*"(\w*Article|BlogPosting|Report)"')
_BROKEN_DATE = re.compile(r'"(datePublished|dateModified)"\s*:\s*"([^"\n]{4,40})"')
_COMMA = re.compile(r",\s*([}\]])")
_DAY_LENGTH = len("2022-10-13")
# htmldate would take today as the last day that a date can have, which makes a reading depend on when it was made.
_FIRST_DAY, _LAST_DAY = "1990-01-01", "2099-12-31"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of itself; None where it says nothing."""

    title: str | None
    byline: str | None
    outlet: str | None
    published: str | None
    published_from: str | None
    language: str | None
    modified: str | None = None
    modified_from: str | None = None
    url: str | None = None
    is_free: bool = True
    source: str | None = None  # the page from which this one was taken


def metadata(root: HtmlElement, url: str | None = None) -> Metadata:
    """Return what the head of a page, its JSON-LD and its `time` elements say.

    Args:
        root: the tree of the page.
        url: its address, for the date that some addresses hold; the page's own canonical address is used where None.
    """
    meta = _meta(root)
    linked = _json_ld(root)
    published, where = _published(root, meta, linked, url)
    modified, changed = _modified(root, meta, linked)
    outlet = meta.get("og:site_name") or linked.get("publisher")
    return Metadata(
        title=_title(root, meta, linked, outlet),
        byline=_byline(root, meta, linked),
        outlet=outlet,
        published=published,
        published_from=where,
        language=_language(root, meta),
        modified=modified,
        modified_from=changed,
        url=_own_address(root, meta, url, linked.get("url")),
        source=clean(meta.get("syndication-source") or meta.get("original-source") or "")[:300] or None,
        is_free=linked.get("free", "").casefold() != "false",
    )


def _meta(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = clean(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _json_ld(root: HtmlElement) -> dict[str, str]:
    """Return title, author, publisher and date of the first article that the page's JSON-LD describes."""
    best: dict[str, str] = {}
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = script.text or ""
        if len(text) > _JSON_LIMIT:
            continue
        nodes = list(_nodes(_loaded(text)))
        named = {at: node for node in nodes if isinstance(at := node.get("@id"), str) and "name" in node}
        for node in nodes:
            kinds = node.get("@type")
            listed = kinds if isinstance(kinds, list) else [kinds]
            names = {_VOCABULARY.sub("", kind) for kind in listed if isinstance(kind, str)}
            if not any(_ARTICLE.fullmatch(name) for name in names):
                continue
            facts = {
                "title": _words(node.get("headline")),
                "author": _words(_referred(node.get("author"), named)),
                "publisher": _words(_referred(node.get("publisher"), named)),
                "published": _when(node.get("datePublished")),
                "modified": _when(node.get("dateModified")),
                "url": _address(node),
                "free": str(node.get("isAccessibleForFree", "")),
            }
            said = {key: value for key, value in facts.items() if value}
            best = {**said, **best} if "WebPage" in names else {**best, **said}
            if "published" in best and "WebPage" not in names:
                return best
    return best


def _loaded(text: str) -> object:
    """What a script of JSON-LD holds. Some pages wrap it in comments or leave a comma too many; others are skipped."""
    bare = _WRAPPING.sub("", text)
    for attempt in (bare, _COMMA.sub(r"\1", bare)):
        try:
            return json.JSONDecoder(strict=False).raw_decode(attempt.lstrip())[0]
        except (ValueError, RecursionError):
            continue
    # What broke it is mostly a quotation mark in a headline; the dates of the first article still stand as they stood.
    if not (kind := _BROKEN_KIND.search(bare)):
        return None
    return {"@type": kind[1], **{date[1]: date[2] for date in reversed(list(_BROKEN_DATE.finditer(bare)))}}


def _referred(value: object, named: dict[str, dict[str, object]]) -> object:
    """What an author or publisher given by `@id` alone is elsewhere in the script."""
    if isinstance(value, list):
        return [_referred(one, named) for one in value[:10] if not isinstance(one, list)]
    at = value.get("@id") if isinstance(value, dict) and "name" not in value else None
    return named.get(at, value) if isinstance(at, str) else value


def _nodes(data: object) -> Iterator[dict[str, object]]:
    stack, seen = [data], 0
    while stack and seen < _NODES:
        seen += 1
        at = stack.pop()
        if isinstance(at, dict):
            yield at
            stack.extend(
                reversed([value for key, value in at.items() if key in ("@graph", "mainEntity", "itemListElement")])
            )
        elif isinstance(at, list):
            stack.extend(reversed(at[:_NODES]))


def _when(value: object) -> str:
    """A date out of JSON-LD: a text, or a year as a number."""
    return str(value) if isinstance(value, int) and 1000 <= value <= 9999 else _words(value)


def _words(value: object) -> str:
    """A name out of JSON-LD: a text, an object with a name, or a list of either."""
    if isinstance(value, str):
        return clean(value)[:300]
    if isinstance(value, dict):
        name = value.get("name")
        return clean(name)[:300] if isinstance(name, str) else ""
    if isinstance(value, list):
        return ", ".join(filter(None, (_words(item) for item in value[:10] if not isinstance(item, list))))
    return ""


def _title(root: HtmlElement, meta: dict[str, str], linked: dict[str, str], outlet: str | None) -> str | None:
    for name in _TITLE_META:
        if meta.get(name):
            return _without_outlet(meta[name], outlet, None)
    headings = [text for h in root.iter("h1") if (text := clean("".join(h.itertext())))]
    if len(headings) == 1:
        return headings[0]
    if linked.get("title"):
        return linked["title"]
    title = next((text for t in root.iter("title") if (text := clean("".join(t.itertext())))), None)
    if title is None:
        return headings[0] if headings else None
    return next((h for h in headings if title.startswith(h)), None) or _without_outlet(title, outlet, headings)


def _without_outlet(title: str, outlet: str | None, headings: list[str] | None) -> str:
    """Cut the site's name off a title: what stands after the last separator, where it is the outlet or short."""
    cuts = list(_CUTS.finditer(title))
    if not cuts:
        return title
    head, tail = title[: cuts[-1].start()], title[cuts[-1].end() :]
    if outlet is not None:
        return head if head and tail.casefold() == outlet.casefold() else title
    is_name = headings is not None and len(tail) <= 40 and len(tail) < len(head)
    return head if is_name else title


def _byline(root: HtmlElement, meta: dict[str, str], linked: dict[str, str]) -> str | None:
    if linked.get("author"):
        return linked["author"]
    for name in _AUTHOR_META:
        value = meta.get(name)
        if value and not value.startswith(("http://", "https://")):
            return value[:300]
    for element in root.iter("a", "span", "p", "div"):
        if element.get("rel") == "author" or element.get("itemprop") == "author":
            text = clean("".join(element.itertext()))
            if 0 < len(text) <= 120:
                return text
    return None


def _published(
    root: HtmlElement, meta: dict[str, str], linked: dict[str, str], url: str | None
) -> tuple[str | None, str | None]:
    coarse: tuple[str | None, str | None] = None, None
    for day, where in _said(root, meta, linked, url):
        if coarse[0] is None and len(day) < _DAY_LENGTH:
            coarse = day, where  # a month or a year: what follows may name the day of it, but not another
        elif day.startswith(coarse[0] or "") and len(day) == _DAY_LENGTH:
            return day, where
    return coarse


def _said(
    root: HtmlElement, meta: dict[str, str], linked: dict[str, str], url: str | None
) -> Iterator[tuple[str, str]]:
    """The dates that a page gives, with their places, the best place first."""
    if day := _date(linked.get("published")):
        yield day, "json-ld"
    for name in _DATE_META:
        if day := _date(meta.get(name)):
            yield day, "meta"
    for element in root.iter("time"):
        if "modified" in (element.get("itemprop") or "").lower() or "updated" in (element.get("class") or "").lower():
            continue
        if day := _date(element.get("datetime") or clean("".join(element.itertext()))):
            yield day, "time"
    for address in (url, _canonical(root, meta)):
        found = _URL_DATE.search(address or "")
        if found and (day := _day("-".join(found.groups()))):
            yield day, "url"


def _modified(root: HtmlElement, meta: dict[str, str], linked: dict[str, str]) -> tuple[str | None, str | None]:
    if day := _date(linked.get("modified")):
        return day, "json-ld"
    for name in _MODIFIED_META:
        if day := _date(meta.get(name)):
            return day, "meta"
    for element in root.iter("time"):
        names = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        if ("modified" in names or "updated" in names) and (day := _day(element.get("datetime"))):
            return day, "time"
    return None, None


def guess_date(root: HtmlElement) -> str | None:
    """Return the date that htmldate guesses from anything else on the page, or None. It is called a guess."""
    try:
        found = find_date(
            root,
            extensive_search=False,
            original_date=True,
            outputformat="%Y-%m-%d",
            min_date=_FIRST_DAY,
            max_date=_LAST_DAY,
        )
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError, LxmlError):
        return None  # htmldate is made for real pages; some hostile ones trip it
    day = _day(found)
    if day is None:
        return None
    # Where a day or month is not printed, htmldate takes those of today: a reading must not depend on when it is made.
    return as_printed(day, tostring(root, encoding="unicode"))


def _address(node: dict[str, object]) -> str:
    """The address that an article of JSON-LD gives as its own."""
    page = node.get("mainEntityOfPage")
    given = node.get("url") or (page.get("@id") if isinstance(page, dict) else page)
    return given.strip() if isinstance(given, str) and _WEB.match(given.strip()) else ""


def _own_address(root: HtmlElement, meta: dict[str, str], url: str | None, linked: str | None = None) -> str | None:
    """The canonical address; a relative one is completed by the page's base or its address, or else left out."""
    given = _canonical(root, meta) or linked
    if given is None:
        return None
    base = next((href for tag in root.iter("base") if (href := tag.get("href"))), "")
    try:
        own = urljoin(urljoin(url or "", base), given.strip())
    except ValueError:
        return None
    return own if _WEB.match(own) else None


def _canonical(root: HtmlElement, meta: dict[str, str]) -> str | None:
    for element in root.iter("link"):
        if element.get("rel") == "canonical" and element.get("href"):
            return str(element.get("href"))
    return meta.get("og:url")


def _date(text: str | None) -> str | None:
    """The day as printed, or the month or year where there is no more."""
    return _day(text) or part_of_date(text or "")


def _day(text: str | None) -> str | None:
    """The calendar day as printed, whatever its zone; compact forms (20221013) too."""
    if not text:
        return None
    text = text.strip()
    if compact := _COMPACT.match(text):
        text = "-".join(compact.groups())
    found = date_at(text)
    return found[0] if found else None


def _language(root: HtmlElement, meta: dict[str, str]) -> str | None:
    given = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or meta.get("content-language")
    found = re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", given or "")
    return found[0].replace("_", "-") if found else None
