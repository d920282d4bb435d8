"""OCR for English and Chinese, with weights that come with its package: extra `overt[ocr]`.

In: a picture. Out: its lines as words with boxes. The weights' paths are given by hand, so that the library never looks
for others on a network, and everything runs in one thread: the same picture gives the same answer.
"""

import functools
import logging
import unicodedata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from overt.read.boxes import Box, Word
from overt.read.libraries import versions
from overt.read.read import NotInstalledError

if TYPE_CHECKING:
    from PIL.Image import Image

INSTALL = "OCR is not installed: pip install 'overt[ocr]'"
# Below this the engine's own certainty says that a person should look. On rendered samples right lines lie above .95.
UNSURE = 0.85
_LEAST = 0.5  # the engine drops what it is less sure of
_MODELS = {
    "Det.model_path": "PP-OCRv6_det_small.onnx",
    "Rec.model_path": "PP-OCRv6_rec_small.onnx",
    "Cls.model_path": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}
MAX_SIDE = 2600  # pixels: A4 at 220 dots an inch; more makes it slower and no better


def is_there() -> bool:
    """True where the extra is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "PIL"))


def libraries() -> dict[str, str]:
    """Return what a reading names: the engine, which holds the weights, and what runs them."""
    return versions("rapidocr", "onnxruntime", "pillow") if is_there() else {}


def words(picture: "Image") -> list[Word]:
    """Return the lines that OCR reads, each as one word with its box in pixels.

    Raises:
        NotInstalledError: where the extra is not installed.
    """
    if not is_there():
        raise NotInstalledError(INSTALL)
    import numpy
    from PIL.Image import Resampling

    shown = picture.convert("RGB")
    scale = min(1.0, MAX_SIDE / max(shown.size))
    if scale < 1:
        shown = shown.resize((round(shown.width * scale), round(shown.height * scale)), Resampling.LANCZOS)
    answer = _engine()(numpy.asarray(shown)[:, :, ::-1])  # the engine takes blue, green, red
    if answer.boxes is None or answer.txts is None:
        return []
    out = []
    for corners, text, sure in zip(answer.boxes, answer.txts, answer.scores, strict=True):
        xs, ys = [float(c[0]) / scale for c in corners], [float(c[1]) / scale for c in corners]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        text = " ".join(unicodedata.normalize("NFC", text).split())
        if text:
            # Boxes are drawn around a line with some air: type is about four fifths of them.
            out.append(Word(text, box, max(1.0, 0.8 * min(box.height, box.width)), sure=float(sure)))
    return out


@functools.cache
def _engine() -> Any:
    import rapidocr

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.text_score": _LEAST,
            "Global.max_side_len": MAX_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            **{key: str(models / name) for key, name in _MODELS.items()},
        }
    )
