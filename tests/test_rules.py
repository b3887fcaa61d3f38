"""Every rule file's examples are run: they are the tests, and they are the documentation."""

import pytest

from wrongfix import engine, rulebook
from wrongfix.findings import Severity
from wrongfix.settings import Settings
from wrongfix.text import Source, Span, apply

BOOK = rulebook.load()
ABOUT = BOOK.explained["rules"]
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{at}-{'bad' if 'bad' in example else 'good'}")
    for rule in BOOK.rules
    for at, example in enumerate(ABOUT[rule.code]["examples"])
]
BAD = [each for each in EXAMPLES if "bad" in each.values[1]]
GOOD = [each for each in EXAMPLES if "good" in each.values[1]]
FIXED = [each for each in BAD if "fixed" in each.values[1]]


def marked(text):
    """Return the text without its marks, and the spans they stood around."""
    spans, plain, start = [], "", 0
    for letter in text:
        if letter == "«":
            start = len(plain)
        elif letter == "»":
            spans.append(Span(start, len(plain)))
        else:
            plain += letter
    return plain, sorted(spans)


def findings(rule, example, text):
    """Return all findings of a text in the profile the rule is in, unless the example names another."""
    settings = Settings(profile=example.get("profile", rule.profile))
    return engine.check(Source(example.get("name", "record.md"), text), BOOK, settings)


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_a_bad_example_is_found_at_its_marks(rule, example):
    """The rule points at the marked places and at no other."""
    text, marks = marked(example["bad"])
    found = [each.span for each in findings(rule, example, text) if each.code == rule.code]

    assert [text[span.start : span.end] for span in found] == [text[span.start : span.end] for span in marks]
    assert found == marks


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_a_good_example_is_passed_over(rule, example):
    """The rule says nothing about it."""
    assert [each.message for each in findings(rule, example, example["good"]) if each.code == rule.code] == []


@pytest.mark.parametrize(("rule", "example"), FIXED)
def test_the_first_fix_makes_the_fixed_text(rule, example):
    """What the first fix makes is what the example shows, and the finding is gone."""
    text, _ = marked(example["bad"])
    finding = next(each for each in findings(rule, example, text) if each.code == rule.code)

    mended = apply(text, finding.fixes[0].edits)

    assert mended == example["fixed"]
    assert rule.code not in {each.code for each in findings(rule, example, mended)}


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_every_offered_fix_leaves_a_record(rule, example):
    """No fix breaks the record or brings an error of which nothing was told before."""
    text, _ = marked(example["bad"])
    before = findings(rule, example, text)
    known = {each.code for each in before}
    for finding in before:
        for fix in finding.fixes:
            mended = apply(text, fix.edits)
            after = findings(rule, example, mended)
            assert "REC002" not in {each.code for each in after} - {each.code for each in before}, fix.title
            new = {each.code for each in after if each.severity is Severity.ERROR} - known
            assert new == set(), (finding.code, fix.title, new)
