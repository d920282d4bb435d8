"""A hundred thousand distinct names of bodies and sites, made from the divisions of the home state: how long they take.

No name is compared with all others: candidates share a place, a kind or letters. Slow, so it runs only when asked for.
"""

import time

from overt.places import china
from overt.profile import find_profile, load
from overt.resolve import Reader
from overt.resolve.alike import alike

NAMES = 100_000
_HOSTS = (
    ("Madrid", "马德里"),
    ("Rome", "罗马"),
    ("Paris", "巴黎"),
    ("Lisbon", "里斯本"),
    ("Vienna", "维也纳"),
    ("Budapest", "布达佩斯"),
    ("Toronto", "多伦多"),
    ("Sydney", "悉尼"),
)


def names(most: int) -> list[str]:
    """Return so many distinct names, in two scripts and three languages, the first in the order of their letters."""
    out: set[str] = set()
    for one in china.divisions().by_id.values():
        said = "".join(one.sound).capitalize()
        out |= {one.name + "公安局", f"{said} Public Security Bureau", f"{said} police"}
        out.add(f"Oficina de Seguridad Pública de {said}")
        for latin, han in _HOSTS:
            out |= {f"{han}{one.name}同乡会", f"{said} Hometown Association of {latin}"}
            out |= {f"{one.short}警侨驿站（{han}）", f"{said} police station in {latin}"}
    return sorted(out)[:most]


def table(most: int = NAMES) -> str:
    """The figures in one line."""
    made = names(most)
    reader = Reader(load(find_profile("overseas-stations")))
    start = time.perf_counter()
    for name in made:
        reader.read(name)
    read = time.perf_counter() - start
    start = time.perf_counter()
    found = alike(made, reader)
    compared = time.perf_counter() - start
    classes = len(set(found.classes.values()))
    return (
        f"{len(made)} distinct names: read in {read:.0f} s, candidates compared in {compared:.0f} s; "
        f"{classes} classes of several names, {len(found.pairs)} pairs with reasons"
    )


__all__ = ["names", "table"]
