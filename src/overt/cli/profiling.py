"""Commands for those who write a profile: profile check, profile test, profile new."""

from importlib.resources.abc import Traversable
from pathlib import Path

import click

from overt.case import open_case
from overt.cli.screen import fail, say, several
from overt.find import Finders, tried, uncovered
from overt.profile import Profile, checked, find_profile, hints, line_of_example, new_profile, phrases_of

profile_argument = click.argument("profile", required=False)


@click.group("profile")
def profile_group() -> None:
    """Check, try and start profiles: what a case looks for, as data.

    PROFILE is the name of a shipped profile or a folder; without it, the profile of the case in the current folder.
    """


@profile_group.command("check")
@profile_argument
@click.pass_context
def check_command(context: click.Context, profile: str | None) -> None:
    """Check a profile: every fault with file, line and reason, then what is worth knowing."""
    folder = _folder(profile)
    loaded = _loaded(folder)
    if loaded is None:
        context.exit(2)
    for hint in hints(folder, loaded):
        say(f"  note: {hint}")
    words = sum(len(phrases_of(v)) for v in loaded.vocabularies.values())
    tried_by = sum(len(v.examples) for v in loaded.vocabularies.values())
    say(
        f"{loaded.name}: no fault. {several(len(loaded.kinds), 'kind')}, "
        f"{several(len(loaded.properties), 'property', 'properties')}, "
        f"{several(len(loaded.vocabularies), 'language')}, {several(words, 'phrase')}, "
        f"{several(len(loaded.voices), 'voice')}, {several(tried_by, 'example')}"
    )


@profile_group.command("test")
@profile_argument
@click.option("--uncovered", "list_uncovered", is_flag=True, help="List the phrases that no example holds.")
@click.pass_context
def test_command(context: click.Context, profile: str | None, list_uncovered: bool) -> None:
    """Try the examples of a profile: each text is read as a page would be, and what is found is compared."""
    folder = _folder(profile)
    loaded = _loaded(folder)
    if loaded is None:
        context.exit(2)
    finders = Finders(loaded)
    failed = total = 0
    for language, vocabulary in sorted(loaded.vocabularies.items()):
        path = folder / "vocabulary" / f"{language}.toml"
        for example in vocabulary.examples:
            total += 1
            wrong = tried(example, language, finders)
            if wrong:
                failed += 1
                fail(f"{path}, line {line_of_example(path, example)}: {' '.join(example.text.split())[:80]}")
                for line in wrong:
                    say(f"    {line}")
        phrases = phrases_of(vocabulary)
        left = uncovered(phrases, [e.text for e in vocabulary.examples])
        say(
            f"{language}: {several(len(vocabulary.examples), 'example')}; "
            f"{len(phrases) - len(left)} of {several(len(phrases), 'phrase')} in one of them"
        )
        for phrase in left if list_uncovered else ():
            say(f"    in no example: {phrase}")
    if failed:
        say(f"{failed} of {several(total, 'example')} failed", style="bold")
        context.exit(1)
    say(f"{several(total, 'example')}, none failed")


@profile_group.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="The profile's name.  [default: the folder's]")
@click.option("--language", "languages", multiple=True, default=("en",), show_default=True, help="May be repeated.")
def new_command(folder: Path, name: str | None, languages: tuple[str, ...]) -> None:
    """Start a profile in FOLDER with empty vocabularies, in which everything can be marked by hand."""
    for path in new_profile(folder, name or folder.name, languages):
        say(f"wrote {path.as_posix()}")
    say(f"next: put words into it, `overt profile check {folder.as_posix()}`, "
        f"`overt init CASE --profile {folder.as_posix()}`")  # fmt: skip


def _folder(name: str | None) -> Traversable:
    if name is None:
        return open_case(Path()).profile
    path = Path(name)
    if path.is_dir() and not (path / "profile.toml").is_file() and (path / "profile" / "profile.toml").is_file():
        return path / "profile"  # a case was named
    return find_profile(name)


def _loaded(folder: Traversable) -> Profile | None:
    """The profile, or None when its faults were said."""
    profile, wrong = checked(folder)
    for fault in wrong:
        fail(fault)
    return profile


COMMANDS = (profile_group,)
