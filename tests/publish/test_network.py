"""The network: accepted statements alone make edges, each opens its passages, withheld names join nothing, and the
drawing is one drawing."""

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from made_up import BOTH, WATCH, MadeUp, example
from reading import book, parsed, site

from overt.publish import layered
from overt.publish.labels import Labels
from overt.publish.lettering import lines, width
from overt.publish.network import Network, network
from overt.publish.words import catalogue

BUREAU = "Fuzhou Public Security Bureau"
CLUB = "Golden Lantern Hometown Association"


def told(case: MadeUp, language: str = "en") -> Network:
    made = book(case)
    return network(made, Labels(made, catalogue(language)))


def page_of(case: MadeUp) -> html.HtmlElement:
    return parsed(site(case))["en/network.html"]


def two_entries(operator: str, by: tuple[str, ...] = BOTH, stance: str = "states") -> MadeUp:
    """Two cities, each with an operator of the same name, and the network as a part of a framework."""
    case = MadeUp()
    madrid, glasgow = case.site("madrid"), case.site("glasgow", place="geonames:2", country="GB")
    network_ = case.site("network", place=None, country=None, group="network")
    text = f"The station in Madrid is run by {operator}. So is that in Glasgow: {operator}. It is older, a framework."
    page = case.page(text)
    case.says(page, madrid, "operator", operator, text[: text.index("So is")], BOTH, voice=WATCH)
    case.says(page, glasgow, "operator", operator, f"So is that in Glasgow: {operator}.", by, stance, voice=WATCH)
    works = "United Front Work Department"
    case.says(page, network_, "part_of", works, "It is older, a framework.", BOTH, "alleges", voice=WATCH)
    return case


def test_one_body_of_two_entries_is_one_node() -> None:
    made = told(two_entries(BUREAU))
    assert len(made.edges) == 3
    assert len({e.target.anchor for e in made.edges if e.property == "operator"}) == 1
    assert [e.state for e in made.edges if e.property == "part_of"] == ["alleged"]


def test_a_withheld_name_joins_no_two_entries() -> None:
    case = two_entries(CLUB)
    operators = [e.target for e in told(case).edges if e.property == "operator"]
    assert len({node.anchor for node in operators}) == 2
    assert all(node.is_withheld for node in operators)
    text = page_of(case).text_content()
    assert "an association in Madrid, name withheld" in text
    assert "an association in Glasgow, name withheld" in text
    assert "Lantern" not in text


def test_an_edge_needs_as_many_reviewers_as_an_accusation() -> None:
    lone = two_entries(BUREAU, by=("demo-1",))
    assert len(told(lone).edges) == 2
    draft = book(lone, is_draft=True)
    assert (
        len(network(draft, Labels(draft, catalogue("en"))).edges) == 2
    )  # a preview shows no more than would be public


def test_a_denied_edge_says_so_and_is_drawn_otherwise() -> None:
    case = two_entries(BUREAU, stance="denies")
    assert sorted(e.state for e in told(case).edges) == ["alleged", "denied", "said"]
    page = page_of(case)
    assert len(page.xpath("//svg[@class='net']//path[contains(@class, 'e-denied')]")) == 1
    assert len(page.xpath("//tbody[@id='edges']//span[@class='flag']")) == 1


def test_each_line_of_the_drawing_is_a_link_to_its_row_and_its_row_holds_the_passages() -> None:
    page = page_of(two_entries(BUREAU))
    rows = page.xpath("//tbody[@id='edges']/tr")
    drawn = page.xpath("//svg[@class='net']/a[path]")
    assert len(rows) == len(drawn) == 3
    assert {f"#{row.get('id')}" for row in rows} == {link.get("href") for link in drawn}
    for row in rows:
        assert row.xpath(".//blockquote//mark")
        assert row.xpath(".//a[contains(@href, '#s-')]")
    for link in page.xpath("//svg[@class='net']//a"):
        assert link.get("href")
        assert link.xpath("string(./title)").strip()


def test_every_box_stands_in_the_table_too() -> None:
    page = page_of(two_entries(BUREAU))
    drawn = {" ".join(box.text_content().split()) for box in page.xpath("//svg[@class='net']/a/text")}
    cells = page.xpath("//tbody[@id='edges']/tr/th | //tbody[@id='edges']/tr/td/b")
    assert drawn == {cell.text_content().strip() for cell in cells}


def test_counted_entries_of_which_no_edge_tells_are_listed() -> None:
    made = told(example())
    listed = page_of(example()).xpath("//ul[@id='no-edge']/li")
    assert len(listed) == len(made.without) == 2
    assert not {e.source.thing for e in made.edges} & set(made.without)


def test_the_words_are_those_of_the_reader_where_there_are_such() -> None:
    case = two_entries(BUREAU)
    chinese = case.page("福州市公安局设立了马德里站点。", language="zh-Hans")
    says = case.says(chinese, case.site("madrid"), "operator", BUREAU, "福州市公安局", BOTH)
    case.statements[-2 if case.statements[-1].implied else -1] = says
    english = {labels for e in told(case, "en").edges for labels in [e.target.example.language]}
    chinese_of = {e.target.example.language for e in told(case, "zh").edges if len(e.statements) == 2}
    assert english == {"en"}
    assert chinese_of == {"zh-Hans"}


GRAPHS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14)


@given(GRAPHS, st.randoms(use_true_random=False))
def test_the_same_graph_in_any_order_is_drawn_the_same(pairs: list[tuple[int, int]], rng: random.Random) -> None:
    links = [(f"a{a}", f"{'bc'[b % 2]}{b}") for a, b in pairs]
    layers = [[f"a{n}" for n in range(7)], [f"b{n}" for n in range(0, 7, 2)], [f"c{n}" for n in range(1, 7, 2)]]
    heights = {node: 10 + 7 * (number % 3) for layer in layers for number, node in enumerate(layer)}
    first = layered.layout(layers, links, heights, 5)
    mixed = [rng.sample(layer, len(layer)) for layer in layers]
    assert layered.layout(mixed, rng.sample(links, len(links)), heights, 5) == first
    for layer in layers:
        tops = sorted((first[0][node], heights[node]) for node in layer)
        for (top, tall), (below, _) in pairwise(tops):
            assert top + tall <= below  # boxes of one layer never lie on one another


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 9)), min_size=1, max_size=12))
def test_positions_keep_their_distance_and_move_no_more_than_they_must(items: list[tuple[int, int]]) -> None:
    wanted, steps = [float(w) for w, _ in items], [float(s) for _, s in items]
    found = layered.spread(wanted, steps)
    for at in range(len(found) - 1):
        assert found[at + 1] - found[at] >= steps[at] - 1e-9
    if all(wanted[at + 1] - wanted[at] >= steps[at] for at in range(len(wanted) - 1)):
        assert all(abs(a - b) < 1e-9 for a, b in zip(found, wanted, strict=True))


def test_lines_that_need_not_cross_do_not_cross() -> None:
    links = [("a1", "b4"), ("a2", "b3"), ("a3", "b2"), ("a4", "b1")]
    layers = [["a1", "a2", "a3", "a4"], ["b1", "b2", "b3", "b4"]]
    tops, _ = layered.layout(layers, links, dict.fromkeys((n for layer in layers for n in layer), 10), 5)
    assert sorted(layers[1], key=tops.__getitem__) == ["b4", "b3", "b2", "b1"]


@given(st.text(alphabet="ab 中国 ,LongWordthatdoesnotbreak", max_size=80), st.integers(4, 20), st.integers(1, 4))
def test_words_stay_in_their_box(text: str, ems: int, most: int) -> None:
    found = lines(text, ems, most)
    assert len(found) <= most
    assert all(width(line) <= ems for line in found)
