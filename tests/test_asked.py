"""What a fix writes into a record is a question: it tells no failure and no approach, and brings no finding."""

from __future__ import annotations

import pytest

from wrongfix import engine, rulebook
from wrongfix.settings import Settings
from wrongfix.text import Source

BOOK = rulebook.load()
RECORD = """# Helpdesk assistant

Status: accepted

## Context

The assistant answers with the prices of last year, although the catalogue changes every week.

## Decision

We will use retrieval-augmented generation over the catalogue.

"""


def told(text: str, name: str = "docs/adr/0001-a.md"):
    """Return the failures and approaches that are read, by where they count."""
    (evidence,) = engine.examine(Source(name, text), BOOK, Settings()).evidence
    return {each.id for each in evidence.failures}, {each.id for each in evidence.approaches}


@pytest.mark.parametrize("name", sorted(BOOK.blocks))
def test_an_inserted_section_tells_nothing(name):
    """With the section of a fix the record says what it said without."""
    block = BOOK.blocks[name]
    assert told(f"{RECORD}## {block['title']}\n\n{block['text']}") == told(RECORD)


def test_an_answer_in_an_inserted_section_is_heard():
    """What the author writes there counts as anywhere."""
    block = BOOK.blocks["failure-log"]
    asked = f"{RECORD}## {block['title']}\n\n{block['text']}"
    answered = asked.replace("| ? | ? | ? | ? | ? |", "| Who may sign? | Anyone. | The deputy | yes | hallucination |")
    assert "hallucination" not in told(asked)[0]
    assert "hallucination" in told(answered)[0]


YAML = """title: Helpdesk assistant
status: accepted
context: The assistant searches the catalogue, and the right page is not among the hits.
options: [Hybrid search, Fine-tuning]
decision: We fine-tune the model on 2,000 pairs of questions and answers.
"""


@pytest.mark.parametrize("name", sorted(BOOK.blocks))
def test_an_inserted_key_tells_nothing(name):
    """In YAML the section is a key, and says as little."""
    lines = "".join(f"  {line}\n" for line in BOOK.blocks[name]["text"].splitlines())
    assert told(f"{YAML}{name}: |\n{lines}", "docs/adr/0001-a.yaml") == told(YAML, "docs/adr/0001-a.yaml")


def test_what_a_section_would_ask_is_heard_elsewhere():
    """The words of an inserted section count in all others: here one of them is an option."""
    assert told(YAML, "docs/adr/0001-a.yaml")[1] == {"retrieval-tuning", "fine-tuning"}
