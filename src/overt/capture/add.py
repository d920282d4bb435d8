"""Adding: paths and addresses become sealed captures, each with a receipt.

In: a case and what is to be added. Out: one receipt an input, at once. What cannot be added is refused in one line and
stops nothing else; what is there already is not sealed twice.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import msgspec

from overt import __version__
from overt.capture.custody import Custody, Obtained, Redirect, log, logged
from overt.capture.inputs import Input, expand
from overt.capture.kinds import look
from overt.capture.open import Sealed, open_file, sealed
from overt.capture.seal import First, Heads, record_id, seal, target_uri
from overt.case import Case, ensure_writing
from overt.ledger import stamp, utc_now
from overt.model import FetchError, InputError, Outcome, Receipt, Sighting, canonical, sha256
from overt.net import Fetched, fetch

TOOL = f"overt {__version__}"


@dataclass(frozen=True, slots=True)
class _Bytes:
    """What came in, before it is sealed."""

    data: bytes
    name: str
    at: datetime
    answer: Fetched | None = None


def add(case: Case, inputs: Iterable[Input], now: Callable[[], datetime] = utc_now) -> Iterator[Receipt]:
    """Seal what is new and yield a receipt for each input; a folder gives one for each of its files.

    The case is locked while this runs. A sealed file that a killed run left without a line in the custody log gets one
    first. The same bytes at the same address with the same sheet data are "already there"; the same bytes at another
    address, or with other sheet data, are one capture "seen again".

    Args:
        case: the case.
        inputs: paths and addresses.
        now: the clock; tests put their own here.

    Raises:
        CaseError: where the case is being written by another, cannot be written, or holds a file that cannot be read.
    """
    with ensure_writing(case):
        repair(case, now)
        firsts: dict[str, Sealed] = {}
        known: set[bytes] = set()
        for held in sealed(case):
            known.add(_key(held.sighting))
            if not held.obtained.is_repeated:
                firsts.setdefault(held.sighting.capture, held)
        for given in inputs:
            try:
                for item in expand(given):
                    yield _add(case, item, now, firsts, known)
            except (InputError, OSError) as error:
                yield _refused(given, error)


def repair(case: Case, now: Callable[[], datetime] = utc_now) -> list[Custody]:
    """Log the sealed files of this copy that no line of the custody log names; return the new lines.

    Raises:
        CaseError: where a file or the log cannot be read or written.
    """
    for left in case.own_captures.glob(".*.warc.gz.new"):
        left.unlink()  # what a kill left of a file that was never finished
    names = {line.warc for line in logged(case)}
    made = []
    for path in sorted(case.own_captures.glob("*.warc.gz")):
        if path.relative_to(case.root).as_posix() not in names:
            made.append(_log(case, open_file(path), now(), found=True))
    return made


def _refused(item: Input, error: Exception) -> Receipt:
    if isinstance(error, OSError):
        why = "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
    else:
        why = str(error)
    return Receipt(input=item.shown, outcome=Outcome.REFUSED, reason=" ".join(why.split()))


def _add(case: Case, item: Input, now: Callable[[], datetime], firsts: dict[str, Sealed], known: set[bytes]) -> Receipt:
    try:
        got = _obtain(case, item, now)
        answer = got.answer
        declared, charset = _content_type(answer)
        kind = look(got.data, got.name, declared, charset)
    except (InputError, FetchError, OSError) as error:
        return _refused(item, error)
    capture = sha256(got.data)
    sighting = Sighting(
        capture=capture,
        address=item.address,
        url=item.url,
        file=(item.name or item.path.name) if item.path else None,
        final_url=answer.final_url if answer else None,
        media_type=kind.media_type,
        charset=kind.charset,
        title=item.title,
        outlet=item.outlet,
        published=item.published,
        language=item.language,
        notes=item.notes,
        seen=stamp(got.at),
    )
    if _key(sighting) in known:
        return Receipt(input=item.shown, outcome=Outcome.ALREADY_THERE, capture=capture)
    first = firsts.get(capture)
    outcome = Outcome.SEEN_AGAIN if first else Outcome.ADDED
    obtained = Obtained(
        sha256=capture,
        size=len(got.data),
        address=item.address,
        outcome=outcome,
        seen=sighting.seen,
        tool=TOOL,
        final_url=sighting.final_url,
        redirects=tuple(Redirect(url=h.url, status=h.status, location=h.location) for h in answer.redirects)
        if answer
        else (),
        server_ip=answer.server_ip if answer else None,
        server_date=answer.header("date") if answer else None,
        is_repeated=first is not None,
        is_decoded=answer.is_decoded if answer else False,
    )
    heads = Heads(answer.request_head, answer.response_head) if answer else None
    path = seal(case, sighting, obtained, got.data, heads, _first(first) if first else None)
    made = open_file(path)
    _log(case, made, got.at)
    known.add(_key(sighting))
    firsts.setdefault(capture, made)
    return Receipt(input=item.shown, outcome=outcome, capture=capture)


def _obtain(case: Case, item: Input, now: Callable[[], datetime]) -> _Bytes:
    limits = case.settings.limits
    if item.path is not None:
        if item.path.exists() and not item.path.is_file():
            raise InputError("it is neither a file nor a folder")
        with item.path.open("rb") as file:
            data = file.read(limits.max_bytes + 1)
        if len(data) > limits.max_bytes:
            raise InputError(
                f"it is larger than {limits.max_bytes:,} bytes, which is the limit of this case "
                "(max_bytes under [limits] in overt.toml)"
            )
        return _Bytes(data, item.path.name, now())
    if item.url is None:
        raise InputError("neither a file nor an address")
    at = now()
    answer = fetch(item.url, case.settings.net.permit, limits.max_bytes, seconds=limits.seconds)
    return _Bytes(answer.body, PurePosixPath(answer.final_url.partition("?")[0]).name, at, answer)


def _content_type(answer: Fetched | None) -> tuple[str | None, str | None]:
    """Split `text/html; charset=gb2312`."""
    if answer is None:
        return None, None
    given = answer.header("content-type") or ""
    media_type, _, rest = given.partition(";")
    charset = next((p.partition("=")[2] for p in rest.split(";") if p.strip().lower().startswith("charset=")), "")
    return media_type.strip().lower(), charset.strip(" \"'") or None


def _key(sighting: Sighting) -> bytes:
    """What makes two sightings one: capture, address and what the sheet says; not when, nor by which redirects."""
    return canonical(msgspec.structs.replace(sighting, seen="", final_url=None, media_type="", charset=None))


def _first(item: Sealed) -> First:
    heads = Heads(b"", b"") if item.sighting.file is None else None
    return First(
        record_id=record_id(item.sighting, "payload"),
        uri=target_uri(item.sighting, heads),
        date=item.sighting.seen,
    )


def _log(case: Case, item: Sealed, now: datetime, found: bool = False) -> Custody:
    data = item.path.read_bytes()
    line = Custody(
        obtained=item.obtained,
        warc=item.path.relative_to(case.root).as_posix(),
        warc_sha256=sha256(data),
        warc_size=len(data),
        found=found,
    )
    log(case, line, now)
    return line
