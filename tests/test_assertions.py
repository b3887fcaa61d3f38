"""The table of assertions is true: nothing without a home, no dead reference."""

from pathlib import Path

import pytest
import yaml

from wrongfix import rulebook
from wrongfix.packing import folder

BOOK = rulebook.load()
DOCUMENTS = yaml.safe_load((folder() / "sources.yaml").read_text(encoding="utf-8"))["documents"]
TABLE = (Path(__file__).parents[1] / "docs" / "assertions.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if line.startswith("| A")]
CASES = [pytest.param(*row, id=row[0]) for row in ROWS]


def test_every_assertion_has_one_row():
    """The four documents make 130 assertions."""
    assert [row[0] for row in ROWS] == [f"A{number:03}" for number in range(1, 131)]


@pytest.mark.parametrize(("code", "words", "under", "carried"), CASES)
def test_a_row_leads_to_what_there_is(code, words, under, carried):
    """Headings stand in the documents; rules and cells exist."""
    assert words, code
    for reference in under.split(", "):
        document, _, anchor = reference.partition("#")
        assert anchor in DOCUMENTS[document]["headings"], reference
    for carrier in carried.split(", "):
        failure, _, approach = carrier.partition(" × ")
        assert carrier == "premise" or carrier in BOOK.by_name or BOOK.fit.cell(failure, approach) is not None, carrier


def test_every_rule_from_the_documents_carries_an_assertion():
    """A content rule that cites one of the four documents stands in the table."""
    carried = {carrier for row in ROWS for carrier in row[3].split(", ")}
    from_documents = {
        rule.code
        for rule in BOOK.rules
        if rule.concern == "content"
        and any(source.partition("#")[0] in DOCUMENTS for source in BOOK.explained["rules"][rule.code]["sources"])
    }
    assert from_documents - carried == set()
