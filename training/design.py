"""From sentences to a matrix of weighted terms: every stem, every pair of neighbours, every beginning.

A term of the reader (a stem, a beginning, a pair of stems) may stand for two columns of the matrix: a stem for itself
and for its beginning.
Because sums of weights are what the reader computes, all columns of a term melt into one row when the model is packed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from training.sentences import Sentence
from wrongfix.evidence.tokens import END, PREFIX_LENGTH, START, every_term, terms, words

PAIR_WEIGHT, BEGINNING_WEIGHT = 0.85, 0.4
"""How much a pair of stems and a beginning count beside a single stem."""


@dataclass(frozen=True)
class Vocabulary:
    """The terms of the reader in order, the columns each of them stands for, and the square of each term's length."""

    terms: dict[str, int]
    columns: dict[str, int]
    spread: sparse.csr_matrix
    squares: np.ndarray

    def matrix(self, sentences: Sequence[Sentence]) -> sparse.csr_matrix:
        """Return one row for each sentence, made independent of the sentence's length."""
        return sparse.csr_matrix(self._even(sentences) @ self.spread)

    def added(
        self, sentences: Sequence[Sentence], rows: np.ndarray, best: np.ndarray, nothing: int
    ) -> list[np.ndarray]:
        """Return what each term of a sentence adds to its best label beyond what it adds to nothing being said."""
        even = self._even(sentences)
        ends = even.indptr
        return [
            even.data[first:last] * (rows[even.indices[first:last], lane] - rows[even.indices[first:last], nothing])
            for first, last, lane in zip(ends, ends[1:], best, strict=False)
        ]

    def _even(self, sentences: Sequence[Sentence]) -> sparse.csr_matrix:
        present = self._present(sentences)
        lengths = np.sqrt(present @ self.squares)
        lengths[lengths == 0] = 1.0
        return sparse.csr_matrix(sparse.diags(1 / lengths) @ present)

    def sizes(self, sentences: Sequence[Sentence]) -> np.ndarray:
        """Return how many words each sentence has and how many terms are known of it, each plus one, as logarithms."""
        known = np.diff(self._present(sentences).indptr)
        return np.log1p(np.column_stack([[len(words(one.text)) for one in sentences], known]))

    def rows(self, weights: np.ndarray) -> np.ndarray:
        """Return what each term adds to each label, given a row of weights for each label."""
        return np.asarray(self.spread @ weights.T)

    def _present(self, sentences: Sequence[Sentence]) -> sparse.csr_matrix:
        starts, found = [0], []
        for sentence in sentences:
            found += sorted(self.terms[term] for term in terms(sentence.text, self.terms))
            starts.append(len(found))
        return sparse.csr_matrix((np.ones(len(found)), found, starts), shape=(len(sentences), len(self.terms)))


def vocabulary(sentences: Sequence[Sentence]) -> Vocabulary:
    """Return the terms of the sentences; one that a single sentence uses still tells something of the next author."""
    told = [sentence for sentence in sentences if not sentence.made]  # made ones repeat their words
    seen = Counter(column for sentence in told for column in _columns_of(sentence.text))
    found = {column for sentence in sentences for column in _columns_of(sentence.text)}
    columns = {column: place for place, column in enumerate(sorted(found))}
    rarity = {one: (np.log((1 + len(told)) / (1 + seen[one])) + 1) * _importance(one) for one in columns}
    return _spread({term: place for place, term in enumerate(sorted({START, END, *columns}))}, columns, rarity)


def _spread(found: dict[str, int], columns: dict[str, int], rarity: dict[str, float]) -> Vocabulary:
    rows, places, values = [], [], []
    for term, row in found.items():
        for column in _stands_for(term):
            if column in columns:
                rows.append(row)
                places.append(columns[column])
                values.append(rarity[column])
    spread = sparse.csr_matrix((values, (rows, places)), shape=(len(found), len(columns)))
    return Vocabulary(found, columns, spread, np.asarray(spread.multiply(spread).sum(axis=1)).ravel())


def _columns_of(text: str) -> set[str]:
    return {column for term in every_term(text) for column in _stands_for(term)}


def _stands_for(term: str) -> list[str]:
    if " " in term or term.startswith("^"):
        return [term]
    return [term, "^" + term[:PREFIX_LENGTH]] if len(term) >= PREFIX_LENGTH else [term]


def _importance(column: str) -> float:
    if column.startswith("^"):
        return BEGINNING_WEIGHT
    return PAIR_WEIGHT if " " in column else 1.0
