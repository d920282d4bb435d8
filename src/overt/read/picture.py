"""The reader of pictures: OCR lines with their boxes; tables become grids of cells.

In: bytes of PNG, JPEG, WebP, GIF, TIFF or BMP. Out: a document. Only what is seen is read: nothing of EXIF or other
metadata goes into it, but the camera's note of which way is up is obeyed. The size is taken from the header before
anything is decoded.
"""

import io
import struct
import warnings
from typing import TYPE_CHECKING

from overt.model import Document, Reader, ReadError, sha256
from overt.read import ocr
from overt.read.grids import Table
from overt.read.imprint import relays
from overt.read.laid_out import Sheet, passages
from overt.read.layout import Block, blocks, columns, pieces
from overt.read.libraries import versions
from overt.read.read import NotInstalledError
from overt.words.language import language

if TYPE_CHECKING:
    from PIL.Image import Image

READER = Reader(name="picture", version="1", libraries=versions("py3langid") | ocr.libraries())
MAX_PIXELS = 100_000_000  # a photograph of a good camera has 50 million, a scanned newspaper page 60
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP")
_FRAMES = 50


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
    try:
        picture = _open(data, concerns)
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, OverflowError) as error:
        raise ReadError(f"the picture is damaged or cut: {' '.join(str(error).split())[:120]}") from error
    words = ocr.words(picture)
    found: list[Block | Table] = []
    for column in columns(list(pieces(words))):
        for block in blocks(column):
            # Each line by itself: whether lines of a sign or a poster go on, only a person can say.
            found += [block] if isinstance(block, Table) else [Block([line]) for line in block.lines]
    made = passages([Sheet(None, picture.width, picture.height, found)], flows=False)
    if not made:
        raise ReadError("OCR finds no text in the picture")
    concerns += [f"OCR is not sure of “{word.text}”; look at it" for word in words if word.sure < ocr.UNSURE][:50]
    return Document(
        capture=sha256(data),
        passages=tuple(made),
        reader=READER,
        language=language("\n".join(p.text for p in made if p.main)),
        relays=relays(made),
        concerns=tuple(concerns),
    )


def _open(data: bytes, concerns: list[str]) -> "Image":
    import PIL.Image
    from PIL import ImageOps, UnidentifiedImageError

    PIL.Image.MAX_IMAGE_PIXELS = None  # our own limit stands below, before anything is decoded
    try:
        picture = PIL.Image.open(io.BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError:
        raise ReadError("the bytes are no picture of a kind that is read, or their beginning is damaged") from None
    if picture.width * picture.height > MAX_PIXELS:
        raise ReadError(
            f"the picture has {picture.width:,} x {picture.height:,} pixels; at most {MAX_PIXELS:,} in all are read"
        )
    if (frames := getattr(picture, "n_frames", 1)) > 1:
        concerns.append(
            f"it has {min(frames, _FRAMES)}{'' if frames <= _FRAMES else ' or more'} pictures or pages; "
            "only the first was read"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "P", "PA"):
        # What is transparent shows as white, as it does in a browser.
        upright = upright.convert("RGBA")
        ground = PIL.Image.new("RGBA", upright.size, "white")
        upright = PIL.Image.alpha_composite(ground, upright)
    return upright.convert("RGB")
