"""The command `judge`: a person's word on a statement, an entity, an origin, or for publication."""

from pathlib import Path

import click

from overt.build import renew
from overt.cli.screen import Bar, case_option, opened, say
from overt.model import MEANS, InputError, Verb
from overt.review import judge

_VERBS = [v for v in Verb if v not in (Verb.RELEASE, Verb.DISPUTE)]


@click.command("judge")
@click.argument("verb", type=click.Choice([str(v) for v in _VERBS]))
@click.argument("target")
@click.argument("other", required=False)
@click.option("--why", required=True, help="The reason. A judgement without one cannot be checked.")
@click.option("--as", "handle", required=True, help="Your handle: a pseudonym, lower-case letters, digits, hyphens.")
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="For amend and add: what the words say.")
@click.option("--public-role", help="For role: the public role in which the person speaks.")
@click.option("--ground", "ground", help="For ground: what allows the name to be public.")
@click.option("--words", help="For translate: the quote in another language. For shows: what the picture shows.")
@click.option("--to", "language", help="For translate: the language of --words, as in: en, zh-Hans.")
@click.option("--machine", help="For translate: the machine that made it. Without it a person did.")
@click.option("--who", help="For asked: who was asked about the entity.")
@click.option("--on", "asked_on", help="For asked: the day (EDTF).")
@click.option("--answered", help="For asked: the day of the answer, where one came.")
@click.option("--not-asked", help="For asked: why nobody was.")
@click.option("--no-build", is_flag=True, help="Do not bring the index up to date afterwards.")
@case_option
def judge_command(
    verb: str,
    target: str,
    other: str | None,
    why: str,
    handle: str,
    changes: tuple[str, ...],
    public_role: str | None,
    ground: str | None,
    words: str | None,
    language: str | None,
    machine: str | None,
    who: str | None,
    asked_on: str | None,
    answered: str | None,
    not_asked: str | None,
    no_build: bool,
    folder: Path,
) -> None:
    """Judge TARGET (an id, or its beginning).

    \b
    On statements:   accept reject amend add withhold not_said
    On entities:     same different part_of unsure  (TARGET and OTHER)
    On origins:      join split
    For publication: role NAME, ground NAME, redact WORDS, translate STATEMENT,
                     shows PICTURE STATEMENT-OR-ENTITY, withhold PICTURE,
                     asked ENTITY
    On a judgement:  undo
    """
    case, profile, registry = opened(folder)
    line = judge(
        case,
        registry,
        profile,
        Verb(verb),
        target,
        why,
        handle,
        other=other,
        changes=_pairs(changes),
        detail={
            key: value
            for key, value in (
                ("role", public_role),
                ("ground", ground),
                ("words", words),
                ("language", language),
                ("machine", machine),
                ("who", who),
                ("on", asked_on),
                ("answered", answered),
                ("not_asked", not_asked),
            )
            if value
        },
    )
    name = line.target if line.verb in (Verb.ROLE, Verb.GROUND, Verb.REDACT) else line.target[:12]
    say(f"{line.verb} {name} by {line.handle}: line {line.id[:12]}")
    if line.verb is Verb.ACCEPT:
        say(f"accept means: {MEANS}")
    if not no_build:
        with Bar() as tell:
            renew(case, tell)


def _pairs(changes: tuple[str, ...]) -> dict[str, str]:
    out: dict[str, str] = {}
    for one in changes:
        field, equals, value = one.partition("=")
        if not equals:
            raise InputError(f"--set {one}: write FIELD=VALUE")
        out[field.strip()] = value
    return out


COMMANDS = (judge_command,)
