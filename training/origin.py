"""What a model is made from: the hash that ties shipped weights to sentences and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from training import sentences

_HERE = Path(__file__).parent
_SCRIPTS = tuple(_HERE / f"{name}.py" for name in ("choosing", "design", "fit", "pack", "sentences", "train", "trees"))
_EVIDENCE, _WORDS = _HERE.parent / "server" / "wrongfix" / "evidence", _HERE.parent / "rules" / "vocabulary"
_READING = tuple(_EVIDENCE / f"{name}.py" for name in ("choosing", "stance", "tokens", "trust"))
_LISTS = (_WORDS / "cues.yaml", _WORDS / "names.yaml")
"""The lists in which the signs of a choice stand."""


def digest(hands: Sequence[int]) -> str:
    """Return the hash of the sentences of these hands, and of every script and list that shapes the weights."""
    whole = sha256()
    for path in (*map(sentences.file_of, hands), *_SCRIPTS, *_READING, *_LISTS):
        whole.update(path.read_bytes())
    return whole.hexdigest()
