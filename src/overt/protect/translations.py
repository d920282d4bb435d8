"""Quotes in another language, as people of the case wrote them down, each with who made it.

In: `translate` lines on a statement that passes. Out: translations, and why the others stay out. The original always
stands beside them.
"""

from collections import defaultdict
from collections.abc import Iterable

from overt.model import Judgement, Statement, Verb, count_reviewers
from overt.protect.public import PublicQuote, PublicTranslation, Withheld, is_whole
from overt.protect.redact import Redactor

_UNNAMED = "?"  # a machine whose name holds what may not be public


def on_statements(lines: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """Return the translations that stand, by statement."""
    found: dict[str, list[Judgement]] = defaultdict(list)
    for line in lines:
        if line.verb is Verb.TRANSLATE:
            found[line.target].append(line)
    return found


def public_translations(
    statements: Iterable[Statement],
    quote: PublicQuote,
    lines: Iterable[Judgement],
    every: Iterable[Judgement],
    redactor: Redactor,
) -> tuple[tuple[PublicTranslation, ...], tuple[Withheld, ...]]:
    """Return the translations of a quote that may be public, by language and words, and what is withheld.

    Args:
        statements: those that rest on the quote.
        quote: it as it may be shown: of a quote that shows only in part, no translation is shown.
        lines: the translations of it, each on one of the statements.
        every: all lines of the case, by which people are told apart.
        redactor: cuts names out of the translation.
    """
    contents = {(statement.id, statement.content) for statement in statements}
    said: dict[tuple[str, str], list[Judgement]] = defaultdict(list)
    withheld: list[Withheld] = []
    for line in lines:
        if (line.target, line.content) not in contents:
            why = "its statement has another content today: look at it again"
            withheld.append(Withheld(what=line.id, code="translation", why=why))
        elif not is_whole(quote.exact):
            why = "the quote shows only in part, and so no translation of all of it"
            withheld.append(Withheld(what=line.id, code="translation", why=why))
        else:
            said[line.detail.get("language", ""), line.detail.get("words", "")].append(line)
    found = []
    for (language, words), many in sorted(said.items()):
        by_people = [line for line in many if not line.detail.get("machine")]
        machines = sorted(line.detail["machine"] for line in many if line.detail.get("machine"))
        found.append(
            PublicTranslation(
                language=language,
                words=redactor.words(words),
                machine=(machines[0] if is_whole(redactor.words(machines[0])) else _UNNAMED) if machines else None,
                reviewers=count_reviewers(by_people, every) if by_people else 0,
            )
        )
    return tuple(found), tuple(withheld)
