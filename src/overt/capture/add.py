"""Adding: paths and addresses become sealed captures, each with a receipt.

In: a case and what is to be added. Out: one receipt an input, at once. What cannot be added is refused in one line and
stops nothing else; what is there already is not sealed twice.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import msgspec

from overt import __version__
from overt.capture.custody import Custody, Obtained, log, logged
from overt.capture.gather import gather
from overt.capture.inputs import Input, expand
from overt.capture.kinds import Kind, look
from overt.capture.material import LeftOut, Material
from overt.capture.open import Sealed, open_file, sealed
from overt.capture.seal import First, seal
from overt.case import Case, ensure_writing
from overt.ledger import stamp, utc_now
from overt.model import FetchError, How, InputError, Outcome, Receipt, Sighting, canonical, sha256
from overt.net import AnswerError

TOOL = f"overt {__version__}"
# What servers answer whom they do not take for a person, or do not let in just now.
TURNED_AWAY = frozenset({401, 403, 406, 418, 429, 503})
# Where another obtained the bytes, the date is part of the sighting: the same page on two days was seen twice.
_DATED = frozenset({How.WEB_ARCHIVE, How.ARCHIVED_COPY})


def add(
    case: Case, inputs: Iterable[Input], now: Callable[[], datetime] = utc_now, all_types: bool = False
) -> Iterator[Receipt]:
    """Seal what is new and yield a receipt for each input; folders and archives give one for each thing in them.

    The case is locked while this runs. A sealed file that a killed run left without a line in the custody log gets one
    first. The same bytes at the same address with the same sheet data are "already there"; the same bytes at another
    address, or with other sheet data, are one capture "seen again".

    Args:
        case: the case.
        inputs: paths and addresses.
        now: the clock; tests put their own here.
        all_types: of web archives, what belongs to the furniture of pages too.

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
                    yield from _add(case, item, now, all_types, firsts, known)
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
    status = error.status if isinstance(error, AnswerError) else None
    why = " ".join(why.split())
    if status in TURNED_AWAY and not item.in_browser and item.copy is None:
        why += " (servers that turn programs away may let a browser in: --browser)"
    return Receipt(input=item.shown, outcome=Outcome.REFUSED, reason=why, row=item.row, status=status)


def _add(
    case: Case,
    item: Input,
    now: Callable[[], datetime],
    all_types: bool,
    firsts: dict[str, Sealed],
    known: set[bytes],
) -> Iterator[Receipt]:
    try:
        for got in gather(case, item, now, all_types):
            if isinstance(got, LeftOut):
                outcome = Outcome.REFUSED if got.is_refused else Outcome.LEFT_OUT
                yield Receipt(input=got.shown, outcome=outcome, reason=got.reason, row=item.row)
                continue
            yield _seal(case, got, firsts, known)
    except (InputError, FetchError, OSError) as error:
        yield _refused(item, error)


def _seal(case: Case, got: Material, firsts: dict[str, Sealed], known: set[bytes]) -> Receipt:
    kind = got.kind or look(got.data, got.name, got.declared, got.charset)
    capture = got.repeats or sha256(got.data)
    first = firsts.get(capture)
    if got.repeats and first is None:
        raise InputError(f"{got.item.shown}: a revisit of capture {capture[:12]}, which is not in this case")
    sighting = _sighting(got, kind, capture)
    item, said = got.item, (*got.concerns, *got.warnings, *((kind.note,) if kind.note else ()))
    if _key(sighting) in known:
        there = Outcome.ALREADY_THERE
        return Receipt(input=item.shown, outcome=there, capture=capture, row=item.row, warnings=said)
    outcome = Outcome.SEEN_AGAIN if first else Outcome.ADDED
    obtained = Obtained(
        sha256=capture,
        size=first.obtained.size if first and got.repeats else len(got.data),
        address=item.address,
        outcome=outcome,
        seen=sighting.seen,
        tool=TOOL,
        final_url=sighting.final_url,
        redirects=got.redirects,
        server_ip=got.server_ip,
        server_date=got.server_date,
        is_repeated=first is not None,
        is_decoded=got.is_decoded,
        how=got.how,
        container=got.container,
        saved_by=item.saved_by,
        taken=stamp(got.at) if got.seen else None,
        browser=got.browser,
        concerns=got.concerns,
    )
    before = First(first.record_id, first.uri, first.sighting.seen) if first else None
    path = seal(case, sighting, obtained, got.data, got.heads, before, got.original, got.further)
    made = open_file(path)
    _log(case, made, got.at)
    known.add(_key(sighting))
    firsts.setdefault(capture, made)
    return Receipt(input=item.shown, outcome=outcome, capture=capture, row=item.row, warnings=said)


def _sighting(got: Material, kind: Kind, capture: str) -> Sighting:
    item = got.item
    return Sighting(
        capture=capture,
        address=item.address,
        url=item.url,
        file=item.name or (item.path.name if item.path else None),
        final_url=got.final_url,
        media_type=kind.media_type,
        charset=kind.charset,
        title=item.title,
        outlet=item.outlet,
        published=item.published,
        language=item.language,
        notes=item.notes,
        seen=got.seen or stamp(got.at),
        how=got.how,
        saved_by=item.saved_by,
        saved_on=item.saved_on,
    )


def _key(sighting: Sighting) -> bytes:
    """What makes two sightings one: capture, address and what the sheet says; not when, nor by which redirects."""
    seen, how = sighting.seen if sighting.how in _DATED else "", sighting.how
    if how is How.NOT_SAID:  # sealed by a version that did not say
        how = How.REQUEST if sighting.final_url else How.FILE
    same = msgspec.structs.replace(sighting, seen=seen, how=how, final_url=None, media_type="", charset=None)
    return canonical(same)


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
