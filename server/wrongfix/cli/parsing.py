"""Reading a command's words: a wrong one is told with the nearest right one; it knows no command.

Flags that few need stand on a second screen of the help.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

RARER = "rarer options"
"""The title of the group of flags that `--help` leaves to `--help-all`."""
_ALL = "--help-all"


class Parser(argparse.ArgumentParser):
    """The parser of one command."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 # as argparse has them
        super().__init__(**settings, formatter_class=_help_format, allow_abbrev=False)
        self._whole = False

    def add_help_all(self) -> None:
        """Add the flag that shows all flags, if there are rarer ones."""
        if any(group.title == RARER for group in self._action_groups):
            self.add_argument(_ALL, action=_HelpAll, nargs=0, help="show the rarer options too")

    def parse_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override] # noqa: ANN401 # as argparse has it
        """Return the options; an unknown flag ends the program with the nearest known one."""
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            from wrongfix.settings_keys import nearest  # noqa: PLC0415 # needed only when something is wrong

            flags = [flag for action in self._actions for flag in action.option_strings if flag.startswith("--")]
            told = [f"{word}{nearest(word.partition('=')[0], flags) if word[0] == '-' else ''}" for word in unknown]
            self.error(f"unrecognized arguments: {' '.join(told)}")
        return options

    def format_help(self) -> str:
        """Return the help, without the rarer flags unless all are asked for."""
        groups = self._action_groups
        if not self._whole:
            self._action_groups = [group for group in groups if group.title != RARER]
        try:
            return super().format_help()
        finally:
            self._action_groups = groups

    def show_whole(self) -> NoReturn:
        """Print the help with all flags and end the program."""
        self._whole = True
        self.print_help()
        self.exit()

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 # as argparse has it
        if action.choices is not None and value not in action.choices:
            from wrongfix.settings_keys import nearest  # noqa: PLC0415 # needed only when something is wrong

            choices = [str(each) for each in action.choices]
            known = f"choose from {', '.join(choices)}"
            raise argparse.ArgumentError(action, f"invalid choice: {value!r}{nearest(str(value), choices)}; {known}")


class _HelpAll(argparse.Action):
    """Show everything."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the whole help and end the program."""
        if isinstance(parser, Parser):
            parser.show_whole()


def _help_format(prog: str) -> argparse.HelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=30, width=80)
