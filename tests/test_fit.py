from __future__ import annotations

import pytest

from wrongfix import rulebook
from wrongfix.findings import Confidence, Severity
from wrongfix.fit import Fit

BOOK = rulebook.load()
CELLS = [
    pytest.param(failure, approach, cell.fit, id=f"{failure}-{approach}")
    for (failure, approach), cell in BOOK.fit.cells.items()
]
FORMS = {
    "record.md": "---\nfailure-tags: [{failure}]\napproach: [{approach}]\n---\n# A decision\n",
    "record.yaml": "title: A decision\nfailure-tags:\n  - {failure}\napproach: {approach}\n",
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(("failure", "approach", "fit"), CELLS)
def test_each_cell_stated_by_tags_gets_its_verdict(failure, approach, fit, name, examine):
    """A misfit is found by a finding that names the tag and the approach; whatever serves is never called a misfit."""
    findings = examine(FORMS[name].format(failure=failure, approach=approach), name).findings
    misfits = [each for each in findings if failure in each.failures and approach in each.approaches]

    if fit in (Fit.WRONG_FIX, Fit.MAKES_WORSE):
        assert misfits
        assert all(each.confidence is Confidence.STATED for each in misfits)
        assert fit is Fit.WRONG_FIX or all(each.severity is not Severity.ERROR for each in misfits)
    else:
        assert not any(each.approaches for each in findings)
    if fit is Fit.FIRST_FIX:
        assert not [each for each in findings if each.code != "ORD001"]


def test_every_cell_is_about_known_terms(book):
    """The matrix speaks of the vocabulary's failures and approaches, and of no others."""
    failures = {failure for failure, _ in book.fit.cells}
    approaches = {approach for _, approach in book.fit.cells}

    assert failures == set(book.vocabulary.failures)
    assert approaches == set(book.vocabulary.approaches)


def test_every_failure_has_a_first_fix(book):
    """Whatever is named as failing, there is something to start with."""
    assert [each for each in book.vocabulary.failures if not book.fit.fitting(each, Fit.FIRST_FIX)] == []


@pytest.mark.parametrize(
    ("failures", "approaches", "more", "found"),
    [
        ("stale-knowledge, tone-inconsistency", "rag, fine-tuning", "", set()),
        ("stale-knowledge, tone-inconsistency", "rag", "", {("tone-inconsistency", "rag")}),
        ("stale-knowledge, high-latency", "rag, prompting", "", set()),
        ("high-latency", "rag", "", {("high-latency", "rag")}),
        ("permission-leak", "rag", "", {("permission-leak", "rag")}),
        ("permission-leak, private-knowledge", "rag, access-control", "", set()),
        ("weak-reasoning", "structured-outputs, decomposition", "", set()),
        ("stale-index", "hybrid", "", {("stale-index", "fine-tuning")}),
        ("live-state", "hybrid", "", set()),
        ("wrong-retrieval", "hybrid", "", {("wrong-retrieval", "hybrid")}),
        ("wrong-retrieval", "retrieval-tuning, hybrid", "", set()),
        ("schema-violation", "fine-tuning", 'tried: {structured-outputs: "62 %"}', set()),
        ("stale-knowledge, tone-inconsistency", "prompting", "out-of-scope: [stale-knowledge]", set()),
        ("undiagnosed", "evals", "", set()),
    ],
)
def test_the_whole_choice_is_weighed(failures, approaches, more, found, examine):
    """What another chosen approach covers, compensates or expands to decides about a pair."""
    text = f"---\nfailure-tags: [{failures}]\napproach: [{approaches}]\n{more}\n---\n# A decision\n"
    pairs = {
        (failure, approach)
        for each in examine(text).findings
        for failure in each.failures
        for approach in each.approaches
    }

    assert pairs == found


@pytest.mark.parametrize("status", ["draft", "proposed", "accepted"])
def test_a_misfit_is_the_same_in_every_standing_status(status, examine):
    """Draft, proposed and accepted records hear of a misfit alike."""
    text = f"---\nstatus: {status}\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# A decision\n"
    assert [each.severity for each in examine(text).findings if each.approaches] == [Severity.ERROR]


@pytest.mark.parametrize("status", ["rejected", "deprecated", "superseded by [ADR-7](0007-x.md)"])
def test_a_record_that_does_not_stand_is_left_alone(status, examine):
    """Rejected, deprecated and superseded records get no content findings."""
    text = f'---\nstatus: "{status}"\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# A decision\n'
    assert examine(text).findings == ()
