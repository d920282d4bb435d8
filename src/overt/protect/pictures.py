"""Which pictures may be public: those that enough people looked at and of which they say what they show.

In: `shows` lines, and the files that were made for them (`overt.protect.cutting`). Out: pictures with their words, and
why the others stay out. A line carries how its picture was made, so that words that may not be public today are looked
for once more in what of the page the picture shows.
"""

import contextlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from overt.model import NO_TEXT, Document, Judgement, Unread, Verb, count_reviewers, sha256
from overt.protect.cutting import Box, overlap
from overt.protect.public import PublicPicture, Withheld
from overt.protect.redact import Redactor, Span

ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg"}
_COVERED = 0.9  # of the area of a line that is shown: boxes are whole thousandths


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How a picture was made of a capture: what of which page it shows, and what is covered in it."""

    capture: str
    page: int | None
    box: Box
    covers: tuple[Box, ...]
    media_type: str
    width: int
    height: int


def load(folder: Path) -> dict[str, bytes]:
    """Return the pictures in a folder by their SHA-256; a file that is not what its name says is left out."""
    found = {}
    for path in sorted(path for ending in ENDINGS.values() for path in folder.glob(f"*{ending}")):
        with contextlib.suppress(OSError):
            data = path.read_bytes()
            if sha256(data) == path.stem:
                found[path.stem] = data
    return found


def recipe_of(line: Judgement) -> Recipe | None:
    """Return the recipe that a `shows` line carries, None where it carries none."""
    try:
        return msgspec.json.decode(line.detail.get("recipe", ""), type=Recipe)
    except msgspec.MsgspecError:
        return None


def is_on(one: int | None, other: int | None) -> bool:
    """True for the same page: a picture of one page may be numbered or not."""
    return (one or 1) == (other or 1)


def must_be_covered(
    document: Document, page: int | None, box: Box, spans: Callable[[str], Sequence[Span]]
) -> list[Box]:
    """Return where in a part of a page passages stand of whose words some may not be public.

    Args:
        document: a reading with boxes.
        page, box: the part of it.
        spans: what must be cut out of the document's text.
    """
    found = []
    cuts = spans(document.text)
    for start, passage in zip(document.starts(), document.passages, strict=True):
        end = start + len(passage.text)
        if passage.locator is None or not any(first < end and last > start for first, last, _ in cuts):
            continue
        found += [part for on, part in passage.locator.places() if is_on(on, page) and overlap(part, box)]
    return found


def is_read(documents: Iterable[Document], unread: Iterable[Unread], capture: str, page: int | None) -> bool:
    """True where it is known what words stand on a page: they were read with their places, or OCR found none."""
    if any(one.capture == capture and one.reason == NO_TEXT for one in unread):
        return True
    return any(
        is_on(on, page)
        for document in documents
        if document.capture == capture
        for passage in document.passages
        if passage.locator is not None
        for on, _ in passage.locator.places()
    )


def public_pictures(
    lines: Iterable[Judgement],
    every: Iterable[Judgement],
    files: Mapping[str, bytes],
    shown: Collection[str],
    public_captures: Collection[str],
    documents: Iterable[Document],
    unread: Iterable[Unread],
    spans: Callable[[str, str], Sequence[Span]],
    redactor: Redactor,
    needed: int,
    redirects: Mapping[str, str],
) -> tuple[tuple[PublicPicture, ...], tuple[Withheld, ...]]:
    """Say which pictures may be public.

    Args:
        lines: judgements that stand; `every`: all of them, by which people are told apart.
        files: the pictures of the case by their SHA-256.
        shown: ids of the statements and entries that are public.
        public_captures: captures of the level `public`.
        documents: the readings; `unread`: what could not be read.
        spans: capture and text -> what must be cut out of it.
        redactor: cuts the words that say what a picture shows.
        needed: how many people must say the same of a picture.
        redirects: old ids of entries -> new ones.

    Returns:
        the pictures by what they belong to and id, and what is withheld.
    """
    lines, every = list(lines), list(every)
    vetoed = {line.target for line in lines if line.verb is Verb.WITHHOLD}
    said: dict[tuple[str, str, str, str], list[Judgement]] = defaultdict(list)
    for line in lines:
        if line.verb is Verb.SHOWS and line.other:
            about = redirects.get(line.other, line.other)
            said[line.target, about, line.detail.get("shows", ""), line.detail.get("recipe", "")].append(line)
    unread = list(unread)
    by_capture: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_capture[document.capture].append(document)
    found, withheld = [], []
    for (picture, about, words, _), many in sorted(said.items()):
        recipe, data = recipe_of(many[0]), files.get(picture)
        if recipe is not None and recipe.capture not in public_captures:
            continue  # nothing is said of what is not for the public
        why = None
        if recipe is None or data is None or sha256(data) != picture:
            why = (
                "picture_gone",
                "its file is not in the case, or is another one: make it again with `overt picture`",
            )
        elif picture in vetoed:
            why = "withhold", "a judgement stands against it: withhold"
        elif (count := count_reviewers(many, every)) < needed:
            why = "needs_reviewers", f"pictures: {count} of {needed} reviewers say that it shows this"
        elif about not in shown:
            why = "picture_alone", "what it belongs to is not public"
        elif not is_read(by_capture[recipe.capture], unread, recipe.capture, recipe.page):
            why = "picture_unread", "nothing tells which words stand on its page: `overt reread`, and make it again"
        elif any(_uncovered(one, recipe, spans) for one in by_capture[recipe.capture]):
            why = (
                "picture_words",
                "it shows words that may not be public: make it again with `overt picture`",
            )
        if why is not None or recipe is None:
            withheld.append(Withheld(what=picture, code=why[0] if why else "", why=why[1] if why else ""))
            continue
        found.append(
            PublicPicture(
                id=picture,
                of=about,
                shows=redactor.words(words),
                capture=recipe.capture,
                media_type=recipe.media_type,
                width=recipe.width,
                height=recipe.height,
                covered=len(recipe.covers),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.of, one.id))), tuple(withheld)


def _uncovered(document: Document, recipe: Recipe, spans: Callable[[str, str], Sequence[Span]]) -> bool:
    """True where a picture shows words of a document that must be cut, and does not cover them."""

    def cuts(text: str) -> Sequence[Span]:
        return spans(document.capture, text)

    for box in must_be_covered(document, recipe.page, recipe.box, cuts):
        seen = overlap(box, recipe.box)
        if max((overlap(_both(box, recipe.box), cover) for cover in recipe.covers), default=0) < _COVERED * seen:
            return True
    return False


def _both(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
