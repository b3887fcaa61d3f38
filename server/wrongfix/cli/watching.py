"""Checking again whenever something changes: files are asked for their times, so it works on every system."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence

from wrongfix import configuration
from wrongfix.cli.console import CannotDoError, Console
from wrongfix.walk import PASSED_OVER, SUFFIXES

_SECONDS = 0.4


def watch(check: Callable[[], int], paths: Sequence[str], console: Console) -> int:
    """Check now and after every change until interrupted; what cannot be done is told and tried again later."""
    before: dict[str, int] | None = None
    try:
        while True:
            now = _times(paths)
            if now != before:
                before = now
                if console.interactive:
                    console.say("\x1b[2J\x1b[H")
                try:
                    check()
                except CannotDoError as error:
                    console.error(str(error))
                console.note(f"watching {', '.join(paths)}; Ctrl-C ends it")
                _flush()
            time.sleep(_SECONDS)
    except KeyboardInterrupt:
        return 0


def _flush() -> None:
    import sys  # noqa: PLC0415 # beside its use

    sys.stdout.flush()
    sys.stderr.flush()


def _times(paths: Sequence[str]) -> dict[str, int]:
    """Return when each document and configuration file below the paths was written."""
    found = {}
    for path in paths:
        if os.path.isfile(path):
            found[path] = _time(path)
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if name not in PASSED_OVER]
            for name in names:
                if name.lower().endswith(SUFFIXES) or name in configuration.FILE_NAMES:
                    full = os.path.join(folder, name)
                    found[full] = _time(full)
    return found


def _time(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0
