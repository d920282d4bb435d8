"""The command line: one file a group of commands. Errors are one line; 2 is the user's mistake, 1 a failed check."""

import sys

import click

from overt import __version__
from overt.cli import (
    adding,
    asking,
    case,
    comparing,
    judging,
    looking,
    naming,
    noticing,
    parsing,
    picturing,
    profiling,
    publishing,
    reporting,
    rereading,
    tracing,
    weighing,
)
from overt.cli.screen import fail, speak_utf8
from overt.model import OvertError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="overt")
def overt() -> None:
    """Overt: open-source investigations in which every number can be recounted.

    A case is a folder. Most commands work on the case in the current folder; --case DIR names another.
    """


_GROUPS = (
    case, adding, asking, rereading, parsing, comparing, looking, profiling, weighing, tracing, naming, judging,
    picturing, publishing, reporting, noticing,
)  # fmt: skip
for module in _GROUPS:
    for command in module.COMMANDS:
        overt.add_command(command)


def main() -> None:
    """Run the command `overt`: no traceback ever reaches the user for a mistake of theirs."""
    speak_utf8()
    try:
        code = overt(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.exceptions.NoArgsIsHelpError as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except click.ClickException as fault:
        at = getattr(fault, "ctx", None)
        fail(fault.format_message() + (f" See: {at.command_path} --help" if at is not None else ""))
        sys.exit(fault.exit_code)
    except (click.Abort, KeyboardInterrupt):
        fail("interrupted; nothing is lost: run the same command again to go on")
        sys.exit(130)
    except OvertError as fault:
        fail(str(fault))
        sys.exit(fault.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as fault:
        fail(f"{fault.filename or 'a file'}: {fault.strerror or fault}; nothing that was sealed or judged is lost")
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)
