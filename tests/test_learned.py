"""The learned model hears what sentences say, names its words, and is made from what lies in the repository."""

import subprocess
import sys
from pathlib import Path

import pytest
from training import origin, sentences

from wrongfix import rulebook
from wrongfix.evidence import learned, tokens, trust, weights

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "rules" / "learned" / "model.bin"


@pytest.fixture(scope="module")
def data():
    """Return the bytes that are shipped."""
    return MODEL.read_bytes()


@pytest.fixture(scope="module")
def model(data):
    """Return the shipped model."""
    return learned.load(data)


def heard(model, text):
    """Return what the model hears in the whole text."""
    return learned.read_all(model, text, 0, len(text))


def test_everyday_words_for_a_failure_are_heard(model):
    """A failure is heard where its textbook word is absent."""
    best = heard(
        model, "It still quotes the prices we charged before the spring and nobody has told it otherwise."
    ).failures
    assert best[0].id == "stale-knowledge"


def test_a_choice_is_heard(model):
    """An approach is heard with its id and stance."""
    found = heard(model, "We will fine-tune a small model on our own labelled tickets.")
    assert found.approaches[0].id == "fine-tuning"
    assert found.choice(()) > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "PostgreSQL is chosen as the primary database.",
        "The front end is built with React and served by a content delivery network.",
        "Tokens are rotated every ninety days.",
        "",
        "   ",
        "1234 5678",
        "???",
    ],
)
def test_ordinary_sentences_are_met_with_silence(model, text):
    """Nothing sure is heard in sentences about something else."""
    found = heard(model, text)
    assert not [one for one in found.failures if one.score >= model.failures.sure]
    assert not [one for one in found.approaches if one.score >= model.approaches.sure]


def test_words_lie_inside_the_sentence_in_order(model):
    """Each reading names words of the text given, inside the sentence, in order, by offsets of the whole text."""
    before, sentence, after = "Cache the bundle. ", "No source is given, so nobody can check the reply.", " Use MySQL."
    text = before + sentence + after
    readings = learned.read_all(model, text, len(before), len(before) + len(sentence)).failures
    assert readings[0].id == "missing-citations"
    spans = readings[0].words
    assert list(spans) == sorted(spans)
    assert all(len(before) <= span.start < span.end <= len(before) + len(sentence) for span in spans)
    assert "source" in {text[span.start : span.end] for span in spans}


def test_place_in_the_document_changes_nothing(model):
    """A sentence is heard alike wherever it stands."""
    sentence = "The passage that settles it is never among the ten the search returns."
    alone = learned.read_all(model, sentence, 0, len(sentence)).failures
    text = "İ" * 7 + "\n" + sentence + "\nmore"
    within = learned.read_all(model, text, 8, 8 + len(sentence)).failures
    assert [(one.id, one.score) for one in alone] == [(one.id, one.score) for one in within]
    assert [(span.start + 8, span.end + 8) for span in alone[0].words] == [
        (span.start, span.end) for span in within[0].words
    ]


def test_what_was_heard_before_is_heard_again_at_its_new_place(model):
    """What is remembered of a text names the words where they stand now."""
    text = "We adopt retrieval over the handbook because answers quote last year's rules."
    model.remembered.clear()
    first = heard(model, text)
    again = learned.read_all(model, "# Title\n\n" + text, 9, 9 + len(text))
    assert len(model.remembered) == 1
    assert [(one.id, one.score) for one in first.failures] == [(one.id, one.score) for one in again.failures]
    assert (first.choice(()), first.others) == (again.choice(()), again.others)
    shifted = [[(span.start + 9, span.end + 9) for span in one.words] for one in first.approaches]
    assert shifted == [[(span.start, span.end) for span in one.words] for one in again.approaches]


def test_only_so_much_is_remembered(model):
    """However much is read, what is remembered stays within its bound."""
    for number in range(600):
        heard(model, f"answers {number} are out of date")
    assert 0 < len(model.remembered) <= 500


def test_a_sentence_of_many_thousand_words_is_read(model):
    """Sums of weights do not overflow: a text of every term the model knows is scored as addition would score it."""
    rows = set(range(len(model.rows) // model.lanes))
    plain = [sum(model.rows[row * model.lanes + lane] for row in rows) for lane in range(model.lanes)]
    assert learned._sums(model, rows) == plain  # noqa: SLF001 - no text holds every term


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"\x80\x04K\x01.",
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data[: len(data) // 2],
        lambda _: learned.MAGIC + b"{}\n",
        lambda _: learned.MAGIC + b"[]\n",
        lambda _: learned.MAGIC + b"not json\n",
        lambda _: learned.MAGIC,
        lambda data: data.replace(b'"singles":', b'"singles":9'),
    ],
)
def test_foreign_bytes_are_refused(data, damage):
    """Bytes that are no model of this version raise ValueError and nothing else."""
    with pytest.raises(ValueError, match=r"learned model|Expecting|subsection"):
        learned.load(damage(data))


def test_the_reader_finds_the_terms_that_training_counted(model):
    """Walking through tables finds the same terms as spelling each of them out."""
    texts = (
        "It still quotes last year's fee, although the tariff changed in March 2024!",
        "Don\u2019t fine-tune; don't. Use RAG (pgvector) for 40 % of “questions”?",
        "Zyxwvutsr answers answering answered citations uncitable",
        "| Option | p95 4 s | chosen |",
    )
    stems = {tokens.stem(word) for text in texts for word in tokens.words(text)}
    beginnings = {"^" + one[: tokens.PREFIX_LENGTH] for one in stems if len(one) >= tokens.PREFIX_LENGTH}
    names = {model.words["=" + one]: one for one in stems} | {model.words[one]: one for one in beginnings}
    names |= {model.words[mark]: mark for mark in (tokens.START, tokens.END)}
    names.pop(weights.UNKNOWN, None)
    singles = [row for row in names if row < model.beginnings]
    pairs = {model.pairs[one << 16 | two]: f"{names[one]} {names[two]}" for one in singles for two in singles}
    pairs.pop(weights.UNKNOWN, None)
    assert pairs
    names |= pairs
    known = set(names.values())
    for text in texts:
        rows, _ = learned._walk(model, tokens.words(text))  # noqa: SLF001 - rows are not shown outside
        assert {names[row] for row in rows} - {"<", ">"} == tokens.terms(text, known)


def test_the_shipped_model_is_made_from_the_sentences_beside_it(model):
    """The model names the hash of the sentences and scripts it was made from; `python -m training.train` renews it."""
    assert model.digest == origin.digest(model.hands)


def test_training_twice_gives_the_same_bytes():
    """The same sentences give the same model to the byte."""
    for library in ("sklearn", "lightgbm"):
        pytest.importorskip(library, reason="for training only")
    from training import sentences, train

    some = [one for one in sentences.read() if one.hand in (16, 17)]
    assert train.build(some, some) == train.build(some, some)


def test_reader_and_training_see_the_same_values():
    """What trees are grown on is what they are asked with: only the rounding of weights to bytes lies between."""
    for library in ("sklearn", "lightgbm"):
        pytest.importorskip(library, reason="for training only")
    import numpy as np
    from training import fit, pack, sentences, train, trees

    some = [one for one in sentences.read() if one.hand in (16, 17)]
    columns, nothing = fit.labels(some), len(fit.labels(some).all) - 1
    weights, calibrations = fit.weigh(some, columns), train.calibrate(some, columns)
    model = learned.load(pack.pack(weights, columns, calibrations, some))
    scores, added = weights.scores(some), weights.words.rows(weights.rows)
    for lanes, calibration, kind in zip(columns.lanes, calibrations, ("failures", "approaches"), strict=False):
        best = lanes[scores[:, lanes].argmax(axis=1)]
        supports = np.array([trust.support(each) for each in weights.words.added(some, added, best, nothing)])
        values = fit.best_of(fit.Seen(scores, weights.words.sizes(some), (supports, supports)), lanes, nothing)[1]
        expected = trees.chances(calibration.trees, np.column_stack([values, supports]))
        found = [(row, getattr(heard(model, one.text), kind)) for row, one in enumerate(some)]
        off = [abs(readings[0].score - expected[row]) for row, readings in found if readings]
        assert len(off) > len(some) / 4
        assert sorted(off)[len(off) * 9 // 10] < 0.02


def test_sentences_and_model_speak_of_nothing_the_vocabulary_does_not_hold(model):
    """Whatever is heard has a title, a family and a place in the matrix."""
    vocabulary = rulebook.load().vocabulary
    failures, approaches = frozenset(vocabulary.failures), frozenset(vocabulary.approaches)
    for one in sentences.read():
        assert one.ids <= (failures if one.kind == "failure" else approaches), one.text
    assert failures.issuperset(model.failures.ids)
    assert approaches.issuperset(model.approaches.ids)


def test_nothing_of_training_is_needed_to_read():
    """The reader imports neither numpy nor what trains."""
    code = "import sys, wrongfix.evidence.learned; print(sorted({'numpy', 'sklearn', 'scipy', 'lightgbm'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
