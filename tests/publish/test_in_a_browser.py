"""The pages in a real browser: readable on a phone, accessible, and silent towards every other host."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_up import example
from reading import site

pytestmark = pytest.mark.browser
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
if CHROMIUM is None:
    pytest.skip("no Chromium on this machine (chromium, chromium-browser or google-chrome)", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe_module = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    for path, data in site(example(), is_demonstration=True).items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"]
        )
        yield opened
        opened.close()


def chosen(folder: Path) -> list[Path]:
    """One page of each template in each language."""
    out = [folder / "index.html"]
    for language in ("en", "zh"):
        out += sorted((folder / language).glob("*.html"))
        out += (
            sorted((folder / language / "sites").glob("*.html"))[:2]
            + sorted((folder / language / "others").glob("*"))[:1]
        )
    return out


def test_pages_fit_a_phone_and_ask_for_nothing_but_their_own_files(folder: Path, browser: object) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")  # type: ignore[attr-defined]
    page = context.new_page()
    asked: list[str] = []
    console: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda opened: asked.append(opened.url))
    page.on("console", lambda message: console.append(message.text))
    for path in chosen(folder):
        before = len(asked)
        page.goto(path.as_uri())
        if path.parent.name == "sites":
            assert len(asked) - before <= 3, path.name
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path.name
        assert (
            page.evaluate("getComputedStyle(document.body).maxWidth !== undefined && document.styleSheets.length") == 1
        )
    assert all(url.startswith(folder.as_uri()) for url in asked)
    assert console == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(folder: Path, browser: object, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1000, "height": 900})  # type: ignore[attr-defined]
    page = context.new_page()
    axe = axe_module.Axe()
    for path in chosen(folder):
        if scheme == "dark" and path.is_relative_to(folder / "zh"):
            continue  # colours are the same in both languages
        page.goto(path.as_uri())
        found = axe.run(page)
        assert found.violations_count == 0, f"{path.name}: {found.generate_report()}"
    context.close()


def test_the_keyboard_reaches_the_text_first(folder: Path, browser: object) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto((folder / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.close()


def test_the_keyboard_reaches_every_mark_of_a_drawing_and_sees_where_it_is(folder: Path, browser: object) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    for name, drawing in (("network", ".net"), ("gaps", ".spans"), ("reported", ".chart")):
        page.goto((folder / "en" / f"{name}.html").as_uri())
        marks = page.locator(f"{drawing} a[href]")
        assert marks.count() > 0
        for at in range(marks.count()):
            mark = marks.nth(at)
            mark.focus()
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")  # the last step is the keyboard's own, as `:focus-visible` wants it
            assert mark.evaluate("node => node === document.activeElement")
            shapes = mark.locator("path:last-of-type, rect, circle").last
            assert shapes.evaluate("node => getComputedStyle(node).strokeWidth") == "5px", (name, at)
    page.close()


def test_drawings_stay_as_wide_as_the_page_in_print(folder: Path, browser: object) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 900})  # type: ignore[attr-defined]
    page.emulate_media(media="print")
    for name, drawing in (("network", ".net"), ("gaps", ".spans"), ("reported", ".chart")):
        page.goto((folder / "en" / f"{name}.html").as_uri())
        assert page.locator(drawing).first.evaluate("node => node.getBoundingClientRect().right") <= 700
    page.close()


def test_the_register_shows_a_part_of_its_rows_and_the_address_holds_the_choice(folder: Path, browser: object) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})  # type: ignore[attr-defined]
    page = context.new_page()
    address = (folder / "en" / "register.html").as_uri()
    page.goto(address)
    rows = "#rows tr[data-support]"
    every = page.locator(f"{rows}:visible").count()
    assert every == 2
    page.select_option("#f-country", "ES")
    assert page.locator(f"{rows}:visible").count() == 1
    assert page.url == f"{address}#country=ES"
    assert page.text_content("#shown").startswith("1 of 2 rows shown.")
    page.select_option("#f-order", "roots")
    again = context.new_page()
    again.goto(page.url)
    assert again.locator(f"{rows}:visible").count() == 1
    assert again.input_value("#f-order") == "roots"
    assert again.evaluate("document.documentElement.scrollWidth") <= 360
    again.select_option("#f-country", "")
    numbers = again.eval_on_selector_all(rows, "rows => rows.map(row => Number(row.dataset.roots))")
    assert numbers == sorted(numbers, reverse=True)
    assert again.locator(f"{rows}:visible").count() == every
    context.close()


def test_the_register_is_a_plain_table_without_a_script(folder: Path, browser: object) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto((folder / "zh" / "register.html").as_uri() + "#country=ES")
    assert page.locator("#rows tr[data-support]:visible").count() == 2
    assert not page.locator("#choose").is_visible()
    context.close()
