"""The files of the workspace folders: read in the background, kept up to date, checked for those who ask.

Everything is done in small portions between the checks of what is being typed.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from wrongfix import files, walk
from wrongfix.lsp.addresses import uri_of
from wrongfix.lsp.checking import Checked, Checks
from wrongfix.lsp.diagnostics import moved
from wrongfix.lsp.documents import LANGUAGES, Document, Documents
from wrongfix.lsp.index import Index
from wrongfix.lsp.projects import Projects
from wrongfix.record.model import Problem, Record
from wrongfix.record.read import read
from wrongfix.record.recognise import looks_like_record
from wrongfix.settings import Settings

if TYPE_CHECKING:
    from wrongfix.lsp.progress import Progress

_Read = tuple[Record, ...] | Exception | None
"""What a file holds: its records, an error of ours, or nothing that can be read."""
_PORTION = 4
"""How many files are read before the next check may run."""


class Workspace:
    """The folders, their records and, where somebody asked, their findings."""

    def __init__(
        self,
        folders: Iterable[str],
        documents: Documents,
        projects: Projects,
        checks: Checks,
        failed: Callable[[Exception, Document | None], None],
    ) -> None:
        self.folders = list(folders)
        self.index = Index()
        self._documents = documents
        self._projects = projects
        self._checks = checks
        self._failed = failed
        self._reading: asyncio.Task[None] | None = None
        self._looking: set[asyncio.Task[None]] = set()
        self._checked: dict[str, Checked] = {}
        self._unreadable: set[str] = set()
        """Files that a walk meets and that are told to be unreadable."""
        self._failing: dict[str, tuple[int, int]] = {}
        """Files that could not be checked, with their time and the generation of the settings: it is told once."""

    def begin(self, progress: Callable[[], Progress], done: Callable[[], None]) -> None:
        """Read the folders from the beginning, and say when that is done."""
        if self._reading is not None:
            self._reading.cancel()
        self._reading = asyncio.get_running_loop().create_task(self._read(progress))
        self._reading.add_done_callback(lambda task: self._end(task, done))

    def _end(self, task: asyncio.Task[None], done: Callable[[], None]) -> None:
        if task.cancelled():
            return
        if isinstance(error := task.exception(), Exception):
            self._failed(error, None)
        done()

    async def ready(self) -> None:
        """Wait until the folders have been read, and the files that changed since."""
        while self._reading is not None and not self._reading.done():
            await asyncio.wait([self._reading])
        if others := self._looking.copy():
            await asyncio.wait(others)

    def take(self, checked: Checked) -> None:
        """Take an open document in as it stands."""
        if checked.document.path is not None:
            self.index.take(checked.document.path, checked.examination.records if checked.ours else ())

    async def look_again(self, paths: Iterable[str]) -> None:
        """Read files again that changed on disk, or came, or went; a folder stands for the files in it."""
        looking = asyncio.ensure_future(self._look(list(paths)))
        self._looking.add(looking)
        looking.add_done_callback(self._looking.discard)
        await looking

    async def _look(self, changed: list[str]) -> None:
        for path in await self._checks.aside(lambda: [meant for each in changed for meant in self._meant(each)]):
            if self._documents.at(path) is None:
                self._take(path, await self._checks.aside(lambda newest=path: self._again(newest)))  # type: ignore[misc] # mypy loses the default

    async def check_all(self) -> list[Checked]:
        """Return what is found in each record of the workspace, open or not, and in what cannot be read."""
        await self.ready()
        found = []
        for path in sorted({*self.index.paths, *self._unreadable}):
            document = self._documents.at(path)
            if document is not None:
                checked = await self._checks.result(document.uri)
            else:
                checked = await self._checked_closed(path)
            if checked is not None:
                newest = self._documents.at(path)
                found.append(moved(checked, newest) if newest is not None else checked)
        return found

    async def _checked_closed(self, path: str) -> Checked | None:
        """Return what is found in a file on disk; what was found before where that fails now."""
        try:
            return await self._checks.aside(lambda: self._check(path))
        except Exception as error:  # noqa: BLE001 # one file that fails must not take the others with it
            self._failed(error, _document(path)[0])
            return self._checked.get(path)

    async def _read(self, progress: Callable[[], Progress]) -> None:
        iterator = iter(walk.find(self.folders, self._settings))
        seen: set[str] = set()
        told = None
        while portion := await self._checks.aside(lambda: self._portion(iterator)):
            for path, records in portion:
                seen.add(path)
                if self._documents.at(path) is None:
                    self._take(path, records)
            told = told or progress()
            told.report(len(seen))
        for path in self.index.paths:
            if path not in seen and self._documents.at(path) is None:
                self.index.drop(path)
        self._unreadable &= seen
        if told is not None:
            told.end(len(self.index))

    def _portion(self, iterator: Iterator[walk.Found]) -> list[tuple[str, _Read]]:
        return [(found.path, self._records(found.path)) for found in islice(iterator, _PORTION)]

    def _take(self, path: str, read: _Read) -> None:
        """Take in what a file holds."""
        self._unreadable.discard(path)
        if isinstance(read, Exception):
            self._failed(read, _document(path)[0])
        elif read is None:
            self._unreadable.add(path)
        self.index.take(path, read if isinstance(read, tuple) else ())

    def _meant(self, path: str) -> Iterator[str]:
        """Yield a file, or the files known and found in a folder."""
        inside = [known for known in (*self.index.paths, *tuple(self._unreadable)) if known.startswith(path + os.sep)]
        found = [each.path for each in walk.find([path], self._settings)] if Path(path).is_dir() else []
        yield from dict.fromkeys((*inside, *found)) if inside or found else (path,)

    def _again(self, path: str) -> _Read:
        """Return what a file holds now; no records where it lies outside, or a walk would not meet it."""
        read = self._records(path) if self._is_inside(path) and self._projects.meets(path) else ()
        if read == ():
            self._checked.pop(path, None)
        return read

    def _records(self, path: str) -> _Read:
        """Return the records of a file on disk, none where it is gone or is no record; or why there is nothing."""
        document = files.read(path, path)
        if document.problem is not None:
            return None if Path(path).suffix.lower() in walk.SUFFIXES and Path(path).is_file() else ()
        try:
            project = self._projects.of(path)
            vocabulary = project.rulebook.vocabulary
            records = read(document.source, vocabulary)
            if walk.included(path, project.settings):
                return records
            return tuple(record for record in records if looks_like_record(record, path, vocabulary))
        except Exception as error:  # noqa: BLE001 # one file that fails must not take the others with it
            return error

    def _check(self, path: str) -> Checked | None:
        """Return what is found in a file on disk; what was found before where it has not changed."""
        try:
            stamp = Path(path).stat().st_mtime_ns
        except OSError:
            return None
        known = self._checked.get(path)
        version = (stamp, self._projects.generation)
        if (known and (known.document.version, known.generation) == version) or self._failing.get(path) == version:
            return known
        self._failing[path] = version
        document, problem = _document(path, stamp)
        self._checked[path] = self._checks.check(document, problem)
        del self._failing[path]
        return self._checked[path]

    def _settings(self, folder: str) -> Settings:
        return self._projects.of(str(Path(folder, "record.md"))).settings

    def folder_of(self, document: Document) -> str | None:
        """Return the innermost workspace folder a document lies in."""
        return next(iter(self.around(document.path)), None) if document.path else None

    def around(self, path: str) -> list[str]:
        """Return the workspace folders a place lies in, the innermost first."""
        return sorted((each for each in self.folders if Path(path).is_relative_to(each)), key=len, reverse=True)

    def _is_inside(self, path: str) -> bool:
        return any(Path(path).is_relative_to(folder) for folder in self.folders)


def _document(path: str, stamp: int = 0) -> tuple[Document, Problem | None]:
    """Return a file on disk as a document that is not open, and why it cannot be read."""
    language, file = LANGUAGES.get(Path(path).suffix.lower(), ""), files.read(path, path)
    return Document(uri_of(path), path, language, stamp, file.source, open=False), file.problem
