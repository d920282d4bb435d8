"""Was the content there? Walls, checks and error pages are told from articles, and articles are never graded down."""

import pytest

from overt.model import Grade
from overt.read import read

PROSE = [
    f"The council of the {place} said on Wednesday that the office near the harbour had been closed in the {season}, "
    f"and that nobody in the {place} had asked for a permit before it was opened there some years ago by a society."
    for place in ("city", "town", "county", "village", "port", "district", "valley")
    for season in ("spring", "autumn")
]
BANNER = '<div class="cookie-banner"><p>We use cookies. Accept all cookies</p><button>Accept</button></div>'


def graded(body: str, title: str = "An office closes", head: str = "") -> tuple[Grade, str | None]:
    page = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    got = read(page.encode(), "text/html")
    return got.grade, got.graded_by


def text(count: int) -> str:
    return "<article>" + "".join(f"<p>{words}</p>" for words in PROSE[:count]) + "</article>"


def test_an_article_with_a_banner_a_login_link_and_an_offer_is_whole() -> None:
    offer = '<div><p>Subscribe to read more of us</p><a href="/login">Please log in</a></div>'
    assert graded(BANNER + text(14) + offer) == (Grade.WHOLE, None)


def test_an_article_about_walls_is_whole() -> None:
    about = f"<p>{PROSE[0]} Readers were told to subscribe to continue. {' '.join(PROSE[1:6])}</p>"
    assert graded(about) == (Grade.WHOLE, None)


@pytest.mark.parametrize(
    ("wall", "by"),
    [
        ("Subscribe to continue reading this story", "Subscribe to continue"),
        ("Jetzt abonnieren und alles lesen", "Jetzt abonnieren"),
        ("Article réservé aux abonnés", "réservé aux abonnés"),
        ("Contenido exclusivo para suscriptores", "exclusivo para suscriptores"),
        ("订阅后继续阅读全文", "订阅后继续"),
        ("この記事は有料会員限定です", "この記事は有料会員限定"),
    ],
)
def test_a_text_that_a_paywall_cuts_is_partial(wall: str, by: str) -> None:
    grade, words = graded(text(2) + f'<div class="wall"><p>{wall}</p></div>')
    assert grade == Grade.PARTIAL
    assert words == f"paywall: {by}"


@pytest.mark.parametrize(
    ("title", "body", "grade"),
    [
        ("Just a moment...", "<p>Enable JavaScript and cookies to continue</p>", Grade.SHELL),
        ("Access", "<h1>Please verify you are human</h1>", Grade.SHELL),
        ("安全验证", "<p>请完成验证后继续访问</p>", Grade.SHELL),
        ("A post", "<p>You must log in to continue.</p>", Grade.SHELL),
        ("Before", "<p>Before you continue: we use cookies</p><button>Accept all</button>", Grade.SHELL),
        ("A story", "<p>Subscribe to continue reading</p>", Grade.SHELL),
        ("Page not found", "<h1>404</h1><p>Try the front page.</p>", Grade.ERROR),
        ("提示", "<h1>页面不存在</h1>", Grade.ERROR),
        ("Seite nicht gefunden", "<p>Zur Startseite</p>", Grade.ERROR),
    ],
)
def test_what_is_only_a_wall_is_a_shell_and_an_error_page_an_error(title: str, body: str, grade: Grade) -> None:
    assert graded(body, title)[0] == grade


def test_a_check_that_stands_in_the_window_alone_is_seen() -> None:
    assert graded("<h1>example.org</h1><p>Ray ID 0000</p>", "Just a moment...")[0] == Grade.SHELL


def test_a_page_of_a_password_field_alone_is_a_login_and_a_notice_beside_one_is_whole() -> None:
    field = '<form><label>Name</label><input name="u"><input type="password"><button>Go</button></form>'
    assert graded(field) == (Grade.SHELL, "login: a field for a password")
    assert graded(field + text(1)) == (Grade.WHOLE, None)


def test_a_short_notice_is_whole() -> None:
    assert graded("<p>The office is closed on Friday.</p>") == (Grade.WHOLE, None)


def test_a_page_that_says_itself_that_it_is_not_free_is_partial_where_it_is_short() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    assert graded(text(1), head=head)[0] == Grade.PARTIAL
    assert graded(text(14), head=head)[0] == Grade.WHOLE
