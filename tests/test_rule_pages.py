"""The pages in `docs/rules/` are made from the rule files."""

from pathlib import Path

import pytest

from wrongfix import explain, rulebook

BOOK = rulebook.load()
PAGES = Path(__file__).parents[1] / "docs" / "rules"


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.code)
def test_the_page_is_current(rule):
    """A page that differs from what its rule file says is stale: run `python docs/write_rules.py`."""
    assert (PAGES / explain.file_name(rule)).read_text(encoding="utf-8") == explain.page(rule, BOOK)


def test_the_index_is_current():
    """The index lists every rule by family."""
    assert (PAGES / "README.md").read_text(encoding="utf-8") == explain.index(BOOK)


def test_no_page_is_left_over():
    """A page without a rule is taken away."""
    assert {path.name for path in PAGES.glob("*.md")} == {explain.file_name(rule) for rule in BOOK.rules} | {
        "README.md"
    }
