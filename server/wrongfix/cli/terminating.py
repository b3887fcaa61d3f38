"""Ending by a signal as by Ctrl-C, so that what is half written is taken away; what cannot be caught is left alone."""

from __future__ import annotations

import signal
from types import FrameType

_SIGNALS = ("SIGTERM", "SIGHUP")
"""As there are: Windows has no SIGHUP."""


def end_cleanly() -> None:
    """Let the signals that end a program unwind it first; one that the caller has ignored stays so."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _: FrameType | None) -> None:
    # the status that shells know
    raise SystemExit(128 + number)
