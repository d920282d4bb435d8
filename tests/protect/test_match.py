"""Finding names by an index finds what looking for each name by itself finds."""

from hypothesis import given
from hypothesis import strategies as st

from overt.protect.match import Index, find, fold_name, folded
from overt.words.scripts import is_cjk

WORDS = st.text(alphabet="abé 金灯A-1", min_size=1, max_size=7)


def _each_by_itself(text: str, names: set[str]) -> set[tuple[int, int, str]]:
    plain = folded(text)
    out = set()
    for name in names:
        at = plain.text.find(name) if name else -1
        while at >= 0:
            end = at + len(name)
            if all(_is_edge(plain.text, edge) for edge in (at, end)):
                out.add((plain.at[at], plain.at[end - 1] + 1, name))
            at = plain.text.find(name, at + 1)
    return out


def _is_edge(text: str, at: int) -> bool:
    if at in (0, len(text)):
        return True
    left, right = text[at - 1], text[at]
    return " " in (left, right) or is_cjk(left) or is_cjk(right)


@given(st.text(alphabet="abé 金灯A-1.", max_size=30), st.sets(WORDS, max_size=6))
def test_an_index_finds_what_each_name_by_itself_finds(text: str, names: set[str]) -> None:
    known = {fold_name(name) for name in names} - {""}
    assert set(find(folded(text), Index(known))) == _each_by_itself(text, known)
