"""Checking documents: from a path to its findings, through the cache; what is shown of them is another's concern."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from wrongfix import files
from wrongfix.cli.project import Project
from wrongfix.cli.workers import processes, spread
from wrongfix.findings import Finding, Likeness, Said
from wrongfix.frozen import dataclass, replace
from wrongfix.settings import Settings
from wrongfix.text import Source
from wrongfix.walk import Found, included, repository_of

if TYPE_CHECKING:
    from wrongfix.cache import Cache
    from wrongfix.engine import Examination
    from wrongfix.vocabulary import Vocabulary

_TELL_EVERY = 20


@dataclass(frozen=True)
class Outcome:
    """What came of one document: `records` is how many it holds, `counts` whether it is taken for a record at all."""

    document: files.Document
    settings: Settings
    records: int
    findings: tuple[Finding, ...]
    counts: bool
    failed: str = ""
    """The error of the tool itself that kept it from judging the document."""


class Checking:
    """The checking of one run: settings and rules by folder, and the cache that is looked into first.

    With `force_exclude`, a program names the files, so each is asked whether it is a record: see `Likeness`.
    """

    def __init__(self, project: Project, cache: Cache | None = None, *, force_exclude: bool = False) -> None:
        self.project = project
        self.cache = cache
        self._asks_named = force_exclude
        self._stamps: dict[tuple[str, ...], str] = {}
        self._fingerprints: dict[int, tuple[Settings, str]] = {}

    def of_files(self, found: Sequence[Found], tell: Callable[[int], None]) -> list[Outcome]:
        """Return what came of some files, in their order; `tell` hears how many are done, now and then."""
        asked = [(files.read(each.path, name_of(each.path)), each.named) for each in found]
        known = {index: hit for index, (document, named) in enumerate(asked) if (hit := self._known(document, named))}
        waiting = [index for index in range(len(asked)) if index not in known]
        number = processes(len(waiting))
        if number > 1:
            # the first piece loads what all of them need
            known[waiting[0]] = self.of_document(asked[waiting[0]][0], named=asked[waiting[0]][1])
            known |= self._spread(asked, waiting[1:], number, _now_and_then(tell, len(known)))
        told = _now_and_then(tell, 0)
        for done, index in enumerate((each for each in waiting if each not in known), len(known)):
            told(done)
            known[index] = self.of_document(asked[index][0], named=asked[index][1])
        return [known[index] for index in range(len(asked))]

    def of_document(self, document: files.Document, *, named: bool) -> Outcome:
        """Return what came of a document; one met on a walk is asked whether it is like a record."""
        return self._known(document, named) or self._remember(document, named, self._judged(document, named))

    def _spread(
        self, asked: list[tuple[files.Document, bool]], waiting: list[int], number: int, tell: Callable[[int], None]
    ) -> dict[int, Outcome]:
        """Return what several processes say of the documents that wait, by their index."""
        from wrongfix.cache import as_data, from_data  # noqa: PLC0415 # few runs are that large

        told = spread(lambda piece: as_data(self._judged(*asked[waiting[piece]])), len(waiting), number, tell)
        return {waiting[piece]: self._remember(*asked[waiting[piece]], from_data(data)) for piece, data in told.items()}

    def _known(self, document: files.Document, named: bool) -> Outcome | None:  # noqa: FBT001 # as a walk gives it
        """Return what the cache says of a document; None if nothing."""
        if self.cache is None or not (key := self._key(document)):
            return None
        from wrongfix import cache  # noqa: PLC0415 # --no-cache needs none

        hit = cache.get(self.cache, key)
        if hit is None or (hit.likeness is None and self._asks(named)):
            return None
        return Outcome(document, self._settings(document), hit.records, hit.findings, self._counts(hit, named))

    def _judged(self, document: files.Document, named: bool) -> Said:  # noqa: FBT001 # as above
        """Return what the engine says of a document, or that it failed: the other documents are judged all the same."""
        settings = self._settings(document)
        try:
            examination = self.examine(document, settings)
        except Exception as error:  # noqa: BLE001 # whatever it is, one document must not end the run
            return Said(0, (), Likeness.LOOKS, failed=_told(error))
        likeness = None
        if self._asks(named):
            vocabulary = self.project.rulebook(settings).vocabulary
            likeness = likeness_of(examination, document, vocabulary)
            if included(document.path, settings):
                likeness = Likeness.LOOKS
        return Said(len(examination.records), examination.findings, likeness)

    def _remember(self, document: files.Document, named: bool, said: Said) -> Outcome:  # noqa: FBT001 # as above
        if self.cache is not None and not said.failed and (key := self._key(document)):
            from wrongfix import cache  # noqa: PLC0415 # --no-cache needs none

            cache.put(self.cache, key, said)
        counts = self._counts(said, named)
        return Outcome(document, self._settings(document), said.records, said.findings, counts, said.failed)

    def _asks(self, named: bool) -> bool:  # noqa: FBT001 # as above
        """Say whether a document is asked how much it is like a record."""
        return self._asks_named or not named

    def _counts(self, said: Said, named: bool) -> bool:  # noqa: FBT001 # as above
        """Say whether a document is taken for a record."""
        return not self._asks(named) or (said.likeness or 0) >= (Likeness.DECIDES if named else Likeness.LOOKS)

    def _settings(self, document: files.Document) -> Settings:
        settings = self.project.settings(os.path.dirname(document.path) or os.getcwd())
        return settings.of_file(settings.path_of(document.path)) if settings.per_file_ignores else settings

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

    def _key(self, document: files.Document) -> str:
        """Return what the cache knows a document by; empty for one that it does not keep."""
        from wrongfix import cache  # noqa: PLC0415 # --no-cache needs none

        if document.problem is not None and not document.data:
            return ""  # what could not be opened today may open tomorrow
        settings = self._settings(document)
        if settings.rules not in self._stamps:
            from wrongfix.packing import folder  # noqa: PLC0415 # --no-cache needs none

            self._stamps[settings.rules] = cache.stamp(folder(), settings.rules)
        if id(settings) not in self._fingerprints:
            self._fingerprints[id(settings)] = (settings, settings.fingerprint())
        _, fingerprint = self._fingerprints[id(settings)]
        return cache.key(self._stamps[settings.rules], fingerprint, document.source.name, document.data)


def likeness_of(examination: Examination, document: files.Document, vocabulary: Vocabulary) -> Likeness:
    """Return how much a document is like a record, by place, shape and content; what cannot be read is told anyway."""
    from wrongfix.record.recognise import looks_like_record, may_be_named  # noqa: PLC0415 # a warm cache needs none

    if document.problem is not None:
        return Likeness.LOOKS
    top = repository_of(os.path.dirname(document.path))
    place = os.path.relpath(document.path, top) if top else document.path
    if any(looks_like_record(record, place, vocabulary) for record in examination.records):
        return Likeness.LOOKS
    decides = any(
        evidence.in_scope and evidence.chosen and may_be_named(evidence.record, place, vocabulary)
        for evidence in examination.evidence
    )
    return Likeness.DECIDES if decides else Likeness.NONE


def name_of(path: str) -> str:
    """Return the name a file is reported with: relative to the current folder, with forward slashes."""
    try:
        return os.path.relpath(path).replace(os.sep, "/")
    except ValueError:  # another drive
        return path


def _now_and_then(tell: Callable[[int], None], before: int) -> Callable[[int], None]:
    """Return what counts on from `before` and tells each twentieth number."""

    def told(done: int) -> None:
        if (before + done) % _TELL_EVERY == 0:
            tell(before + done)

    return told


def _told(error: Exception) -> str:
    """Return an error and where it happened, as somebody who reports it would write it down."""
    import traceback  # noqa: PLC0415 # an error of ours is rare

    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({os.path.basename(last.filename)}, line {last.lineno})"
