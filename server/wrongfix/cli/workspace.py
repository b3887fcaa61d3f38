"""What a project's records look like: their folder, how they are numbered and named, and in which format."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from wrongfix.frozen import dataclass
from wrongfix.rulebook import Rulebook
from wrongfix.walk import PASSED_OVER, SUFFIXES

DEFAULT_FOLDER = "docs/decisions"
DEFAULT_FORMAT = "madr"
_NUMBERED = re.compile(r"([A-Za-z]*[-_]?)([0-9]{1,8})(?=[-_. ])")
_DEEPEST = 4
_SAMPLE = 40
"""Files; a format shows in fewer."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a folder's records are named: what stands before the number, its digits, the next free one, the format."""

    folder: Path
    prefix: str = ""
    digits: int = 4
    next_number: int = 1
    format: str = DEFAULT_FORMAT


def habits_of(root: Path, rulebook: Rulebook, folder: Path | None) -> Habits:
    """Return the habits of the records in a folder, or in the folder of the project that holds most of them."""
    chosen = folder or _fullest(root, rulebook) or root / DEFAULT_FOLDER
    names = _documents(chosen)
    numbered = [(found[1], found[2]) for name in names if (found := _NUMBERED.match(name))]
    if not numbered:
        return Habits(chosen, format=_format_of(chosen, names))
    prefix = Counter(prefix for prefix, _ in numbered).most_common(1)[0][0]
    same = [number for before, number in numbered if before == prefix]
    digits = Counter(map(len, same)).most_common(1)[0][0]
    return Habits(chosen, prefix, digits, max(map(int, same)) + 1, _format_of(chosen, names))


def slug(title: str) -> str:
    """Return a title as part of a file name: words of letters and digits joined by hyphens, at most 60 characters."""
    words = re.findall(r"[^\W_]+", title.lower())
    joined = "-".join(words)
    return joined[:60].rstrip("-") or "record"


def _fullest(root: Path, rulebook: Rulebook) -> Path | None:
    known = set(rulebook.vocabulary.data("places")["folders"])
    found = [folder for folder in _folders(root, 0) if folder.name.lower() in known]
    return max(found, key=lambda folder: (len(_documents(folder)), -len(folder.parts)), default=None)


def _folders(folder: Path, depth: int) -> Iterator[Path]:
    yield folder
    if depth == _DEEPEST:
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and entry.name not in PASSED_OVER and not entry.name.startswith("."):
            yield from _folders(Path(entry.path), depth + 1)


def _documents(folder: Path) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.lower().endswith(SUFFIXES))
    except OSError:
        return []


def _format_of(folder: Path, names: list[str]) -> str:
    """Return the format most records of a folder are in: yaml, nygard (a Status heading, no options) or madr."""
    votes: Counter[str] = Counter()
    for name in names[-_SAMPLE:]:
        if name.lower().endswith((".yaml", ".yml")):
            votes["yaml"] += 1
            continue
        try:
            text = (folder / name).read_text(encoding="utf-8", errors="replace").lower()
        except OSError:
            continue
        if "\n## decision outcome" in text or "\n## considered options" in text:
            votes["madr"] += 1
        elif "\n## status" in text:
            votes["nygard"] += 1
    return votes.most_common(1)[0][0] if votes else DEFAULT_FORMAT
