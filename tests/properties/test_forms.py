"""One record, two forms: what is stated in Markdown and in YAML is judged alike, however it is laid out."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from properties import writing
from properties.laws import STRICT, examined, examples

layouts = st.sampled_from([None, False])


def said(text, name):
    """Return what is said of the tags a record states, without places and severities of other evidence."""
    findings = examined(text, name, writing.BOOK, STRICT).findings
    return Counter(
        (finding.code, finding.severity, finding.failures, finding.approaches)
        for finding in findings
        if finding.confidence == "stated"
    )


@given(writing.claims, layouts, layouts)
@examples(50)
def test_markdown_and_yaml_are_judged_alike(claim, one, other):
    """The form of a record says nothing of what it states."""
    assert said(writing.as_markdown(claim, flow=one), "r.md") == said(writing.as_yaml(claim, flow=other), "r.yaml")


@given(writing.claims, st.sampled_from(["\r\n", "\r"]))
@examples(40)
def test_line_ends_change_no_verdict(claim, end):
    """Whichever way lines end, the same is said, and fixes keep that way."""
    text = writing.as_markdown(claim)
    other = text.replace("\n", end)
    assert said(text, "r.md") == said(other, "r.md")
    for finding in examined(other, "r.md", writing.BOOK).findings:
        for fix in finding.fixes:
            for edit in fix.edits:
                assert "\n" not in edit.content.replace(end, ""), fix


@given(writing.claims, st.permutations(["failures", "failure_tags", "Failure-Modes", "failure-tags"]))
@examples(20)
def test_every_name_of_a_key_is_the_same_key(claim, names):
    """A list of failures under any of its keys is stated."""
    first = {**claim}
    tags = first.pop("failure-tags")
    texts = [writing.as_markdown({names[at]: tags, **first}) for at in (0, 1)]
    assert said(texts[0], "r.md") == said(texts[1], "r.md")
