"""Commands that show where knowledge comes from and where it is missing: origins and gaps."""

from collections import defaultdict
from pathlib import Path

import click
import msgspec

from overt.cli.screen import case_option, opened, out_json, say, table, tree
from overt.model import InputError, Registry, Statement
from overt.review import Branch
from overt.weigh import Gap, gaps

as_json_option = click.option("--json", "as_json", is_flag=True, help="For machines.")


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A page of an origin: address, outlet, date, the statements in it that come from there, and through whom."""

    address: str
    outlet: str | None
    published: str | None
    statements: tuple[str, ...]
    through: tuple[str, ...] = ()


class Traced(msgspec.Struct, frozen=True, kw_only=True):
    """An origin with its members: root, the reasons by which statements were joined to it, and the pages."""

    id: str
    root: str
    reason: str
    pages: tuple[Member, ...]


@click.command("origins")
@click.argument("target", required=False)
@click.option("--members", is_flag=True, help="Each page of an origin with its statements.")
@as_json_option
@case_option
def origins_command(target: str | None, members: bool, as_json: bool, folder: Path) -> None:
    """List the origins of all statements, or of TARGET (the id of an entity or fact, or its beginning)."""
    _, _, registry = opened(folder)
    found = traced(registry, target)
    if as_json:
        out_json(found)
        return
    pages = {page.address for one in found for page in one.pages}
    say(f"{len(found)} separate roots as far as traced, {len(pages)} pages", style="bold")
    if members:
        for one in found:
            tree(_branch(one))
        return
    table(
        ["origin", "root", "pages", "statements", "reason"],
        [[o.id[:12], o.root, len(o.pages), sum(len(p.statements) for p in o.pages), o.reason] for o in found],
    )


def traced(registry: Registry, target: str | None = None) -> list[Traced]:
    """Return origins with their members, the one with most pages first.

    Raises:
        InputError: where `target` names no entity or fact, or several.
    """
    wanted = _wanted(registry, target)
    by_origin: dict[str, list[Statement]] = defaultdict(list)
    for statement in registry.statements:
        if not statement.implied and statement.origin and (wanted is None or statement.id in wanted):
            by_origin[statement.origin].append(statement)
    made = [
        Traced(id=origin.id, root=origin.root, reason=origin.reason, pages=_pages(by_origin[origin.id]))
        for origin in registry.origins
        if origin.id in by_origin
    ]
    return sorted(made, key=lambda o: (-len(o.pages), o.root, o.id))


def _wanted(registry: Registry, target: str | None) -> set[str] | None:
    """Return the ids of the statements of an entity or fact, with the parents of the implied ones."""
    if target is None:
        return None
    ids = {e.id for e in registry.entities} | {f.id for f in registry.facts}
    found = sorted(i for i in ids if i.startswith(target.lower()))
    if len(found) != 1 or len(target) < 6:
        what = "several entities and facts begin" if len(found) > 1 else "no entity or fact begins"
        raise InputError(f"{what} with {target!r}; `overt why ID` and `overt count --explain` show ids")
    many = [s for s in registry.statements if found[0] in (s.subject.entity, s.fact)]
    return {s.parent or s.id for s in many}


def _chain(statement: Statement) -> str:
    """The voices of a statement as the page names them, the innermost first: by them it belongs to its root."""
    names = (v.organisation or v.speaker or v.role or str(v.kind) for v in statement.attribution)
    return " < ".join(dict.fromkeys(names))


def _pages(statements: list[Statement]) -> tuple[Member, ...]:
    pages: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        pages[statement.address].append(statement)
    made = [
        Member(
            address=address,
            outlet=many[0].attribution[-1].organisation if many[0].attribution else None,
            published=many[0].published,
            statements=tuple(sorted(s.id for s in many)),
            through=tuple(sorted({_chain(s) for s in many})),
        )
        for address, many in pages.items()
    ]
    return tuple(sorted(made, key=lambda m: (m.published or "9", m.address)))


def _branch(one: Traced) -> Branch:
    top = Branch(f"{one.root}  [{one.id[:12]}]  because {one.reason}")
    for page in one.pages:
        below = top.add(f"{page.published or 'no date'}  {page.outlet or page.address}  ({page.address})")
        for chain in page.through:
            below.add(f"said by {chain}")
        for statement in page.statements:
            below.add(f"statement {statement[:12]}")
    return top


@click.command("gaps")
@click.option("--sites", is_flag=True, help="Each site too, not the countries alone.")
@as_json_option
@case_option
def gaps_command(sites: bool, as_json: bool, folder: Path) -> None:
    """Show the earliest report in this case per country and language, and where none was looked at."""
    _, profile, registry = opened(folder)
    found = [gap for gap in gaps(registry, profile) if sites or as_json or gap.entity is None]
    if as_json:
        out_json(found)
        return
    table(
        ["country", "site", "earliest in this case", "days between, at least", "looked at, none found"],
        [[g.country or "-", g.label if g.entity else "", _told(g), g.days, ", ".join(g.silent) or "-"] for g in found],
    )
    unseen = found[0].unseen if found else ()
    if unseen:
        say(f"not looked at (the case holds no page in them): {', '.join(unseen)}")


def _told(gap: Gap) -> str:
    told = [f"{one.language} {one.published}" for one in gap.earliest]
    return "; ".join(told + [f"{language} without a date" for language in gap.undated]) or "-"


COMMANDS = (origins_command, gaps_command)
