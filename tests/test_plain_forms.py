"""Laws of plain sentences: what is named in the fewest words is read, and not where the words deny it."""

from __future__ import annotations

import pytest

from wrongfix import rulebook
from wrongfix.evidence.gather import gather
from wrongfix.evidence.model import Evidence, Stance
from wrongfix.record.read import read
from wrongfix.rulebook import Rulebook
from wrongfix.text import Source

FAILURES = {
    "stale-knowledge": "outdated answers", "missing-citations": "missing citations", "wrong-retrieval": "irrelevant chunks",
    "noisy-context": "context pollution", "stale-index": "an outdated index", "ignored-context": "unfaithful answers",
    "bad-citations": "fabricated citations", "schema-violation": "malformed JSON", "format-drift": "format drift",
    "tone-inconsistency": "inconsistent tone", "inconsistent-classification": "label flips",
    "inconsistent-extraction": "field extraction errors", "inconsistent-decisions": "inconsistent scoring",
    "missing-abstention": "overconfident answers", "prompt-overhead": "prompt bloat", "high-latency": "slow responses",
    "weak-reasoning": "weak reasoning", "calculation-errors": "arithmetic errors", "hallucination": "hallucinations",
    "prompt-injection": "prompt injection", "permission-leak": "cross-tenant leaks", "privacy-exposure": "PII leaks",
    "tuning-regression": "catastrophic forgetting", "source-quality": "duplicate documents",
    "inconsistent-labels": "noisy labels", "insufficient-examples": "too few examples",
}  # fmt: skip
APPROACHES = {
    "evals": "an eval set", "prompting": "prompt engineering", "few-shot": "few-shot examples",
    "structured-outputs": "structured outputs", "output-validation": "output validation", "rag": "RAG",
    "retrieval-tuning": "a reranker", "long-context": "context stuffing", "graph-rag": "GraphRAG",
    "tool-use": "tool calling", "fine-tuning": "fine-tuning", "preference-tuning": "DPO",
    "reinforcement-tuning": "reinforcement fine-tuning", "distillation": "knowledge distillation",
    "continued-pretraining": "continued pre-training", "retrieval-aware-tuning": "RAFT",
    "stronger-model": "a bigger model", "decomposition": "prompt chaining", "caching": "prompt caching",
    "model-routing": "model routing", "guardrails": "guardrails", "abstention-fallback": "a low-confidence fallback",
    "access-control": "document-level permissions", "data-curation": "data curation", "version-pinning": "a pinned model",
}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Rulebook:
    """Return the shipped knowledge."""
    return rulebook.load()


def evidence(book: Rulebook, context: str, decision: str) -> Evidence:
    """Return what a record says that holds a context and a decision."""
    text = f"# How the assistant answers\n\n## Context\n\n{context}\n\n## Decision\n\n{decision}\n"
    (record,) = read(Source("0001-record.md", text), book.vocabulary)
    return gather(record, book.vocabulary, lambda: book.model)


def failing(book: Rulebook, form: str) -> dict[str, set[str]]:
    """Return by failure what is heard where its name fills the form."""
    heard = {}
    for name, words in FAILURES.items():
        said = form.format(words)
        found = evidence(book, said[0].upper() + said[1:], "We use prompt engineering.")
        heard[name] = {failure.id for failure in found.failures}
    return heard


def choosing(book: Rulebook, form: str) -> dict[str, set[str]]:
    """Return by approach what is chosen where its name fills the form."""
    chosen = {}
    for name, words in APPROACHES.items():
        said = form.format(words)
        found = evidence(book, "The assistant answers questions.", said[0].upper() + said[1:])
        chosen[name] = {each.id for each in found.approaches if each.stance is Stance.CHOSEN}
    return chosen


@pytest.mark.parametrize(
    "form", ["The problem is {}.", "We suffer from {}.", "What we hear every day is {}.", "Its weak spot is {}.", "{}"]
)
def test_a_failure_that_is_named_is_read(book, form):
    """Four of five names of failures are read as what fails, in the plainest sentences; the rest are known misses."""
    heard = failing(book, form)
    missed = [name for name, found in heard.items() if name not in found]
    assert len(missed) <= len(heard) / 5, missed


@pytest.mark.parametrize(
    "form",
    [
        "We will use {}.",
        "In the end we picked {}.",
        "We landed on {}.",
        "We hereby choose {}.",
        "Chosen option: {}",
        'Chosen option: "{}", because the others were rejected, would cost too much, or may come later.',
        "Our pick: {}",
    ],
)
def test_an_approach_that_is_taken_is_read(book, form):
    """Nine of ten names of approaches are read as the choice, whatever the reason after it speaks of."""
    chosen = choosing(book, form)
    missed = [name for name, found in chosen.items() if name not in found]
    assert len(missed) <= len(chosen) / 10, missed


@pytest.mark.parametrize(
    "form",
    [
        "The idea of {} found no friends.",
        "{} came second.",
        "{} was suggested by the auditor.",
        "We thought about {} for a while.",
        "Our neighbours swear by {}.",
        "Chosen option: not {}",
    ],
)
def test_an_approach_that_is_only_named_is_not_the_choice(book, form):
    """No name of an approach is taken for the choice where the sentence does not take it."""
    assert not [name for name, found in choosing(book, form).items() if name in found]


@pytest.mark.parametrize("form", ["At least there is no {}.", "None of the answers showed {}."])
def test_a_failure_that_is_denied_is_not_read(book, form):
    """At most one of ten names of failures is read where the sentence denies it."""
    heard = [name for name, found in failing(book, form).items() if found]
    assert len(heard) <= len(FAILURES) / 10, heard


def test_a_denial_in_rare_words_is_misheard(book):
    """A known miss: where no word of denial is a usual one, the name of a failure is believed."""
    assert any(failing(book, "{} could not be reproduced.").values())
