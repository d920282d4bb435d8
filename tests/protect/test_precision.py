"""Places are published as finely as the profile says, and never more finely than a city."""

import pytest

from overt.places import gazetteer
from overt.protect.places import at_most, city_level

PARIS = next(span.place.id for span in gazetteer.find("Paris", "en"))


@pytest.mark.parametrize(("precision", "expected"), [("city", "city"), ("country", "country")])
def test_a_place_is_no_finer_than_the_profile_says(precision: str, expected: str) -> None:
    made = city_level(PARIS, at_most(gazetteer.get, precision))
    assert made is not None
    assert made.precision == expected
    assert (made.lat is None) is (expected != "city")


def test_a_region_hides_its_cities() -> None:
    made = city_level(PARIS, at_most(gazetteer.get, "region"))
    assert made is not None
    assert made.precision in ("region", "country")
