"""Loads and checks a profile: what a case looks for, as data."""

from overt.profile.faults import line_of_example, phrases_of
from overt.profile.hints import hints
from overt.profile.load import checked, find_profile, fingerprint, load, shipped
from overt.profile.new import new_profile
from overt.profile.schema import Example, Expected, Kind, KnownVoice, Profile, Property, Publication, Vocabulary

__all__ = [
    "Example",
    "Expected",
    "Kind",
    "KnownVoice",
    "Profile",
    "Property",
    "Publication",
    "Vocabulary",
    "checked",
    "find_profile",
    "fingerprint",
    "hints",
    "line_of_example",
    "load",
    "new_profile",
    "phrases_of",
    "shipped",
]
