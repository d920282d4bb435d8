"""One form for everything that is hashed, whichever encoder writes it."""

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from overt.model import canonical, digest, sha256

whole = st.integers(-(2**53) + 1, 2**53 - 1)
plain = st.recursive(
    st.text() | st.none() | st.booleans() | whole | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=9,
)


@given(plain)
def test_what_is_written_the_fast_way_has_its_canonical_bytes(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(st.lists(plain))
def test_what_is_hashed_the_fast_way_has_its_canonical_bytes(parts: list[object]) -> None:
    assert digest(*parts) == sha256(rfc8785.dumps(parts))


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_a_whole_number_is_hashed_alike_whether_it_is_held_as_a_float_or_not(number: int) -> None:
    assert canonical([float(number)]) == canonical([number])
