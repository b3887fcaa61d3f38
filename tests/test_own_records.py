from __future__ import annotations

from pathlib import Path

import pytest

DECISIONS = sorted((Path(__file__).parents[1] / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_our_own_records_are_clean(path, examine):
    """The project's decisions pass its own checks, in the strict profile too."""
    for profile in ("default", "strict"):
        assert examine(path.read_text(encoding="utf-8"), path.name, profile=profile).findings == ()


def test_there_are_records():
    """The project writes its decisions down."""
    assert DECISIONS
