"""Thousands of random edits sent to a language server: how soon each is answered, and how its memory grows."""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmark.conversation import Conversation, answers

PIECES = (
    "a",
    " the model",
    "fine-tuning ",
    "😀",
    "e\u0301",
    "漢字",
    "\n",
    "\r\n",
    "# ",
    "- ",
    "[",
    "]",
    "`",
    "|",
    ": ",
)
WARM = 0.1
"""The share of edits after which memory is first measured: by then every path was taken once."""


@dataclass(frozen=True)
class Soaked:
    """Milliseconds from an edit to its diagnostics, and MiB by which the server grew after it was warm."""

    median: float
    slowest_of_twenty: float
    growth: float


def soak(command: Sequence[str | Path], document: Path, edits: int) -> Soaked:
    """Send the same random edits to any server, each after the answer to the last; the text stays near its size."""
    conversation = Conversation(command, document.parent)
    uri, text = document.as_uri(), document.read_text(encoding="utf-8")
    limit = 2 * len(text)
    item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
    conversation.tell("textDocument/didOpen", {"textDocument": item})
    conversation.wait(lambda message: answers(message, uri, 1))
    chance = random.Random("soak")  # noqa: S311 # the same edits for each server
    taken, warm = [], 0.0
    for version in range(2, edits + 2):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 0, 0, 1, 3, 60 if len(text) > limit else 5)))
        piece = chance.choice(PIECES) if chance.random() < 0.7 else ""
        change = conversation.change(text, start, end, piece)
        text = text[:start] + piece + text[end:]
        params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}
        sent = conversation.tell("textDocument/didChange", params)
        came, _ = conversation.wait(lambda message, version=version: answers(message, uri, version))  # type: ignore[misc] # bound
        taken.append((came - sent) * 1000)
        if version == round(edits * WARM):
            warm = conversation.memory()
    growth = conversation.memory() - warm
    conversation.end()
    return Soaked(statistics.median(taken), sorted(taken)[round(0.95 * (len(taken) - 1))], growth)
