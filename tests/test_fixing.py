from __future__ import annotations

import pytest

from wrongfix import rulebook
from wrongfix.findings import Applicability, Severity
from wrongfix.fit import Fit
from wrongfix.text import apply

BOOK = rulebook.load()
MISFITS = [
    pytest.param(failure, approach, id=f"{failure}-{approach}")
    for (failure, approach), cell in BOOK.fit.cells.items()
    if cell.fit in (Fit.WRONG_FIX, Fit.MAKES_WORSE)
]
FORMS = {
    "flow": ("r.md", "---\nfailure-tags: [{failure}] # why\napproach: [ {approach} ]  # what\n---\n# A\n"),
    "scalar": ("r.md", "---\nstatus: draft\nfailure-tags: {failure}\napproach: '{approach}'\n---\n\n# A\n"),
    "block": ("r.md", '---\r\nfailure-tags:\r\n- {failure}\r\napproach:\r\n-   "{approach}"\r\n---\r\n# A\r\n'),
    "yaml": (
        "r.yaml",
        "title: A\napproach:\n  - {approach} # keep\n\nfailure-tags:\n  - tag: {failure}\n    count: 3\n",
    ),
    "json": ("r.yaml", '{{"title": "A", "failure-tags": ["{failure}"], "approach": ["{approach}"]}}\n'),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("failure", "approach"), MISFITS)
def test_the_first_fix_of_a_misfit_clears_it(failure, approach, form, examine):
    """Applying what is offered first leaves no misfit and no error, and touches nothing but what it changes."""
    name, template = FORMS[form]
    text = template.format(failure=failure, approach=approach)
    finding = next(each for each in examine(text, name).findings if each.approaches)
    fix = finding.fixes[0]

    mended = apply(text, fix.edits)
    left = examine(mended, name).findings

    assert fix.applicability is Applicability.UNSAFE
    assert [each for each in left if each.approaches or each.severity is Severity.ERROR] == []
    assert f" {approach} " not in mended.replace('"', " ").replace("'", " ") or fix.title.startswith("Add")
    assert mended.count("\r") == mended.count("\n") * (text.count("\r") > 0)
    assert [comment for comment in ("# why", "# what", "# keep") if comment in text and comment not in mended] == []


@pytest.mark.parametrize(("failure", "approach"), MISFITS)
def test_some_fix_offers_the_first_fix_of_the_matrix(failure, approach, examine):
    """A finding of the misfit families names, in a fix, what the matrix puts first or what compensates the harm."""
    text = f"---\nfailure-tags: [{failure}]\napproach: [{approach}]\n---\n# A\n"
    finding = next(each for each in examine(text).findings if each.approaches)
    firsts = BOOK.fit.fitting(failure, Fit.FIRST_FIX)
    titles = [fix.title for fix in finding.fixes if fix.edits]

    assert [title for title in titles if any(first in title for first in firsts)]


OUTCOME = """---
failure-tags: [stale-knowledge]
approach: [fine-tuning]
---
# Tariffs

## Considered Options

* Fine-tune the model
* Retrieval-augmented generation (RAG)

## Decision Outcome

Chosen option: "Fine-tune the model", because it knows the tariffs by heart.
"""


def test_the_outcome_sentence_follows_the_key(examine):
    """Where the choice names an option and another option is the new approach, the sentence changes with the key."""
    finding = next(each for each in examine(OUTCOME).findings if each.approaches)
    mended = apply(OUTCOME, finding.fixes[0].edits)

    assert "approach: [rag]" in mended
    assert 'Chosen option: "Retrieval-augmented generation", because' in mended


def test_a_fix_keeps_an_approach_that_serves_another_failure(examine):
    """Training that is there for the tone stays when the stale facts get retrieval."""
    text = "---\nfailure-tags: [stale-knowledge, tone-inconsistency]\napproach: [fine-tuning]\n---\n# A\n"
    finding = next(each for each in examine(text).findings if each.approaches)

    assert "approach: [fine-tuning, rag]" in apply(text, finding.fixes[0].edits)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("---\nfailure-tags: [stale-knowlege]\n---\n# A\n", "---\nfailure-tags: [stale-knowledge]\n---\n# A\n"),
        ("---\nfailure-tags:\n  - 'tone-incosistency' # x\n---\n# A\n",
         "---\nfailure-tags:\n  - 'tone-inconsistency' # x\n---\n# A\n"),
    ],
)  # fmt: skip
def test_renaming_a_tag_is_safe(text, mended, examine):
    """A misspelt tag is renamed in place, quotes and comments kept, by a fix that may run unasked."""
    finding = next(each for each in examine(text).findings if each.code.startswith("TAG"))
    assert finding.fixes[0].applicability is Applicability.SAFE
    assert apply(text, finding.fixes[0].edits) == mended


@pytest.mark.parametrize("word", ["outdated", "drift", "stale", "index", "knowledge"])
def test_a_guess_is_asked_about_and_not_judged(word, examine):
    """A word that is only like known tags is no evidence, and no fix of it may run unasked or brings an error."""
    text = f"---\nfailure-tags: [{word}]\napproach: [fine-tuning]\n---\n\n# A\n"
    examination = examine(text)
    finding = next(each for each in examination.findings if each.code == "TAG001")

    assert examination.evidence[0].failures == ()
    assert [each for each in examination.findings if each.failures] == []
    assert '(did you mean "' in finding.message
    assert finding.fixes
    assert {fix.applicability for fix in finding.fixes} <= {Applicability.UNSAFE, Applicability.DISPLAY}
    for fix in finding.fixes:
        left = examine(apply(text, fix.edits)).findings
        assert {each.code for each in left if each.severity is Severity.ERROR} <= {
            each.code for each in examination.findings
        }


def test_a_guessed_approach_is_not_judged(examine):
    """A word that is only like known approaches is not chosen, and writing one of them down brings no error."""
    text = "---\nfailure-tags: [stale-knowledge]\napproach: [prompting, tuning]\n---\n\n# A\n"
    examination = examine(text)
    finding = next(each for each in examination.findings if each.code == "TAG002")

    assert [each.id for each in examination.evidence[0].chosen] == ["prompting"]
    assert "Rename “tuning” to fine-tuning, and choose what fits it" in [fix.title for fix in finding.fixes]
    assert [fix for fix in finding.fixes if fix.applicability is Applicability.SAFE] == []


@pytest.mark.parametrize("tag", ["stale-knowlege", "stale", "bad format"])
def test_a_broken_header_is_not_edited(tag, examine):
    """Where a bracket is not closed, a word may be more than a tag: nothing is written in its place."""
    text = f"---\nfailure-tags: [{tag}\napproach: [fine-tuning]\n---\n\n# A\n"
    found = [each for each in examine(text).findings if each.code.startswith("TAG")]

    assert found
    assert [fix for finding in found for fix in finding.fixes if fix.edits] == []
