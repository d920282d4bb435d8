"""Who was asked before something was published, and whether an answer came; or why nobody was asked.

In: `asked` lines. Out: what may be said of it: whom the line names only as far as names may stand. The words of an
answer are no part of it: an answer is added as a page and judged as any other.
"""

from collections.abc import Collection, Iterable, Mapping

from overt.model import Judgement, Verb
from overt.model.edtf import is_edtf
from overt.protect.public import PublicAsked
from overt.protect.redact import Redactor


def public_asked(
    lines: Iterable[Judgement], shown: Collection[str], redirects: Mapping[str, str], redactor: Redactor
) -> tuple[PublicAsked, ...]:
    """Return what was asked about the entries that are public, by entry and day.

    Args:
        lines: judgements that stand.
        shown: ids of the entries that are public.
        redirects: old ids of entries -> new ones.
        redactor: cuts names.
    """
    found = set()
    for line in lines:
        about = redirects.get(line.target, line.target)
        if line.verb is not Verb.ASKED or about not in shown:
            continue
        day, answered = line.detail.get("on", ""), line.detail.get("answered", "")
        found.add(
            PublicAsked(
                of=about,
                who=redactor.words(line.detail.get("who", "")),
                on=day if day and is_edtf(day) else None,
                answered=answered if answered and is_edtf(answered) else None,
                why_not=redactor.words(line.detail.get("not_asked", "")),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.of, one.on or "", repr(one))))
