"""From sentences to a matrix of weighted terms, with a vocabulary that more than one hand uses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from training.sentences import Sentence
from wrongfix.evidence.tokens import END, START, terms

LEAST_HANDS = 2
"""A term that only one hand uses is that author's habit or domain, so it is left out."""

LEAST_SENTENCES_OF_LANGUAGE = 3
"""In a language that one hand alone writes, a term counts when so many sentences use it."""


@dataclass(frozen=True)
class Vocabulary:
    """The terms of the model in order, each with the weight its rarity gives it."""

    columns: dict[str, int]
    rarity: np.ndarray

    def only(self, kept: Iterable[int]) -> Vocabulary:
        """Return the vocabulary of the kept columns and of the shorter terms through which the reader finds them."""
        terms = [*self.columns]
        wanted = {part for column in kept for part in _parts(terms[column])} & self.columns.keys()
        columns = [self.columns[term] for term in terms if term in wanted]
        return Vocabulary({terms[column]: place for place, column in enumerate(columns)}, self.rarity[columns])

    def matrix(self, sentences: Sequence[Sentence]) -> sparse.csr_matrix:
        """Return one row of length 1 for each sentence."""
        starts, columns = [0], []
        for sentence in sentences:
            columns += sorted(self.columns[term] for term in terms(sentence.text) if term in self.columns)
            starts.append(len(columns))
        values = self.rarity[columns]
        lengths = np.sqrt(np.add.reduceat(np.append(values**2, 0.0), starts[:-1])) if columns else np.ones(0)
        counts = np.diff(starts)
        lengths = np.repeat(np.where(counts > 0, lengths, 1.0), counts)
        shape = (len(sentences), len(self.columns))
        return sparse.csr_matrix((values / lengths, columns, starts), shape=shape)


def vocabulary(sentences: Sequence[Sentence]) -> Vocabulary:
    """Return the terms worth weighing."""
    hands: defaultdict[str, set[int]] = defaultdict(set)
    seen: Counter[str] = Counter()
    foreign: Counter[str] = Counter()
    for sentence in sentences:
        for term in terms(sentence.text):
            hands[term].add(sentence.hand)
            seen[term] += 1
            if sentence.language != "en":
                foreign[term] += 1
    kept = sorted(
        term
        for term, users in hands.items()
        if len(users) >= LEAST_HANDS or foreign[term] >= LEAST_SENTENCES_OF_LANGUAGE
    )
    known = {START, END, *kept}
    kept = [term for term in kept if known.issuperset(_parts(term))]
    rarity = np.array([np.log((1 + len(sentences)) / (1 + seen[term])) + 1 for term in kept])
    return Vocabulary({term: column for column, term in enumerate(kept)}, rarity)


def _parts(term: str) -> set[str]:
    """Return the term, its words, and the pair it begins with."""
    split = term.split(" ")
    return {term, *split, " ".join(split[:2])}
