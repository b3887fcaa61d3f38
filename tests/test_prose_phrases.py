"""Laws of phrases, sentences and stance: what word lists may say and what is found by them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timing import cpu_seconds
from wrongfix import rulebook
from wrongfix.evidence.gather import gather
from wrongfix.evidence.lexicon import Lexicon, longest, widest
from wrongfix.evidence.model import Stance
from wrongfix.evidence.prose import read_prose
from wrongfix.evidence.scope import gate_of
from wrongfix.evidence.sentences import Sentence, lowered, sentence_spans
from wrongfix.evidence.syntax import WORD
from wrongfix.record.read import read
from wrongfix.text import Source, Span
from wrongfix.vocabulary import Vocabulary


def found(wording: str, text: str, **groups: list[str]) -> list[str]:
    """Return the words of each place where a wording stands in a text."""
    words = WORD.findall(text.lower())
    lexicon = Lexicon([("kind", "id", wording)], groups)
    return [" ".join(words[at] for at in hit.words) for hit in lexicon.find(words)]


@pytest.mark.parametrize(
    ("wording", "text", "expected"),
    [
        ("fine-tun*", "We fine-tune and are fine tuning", ["fine tune", "fine tuning"]),
        ("stale|old fact", "an old fact", ["old fact"]),
        ("too many? tokens", "too tokens, too many tokens", ["too tokens", "too many tokens"]),
        ("miss .. terms", "miss all rare terms", ["miss terms"]),
        ("miss .. terms", "miss all the very rare terms", []),
        ("miss ... terms", "miss all of the very rare terms", ["miss terms"]),
        ("@search misses", "vector search misses", ["search misses"]),
        ("@fuzzy misses", "vector search misses", ["vector search misses"]),
        ("rag", "storage fragments of a dragnet", []),
        ("don't know", "I don't know", ["don t know"]),
    ],
)
def test_a_wording_finds_what_it_says(wording, text, expected):
    """Stems, choices, words that may be left out, gaps and groups mean what the head of a word list says."""
    assert found(wording, text, search=["search", "lookup"], fuzzy=["vector search"]) == expected


def test_a_phrase_is_found_though_its_later_words_were_met_before():
    """Words met before a phrase was compiled are looked up anew."""
    lexicon = Lexicon([("kind", "id", "exact match")], {})
    assert lexicon.find(["match"]) == []
    assert [hit.words for hit in lexicon.find(["exact", "match"])] == [(0, 1)]


@pytest.mark.parametrize("before", ["slow", "slot", "calls"])
def test_what_is_found_does_not_depend_on_what_was_read_before(before):
    """Two phrases over the same words are found in the order in which they were given, whatever was met first."""
    phrases = [("kind", "latency", "slo* call*"), ("kind", "cost", "slow calls")]
    for order in (phrases, phrases[::-1]):
        lexicon = Lexicon(order, {})
        lexicon.find([before])
        assert [hit.id for hit in lexicon.find(["slow", "calls"])] == [each[1] for each in order]


def test_longer_phrases_take_words_from_shorter_ones():
    """`longest` gives each word to one phrase; `widest` drops only what stands wholly inside another."""
    lexicon = Lexicon([("k", "a", "cost and latency"), ("k", "b", "cost"), ("k", "c", "latency budget")], {})
    hits = lexicon.find(["cost", "and", "latency", "budget"])
    assert [hit.id for hit in longest(hits)] == ["a"]
    assert [hit.id for hit in widest(hits)] == ["a", "c"]


@given(st.text(max_size=200))
def test_sentences_lie_inside_and_in_order(text):
    """Sentences never overlap, never leave the text and never begin or end with white space."""
    spans = sentence_spans(text, 0, len(text))
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    for span in spans:
        piece = text[span.start : span.end]
        assert piece
        assert piece == piece.strip()


@given(st.text(max_size=200))
def test_lower_case_keeps_every_place(text):
    """Whatever the letters, lower case has the length of the text."""
    low = lowered(text)
    assert len(low) == len(text)
    assert Sentence(low, Span(0, len(text))).words == WORD.findall(low)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Use RAG. Drop the adapter.", 2),
        ("See sec. 4 of the manual, i.e. the annex.", 1),
        ("It is slow, e.g. 4.2 s. Users leave!", 2),
        ("one\n\ntwo", 2),
    ],
)
def test_a_stop_ends_a_sentence_and_an_abbreviation_does_not(text, count):
    """Abbreviations and numbers do not cut a sentence."""
    assert len(sentence_spans(text, 0, len(text))) == count


def test_a_teams_own_words_are_read():
    """A word that a team lists for an approach or a failure is read like the tool's own."""
    book = rulebook.load()
    own = {"fine-tuning": ["moulding"], "tone-inconsistency": ["grumpy"]}
    vocabulary = Vocabulary(book.vocabulary.files, own)
    text = (
        "# Moulding of the model\n\n## Context\n\nThe assistant is grumpy towards guests.\n\n## Decision\n\nMoulding.\n"
    )
    (record,) = read(Source("a.md", text), vocabulary)
    prose = read_prose(record, vocabulary)
    assert [approach.id for approach in prose.approaches] == ["fine-tuning"]
    assert [failure.id for failure in prose.failures] == ["tone-inconsistency"]


def test_a_teams_own_word_alone_lets_a_record_in():
    """A record that has no word of the field but a team's own is read, and one that has neither is not."""
    book = rulebook.load()
    text = "# Quarry for the front desk\n\n## Decision\n\nWe use Quarry from May on.\n"
    for own, expected in (({"rag": ["quarry"]}, ["rag"]), ({"rag": ["Quarry"]}, ["rag"]), ({}, [])):
        vocabulary = Vocabulary(book.vocabulary.files, own)
        (record,) = read(Source("a.md", text), vocabulary)
        evidence = gather(record, vocabulary, lambda: book.model)
        assert [approach.id for approach in evidence.approaches] == expected


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("We retrieve it.", True),
        ("RAG", True),
        ("an AI\nsystem", True),
        ("use fine tuning", True),
        ("machine\nlearning", False),
        ("A drag on the brain; the fragile aid.", False),
        ("", False),
    ],
)
def test_the_gate(text, opens):
    """The gate finds its pieces wherever they stand in a word, whole words where it wants them, and says it twice."""
    gate = gate_of(rulebook.load().vocabulary)
    assert gate.lets_in(text) is opens
    assert gate.lets_in(text) is opens


def test_reading_time_grows_with_length_and_not_faster():
    """Ten times the text takes at most some twenty times the time, also where every word begins a phrase."""
    book = rulebook.load()

    def seconds(times: int) -> float:
        context = "Semantic search misses exact terms, answers are stale and costs are high. " * times
        text = f"# Hybrid search\n\n## Context\n\n{context}\n\n## Decision\n\nWe use hybrid search.\n"
        (record,) = read(Source("a.md", text), book.vocabulary)
        return cpu_seconds(lambda: read_prose(record, book.vocabulary, lambda: book.model), repeats=2)

    seconds(10)
    assert seconds(1000) <= 20 * seconds(100) + 0.05


def test_a_title_that_describes_an_approach_is_heard():
    """A title may take an approach without naming it; a title about anything else takes none."""
    book = rulebook.load()
    for title, expected in (
        ("Send hard questions to the large model and easy ones to the small one", {"model-routing"}),
        ("Keep the paper copies in the large branch", set()),
    ):
        text = f"# {title}\n\n## Context\n\nThe assistant's model answers.\n\n## Decision\n\nAs the title says.\n"
        (record,) = read(Source("a.md", text), book.vocabulary)
        prose = read_prose(record, book.vocabulary, lambda: book.model)
        assert {each.id for each in prose.approaches if each.stance is Stance.CHOSEN} == expected
