"""Work spread over processes gives what one process gives."""

import os
import sys

import pytest

from program import CLEAN, MISSPELT, WRONG, write
from wrongfix.cli import workers
from wrongfix.cli.checking import Checking
from wrongfix.cli.project import Overrides, Project
from wrongfix.walk import Found

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forking is used on Linux alone")


def test_every_piece_is_told():
    """Each piece of work is done once, whatever the number of processes, and heard of when it is done."""
    for number in (1, 2, 3):
        heard = []
        told = workers.spread(lambda piece: piece * 2, 10, number, heard.append)
        assert told == {piece: piece * 2 for piece in range(10)}
        assert heard == list(range(1, 11))


def test_a_long_result_and_a_short_one():
    """What is told in many reads, or with others in one, arrives whole."""
    told = workers.spread(lambda piece: "x\n" * 10 ** (6 - piece), 6, 2, lambda _: None)
    assert told == {piece: "x\n" * 10 ** (6 - piece) for piece in range(6)}


def test_a_process_that_fails_tells_nothing():
    """What a process cannot do is missing, and what it and the others did is there."""

    def work(piece: int) -> int:
        if piece == 3:
            raise ValueError
        return piece

    assert workers.spread(work, 6, 2, lambda _: None) == {0: 0, 1: 1, 2: 2, 4: 4}


def test_little_work_is_done_alone():
    """A few documents are not worth a process."""
    assert workers.processes(5) == 1
    assert workers.processes(10_000) == min(8, len(os.sched_getaffinity(0)))


def test_same_outcomes(tmp_path, monkeypatch):
    """Findings, counts and looks are the same from several processes as from one, and both tell how far they are."""
    names = {f"docs__decisions__{number:04}_md": (WRONG, CLEAN, MISSPELT, "# x\n")[number % 4] for number in range(90)}
    write(tmp_path, **names)
    found = [Found(str(path), named=False) for path in sorted((tmp_path / "docs" / "decisions").iterdir())]
    told, heard = [], []
    for number in (1, 3):
        monkeypatch.setattr("wrongfix.cli.checking.processes", lambda _, number=number: number)
        outcomes = Checking(Project(Overrides())).of_files(found, heard.append)
        told.append([(each.document.path, each.findings, each.records, each.counts) for each in outcomes])
    assert told[0] == told[1]
    assert sum(len(findings) for _, findings, _, _ in told[0]) == 45
    assert heard == [0, 20, 40, 60, 80, 20, 40, 60, 80]
