"""Settings that a command writes: the rows are there afterwards, and whatever a person wrote beside them stays."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from overt.toml_rows import Plain, with_rows

KEYS = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
VALUES = st.text(max_size=20) | st.integers(-(10**6), 10**6) | st.booleans() | st.floats(0, 1e6)
WRITTEN = '# mine\n[finders]  # on\npatterns = "4"  # keep\n\n[net]\npermit = []\n'


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_what_is_written_is_read_again_in_a_new_table(rows: dict[str, Plain]) -> None:
    text = with_rows(WRITTEN, "model", rows)
    assert text.startswith(WRITTEN)
    assert tomllib.loads(text)["model"] == rows


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_rows_are_put_into_a_table_that_is_there_once(rows: dict[str, Plain]) -> None:
    text = with_rows(WRITTEN, "finders", rows)
    assert tomllib.loads(text)["finders"] == {"patterns": "4", **rows}
    assert tomllib.loads(text)["net"] == {"permit": []}
    assert with_rows(text, "finders", rows) == text
    assert "# mine" in text


def test_a_row_that_is_there_is_changed_where_it_stands() -> None:
    text = with_rows(WRITTEN, "finders", {"patterns": "5", "llm": "1"})
    assert text.splitlines()[:4] == ["# mine", "[finders]  # on", 'patterns = "5"', 'llm = "1"']
