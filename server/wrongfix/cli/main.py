"""The way into the command line: which command runs, and what its exit status is; each command is a module.

Only the command that is asked for is imported, for cold starts are what a hook is made of.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from wrongfix import __version__
from wrongfix.cli.console import CannotDoError, Console, OutputError
from wrongfix.cli.parsing import Parser

COMMANDS: Mapping[str, tuple[str, str]] = {
    "check": ("wrongfix.cli.check", "lint files and folders"),
    "inspect": ("wrongfix.cli.inspect", "show what is read out of each record"),
    "rule": ("wrongfix.cli.rule", "explain one rule, or list all (alias: explain)"),
    "recommend": ("wrongfix.cli.recommend", "say what fits these failures, in order"),
    "new": ("wrongfix.cli.new", "begin a record from a template"),
    "init": ("wrongfix.cli.init", "write a commented config and a pre-commit entry"),
    "baseline": ("wrongfix.cli.baseline", "accept today's findings; check reports new ones"),
    "config": ("wrongfix.cli.config", "show the settings in force, and where from"),
    "server": ("wrongfix.cli.server", "run the language server"),
    "completion": ("wrongfix.cli.completion", "print a shell's completion script"),
}
"""The commands by name, each with its module (with `OPERANDS`, `EXAMPLE`, `arguments` and `run`) and what it does."""
ALIASES: Mapping[str, str] = {"explain": "rule"}

INTERRUPTED = 130
NOBODY_READS = 141
"""The statuses a shell gives a program that ends by Ctrl-C, and one whose reader has seen enough."""


def main(arguments: Sequence[str]) -> int:
    """Run a command and return the exit status: 0, 1 for findings, 2 for what could not be done."""
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:2], "--help"]
    first = arguments[0] if arguments else ""
    name = ALIASES.get(first, first)
    console = Console()
    try:
        if name not in COMMANDS:
            status = _without_command(first, console)
        else:
            options = parser_of(name).parse_args(arguments[1:])
            console = Console(getattr(options, "color", "auto"), quiet=getattr(options, "quiet", False))
            status = import_module(COMMANDS[name][0]).run(options, console)
        console.finish()
    except OutputError as error:
        _give_output_up()
        console.error(str(error))
        return 2
    except CannotDoError as error:
        console.error(str(error))
        return 2
    except KeyboardInterrupt:
        console.error("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        _give_output_up()
        return NOBODY_READS
    except OSError as error:
        _give_output_up()
        console.error(_told(error))
        return 2
    return status


def _told(error: OSError) -> str:
    """Return what could not be done with what."""
    if isinstance(error.filename, str):
        return f"{error.filename} cannot be used: {error.strerror}"
    try:
        os.getcwd()
    except FileNotFoundError:
        return "the current folder is gone"
    except OSError as closed:
        return f"the current folder cannot be used: {closed.strerror}"
    return f"the system refused: {error.strerror or error}"


def _give_output_up() -> None:
    """Send what is still to be written nowhere, so that ending does not fail on it too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _without_command(first: str, console: Console) -> int:
    """Answer what is no command: help, version, or a word nobody knows."""
    if first in ("", "-h", "--help"):
        console.say(overview())
        return 0 if first else 2
    if first in ("-V", "--version", "version"):
        console.say(f"wrongfix {__version__}\n")
        return 0
    from wrongfix.settings_keys import nearest  # noqa: PLC0415 # needed only when something is wrong

    raise CannotDoError(f"unknown command {first!r}{nearest(first, COMMANDS)}; see wrongfix --help")


def parser_of(name: str) -> Parser:
    """Return the parser of one command."""
    command = import_module(COMMANDS[name][0])
    parser = Parser(
        prog=f"wrongfix {name}",
        usage=f"wrongfix {name} [OPTION ...] {command.OPERANDS}".rstrip(),
        description=(command.__doc__ or "").partition("\n")[0],
        epilog=command.EXAMPLE,
    )
    command.arguments(parser)
    parser.add_help_all()
    return parser


def overview() -> str:
    """Return the help of the program as a whole."""
    lines = [f"  {name:<12}{said}" for name, (_, said) in COMMANDS.items()]
    return (
        "usage: wrongfix COMMAND [ARGUMENT ...]\n\n"
        "Lints decision records about AI systems: does the approach fix the failure?\n\n"
        + "\n".join(lines)
        + "\n\nexamples:\n"
        "  wrongfix check docs/decisions\n"
        "  wrongfix rule wrong-fix\n\n"
        "wrongfix COMMAND --help tells more, wrongfix --version the version.\n"
    )
