"""A count as one printable paragraph: number, unit, as of, range, what is not in it and why. English and Chinese."""

from overt.model import Count, Registry
from overt.profile.schema import Profile
from overt.weigh.around import around
from overt.weigh.rules import sentence_part, support_word, told_in


def sentence(count: Count, profile: Profile, language: str = "en", registry: Registry | None = None) -> str:
    """Return the paragraph that says a count with all that belongs to it.

    Args:
        count: an answer of `count`.
        profile: gives the kind's words.
        language: `en` or any `zh`; other languages get English.
        registry: the case of the count. With it the paragraph also says the support of the rows, which of them are
            denied, closed or looked into, the open cities, what was looked at, and the numbers that others gave.
    """
    told = told_in(language)
    kind = profile.kinds[count.question.kind]
    label = kind.label.get(told, count.question.kind)
    countries = {row.country for row in count.rows if row.country}
    question = count.question

    def part(code: str, **words: str | int) -> str:
        return sentence_part(code, language, **words)

    said = [
        part(
            "headline",
            low=count.low,
            kind=label.lower(),
            countries=len(countries),
            support=support_word(question.support, language),
        ),
        part("as_of", as_of=question.as_of) if question.as_of else part("whole"),
        part("unit"),
    ]
    if count.high == count.low:
        said.append(part("no_range"))
    elif registry is None:  # else the open cities are named below
        said.append(part("range", high=count.high))
    if not count.exact:
        said.append(part("greedy"))
    if question.judged:
        said.append(part("judged"))
    elif count.unjudged_rows:
        said.append(part("unjudged", unjudged=count.unjudged_rows, low=count.low))
    noted = sum(any(p.notes for p in row.parts) for row in count.rows)
    if noted:
        said.append(part("noted", noted=noted))
    if count.not_counted:
        said.append(part("not_counted", not_counted=len(count.not_counted)))
    if count.undated:
        said.append(part("undated", undated=len(count.undated)))
    if registry is not None:
        said += around(count, registry, profile, language, part)
    return ("" if told == "zh" else " ").join(said)
