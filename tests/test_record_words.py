"""The word lists that records are read with: each word says one thing, in the form it is looked up in."""

from __future__ import annotations

from collections import Counter

import pytest

from wrongfix.record.words import folded, words_of
from wrongfix.rulebook import load

WORDS = load().vocabulary
LANGUAGES = {"en", "de", "fr", "es", "pt", "zh", "ja"}


def twice(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the words that stand for more than one id."""
    ids: dict[str, set[str]] = {}
    for word, name in pairs:
        ids.setdefault(folded(word), set()).add(name)
    return {word: sorted(found) for word, found in ids.items() if len(found) > 1}


def test_a_heading_has_one_role():
    """No heading and no key stands under two roles."""
    pairs = [
        (heading, section["id"])
        for section in WORDS.data("sections")
        for heading in (*[each for known in section["headings"].values() for each in known], *section.get("keys", ()))
    ]
    assert twice(pairs) == {}


def test_a_word_has_one_status():
    """No word stands for two statuses."""
    pairs = [
        (word, status["id"])
        for status in WORDS.data("statuses")
        for known in status["words"].values()
        for word in known
    ]
    assert twice(pairs) == {}


def test_a_label_states_one_fact():
    """No label stands for two fields."""
    assert twice([(label, field["id"]) for field in WORDS.data("fields") for label in field["labels"]]) == {}


@pytest.mark.parametrize("role", ["context", "drivers", "options", "decision", "consequences", "status", "links"])
def test_the_main_roles_have_headings_in_every_language(role):
    """A record in any of the seven languages has its context, options, decision, consequences, status and links."""
    (section,) = [each for each in WORDS.data("sections") if each["id"] == role]
    assert set(section["headings"]) >= LANGUAGES


def test_every_status_has_words_in_every_language():
    """Each status can be written in any of the seven languages."""
    assert {status["id"] for status in WORDS.data("statuses") if set(status["words"]) < LANGUAGES} == set()


def test_words_are_put_together_once():
    """A vocabulary is compiled once, however many records are read with it."""
    assert words_of(WORDS) is words_of(WORDS)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Context", "context"),
        ("1. Context:", "context"),
        ("**Decision_Drivers**", "decision drivers"),
        ("📋 Pros & Cons", "pros & cons"),
        ("(Optional)", "optional"),
        ("2026", "2026"),
        ("", ""),
    ],
)
def test_headings_are_compared_without_numbering_case_and_signs(written, name):
    """What surrounds a heading does not change what it says; a number alone stays one."""
    assert folded(written) == name


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Decision: use B", "decision"),
        ("Decision 2: use B", "decision"),
        ("Consequences (optional)", "consequences"),
        ("Risks / mitigations", "negative"),
        ("Risks of the new index", "negative"),
        ("Alternatives for storage", "options"),
        ("Rejected alternatives", "rejected"),
        ("Decision-makers", "people"),
        ("Option 1: use B", None),
        ("Use retrieval for prices", None),
        ("Contextual retrieval", None),
        ("", None),
    ],
)
def test_a_heading_tells_its_role_by_its_first_words(heading, role):
    """What follows a colon, a bracket or `of` names the subject; a title that only begins alike has no role."""
    assert words_of(WORDS).role(heading) == role


def test_no_list_names_a_word_twice():
    """A word that stands twice in one list is an oversight."""
    lists = [
        (section["id"], language, known)
        for section in WORDS.data("sections")
        for language, known in section["headings"].items()
    ]
    assert [
        (name, language, word) for name, language, known in lists for word, n in Counter(known).items() if n > 1
    ] == []
