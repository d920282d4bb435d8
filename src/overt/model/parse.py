"""A parse: what a dependency parser made of passages, word by word. A reading like every answer of a model."""

import msgspec

from overt.model.canonical import digest

SCHEMA = 1


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one passage in columns of equal length, in the order of the text.

    `starts` and `ends` are offsets in the passage (code points). `heads` are indices of words; a root is its own head.
    `parts` (Universal Dependencies' parts of speech), `tags` (Penn Treebank), `relations` (the parser's own names) and
    `lemmas` are as the pipeline gives them, joined by single spaces.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    heads: tuple[int, ...]
    parts: str
    tags: str
    relations: str
    lemmas: str


class Pipeline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which pipeline parses a language: the package's name and version, and a hash over its files."""

    package: str
    version: str
    sha256: str

    @property
    def short(self) -> str:
        """What a person reads of it."""
        return f"{self.package} {self.version} ({self.sha256[:12]})"


class Parse(msgspec.Struct, frozen=True, kw_only=True):
    """What a pipeline made of some passages. `texts` is the hash of these, `libraries` are what ran it."""

    texts: str
    pipeline: Pipeline
    passages: tuple[Parsed, ...]
    libraries: dict[str, str] = {}
    schema: int = SCHEMA


def texts_hash(texts: tuple[str, ...]) -> str:
    """Return the hash under which a parse of passages is kept: theirs, whatever page they stand on."""
    return digest(*texts)


__all__ = ["Parse", "Parsed", "Pipeline", "texts_hash"]
