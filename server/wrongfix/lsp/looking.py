"""Looking at the settings of every folder in the background, so that what is wrong with them shows; one look counts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from wrongfix.lsp.checking import Checks
from wrongfix.lsp.documents import Document, Documents
from wrongfix.lsp.log import Log
from wrongfix.lsp.projects import Projects
from wrongfix.lsp.telling import Telling
from wrongfix.lsp.workspace import Workspace


class Look:
    """The newest look at the settings."""

    def __init__(  # noqa: PLR0913 # all that a look reads and tells
        self,
        documents: Documents,
        projects: Projects,
        checks: Checks,
        workspace: Workspace,
        telling: Telling,
        log: Log,
        *,
        refresh: Callable[[], None],
        done: Callable[[], None],
    ) -> None:
        self._documents = documents
        self._projects = projects
        self._checks = checks
        self._workspace = workspace
        self._telling = telling
        self._log = log
        self._refresh = refresh
        self._done = done
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Look anew; the look before counts no more."""
        self._task = asyncio.get_running_loop().create_task(self._look())

    async def ready(self) -> None:
        """Wait for the newest look."""
        if self._task is not None:
            await asyncio.wait([self._task])

    def show_faults(self) -> None:
        """Show what is wrong with settings; while they are read anew nothing is known, and nothing is taken back."""
        reading = self._task is not None and not self._task.done()
        if (not reading or self._task is asyncio.current_task()) and self._telling.show_faults():
            self._refresh()

    def is_configuration(self, document: Document) -> bool:
        """Say whether a document holds settings that count as they are typed."""
        return document.path is not None and self._projects.is_configuration(document.path)

    async def _look(self) -> None:
        """Read the settings of every folder, whether or not a record is open there."""
        configuring = [each for each in self._documents if self.is_configuration(each)]
        places = [*self._workspace.folders, *(str(Path(each.path or "").parent) for each in configuring)]
        places += self._projects.places
        with self._log.contained("reading settings"):
            await self._checks.aside(lambda: self._projects.look(places))
        if self._task is not asyncio.current_task():
            return  # they are being read anew already
        self.show_faults()
        for each in configuring:
            if self._documents.get(each.uri) is each:
                self._telling.tell(each)
        self._done()
