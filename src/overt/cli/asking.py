"""The command `ask-model`: a model is asked about the parts of the pages, and its answers are kept for `build`."""

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from overt.asking import Asked, Pending, ask, became, pages, pending
from overt.case import Case, open_case, set_rows, writing
from overt.cli.screen import Bar, case_option, fail, say, table
from overt.find.llm import NAME, VERSION, words
from overt.find.llm.serving import serving
from overt.model import FetchError, InputError
from overt.net import Endpoint
from overt.profile import load
from overt.toml_rows import Plain


@click.command("ask-model")
@click.option("--model", "name", help="The model, as its server calls it. Is written into overt.toml.")
@click.option("--at", "address", metavar="URL", help="Where it answers (http://127.0.0.1:8080/v1). Is written too.")
@click.option("--local", is_flag=True, help="With --at: the server is another machine of your own network.")
@click.option(
    "--gguf",
    "weights",
    type=click.Path(path_type=Path),
    help="Serve this file of weights here while the command runs (needs overt[llm]).",
)
@click.option("--most", type=click.IntRange(1), help="Ask at most so many questions this time.")
@click.option("--again", is_flag=True, help="Ask again where the answer did not have the form that was asked for.")
@click.option("--yes", is_flag=True, help="Do not ask before text leaves this machine (it is still said).")
@case_option
@click.pass_context
def ask_model_command(
    context: click.Context,
    name: str | None,
    address: str | None,
    local: bool,
    weights: Path | None,
    most: int | None,
    again: bool,
    yes: bool,
    folder: Path,
) -> None:
    """Ask a model about the pages, as a second finder. Its answers are kept; `build` uses them and asks nobody."""
    if weights is not None and (address is not None or local):
        raise InputError("--gguf serves the model here: leave out --at and --local")
    if weights is not None and name is None:
        name = weights.stem
    case = _named(open_case(folder), name, address, local)
    endpoint = case.settings.model
    if endpoint is None:
        raise InputError("this case names no model: give --model NAME, and --at URL where its server is not here")
    with serving(weights) if weights is not None else contextlib.nullcontext() as served:
        if served is not None:
            endpoint = msgspec.structs.replace(endpoint, at=served, local=True, key_from="")
        _ask_about(context, case, endpoint, most, again, yes)


def _ask_about(
    context: click.Context, case: Case, endpoint: Endpoint, most: int | None, again: bool, yes: bool
) -> None:
    key = endpoint.key()
    profile = load(case.profile)
    with writing(case), Bar() as tell:
        asked = pages(case, endpoint, tell)
        todo = pending(case, asked, profile, endpoint, tell, again)
    waiting = len(todo)
    todo = todo[:most]
    if todo:
        _tell(endpoint, todo, yes)
    failed = _ask(case, todo, endpoint, key)
    rest = waiting - len(todo) + failed
    say(f"{len(todo) - failed} questions answered, {failed} failed, {rest} still without an answer")
    _became(case, asked, endpoint)
    say("Next: overt build")
    if failed:
        context.exit(2)


def _named(case: Case, name: str | None, address: str | None, local: bool) -> Case:
    """The case with the model that the options name, written into its `overt.toml`."""
    if name is None and address is None:
        if local:
            raise InputError("--local belongs to --at URL")
        return case
    old = case.settings.model
    called = (name if name is not None else old.name if old is not None else "").strip()
    if not called:
        raise InputError("--at needs --model NAME: this case names no model yet")
    new = msgspec.structs.replace(old, name=called) if old is not None else Endpoint(name=called)
    new = msgspec.structs.replace(new, at=address or new.at)
    if not new.host or not new.at.lower().startswith(("http://", "https://")):
        raise InputError(f"--at {new.at!r}: not the http or https address of a server")
    if address is not None or old is None:
        new = msgspec.structs.replace(new, local=local or new.is_this_machine)
    rows: dict[str, Plain] = {"name": new.name, "at": new.at, "local": new.local}
    with writing(case):
        set_rows(case, {"finders": {NAME: VERSION}, "model": rows})
    say(f"overt.toml: the finder {NAME} is on, with the model {new.name} at {new.at}")
    return open_case(case.root)


def _tell(endpoint: Endpoint, todo: Sequence[Pending], yes: bool) -> None:
    """Say who will see what; ask first where it is another machine.

    Raises:
        InputError: where nobody can be asked and --yes was not given. click.Abort: where the answer is no.
    """
    of = f"{len(todo)} parts of {len({one.capture for one in todo})} pages"
    if endpoint.stays_here:
        say(f"asking {endpoint.name} on this machine ({endpoint.host}) about {of}: Overt sends it nowhere else")
        return
    seen = f"the text and titles of {of}, and what the profile looks for"
    if endpoint.is_this_machine:
        say(f"{endpoint.host} is this machine, but by its name {endpoint.name} runs elsewhere. It will see {seen}.")
    else:
        say(f"{endpoint.host} is not this machine. It will see {seen}.")
    if not endpoint.is_this_machine and not endpoint.at.lower().startswith("https://"):
        say(f"{endpoint.host} is asked without encryption: whoever is on the way sees it too.")
    if yes:
        return
    if not sys.stdin.isatty():
        raise InputError(f"nothing was sent to {endpoint.host}: give --yes to send it without being asked")
    click.confirm("Send it?", abort=True, err=True)


def _ask(case: Case, todo: Sequence[Pending], endpoint: Endpoint, key: str | None) -> int:
    """Ask and show how far it is; return how many have no answer."""
    done = failed = 0
    with Bar() as tell:
        tell("ask", 0, len(todo))
        try:
            for done, problem in enumerate(ask(case, todo, endpoint, key), 1):
                tell("ask", done, len(todo))
                if problem is not None:
                    failed += 1
                    fail(problem)
        except FetchError as error:
            fail(error)
            return failed + len(todo) - done
    return failed


def _became(case: Case, asked: Sequence[Asked], endpoint: Endpoint) -> None:
    with Bar() as tell:
        ways = became(case, asked, load(case.profile), endpoint, tell)
    rows: list[list[object]] = [[label, ways[key]] for key, label in words().items() if ways[key]]
    if rows:
        table(["what became of all that was proposed", "number"], rows)


COMMANDS = (ask_model_command,)
