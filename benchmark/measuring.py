"""Measuring whole programs: by turns, so that what else the machine does falls on all of them alike."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]


@dataclass(frozen=True)
class Measured:
    """Medians of one program: seconds by the clock, seconds of work, and the most memory it held, in MiB."""

    wall: float
    work: float
    memory: float


def by_turns(commands: Mapping[str, Command], rounds: int, home: Path) -> dict[str, Measured]:
    """Run each program once a round, and return the medians by name; the first round warms up and is left out."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["XDG_CACHE_HOME"] = str(home)
    seen: dict[str, list[Measured]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            seen[name].append(_once(command, environment))
    return {name: _median(measured[1:]) for name, measured in seen.items()}


def _once(command: Command, environment: Mapping[str, str]) -> Measured:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    process.returncode = 0
    return Measured(wall, work, usage.ru_maxrss / 1024)


def _median(measured: Sequence[Measured]) -> Measured:
    return Measured(
        statistics.median(each.wall for each in measured),
        statistics.median(each.work for each in measured),
        statistics.median(each.memory for each in measured),
    )
