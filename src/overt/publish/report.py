"""The report of a release in PDF: what its data files hold, on paper.

In: the data of a release, as it is offered today. Out: a PDF that is accessible (PDF/UA-1), made for archives
(PDF/A-3a), and the same byte for byte for the same release and language. It is made from published data alone, so that
nothing stands in it that the release does not hold: what was withdrawn is gone from both.

Typst sets it (extra `overt[report]`), without any network and with one font: a character that the font lacks is an
error, never an empty box.
"""

import io
import json
import tempfile
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from overt.model import InputError
from overt.profile import Profile
from overt.publish.paper import Named, paper

STANDARDS = ("a-3a", "ua-1")
# Folders of wheels that hold fonts, in the order in which a glyph is looked for. Noto Sans SC (SIL Open Font License)
# has Latin and both Chinese scripts, but not Č or Ł; DejaVu Sans (Bitstream Vera licence) has the rest of Latin, Greek,
# Cyrillic and Arabic. The second is a dependency of the first.
_FONTS = (("zhplot", "fonts/NotoSansSC-Regular.ttf"), ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf"))
_MISSING = 12  # characters without a glyph that an error names


def report(release: Path, profile: Profile, language: str, fonts: Sequence[Path], place_names: Named) -> bytes:
    """Return the report of a release.

    Args:
        release: the folder of a release.
        profile: labels of kinds and properties.
        language: "en" or "zh".
        fonts: TrueType or OpenType files for what the own fonts lack.
        place_names: id of a place -> language -> name.

    Raises:
        InputError: where the release, Typst or a glyph is missing; one line that says what to do.
    """
    typst = _typst()
    data = paper(release, profile, language, place_names)
    faces = [(path, _face(path)) for path in (*_own_fonts(), *fonts)]
    data["fonts"] = [str(face["name"].getDebugName(16) or face["name"].getDebugName(1)) for _, face in faces]
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    template = resources.files("overt.publish").joinpath("report.typ").read_text(encoding="utf-8")
    _check_glyphs([face for _, face in faces], text + template)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "report.typ").write_text(template, encoding="utf-8", newline="\n")
        (root / "data.json").write_text(text, encoding="utf-8", newline="\n")
        # Only these fonts are in reach: what else lies beside them on this machine must not change a byte.
        (root / "fonts").mkdir()
        for number, (path, _) in enumerate(faces):
            (root / "fonts" / f"{number}{path.suffix}").write_bytes(path.read_bytes())
        try:
            made = typst.compile(
                str(root / "report.typ"),
                root=str(root),
                font_paths=[str(root / "fonts")],
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=list(STANDARDS),
                timestamp=_moment(data["as_of"]),
            )
        except RuntimeError as error:  # what the binding raises: the first line says where
            raise InputError(f"the report could not be set: {str(error).splitlines()[0]}") from None
    return bytes(made)


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise InputError('Typst is missing: install it with `pip install "overt[report]"`') from None
    return typst


def _own_fonts() -> list[Path]:
    found = []
    for package, name in _FONTS:
        spec = find_spec(package)
        places = (Path(folder, name) for folder in (spec.submodule_search_locations or ())) if spec else ()
        found += [path for path in places if path.is_file()][:1]
    if len(found) < len(_FONTS):
        raise InputError('a font is missing: `pip install "overt[report]"` brings it')
    return found


def _face(path: Path) -> Any:
    try:
        from fontTools.ttLib import TTFont, TTLibError
    except ImportError:
        raise InputError('fontTools is missing: install it with `pip install "overt[report]"`') from None
    try:
        return TTFont(io.BytesIO(path.read_bytes()), lazy=True, fontNumber=0)
    except (OSError, TTLibError) as error:
        raise InputError(f"--font {path}: {error}; name a TrueType or OpenType file") from None


def _check_glyphs(faces: Sequence[Any], text: str) -> None:
    known = {code for face in faces for code in face.getBestCmap() or ()}
    missing = sorted(c for c in set(text) if ord(c) not in known and not _is_unseen(c))
    if missing:
        shown = " ".join(f"{c} (U+{ord(c):04X})" for c in missing[:_MISSING])
        raise InputError(f"no font has a glyph for {len(missing)} characters: {shown}; add one that has with --font")


def _is_unseen(character: str) -> bool:
    """True for what leaves no mark on paper: white space, controls, marks of direction."""
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


def _moment(as_of: str | None) -> int:
    """The date in the file's metadata: that of the release, never a clock's."""
    day = (as_of or "1970-01-01").split("/")[-1]
    year, month, date = ([*map(int, day.split("-")), 1, 1])[:3]
    return int(datetime(year, month, date, tzinfo=UTC).timestamp())


__all__ = ["report"]
