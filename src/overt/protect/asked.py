"""Who was asked before something was published, and whether an answer came; or why nobody was asked.

In: `asked` lines. Out: what may be said of it: whom the line names only as far as names may stand. The words of an
answer are no part of it: an answer is added as a page and judged as any other.
"""

from collections.abc import Collection, Iterable, Mapping

from overt.model import Judgement, Verb
from overt.model.edtf import is_edtf, said_by
from overt.protect import bodies
from overt.protect.match import fold_name
from overt.protect.public import Code, PublicAsked, Segment, Words
from overt.protect.redact import Redactor


def public_asked(
    lines: Iterable[Judgement],
    shown: Collection[str],
    redirects: Mapping[str, str],
    redactor: Redactor,
    as_of: str | None = None,
) -> tuple[PublicAsked, ...]:
    """Return what was asked about the entries that are public, by entry and day.

    Args:
        lines: judgements that stand.
        shown: ids of the entries that are public.
        redirects: old ids of entries -> new ones.
        redactor: cuts names.
        as_of: an EDTF day: only what had been asked by then.
    """
    found = set()
    for line in lines:
        about = redirects.get(line.target, line.target)
        if line.verb is not Verb.ASKED or about not in shown:
            continue
        day, answered = line.detail.get("on", ""), line.detail.get("answered", "")
        if as_of is not None and not said_by(day or None, as_of):
            continue
        if as_of is not None and not said_by(answered or None, as_of):
            answered = ""
        found.add(
            PublicAsked(
                of=about,
                who=_who(line.detail.get("who", ""), redactor),
                on=day if day and is_edtf(day) else None,
                answered=answered if answered and is_edtf(answered) else None,
                why_not=redactor.words(line.detail.get("not_asked", "")),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.of, one.on or "", repr(one))))


def _who(words: str, redactor: Redactor) -> Words:
    """A field for names: a public body, or who is named in public anyway; of all others that somebody was asked."""
    known = redactor.names
    if not words or known.may_stand(words) or fold_name(words) in known.open or bodies.has_public_words(words):
        return redactor.words(words)
    return (Segment("", Code.CONCERNED),)
