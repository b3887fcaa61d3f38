"""What properties and fuzzing found, each kept as the smallest text that showed it."""

from __future__ import annotations

import pytest

from properties.laws import STRICT, assert_fixes_settle, examined
from properties.writing import as_markdown, as_yaml
from wrongfix.settings import Settings

_STATED = "title: t\nfailure-tags: [{{tag: stale-knowledge, count: {}}}, {}: {}]\napproach: [fine-tuning]\n"
CRASHES = {
    "a choice that counted options which YAML then replaced": '""s\noptions_considered:\n - "\nf:\n- t[Draft\ndecision:\n- iwa"2',
    "blocks that stood under options which YAML then replaced": (
        'd: {optioN: "[\ns:\n - l\nc: agent\nalternative:\n- n\no": We will answer from h handbook'
    ),
    "a number of more digits than Python reads": _STATED.format("1" * 5_000, "high-cost", "1" * 5_000),
    "a digit that is no number": _STATED.format("²", "high-cost", "²"),
    "an option counted off by a digit that is no number": (
        "# Use RAG\n\n## Options\n\n* rag\n* evals\n\n## Decision\n\nChosen option: ²\n\nWe choose option ²."
    ),
    "entries saved from broken YAML in another order than they stand": "a:\n- .\ne: {\nV\n,r",
    "a paragraph of nothing but a line separator": "---\napproach: [evals]\n---\n\n# decision\n\n\u2028",
}
UNSETTLED = {
    "a section inserted into front matter that nobody closed": ("record.md", "---\ns:\napproach: rag\n#"),
    "a tag written into a list that nobody closed": (
        "record.md",
        "---\ns:\nfailure-tags: [[\n\nnl the prompt on each call\n# Decision\nretriev instructions tt fit the question",
    ),
    "a key written after YAML that nobody closed": ("record.yaml", "approach: [evals]\nt: [E,"),
    "an added first fix that is a misfit for another failure": (
        "record.yaml",
        "title: A\nfailure-tags: [missing-knowledge, aggregation-questions]\napproach: [evals]\n",
    ),
    "an inserted key nobody reads": ("record.yaml", "title: A\nfailure-tags: [undiagnosed]\napproach: [evals]\n"),
    "a section inserted against a misfit": (
        "record.md",
        "---\nfailure-tags: [calculation-errors, privacy-exposure]\napproach: [rag, reinforcement-tuning]\n---\n# A\n",
    ),
    "a section inserted into a comment nobody closed": (
        "record.md",
        "---\nfailure-tags: [missing-knowledge]\napproach: [evals]\n---\n# A\n\n<!-- wrongfix-disable",
    ),
    "a question that keeps the finding it answers": ("record.md", "---\napproach: [rag]\n---\n# A\n"),
    "an addition after which the rule finds the same fault": (
        "record.yaml",
        "title: A\nfailure-tags: [insufficient-examples, missing-abstention]\napproach: [evals, distillation]\n",
    ),
}


@pytest.mark.parametrize("text", CRASHES.values(), ids=CRASHES)
def test_texts_that_made_reading_raise_are_read(text, book):
    """Each of them once made the engine raise."""
    for name in ("record.md", "record.yaml"):
        examined(text, name, book)


def test_a_return_ends_a_line_as_a_line_feed_does(book):
    """The same findings where lines end in returns alone: every place in the text is the same, too."""
    text = "# Use RAG\n\nStatus: accepted\n\n## Context\n\nAnswers\nare stale.\n\n## Decision\n\nWe will fine-tune the model.\nAn eval guards it.\n"
    told = [
        [(finding.code, finding.span, finding.message) for finding in examined(each, "r.md", book).findings]
        for each in (text, text.replace("\n", "\r"))
    ]
    assert told[0]
    assert told[0] == told[1]


@pytest.mark.parametrize("indent", ["\t", "  "])
def test_front_matter_that_is_indented_is_front_matter(indent, book):
    """Keys that all stand to the right are read, and a tab before them is told: no statement is lost in silence."""
    text = f"---\n{indent}approach: [fine-tuning]\n{indent}failure-tags: [stale-knowledge]\n---\n# A\n"
    told = {finding.code for finding in examined(text, "r.md", book, Settings()).findings}
    assert told == ({"REC002"} if indent == "\t" else {"KNW002"})


@pytest.mark.parametrize(("name", "text"), UNSETTLED.values(), ids=UNSETTLED)
def test_fixes_that_did_not_settle_do(name, text, book):
    """Each of them once kept a finding its fix should have cleared, or brought a new misfit."""
    assert examined(text, name, book).findings
    for using in (Settings(), STRICT):
        assert_fixes_settle(text, name, book, using)


def test_tags_of_a_yaml_record_are_no_prose(book):
    """A stated approach that is called after an activity does not tell that the activity is done."""
    facts = (
        examined("title: A\nfailure-tags: [missing-knowledge]\napproach: [evals]\n", "r.yaml", book).evidence[0].facts
    )
    assert "evaluation" not in facts


def test_a_failure_put_aside_in_a_yaml_record_is_no_prose(book):
    """What stands under `out-of-scope` tells no fact in either form."""
    claim = {"failure-tags": ["missing-knowledge"], "approach": ["prompting"], "out-of-scope": ["high-latency"]}
    told = [
        {finding.code for finding in examined(form(claim), name, book).findings}
        for form, name in ((as_markdown, "r.md"), (as_yaml, "r.yaml"))
    ]
    assert told[0] == told[1]
