"""Addresses on the web as they may be shown: whole, as the host alone, or not at all.

A path can give away what the page's text withholds ("/golden-dragon-association"), a fragment can quote the page, and
a query can carry a reader's account: the path goes where a private name or personal data stands in it.
"""

from urllib.parse import unquote, urlsplit, urlunsplit

from overt.protect.bodies import is_common
from overt.protect.match import LEAST_GLUED, Index, find, fold_name, folded
from overt.protect.names import Names
from overt.words.personal import personal
from overt.words.scripts import has_cjk

LEAST_TOKEN = 3  # letters of a single word of a private name that an address may not hold
BEGINNING = 4  # a name of LEAST_GLUED characters has more letters than this


class Addresses:
    """The addresses of one case: its private names are made ready once."""

    def __init__(self, names: Names) -> None:
        self._private = Index(names.private)
        tokens = (fold_name(token) for token in names.tokens if len(token) >= LEAST_TOKEN and not is_common(token))
        self._tokens = Index(tokens)
        self._bare: dict[str, list[str]] = {}
        for name in sorted(names.private):
            bare = name.replace(" ", "")
            if len(name) >= LEAST_GLUED:
                self._bare.setdefault(bare[:BEGINNING], []).append(bare)

    def public(self, url: str | None) -> tuple[str | None, bool]:
        """Return (address to show or None, is it the host alone?)."""
        if not url:
            return None, False
        try:
            parts = urlsplit(url)
            port = f":{parts.port}" if parts.port else ""
            host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
        except (ValueError, UnicodeError):
            return None, False
        if parts.scheme not in ("http", "https") or not host or self._gives_away(host):
            return None, False
        tail = unquote(unquote(f"{parts.path} {parts.query}"))
        secret = parts.username is not None or self._gives_away(tail) or bool(personal(tail)) or has_cjk(tail)
        if secret:
            return f"{parts.scheme}://{host}/", True
        return urlunsplit((parts.scheme, host + port, parts.path, parts.query, "")), False

    def _gives_away(self, text: str) -> bool:
        plain = folded(text)
        if next(find(plain, self._private), None) is not None:
            return True
        # In an address names are written small and often without spaces.
        run = plain.text.replace(" ", "")
        for at in range(len(run)):
            if any(run.startswith(bare, at) for bare in self._bare.get(run[at : at + BEGINNING], ())):
                return True
        return next(find(plain, self._tokens), None) is not None
