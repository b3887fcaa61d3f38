"""One thing that may be completed with, and how names are compared; what is offered where stands in `offers`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lsprotocol import types

from wrongfix.vocabulary import folded


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to complete with; `names` are what the typed word may begin, the label first."""

    label: str
    names: tuple[str, ...]
    kind: types.CompletionItemKind
    detail: str = ""
    about: Callable[[], str] | None = None
    text: str | None = None
    snippet: bool = False
    rank: int = 0


def key_of(name: str) -> str:
    """Return a key, label or heading as they are compared."""
    return folded(name).replace(" ", "-")
