"""Finding documents: folders are walked in order, ignore files are honoured, and no link is followed.

What a folder holds counts by its ending here; whether a file is a record is told by reading it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from wrongfix.frozen import dataclass
from wrongfix.settings import Settings

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

SUFFIXES = (".md", ".markdown", ".yaml", ".yml")
"""The endings, in lower case, of files that may hold records."""
PASSED_OVER = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".jj",
        ".venv",
        "venv",
        "node_modules",
        "__pycache__",
        ".tox",
        ".nox",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".direnv",
        ".eggs",
        ".idea",
        ".vscode",
        "site-packages",
    }
)
"""Folders a walk never enters."""
IGNORE_FILES = (".gitignore", ".ignore")
"""Files whose patterns name what a walk passes over."""
_LARGEST = 1_000_000
"""Bytes of an ignore file; what stands after them is passed over."""

SettingsOf = Callable[[str], Settings]
"""Returns the settings in force in a folder, given by its absolute path."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to look at, by its absolute path; `named` tells one somebody asked for from one met on a walk."""

    path: str
    named: bool


@dataclass(frozen=True, slots=True)
class _Ignoring:
    """The patterns of one folder's ignore files."""

    folder: str
    patterns: GitIgnoreSpec

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        relative = os.path.relpath(path, self.folder).replace(os.sep, "/")
        return self.patterns.check_file(f"{relative}/" if is_folder else relative).include


def find(paths: Iterable[str], settings_of: SettingsOf, *, force_exclude: bool = False) -> Iterator[Found]:
    """Yield the files the paths stand for, each once; folders are walked, files are taken as named.

    With `force_exclude`, a named file is taken only if a walk would have met it. A path that is missing is the
    caller's to tell.
    """
    seen: set[str] = set()
    for path in paths:
        absolute = os.path.abspath(path)
        if os.path.isdir(absolute):
            met = _walk(absolute, settings_of, _above(absolute, settings_of))
        elif force_exclude and not would_meet(absolute, settings_of):
            continue
        else:
            met = iter((Found(absolute, named=True),))
        for found in met:
            if found.path not in seen:
                seen.add(found.path)
                yield found


def unreachable(paths: Iterable[str]) -> list[str]:
    """Return what is wrong with each path that somebody named and that leads to nothing, or to a closed folder."""
    told = []
    for path in paths:
        try:
            os.lstat(path)
        except (PermissionError, FileNotFoundError, NotADirectoryError, ValueError) as error:
            closed = isinstance(error, PermissionError)
            told.append(f"{path}: {'the folder it is in may not be entered' if closed else 'no such file or folder'}")
            continue
        except OSError as error:
            told.append(f"{path}: {error.strerror or error}")
            continue
        if os.path.isdir(path) and not os.access(path, os.R_OK | os.X_OK):
            told.append(f"{path}: the folder cannot be read")
    return told


def repository_of(folder: str) -> str | None:
    """Return the closest folder above, or the folder itself, that holds a repository."""
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def closest(name: str, folder: str, top: str) -> str | None:
    """Return the file of a name that lies closest above: in the folder, or in one above it up to `top`."""
    while True:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(folder)
        if folder in (top, above):
            return None
        folder = above


def _walk(folder: str, settings_of: SettingsOf, ignoring: tuple[_Ignoring, ...]) -> Iterator[Found]:
    """Yield what a folder holds; folders nest deeper than functions may."""
    opened = [_opened(folder, settings_of, ignoring)]
    while opened:
        entries, ignoring, settings = opened[-1]
        entry = next(entries, None)
        if entry is None:
            opened.pop()
            continue
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
            is_file = not is_folder and entry.is_file(follow_symlinks=False)
        except OSError:
            continue
        if is_folder:
            if entry.name not in PASSED_OVER and not _ignored(entry.path, ignoring, settings, is_folder=True):
                opened.append(_opened(entry.path, settings_of, ignoring))
        elif (
            is_file
            and entry.name.lower().endswith(SUFFIXES)
            and not _ignored(entry.path, ignoring, settings, is_folder=False)
            and included(entry.path, settings) is not False
        ):
            yield Found(entry.path, named=False)


def _opened(
    folder: str, settings_of: SettingsOf, ignoring: tuple[_Ignoring, ...]
) -> tuple[Iterator[os.DirEntry[str]], tuple[_Ignoring, ...], Settings]:
    """Return a folder's entries, none if it is closed to us, and the patterns and settings that hold in it."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        entries = []
    patterns = (*_of_folder(folder, {entry.name for entry in entries}), *ignoring) if entries else ignoring
    return iter(entries), patterns, settings_of(folder)


def included(path: str, settings: Settings) -> bool | None:
    """Say whether a file is one that `include` names; None where the settings include nothing in particular."""
    if not settings.include or settings.root is None:
        return None
    return bool(_spec(settings.include).match_file(settings.path_of(path)))


def would_meet(path: str, settings_of: SettingsOf) -> bool:
    """Say whether a walk would come upon a file, whether it is there or not."""
    folder = os.path.dirname(path)
    if not path.lower().endswith(SUFFIXES) or PASSED_OVER.intersection(_parts(path, folder)):
        return False
    settings = settings_of(folder)
    if included(path, settings) is False:
        return False
    ignoring = (*_of_folder(folder), *_above(folder, settings_of))
    if _ignored(path, ignoring, settings, is_folder=False):
        return False
    top = repository_of(folder) or settings.root
    while top is not None and len(folder) > len(top):
        if _ignored(folder, ignoring, settings, is_folder=True):
            return False
        folder = os.path.dirname(folder)
    return True


def _parts(path: str, folder: str) -> list[str]:
    top = repository_of(folder)
    return (os.path.relpath(path, top) if top else os.path.basename(folder)).split(os.sep)


def _above(folder: str, settings_of: SettingsOf) -> tuple[_Ignoring, ...]:
    """Return the patterns that hold in a folder because of the folders above it, the closest first."""
    top = repository_of(folder) or settings_of(folder).root
    found: list[_Ignoring] = []
    while top is not None and len(folder) > len(top):
        folder = os.path.dirname(folder)
        found += _of_folder(folder)
    return tuple(found)


def _of_folder(folder: str, names: Iterable[str] | None = None) -> Iterator[_Ignoring]:
    """Yield the patterns of a folder's own ignore files; `names` is what the folder holds, where that is known."""
    places = [name for name in IGNORE_FILES if names is None or name in names]
    if names is None or ".git" in names:
        places.append(os.path.join(".git", "info", "exclude"))
    lines: list[str] = []
    for place in places:
        lines += [line for line in _content(os.path.join(folder, place)).split("\n") if line.strip() and line[0] != "#"]
    if lines:
        yield _Ignoring(folder, _spec(tuple(lines)))


def _content(path: str) -> str:
    """Return what an ignore file holds, as names are decoded; nothing of a pipe, which nobody may ever write to."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return ""
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        data = stream.read(_LARGEST).removeprefix(b"\xef\xbb\xbf")
        return data.decode("utf-8", "surrogateescape").replace("\r\n", "\n")


def _ignored(path: str, ignoring: Iterable[_Ignoring], settings: Settings, *, is_folder: bool) -> bool:
    if settings.exclude and settings.root is not None:
        relative = settings.path_of(path)
        if _spec(settings.exclude).match_file(f"{relative}/" if is_folder else relative):
            return True
    for each in ignoring:
        verdict = each.verdict(path, is_folder=is_folder)
        if verdict is not None:
            return verdict
    return False


def _spec(lines: tuple[str, ...]) -> GitIgnoreSpec:
    from wrongfix import globs  # noqa: PLC0415 # a single file, and a folder without ignore files, need none

    return globs.spec(lines)
