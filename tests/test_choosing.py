from __future__ import annotations

import pytest

from wrongfix import rulebook
from wrongfix.evidence.choosing import FIRST_WORD, LONGEST_RUN, MOST_WORDS, runs_of, signs_of
from wrongfix.evidence.learned import read_all
from wrongfix.evidence.page import names_in
from wrongfix.evidence.sentences import Sentence, lowered
from wrongfix.evidence.wordlists import lexicons_of
from wrongfix.text import Span

COMMON = {word: FIRST_WORD + at for at, word in enumerate(["we", "will", "the", "with", "was", "not"])}


@pytest.fixture(scope="module")
def book():
    """Return the rulebook with the shipped weights."""
    return rulebook.load()


def chance(book, text):
    """Return how likely a sentence is heard as a choice."""
    sentence = Sentence(lowered(text), Span(0, len(text)))
    signs = signs_of(*names_in(lexicons_of(book.vocabulary), sentence))
    return read_all(book.model, text, 0, len(text)).choice(signs)


def runs(text):
    """Return the runs of a text given in lower case."""
    return runs_of(text.split(), COMMON)


def test_a_frame_is_the_same_whatever_is_named():
    """Words that are not common leave their endings and their numbers alone."""
    assert runs("we will teach the model with notes") == runs("we will index the handbook pages with care")
    assert runs("we tuned 12 adapters") == runs("we cached 40 answers")
    assert runs("we tuned adapters") != runs("we tune adapters")
    assert runs("we will teach it") != runs("we will not teach it")


def test_runs_are_as_many_as_places_allow():
    """Every place begins a run of each length up to four, as far as the sentence goes."""
    found = runs("we will the with was not")
    places = 6 + 2
    assert len(found) == sum(places - length + 1 for length in range(1, LONGEST_RUN + 1))
    assert runs("") == runs_of([], COMMON)
    assert len(runs_of([], COMMON)) == 2 + 1


@pytest.mark.parametrize(
    ("chosen", "mentioned"),
    [
        ("We will fine-tune a small model on checked notes.", "We considered fine-tuning a small model on checked notes."),
        ("Decision: put a reranker behind the search.", "A reranker behind the search was proposed and turned down."),
        ("The nightly job embeds every notice and the bot quotes the three nearest.",
         "Last year a nightly job embedded every notice; it has long been switched off."),
        ("Route easy questions to the small model.", "Perhaps, in a later phase, easy questions could go to a small model."),
    ],
)  # fmt: skip
def test_a_choice_is_likelier_than_a_mention(book, chosen, mentioned):
    """The same approach is likelier chosen where the sentence takes it than where it weighs, defers or remembers it."""
    assert chance(book, chosen) > book.model.stances.floor > chance(book, mentioned)


def test_signs_are_those_training_knew(book):
    """Each sign a sentence can hold has a weight, and no weight belongs to a sign that none can hold."""
    cues = {f"cue {kind}" for kind in book.vocabulary.data("cues")["stance"]}
    stances = {
        f"{where} {stance}" for where in ("mood", "name") for stance in ("chosen", "considered", "rejected", "deferred")
    }
    each = ("chosen", "considered", "rejected", "deferred")
    then = {f"then {one} {other}" for one in each for other in each if one != other}
    assert set(book.model.frames.signs) <= cues | stances | then | {"struck"}


def test_no_more_words_are_common_than_there_are_numbers_for():
    """However many sentences are learned from, the weights of their runs can be read; the commonest words are kept."""
    pytest.importorskip("sklearn", reason="only training needs it")
    from training.choosing import COMMON as FEWEST_APPROACHES  # needs what was looked for above
    from training.choosing import frames  # as above
    from training.sentences import Sentence as Learned  # as above

    rare = [f"word{chr(97 + at // 676)}{chr(97 + at // 26 % 26)}{chr(97 + at % 26)}" for at in range(MOST_WORDS + 50)]
    texts = [" ".join(["usual", *rare]), "usual words"]
    taking = [
        Learned("approach", f"id{number}", text, "", False, "chosen", 1, "en", None, False)  # noqa: FBT003 # its fields
        for number in range(FEWEST_APPROACHES)
        for text in texts
    ]
    common = frames(taking, []).common
    assert len(common) == MOST_WORDS
    assert "usual" in common
