"""Where a page holds most of its prose is seen from its blocks alone."""

from overt.read.blocks import blocks
from overt.read.heaviest import heaviest
from overt.read.html import tree

PROSE = "The council said that the office near the harbour had been closed, and that nobody had asked for it."


def taken(body: str) -> list[str]:
    found = blocks(tree(f"<html><body>{body}</body></html>".encode()))
    return [block.text for block, vote in zip(found, heaviest(found), strict=True) if vote]


def test_the_part_with_the_most_prose_is_taken_and_menus_and_teasers_are_not() -> None:
    menu = (
        "<div>" + "<p><a href=x>News from the harbour, the council and the offices of the town</a></p>" * 20 + "</div>"
    )
    teaser = f"<div><section><p>{PROSE}</p></section></div>"
    assert taken(f"{menu}<div>{f'<p>{PROSE}</p>' * 6}</div>{teaser}") == [PROSE] * 6


def test_a_second_part_that_weighs_enough_is_taken_too() -> None:
    part = f"<div>{f'<p>{PROSE}</p>' * 4}</div>"
    assert taken(f"<main>{part}<div><a href=x>{PROSE}</a></div>{part}</main>") == [PROSE] * 8


def test_text_that_is_broken_by_line_breaks_alone_is_taken() -> None:
    assert taken(f"<div><h1>Office closed</h1><div>{f'{PROSE}<br><br>' * 5}</div></div>")[-5:] == [PROSE] * 5


def test_chinese_prose_weighs_by_its_characters() -> None:
    prose = "议会表示，港口附近的办公室已经关闭，没有人提出过申请，居民后来才听说此事，感到十分惊讶。"
    assert taken(f"<div>{f'<p>{prose}</p>' * 3}</div><div><p>Contact</p></div>") == [prose] * 3


def test_a_page_without_prose_has_no_such_part() -> None:
    assert taken("<p>Contact</p><ul><li>News<li>Sport</ul>") == []
