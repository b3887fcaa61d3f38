"""Checking documents beside the conversation: one worker, newest version first, stale results dropped.

A check begins at once; what arrives while one runs is taken together by the next.
Answers that check have a worker of their own, so that no document waits for them.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import count
from time import perf_counter
from typing import TypeVar

from wrongfix import files, walk
from wrongfix.engine import Examination, examine, examine_unread
from wrongfix.lsp.documents import Document, Documents
from wrongfix.lsp.projects import Project, Projects
from wrongfix.record.model import Problem
from wrongfix.record.recognise import looks_like_record
from wrongfix.settings import Settings
from wrongfix.text import Source, Span

Answer = TypeVar("Answer")
_OBJECTS = 20_000
"""So many new objects wait for the collector, which is about what one check makes; each visit costs a keystroke."""

_FIRST = "# Use retrieval for the assistant\n\n## Context\n\nIts answers are old.\n\n## Decision\n\nWe use retrieval.\n"
"""A record that takes most paths of a check, so that the first document does not wait for what is loaded late."""


@dataclass(frozen=True)
class Checked:
    """One version of a document with all that is known about it; no examination where it is no document of ours."""

    document: Document
    project: Project
    settings: Settings
    examination: Examination
    ours: bool
    """Whether the document is a record, by its place, its shape or the settings."""
    generation: int
    number: int = 0
    """The how manieth check this was: no two results share one."""
    took: float = 0.0
    """Milliseconds."""


def _examined(source: Source, problem: Problem | None, project: Project, settings: Settings) -> Examination:
    """Examine a text, unless it could not be read, or is larger than any file that is read."""
    if problem is None and len(source.text) <= files.LARGEST:
        return examine(source, project.rulebook, settings)
    problem = problem or Problem("unreadable", f"larger than {files.LARGEST // 1_000_000} MB", Span(0, 0))
    return examine_unread(source, problem, project.rulebook, settings)


class Checks:
    """The newest good result of every open document, and the worker that makes them."""

    def __init__(
        self,
        documents: Documents,
        projects: Projects,
        *,
        settled: Callable[[Checked], None],
        failed: Callable[[Exception, Document], None],
    ) -> None:
        self._documents = documents
        self._projects = projects
        self._settled = settled
        self._failed = failed
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="checks")
        self._answering = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answers")
        self._stopped = False
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._numbers = count(1)
        self.results: dict[str, Checked] = {}

    def warm_up(self) -> None:
        """Load the rules before the first document needs them, and keep the collector away from them."""
        self._worker.submit(self._load)

    def begin(self, uri: str) -> None:
        """Check the newest version of a document, now or as soon as the running check ends."""
        task = self._tasks.get(uri)
        if task is None or task.done():
            self._tasks[uri] = asyncio.get_running_loop().create_task(self._settle(uri))

    async def result(self, uri: str) -> Checked | None:
        """Return the result of the newest version, or the last good one; nothing for a document that is not open."""
        task = self._tasks.get(uri)
        if task is not None:
            await asyncio.shield(task)
        return self.results.get(uri)

    def rests(self, uri: str) -> bool:
        """Say whether no check of a document is under way."""
        task = self._tasks.get(uri)
        return task is None or task.done()

    def forget(self, uri: str) -> None:
        """Drop what is known about a closed document."""
        self.results.pop(uri, None)
        self._tasks.pop(uri, None)

    async def aside(self, work: Callable[[], Answer]) -> Answer:
        """Do some work on the worker, between checks; after the end nothing is done any more."""
        if self._stopped:
            raise asyncio.CancelledError
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    async def beside(self, work: Callable[[], Answer]) -> Answer:
        """Do some work that takes long, while checks go on."""
        return await asyncio.get_running_loop().run_in_executor(self._answering, work)

    def stop(self) -> None:
        """Let the workers go."""
        self._stopped = True
        self._answering.shutdown(wait=False, cancel_futures=True)
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _settle(self, uri: str) -> None:
        while (document := self._documents.get(uri)) is not None:
            generation = self._projects.generation
            checked: Checked | None = None
            try:
                checked = await self.aside(lambda newest=document: self.check(newest))  # type: ignore[misc] # mypy loses the default
            except Exception as error:  # noqa: BLE001 # whatever goes wrong, the conversation goes on
                self._failed(error, document)
            if self._documents.get(uri) is document and self._projects.generation == generation:
                if checked is not None:
                    self._settle_on(checked)
                return

    def _settle_on(self, checked: Checked) -> None:
        self.results[checked.document.uri] = checked
        try:
            self._settled(checked)
        except Exception as error:  # noqa: BLE001 # what cannot be told must not end the telling
            self._failed(error, checked.document)

    def check(self, document: Document, problem: Problem | None = None) -> Checked:
        """Examine a document under the settings of its place; of one that could not be read, the problem is told."""
        began, generation = perf_counter(), self._projects.generation
        project, path = self._projects.of(document.path), document.path
        settings = project.of_file(path) if path else project.settings
        examination = _examined(document.source, problem, project, settings)
        if path is not None:
            findings = self._projects.without_accepted(examination.findings, path, settings)
            examination = replace(examination, findings=findings)
        ours = problem is not None or self._is_ours(document, examination, project)
        took = (perf_counter() - began) * 1000
        return Checked(document, project, settings, examination, ours, generation, next(self._numbers), took)

    def _is_ours(self, document: Document, examination: Examination, project: Project) -> bool:
        """Say whether a document is a record: one the command line would check on a walk, or one that states tags."""
        if document.language not in ("markdown", "yaml"):
            return False
        path = document.path
        if path is not None and not self._projects.meets(path):
            return False
        if path is not None and walk.included(path, project.settings):
            return True
        if any(each.stated_failures or each.stated_approach or each.unknown for each in examination.evidence):
            return True
        name, vocabulary = path or document.source.name, project.rulebook.vocabulary
        return any(looks_like_record(record, name, vocabulary) for record in examination.records)

    def _load(self) -> None:
        try:
            plain = self._projects.plain
            examine(Source("", _FIRST), plain.rulebook, plain.settings)
        finally:
            gc.collect()
            gc.freeze()
            gc.set_threshold(_OBJECTS)
            gc.enable()
