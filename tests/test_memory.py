"""Memory has bounds: so much for the tool, and so many bytes for each byte of a document, whatever it holds.

The everyday suite holds them on small texts, for they are ratios; `pytest -m memory` on the largest that is read.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from program import PROGRAM, WRONG
from wrongfix.files import LARGEST

BASE = 64
"""Megabytes of a process that has the rules loaded."""
RATIO = 800
"""Bytes for each byte of the text that is checked; ordinary prose takes less than a hundred."""
MEGABYTE = 1_000_000
AI = "---\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# Use RAG for the assistant\n\n## Decision\n\nWe will fine-tune it.\n\n"
TEXTS = {
    "one word": ("r.md", AI, "a"),
    "headings": ("r.md", AI, "# a\n"),
    "cells": ("r.md", AI, "| a | b |\n|---|---|\n| a | b |\n\n"),
    "brackets": ("r.md", AI, "["),
    "items": ("r.md", AI, "- a\n"),
    "quotes": ("r.md", AI, "> "),
    "keys": ("r.yaml", "title: t\napproach: rag\n", "k: v\n"),
    "unknown tags": ("r.yaml", "title: t\napproach: [rag", ", a"),
    "records": ("r.yaml", "decisions:\n", "- title: t\n  status: accepted\n  approach: [rag]\n"),
    "nesting": ("r.yaml", "a: ", "["),
}
ALIASES = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(11)
)
_CHILD = """
import sys
from wrongfix import engine, rulebook
from wrongfix.settings import Settings
from wrongfix.text import Source
text = sys.stdin.buffer.read().decode()
engine.examine(Source(sys.argv[1], text), rulebook.load(), Settings(profile="strict"))
print(open("/proc/self/status").read())
"""

pytestmark = [
    pytest.mark.growth,
    pytest.mark.skipif(sys.platform != "linux", reason="asks the system how much was taken at most"),
]


def peak(name, text):
    """Return the most megabytes that checking a text took, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, name], input=text.encode(), capture_output=True, check=True, timeout=1_000
    )
    return megabytes(done.stdout.decode())


def megabytes(status):
    """Return the peak that the system's report on a process tells."""
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024 / MEGABYTE


@pytest.mark.parametrize(("name", "lead", "unit"), TEXTS.values(), ids=TEXTS)
def test_memory_grows_with_the_text_alone(name, lead, unit):
    """Fifty kilobytes of anything take less than the bound for each byte."""
    text = lead + unit * (50_000 // len(unit))
    assert peak(name, text) < BASE + len(text) * RATIO / MEGABYTE


@pytest.mark.parametrize(
    ("name", "text", "most"),
    [
        ("r.md", AI + "a" * 10_000_000, 300), ("r.yaml", ALIASES, BASE), ("r.yaml", "[" * 5_000_000, 150),
        ("r.md", "---\n" + "{a: " * 1_000_000 + "\n---\n# A\n", 300), ("r.md", AI + "## Decision\n\nWe use rag.\n\n" * 20_000, 300),
        ("r.md", AI + "| rag | model |\n|---|---|\n" + "| a | b |\n" * 20_000, 300),
    ],
    ids=["a line of 10 MB", "aliases", "nesting", "nesting in front matter", "20,000 headings", "20,000 rows"],
)  # fmt: skip
def test_texts_made_to_take_memory_do_not(name, text, most):
    """The classics, each with its own bound in megabytes."""
    assert peak(name, text) < most


@pytest.mark.memory
@pytest.mark.parametrize(
    "text", [AI + "We use rag for the model. " * 600_000, AI + "[" * 8_000_000, AI + "\n" * 15_000_000]
)
def test_the_largest_document_that_is_read_is_checked(text):
    """Nearly sixteen megabytes of prose, of brackets, of line ends: less than two gigabytes."""
    assert len(text) < LARGEST
    assert peak("r.md", text) < 2_000


@pytest.mark.memory
def test_ten_thousand_files_take_no_more_than_a_hundred(tmp_path):
    """A run keeps findings, not texts: 20 KB more for each file with a finding."""
    took = []
    for count in (100, 10_000):
        for number in range(count):
            (tmp_path / f"{number:05}.md").write_text(WRONG, encoding="utf-8")
        script = "import sys; sys.argv[1:] = ['check', '--no-cache', '--quiet', '.']; from wrongfix.cli.main import main; main(sys.argv[1:]); print(open('/proc/self/status').read(), file=sys.stderr)"
        done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
        took.append(megabytes(done.stderr))
    assert took[1] - took[0] < 10_000 * 20_000 / MEGABYTE


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    """Ten gigabytes take no more than nothing."""
    with Path(tmp_path / "big.md").open("wb") as stream:
        stream.truncate(10_000_000_000)
    done = subprocess.run(
        ["/usr/bin/env", PROGRAM, "check", "big.md"], cwd=tmp_path, capture_output=True, text=True, check=False, preexec_fn=_little  # no threads yet
    )  # fmt: skip
    assert "REC001" in done.stdout, done


def _little():
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (500 * MEGABYTE, 500 * MEGABYTE))
