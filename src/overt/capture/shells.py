"""Pages that are empty until their scripts have run: told from the bytes alone, before anything is read.

In: the bytes of a page. Out: whether it is such a shell. What a program fills (an element that waits, a word to those
who have scripts off) is no text of the page.
"""

import html
import re

MAX_BYTES = 2_000_000  # a shell is small, be it that it carries the data which its scripts will show
_FEW = 100  # visible characters below which a page with such a sign is a shell: a title, "loading", a line of rights
_TAG = re.compile(rb"(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_HIDDEN = frozenset({b"script", b"style", b"noscript", b"template", b"head", b"title", b"svg"})
# An element that a framework fills (the names that React, Vue, Next, Nuxt, Gatsby, Angular and Svelte give), empty.
_WAITS = re.compile(
    rb"<div[^<>]{0,200}\bid=[\"']?(?:root|app|__next|__nuxt|___gatsby|svelte|react-root|main-app)[\"']?[^<>]{0,200}>\s{0,99}</div>"
    rb"|<app-root[^<>]{0,200}>\s{0,99}</app-root>",
    re.IGNORECASE,
)
_SCRIPTS = re.compile(rb"java ?script|\bjs\b|\xe8\x84\x9a\xe6\x9c\xac", re.IGNORECASE)  # the last is Chinese: script


def needs_scripts(data: bytes) -> bool:
    """Return true for a page with scripts and next to no words beside them."""
    if len(data) > MAX_BYTES:
        return False
    words, asks, has_script = bytearray(), False, False
    hidden = b""
    for piece in data.split(b"<")[1:]:
        match = _TAG.match(piece)
        rest = piece.partition(b">")[2]
        name = match[2].lower() if match else b""
        if hidden:
            asks = asks or (hidden == b"noscript" and _SCRIPTS.search(piece) is not None)
            has_script = has_script or name == b"script"
            is_end = match is not None and bool(match[1]) and name == hidden
            if is_end or (hidden == b"head" and name == b"body"):  # the end of a head may be left out
                hidden = b""
                words += rest
            continue
        if match and not match[1] and name in _HIDDEN:
            hidden = name
            has_script = has_script or name == b"script"
            asks = asks or (name == b"noscript" and _SCRIPTS.search(rest) is not None)
        elif not piece.startswith(b"!"):
            words += rest
    visible = len("".join(html.unescape(words.decode("utf-8", "replace")).split()))
    return has_script and (visible == 0 or (visible < _FEW and (asks or _WAITS.search(data) is not None)))
