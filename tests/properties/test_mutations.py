"""Records cut, doubled, reordered and rewritten: nothing breaks, and what should not depend on the change stays."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from properties.laws import HEAVY, examined
from wrongfix.settings import Settings

HERE = Path(__file__).parents[1] / "records"
EVERY = 1 if HEAVY else 12
"""In the everyday run one record of so many is taken."""
_SPLIT = re.compile(r"(\n[ \t]*\n)")


def records():
    """Return the records of the tests, and those of a corpus where one is named."""
    folders = [HERE, *(Path(each) for each in (os.environ.get("WRONGFIX_CORPUS"),) if each)]
    paths = [
        (folder, path)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".md", ".yaml", ".yml") and path.name != "EXPECTED.yaml"
    ]
    return [pytest.param(path, id=path.relative_to(folder).as_posix()) for folder, path in paths[::EVERY]]


def pieces(text):
    """Return the blocks of a text, each with the blank line after it."""
    parts = _SPLIT.split(text)
    return ["".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]


def said(examination):
    """Return what is said, without places."""
    return Counter((each.code, each.severity, each.failures, each.approaches) for each in examination.findings)


RECORDS = records()


@pytest.mark.parametrize("path", RECORDS)
def test_a_record_broken_anywhere_is_read(path, book):
    """Cut at each block boundary from either end, each block doubled, neighbours swapped, front matter gone."""
    text = path.read_text(encoding="utf-8", errors="replace")
    blocks = pieces(text)
    for at in range(len(blocks) + 1):
        examined("".join(blocks[:at]), path.name, book)
        examined("".join(blocks[at:]), path.name, book)
        examined("".join((*blocks[:at], *blocks[max(at - 1, 0) :])), path.name, book)
        examined(
            "".join((*blocks[:at], *blocks[at + 1 : at + 2], *blocks[at : at + 1], *blocks[at + 2 :])), path.name, book
        )
    for at in range(0, len(text), max(len(text) // 20, 1)):
        examined(text[:at], path.name, book)


@pytest.mark.parametrize("path", RECORDS)
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_change_nothing(path, end, book):
    """The same findings, whichever way lines end."""
    text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
    using = Settings(profile="strict")
    assert said(examined(text, path.name, book, using)) == said(
        examined(text.replace("\n", end), path.name, book, using)
    )


@pytest.mark.parametrize("path", RECORDS)
def test_an_emoji_before_a_finding_moves_it_by_one(path, book):
    """A sign beyond UTF-16 put before the first line of the body shifts every later finding and says nothing."""
    text = path.read_text(encoding="utf-8", errors="replace")
    before = examined(text, path.name, book)
    record = next((each for each in before.records if each.format.startswith("markdown")), None)
    first = next((each for each in record.blocks if each.kind == "paragraph"), None) if record else None
    if first is None:
        pytest.skip("no paragraph")
    at = first.span.end
    after = examined(text[:at] + " 😀" + text[at:], path.name, book)
    assert said(before) == said(after)
    moved = Counter((each.code, each.span.start + 2 * (each.span.start >= at)) for each in before.findings)
    assert moved == Counter((each.code, each.span.start) for each in after.findings)
