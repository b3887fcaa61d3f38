"""What a model is made from: the hash that ties shipped weights to sentences and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from training import sentences

_HERE = Path(__file__).parent
_SCRIPTS = tuple(_HERE / f"{name}.py" for name in ("design", "fit", "pack", "sentences", "train"))
_TOKENS = _HERE.parent / "server" / "wrongfix" / "evidence" / "tokens.py"


def digest(hands: Sequence[int]) -> str:
    """Return the hash of the sentences of these hands and of every script that shapes the weights."""
    whole = sha256()
    for path in (*map(sentences.file_of, hands), *_SCRIPTS, _TOKENS):
        whole.update(path.read_bytes())
    return whole.hexdigest()
