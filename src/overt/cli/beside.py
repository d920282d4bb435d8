"""What `overt count --reported` shows: numbers that somebody gave beside the recount, as a table or row by row."""

from overt.cli.screen import out_json, say, several, table, tree
from overt.model import Registry
from overt.places import gazetteer
from overt.profile import Profile
from overt.review import Branch
from overt.weigh import reported_counts
from overt.weigh.differences import BOTH, SAID_ALONE, Compared, differences, is_of_rows

MOST_SHOWN = 12  # ids of statements in one line


def show_reported(registry: Registry, profile: Profile, explained: bool, as_json: bool) -> None:
    """Print the reported counts of a case; `explained` adds what makes the difference."""
    if explained:
        found = differences(registry, profile)
        if as_json:
            out_json(found)
            return
        for one in found:
            tree(_branch(one))
        if not found:
            say("nobody in this case gives a number")
        return
    rows = reported_counts(registry, profile)
    if as_json:
        out_json(rows)
        return
    table(
        ["number", "unit", "whose", "where", "as of", "qualifier", "who says it", "recount", "note", "statement"],
        [
            [
                f"{r.number:g}",
                r.unit,
                r.whose or "-",
                _place(r.where),
                r.as_of or "-",
                r.qualifier or "-",
                r.voice,
                "-" if r.recount is None else r.recount,
                r.conflation or r.why_not or "",
                r.statement[:12],
            ]
            for r in rows
        ],
    )


def _place(where: str | None) -> str:
    place = gazetteer.get(where) if where else None
    return (place.names.get("en") or place.id) if place is not None else where or "-"


def _branch(one: Compared) -> Branch:
    parts = [f"{(one.qualifier or '').replace('_', ' ')} {one.number:g} {one.unit}".strip()]
    parts += [f"of {one.whose}"] if one.whose else []
    parts += [f"in {_place(one.where)}"] if one.where else []
    parts += [f"as of {one.as_of}"] if one.as_of else []
    top = Branch(", ".join(parts))
    ids = " ".join(s[:12] for s in one.statements[:MOST_SHOWN])
    more = f" and {len(one.statements) - MOST_SHOWN} more" if len(one.statements) > MOST_SHOWN else ""
    top.add(
        f"said by {', '.join(one.voices) or 'nobody named'}: {several(len(one.statements), 'statement')}, "
        f"{several(len(one.origins), 'root')}: {ids}{more}"
    )
    if one.conflation:
        top.add(f"a conflation of two reports: {one.conflation}")
    if one.recount is None:
        top.add(f"not compared: {one.why_not or 'the day of the number is not known'}")
        return top
    count = top.add(f"recount of {one.day}: {one.recount} {one.unit}")
    rows = [row for row in one.rows if row.where != SAID_ALONE]
    for row in rows:
        note = "named by the number's root too" if row.where == BOTH else "not named by the number's root in this case"
        count.add(f"{row.label} [{row.id[:12]}]: {note}")
    for row in (row for row in one.rows if row.where == SAID_ALONE):
        top.add(f"its root names, and the recount leaves out: {row.label} [{row.id[:12]}]: {row.reason}")
    if one.unnamed:
        top.add(f"{one.unnamed:g} more {one.unit} than the recount: named by no page of this case by then")
    elif one.recount > one.number:
        top.add(f"{one.recount - one.number:g} fewer {one.unit} than the recount")
    if one.later and is_of_rows(one.unit):
        later = top.add(f"{several(len(one.later), 'row')} that this case has only from later pages")
        for row in one.later:
            later.add(f"{row.label} [{row.id[:12]}]")
    return top


__all__ = ["show_reported"]
