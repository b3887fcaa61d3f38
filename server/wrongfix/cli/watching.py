"""Checking again whenever something changes: files are asked for their times, so it works on every system."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from wrongfix.cli.console import CannotDoError, Console
from wrongfix.settings import BASELINE_NAME, FILE_NAMES
from wrongfix.walk import IGNORE_FILES, PASSED_OVER, SUFFIXES

_SECONDS = 0.4
_GOVERNING = (*FILE_NAMES, BASELINE_NAME, *IGNORE_FILES, os.path.join(".git", "info", "exclude"))
"""The files of a folder that say how it and the folders below are checked."""


def watch(check: Callable[[], Iterable[str]], paths: Sequence[str], console: Console) -> int:
    """Check now and after every change until interrupted; `check` returns what else it rests on.

    Raises CannotDoError where the first check does; what cannot be done later is told and tried again.
    """
    resting: set[str] = set()
    checked = False
    try:
        while True:
            before = _times(paths, resting)
            if console.interactive:
                console.say("\x1b[2J\x1b[H")
            try:
                new = set(check()) - before.keys()
                resting |= new
                before |= {name: _time(name) for name in new}
                checked = True
            except CannotDoError as error:
                if not checked:
                    raise
                console.error(str(error))
            console.note(f"watching {', '.join(paths)}; Ctrl-C ends it")
            _flush()
            while _times(paths, resting) == before:
                time.sleep(_SECONDS)
    except KeyboardInterrupt:
        return 0


def _flush() -> None:
    import sys  # noqa: PLC0415 # beside its use

    sys.stdout.flush()
    sys.stderr.flush()


def _times(paths: Sequence[str], others: Iterable[str]) -> dict[str, int]:
    """Return when each document, and each file that says how documents are checked, was written."""
    return {name: _time(name) for name in (*_watched(paths), *others)}


def _watched(paths: Sequence[str]) -> Iterator[str]:
    """Yield the documents the paths stand for, and what governs their folders, whether it is there or not."""
    for path in paths:
        if os.path.isdir(path):
            yield from _governing(os.path.abspath(path))
        else:
            yield path
            yield from _governing(os.path.dirname(os.path.abspath(path)))
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if name not in PASSED_OVER]
            for name in names:
                if name.lower().endswith(SUFFIXES) or name in _GOVERNING:
                    yield os.path.join(folder, name)


def _governing(folder: str) -> Iterator[str]:
    """Yield what governs a folder: in it, and in those above."""
    yield from (os.path.join(folder, name) for name in _GOVERNING)
    while (above := os.path.dirname(folder)) != folder:
        yield from (os.path.join(above, name) for name in _GOVERNING)
        folder = above


def _time(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except (OSError, ValueError):
        return 0
