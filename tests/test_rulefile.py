from __future__ import annotations

import pytest

from wrongfix.fixing import FIXES
from wrongfix.rulebook import load
from wrongfix.rulefile import FIX_ARGUMENTS, RuleError, read_rule

GOOD = """code: OWN001
name: tuning-the-billing-bot
summary: The billing bot is never trained.
severity: warning
when:
  chosen: [fine-tuning]
message: "{approach} is not for the billing bot"
why: It was agreed so.
sources: [the platform team's charter]
examples: []
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("severity: warning", "severty: warning", 4, "unknown key 'severty' (did you mean 'severity'?)"),
        ("severity: warning", "severity: fatal", 4, "'fatal' is no severity"),
        ("severity: warning", "severity: {accepted: error}", 4, "needs a `default`"),
        ("code: OWN001", "code: own1", 1, "is no code"),
        ("name: tuning-the-billing-bot", "name: Tuning It", 2, "is no name"),
        ("  chosen: [fine-tuning]", "  chosn: [fine-tuning]", 5, "did you mean 'chosen'?"),
        ("  chosen: [fine-tuning]", "  pair: {fit: sometimes}", 5, "sometimes"),
        ("  chosen: [fine-tuning]", "  - chosen", 5, "a condition is a mapping"),
        ('"{approach} is not', '"{approach is not', 7, "slots are wrong"),
        ("why: It was agreed so.\n", "", 1, "the key 'why' is missing"),
        ("code: OWN001", "code: [", 3, "not valid YAML"),
        (GOOD, "- a\n- b\n", 1, "holds a mapping"),
        (GOOD, "a: !!python/object/apply:os.system ['true']\n", 1, "not valid YAML"),
    ],
)
def test_a_wrong_rule_file_is_refused_with_its_place(old, new, line, words, tmp_path):
    """The error names file and line and says what to do; nothing in the file is run."""
    path = tmp_path / "OWN001.yaml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        read_rule(path)
    assert caught.value.line == line
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{path}:{line}: ")


def test_a_teams_rule_joins_the_others(tmp_path):
    """A rule of one's own runs like any other, and cannot take a known name."""
    path = tmp_path / "OWN001.yaml"
    path.write_text(GOOD, encoding="utf-8")
    book = load(own_rules=[path])
    assert book.by_name["OWN001"] is book.by_name["tuning-the-billing-bot"]

    path.write_text(GOOD.replace("OWN001", "DX007"), encoding="utf-8")
    with pytest.raises(RuleError, match="exists already"):
        load(own_rules=[path])


def test_own_words_are_aliases():
    """A team's words for a failure count wherever a tag is stated."""
    book = load(own_words={"stale-knowledge": ["yesterday's paper"]})
    assert book.vocabulary.resolve("failure", "Yesterday's Paper") == "stale-knowledge"


def test_every_kind_of_fix_says_what_it_takes():
    """The kinds a rule file may name are the kinds there are."""
    assert set(FIX_ARGUMENTS) == set(FIXES)
