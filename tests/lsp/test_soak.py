"""Thousands of edits leave the server with the client's text, its memory and its pace.

The long run is `pytest -m soak`; the everyday suite runs a short one.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

PIECES = (
    "a", "fine-tuning", "😀", "e\u0301", "漢字", "\n", "\r\n", "\r", "\u2028", "\x0c", "# ", "- ", "---\n", "[", "]", "`",
    "failure-tags: [stale-knowledge]\n", "approach: rag\n", "<!-- ", " -->", "\t", '"', ": ", "|", "* Good, because ",
)  # fmt: skip
RECORD = (
    "---\nstatus: proposed\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# Keep tariffs current\n\n"
    "## Context\n\nThe assistant quotes last year's tariffs 😀 and names plans we no longer sell.\n\n"
    "## Considered Options\n\n* Fine-tuning on the handbook\n* Retrieval over the handbook\n\n## Decision\n\n"
    'Chosen option: "Fine-tuning on the handbook", because the vendor offers it.\n'
)
WARM = 1000
"""Edits before memory is first measured: by then every path was taken once."""


def random_edit(chance, text):
    """Return a small random edit that keeps a text near the size of a record; never between CR and LF."""
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice((0, 0, 0, 1, 1, 3, 40 if len(text) > 6000 else 5)))
    while 0 < start < len(text) and text[start - 1 : start + 1] == "\r\n":
        start -= 1
    while 0 < end < len(text) and text[end - 1 : end + 1] == "\r\n":
        end += 1
    return start, end, chance.choice(PIECES) if chance.random() < 0.7 else ""


async def soak(editor, count, seed):
    """Make random edits, some of them several in one change; return how long each took to be answered, in ms."""
    chance = random.Random(seed)  # noqa: S311 # the same edits each time
    uri = editor.open("docs/adr/0001-soak.md", RECORD)
    await editor.diagnostics(uri)
    took, memory = [], 0
    for number in range(count):
        text, edits = editor.texts[uri], []
        for _ in range(chance.choice((1, 1, 1, 2))):
            edit = random_edit(chance, text)
            edits.append(edit)
            text = text[: edit[0]] + edit[2] + text[edit[1] :]
        before = time.perf_counter()
        editor.edit(uri, edits)
        await editor.pushed(uri, editor.versions[uri])
        took.append((time.perf_counter() - before) * 1000)
        editor.published.clear()
        if number % 100 == 99:
            assert await editor.seen_by_server(uri) == editor.digest(uri)
        if number == min(WARM, count // 2):
            memory = resident(editor)
    assert await editor.seen_by_server(uri) == editor.digest(uri)
    return took, resident(editor) - memory


def resident(editor):
    """Return the server's resident memory in KiB."""
    status = Path(f"/proc/{editor.client._server.pid}/status").read_text(encoding="utf-8")  # noqa: SLF001 # pygls hides it
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_a_short_soak(start, encoding):
    """After random edits with every odd sign, the server's text is the client's, in each encoding."""
    editor = await start("emacs30", encodings=[encoding])
    await soak(editor, 100, encoding)


@pytest.mark.soak
async def test_a_long_soak(start, capsys):
    """After 10,000 random edits the text is equal, memory is flat and the 95th percentile is what it was."""
    editor = await start("emacs30", encodings=["utf-16"])
    took, growth = await soak(editor, 10_000, "long")
    early, late = sorted(took[500:2500]), sorted(took[-2000:])
    with capsys.disabled():
        print(f"p50 {late[1000]:.1f} ms, p95 {late[1900]:.1f} ms, growth {growth} KiB")  # noqa: T201 # the figures wanted
    assert growth < 8_000
    assert late[1900] < 2 * early[1900] + 5


async def test_memory_stays_flat(start):
    """Keystrokes leave nothing behind, once every path was taken often enough."""
    editor = await start("emacs30")
    uri = editor.open("docs/adr/0001-small.md", "# A\n\n## Status\n\nproposed\n")
    memory = 0
    for number in range(WARM + 600):
        editor.replace(uri, 2, 2 + number % 2, "" if number % 2 else "x")
        await editor.pushed(uri, editor.versions[uri])
        editor.published.clear()
        if number == WARM:
            memory = resident(editor)
    assert resident(editor) - memory < 500
