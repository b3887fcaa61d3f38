"""The terminal: what goes to it, how wide and how colourful; it knows nothing of findings."""

from __future__ import annotations

import os
import sys
from typing import TextIO


class CannotDoError(Exception):
    """The job could not be done: bad usage, a broken configuration, a path that is missing. Exit status 2."""


class OutputError(CannotDoError):
    """What was to be said could not be written, and neither can the rest."""


class Console:
    """Standard output and error as one run uses them."""

    def __init__(self, color: str = "auto", *, quiet: bool = False) -> None:
        self.quiet = quiet
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        self.colour = color == "always" or (color == "auto" and _wants_colour(sys.stdout))
        self.interactive = _is_terminal(sys.stdout)
        self.shows_progress = _is_terminal(sys.stderr) and not quiet

    @property
    def width(self) -> int:
        """Return the columns lines are fitted to: the terminal's, 100 at most, and 80 where there is none."""
        try:
            columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(sys.stdout.fileno()).columns)
        except (OSError, ValueError):
            columns = 80
        return min(max(columns, 40), 100)

    def say(self, text: str) -> None:
        """Write the result of the command. Raises OutputError where nobody takes it, save one who has read enough."""
        try:
            sys.stdout.write(text)
        except OSError as error:
            raise _unwritten(error) from None

    def finish(self) -> None:
        """Hand over what was said so far. Raises OutputError as `say` does."""
        try:
            sys.stdout.flush()
        except OSError as error:
            raise _unwritten(error) from None

    def say_exactly(self, text: str) -> None:
        """Write the result of the command as UTF-8, with the line ends it has: a program reads it."""
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
        sys.stdout.buffer.flush()

    def note(self, text: str) -> None:
        """Write a line beside the result, unless it is to be quiet."""
        if not self.quiet:
            sys.stderr.write(f"{text}\n")

    def error(self, text: str) -> None:
        """Write why something could not be done."""
        sys.stderr.write(f"wrongfix: {text}\n")

    def progress(self, text: str) -> None:
        """Write a line that the next one overwrites; empty text takes it away."""
        if self.shows_progress:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()


def _unwritten(error: OSError) -> OSError | OutputError:
    if isinstance(error, BrokenPipeError):
        return error
    return OutputError(f"standard output cannot be written: {error.strerror or error}")


def _wants_colour(stream: TextIO) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (_is_terminal(stream) and os.environ.get("TERM") != "dumb")


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False
