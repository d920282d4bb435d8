"""Parses on disk: readings of passages, written once under their hash, the parser's version and the pipeline's hash.

In: a case, a language and passages. Out: their parse, from disk where it lies there. A case that brings its parses
along is built without any parser.
"""

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from overt.case import Case, write_whole
from overt.model import CaseError, OvertError, Parse, Parsed, Pipeline, plain_bytes, texts_hash
from overt.read.parse import READER, VERSION, parse

log = logging.getLogger(__name__)
_SHORT = 16  # digits of a pipeline's hash in a file's name


def path_of(case: Case, texts: tuple[str, ...], pipeline: Pipeline) -> Path:
    """Return where the parse of passages lies."""
    name = texts_hash(texts)
    return case.readings / name[:2] / f"{name}.{READER}-{VERSION}-{pipeline.sha256[:_SHORT]}.json"


def parse_of(case: Case, language: str, texts: tuple[str, ...]) -> Parse:
    """Return the parse of passages: the one that is kept, else made now and kept.

    Args:
        case: its `[parse]` names the pipeline of the language.
        texts: the passages, in order.

    Raises:
        CaseError: where it has to be made, and the pipeline is not here as the case means it; or cannot be written.
    """
    pipeline = case.settings.parse[language]
    path = path_of(case, texts, pipeline)
    if path.exists():
        kept = _kept(path, texts, pipeline)
        if kept is not None:
            return kept
        log.warning("%s is damaged: the passages are parsed again", path.name)
    made = parse(texts, pipeline)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, plain_bytes(made) + b"\n")
    except OSError as error:
        raise CaseError(f"{path.name} cannot be written: {error.strerror or error}") from error
    return made


def differing(case: Case, language: str, each: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Parse again what has a parse, and compare: yield each file's path with how it differs ("" where it does not).

    Processors round differently, so another machine may rightly parse a word otherwise: what differs is told as
    "not checked: ..." where other libraries made it.
    """
    pipeline = case.settings.parse[language]
    paths = {path_of(case, texts, pipeline): texts for texts in each}
    for path, texts in sorted(paths.items()):
        if not path.exists():
            continue
        name = path.relative_to(case.root).as_posix()
        try:
            again = parse(texts, pipeline)
        except OvertError as error:
            yield name, f"not checked: {error}"
            continue
        kept = _kept(path, texts, pipeline)
        if kept == again:
            yield name, ""
        elif kept is not None and kept.libraries != again.libraries:
            yield name, f"not checked: {_of(kept)} made it, and here is {_of(again)}"
        else:
            yield name, "it is not what the passages parse as; delete it and run: overt build"


def _of(made: Parse) -> str:
    return " ".join(f"{name} {number}" for name, number in sorted(made.libraries.items()))


def _kept(path: Path, texts: tuple[str, ...], pipeline: Pipeline) -> Parse | None:
    """The parse that lies on disk, or None where it is damaged or of something else."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=Parse)
    except (OSError, ValueError, RecursionError):
        return None
    whole = kept.texts == texts_hash(texts) and kept.pipeline == pipeline and len(kept.passages) == len(texts)
    return kept if whole and all(map(_is_sound, kept.passages, texts)) else None


def _is_sound(one: Parsed, text: str) -> bool:
    """True where the columns are of one length, and every word hangs on a root: rules walk up without looking."""
    number = len(one.starts)
    columns = [
        one.ends,
        one.heads,
        *(c.split(" ") if c else [] for c in (one.parts, one.tags, one.relations, one.lemmas)),
    ]
    if any(len(column) != number for column in columns) or any(end > len(text) for end in one.ends):
        return False
    if not all(0 <= head < number for head in one.heads):
        return False
    reached = {word for word, head in enumerate(one.heads) if head == word}
    for word in range(number):
        path: list[int] = []
        while word not in reached:
            if len(path) > number:
                return False
            path.append(word)
            word = one.heads[word]
        reached.update(path)
    return True


def set_pipelines(case: Case, pipelines: dict[str, Pipeline]) -> None:
    """Write which pipeline parses which language into `overt.toml`; all else in it, comments too, stays as it is.

    Raises:
        CaseError: where the file cannot be written.
    """
    path = case.root / "overt.toml"
    try:
        text = path.read_text(encoding="utf-8")
        write_whole(path, _with_pipelines(text, pipelines).encode("utf-8"))
    except OSError as error:
        raise CaseError(f"{path} cannot be written: {error.strerror or error}") from error


def _with_pipelines(text: str, pipelines: dict[str, Pipeline]) -> str:
    kept: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.lstrip().startswith("["):
            inside = line.strip().startswith("[parse")
        if not inside:
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    for language, one in sorted(pipelines.items()):
        rows = [f'{key} = "{value}"' for key, value in msgspec.to_builtins(one).items()]
        kept += ["", f"[parse.{language}]", *rows]
    return "\n".join(kept) + "\n"


__all__ = ["differing", "parse_of", "path_of", "set_pipelines"]
