"""Spreading work over processes: forked, so that they begin with all that is loaded, and told in JSON.

Only where forking is safe and pays; what a process fails to tell is done by the caller.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

_FEWEST = 100
"""Pieces of work; below that, forking costs more than it saves."""
_MOST = 8
"""Processes."""


def processes(pieces: int) -> int:
    """Return how many processes so much work is worth: 1 where it is done best by the caller alone."""
    if sys.platform != "linux" or pieces < _FEWEST:
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST)


def spread(work: Callable[[int], Any], pieces: int, number: int) -> dict[int, Any]:
    """Return what the work gave by piece, as plain data; a piece is missing where a process came to grief."""
    import json  # noqa: PLC0415 # a single check needs none

    sys.stdout.flush()
    sys.stderr.flush()
    started = [_start(work, range(first, pieces, number)) for first in range(number)]
    told: dict[int, Any] = {}
    try:
        for _, descriptor in started:
            with os.fdopen(descriptor, "rb") as stream:
                data = stream.read()
            with suppress(ValueError):
                told.update((int(piece), result) for piece, result in json.loads(data).items())
    except BaseException:
        from signal import SIGKILL  # noqa: PLC0415 # hardly any run ends so

        for process, _ in started:
            os.kill(process, SIGKILL)
        raise
    finally:
        for process, _ in started:
            os.waitpid(process, 0)
    return told


def _start(work: Callable[[int], Any], pieces: range) -> tuple[int, int]:
    """Start a process for some pieces; return its number and where it tells its results."""
    import json  # noqa: PLC0415 # as above

    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    try:
        data = json.dumps({piece: work(piece) for piece in pieces}).encode()
        with os.fdopen(writing, "wb") as stream:
            stream.write(data)
    finally:
        # whatever happened, a worker neither reports nor cleans up: the caller does the work anew and says why
        os._exit(0)
