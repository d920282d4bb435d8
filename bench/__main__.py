"""`python -m bench` runs all benchmarks and prints their tables; `python -m bench gates` checks the floors."""

import sys

from bench import (
    attribution_table,
    chinese,
    commands,
    dated,
    extraction,
    formats,
    gates,
    incremental,
    labelled,
    many_names,
    model,
    names,
    origins,
    publishing,
    scale,
    searching,
    speed,
    walls,
)

TABLES = {
    "speed": speed.table,
    "labelled": labelled.table,
    "attribution": attribution_table.table,
    "chinese": chinese.table,
    "extraction": extraction.table,
    "dates": dated.table,
    "walls": walls.table,
    "formats": formats.table,
    "names": names.table,
    "origins": origins.table,
    "scale": scale.table,
    "incremental": incremental.table,
    "commands": commands.table,
    "many-names": many_names.table,
    "model": model.table,
    "publishing": publishing.table,
    "searching": searching.table,
}
# Takes minutes: only when asked for.
_SLOW = frozenset({"commands", "incremental", "many-names", "model", "origins", "publishing", "scale", "searching"})

wanted = sys.argv[1:]
if wanted == ["gates"]:
    sys.exit(gates.main())
if wanted[:1] == ["extraction"] and len(wanted) == 2:
    print(extraction.table(wanted[1]))
    sys.exit()
if len(wanted) > 1 or not set(wanted) <= set(TABLES):
    sys.exit(
        f"usage: python -m bench [gates | {' | '.join(TABLES)}]    (extraction also takes the folder of its pages)"
    )
for name in wanted or [name for name in TABLES if name not in _SLOW]:
    print(TABLES[name]())
