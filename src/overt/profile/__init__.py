"""Loads and checks a profile: what a case looks for, as data."""

from overt.profile.load import find_profile, fingerprint, load, shipped
from overt.profile.schema import Kind, KnownVoice, Profile, Property, Publication, Vocabulary

__all__ = [
    "Kind",
    "KnownVoice",
    "Profile",
    "Property",
    "Publication",
    "Vocabulary",
    "find_profile",
    "fingerprint",
    "load",
    "shipped",
]
