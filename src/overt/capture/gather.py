"""Gathering: the bytes of one input, by the way that fits it: a file, an archive, a request, a browser, a copy.

In: an input. Out: material, one piece for most and many for an archive, and what is left out. A new way in is a
function like those below and a line in `gather`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

import msgspec

from overt.capture.archives import is_archive, kind_of_archive, opened
from overt.capture.by_hand import Told, location_in, told_by
from overt.capture.copies import memento_date
from overt.capture.custody import Redirect
from overt.capture.feeds import kind_of_list
from overt.capture.inputs import Input, check_name
from overt.capture.kinds import HTML, look
from overt.capture.material import LeftOut, Material, content_type
from overt.capture.seal import Heads
from overt.capture.shells import needs_scripts
from overt.case import Case
from overt.model import How, InputError
from overt.net import Fetched, fetch


def gather(case: Case, item: Input, now: Callable[[], datetime], all_types: bool) -> Iterator[Material | LeftOut]:
    """Yield what an input brings.

    Raises:
        InputError, FetchError, OSError: where it brings nothing, with the reason.
    """
    check_name(item)
    if item.path is not None:
        if item.path.exists() and not item.path.is_file():
            raise InputError("it is neither a file nor a folder")
        if not item.is_list and is_archive(item.path):
            yield from _archive(case, item, item.path, now, all_types)
        else:
            yield _file(item, item.path, case.settings.limits.max_bytes, now)
    elif item.url is None:
        raise InputError("neither a file nor an address")
    elif item.in_browser:
        from overt.capture.browser import drawn  # an extra: nothing of it is imported unless it is asked for

        yield drawn(case, item, now)
    else:
        yield _request(case, item, now)


def _archive(
    case: Case, item: Input, path: Path, now: Callable[[], datetime], all_types: bool
) -> Iterator[Material | LeftOut]:
    """What a web archive holds. One that is so broken that nothing can be taken is sealed itself."""
    limit = case.settings.limits.max_bytes
    was_taken = is_broken = False
    for got in opened(item, path, limit, now, all_types):
        was_taken = was_taken or isinstance(got, Material)
        is_broken = is_broken or (isinstance(got, LeftOut) and got.is_refused)
        yield got
    if is_broken and not was_taken:
        with path.open("rb") as file:
            kind = kind_of_archive(file.read(2))
        note = "nothing could be taken from it: the archive itself is sealed, and not read"
        yield replace(_file(item, path, limit, now), kind=kind, warnings=(note,))


def _file(item: Input, path: Path, limit: int, now: Callable[[], datetime]) -> Material:
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise InputError(
            f"it is larger than {limit:,} bytes, which is the limit of this case "
            "(max_bytes under [limits] in overt.toml)"
        )
    kind = kind_of_list(data) if item.is_list else look(data, path.name)
    warnings = [f"holds {found}" for found in location_in(data, kind.media_type)]
    told = told_by(data, kind.media_type)
    if item.saved_by:
        url = item.url or (told.url if told else None)
        item = msgspec.structs.replace(item, url=url, saved_on=item.saved_on or (told.saved_on if told else None))
    if told:
        warnings.append(_about(told, item))
    how = How.BY_HAND if item.saved_by else How.FILE
    return Material(item, data, path.name, now(), how, kind=kind, warnings=tuple(warnings))


def _about(told: Told, item: Input) -> str:
    what = f"a page saved by {told.tool}"
    if told.url:
        what += f" from {told.url}"
    if told.saved_on:
        what += f" on {told.saved_on}"
    says = f"says of itself that it is {what}"
    return says if item.saved_by else f"{says}; add it with --saved-by HANDLE to say who saved it"


def _request(case: Case, item: Input, now: Callable[[], datetime]) -> Material:
    limits = case.settings.limits
    at = now()
    url, permit = item.copy or item.url or "", case.settings.net.permit
    answer = fetch(url, permit, limits.max_bytes, seconds=limits.seconds, keep_cut=True)
    made = of_answer(item, answer, at)
    if item.is_list:
        made = replace(made, kind=kind_of_list(made.data))
    elif look(made.data, made.name, made.declared, made.charset).media_type == HTML and needs_scripts(made.data):
        made = replace(made, warnings=("the page is empty until its scripts have run: --browser draws it",))
    if item.copy:
        given = memento_date(answer.header("memento-datetime"))
        # A service may lead on to a copy of another day than the one that its list named.
        other = given is not None and given != item.copied
        warnings = (f"the archive gave the copy of {given}, not the one of {item.copied}",) if other else ()
        how = How.ARCHIVED_COPY
        return replace(made, how=how, seen=given or item.copied, warnings=(*made.warnings, *warnings))
    return made


def of_answer(item: Input, answer: Fetched, at: datetime) -> Material:
    """Return the material that an answer to a request is."""
    declared, charset = content_type(answer.header("content-type") or "")
    return Material(
        item,
        answer.body,
        PurePosixPath(answer.final_url.partition("?")[0]).name,
        at,
        How.REQUEST,
        declared=declared,
        charset=charset,
        heads=Heads(answer.request_head, answer.response_head),
        final_url=answer.final_url,
        redirects=tuple(Redirect(url=h.url, status=h.status, location=h.location) for h in answer.redirects),
        server_ip=answer.server_ip,
        server_date=answer.header("date"),
        is_decoded=answer.is_decoded,
        concerns=(answer.cut,) if answer.cut else (),
    )
