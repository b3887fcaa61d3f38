"""Measure the budgets of wrongfix beside other tools: `python -m benchmark`. One table; ratios are what counts."""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmark import conversation, records, soaking
from benchmark.measuring import Command, Measured, by_turns
from benchmark.tools import Tools, install


@dataclass(frozen=True)
class Row:
    """One budget: what was measured, beside what, and the most it may be."""

    work: str
    measured: str
    beside: str
    ratio: float
    budget: float

    def __str__(self) -> str:
        """Return the row of a Markdown table."""
        verdict = "holds" if self.ratio <= self.budget else "MISSED"
        return f"| {self.work} | {self.measured} | {self.beside} | {self.ratio:.2f} | {self.budget} | {verdict} |"


def main() -> None:
    """Install the tools, make the records, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmark", description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "wrongfix-benchmark", metavar="DIR",
                        help="where the tools are installed")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=7, help="how often each program runs (default 7)")
    parser.add_argument("--edits", type=int, default=10_000, help="random edits sent to the servers (default 10000)")
    parser.add_argument("--growth", action="store_true", help="measure also how work grows with size and number")
    options = parser.parse_args()
    tools = install(options.cache)
    folder = Path(tempfile.mkdtemp(prefix="wrongfix-benchmark-"))
    try:
        print("| work | measured | beside | ratio | budget | |\n|---|--:|--:|--:|--:|---|")
        for row in _budgets(tools, folder, options.rounds, options.edits):
            print(row, flush=True)
        if options.growth:
            print("\n| work | seconds | KiB or records a second | MiB |\n|---|--:|--:|--:|")
            for line in _growth(tools, folder):
                print(line, flush=True)
    finally:
        shutil.rmtree(folder)


def _budgets(tools: Tools, folder: Path, rounds: int, edits: int) -> Iterator[Row]:
    one = records.write(folder / "one", records.AI, 1)
    check: Command = [tools.wrongfix, "check", "--quiet", "--exit-zero"]
    commands: dict[str, Command] = {
        "bare": [tools.python, "-c", "pass"],
        "cold": [*check, "--no-cache", one],
        "warm": [*check, one],
        **_peers(tools, one),
    }
    seen = by_turns(commands, rounds * 3, folder / "home")
    yield _row("one 5 KB record", seen, "cold", "bare", 6)
    yield from _beside(seen, "one 5 KB record", "cold", "markdownlint", 0.25)
    yield _row("one 5 KB record, cached", seen, "warm", "bare", 6)
    for words, name, beside_rumdl, beside_markdownlint in (
        (records.ANYTHING, "1,000 records about anything", 4, 0.2),
        (records.AI, "1,000 records about AI", 10, 0.5),
    ):
        many = records.write(folder / name.replace(" ", "-"), words, 1000)
        commands = {"cold": [*check, "--no-cache", many], "warm": [*check, many], **_peers(tools, many)}
        seen = by_turns(commands, rounds, folder / "home")
        yield _row(name, seen, "cold", "rumdl", beside_rumdl)
        yield from _beside(seen, name, "cold", "markdownlint", beside_markdownlint)
        yield _row(f"{name}, cached", seen, "warm", "rumdl", 1)
    yield from _serving(tools, next(one.iterdir()), rounds, edits)


def _serving(tools: Tools, document: Path, rounds: int, edits: int) -> Iterator[Row]:
    server: Command = [tools.wrongfix, "server"]
    idle: Command = [tools.python, "-c", conversation.IDLE_SERVER]
    pairs = [
        (conversation.readiness(server, document.parent), conversation.readiness(idle, document.parent))
        for _ in range(rounds)
    ]
    ready, beside = (statistics.median(each) for each in zip(*pairs, strict=True))
    yield Row("server ready", f"{ready:.0f} ms", f"idle pygls {beside:.0f} ms", ready / beside, 1.2)
    peer: Command = [tools.rumdl, "server", "--stdio"]
    latency, other = (conversation.typing(each, document, 200) for each in (server, peer))
    beside = f"rumdl server {other.slowest_of_twenty:.1f} ms"
    yield Row("keystroke to diagnostics, p95", f"{latency.slowest_of_twenty:.1f} ms", beside,
              latency.slowest_of_twenty / 10, 1)  # fmt: skip
    soaked, other_soaked = (soaking.soak(each, document, edits) for each in (server, peer))
    yield Row(f"{edits:,} random edits, p95", f"{soaked.slowest_of_twenty:.1f} ms",
              f"rumdl server {other_soaked.slowest_of_twenty:.1f} ms", soaked.slowest_of_twenty / 10, 1)  # fmt: skip
    yield Row(f"{edits:,} random edits, growth", f"{soaked.growth:.1f} MiB",
              f"rumdl server {other_soaked.growth:.1f} MiB", soaked.growth / 10, 1)  # fmt: skip


def _growth(tools: Tools, folder: Path) -> Iterator[str]:
    check: Command = [tools.wrongfix, "check", "--quiet", "--exit-zero", "--no-cache"]
    for size in (1_000, 10_000, 100_000, 500_000, 2_000_000):
        path = records.write(folder / f"size-{size}", records.AI, 1, size)
        seen = by_turns({"x": [*check, path]}, 3, folder / "home")["x"]
        yield f"| one record of {size:,} bytes | {seen.wall:.3f} | {size / 1024 / seen.wall:,.0f} | {seen.memory:.0f} |"
    for count in (10, 100, 1_000, 10_000):
        path = records.write(folder / f"count-{count}", records.ANYTHING, count)
        seen = by_turns({"x": [*check, path]}, 1, folder / "home")["x"]
        yield f"| {count:,} records | {seen.wall:.3f} | {count / seen.wall:,.0f} | {seen.memory:.0f} |"


def _peers(tools: Tools, path: Path) -> dict[str, Command]:
    peers: dict[str, Command] = {"rumdl": [tools.rumdl, "check", "--no-cache", path]}
    if tools.markdownlint is not None:
        files = f"{path}/*.md"
        peers["markdownlint"] = [tools.markdownlint, files]
    return peers


def _beside(seen: dict[str, Measured], work: str, name: str, beside: str, budget: float) -> Iterator[Row]:
    if beside in seen:
        yield _row(work, seen, name, beside, budget)


def _row(work: str, seen: dict[str, Measured], name: str, beside: str, budget: float) -> Row:
    one, other = seen[name].wall, seen[beside].wall
    return Row(work, _time(one), f"{beside} {_time(other)}", one / other, budget)


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


if __name__ == "__main__":
    main()
