"""The report in PDF: from the data of a release alone, the same bytes each time, nothing withheld in it."""

import json
from pathlib import Path

import pypdfium2
import pytest
from made_up import MadeUp, example, lookup
from reading import TOY
from test_leaks import SECRETS, planted

from overt.model import InputError
from overt.publish.release import publish
from overt.publish.report import report

SIGNATURE = b"untrusted comment: a signature\nRUQ=\n"


def _release(folder: Path, case: MadeUp) -> Path:
    publish(folder / "releases", case.build(), case.profile, TOY, lambda data: SIGNATURE, lookup=lookup)
    return folder / "releases" / "1"


def _text(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_same_release_gives_the_same_bytes(tmp_path: Path, language: str) -> None:
    case = example()
    release = _release(tmp_path, case)
    first = report(release, case.profile, language, None, lambda _: None)
    assert first[:5] == b"%PDF-"
    assert first == report(release, case.profile, language, None, lambda _: None)


def test_every_statement_is_in_the_annex_with_its_seal(tmp_path: Path) -> None:
    case = example()
    release = _release(tmp_path, case)
    text = "".join(_text(report(release, case.profile, "en", None, lambda _: None)).split())
    lines = (release / "public" / "data" / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    for row in map(json.loads, lines):
        assert row["id"] in text
        assert row["capture"] in text


def test_what_is_withheld_is_in_no_text_and_no_metadata(tmp_path: Path) -> None:
    case = planted()
    release = _release(tmp_path, case)
    for language in ("en", "zh"):
        data = report(release, case.profile, language, None, lambda _: None)
        document = pypdfium2.PdfDocument(data)
        outline = " ".join(item.get_title() for item in document.get_toc())
        told = _text(data) + outline + " ".join(document.get_metadata_dict().values())
        flat = "".join(told.split())
        for secret in SECRETS:
            assert secret not in told, secret
            assert "".join(secret.split()) not in flat, secret


def test_a_folder_without_a_release_and_a_font_without_glyphs_are_told_in_a_line(tmp_path: Path) -> None:
    case = example()
    with pytest.raises(InputError, match="no release can be read"):
        report(tmp_path, case.profile, "en", None, lambda _: None)
    wrong = tmp_path / "font.ttf"
    wrong.write_bytes(b"no font")
    with pytest.raises(InputError, match="--font"):
        report(_release(tmp_path, case), case.profile, "en", wrong, lambda _: None)
