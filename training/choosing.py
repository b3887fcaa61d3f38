"""What tells choices and failures beside the words themselves: the frame of a sentence and the signs in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import sparse

from training.sentences import Sentence
from wrongfix import rulebook
from wrongfix.evidence import sentences as prose
from wrongfix.evidence.choosing import FIRST_WORD, MOST_WORDS, runs_of, signs_of
from wrongfix.evidence.page import names_in
from wrongfix.evidence.tokens import words
from wrongfix.evidence.wordlists import Lexicons, lexicons_of
from wrongfix.text import Span

COMMON, COMMON_OF_FAILURES = 18, 24
"""A word is common when choices and mentions of so many approaches hold it, or sentences about so many failures."""

FEWEST = 3
"""So many sentences must share a run."""

RUNS_WEIGHT, SIGNS_WEIGHT = 0.7, 0.1
"""How much runs and signs count beside words; best in cross-validation over hands."""


@dataclass(frozen=True)
class Frames:
    """The columns of runs and signs."""

    common: Mapping[str, int]
    runs: Mapping[int, int]
    signs: Mapping[str, int]

    def matrix(self, sentences: Sequence[Sentence]) -> sparse.csr_matrix:
        """Return one row for each sentence; that of its runs is made independent of its length."""
        rows, columns, values = [], [], []
        for row, sentence in enumerate(sentences):
            signs = [self.signs[sign] for sign in signs_in(sentence.text) if sign in self.signs]
            rows += [row] * len(signs)
            columns += signs
            values += [SIGNS_WEIGHT] * len(signs)
        signed = sparse.csr_matrix((values, (rows, columns)), shape=(len(sentences), len(self.signs)))
        return sparse.hstack([self.runs_matrix(sentences), signed]).tocsr()

    def runs_matrix(self, sentences: Sequence[Sentence]) -> sparse.csr_matrix:
        """Return one row for each sentence with its runs alone."""
        rows, columns, values = [], [], []
        for row, sentence in enumerate(sentences):
            runs = [self.runs[run] for run in sorted(runs_of(words(sentence.text), self.common)) if run in self.runs]
            rows += [row] * len(runs)
            columns += runs
            values += [RUNS_WEIGHT / np.sqrt(len(runs))] * len(runs)
        return sparse.csr_matrix((values, (rows, columns)), shape=(len(sentences), len(self.runs)))


@dataclass(frozen=True)
class FrameWeights:
    """Weights of runs and signs for something being chosen, and of runs for something failing."""

    frames: Frames
    choice: np.ndarray
    failing: np.ndarray

    def of_choice(self, sentences: Sequence[Sentence]) -> np.ndarray:
        """Return what frame and signs add to the score of a choice; nothing where no approach is named."""
        naming = [row for row, one in enumerate(sentences) if one.names_approach]
        found = np.zeros(len(sentences))
        found[naming] = self.frames.matrix([sentences[row] for row in naming]) @ self.choice
        return found

    def of_failing(self, sentences: Sequence[Sentence]) -> np.ndarray:
        """Return what the frame adds to the score of something failing."""
        return np.asarray(self.frames.runs_matrix(sentences) @ self.failing)

    @property
    def of_runs(self) -> dict[int, tuple[float, float]]:
        """Return the weights of runs by their keys, in order: for a choice and for a failure."""
        both = {key: (self.choice[at], self.failing[at]) for key, at in sorted(self.frames.runs.items())}
        return {
            key: (float(choice) * RUNS_WEIGHT, float(failing) * RUNS_WEIGHT) for key, (choice, failing) in both.items()
        }

    @property
    def of_signs(self) -> dict[str, float]:
        """Return the weights of signs."""
        first = len(self.frames.runs)
        return {sign: round(float(self.choice[first + at]) * SIGNS_WEIGHT, 5) for sign, at in self.frames.signs.items()}


def frames(taking: Sequence[Sentence], telling: Sequence[Sentence]) -> Frames:
    """Return the common words, runs and signs of sentences that name approaches, and of the others."""
    held = _common(taking, COMMON)
    for word, count in _common(telling, COMMON_OF_FAILURES).items():
        held[word] = max(count, held.get(word, 0))
    usual = sorted(sorted(held, key=lambda word: (-held[word], word))[:MOST_WORDS])
    common = {word: FIRST_WORD + at for at, word in enumerate(usual)}
    met = [Counter(run for one in part for run in runs_of(words(one.text), common)) for part in (taking, telling)]
    runs = sorted({run for counted in met for run, count in counted.items() if count >= FEWEST})
    signs = sorted({sign for sentence in taking for sign in signs_in(sentence.text)})
    return Frames(common, {run: at for at, run in enumerate(runs)}, {sign: at for at, sign in enumerate(signs)})


def _common(sentences: Sequence[Sentence], fewest: int) -> dict[str, float]:
    """Return the words that sentences about so many approaches or failures hold, if only to deny them.

    Beside each stands the share of the sentences that hold it.
    """
    subjects: defaultdict[str, set[str]] = defaultdict(set)
    holding: Counter[str] = Counter()
    for sentence in sentences:
        if subject := sentence.id or sentence.near:
            holding.update({*words(sentence.text)})
            for word in words(sentence.text):
                subjects[word].add(subject)
    return {word: holding[word] / len(sentences) for word, ids in subjects.items() if len(ids) >= fewest}


@lru_cache(maxsize=100_000)
def signs_in(text: str) -> tuple[str, ...]:
    """Return the signs in a text read as one sentence, in order."""
    sentence = prose.Sentence(prose.lowered(text), Span(0, len(text)))
    return tuple(sorted(signs_of(*names_in(_lexicons(), sentence))))


@lru_cache(maxsize=1)
def _lexicons() -> Lexicons:
    return lexicons_of(rulebook.load().vocabulary)
