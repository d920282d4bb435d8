"""What waits for a person: first what two readers found alike."""

import msgspec

from overt.model import Registry
from overt.profile import Profile
from overt.review.waiting import UNJUDGED, waiting


def test_statements_whose_voice_two_readers_found_come_first(registry: Registry, profile: Profile) -> None:
    before = waiting(registry, profile, UNJUDGED)
    last = before[-1]
    agreed = msgspec.structs.replace(last, finder=msgspec.structs.replace(last.finder, agreed=True))
    others = tuple(agreed if s.id == last.id else s for s in registry.statements)
    after = waiting(msgspec.structs.replace(registry, statements=others), profile, UNJUDGED)
    assert after == [agreed, *before[:-1]]
