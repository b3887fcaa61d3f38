"""What a project's records look like: their folder, how they are numbered or dated, and in which format.

A folder that a walk passes over is no home for records.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from wrongfix import files, walk
from wrongfix.cli.console import CannotDoError
from wrongfix.frozen import dataclass
from wrongfix.rulebook import Rulebook
from wrongfix.walk import PASSED_OVER, SUFFIXES

DEFAULT_FOLDER = "docs/decisions"
DEFAULT_FORMAT = "madr"
ADR_DIR = ".adr-dir"
"""The file in which adr-tools keep the name of the folder."""
_DATED = re.compile(r"([A-Za-z]*[-_]?)(?:19|20)[0-9]{2}([-_.]?)(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12][0-9]|3[01])(?=[-_. ])")
_NUMBERED = re.compile(r"([A-Za-z]*[-_]?)([0-9]{1,8})(?=[-_. ])")
_DEEPEST = 4
_SAMPLE = 40
"""Files; a format shows in fewer."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a folder's records are named: what stands before the number, its digits, the next free one, the format.

    `dated` is the form of the date that stands where others have a number.
    """

    folder: Path
    prefix: str = ""
    digits: int = 4
    next_number: int = 1
    format: str = DEFAULT_FORMAT
    dated: str = ""

    @property
    def lead(self) -> str:
        """Return what the name of the next record begins with."""
        today = date.today()  # noqa: DTZ011 # the date on the author's calendar
        return f"{self.prefix}{today.strftime(self.dated) if self.dated else f'{self.next_number:0{self.digits}}'}"


def habits_of(folder: Path) -> Habits:
    """Return the habits of the records in a folder."""
    names = _documents(folder)
    form = _format_of(folder, names)
    dated = [(found[1], found[2].join(("%Y", "%m", "%d"))) for name in names if (found := _DATED.match(name))]
    numbered = [(found[1], found[2]) for name in names if (found := _NUMBERED.match(name)) and not _DATED.match(name)]
    if len(dated) > len(numbered):
        prefix, manner = Counter(dated).most_common(1)[0][0]
        return Habits(folder, prefix, format=form, dated=manner)
    if not numbered:
        return Habits(folder, format=form)
    prefix = Counter(prefix for prefix, _ in numbered).most_common(1)[0][0]
    same = [number for before, number in numbered if before == prefix]
    digits = Counter(map(len, same)).most_common(1)[0][0]
    return Habits(folder, prefix, digits, max(map(int, same)) + 1, form)


def home_of(here: str, settings_of: walk.SettingsOf, rulebook: Rulebook) -> Path:
    """Return the folder of a project's records: the one adr-tools name, the fullest of a usual name, or a new one.

    Raises CannotDoError where `.adr-dir` leads out of the project.
    """
    settings = settings_of(here)
    root = settings.root or walk.repository_of(here) or here
    if named := walk.closest(ADR_DIR, here, root):
        folder = os.path.join(os.path.dirname(named), files.read(named, named).source.text.strip())
        if not files.is_inside(os.path.realpath(folder), os.path.realpath(root)):
            raise CannotDoError(f"{named} names {folder}, which leads out of {root}; --folder says where to")
        return Path(os.path.normpath(folder))
    known = set(rulebook.vocabulary.data("places")["folders"])
    usual = [each for each in _folders(Path(root), 0) if each.name.lower() in known and _is_met(each, settings_of)]
    if usual:
        return max(usual, key=lambda each: (len(_documents(each)), -len(each.parts)))
    if settings.include and not _is_met(Path(root, DEFAULT_FOLDER), settings_of):
        return _included(root, settings_of)
    return Path(root, DEFAULT_FOLDER)


def slug(title: str) -> str:
    """Return a title as part of a file name: words of letters and digits joined by hyphens, at most 60 characters."""
    words = re.findall(r"[^\W_]+", title.lower())
    joined = "-".join(words)
    return joined[:60].rstrip("-") or "record"


def _is_met(folder: Path, settings_of: walk.SettingsOf) -> bool:
    """Say whether a walk would come upon a record of the folder."""
    return walk.would_meet(str(folder / "0001-record.md"), settings_of)


def _included(root: str, settings_of: walk.SettingsOf) -> Path:
    """Return the folder that holds most of what `include` names; while there is nothing, the first it could be in."""
    held = Counter(os.path.dirname(found.path) for found in walk.find([root], settings_of))
    settings = settings_of(root)
    named = [
        os.path.join(settings.top or root, *glob.strip("/").split("/")[:-1])
        for glob in settings.include
        if not any(sign in glob.rpartition("/")[0] for sign in "!*?[\\")
    ]
    folders = [*(folder for folder, _ in held.most_common()), *named]
    return next((Path(each) for each in folders if _is_met(Path(each), settings_of)), Path(root, DEFAULT_FOLDER))


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
