"""Addresses on the web as they may be shown: whole, as the host alone, or not at all.

A path can give away what the page's text withholds ("/golden-dragon-association"), a fragment can quote the page, and
a query can carry a reader's account: the path goes where a private name or personal data stands in it.
"""

from urllib.parse import unquote, urlsplit, urlunsplit

from overt.protect.bodies import is_common
from overt.protect.match import find, fold_name, folded
from overt.protect.names import Names
from overt.words.personal import personal
from overt.words.scripts import has_cjk


def public_address(url: str | None, names: Names) -> tuple[str | None, bool]:
    """Return (address to show or None, is it the host alone?)."""
    if not url:
        return None, False
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    except (ValueError, UnicodeError):
        return None, False
    if parts.scheme not in ("http", "https") or not host or _gives_away(host, names):
        return None, False
    tail = unquote(unquote(f"{parts.path} {parts.query}"))
    secret = parts.username is not None or _gives_away(tail, names) or bool(personal(tail)) or has_cjk(tail)
    if secret:
        return f"{parts.scheme}://{host}/", True
    return urlunsplit((parts.scheme, host + port, parts.path, parts.query, "")), False


def _gives_away(text: str, names: Names) -> bool:
    plain = folded(text)
    if next(find(plain, names.private), None) is not None:
        return True
    # In an address names are written small and often without spaces.
    glued = plain.text.replace(" ", "")
    if any(len(name) >= 8 and name.replace(" ", "") in glued for name in names.private):
        return True
    tokens = (fold_name(token) for token in names.tokens if len(token) >= 3 and not is_common(token))
    return next(find(plain, tokens), None) is not None
