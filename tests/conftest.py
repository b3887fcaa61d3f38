"""What the tests share: the rulebook as shipped, and one way to examine a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wrongfix import engine, rulebook
from wrongfix.settings import Settings
from wrongfix.text import Source

Examine = Callable[..., engine.Examination]


@pytest.fixture(scope="session")
def book() -> rulebook.Rulebook:
    """Return the rulebook as shipped."""
    return rulebook.load()


@pytest.fixture(scope="session")
def examine(book: rulebook.Rulebook) -> Examine:
    """Return a function that examines a text, under a name and settings of the test's choice."""

    def examined(text: str, name: str = "record.md", **settings: object) -> engine.Examination:
        return engine.examine(Source(name, text), book, Settings(**settings))  # type: ignore[arg-type] # as tests name them

    return examined
