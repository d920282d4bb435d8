"""One form for everything that is hashed, whichever encoder writes it."""

from hypothesis import given
from hypothesis import strategies as st

from overt.model import canonical, digest, sha256

plain = st.recursive(st.text() | st.none() | st.integers(-(2**60), 2**60), st.lists, max_leaves=9)


@given(st.lists(plain))
def test_what_is_hashed_the_fast_way_has_its_canonical_bytes(parts: list[object]) -> None:
    try:
        wanted = sha256(canonical(parts))
    except ValueError:  # canonical JSON has no such number
        wanted = None
    if wanted is not None:
        assert digest(*parts) == wanted


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_a_whole_number_is_hashed_alike_whether_it_is_held_as_a_float_or_not(number: int) -> None:
    assert canonical([float(number)]) == canonical([number])
