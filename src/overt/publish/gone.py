"""Addresses stay: where an earlier release had an entry's page and this one has none, a page says what became of it.

In: a book, the pages of earlier releases, which entries were joined. Out: path -> bytes.
"""

import re
from collections.abc import Iterable, Mapping

from overt.publish.book import Book
from overt.publish.ids import SLUG, opaque
from overt.publish.labels import Labels
from overt.publish.notices import WITHDRAWN
from overt.publish.page import draw

_ENTRY = re.compile(r"public/([a-z-]+)/((?:sites|others)/([0-9a-f]+)\.html)")


def gone(
    book: Book,
    labels: Mapping[str, Labels],
    earlier: Iterable[str],
    made: Mapping[str, bytes],
    joined: Mapping[str, str],
) -> dict[str, bytes]:
    """Return the pages of entries that are no longer there.

    Args:
        book: what is published.
        labels: language -> the labels of the book.
        earlier: the paths of all files of earlier releases, as their MANIFESTs have them.
        made: the files of this release.
        joined: old ids of entries -> the ids under which they stand now.
    """
    now = {opaque(old)[:SLUG]: new for old, new in sorted(joined.items()) if new in book.things}
    # An entry can come to another folder, where its kind is counted no more.
    now |= {slug[:SLUG]: thing for thing, slug in book.slugs.items() if thing in book.things}
    withdrawn = [n for n in book.notices if n.sort == WITHDRAWN]
    out = {}
    for path in sorted(set(earlier)):
        found = _ENTRY.fullmatch(path)
        if found is None or found[1] not in labels or f"{found[1]}/{found[2]}" in made:
            continue
        words, slug = labels[found[1]], found[3][:SLUG]
        told = [n for n in withdrawn if any(opaque(thing)[:SLUG] == slug for thing in n.things)]
        out[f"{found[1]}/{found[2]}"] = draw(
            book,
            words,
            "gone.html",
            f"{found[1]}/{found[2]}",
            found[2],
            words.words("gone.title"),
            told=told,
            now=now.get(slug),
            is_weak=True,
        )
    return out
