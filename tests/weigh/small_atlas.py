"""Nineteen places, enough to weigh by: a stand-in for the gazetteer, so that these tests tell of weighing alone.

The real gazetteer has its own tests; here every place, name and containment can be read on one screen.
"""

from collections.abc import Iterator

import pytest

from overt.places import gazetteer
from overt.places.gazetteer import Place, PlaceSpan
from overt.resolve import names

_ROWS = (
    # id, kind, part of, names
    ("AU", "country", None, ("Australia", "澳大利亚")),
    ("CN", "country", None, ("China", "中国")),
    ("ES", "country", None, ("Spain", "西班牙")),
    ("IE", "country", None, ("Ireland", "爱尔兰")),
    ("GB", "country", None, ("UK", "英国")),
    ("c:sydney", "city", "AU", ("Sydney", "悉尼")),
    ("c:perth", "city", "AU", ("Perth", "珀斯")),
    ("c:madrid", "city", "ES", ("Madrid", "马德里")),
    ("c:valencia", "city", "ES", ("Valencia", "瓦伦西亚")),
    ("c:dublin", "city", "IE", ("Dublin", "都柏林")),
    ("c:london", "city", "GB", ("London", "伦敦")),
    ("d:croydon", "district", "c:london", ("Croydon", "克罗伊登")),
    ("d:hendon", "district", "c:london", ("Hendon",)),
    ("r:zhejiang", "region", "CN", ("Zhejiang", "浙江")),
    ("r:fujian", "region", "CN", ("Fujian", "福建")),
    ("c:fuzhou", "city", "r:fujian", ("Fuzhou", "福州市", "福州")),
    ("c:wenzhou", "city", "r:zhejiang", ("Wenzhou", "温州市", "温州")),
    ("c:lishui", "city", "r:zhejiang", ("Lishui", "丽水市", "丽水")),
    ("d:qingtian", "district", "c:lishui", ("Qingtian", "青田县", "青田")),
)
_PEOPLES = {"Chinese": "CN", "Irish": "IE", "British": "GB", "Australian": "AU", "Spanish": "ES"}
_PART_OF = {row[0]: row[2] for row in _ROWS}


def _chain(place: str) -> list[str]:
    chain = [place]
    while (above := _PART_OF.get(chain[-1])) is not None:
        chain.append(above)
    return chain


PLACES = {
    place: Place(
        id=place,
        kind=kind,
        names={"en": words[0], "zh": words[-1]},
        country=_chain(place)[-1],
        lat=0,
        lon=0,
        radius_km=1,
        part_of=above,
    )
    for place, kind, above, words in _ROWS
}


def _find(text: str, language: str | None, prefer: object = ()) -> list[PlaceSpan]:
    found: list[PlaceSpan] = []
    spans = sorted(((words, row[0]) for row in _ROWS for words in row[3]), key=lambda pair: -len(pair[0]))
    for words, place in spans:
        at = text.find(words)
        if at >= 0 and not any(s.start < at + len(words) and at < s.end for s in found):
            found.append(PlaceSpan(start=at, end=at + len(words), place=PLACES[place], words=words))
    return sorted(found, key=lambda s: s.start)


def _demonyms(text: str, language: str | None) -> list[tuple[int, int, str]]:
    return [(text.find(w), text.find(w) + len(w), country) for w, country in _PEOPLES.items() if w in text]


def _forget() -> None:
    for function in (names.fold_name, names.operator_key, names.fold_street):
        function.cache_clear()


def atlas() -> Iterator[None]:
    """Put the small atlas in the place of the gazetteer, and the gazetteer back."""
    with pytest.MonkeyPatch.context() as patch:
        _forget()
        patch.setattr(gazetteer, "get", PLACES.get)
        patch.setattr(gazetteer, "find", _find)
        patch.setattr(gazetteer, "demonyms", _demonyms)
        patch.setattr(gazetteer, "contains", lambda outer, inner: outer in _chain(inner))
        patch.setattr(gazetteer, "country_of", lambda p: PLACES[p].country if p in PLACES else None)
        patch.setattr(gazetteer, "label", lambda p, lang: PLACES[p].names.get(lang, p) if p in PLACES else p)
        yield
    _forget()
