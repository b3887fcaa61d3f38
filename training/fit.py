"""Weights for every label, and how sure a reader may be of what they say: both from cross-validation over hands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from training.choosing import ChoiceWeights, frames
from training.design import Vocabulary, vocabulary
from training.sentences import Sentence

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
_TAKEN = (0.035, 0.08)
"""The shares of mentions that would be taken for choices at the bounds `likely` and `floor`."""

_SLOPES = tuple(tenth / 10 for tenth in range(5, 60, 5))


@dataclass(frozen=True)
class Labels:
    """The columns of scores: failure tags, approaches, nothing, stances."""

    failures: tuple[str, ...]
    approaches: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Return the labels that exclude one another."""
        return (*self.failures, *self.approaches, NOTHING)

    def column(self, sentence: Sentence) -> int:
        """Return the column of what the sentence says."""
        if sentence.kind == "failure":
            return self.failures.index(str(sentence.id))
        if sentence.names_approach:
            return len(self.failures) + self.approaches.index(str(sentence.id))
        return len(self.failures) + len(self.approaches)


@dataclass(frozen=True)
class Weights:
    """A vocabulary with one row of weights and one intercept for each label and each stance."""

    words: Vocabulary
    rows: np.ndarray
    intercepts: np.ndarray
    choice: ChoiceWeights

    def scores(self, sentences: Sequence[Sentence]) -> np.ndarray:
        """Return the score of every column for every sentence."""
        scores = np.asarray(self.words.matrix(sentences) @ self.rows.T + self.intercepts)
        naming = [row for row, one in enumerate(sentences) if one.names_approach]
        scores[naming, -len(STANCES)] += self.choice.scores([sentences[row] for row in naming])
        return scores


@dataclass(frozen=True)
class Calibration:
    """How margins become a probability for one kind, and from where on to trust it."""

    slopes: tuple[float, ...]
    intercept: float
    sure: float
    likely: float
    floor: float = _FLOOR


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
    says = np.array([columns.column(sentence) for sentence in sentences])
    rows, intercepts = _planes(matrix, says, len(columns.all))
    naming = [row for row, one in enumerate(sentences) if one.names_approach]
    chosen = np.array([int(sentences[row].kind == "approach") for row in naming])
    taking = [sentences[row] for row in naming]
    framed = frames(taking)
    # two judges: one hears words alone, as authors akin to those learned from choose theirs, one frames and signs too
    word_rows, word_intercepts = _planes(matrix[naming], chosen, 1 + 1)
    choice_rows, choice_intercepts = _planes(sparse.hstack([matrix[naming], framed.matrix(taking)]), chosen, 1 + 1)
    width = matrix.shape[1]
    with_stance = [row for row, one in enumerate(sentences) if one.names_approach and one.stance in STANCES]
    stances = np.array([STANCES.index(str(sentences[row].stance)) for row in with_stance])
    more_rows, more_intercepts = _planes(matrix[with_stance], stances, len(STANCES))
    # whether something is chosen at all is heard best by weights that have nothing else to tell apart
    more_rows[0] = word_rows[1] + choice_rows[1, :width]
    more_intercepts[0] = word_intercepts[1] + choice_intercepts[1]
    choice = ChoiceWeights(framed, choice_rows[1, width:])
    return Weights(words, np.vstack([rows, more_rows]), np.concatenate([intercepts, more_intercepts]), choice)


def across_hands(sentences: Sequence[Sentence], columns: Labels) -> tuple[np.ndarray, np.ndarray]:
    """Return scores and sizes of every sentence by weights that never saw a sentence of its hand."""
    sizes = np.zeros((len(sentences), 2))
    scores = np.zeros((len(sentences), len(columns.all) + len(STANCES)))
    for hands in folds(sentences):
        rest = [one for one in sentences if one.hand not in hands]
        rows = [row for row, one in enumerate(sentences) if one.hand in hands]
        weights, own = weigh(rest, columns), [sentences[row] for row in rows]
        scores[rows], sizes[rows] = weights.scores(own), weights.words.sizes(own)
    return scores, sizes


def folds(sentences: Sequence[Sentence]) -> list[set[int]]:
    """Return the hands in groups, each judged by weights of the others."""
    hands = sorted({one.hand for one in sentences})
    return [group for start in range(FOLDS) if (group := {*hands[start::FOLDS]})]


def calibrate(
    sentences: Sequence[Sentence], scores: np.ndarray, sizes: np.ndarray, columns: Labels
) -> list[Calibration]:
    """Return how far to trust the best failure and the best approach of a sentence, in this order.

    Failures are listened for where records tell what is wrong and approaches where they decide, so what is rarely said
    in such a place counts little.
    """
    first, count = 0, len(columns.failures)
    says = np.array([columns.column(sentence) for sentence in sentences])
    result = []
    for kind in (columns.failures, columns.approaches):
        lanes = np.arange(first, first + len(kind))
        best, margins = best_of(scores, lanes, count + len(columns.approaches), sizes)
        at_home = (says >= first) & (says < first + len(kind)) | (says == len(columns.all) - 1)
        result.append(_calibration(margins, best == says, np.where(at_home, 1.0, _STRAY)))
        first += len(kind)
    return result


def calibrate_stances(sentences: Sequence[Sentence], scores: np.ndarray, columns: Labels) -> Calibration:
    """Return how likely a choice is for its score, how to part the rest among the other stances, and when to believe.

    From `likely` on a choice is believed where nothing refuses it, from `floor` on where a word says that it is one.
    """
    naming = [row for row, one in enumerate(sentences) if one.names_approach]
    chosen = np.array([sentences[row].kind == "approach" for row in naming])
    own = scores[naming][:, len(columns.all)]
    fitted = LogisticRegression(C=10.0).fit(own[:, None], chosen)
    slope, intercept = round(float(fitted.coef_[0, 0]), 4), round(float(fitted.intercept_[0]), 4)
    mentions = np.sort(1 / (1 + np.exp(-intercept - slope * own[~chosen])))
    likely, floor = (round(float(np.quantile(mentions, 1 - taken)), 4) for taken in _TAKEN)
    others = [row for row, one in enumerate(sentences) if one.names_approach and one.stance in STANCES[1:]]
    labelled = [STANCES.index(str(sentences[row].stance)) - 1 for row in others]
    rest = scores[others, len(columns.all) + 1 :]

    def likelihood(slope: float) -> float:
        powers = np.exp(slope * rest)
        return float(np.log(powers[np.arange(len(others)), labelled] / powers.sum(axis=1)).sum())

    return Calibration((slope, max(_SLOPES, key=likelihood)), intercept, likely, likely, floor)


def best_of(scores: np.ndarray, lanes: np.ndarray, nothing: int, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the best column among the lanes for each sentence, and its margins as the reader computes them."""
    own = np.sort(scores[:, lanes], axis=1)
    others = np.setdiff1d(np.arange(nothing), lanes)
    top = own[:, -1]
    margins = np.column_stack(
        [top, top - own[:, -2], top - scores[:, nothing], top - scores[:, others].max(axis=1), sizes]
    )
    return lanes[scores[:, lanes].argmax(axis=1)], margins


def chances(calibration: Calibration, margins: np.ndarray) -> np.ndarray:
    """Return the probability of each best reading."""
    return 1 / (1 + np.exp(-calibration.intercept - margins @ np.array(calibration.slopes)))


def _planes(matrix: sparse.csr_matrix, says: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    machine = LinearSVC(C=SOFTNESS, class_weight="balanced", random_state=0).fit(matrix, says)
    rows = np.zeros((count, matrix.shape[1]))
    intercepts = np.full(count, -2.0)
    if len(machine.classes_) == 2:
        rows[:], intercepts[:] = [-machine.coef_[0], machine.coef_[0]], [-machine.intercept_[0], machine.intercept_[0]]
        return rows, intercepts
    rows[machine.classes_], intercepts[machine.classes_] = machine.coef_, machine.intercept_
    return rows, intercepts


def _calibration(margins: np.ndarray, right: np.ndarray, counts: np.ndarray) -> Calibration:
    fitted = LogisticRegression(C=10.0, max_iter=1000).fit(margins, right, counts)
    slopes = tuple(round(float(slope), 4) for slope in fitted.coef_[0])
    trial = Calibration(slopes, round(float(fitted.intercept_[0]), 4), 1.0, 1.0)
    chance = chances(trial, margins)
    sure, likely = (_threshold(chance, right, counts, precision) for precision in (_SURE, _LIKELY))
    return Calibration(slopes, trial.intercept, sure, likely)


def _threshold(chance: np.ndarray, right: np.ndarray, counts: np.ndarray, precision: float) -> float:
    """Return the lowest chance from which upwards readings reach the precision."""
    order = np.argsort(-chance, kind="stable")
    reached = np.cumsum((right * counts)[order]) / np.cumsum(counts[order])
    good = np.nonzero(reached >= precision)[0]
    return round(float(chance[order][good[-1]]), 4) if len(good) else 1.0
