"""From sentences to a matrix of weighted terms, with a vocabulary that more than one hand uses.

A term of the reader (a stem, a beginning, a run of stems) may stand for several columns of the matrix: a stem for
itself, for its beginning and for the notions of `concepts.yaml` it belongs to.
Because sums of weights are what the reader computes, all columns of a term melt into one row when the model is packed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from scipy import sparse

from training.sentences import Sentence
from wrongfix.evidence.tokens import END, PREFIX_LENGTH, START, every_term, stem, terms, words

CONCEPTS = Path(__file__).parent / "concepts.yaml"

LEAST_HANDS = 2
"""A term that only one hand uses is that author's habit or domain, so it is left out."""

LEAST_SENTENCES_OF_LANGUAGE = 3
"""In a language that one hand alone writes, a term counts when so many sentences use it."""

RUN_WEIGHTS = {1: 1.0, 2: 0.7, 3: 0.5}
"""How much a run of so many stems counts beside a single one."""

CONCEPT_WEIGHT, BEGINNING_WEIGHT = 0.5, 0.4
"""How much a notion and a beginning count beside the stem itself."""


@dataclass(frozen=True)
class Vocabulary:
    """The terms of the reader in order, the columns each of them stands for, and the square of each term's length."""

    terms: dict[str, int]
    columns: dict[str, int]
    spread: sparse.csr_matrix
    squares: np.ndarray

    def matrix(self, sentences: Sequence[Sentence]) -> sparse.csr_matrix:
        """Return one row for each sentence, made independent of the sentence's length."""
        present = self._present(sentences)
        lengths = np.sqrt(present @ self.squares)
        lengths[lengths == 0] = 1.0
        return sparse.csr_matrix(sparse.diags(1 / lengths) @ present @ self.spread)

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


def vocabulary(sentences: Sequence[Sentence], only: Iterable[str] | None = None) -> Vocabulary:
    """Return the terms worth weighing, or those of `only` and the shorter ones through which the reader finds them."""
    hands: defaultdict[str, set[int]] = defaultdict(set)
    seen: Counter[str] = Counter()
    foreign: Counter[str] = Counter()
    for sentence in sentences:
        for column in _columns_of(sentence.text):
            hands[column].add(sentence.hand)
            seen[column] += 1
            foreign[column] += sentence.language != "en"
    kept = {
        column
        for column, users in hands.items()
        if len(users) >= LEAST_HANDS or foreign[column] >= LEAST_SENTENCES_OF_LANGUAGE
    }
    if only is not None:
        kept &= {part for column in only for part in _parts(column)} | {one for one in kept if one.startswith("@")}
    known = {START, END, *kept}
    columns = {column: place for place, column in enumerate(sorted(one for one in kept if known >= _parts(one)))}
    rarity = {one: (np.log((1 + len(sentences)) / (1 + seen[one])) + 1) * _importance(one) for one in columns}
    found = {one for one in columns if not one.startswith("@")} | {one for one in _concepts() if _known(one, columns)}
    return _spread({term: place for place, term in enumerate(sorted(found))}, columns, rarity)


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
    beginning = ["^" + term[:PREFIX_LENGTH]] if len(term) >= PREFIX_LENGTH else []
    return [term, *beginning, *_concepts().get(term, ())]


def _known(term: str, columns: dict[str, int]) -> bool:
    return any(column in columns for column in _stands_for(term))


def _importance(column: str) -> float:
    if column.startswith("@"):
        return CONCEPT_WEIGHT
    return BEGINNING_WEIGHT if column.startswith("^") else RUN_WEIGHTS[column.count(" ") + 1]


def _parts(term: str) -> set[str]:
    """Return the term, its words, and the pair it begins with."""
    split = term.split(" ")
    return {term, *split, " ".join(split[:2])}


@cache
def _concepts() -> dict[str, tuple[str, ...]]:
    """Return the notions of each stem."""
    notions: defaultdict[str, set[str]] = defaultdict(set)
    for name, listed in yaml.safe_load(CONCEPTS.read_text(encoding="utf-8")).items():
        for word in listed:
            notions[stem(word)].add("@" + name)
    return {word: tuple(sorted(names)) for word, names in notions.items()}
