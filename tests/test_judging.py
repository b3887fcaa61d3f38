from __future__ import annotations

import pytest

from wrongfix import engine
from wrongfix.findings import Severity
from wrongfix.settings import Settings
from wrongfix.text import Source

BOTH = "---\nstatus: {status}\nfailure-tags: [{failures}]\napproach: [{approaches}]\n---\n# A\n"


def found(examine, failures, approaches, status="proposed", **settings):
    """Return the codes and severities of the findings on a record with these tags."""
    text = BOTH.format(status=status, failures=failures, approaches=approaches)
    return [(each.code, each.severity.value) for each in examine(text, **settings).findings]


def test_a_specific_rule_takes_the_pair_from_the_generic_one(examine):
    """One misfit is one finding."""
    assert found(examine, "stale-knowledge", "fine-tuning") == [("KNW002", "error")]


def test_ignoring_the_specific_rule_does_not_bring_back_the_generic_one(examine):
    """Who ignores a rule does not hear the same under another code."""
    assert found(examine, "stale-knowledge", "fine-tuning", ignore=("KNW002",)) == []


def test_one_finding_for_a_rule_and_an_approach(examine):
    """All failures a rule finds with one approach stand in one finding."""
    text = BOTH.format(status="draft", failures="missing-knowledge, private-knowledge", approaches="fine-tuning")
    (finding,) = examine(text).findings
    assert finding.failures == ("missing-knowledge", "private-knowledge")
    assert finding.approaches == ("fine-tuning",)
    assert {each.span for each in finding.related}.isdisjoint({finding.span})


def test_a_cell_that_weighs_less_weighs_less(examine):
    """Retrieval for labels is a warning, since looked-up examples can help."""
    assert [level for _, level in found(examine, "inconsistent-classification", "rag")] == ["warning"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"select": ("DX",)}, []),
        ({"select": ("KNW002",)}, [("KNW002", "error")]),
        ({"select": ("tuning-on-changing-facts",)}, [("KNW002", "error")]),
        ({"select": ("ALL",), "ignore": ("KNW", "EVD", "TUN", "ORD", "GOV", "TEAM", "BEH", "DX", "REC")}, []),
        ({"severity": {"KNW002": Severity.INFO}}, [("KNW002", "info")]),
        ({"severity": {"KNW": Severity.WARNING}}, [("KNW002", "warning")]),
    ],
)
def test_settings_choose_rules_and_severities(settings, expected, examine):
    """Codes, names and families select, ignore and weigh."""
    assert found(examine, "stale-knowledge", "fine-tuning", **settings) == expected


def test_findings_come_in_the_order_of_the_text_and_are_repeatable(book):
    """Checking twice gives the same, sorted by place."""
    text = BOTH.format(status="draft", failures="stale-knowledge, permission-leak", approaches="fine-tuning, rag")
    once, twice = (engine.check(Source("r.md", text), book, Settings()) for _ in range(2))
    assert once == twice
    assert [each.span for each in once] == sorted(each.span for each in once)


def test_messages_name_what_they_rest_on(examine):
    """The sentence names the approach, the failure and its line."""
    (finding,) = examine(BOTH.format(status="draft", failures="stale-knowledge", approaches="fine-tuning")).findings
    assert "fine-tuning" in finding.message
    assert "stale-knowledge (line 3)" in finding.message
