"""Checking documents: from a path to its findings, through the cache; what is shown of them is another's concern."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wrongfix import files
from wrongfix.cli.project import Project
from wrongfix.findings import Finding
from wrongfix.frozen import dataclass, replace
from wrongfix.settings import Settings
from wrongfix.text import Source
from wrongfix.walk import Found, included, repository_of

if TYPE_CHECKING:
    from wrongfix.cache import Cache
    from wrongfix.engine import Examination
    from wrongfix.vocabulary import Vocabulary


@dataclass(frozen=True)
class Outcome:
    """What came of one document: `records` is how many it holds, `looks` whether it looks like a record at all."""

    document: files.Document
    settings: Settings
    records: int
    findings: tuple[Finding, ...]
    looks: bool


class Checking:
    """The checking of one run: settings and rules by folder, and the cache that is looked into first."""

    def __init__(self, project: Project, cache: Cache | None = None) -> None:
        self.project = project
        self.cache = cache
        self._stamps: dict[tuple[str, ...], str] = {}
        self._fingerprints: dict[int, tuple[Settings, str]] = {}

    def of_file(self, found: Found) -> Outcome:
        """Return what came of a file."""
        return self.of_document(files.read(found.path, name_of(found.path)), named=found.named)

    def of_document(self, document: files.Document, *, named: bool) -> Outcome:
        """Return what came of a document; one met on a walk is asked whether it looks like a record."""
        folder_settings = self.project.settings(os.path.dirname(document.path) or os.getcwd())
        settings = folder_settings.of_file(_within(document.path, folder_settings))
        key = self._key(document, settings) if self.cache is not None else ""
        if key and self.cache is not None:
            from wrongfix import cache  # noqa: PLC0415 # --no-cache needs none

            if (hit := cache.get(self.cache, key)) is not None and (named or hit.looks is not None):
                return Outcome(document, settings, hit.records, hit.findings, named or bool(hit.looks))
        examination = self.examine(document, settings)
        looks = None
        if not named:
            looks = bool(included(document.path, folder_settings)) or looks_like_record(
                examination, document, self.project.rulebook(settings).vocabulary
            )
        entry = (len(examination.records), examination.findings, looks)
        if key and self.cache is not None:
            cache.put(self.cache, key, cache.Said(*entry))
        return Outcome(document, settings, entry[0], entry[1], named or bool(looks))

    def examine(self, document: files.Document, settings: Settings) -> Examination:
        """Return everything the engine says of a document."""
        from wrongfix import engine  # noqa: PLC0415 # a warm cache needs no engine

        rulebook = self.project.rulebook(settings)
        if document.problem is not None:
            return engine.examine_unread(document.source, document.problem, rulebook, settings)
        return engine.examine(document.source, rulebook, settings)

    def again(self, outcome: Outcome, text: str) -> tuple[Finding, ...]:
        """Return the findings of a document with another text."""
        source = Source(outcome.document.source.name, text)
        return self.examine(replace(outcome.document, source=source), outcome.settings).findings

    def _key(self, document: files.Document, settings: Settings) -> str:
        from wrongfix import cache  # noqa: PLC0415 # --no-cache needs none

        if document.problem is not None and not document.data:
            return ""  # what could not be opened today may open tomorrow
        if settings.rules not in self._stamps:
            from wrongfix.packing import folder  # noqa: PLC0415 # --no-cache needs none

            self._stamps[settings.rules] = cache.stamp(folder(), settings.rules)
        if id(settings) not in self._fingerprints:
            self._fingerprints[id(settings)] = (settings, settings.fingerprint())
        _, fingerprint = self._fingerprints[id(settings)]
        return cache.key(self._stamps[settings.rules], fingerprint, document.source.name, document.data)


def looks_like_record(examination: Examination, document: files.Document, vocabulary: Vocabulary) -> bool:
    """Say whether a document met on a walk is a record by place or shape; what cannot be read is told anyway."""
    from wrongfix.record.recognise import looks_like_record as looks  # noqa: PLC0415 # a warm cache needs none

    if document.problem is not None:
        return True
    top = repository_of(os.path.dirname(document.path))
    place = os.path.relpath(document.path, top) if top else document.path
    return any(looks(record, place, vocabulary) for record in examination.records)


def name_of(path: str) -> str:
    """Return the name a file is reported with: relative to the current folder, with forward slashes."""
    try:
        return os.path.relpath(path).replace(os.sep, "/")
    except ValueError:  # another drive
        return path


def _within(path: str, settings: Settings) -> str:
    return os.path.relpath(path, settings.root).replace(os.sep, "/") if settings.root and path else path
