"""How much work a call is, for tests that hold how time grows; it is no benchmark and compares with no fixed time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def cpu_seconds(call: Callable[[], object], repeats: int = 1) -> float:
    """Return the least processor time of some runs, with the collector at rest: what other tests left weighs nothing."""
    gc.collect()
    gc.disable()
    try:
        return min(_once(call) for _ in range(repeats))
    finally:
        gc.enable()


def _once(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start
