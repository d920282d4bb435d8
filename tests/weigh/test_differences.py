"""The difference between a reported number and the recount, row by row: what its roots name, and what others name."""

from builders import PROFILE, case, say, site, voice

from overt.model import Question, Registry, Scope, Support
from overt.weigh import count
from overt.weigh.differences import BOTH, RECOUNT_ALONE, SAID_ALONE, Compared, differences

WATCHDOG = voice("Safeguard Defenders")
SITES = [site("network", None, group="network", country=None), site("a"), site("b", "c:perth"), site("c", "c:madrid")]


def told(number: int, page: str = "Post", **more):
    scope = Scope(where=more.pop("where", None), whose=more.pop("whose", None))
    more = {"published": "2022-10-13", "qualifier": "at_least", **more}
    return say(
        "reported_count", "", WATCHDOG, page=page, entity="network", number=float(number), unit="sites", scope=scope,
        group="network", **more,
    )  # fmt: skip


def there(entity: str, place: str, *voices, **more):
    return say("located_in", place, *voices, entity=entity, normal=place, page=f"Paper {entity}", **more)


SAID = (
    there("a", "c:sydney", WATCHDOG, published="2022-09-01"),
    there("b", "c:perth", voice("The Gazette"), published="2022-09-02"),
    there("c", "c:madrid", WATCHDOG, published="2023-01-01"),
)


def compared(*statements) -> list[Compared]:
    return differences(case(SITES, [*SAID, *statements]), PROFILE)


def test_rows_are_told_apart_by_whether_the_roots_of_the_number_name_them() -> None:
    (made,) = compared(told(54))
    assert {row.id: row.where for row in made.rows} == {"a": BOTH, "b": RECOUNT_ALONE}
    assert (made.recount, made.unnamed) == (2, 52)
    assert made.day == "2022-10-13"


def test_rows_that_came_later_are_told_apart() -> None:
    (made,) = compared(told(54))
    assert [row.id for row in made.later] == ["c"]


def test_pages_that_repeat_one_number_are_one_line_with_all_their_statements() -> None:
    one, other = told(54), told(54, page="Courier")
    (made,) = compared(one, other)
    assert made.statements == tuple(sorted((one.id, other.id)))
    assert (made.voices, len(made.origins)) == (("Safeguard Defenders",), 1)


def test_what_the_root_names_and_the_recount_leaves_out_has_its_reason() -> None:
    denied = there("d", "c:dublin", WATCHDOG, published="2022-09-03", stance="alleges")
    made = differences(case([*SITES, site("d", "c:dublin")], [*SAID, denied, told(54)]), PROFILE)[0]
    (left,) = [row for row in made.rows if row.where == SAID_ALONE]
    assert left.id == "d"
    assert "alleged" in left.reason


def test_a_number_of_one_country_is_set_beside_the_rows_of_that_country() -> None:
    (made,) = compared(told(3, where="AU"))
    assert sorted(row.id for row in made.rows) == ["a", "b"]
    assert made.later == ()


def test_what_cannot_be_compared_says_why_and_lists_nothing() -> None:
    (made,) = compared(told(30, whose="Fuzhou"))
    assert made.recount is None
    assert "Fuzhou" in (made.why_not or "")
    assert made.rows == made.later == ()


def test_the_order_of_statements_changes_nothing() -> None:
    registry = case(SITES, [*SAID, told(54), told(48, page="Courier")])
    turned = Registry(**{f: getattr(registry, f) for f in registry.__struct_fields__} | {
        "statements": registry.statements[::-1]})  # fmt: skip
    assert differences(registry, PROFILE) == differences(turned, PROFILE)


def test_a_count_stands_under_each_operator_and_under_its_support() -> None:
    said = say("operator", "Fuzhou police", voice("The Gazette"), entity="a", normal="fuzhou police")
    registry = case(SITES, [*SAID, said])
    by = {g: count(registry, PROFILE, Question(kind="reported_site", by=g)).by for g in ("operator", "support")}
    assert by["support"] == {Support.REPORTED.word: (3, 3)}
    assert by["operator"][""] == (2, 2)
    assert sum(low for key, (low, _) in by["operator"].items() if key) == 1
