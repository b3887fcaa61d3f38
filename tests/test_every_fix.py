"""Every fix that is offered leaves the same record behind; with WRONGFIX_CORPUS set to a folder, on its records too."""

import os
from pathlib import Path

import pytest

from wrongfix import engine, rulebook
from wrongfix.findings import Severity
from wrongfix.settings import Settings
from wrongfix.text import Source, apply

BOOK = rulebook.load()
HERE = Path(__file__).parent / "records"


def records():
    """Yield the records of this folder, and those of a corpus where one is named."""
    folders = [HERE / "whole", HERE / "shapes"]
    if corpus := os.environ.get("WRONGFIX_CORPUS"):
        folders.append(Path(corpus))
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".md", ".yaml", ".yml") and path.name != "EXPECTED.yaml":
                yield pytest.param(path, id=str(path.relative_to(folder)))


def traits(records):
    """Return what must stay: title, status and options of each record."""
    return [
        (
            each.title and each.title.value,
            each.status and each.status.value,
            [option.name.value for option in each.options],
        )
        for each in records
    ]


@pytest.mark.parametrize("path", list(records()))
def test_every_fix_leaves_the_same_record(path):
    """Whichever fix is taken, title, status and options stay, and no error comes that was not there."""
    source = Source(path.name, path.read_text(encoding="utf-8", errors="replace"))
    settings = Settings(profile="strict")
    before = engine.examine(source, BOOK, settings)
    known = {each.code for each in before.findings}
    for fix in {fix for finding in before.findings for fix in finding.fixes if fix.edits}:
        after = engine.examine(Source(source.name, apply(source.text, fix.edits)), BOOK, settings)
        new = {each.code for each in after.findings if each.severity is Severity.ERROR} - known
        assert traits(after.records) == traits(before.records), fix.title
        assert not new, (fix.title, new)
