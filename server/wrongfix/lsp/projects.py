"""Which settings and rules hold for a file: the command line's resolver, with the last good answer kept in reserve.

A configuration or rule file that is wrong becomes a fault at its place and changes nothing until it is right again.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from time import perf_counter
from typing import TYPE_CHECKING

from wrongfix import baseline, configuration, globs, rulebook, walk
from wrongfix.findings import Finding
from wrongfix.rulebook import Rulebook
from wrongfix.rulefile import RuleError
from wrongfix.settings import Settings, SettingsError, default
from wrongfix.text import Position

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_REST = 20
"""How many times as long as it took no folder is looked at again, save that of the document at hand."""


@dataclass(frozen=True)
class Project:
    """What holds for the files of one folder."""

    settings: Settings
    rulebook: Rulebook

    def of_file(self, path: str) -> Settings:
        """Return the settings of one file, per-file ignores included."""
        return self.settings.of_file(self.settings.path_of(path))


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file that is no record: the message, and where it is."""

    message: str
    place: Position
    length: int = 0


@dataclass(frozen=True, slots=True)
class _Accepted:
    """A baseline: its file, what it accepts, and which of the files it names still exist."""

    path: Path
    entries: Counter[baseline.Accepted]
    existing: frozenset[str]


class Projects:
    """Settings and rulebooks by folder, read when first asked for."""

    def __init__(self, text_of: Callable[[str], str | None]) -> None:
        self._text_of = text_of
        self._reading = RLock()
        """Held by the worker while it reads, so that nothing read before a change is kept after it."""
        self._by_folder: dict[str, Project] = {}
        self._rulebooks: dict[object, Rulebook] = {}
        self._last_good: dict[str, Project] = {}
        self._baselines: dict[Path, _Accepted | None] = {}
        self._met: dict[str, bool] = {}
        self.faults: dict[str, Fault] = {}
        self._found: dict[str, Path | None] = {}
        self.read_from: dict[str, int | None] = {}
        """The files settings and rules were read from, or would be if they were right, and when each was changed."""
        self.generation = 0
        self._look_again_at = 0.0
        self._globs: dict[tuple[str, str], GitIgnoreSpec] = {}
        """The patterns of rule files, each with its folder: a new file that one fits is a rule file."""
        self._places: dict[Path, str] = {}
        """A folder for which each configuration was read."""
        self._chains: set[str] = set()
        """The configuration files that hold, and what they extend."""
        self.chosen: Callable[[str], str | None] = lambda _: None
        """A configuration file the user set in the editor for a folder; the closest one counts where there is none."""

    @property
    def plain(self) -> Project:
        """Return what holds where no file configures anything."""
        with self._reading:
            return Project(default(), self._rulebook(default()))

    def of(self, path: str | None) -> Project:
        """Return what holds for a file; defaults for a document that is no file."""
        if path is None:
            return self.plain
        folder = str(Path(path).parent)
        with self._reading:
            if folder not in self._by_folder:
                self._by_folder[folder] = self._read(folder)
            return self._by_folder[folder]

    def look(self, folders: Iterable[str]) -> None:
        """Read what holds for folders, so that what is wrong with it is known."""
        for folder in dict.fromkeys(folders):
            project = self.of(str(Path(folder, "record.md")))
            if Path(folder) not in self._baselines:
                self._baselines[Path(folder)] = self._baseline(Path(folder), project.settings)

    @property
    def places(self) -> list[str]:
        """Return folders by which all configurations that were read and are still there are read again."""
        return sorted({folder for found, folder in dict(self._places).items() if found.is_file()})

    def meets(self, path: str) -> bool:
        """Say whether a walk of the command line would meet a file: nothing excludes it and no ignore file names it."""
        with self._reading:
            if path not in self._met:
                self._met[path] = walk.would_meet(path, lambda folder: self.of(str(Path(folder, "record.md"))).settings)
            return self._met[path]

    def without_accepted(self, findings: tuple[Finding, ...], path: str, settings: Settings) -> tuple[Finding, ...]:
        """Return the findings that no baseline accepts."""
        folder = Path(path).parent
        with self._reading:
            if folder not in self._baselines:
                self._baselines[folder] = self._baseline(folder, settings)
            accepted = self._baselines[folder]
        if accepted is None:
            return findings
        found = [(baseline.name_in(accepted.path, path), findings)]
        return baseline.sift(found, accepted.entries, accepted.existing).fresh[0]

    def forget(self) -> None:
        """Read everything anew when next asked; what was good stays in reserve."""
        with self._reading:
            self._by_folder.clear()
            self._rulebooks.clear()
            self._baselines.clear()
            self._met.clear()
            self._found.clear()
            self.faults = {}
            self.generation += 1

    def configures(self, path: str) -> bool:
        """Say whether settings or rules are read from a file, or would be if it were there."""
        return path in self.read_from or any(
            Path(path).is_relative_to(folder) and spec.match_file(Path(path).relative_to(folder).as_posix())
            for (folder, _), spec in dict(self._globs).items()
        )

    def is_configuration(self, path: str) -> bool:
        """Say whether a file holds settings that count as they are typed: a configuration, or what one extends."""
        return Path(path).name in configuration.FILE_NAMES or path in self._chains

    def is_stale(self, path: str | None) -> bool:
        """Say whether a file that settings or rules come from has changed, come or gone since it was read.

        The folder of the document at hand is looked at each time, all others when that has taken little of late: with
        a thousand folders, opening each would look at a million.
        """
        stamps = {each: _stamp(each) for each in tuple(self.read_from)}
        changed = {each: stamp for each, stamp in stamps.items() if stamp != self.read_from[each]}
        if changed:
            self.read_from.update(changed)  # told once, whether or not the file is read again
            return True
        began = perf_counter()
        if began < self._look_again_at:
            folder = str(Path(path).parent) if path is not None else ""
            return folder in self._found and self._closest(folder) != self._found[folder]
        stale = any(self._closest(folder) != found for folder, found in dict(self._found).items())
        now = perf_counter()
        self._look_again_at = now + _REST * (now - began)
        return stale

    def _read(self, folder: str) -> Project:
        found = self._closest(folder)
        self._found[folder] = found
        if found is None:
            return self.plain
        self._places[found] = folder
        key = str(found)
        sources = configuration.Sources(self._text_of)
        try:
            settings = configuration.read(found, sources)
            project = Project(settings, self._rulebook(settings))
            configuration.verify(settings, project.rulebook, sources)
        except SettingsError as error:
            self._note(error.path or key)
            self.faults[error.path or key] = Fault(str(error.args[0]), error.place or Position(0, 0), error.length)
        except RuleError as error:
            message = str(error).removeprefix(f"{error.path}:{error.line}: ")
            self.faults[error.path] = Fault(message, Position(error.line - 1, 0))
        except OSError as error:
            self.faults[error.filename or key] = Fault(f"cannot be read: {error.strerror}", Position(0, 0))
        else:
            self._last_good[key] = project
            return project
        finally:
            self._note(key, *sources.files, *sources.rules)
            self._chains.update(sources.files)
            self._globs.update({each: globs.spec([f"/{each[1]}"]) for each in sources.globs})
        return self._last_good.get(key) or self.plain

    def _closest(self, folder: str) -> Path | None:
        chosen = self.chosen(folder)
        return Path(chosen) if chosen else configuration.find(Path(folder))

    def _baseline(self, folder: Path, settings: Settings) -> _Accepted | None:
        top = walk.repository_of(str(folder)) or settings.root or str(folder)
        path = baseline.find(settings.baseline, folder, Path(top))
        if path is None:
            return None
        self._note(str(path))
        try:
            entries = baseline.read(path)
        except baseline.BaselineError as error:
            self.faults[str(path)] = Fault(str(error).removeprefix(f"{path}: "), Position(0, 0))
            return None
        existing = frozenset(each.file for each in entries if os.path.exists(path.parent / each.file))  # noqa: PTH110 # a name may be too long: Path raises then
        return _Accepted(path, entries, existing)

    def _note(self, *paths: str) -> None:
        self.read_from.update((path, _stamp(path)) for path in paths)

    def _rulebook(self, settings: Settings) -> Rulebook:
        words = _words(settings.words)
        key = (settings.rules, tuple(sorted(words.items())))
        if key not in self._rulebooks:
            self._rulebooks[key] = rulebook.load(own_rules=map(Path, settings.rules), own_words=words)
        return self._rulebooks[key]


def _stamp(path: str) -> int | None:
    """Return when a file was last changed; nothing for one that is gone."""
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return None


def _words(words: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    return {id_: given for of_kind in words.values() for id_, given in of_kind.items()}
