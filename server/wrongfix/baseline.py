"""The baseline: findings a team accepted, known by rule, words and record, so that only new ones are reported.

An entry survives moved lines, other wording of the message, another title, and a renamed file, but not another title
and another file at once: that is a new record. It can only shrink, unless new findings are let in by name of the flag
that does so.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from wrongfix.findings import Finding
from wrongfix.frozen import dataclass
from wrongfix.settings import BASELINE_NAME
from wrongfix.walk import closest

FILE_NAME = BASELINE_NAME
_VERSION = 1


class BaselineError(ValueError):
    """A baseline that cannot be used; the words name the file and the remedy."""


@dataclass(frozen=True, slots=True, order=True)
class Accepted:
    """One accepted finding: its file, relative to the baseline, the rule, and digests of its words and its record.

    Baselines of old do not say the record: it is empty then, and any record will do.
    """

    file: str
    code: str
    words: str
    record: str = ""


@dataclass(frozen=True)
class Sifted:
    """The new findings of each file; the accepted ones that occur, under their present file; and those that do not."""

    fresh: tuple[tuple[Finding, ...], ...]
    occurring: Counter[Accepted]
    absent: Counter[Accepted]


def accepted(finding: Finding, file: str) -> Accepted:
    """Return what a finding in a file is known by."""
    words = "\0".join((*finding.failures, "", *finding.approaches, "", *(word.casefold() for word in finding.words)))
    return Accepted(file, finding.code, _digest(words), _digest(" ".join(finding.record.casefold().split())))


def read(path: Path) -> Counter[Accepted]:
    """Return what a baseline accepts, and how often. Raises BaselineError, also for a file that is missing."""
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise BaselineError(f"{path}: the baseline cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise BaselineError(f"{path}: the baseline is not JSON; restore it, or delete it to begin anew") from None
    try:
        if content["version"] != _VERSION:
            raise BaselineError(f"{path}: the baseline has version {content['version']!r}, known is {_VERSION}")
        return Counter(
            {
                Accepted(str(each["file"]), str(each["code"]), str(each["words"]), str(each.get("record", ""))): int(
                    each.get("count", 1)
                )
                for each in content["findings"]
            }
        )
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        if isinstance(error, BaselineError):
            raise
        raise BaselineError(f"{path}: the baseline has not the form of one; delete it to begin anew") from None


def text(entries: Counter[Accepted]) -> str:
    """Return the content of a baseline file: sorted, one entry a line, so that a shrinking reads well in a diff."""
    lines = []
    for entry in sorted(entries):
        count = {"count": entries[entry]} if entries[entry] > 1 else {}
        record = {"record": entry.record} if entry.record else {}
        told = {"file": entry.file, "code": entry.code, "words": entry.words, **record, **count}
        lines.append(f"    {json.dumps(told)}")
    body = "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "version": {_VERSION},\n  "findings": {body}\n}}\n'


def sift(
    found: Iterable[tuple[str, Sequence[Finding]]], entries: Counter[Accepted], existing: Collection[str]
) -> Sifted:
    """Hold findings against accepted ones.

    `found` gives the findings by file, relative to the baseline; `existing` the accepted files that still exist: an
    entry of a file that is gone counts for one finding of the same rule, words and record in a file without its own
    entry.
    """
    left = Counter(entries)
    candidates: dict[tuple[str, ...], list[Accepted]] = {}
    for entry in entries:
        candidates.setdefault((entry.code, entry.words, entry.file), []).append(entry)
        if entry.file not in existing:
            candidates.setdefault((entry.code, entry.words, "", entry.record), []).append(entry)
    occurring: Counter[Accepted] = Counter()
    fresh = []
    for file, findings in found:
        new = []
        for finding in findings:
            entry = accepted(finding, file)
            ways = ((file,), ("", entry.record), ("", ""))
            fitting = (each for way in ways for each in candidates.get((entry.code, entry.words, *way), ()))
            if (taken := next((each for each in fitting if left[each] > 0), None)) is None:
                new.append(finding)
            else:
                left[taken] -= 1
                occurring[entry] += 1
        fresh.append(tuple(new))
    return Sifted(tuple(fresh), occurring, +left)


def name_in(path: Path, file: str) -> str:
    """Return how a baseline names a file: relative to the baseline's folder, with forward slashes."""
    return Path(os.path.relpath(file, path.parent)).as_posix()


def find(configured: str | None, folder: Path, top: Path) -> Path | None:
    """Return the baseline in force in a folder: the configured one, else the closest one up to the folder `top`."""
    path = configured or closest(FILE_NAME, str(folder), str(top))
    return Path(path) if path else None


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
