"""The reader of pictures: OCR lines with their boxes; tables become grids of cells.

In: bytes of PNG, JPEG, WebP, GIF, TIFF or BMP. Out: a document. Only what is seen is read: nothing of EXIF or other
metadata goes into it, but the camera's note of which way is up is obeyed. The size is taken from the header before
anything is decoded.
"""

import io
import struct
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from overt.model import NO_TEXT, Document, Reader, ReadError, sha256
from overt.read import ocr, pulse
from overt.read.grids import Table
from overt.read.imprint import relays
from overt.read.laid_out import Sheet, passages
from overt.read.layout import Block, blocks, columns, pieces
from overt.read.libraries import versions
from overt.read.read import NotInstalledError
from overt.words.language import language

if TYPE_CHECKING:
    from PIL.Image import Image

READER = Reader(name="picture", version="2", libraries=versions("py3langid") | ocr.libraries())
MAX_PIXELS = 100_000_000  # a photograph of a good camera has 50 million, a scanned newspaper page 60
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP")
MAX_PAGES = 50
_UNSURE_OF_A_PAGE = 50
_DAMAGED = (OSError, ValueError, TypeError, SyntaxError, EOFError, struct.error, OverflowError)


def read(data: bytes, charset: str | None = None, url: str | None = None) -> Document:
    """Read a picture.

    Raises:
        NotInstalledError: where OCR is not installed.
        ReadError: where it is too large, damaged, or shows no text.
    """
    del charset, url
    if not ocr.is_there():
        raise NotInstalledError(f"it is a picture, and {ocr.INSTALL}")
    concerns: list[str] = []
    sheets: list[Sheet] = []
    for number, picture in _pages(data, concerns):
        words = ocr.words(picture)
        pulse.beat()
        # Each line by itself: whether lines of a sign or a poster go on, only a person can say.
        found = [
            one
            for column in columns(list(pieces(words)))
            for block in blocks(column)
            for one in ([block] if isinstance(block, Table) else [Block([line]) for line in block.lines])
        ]
        sheets.append(Sheet(number, picture.width, picture.height, found))
        on = "" if number is None else f"page {number}: "
        unsure = [word.text for word in words if word.sure < ocr.UNSURE][:_UNSURE_OF_A_PAGE]
        concerns += [f"{on}OCR is not sure of “{text}”; look at it" for text in unsure]
    made = passages(sheets, flows=False)
    if not made:
        raise ReadError(NO_TEXT)
    return Document(
        capture=sha256(data),
        passages=tuple(made),
        reader=READER,
        language=language("\n".join(p.text for p in made if p.main)),
        relays=relays(made),
        concerns=tuple(concerns),
    )


def _pages(data: bytes, concerns: list[str]) -> Iterator[tuple[int | None, "Image"]]:
    """Yield the pages of a TIFF, numbered from 1 where there are more; of any other picture the first, unnumbered."""
    import PIL.Image

    PIL.Image.MAX_IMAGE_PIXELS = None  # our own limit stands below, before anything is decoded
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = PIL.Image.open(io.BytesIO(data), formats=_FORMATS)
            count = _count(picture, concerns)
            page = _upright(picture)
    except PIL.UnidentifiedImageError:
        raise ReadError("the bytes are no picture of a kind that is read, or their beginning is damaged") from None
    except _DAMAGED as error:
        raise ReadError(f"the picture is damaged or cut: {_told(error)}") from error
    yield None if count == 1 else 1, page
    for number in range(2, count + 1):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                picture.seek(number - 1)
                page = _upright(picture)
        except ReadError as error:
            concerns.append(f"page {number} was not read: {error}")
            continue
        except _DAMAGED as error:
            concerns.append(f"page {number} was not read: {_told(error)}")
            return  # nothing says where the next one is
        yield number, page


def _count(picture: "Image", concerns: list[str]) -> int:
    """How many pages may be read; a concern says what is not."""
    try:
        there = int(getattr(picture, "n_frames", 1))
    except _DAMAGED:  # each page says where the next one is: the file is cut behind the first
        picture.seek(0)
        return MAX_PAGES
    if there == 1:
        return 1
    if picture.format != "TIFF":
        concerns.append(f"it has {there if there <= MAX_PAGES else 'many'} pictures; only the first was read")
        return 1
    if there > MAX_PAGES:
        concerns.append(f"it has more than {MAX_PAGES} pages; the others were not read")
    return min(there, MAX_PAGES)


def _upright(picture: "Image") -> "Image":
    import PIL.Image
    from PIL import ImageOps

    if picture.width * picture.height > MAX_PIXELS:
        raise ReadError(
            f"the picture has {picture.width:,} x {picture.height:,} pixels; at most {MAX_PIXELS:,} in all are read"
        )
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "P", "PA"):
        # What is transparent shows as white, as it does in a browser.
        upright = upright.convert("RGBA")
        ground = PIL.Image.new("RGBA", upright.size, "white")
        upright = PIL.Image.alpha_composite(ground, upright)
    return upright.convert("RGB")


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
