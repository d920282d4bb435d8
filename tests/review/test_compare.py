"""What changed between two captures is found whole, in words, and a change of white space is none."""

from hypothesis import given, settings
from hypothesis import strategies as st

from overt.model import Document, Grade, Passage, PassageKind, Reader
from overt.review.compare import Kind, as_text, compare, words_changed

READER = Reader(name="test", version="1")


def document(*texts: str, title: str | None = None, grade: Grade = Grade.WHOLE) -> Document:
    passages = tuple(Passage(kind=PassageKind.PARAGRAPH, text=text) for text in texts)
    return Document(capture="0" * 64, passages=passages, reader=READER, title=title, grade=grade)


OPENED = "The office in Dublin opened in May and renews licences."
STREET = "It stands in Capel Street."
COURT = "A court will hear the case in autumn."


def test_changed_added_removed_and_moved_passages_are_told_apart() -> None:
    before = document(OPENED, STREET, COURT, title="Office opens")
    closed = OPENED.replace("opened in May", "closed in June")
    after = document("Correction: see below.", COURT, closed, title="Office closed")
    made = compare(before, after)
    assert [change.kind for change in made.changes] == [Kind.FIELD, Kind.ADDED, Kind.REMOVED, Kind.CHANGED]
    assert made.same == 1
    assert as_text(made.changes[0]) == "title: [-Office opens-] {+Office closed+}"
    assert as_text(made.changes[1]) == "added 0: Correction: see below."
    assert as_text(made.changes[2]) == f"removed 1: {STREET}"
    words = as_text(made.changes[3])
    assert "[-opened-]{+closed+}" in words
    assert "[-May-]{+June+}" in words


def test_what_moved_is_not_new() -> None:
    made = compare(document(OPENED, STREET, COURT, "One.", "Two."), document(COURT, "One.", "Two.", OPENED, STREET))
    assert {change.kind for change in made.changes} == {Kind.MOVED}


def test_white_space_is_no_change_and_a_shell_is_one() -> None:
    assert compare(document("One  two\nthree"), document("One two three")).changes == ()
    made = compare(document(OPENED), document("Please log in.", grade=Grade.SHELL))
    assert made.changes[0].name == "grade"
    assert (made.count(Kind.REMOVED), made.count(Kind.ADDED)) == (1, 1)


def test_chinese_is_compared_by_characters() -> None:
    pieces = words_changed("共设立三十个海外服务站。", "共设立五十四个海外服务站。")
    assert [(p.kind, p.text) for p in pieces] == [
        ("same", "共设立"),
        ("removed", "三"),
        ("added", "五"),
        ("same", "十"),
        ("added", "四"),
        ("same", "个海外服务站。"),
    ]


TEXTS = st.lists(st.text(alphabet="ab 站.", min_size=1, max_size=12), max_size=8)


@settings(deadline=None, max_examples=80)
@given(old=TEXTS, new=TEXTS)
def test_nothing_is_lost_and_nothing_is_invented(old: list[str], new: list[str]) -> None:
    made = compare(document(*old), document(*new))
    gone = [c.before for c in made.changes if c.before is not None]
    come = [c.after for c in made.changes if c.after is not None]
    assert len(gone) == len(set(gone))
    assert len(come) == len(set(come))
    assert made.same + len(gone) == len(old)
    assert made.same + len(come) == len(new)
    assert compare(document(*old), document(*old)).changes == ()


@settings(deadline=None, max_examples=80)
@given(old=st.text(max_size=60), new=st.text(max_size=60))
def test_the_pieces_hold_both_texts(old: str, new: str) -> None:
    pieces = words_changed(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new
