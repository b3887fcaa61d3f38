"""A terminal program driven by keys, with its screen as a person sees it; waiting has a limit and a reason."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

import pexpect
import pyte

ROWS, COLUMNS = 40, 150


class _Screen(pyte.Screen):
    """pyte 0.8.2 fails on private sequences that newer editors send."""

    def report_device_status(self, mode: int = 0, **_: object) -> None:
        pass

    def select_graphic_rendition(self, *attributes: int, private: bool = False, **_: object) -> None:
        if not private:
            super().select_graphic_rendition(*attributes)


class Terminal:
    """A program in a terminal."""

    def __init__(self, command: Sequence[str]) -> None:
        self._screen = _Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn(command[0], list(command[1:]), dimensions=(ROWS, COLUMNS))

    def text(self) -> str:
        """Return the screen as lines."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def keys(self, keys: str) -> None:
        """Press keys."""
        self._child.send(keys)

    def wait(self, condition: Callable[[str], object], what: str, seconds: float = 20) -> str:
        """Wait until the screen fulfils a condition and return it; else end the program with the screen and a reason."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self._stream.feed(self._child.read_nonblocking(65536, 0.05))
            except pexpect.TIMEOUT:
                pass
            except pexpect.EOF:
                break
            if condition(self.text()):
                return self.text()
        sys.exit(f"{self.text()}\n{what}")

    def ended(self) -> None:
        """Wait for the program to end."""
        self._child.expect(pexpect.EOF, timeout=10)
