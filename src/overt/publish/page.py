"""Drawing one page: the templates, and what each of them is given.

In: a part of a book, its labels in one language, a template. Out: the bytes of a page. Nothing else reaches a template.
"""

import posixpath
from functools import cache, lru_cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer

from overt.publish import positions, rows
from overt.publish.labels import Labels
from overt.publish.part import Part
from overt.publish.words import HTML_LANG, LANGUAGES, Catalogue, catalogue

PAGES = (
    ("index.html", "start"),
    ("map.html", "map"),
    ("network.html", "network"),
    ("check.html", "check"),
    ("search.html", "search"),
    ("register.html", "register"),
    ("reported.html", "reported"),
    ("not-counted.html", "not_counted"),
    ("gaps.html", "gaps"),
    ("origins.html", "origins"),
    ("sources.html", "sources"),
    ("voices.html", "voices"),
    ("methods.html", "methods"),
    ("changes.html", "changes"),
    ("withdrawn.html", "withdrawn"),
    ("verify.html", "verify"),
    ("data.html", "data"),
)

# Characters that turn the direction of the text after them: a title may hold one to make a page read otherwise
# (Trojan Source, CVE-2021-42574). No page holds any, whoever wrote it.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_TURNING = tuple(map(chr, _TURNS))

_relative = lru_cache(maxsize=65536)(posixpath.relpath)  # every card of every page links a few places


class _Context(Context):
    def call(self, obj: Any, *args: Any, _block_vars: object = None, _loop_vars: object = None, **values: Any) -> Any:
        """Call what a template calls, without asking of each object whether it wants more of Jinja: only macros do."""
        return obj(self.eval_ctx, *args, **values) if type(obj) is Macro else obj(*args, **values)


class _Spoken(NodeTransformer):
    """Puts the words of a language into a template when it is compiled: `c("card.date")` is the same on every page."""

    def __init__(self, words: Catalogue) -> None:
        self.words = words

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - named after the node
        self.generic_visit(node)
        key = node.args[0] if len(node.args) == 1 and not node.kwargs else None
        if isinstance(key, nodes.Const) and isinstance(node.node, nodes.Name) and node.node.name == "c":
            return nodes.Const(self.words(key.value), lineno=node.lineno)
        return node


class _Environment(jinja2.Environment):
    context_class = _Context

    def __init__(self, words: Catalogue) -> None:
        self.spoken = _Spoken(words)
        super().__init__(
            loader=jinja2.PackageLoader("overt.publish", "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self.spoken.visit(tree)
        return tree


@cache
def _environment(language: str) -> _Environment:
    return _Environment(catalogue(language))


@cache
def _others() -> list[tuple[str, str, str]]:
    return [(other, HTML_LANG[other], catalogue(other)("site.language")) for other in LANGUAGES]


def draw(part: Part, labels: Labels, template: str, path: str, page: str, title: str, **context: Any) -> bytes:
    """Return a page.

    Args:
        part: what it tells of.
        labels: its language, and what things are called in it.
        template: a file of `templates`.
        path: where it lies.
        page: its name in the language's folder, which it has in other languages too.
        title: its title.
        context: whatever else the template shows.
    """
    language = labels.words.language
    here = posixpath.dirname(path) or "."

    def link(target: str, anchor: str = "") -> str:
        if anchor and f"{language}/{target}" == path:
            return f"#{anchor}"
        return _relative(f"{language}/{target}", here) + (f"#{anchor}" if anchor else "")

    def root(target: str) -> str:
        return _relative(target, here)

    text = (
        _environment(language)
        .get_template(template)
        .render(
            book=part,
            c=labels.words,
            labels=labels,
            positions=positions,
            thing_page=part.page,
            slug=part.slugs.__getitem__,
            place_anchor=rows.place_anchor,
            pages=PAGES,
            html_lang=HTML_LANG[language],
            others=_others(),
            link=link,
            root=root,
            page=page,
            title=title,
            **context,
        )
    )
    if any(char in text for char in _TURNING):
        text = text.translate(_TURNS)
    return text.encode("utf-8")
