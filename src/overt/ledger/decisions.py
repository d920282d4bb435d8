"""The decision log: a person's judgements as signed ledger lines, one file a handle and copy.

In: a judgement and the key of its handle. Out: the judgement with the id of its line and the key that signed it.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from overt.ledger.chain import append
from overt.ledger.keys import Key
from overt.ledger.lines import read
from overt.model import CaseError, Judgement


def write_judgement(path: Path, judgement: Judgement, key: Key, now: datetime | None = None) -> Judgement:
    """Append a judgement (its `id` and `key` are set here) and return it as it will be read. The case is locked.

    Raises:
        CaseError: where the handle of the judgement is not the key's, or the log cannot be written.
    """
    if judgement.handle != key.handle:
        raise CaseError(f"a judgement of {judgement.handle} cannot be signed with the key of {key.handle}")
    body = msgspec.to_builtins(msgspec.structs.replace(judgement, id="", key=key.public))
    entry = append(path, body, key, now)
    return msgspec.structs.replace(judgement, id=entry.hash, key=key.public)


def read_judgements(paths: Iterable[Path]) -> list[Judgement]:
    """Return all judgements of some decision logs, in the order of files and lines.

    The handle and key are those of the log's first line, so that no line can speak for another handle.

    Raises:
        CaseError: where a line is no judgement, naming file and line.
    """
    found = []
    for path in paths:
        handle, key = "", ""
        for number, entry in enumerate(read(path), 1):
            if "verb" not in entry.body:
                handle, key = str(entry.body.get("handle", "")), str(entry.body.get("key", ""))
                continue
            try:
                line = entry.body_as(Judgement)
            except msgspec.ValidationError as error:
                raise CaseError(f"{path.name}, line {number}: not a judgement: {error}") from error
            found.append(
                msgspec.structs.replace(line, id=entry.hash, key=key or line.key, handle=handle or line.handle)
            )
    return found
