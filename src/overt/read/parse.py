"""Parsing passages with a spaCy pipeline that the user has: extra `overt[parse]`.

In: passages of one language and which pipeline is meant. Out: a `Parse`. Each passage is parsed by itself, so that a
heading never runs into a sentence. The pipeline is held to its version and to a hash over its files: another one gives
other statements, and is refused in one line.
"""

import functools
import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from overt.model import CaseError, InputError, Parse, Parsed, Pipeline, texts_hash

READER = "parse"
VERSION = "1"
INSTALL = "the parser is not installed: pip install 'overt[parse]', and a pipeline for it"
# No person writes a longer paragraph, or one with fewer letters; over brackets and marks alone, the parser's time grows
# with the square of their number.
LONGEST, LEAST_LETTERS = 5_000, 0.5
_AT_ONCE = 32  # passages that are parsed together
_UNUSED = ["ner", "textcat", "senter"]  # parts that attribution does not ask
# Relations by which the rules read; other schemes ("obj") name them otherwise.
NEEDED = frozenset({"nsubj", "dobj", "ccomp", "xcomp", "pobj", "prep"})


def installed(package: str) -> Pipeline:
    """Return which pipeline is installed under a package's name. None of its code is run.

    Raises:
        InputError: where spaCy, or a pipeline of that name, is not installed.
    """
    if find_spec("spacy") is None:
        raise InputError(INSTALL)
    root = _folder(package)
    if root is None:
        raise InputError(f"no pipeline named {package} is installed: pip install it, and name its package")
    return Pipeline(package=package, version=_meta(root).version, sha256=_files_hash(root))


class _Meta(msgspec.Struct):
    """What Overt asks of a pipeline's `meta.json`."""

    lang: str
    version: str


def language_of(package: str) -> str:
    """Return the language of an installed pipeline. Raises InputError as `installed` does."""
    installed(package)
    root = _folder(package)
    assert root is not None
    return _meta(root).lang


def _meta(root: Path) -> _Meta:
    try:
        return msgspec.json.decode((root / "meta.json").read_bytes(), type=_Meta)
    except (OSError, ValueError) as error:
        raise InputError(f"{root.name}/meta.json: {error}") from None


def _folder(package: str) -> Path | None:
    spec = find_spec(package) if package.isidentifier() else None
    for place in (spec.submodule_search_locations or ()) if spec is not None else ():
        if (Path(place) / "meta.json").is_file():
            return Path(place)
    return None


def _files_hash(root: Path) -> str:
    """One hash over a folder's files, by path; what Python compiled is left out."""
    made = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        made.update(f"{path.relative_to(root).as_posix()}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return made.hexdigest()


def check(wanted: Pipeline) -> None:
    """Raise CaseError where the pipeline that a case names is not the one installed here."""
    way = "install that one, or run: overt parse --off"
    try:
        here = installed(wanted.package)
    except InputError as error:
        raise CaseError(f"overt.toml has passages parsed by {wanted.short}, and {error}; {way}") from None
    if here != wanted:
        raise CaseError(f"overt.toml has passages parsed by {wanted.short}, and here is {here.short}: {way}")


def parse(texts: Sequence[str], wanted: Pipeline) -> Parse:
    """Return the parse of passages.

    Args:
        texts: each by itself; of a passage that is no prose (LONGEST, LEAST_LETTERS) nothing is made.
        wanted: the pipeline.

    Raises:
        CaseError: where it is not installed here as it is meant.
        InputError: where it has no parser with the relations that are needed.
    """
    pipeline = load(wanted)
    prose = [text if _is_prose(text) else "" for text in texts]
    made = tuple(_columns(doc) for doc in pipeline.pipe(prose, batch_size=_AT_ONCE))
    libraries = {name: version(name) for name in ("spacy", "thinc")}
    return Parse(texts=texts_hash(tuple(texts)), pipeline=wanted, passages=made, libraries=libraries)


def _is_prose(text: str) -> bool:
    return len(text) <= LONGEST and sum(map(str.isalpha, text)) >= LEAST_LETTERS * len(text)


@functools.cache
def load(wanted: Pipeline) -> Any:
    """Return the pipeline made ready; it is loaded once. Raises as `parse` does."""
    check(wanted)
    import spacy

    root = _folder(wanted.package)
    config = next(iter(sorted(root.rglob("config.cfg"))), None) if root is not None else None
    if config is None:
        raise InputError(f"{wanted.package} holds no config.cfg: it is no pipeline")
    # By its folder: a case that comes from somebody else names the package, and none of its code shall run for that.
    pipeline: Any = spacy.load(config.parent, exclude=_UNUSED)
    has = set(pipeline.get_pipe("parser").labels) if pipeline.has_pipe("parser") else set()
    if not has >= NEEDED:
        raise InputError(
            f"{wanted.package} has no parser with the relations {', '.join(sorted(NEEDED))}: choose another pipeline"
        )
    return pipeline


def _columns(doc: Any) -> Parsed:
    return Parsed(
        starts=tuple(word.idx for word in doc),
        ends=tuple(word.idx + len(word.text) for word in doc),
        heads=tuple(word.head.i for word in doc),
        parts=_column(word.pos_ for word in doc),
        tags=_column(word.tag_ for word in doc),
        relations=_column(word.dep_ for word in doc),
        lemmas=_column(word.lemma_ for word in doc),
    )


def _column(names: Any) -> str:
    return " ".join("_".join(name.split()) or "_" for name in names)


__all__ = ["READER", "VERSION", "check", "installed", "language_of", "load", "parse"]
