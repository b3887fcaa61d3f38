"""Weights for every label, and how sure a reader may be of what they say: both from cross-validation over hands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from training.choosing import FrameWeights, frames
from training.design import Vocabulary, vocabulary
from training.sentences import Sentence
from training.trees import chances, grow
from wrongfix.evidence.trust import MARGINS, RIVALS_BEYOND, RIVALS_WITHIN, SUPPORT, support

if TYPE_CHECKING:
    from wrongfix.evidence.trust import Tree

NOTHING = "nothing"
STANCES = ("chosen", "considered", "rejected", "deferred", "past")
SOFTNESS = 1.0
"""How closely the weights follow the sentences: the C of the support vector machine, best of 0.1 to 2."""

FOLDS = 6
"""Into so many groups of hands the sentences are parted for cross-validation."""

_SURE, _LIKELY = 0.97, 0.85
"""The precision in cross-validation that `sure` and `likely` readings reach."""

_STRAY = 0.1
"""How much a sentence counts that says something else than what is listened for."""

_FLOOR = 0.3
_TAKEN = (0.055, 0.13)
"""The shares of mentions that would be taken for choices at the bounds `likely` and `floor`."""

_ASKED = 0.25
"""A reading that its margins alone make less likely is not looked at more closely."""


@dataclass(frozen=True)
class Labels:
    """The columns of scores: failure tags, approaches, nothing; behind them come the stances and what fails at all."""

    failures: tuple[str, ...]
    approaches: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Return the labels of which a sentence carries one, or now and then two."""
        return (*self.failures, *self.approaches, NOTHING)

    @property
    def lanes(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the columns of failures and those of approaches."""
        first = len(self.failures)
        return np.arange(first), first + np.arange(len(self.approaches))

    def says(self, sentences: Sequence[Sentence]) -> np.ndarray:
        """Return a row for each sentence that is true in the columns of what it says, mostly one."""
        columns = {("failure", name): place for place, name in enumerate(self.failures)}
        first = len(self.failures)
        for place, name in enumerate(self.approaches, first):
            columns |= {("approach", name): place, ("mention", name): place}
        found = np.zeros((len(sentences), len(self.all)), dtype=bool)
        for row, one in enumerate(sentences):
            found[row, [columns[one.kind, name] for name in one.ids] or [-1]] = True
        return found


@dataclass(frozen=True)
class Weights:
    """A vocabulary with one row of weights and one intercept for each label, each stance and what fails at all."""

    words: Vocabulary
    rows: np.ndarray
    intercepts: np.ndarray
    frames: FrameWeights

    def scores(self, sentences: Sequence[Sentence]) -> np.ndarray:
        """Return the score of every column for every sentence."""
        scores = np.asarray(self.words.matrix(sentences) @ self.rows.T + self.intercepts)
        scores[:, -len(STANCES) - 1] += self.frames.of_choice(sentences)
        scores[:, -1] += self.frames.of_failing(sentences)
        return scores


@dataclass(frozen=True)
class Calibration:
    """How margins become a first guess and trees a probability for one kind, and from where on to trust it."""

    slopes: tuple[float, ...]
    intercept: float
    trees: tuple[Tree, ...]
    sure: float
    likely: float
    floor: float = _FLOOR
    asked: float = _ASKED


@dataclass(frozen=True)
class Seen:
    """Sentences as weights see them that know none of their hand.

    One row for each sentence: the scores of all columns, the sizes of the text, and for each kind (failures,
    approaches) how its words share in the score of the best label.
    """

    scores: np.ndarray
    sizes: np.ndarray
    supports: tuple[np.ndarray, np.ndarray]


def labels(sentences: Sequence[Sentence]) -> Labels:
    """Return the ids that the sentences carry."""
    return Labels(
        tuple(sorted({str(one.id) for one in sentences if one.kind == "failure"})),
        tuple(sorted({str(one.id) for one in sentences if one.names_approach})),
    )


def weigh(sentences: Sequence[Sentence], columns: Labels) -> Weights:
    """Return weights learned from the sentences."""
    words = vocabulary(sentences)
    matrix = words.matrix(sentences)
    counts = _weights_of(sentences)
    rows, intercepts = _planes_of_each(matrix, columns.says(sentences), counts)
    naming = [row for row, one in enumerate(sentences) if one.names_approach]
    chosen = np.array([int(sentences[row].kind == "approach") for row in naming])
    taking = [sentences[row] for row in naming]
    telling = [row for row, one in enumerate(sentences) if not one.names_approach]
    framed = frames(taking, [sentences[row] for row in telling])
    # two judges: one hears words alone, as authors akin to those learned from choose theirs, one frames and signs too
    word_rows, word_intercepts = _planes(matrix[naming], chosen, 1 + 1, counts[naming])
    framing = sparse.hstack([matrix[naming], framed.matrix(taking)])
    choice_rows, choice_intercepts = _planes(framing, chosen, 1 + 1, counts[naming])
    fails = np.array([int(sentences[row].kind == "failure") for row in telling])
    runs = framed.runs_matrix([sentences[row] for row in telling])
    fail_rows, fail_intercepts = _planes(sparse.hstack([matrix[telling], runs]), fails, 1 + 1, counts[telling])
    width = matrix.shape[1]
    with_stance = [row for row, one in enumerate(sentences) if one.names_approach and one.stance in STANCES]
    stances = np.array([STANCES.index(str(sentences[row].stance)) for row in with_stance])
    more_rows, more_intercepts = _planes(matrix[with_stance], stances, len(STANCES), counts[with_stance])
    # whether something is chosen at all is heard best by weights that have nothing else to tell apart
    more_rows[0] = word_rows[1] + choice_rows[1, :width]
    more_intercepts[0] = word_intercepts[1] + choice_intercepts[1]
    return Weights(
        words,
        np.vstack([rows, more_rows, fail_rows[1:, :width]]),
        np.concatenate([intercepts, more_intercepts, fail_intercepts[1:]]),
        FrameWeights(framed, choice_rows[1, width:], fail_rows[1, width:]),
    )


def across_hands(sentences: Sequence[Sentence], columns: Labels) -> Seen:
    """Return every sentence as weights see it that never saw a sentence of its hand."""
    sizes = np.zeros((len(sentences), 2))
    scores = np.zeros((len(sentences), len(columns.all) + len(STANCES) + 1))
    supports = np.zeros((len(sentences), SUPPORT)), np.zeros((len(sentences), SUPPORT))
    for hands in folds(sentences):
        rest = [one for one in sentences if one.hand not in hands]
        rows = [row for row, one in enumerate(sentences) if one.hand in hands]
        weights, own = weigh(rest, columns), [sentences[row] for row in rows]
        scores[rows], sizes[rows] = weights.scores(own), weights.words.sizes(own)
        added = weights.words.rows(weights.rows)
        for lanes, of_kind in zip(columns.lanes, supports, strict=True):
            best = lanes[scores[np.ix_(rows, lanes)].argmax(axis=1)]
            of_kind[rows] = [support(each) for each in weights.words.added(own, added, best, len(columns.all) - 1)]
    return Seen(scores, sizes, supports)


def folds(sentences: Sequence[Sentence]) -> list[set[int]]:
    """Return the hands in groups, each judged by weights of the others."""
    hands = sorted({one.hand for one in sentences})
    return [group for start in range(FOLDS) if (group := {*hands[start::FOLDS]})]


def calibrate(sentences: Sequence[Sentence], seen: Seen, columns: Labels) -> list[Calibration]:
    """Return how far to trust the best failure and the best approach of a sentence, in this order.

    Failures are listened for where records tell what is wrong and approaches where they decide, so what is rarely said
    in such a place counts little.
    """
    says = columns.says(sentences)
    result = []
    for lanes, supports in zip(columns.lanes, seen.supports, strict=True):
        best, values = best_of(seen, lanes, len(columns.all) - 1)
        at_home = says[:, lanes].any(axis=1) | says[:, -1]
        values = np.column_stack([values, supports])
        counts = np.where(at_home, 1.0, _STRAY) * _weights_of(sentences)
        result.append(_calibration(sentences, values, says[np.arange(len(best)), best], counts))
    return result


def calibrate_stances(sentences: Sequence[Sentence], seen: Seen, columns: Labels) -> Calibration:
    """Return how likely a choice is for the scores of all stances and of the approach, and when to believe in it.

    From `likely` on a choice is believed where nothing refuses it, from `floor` on where a word says that it is one.
    """
    naming = [row for row, one in enumerate(sentences) if one.names_approach]
    chosen = np.array([sentences[row].kind == "approach" for row in naming])
    margins = best_of(seen, columns.lanes[1], len(columns.all) - 1)[1][:, :MARGINS]
    values = np.column_stack([seen.scores[:, len(columns.all) : -1], margins])[naming]
    named = [sentences[row] for row in naming]
    counts = _weights_of(named)
    chance = _across_hands(named, values, chosen, counts)
    told = np.array([not one.made for one in named])
    mentions = np.sort(chance[~chosen & told])
    likely, floor = (round(float(np.quantile(mentions, 1 - taken)), 4) for taken in _TAKEN)
    return Calibration((), 0.0, grow(values, chosen, counts), likely, likely, floor)


def best_of(seen: Seen, lanes: np.ndarray, nothing: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the best column among the lanes for each sentence, and its margins and rivals as the reader has them."""
    scores = seen.scores
    own = -np.sort(-scores[:, lanes], axis=1)
    others = -np.sort(-scores[:, np.setdiff1d(np.arange(nothing), lanes)], axis=1)
    top = own[:, 0]
    margins = [top, top - own[:, 1], top - scores[:, nothing], top - others[:, 0], seen.sizes]
    rivals = [own[:, 1 : 1 + RIVALS_WITHIN], others[:, :RIVALS_BEYOND], scores[:, -1]]
    return lanes[scores[:, lanes].argmax(axis=1)], np.column_stack([*margins, *rivals])


def _weights_of(sentences: Sequence[Sentence]) -> np.ndarray:
    return np.array([sentence.weight for sentence in sentences])


def _planes(
    matrix: sparse.csr_matrix, says: np.ndarray, count: int, counts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    machine = LinearSVC(C=SOFTNESS, class_weight="balanced", random_state=0).fit(matrix, says, counts)
    rows = np.zeros((count, matrix.shape[1]))
    intercepts = np.full(count, -2.0)
    if len(machine.classes_) == 2:
        rows[:], intercepts[:] = [-machine.coef_[0], machine.coef_[0]], [-machine.intercept_[0], machine.intercept_[0]]
        return rows, intercepts
    rows[machine.classes_], intercepts[machine.classes_] = machine.coef_, machine.intercept_
    return rows, intercepts


def _planes_of_each(matrix: sparse.csr_matrix, says: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the planes of labels that do not exclude one another, each told apart from all that does not carry it."""
    rows = np.zeros((says.shape[1], matrix.shape[1]))
    intercepts = np.full(says.shape[1], -2.0)
    told = [label for label in range(says.shape[1]) if says[:, label].any()]
    for label in told:
        even = counts.sum() / (len(told) * counts[says[:, label]].sum())
        machine = LinearSVC(C=SOFTNESS, class_weight={True: even}, random_state=0).fit(matrix, says[:, label], counts)
        rows[label], intercepts[label] = machine.coef_[0], machine.intercept_[0]
    return rows, intercepts


def _calibration(
    sentences: Sequence[Sentence], values: np.ndarray, right: np.ndarray, counts: np.ndarray
) -> Calibration:
    margins = values[:, :MARGINS]
    fitted = LogisticRegression(C=10.0, max_iter=1000).fit(margins, right, counts)
    slopes = tuple(round(float(slope), 4) for slope in fitted.coef_[0])
    intercept = round(float(fitted.intercept_[0]), 4)
    guess = 1 / (1 + np.exp(-intercept - margins @ np.array(slopes)))
    asked = guess >= _ASKED
    asking = [one for one, is_asked in zip(sentences, asked, strict=True) if is_asked]
    chance = guess.copy()
    chance[asked] = _across_hands(asking, values[asked], right[asked], counts[asked])
    sure, likely = (_threshold(chance, right, counts, precision) for precision in (_SURE, _LIKELY))
    return Calibration(slopes, intercept, grow(values[asked], right[asked], counts[asked]), sure, likely)


def _across_hands(
    sentences: Sequence[Sentence], values: np.ndarray, right: np.ndarray, counts: np.ndarray
) -> np.ndarray:
    """Return the chance of every reading by trees that never saw one of its hand."""
    hands = np.array([one.hand for one in sentences])
    chance = np.zeros(len(sentences))
    for group in folds(sentences):
        own = np.isin(hands, [*group])
        chance[own] = chances(grow(values[~own], right[~own], counts[~own]), values[own])
    return chance


def _threshold(chance: np.ndarray, right: np.ndarray, counts: np.ndarray, precision: float) -> float:
    """Return the lowest chance from which upwards readings reach the precision."""
    order = np.argsort(-chance, kind="stable")
    reached = np.cumsum((right * counts)[order]) / np.cumsum(counts[order])
    good = np.nonzero(reached >= precision)[0]
    return round(float(chance[order][good[-1]]), 4) if len(good) else 1.0
