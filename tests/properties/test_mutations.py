"""Records cut, doubled, reordered and rewritten: nothing breaks, and what should not depend on the change stays."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from properties.laws import HEAVY, examined
from properties.mutations import broken, doubled_sections, translated, without_front_matter
from wrongfix.settings import Settings

HERE = Path(__file__).parents[1] / "records"
EVERY = 1 if HEAVY else 12
"""In the everyday run one record of so many is taken."""


def records():
    """Return the records of the tests; those of a corpus have a command of their own, `python -m tests.corpus.mutations`."""
    paths = [
        path
        for path in sorted(HERE.rglob("*"))
        if path.suffix in (".md", ".yaml", ".yml") and path.name != "EXPECTED.yaml"
    ]
    return [pytest.param(path, id=path.relative_to(HERE).as_posix()) for path in paths[::EVERY]]


def said(examination):
    """Return what is said, without places."""
    return Counter((each.code, each.severity, each.failures, each.approaches) for each in examination.findings)


RECORDS = records()


@pytest.mark.parametrize("path", RECORDS)
def test_a_record_broken_anywhere_is_read(path, book):
    """Cut at each block boundary from either end, each block doubled, neighbours swapped, cut within words."""
    text = path.read_text(encoding="utf-8", errors="replace")
    for other in (*broken(text), *doubled_sections(text), without_front_matter(text)):
        examined(other, path.name, book)


@pytest.mark.parametrize("path", RECORDS)
@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "zh", "ja"])
def test_headings_in_another_language_change_nothing(path, language, book):
    """The same findings, whatever language the headings of a record are in."""
    text = path.read_text(encoding="utf-8", errors="replace")
    assert said(examined(text, path.name, book)) == said(examined(translated(text, book, language), path.name, book))


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
