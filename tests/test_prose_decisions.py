"""What a decision takes beyond its first words: contrasts, additions, parts; and several failures of one record."""

from __future__ import annotations

import pytest

from wrongfix import rulebook
from wrongfix.evidence.agreement import Voice, certainty
from wrongfix.evidence.model import Stance
from wrongfix.evidence.prose import Prose, read_prose
from wrongfix.record.read import read
from wrongfix.text import Source


@pytest.fixture(scope="module")
def book():
    """Give the project's own rulebook, with the learned model."""
    return rulebook.load()


@pytest.fixture
def prose(book):
    """Give the reader of one Markdown record, which hears as the installed program does."""

    def prose_of(text: str) -> Prose:
        (one,) = read(Source("0001-record.md", text), book.vocabulary)
        return read_prose(one, book.vocabulary, lambda: book.model)

    return prose_of


def record(decision: str, context: str = "The assistant answers questions of the branch offices.") -> str:
    """Return a record with the decision, and a title that names nothing."""
    return f"# Branch assistant\n\nStatus: accepted\n\n## Context\n\n{context}\n\n## Decision\n\n{decision}\n"


def chosen(prose: Prose) -> set[str]:
    """Return the ids of what the record chooses."""
    return {approach.id for approach in prose.approaches if approach.stance is Stance.CHOSEN}


def failures(prose: Prose) -> set[str]:
    """Return the ids of the failures that count."""
    return {failure.id for failure in prose.failures}


@pytest.mark.parametrize(
    ("decision", "taken", "left"),
    [
        ("RAG over the handbook, not fine-tuning.", "rag", "fine-tuning"),
        ("RAG instead of fine-tuning.", "rag", "fine-tuning"),
        ("Prompt engineering rather than fine-tuning.", "prompting", "fine-tuning"),
        ("A larger model, no fine-tuning.", "stronger-model", "fine-tuning"),
        ("Structured outputs over few-shot examples.", "structured-outputs", "few-shot"),
    ],
)
def test_a_contrast_decides_without_a_verb(prose, decision, taken, left):
    """Whoever writes "X, not Y" under Decision has taken X and left Y."""
    found = prose(record(decision))
    assert chosen(found) == {taken}
    assert (left, Stance.REJECTED) in {(approach.id, approach.stance) for approach in found.approaches}


@pytest.mark.parametrize(
    "decision",
    ["RAG was considered instead of fine-tuning.", "RAG instead of fine-tuning?", "RAG, not fine-tuning, next year."],
)
def test_a_contrast_that_is_doubted_decides_nothing(prose, decision):
    """A question, a plan for later and a mere thought take neither side."""
    assert chosen(prose(record(decision))) == set()


_FIRST = "We will train a LoRA adapter on 3,000 pairs of questions and answers. The job runs in the batch cluster."


@pytest.mark.parametrize(
    "title",
    [
        "RAG or fine-tuning for the branch assistant",
        "Fine-Tuning oder RAG für die Filialen",
        "Choosing between RAG and fine-tuning",
        "RAG vs. fine-tuning",
        "RAG or fine-tuning?",
    ],
)
def test_a_title_that_asks_which_takes_neither(prose, title):
    """What a title only sets side by side is not chosen; the decision below it says what is."""
    text = record("We take more samples before we say anything.").replace("# Branch assistant", f"# {title}")
    assert not chosen(prose(text))
    text = record("We fine-tune the model on 2,000 pairs.").replace("# Branch assistant", f"# {title}")
    assert chosen(prose(text)) == {"fine-tuning"}


@pytest.mark.parametrize("title", ["Use RAG for questions about prices or stock", "RAG and few-shot examples"])
def test_an_or_that_parts_no_two_approaches_asks_nothing(prose, title):
    """Only two approaches with the word between them are torn apart."""
    text = record("We take more samples before we say anything.").replace("# Branch assistant", f"# {title}")
    assert "rag" in chosen(prose(text))


@pytest.mark.parametrize(
    "decision", ["**Remove**: `Reranker` class", "Removed: the reranker.", "Rejected: RAG over the handbook."]
)
def test_a_label_that_refuses_takes_nothing(prose, decision):
    """What stands behind `Removed:` is not chosen, though a colon stands between."""
    assert not chosen(prose(record(decision)))


def test_what_is_decided_besides_is_read_where_it_says_so(prose):
    """A later sentence counts that says it adds something; one that only tells a detail does not."""
    added = "We also put a filter before and after the model that stops insults and foreign commands."
    assert chosen(prose(record(f"{_FIRST}\n\nThe queue holds ten jobs. {added}"))) == {"fine-tuning", "guardrails"}
    detail = "The worker asks the vector store for its health each minute and writes a line into the log."
    assert chosen(prose(record(f"{_FIRST}\n\nThe queue holds ten jobs. {detail}"))) == {"fine-tuning"}


def test_the_parts_of_a_decision_are_each_read(prose):
    """Paragraphs that begin with words or a sign of their own are decisions of their own."""
    parts = (
        "a) We train a LoRA adapter on 3,000 pairs of questions and answers, on our own cards.\n\n"
        "b) Text from the form goes into a separate, marked block, is scanned beforehand for commands, and replies are "
        "scanned for other people's numbers before they leave."
    )
    assert chosen(prose(record(parts))) == {"fine-tuning", "guardrails"}


def test_a_sentence_may_tell_two_failures(prose):
    """Slow and dear are two failures, also where one sentence tells both."""
    context = "Calling GPT-4 for every request is slow and expensive."
    assert failures(prose(record("We keep the prompt.", context))) == {"high-cost-at-volume", "high-latency"}


def test_a_clear_second_failure_counts(prose):
    """A record may tell of two troubles; the first does not drown the other."""
    context = (
        "It cites paragraphs that say nothing of the kind. Besides, amendment 3 came into force in June, the files were "
        "replaced on the same day, and in July the search still returns the wording of amendment 2."
    )
    assert failures(prose(record("We keep the prompt.", context))) == {"bad-citations", "stale-index"}


def test_the_more_sentences_might_have_spoken_the_less_one_voice_weighs():
    """What one sentence of many tells is less sure than what one of two does, and less still in a long record."""
    voice = [Voice("stale-index", 0.8)]
    sure = [
        certainty(voice, 2)["stale-index"],
        certainty(voice, 12)["stale-index"],
        certainty(voice, 12, is_long=True)["stale-index"],
    ]
    assert sure == sorted(sure, reverse=True)
    assert len(set(sure)) == 3


def test_a_second_voice_and_a_name_make_surer_and_a_clearer_rival_in_the_sentence_makes_less_sure():
    """What counts for a failure and what against it, all else being equal."""
    one = certainty([Voice("stale-index", 0.7)], 6)["stale-index"]
    assert certainty([Voice("stale-index", 0.7), Voice("stale-index", 0.6)], 6)["stale-index"] > one
    assert certainty([Voice("stale-index", 0.7, named=True)], 6)["stale-index"] > one
    assert certainty([Voice("stale-index", 0.7, first=False)], 6)["stale-index"] < one
