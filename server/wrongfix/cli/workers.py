"""Spreading work over processes: forked, so that they begin with all that is loaded, and told in JSON.

Only where forking is safe and pays; what a process fails to tell is done by the caller.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

_FEWEST = 100
"""Pieces of work; below that, forking costs more than it saves."""
_MOST = 8
"""Processes."""
_AT_ONCE = 1 << 16
"""Bytes."""


def processes(pieces: int) -> int:
    """Return how many processes so much work is worth: 1 where it is done best by the caller alone."""
    if sys.platform != "linux" or pieces < _FEWEST:
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST)


def spread(work: Callable[[int], Any], pieces: int, number: int, tell: Callable[[int], None]) -> dict[int, Any]:
    """Return what the work gave by piece, as plain data; a piece is missing where a process came to grief.

    `tell` hears how many pieces are done, each time one is.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    started = dict(_start(work, range(first, pieces, number)) for first in range(number))
    told: dict[int, Any] = {}
    try:
        for piece, result in _heard(list(started)):
            told[piece] = result
            tell(len(told))
    except BaseException:
        from signal import SIGKILL  # noqa: PLC0415 # hardly any run ends so

        for process in started.values():
            os.kill(process, SIGKILL)
        raise
    finally:
        for process in started.values():
            os.waitpid(process, 0)
    return told


def _heard(descriptors: list[int]) -> Iterator[tuple[int, Any]]:
    """Yield each piece and its result as the processes tell them, a line for each, until all have ended."""
    import json  # noqa: PLC0415 # a single check needs none
    from selectors import EVENT_READ, DefaultSelector  # noqa: PLC0415 # as above

    with ExitStack() as stack, DefaultSelector() as selector:
        for descriptor in descriptors:
            selector.register(stack.enter_context(os.fdopen(descriptor, "rb", buffering=0)), EVENT_READ, bytearray())
        while selector.get_map():
            for ready, _ in selector.select():
                data = os.read(ready.fd, _AT_ONCE)
                if not data:
                    selector.unregister(ready.fileobj)
                    continue
                ready.data.extend(data)
                if b"\n" in data:
                    *lines, ready.data[:] = bytes(ready.data).split(b"\n")
                    for line in lines:
                        piece, result = json.loads(line)
                        yield piece, result


def _start(work: Callable[[int], Any], pieces: range) -> tuple[int, int]:
    """Start a process for some pieces; return where it tells its results, and its number."""
    import json  # noqa: PLC0415 # as above

    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return reading, process
    try:
        with os.fdopen(writing, "wb") as stream:
            for piece in pieces:
                stream.write(json.dumps([piece, work(piece)]).encode() + b"\n")
                stream.flush()
    finally:
        # whatever happened, a worker neither reports nor cleans up: the caller does the work anew and says why
        os._exit(0)
