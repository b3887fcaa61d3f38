"""The labelled sentences, and which of them nobody looks at while the reader is made."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "sentences"

UNSEEN_HANDS = frozenset({3, 6})
"""Hands whose sentences are all unseen."""

UNSEEN_DOMAINS = 2
"""So many domains of each other hand are unseen too: those whose hash comes first."""


FIRST_LOOKED_AT = 20
"""Hands from this number on were written while the reader was made, so nothing of them is unseen."""


MADE_WEIGHTS = {"approach": 0.15, "mention": 0.15, "failure": 0.28, "nothing": 0.38}
"""How much a made sentence counts beside an author's, by its kind."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its author's label; `near` is the tag that a sentence about nothing could be taken for."""

    kind: str
    id: str | None
    text: str
    domain: str
    hard: bool
    stance: str | None
    hand: int
    language: str
    near: str | None
    unseen: bool
    also: tuple[str, ...] = ()
    """More ids of its kind, where one sentence truly says two things."""
    made: bool = False
    """Whether it is one form of many filled with names, rather than an author's sentence about something."""

    @property
    def weight(self) -> float:
        """Return how much it counts in training."""
        if not self.made:
            return 1.0
        return MADE_WEIGHTS[self.kind]

    @property
    def ids(self) -> frozenset[str]:
        """Return all ids it carries."""
        return frozenset(() if self.id is None else (self.id, *self.also))

    @property
    def names_approach(self) -> bool:
        """Say whether the sentence names an approach, chosen or not."""
        return self.kind in ("approach", "mention") and self.id is not None


def files(folder: Path = FOLDER) -> list[Path]:
    """Return the files of sentences in the order of their hands."""
    return sorted(folder.glob("hand-*.jsonl"), key=lambda path: int(path.stem.removeprefix("hand-")))


def file_of(hand: int, folder: Path = FOLDER) -> Path:
    """Return the file of one hand."""
    return folder / f"hand-{hand}.jsonl"


def read(folder: Path = FOLDER) -> list[Sentence]:
    """Return all sentences in the order of hands and lines."""
    return [sentence for path in files(folder) for sentence in _of_hand(path)]


def unseen_domains(hand: int, domains: set[str]) -> set[str]:
    """Return the domains of a hand that nobody looks at."""
    if hand >= FIRST_LOOKED_AT:
        return set()
    return set(sorted(domains, key=lambda domain: sha256(f"{hand}:{domain}".encode()).hexdigest())[:UNSEEN_DOMAINS])


def _of_hand(path: Path) -> list[Sentence]:
    hand = int(path.stem.removeprefix("hand-"))
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    hidden = unseen_domains(hand, {row["domain"] for row in rows})
    return [
        Sentence(
            kind=row["kind"],
            id=row["id"],
            text=row["text"],
            domain=row["domain"],
            hard=bool(row["hard"]),
            stance=row["stance"],
            hand=hand,
            language=row.get("lang", "en"),
            near=row.get("near"),
            also=tuple(row.get("also", ())),
            made=bool(row.get("made")),
            unseen=hand in UNSEEN_HANDS or row["domain"] in hidden,
        )
        for row in rows
    ]


def by_hand(sentences: list[Sentence]) -> dict[int, list[Sentence]]:
    """Return the sentences of each hand."""
    groups: defaultdict[int, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        groups[sentence.hand].append(sentence)
    return dict(groups)
