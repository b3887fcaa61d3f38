"""The pages in `docs/rules/` are made from the rule files."""

import re
from pathlib import Path

import pytest

from wrongfix import configuration, engine, explain, rulebook
from wrongfix.text import Source

BOOK = rulebook.load()
PAGES = Path(__file__).parents[1] / "docs" / "rules"


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.code)
def test_the_page_is_current(rule):
    """A page that differs from what its rule file says is stale: run `python docs/write_rules.py`."""
    assert (PAGES / explain.file_name(rule)).read_text(encoding="utf-8") == explain.page(rule, BOOK)


@pytest.mark.parametrize(
    "rule", [rule for rule in BOOK.rules if rule.concern == "directives"], ids=lambda rule: rule.code
)
def test_a_page_recommends_silencing_that_works(rule, tmp_path):
    """What the page of a rule about comments recommends silences it, and the page recommends no comment."""
    page = explain.page(rule, BOOK)
    told = page.partition("## When to silence it")[2]
    assert "wrongfix-disable" not in told
    assert "# wrongfix: ignore" not in told
    assert "## Sources" not in page

    text = (
        "# A\n\n<!-- wrongfix-disable-file KNW002, KNW999 -->\n<!-- wrongfix-disable-file SUP001, SUP002, SUP003 -->\n"
    )
    (tmp_path / "docs" / "archive").mkdir(parents=True)
    path = tmp_path / "docs" / "archive" / "0001.md"
    for setting in ("", *re.findall(r"`([a-z-]+ = [^`]*)`", told)):
        (tmp_path / "wrongfix.toml").write_text(setting, encoding="utf-8")
        settings = configuration.of_folder(tmp_path).of_file("docs/archive/0001.md")
        codes = {each.code for each in engine.check(Source(str(path), text), BOOK, settings)}
        assert (rule.code in codes) is (setting == "")


def test_the_index_is_current():
    """The index lists every rule by family."""
    assert (PAGES / "README.md").read_text(encoding="utf-8") == explain.index(BOOK)


def test_no_page_is_left_over():
    """A page without a rule is taken away."""
    assert {path.name for path in PAGES.glob("*.md")} == {explain.file_name(rule) for rule in BOOK.rules} | {
        "README.md"
    }
