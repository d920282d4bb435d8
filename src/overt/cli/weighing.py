"""Commands that count and explain: count and why."""

from pathlib import Path

import click
import msgspec

from overt.cli.beside import show_reported
from overt.cli.screen import case_option, fail, opened, out_json, say, several, table, tree
from overt.model import Count, InputError, Question, Registry, Support
from overt.model.edtf import is_edtf
from overt.places import gazetteer
from overt.profile import Profile
from overt.review import Walk, as_words
from overt.weigh import count, reported_counts, sentence

WORDS = {s.word: s for s in Support if s is not Support.NONE}


def kind_of(profile: Profile, word: str) -> str:
    """The counted kind that a word means: `sites`, the kind's own name, or its label."""
    counted = {key: kind for key, kind in profile.kinds.items() if kind.counted}
    for key, kind in counted.items():
        names = {key, *kind.label.values(), *kind.plural.values()}
        if word in names or word.rstrip("s") in names or (word == "sites" and len(counted) == 1):
            return key
    raise InputError(f"{word!r} is not counted by this profile; it counts {', '.join(counted)} (or: sites)")


def check_day(as_of: str | None) -> None:
    """Raise InputError where the value of --as-of is no day, month or year."""
    if as_of is not None and not is_edtf(as_of):
        raise InputError(f"--as-of {as_of!r}: not a date; write YYYY-MM-DD, YYYY-MM or YYYY")


@click.command("count")
@click.argument("what", default="sites")
@click.option(
    "--by", type=click.Choice(["country", "operator", "support"]), help="Give the number for each of these too."
)
@click.option("--support", type=click.Choice(list(WORDS)), default="reported", show_default=True, help="At least this.")
@click.option("--as-of", help="Publicly said by this day (EDTF, as 2022-12-31).")
@click.option("--judged", is_flag=True, help="Accepted statements only, as a release counts.")
@click.option("--explain", is_flag=True, help="Each row with what it rests on, and what was not counted and why.")
@click.option(
    "--not-counted", "not_counted", is_flag=True, help="What is in no row, and numbers that mix two reports: why."
)
@click.option("--sentence", "as_sentence", is_flag=True, help="One printable paragraph.")
@click.option(
    "--reported",
    is_flag=True,
    help="All reported counts beside the recount of the same day; with --explain, row by row.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@case_option
def count_command(
    what: str,
    by: str | None,
    support: str,
    as_of: str | None,
    judged: bool,
    explain: bool,
    not_counted: bool,
    as_sentence: bool,
    reported: bool,
    as_json: bool,
    folder: Path,
) -> None:
    """Count WHAT (sites). The headline is the low end: what is left if every open question joins."""
    check_day(as_of)
    case, profile, registry = opened(folder)
    if reported:
        show_reported(registry, profile, explain, as_json)
        return
    question = Question(kind=kind_of(profile, what), support=WORDS[support], by=by, as_of=as_of, judged=judged)
    answer = count(registry, profile, question)
    remember(case.local, question, answer)
    if not_counted:
        _not_counted(answer, registry, profile, as_json)
    elif as_json:
        plain = as_words(answer)
        out_json(plain)
    elif as_sentence:
        say(sentence(answer, profile, registry=registry))
    else:
        _show(answer, explain, registry, profile)


def _show(answer: Count, explain: bool, registry: Registry, profile: Profile) -> None:
    question = answer.question
    high = f" (up to {answer.high}: open questions)" if answer.high != answer.low else ""
    as_of = f", publicly said by {question.as_of}" if question.as_of else ""
    say(f"{answer.low}{high} - {question.kind}, support {question.support.word} or more{as_of}", style="bold")
    if not answer.exact:
        say("the number is no exact minimum: a city has more than 12 names, operators or addresses to tell apart")
    if answer.unjudged_rows:
        say(f"{answer.unjudged_rows} of these rows rest on statements that nobody judged yet")
    if answer.undated:
        say(f"left out, as their date is missing or not certain: {several(len(answer.undated), 'document')}")
    if answer.by:
        table(
            [question.by or "by", "low", "high"],
            [[_group(question.by, k), *v] for k, v in sorted(answer.by.items(), key=lambda p: (-p[1][0], p[0]))],
        )
    if explain:
        tree(Walk(registry, profile).count(answer))
    say(f"id {answer.id[:16]}   (walk back: overt why {answer.id[:12]})")


def _group(by: str | None, key: str) -> str:
    """What a group of rows is called: a body by its place ("police of Wenzhou"), what has none in words."""
    body, at, place = key.partition("@")
    known = gazetteer.get(place) if at else None
    if by == "operator" and known is not None:
        return f"{body} of {known.names.get('en') or known.id}"
    return key or "not stated"


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is in no row: an entity, a part of a row that may be the same as another, or a reported count."""

    what: str
    id: str
    label: str
    reason: str


def left_out(answer: Count, registry: Registry, profile: Profile) -> list[Left]:
    """Return all that a count leaves out: entries in no row, parts of open rows, numbers that mix two reports."""
    made = [Left(what="entry", id=n.entity, label=n.label, reason=n.reason) for n in answer.not_counted]
    for row in answer.rows:
        why = f"may be the same as {row.label}: nothing forbids that they are one"
        made += [Left(what="duplicate", id=part.entity, label=part.label, reason=why) for part in row.parts[1:]]
    for told in reported_counts(registry, profile):
        if told.conflation is not None:
            label = f"{told.number:g} {told.unit} ({told.voice})"
            made.append(Left(what="conflation", id=told.statement, label=label, reason=told.conflation))
    return made


def _not_counted(answer: Count, registry: Registry, profile: Profile, as_json: bool) -> None:
    found = left_out(answer, registry, profile)
    if as_json:
        out_json(found)
        return
    say(f"{len(found)} left out of {answer.low} {answer.question.kind}", style="bold")
    table(["what", "entry", "reason", "id"], [[x.what, x.label, x.reason, x.id[:12]] for x in found])


def remember(local: Path, question: Question, answer: Count) -> None:
    """Keep the question under its id, so that `why` can ask it again. Lost in a read-only folder, which is no harm."""
    try:
        asked = local / "asked"
        asked.mkdir(parents=True, exist_ok=True)
        (asked / f"{answer.id}.json").write_bytes(msgspec.json.encode(question))
    except OSError as fault:
        fail(f"this count's id cannot be kept for `overt why` ({fault.strerror}); ask again with --explain")


def recall(local: Path, given: str) -> Question | None:
    """The question that an id names, or None."""
    for path in sorted((local / "asked").glob("*.json")) if (local / "asked").is_dir() else []:
        if path.stem.startswith(given.lower()) and len(given) >= 6:
            return msgspec.json.decode(path.read_bytes(), type=Question)
    return None


@click.command("why")
@click.argument("id")
@case_option
def why_command(id: str, folder: Path) -> None:
    """Walk back from a count, entity, fact, statement or origin to the words and the sealed bytes."""
    case, profile, registry = opened(folder)
    question = recall(case.local, id)
    walk = Walk(registry, profile)
    tree(walk.count(count(registry, profile, question)) if question is not None else walk.why(id))


COMMANDS = (count_command, why_command)
