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
from wrongfix.record.model import Record
from wrongfix.record.read import read
from wrongfix.record.recognise import looks_like_record
from wrongfix.settings import Settings

if TYPE_CHECKING:
    from wrongfix.lsp.progress import Progress

_PORTION = 4
"""How many files are read before the next check may run."""


class Workspace:
    """The folders, their records and, where somebody asked, their findings."""

    def __init__(self, folders: Iterable[str], documents: Documents, projects: Projects, checks: Checks) -> None:
        self.folders = list(folders)
        self.index = Index()
        self._documents = documents
        self._projects = projects
        self._checks = checks
        self._reading: asyncio.Task[None] | None = None
        self._looking: set[asyncio.Task[None]] = set()
        self._checked: dict[str, Checked] = {}

    def begin(self, progress: Callable[[], Progress], done: Callable[[], None]) -> None:
        """Read the folders from the beginning, and say when that is done."""
        if self._reading is not None:
            self._reading.cancel()
        self._reading = asyncio.get_running_loop().create_task(self._read(progress))
        self._reading.add_done_callback(lambda task: None if task.cancelled() else done())

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
                self.index.take(path, await self._checks.aside(lambda newest=path: self._again(newest)))  # type: ignore[misc] # mypy loses the default

    async def check_all(self) -> list[Checked]:
        """Return what is found in each record of the workspace, open or not."""
        await self.ready()
        found = []
        for path in self.index.paths:
            document = self._documents.at(path)
            checked = (
                await self._checks.result(document.uri)
                if document is not None
                else await self._checks.aside(lambda newest=path: self._check(newest))  # type: ignore[misc] # as above
            )
            if checked is not None:
                newest = self._documents.at(path)
                found.append(moved(checked, newest) if newest is not None else checked)
        return found

    async def _read(self, progress: Callable[[], Progress]) -> None:
        iterator = iter(walk.find(self.folders, self._settings))
        seen: set[str] = set()
        told = None
        while portion := await self._checks.aside(lambda: self._portion(iterator)):
            for path, records in portion:
                seen.add(path)
                if self._documents.at(path) is None:
                    self.index.take(path, records)
            told = told or progress()
            told.report(len(seen))
        for path in self.index.paths:
            if path not in seen and self._documents.at(path) is None:
                self.index.drop(path)
        if told is not None:
            told.end(len(self.index))

    def _portion(self, iterator: Iterator[walk.Found]) -> list[tuple[str, tuple[Record, ...]]]:
        return [(found.path, self._records(found.path)) for found in islice(iterator, _PORTION)]

    def _meant(self, path: str) -> Iterator[str]:
        """Yield a file, or the files known and found in a folder."""
        inside = [known for known in self.index.paths if known.startswith(path + os.sep)]
        found = [each.path for each in walk.find([path], self._settings)] if Path(path).is_dir() else []
        yield from dict.fromkeys((*inside, *found)) if inside or found else (path,)

    def _again(self, path: str) -> tuple[Record, ...]:
        """Return the records of a file as it is now; none where it lies outside, or a walk would not meet it."""
        records = self._records(path) if self._is_inside(path) and self._projects.meets(path) else ()
        if not records:
            self._checked.pop(path, None)
        return records

    def _records(self, path: str) -> tuple[Record, ...]:
        """Return the records of a file on disk; none where it is gone or is no record."""
        document = files.read(path, path)
        if document.problem is not None:
            return ()
        project = self._projects.of(path)
        vocabulary = project.rulebook.vocabulary
        records = read(document.source, vocabulary)
        if walk.included(path, project.settings):
            return records
        return tuple(record for record in records if looks_like_record(record, path, vocabulary))

    def _check(self, path: str) -> Checked | None:
        """Return what is found in a file on disk; what was found before where it has not changed."""
        try:
            stamp = Path(path).stat().st_mtime_ns
        except OSError:
            return None
        known = self._checked.get(path)
        if known and (known.document.version, known.generation) == (stamp, self._projects.generation):
            return known
        source = files.read(path, path).source
        language = LANGUAGES.get(Path(path).suffix.lower(), "")
        self._checked[path] = self._checks.check(Document(uri_of(path), path, language, stamp, source, open=False))
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
