"""Laws of reading prose, on records written for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from wrongfix import rulebook
from wrongfix.evidence.model import Stance
from wrongfix.evidence.prose import Prose, read_prose
from wrongfix.record.read import read
from wrongfix.text import Source


@pytest.fixture(scope="module")
def vocabulary():
    """Give the project's own vocabulary."""
    return rulebook.load().vocabulary


@pytest.fixture
def prose(vocabulary):
    """Give the reader of one Markdown record."""

    def prose_of(text: str) -> Prose:
        (record,) = read(Source("0001-record.md", text), vocabulary)
        return read_prose(record, vocabulary)

    return prose_of


def chosen(prose: Prose) -> set[str]:
    """Return the ids of what the record chooses."""
    return {approach.id for approach in prose.approaches if approach.stance is Stance.CHOSEN}


def record(title: str, *, context: str = "A context.", decision: str = "See the title.", more: str = "") -> str:
    """Return a record of the common shape."""
    return f"# {title}\n\nStatus: accepted\n\n## Context\n\n{context}\n\n## Decision\n\n{decision}\n\n{more}"


@pytest.mark.parametrize(
    ("title", "expected", "refused"),
    [
        ("RAG over fine-tuning", {"rag"}, {"fine-tuning"}),
        ("Hybrid search instead of long-context prompting", {"retrieval-tuning"}, {"long-context"}),
        ("Few-shot examples, not fine-tuning", {"few-shot"}, {"fine-tuning"}),
        ("Replace fine-tuning with RAG", {"rag"}, {"fine-tuning"}),
        ("Abandon LoRA in favour of structured outputs", {"structured-outputs"}, {"fine-tuning"}),
        ("Reversing the decision not to fine-tune the classifier", {"fine-tuning"}, set()),
        ("Fine-tune the embedding model", {"retrieval-tuning"}, set()),
        ("RAG statt Fine-Tuning", {"rag"}, {"fine-tuning"}),
        ("RAG plutôt que fine-tuning", {"rag"}, {"fine-tuning"}),
        ("RAG en lugar de fine-tuning", {"rag"}, {"fine-tuning"}),
        ("RAG em vez de fine-tuning", {"rag"}, {"fine-tuning"}),
    ],
)
def test_a_title_says_what_is_taken_and_what_is_not(prose, title, expected, refused):
    """What a title names is chosen, save what stands behind a word of preference or denial."""
    found = prose(record(title))
    assert chosen(found) == expected
    assert {a.id for a in found.approaches if a.stance is Stance.REJECTED} == refused


@pytest.mark.parametrize(
    "title",
    [
        "No fine-tuning",
        "Fine-tune the alert thresholds",
        "RAG status in the weekly report",
        "Storage coverage of the fragment cache",
        "Train the staff on the new ticket system",
        "Use Redis for caching",
        "Row-level security in the billing database",
        "Data model for invoices",
    ],
)
def test_words_that_only_sound_alike_bring_nothing(prose, title):
    """A record that chooses no approach to an AI system is out of scope, and everything in it is silent."""
    assert prose(record(title)) == Prose()


def test_options_are_weighed_and_the_named_one_is_chosen(prose):
    """An option is considered; the one that the outcome names is chosen, and only that one."""
    found = prose(
        record(
            "How the assistant learns the rules",
            decision='Chosen option: "Retrieval-augmented generation", because rules change.',
            more="## Considered Options\n\n* Retrieval-augmented generation\n* Fine-tuning\n* Long context\n",
        )
    )
    assert chosen(found) == {"rag"}
    assert {a.id for a in found.approaches if a.stance is Stance.CONSIDERED} == {"fine-tuning", "long-context"}


def test_a_failure_counts_where_the_problem_is_told_and_not_where_benefits_are(prose):
    """The same words are a failure in the context and a hope among the consequences."""
    told = prose(record("Hybrid search", context="Semantic search alone misses exact product codes."))
    hoped = prose(
        record("Hybrid search", more="## Consequences\n\n* Semantic search alone misses exact product codes less.\n")
    )
    assert [failure.id for failure in told.failures] == ["wrong-retrieval"]
    assert hoped.failures == ()
    assert [failure.id for failure in hoped.read_mentions()] == ["wrong-retrieval"]


def test_words_of_a_failure_lie_in_its_sentence(prose):
    """Every failure and approach names the places of the words it rests on, inside its own span."""
    text = record("Adopt LoRA for the triage classifier", context="Tickets are misclassified. Replies are fine.")
    found = prose(text)
    assert found.failures
    for piece in (*found.failures, *found.approaches):
        assert piece.words
        assert all(piece.span.covers(word) for word in piece.words)
    (failure,) = found.failures
    assert text[failure.span.start : failure.span.end] == "Tickets are misclassified."
    assert [text[word.start : word.end] for word in failure.words] == ["misclassified"]


def test_offsets_hold_where_lower_case_is_longer(prose):
    """A letter that grows in lower case moves no place."""
    text = record("Adopt LoRA for the triage classifier", context="İİİ İstanbul: tickets are misclassified.")
    (failure,) = prose(text).failures
    assert [text[word.start : word.end] for word in failure.words] == ["misclassified"]


def test_every_name_and_idiom_belongs_to_a_known_id(vocabulary):
    """A word list that names an unknown id would be read and never reported."""
    assert set(vocabulary.data("names")["approaches"]) <= set(vocabulary.approaches)
    assert set(vocabulary.data("idioms")["failures"]) <= set(vocabulary.failures)


def test_the_word_lists_are_dated():
    """Product names age, so their file says when it was last gone through."""
    text = (Path(__file__).parent.parent / "rules/vocabulary/names.yaml").read_text(encoding="utf-8")
    assert "checked: 20" in text


def test_a_record_of_labelled_lines_is_read_like_one_of_sections(prose):
    """`- **Context:**` and `- **Decision:**` say where words stand as headings do."""
    found = prose(
        "# Bot tone\n\n- **Status:** accepted\n- **Context:** The bot has an inconsistent tone.\n"
        "- **Decision:** RAG over the archive of letters.\n- **Alternatives:** fine-tuning, few-shot examples\n"
        "- **Consequences:** hallucinated letters\n"
    )
    assert chosen(found) == {"rag"}
    assert [failure.id for failure in found.failures] == ["tone-inconsistency"]
    assert {a.id for a in found.approaches if a.stance is Stance.CONSIDERED} == {"fine-tuning", "few-shot"}


def test_a_table_of_options_says_what_is_taken(prose):
    """A tick takes, a cross refuses, a word for later puts off."""
    table = (
        "## Options\n\n| Option | Pros | Verdict |\n|---|---|---|\n| RAG over the handbook | current | ✅ |\n"
        "| Fine-tuning | short prompts | ❌ |\n| Long context | simple | later |\n"
    )
    found = prose(record("How the assistant answers", decision="See the table.", more=table))
    assert {approach.id: approach.stance for approach in found.approaches} == {
        "rag": Stance.CHOSEN,
        "fine-tuning": Stance.REJECTED,
        "long-context": Stance.DEFERRED,
    }


@pytest.mark.parametrize(
    ("title", "context", "decision", "tag", "approach"),
    [
        (
            "Feinabstimmung statt RAG",
            "Der Assistent nennt veraltete Preise.",
            "Wir trainieren das Modell monatlich nach.",
            "stale-knowledge",
            "fine-tuning",
        ),
        (
            "RAG plutôt que fine-tuning",
            "Le chatbot hallucine des tarifs.",
            "Nous retenons le RAG.",
            "hallucination",
            "rag",
        ),
        (
            "Ajuste fino del asistente",
            "El asistente usa datos personales.",
            "Decidimos el ajuste fino.",
            "privacy-exposure",
            "fine-tuning",
        ),
        (
            "Ajuste fino do assistente",
            "As respostas são lentas: alta latência.",
            "Adotamos o ajuste fino.",
            "high-latency",
            "fine-tuning",
        ),
    ],
)
def test_four_other_languages_have_their_choice_and_common_failures_read(
    prose, title, context, decision, tag, approach
):
    """German, French, Spanish and Portuguese records are read by names and idioms of their own."""
    sections = {"Fe": ("Kontext", "Entscheidung"), "RA": ("Contexte", "Décision")}.get(
        title[:2], ("Contexto", "Decisión" if "del" in title else "Decisão")
    )
    found = prose(f"# {title}\n\n## {sections[0]}\n\n{context}\n\n## {sections[1]}\n\n{decision}\n")
    assert tag in {failure.id for failure in found.failures}
    assert chosen(found) == {approach}


def test_what_is_said_beside_an_option_that_lost_is_no_failure(prose):
    """Beside a rejected option, whatever fails is what it would bring or could not mend."""
    found = prose(
        record(
            "RAG over fine-tuning",
            more="## Rejected options\n\n### Fine-tuning\n\nPolicies change weekly. A tuned model hallucinates.\n",
        )
    )
    assert found.failures == ()
    assert [failure.id for failure in found.read_mentions()] == ["stale-knowledge", "hallucination"]
