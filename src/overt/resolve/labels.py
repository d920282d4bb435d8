"""Neutral labels for entities: the kind's own label and a place, never a word of a claim and never a name.

The words in between are this room's only ones; everything else is the profile's and the gazetteer's.
"""

from overt.places import gazetteer
from overt.profile.schema import Profile

_LANGUAGE = "en"  # the language of labels inside a case; pages make their own in their language


def label(profile: Profile, kind: str, place: str | None, country: str | None, group: str | None) -> str:
    """Return the label of an entity: "Reported site in Sydney, Australia"; "Reported sites in Spain".

    Args:
        profile: gives the kind's label, and its plural for groups.
        kind: a kind of the profile; an unknown one is shown by its code.
        place: the entity's place id, if any.
        country: its alpha-2 code, if any.
        group: as in `Mention.group`.
    """
    rule = profile.kinds.get(kind)
    one = kind.replace("_", " ").capitalize() if rule is None else rule.label.get(_LANGUAGE, kind)
    many = one if rule is None else rule.plural.get(_LANGUAGE, one)
    if group is None:
        where = _where(place, country)
        return f"{one} in {where}" if where else f"{one}, place not said"
    sort, _, key = group.partition(":")
    if sort == "territory":
        return f"{many} in {_where(key, gazetteer.country_of(key))}"
    where = _where(place, country)
    inside = f" in {where}" if where else ""
    ways = {"network": f"{many}, as a whole", "operator": f"{many} of one operator", "batch": f"{many} of one batch"}
    return ways.get(sort, f"{many}, a group") + inside


def _where(place: str | None, country: str | None) -> str:
    if place is None:
        return gazetteer.label(country, _LANGUAGE) if country else ""
    words = gazetteer.label(place, _LANGUAGE)
    whole = country or gazetteer.country_of(place)
    return words if whole is None or whole == place else f"{words}, {gazetteer.label(whole, _LANGUAGE)}"
