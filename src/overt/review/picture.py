"""Pictures for the public: cutting one out of a capture for people to look at, and the pictures of a case.

In: a statement or a capture. Out: a file in `pictures/`, named by its SHA-256, with a recipe beside it that says how it
was made. It is public only after `judge shows`; what is published is byte for byte what was looked at.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from overt.capture.open import payload
from overt.case import Case, ensure_writing, write_whole
from overt.model import CaseError, Document, InputError, Judgement, Locator, Registry, Statement, sha256
from overt.profile import Profile
from overt.protect.cutting import WHOLE, Box, Cut, Order, cut, overlap
from overt.protect.pictures import ENDINGS, Recipe, is_on, is_read, must_be_covered
from overt.protect.withheld import Cutter
from overt.review.lookup import LEAST, find_id

_AIR = 15  # thousandths around the words of a statement that its cut-out shows too
_MARGIN = 3  # thousandths around words that are covered
# Number plates as OCR reads them: letters and digits in groups, or a Chinese province's sign before them.
_PLATE = re.compile(
    r"[A-Z]{1,3}[ -]?\d{1,4}[ -]?[A-Z]{0,3}|\d{1,4}[ -]?[A-Z]{2,3}[ -]?\d{0,3}|[\u4e00-\u9fff][A-Z][·. ]?[A-Z0-9]{5,6}"
)
_LEAST_PLATE, _MOST_PLATE = 5, 10


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A picture to look at: its file, how it was made, in how many spots faces and words were covered, and the lines
    in it that may be number plates."""

    id: str
    path: Path
    recipe: Recipe
    faces: int
    words: int
    plates: tuple[str, ...]


def prepare(
    case: Case,
    registry: Registry,
    profile: Profile,
    judgements: Sequence[Judgement],
    target: str,
    box: Box | None = None,
    covers: Sequence[Box] = (),
    page: int | None = None,
) -> Made:
    """Cut a picture out of a capture, cover faces and what may not be read, and put it into the case to be looked at.

    Args:
        case: is locked for writing meanwhile.
        registry, profile, judgements: the build, and all lines: what may not be public is covered.
        target: a statement (the part of the page that holds its words) or a capture.
        box: what is shown instead, in thousandths of the page.
        covers: what is covered beside that.
        page: the page, for a capture of several.

    Raises:
        InputError: where there is nothing to be cut out, or the extra is missing, saying what would do.
    """
    capture, found_page, found_box = _where(registry, target)
    page, box = (page if page is not None else found_page), box or found_box
    if not (0 <= box[0] < box[2] <= WHOLE[2] and 0 <= box[1] < box[3] <= WHOLE[3]):
        raise InputError(f"--box {','.join(map(str, box))}: write left,top,right,bottom in thousandths of the page")
    media_type = _media_type(registry, target, capture)
    if media_type == "application/pdf" and page is None:
        page = 1
    documents = [d for d in registry.documents if d.capture == capture]
    if not is_read(documents, registry.unread, capture, page):
        raise InputError(
            f"{target}: nothing tells which words stand on page {page or 1}, so that none could be covered: "
            "choose a page that was read (--page), or read it again (overt reread)"
        )
    pages = {on for d in documents for p in d.passages if p.locator for on, _ in p.locator.places()}
    if page is None and len(pages) > 1:
        page = 1
    cutter = Cutter(registry, profile, judgements)
    words = [
        _wider(place)
        for document in documents
        for place in must_be_covered(document, page, box, lambda text: cutter.spans(capture, text))
    ]
    painted = tuple(sorted({*words, *covers}))
    made = _cut(case, capture, media_type, page, box, painted)
    recipe = Recipe(
        capture=capture,
        page=page,
        box=box,
        covers=tuple(sorted({*painted, *made.faces})),
        media_type=made.media_type,
        width=made.width,
        height=made.height,
    )
    name = sha256(made.data)
    path = case.pictures / f"{name}{ENDINGS[made.media_type]}"
    with ensure_writing(case):
        try:
            case.pictures.mkdir(exist_ok=True)
            write_whole(path, made.data)
            write_whole(path.with_suffix(".json"), msgspec.json.format(msgspec.json.encode(recipe), indent=1) + b"\n")
        except OSError as error:
            raise CaseError(f"{path} cannot be written: {error.strerror or error}") from error
    return Made(
        id=name,
        path=path,
        recipe=recipe,
        faces=len(made.faces),
        words=len(set(words)),
        plates=tuple(_plates(documents, page, box)),
    )


def recipe_for(case: Case, given: str) -> tuple[str, Recipe]:
    """Return (id, recipe) of the picture that an id, its beginning or its file names.

    Raises:
        InputError: where there is none, or several.
    """
    word = Path(given.strip()).stem.lower()
    found = {path for path in case.pictures.glob("*.json") if len(word) >= LEAST and path.stem.startswith(word)}
    if len(found) != 1:
        some = f"is the beginning of {len(found)} ids" if found else "is no picture of this case"
        raise InputError(f"{given!r} {some}: `overt picture STATEMENT` makes one and names it")
    path = found.pop()
    try:
        recipe = msgspec.json.decode(path.read_bytes(), type=Recipe)
        data = path.with_suffix(ENDINGS[recipe.media_type]).read_bytes()
    except (OSError, KeyError, msgspec.MsgspecError) as error:
        raise InputError(f"{path.name}: the picture or its recipe cannot be read ({error}): make it again") from error
    if sha256(data) != path.stem:
        raise InputError(f"{path.stem[:12]}: its file is not what its name says: make it again with `overt picture`")
    return path.stem, recipe


def ensure_made_so(case: Case, registry: Registry, name: str, recipe: Recipe) -> None:
    """Make a picture again as its recipe says, and refuse it where that gives another one.

    Raises:
        InputError: where it does, or it cannot be made.
    """
    media_type = next((s.media_type for s in registry.sightings if s.capture == recipe.capture), None)
    if media_type is None:
        raise InputError(f"{name[:12]}: its capture is not in this case: make it again with `overt picture`")
    if sha256(_cut(case, recipe.capture, media_type, recipe.page, recipe.box, recipe.covers).data) != name:
        raise InputError(f"{name[:12]}: it is not what its recipe makes here: make it again with `overt picture`")


def _cut(case: Case, capture: str, media_type: str, page: int | None, box: Box, covers: tuple[Box, ...]) -> Cut:
    return cut(Order(data=payload(case, capture), media_type=media_type, page=page, box=box, covers=covers))


def _media_type(registry: Registry, target: str, capture: str) -> str:
    found = next(s.media_type for s in registry.sightings if s.capture == capture)
    if found != "application/pdf" and not found.startswith("image/"):
        raise InputError(f"{target}: its capture is {found}: pictures are cut out of pictures and PDFs")
    return found


def _where(registry: Registry, target: str) -> tuple[str, int | None, Box]:
    """The capture, page and part that a target names."""
    kind, found = find_id(registry, target)
    if kind == "capture":
        return found, None, WHOLE
    if kind != "statement":
        raise InputError(f"{target}: this id is a {kind}: give a statement or a capture")
    statement = next(s for s in (*registry.statements, *registry.now) if s.id == found)
    _media_type(registry, target, statement.capture)
    places = _places(registry, statement)
    if not places:
        raise InputError(f"{target}: its words have no place on a picture or page: give --box, and the capture's id")
    left = min(place.box[0] for place in places if place.box) - _AIR
    top = min(place.box[1] for place in places if place.box) - _AIR
    right = max(place.box[2] for place in places if place.box) + _AIR
    bottom = max(place.box[3] for place in places if place.box) + _AIR
    return statement.capture, places[0].page, (max(0, left), max(0, top), min(1000, right), min(1000, bottom))


def _places(registry: Registry, statement: Statement) -> list[Locator]:
    """Where the passages stand that hold a quote, as far as they stand on the page of the first."""
    for document in registry.documents:
        if document.capture != statement.capture:
            continue
        found = [
            passage.locator
            for start, passage in zip(document.starts(), document.passages, strict=True)
            if start < statement.quote.end and start + len(passage.text) > statement.quote.start
            if passage.locator is not None and passage.locator.box is not None
        ]
        if found:
            return [place for place in found if place.page == found[0].page]
    return []


def _wider(box: Box) -> Box:
    left, top, right, bottom = box
    return max(0, left - _MARGIN), max(0, top - _MARGIN), min(1000, right + _MARGIN), min(1000, bottom + _MARGIN)


def _plates(documents: Sequence[Document], page: int | None, box: Box) -> list[str]:
    return sorted(
        {
            passage.text
            for document in documents
            for passage in document.passages
            if passage.locator is not None and passage.locator.box is not None and is_on(passage.locator.page, page)
            if overlap(passage.locator.box, box) and _LEAST_PLATE <= len(passage.text) <= _MOST_PLATE
            if _PLATE.fullmatch(passage.text.strip().upper())
        }
    )


__all__ = ["Made", "ensure_made_so", "prepare", "recipe_for"]
