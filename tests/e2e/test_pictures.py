"""Pictures for the public: what is covered in them, who must have looked, and that only their pixels leave the case."""

import io
import json
import sys
from pathlib import Path

import pytest
from running import ok, run

from overt.model import sha256
from overt.protect import cutting

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench import papers

pytestmark = [
    pytest.mark.skipif(papers.font_file() is None, reason=papers.NO_FONT),
    pytest.mark.skipif(not cutting.is_there(), reason=cutting.INSTALL),
]
LINES = (
    "Fuzhou police opened an overseas police service station in Madrid.",
    "Telephone: +34 612 345 678",
    "It renews driving licences.",
)
NOTICE = "A notice with a list of services"


def poster() -> bytes:
    """Lines with a telephone number above a face (a portrait in the public domain, of scikit-image), with EXIF."""
    from PIL import Image, ImageDraw, ImageFont
    from skimage import data

    page = Image.new("RGB", (1000, 1000), "white")
    font = ImageFont.truetype(str(papers.font_file()), 26)
    for number, line in enumerate(LINES):
        ImageDraw.Draw(page).text((40, 40 + 80 * number), line, fill="black", font=font)
    page.paste(Image.fromarray(data.astronaut()), (300, 400))
    exif = Image.Exif()
    exif[0x010F] = "Ollerby Cameras"
    out = io.BytesIO()
    page.save(out, "JPEG", exif=exif, quality=92)
    return out.getvalue()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    made = folder / "case"
    (folder / "poster.jpg").write_bytes(poster())
    ok("init", made, "--profile", "overseas-stations")
    ok("add", "--case", made, folder / "poster.jpg")
    ok("build", "--case", made)
    return made


def statement(case: Path, prop: str) -> str:
    rows = [json.loads(line) for line in ok("export", "statements", "--case", case).splitlines()]
    return next(row["id"] for row in rows if row["property"] == prop)


def cut_out(case: Path, *args: object) -> Path:
    """Make a picture and return its file."""
    return Path(ok("picture", *args, "--case", case).split(": ")[0])


def judge(case: Path, *args: object, by: str) -> None:
    ok("judge", *args, "--as", by, "--why", "looked at", "--case", case, "--no-build")


def read_in(data: bytes) -> str:
    """What OCR reads in a picture."""
    from PIL import Image

    from overt.read import ocr

    return "\n".join(word.text for word in ocr.words(Image.open(io.BytesIO(data))))


def faces(data: bytes) -> int:
    whole = cutting.Order(data=data, media_type="image/png", page=None, box=cutting.WHOLE, covers=())
    return len(cutting.make(whole).faces)


def test_faces_withheld_words_and_all_but_pixels_are_gone(case: Path) -> None:
    said = ok("picture", statement(case, "service"), "--box", "0,0,1000,1000", "--case", case)
    assert "1 face" in said
    assert "2 lines" in said  # the number, and an accusation that nobody accepted
    data = Path(said.split(": ")[0]).read_bytes()
    words = read_in(data)
    assert "driving licences" in words
    assert "612" not in words
    assert "Fuzhou" not in words
    assert b"Ollerby" not in data
    assert b"Exif" not in data
    assert faces(poster()) == 1
    assert faces(data) == 0


def test_a_cut_out_shows_the_words_of_a_statement_and_no_more(case: Path) -> None:
    words = read_in(cut_out(case, statement(case, "service")).read_bytes())
    assert "".join(words.split()) == "Itrenewsdrivinglicences."


def test_a_picture_is_public_after_two_people_wrote_what_it_shows_and_not_once_it_shows_too_much(case: Path) -> None:
    service, place = statement(case, "service"), statement(case, "located_in")
    file = cut_out(case, service)
    for by in ("ann", "ben"):
        judge(case, "accept", service, by=by)
        judge(case, "accept", place, by=by)
    judge(case, "shows", file.stem[:12], service, "--words", NOTICE, by="ann")
    assert "1 of 2 reviewers say that it shows this" in ok("publish", "--check", "--case", case)
    judge(case, "shows", file.stem[:12], service, "--words", NOTICE, by="ben")
    assert f"picture: {NOTICE}" in ok("publish", "--check", "--case", case)
    ok("publish", "--as", "ann", "--case", case)
    public = case / "releases" / "1" / "public"
    shown = list((public / "pictures").iterdir())
    assert [one.read_bytes() for one in shown] == [file.read_bytes()]
    pages = [p.read_text(encoding="utf-8") for p in (public / "en").rglob("*.html")]
    assert [NOTICE in page for page in pages if "<figure>" in page] == [True]
    row = json.loads((public / "data" / "pictures.jsonl").read_text(encoding="utf-8"))
    assert (row["shows"], row["file"]) == (NOTICE, f"pictures/{shown[0].name}")
    assert "0 broken" in ok("verify", "--case", case)
    assert not any(b"poster" in p.read_bytes() for p in public.rglob("*") if p.is_file())  # the name of the file

    ok("judge", "redact", "driving licences", "--as", "ann", "--why", "asked", "--case", case)
    assert "it shows words that may not be public" in ok("publish", "--check", "--case", case)
    ok("publish", "--as", "ann", "--case", case)
    second = case / "releases" / "2" / "public"
    assert not (second / "pictures").exists()
    assert not any(b"driving licences" in p.read_bytes() for p in second.rglob("*") if p.is_file())

    ok("withdraw", service, "--reason", "private", "--as", "ann", "--why", "asked", "--no-publish", "--case", case)
    assert shown[0].read_bytes() != file.read_bytes()


def flowing() -> bytes:
    """A PDF in which a paragraph goes on on the next page, with a telephone number there."""
    words = "The office in the hall renews papers on each day of the week and answers letters. " * 12
    text = "#set page(width: 12cm, height: 9cm)\n#set text(size: 11pt)\n" + words
    return papers.compile_pdf(text + "Whoever comes later calls +34 612 345 678 and asks for the desk. " + words)


def test_words_that_go_on_on_another_page_are_covered_there(tmp_path: Path) -> None:
    made = tmp_path / "case"
    (tmp_path / "flow.pdf").write_bytes(flowing())
    ok("init", made, "--profile", "overseas-stations")
    ok("add", "--case", made, tmp_path / "flow.pdf")
    ok("build", "--case", made)
    capture = sha256((tmp_path / "flow.pdf").read_bytes())
    read = {n: read_in(cut_out(made, capture[:16], "--page", str(n)).read_bytes()) for n in (1, 2)}
    assert "612" not in "".join("".join(text.split()) for text in read.values())


def test_a_page_of_which_no_words_are_known_is_refused(case: Path) -> None:
    capture = sha256(poster())
    assert read_in(cut_out(case, capture[:16], "--page", "1").read_bytes()).count("612") == 0
    done = run("picture", capture[:16], "--page", "2", "--case", case)
    assert done.code == 2
    assert "nothing tells which words stand on page 2" in done.complaint


def test_a_recipe_that_does_not_make_its_picture_is_refused(case: Path) -> None:
    file = cut_out(case, statement(case, "service"), "--box", "0,0,900,300")
    recipe = file.with_suffix(".json")
    forged = json.loads(recipe.read_text(encoding="utf-8")) | {"covers": [[0, 0, 1000, 1000]]}
    recipe.write_text(json.dumps(forged), encoding="utf-8")
    args = (
        "judge",
        "shows",
        file.stem[:12],
        statement(case, "service"),
        "--words",
        NOTICE,
        "--as",
        "ann",
        "--why",
        "y",
    )
    done = run(*args, "--case", case)
    assert "it is not what its recipe makes" in done.complaint
    file.unlink()
    recipe.unlink()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("picture", "abcdef012345"), "no statement"),
        (("picture", "STATEMENT", "--box", "1,2"), "left,top,right,bottom"),
        (("picture", "STATEMENT", "--box", "900,0,100,10"), "left and top come before"),
        (("judge", "shows", "abcdef012345", "STATEMENT", "--words", "x", "--as", "ann", "--why", "y"), "no picture"),
    ],
)
def test_wrong_pictures_are_one_clear_line(case: Path, args: tuple[str, ...], says: str) -> None:
    service = statement(case, "service")
    done = run(*(service if arg == "STATEMENT" else arg for arg in args), "--case", case)
    assert done.code == 2
    assert says in done.complaint


def test_a_picture_that_was_changed_is_broken_and_not_published(case: Path) -> None:
    file = cut_out(case, statement(case, "service"), "--box", "0,0,500,500")
    file.write_bytes(file.read_bytes() + b"x")
    done = run("verify", "--case", case)
    assert done.code == 1
    assert f"pictures/{file.name}" in done.out
    file.unlink()
