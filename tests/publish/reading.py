"""Reading pages back in tests: links, numbers with their lists, and words of our own without the words of others."""

import posixpath
from collections.abc import Callable, Mapping

import msgspec
from lxml import html
from made_up import MadeUp, count, lookup, reported, weigh

from overt.protect import clear
from overt.publish import Book, Weighing, make_book
from overt.publish.changes import Change, Snapshot, changes, held
from overt.publish.dataset import dataset
from overt.publish.site import pages

TOY = Weighing(weigh=weigh, count=count, reported=reported)
Shuffle = Callable[[MadeUp], MadeUp]


def book(case: MadeUp, is_draft: bool = False, is_demonstration: bool = False) -> Book:
    cleared = clear(case.build(), case.profile, draft=is_draft, lookup=lookup)
    return make_book(cleared, case.profile, TOY, is_draft=is_draft, is_demonstration=is_demonstration)


def history(made: Book, data: Mapping[str, bytes]) -> list[Change]:
    now = Snapshot(1, made.as_of, held(data["sites.csv"], data["statements.jsonl"]))
    return changes([(1, now)])


def site(case: MadeUp, **flags: bool) -> dict[str, bytes]:
    """Return every public file of a made-up case."""
    made = book(case, **flags)
    data = dataset(made)
    out = pages(made, [] if made.is_draft else history(made, data), data)
    return out | {f"data/{name}": content for name, content in data.items()}


def parsed(files: Mapping[str, bytes]) -> dict[str, html.HtmlElement]:
    return {path: html.document_fromstring(data) for path, data in files.items() if path.endswith(".html")}


def resolve(path: str, href: str) -> tuple[str, str]:
    target, _, anchor = href.partition("#")
    return (posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path), anchor


def own_words(page: html.HtmlElement) -> str:
    """Return what a page says in its own voice: everything but quotes, names, values and headlines."""
    copy = html.document_fromstring(html.tostring(page))
    for element in list(copy.iter()):
        if isinstance(element.tag, str) and (element.tag == "bdi" or "data-theirs" in element.attrib):
            element.text = ""
            for child in list(element):
                element.remove(child)
    attributes = " ".join(
        value
        for element in copy.iter()
        if isinstance(element.tag, str)
        for name, value in element.attrib.items()
        if name in ("aria-label", "title", "alt", "content")
    )
    return copy.text_content() + " " + attributes


def replace(case: MadeUp, **changes_: object) -> MadeUp:
    for name, value in changes_.items():
        setattr(case, name, value)
    return case


__all__ = ["TOY", "book", "history", "msgspec", "own_words", "parsed", "replace", "resolve", "site"]
