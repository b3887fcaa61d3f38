"""The cache of findings: what was said of a text under given settings, rules and code; losing it costs time only.

An entry is known by a digest of everything that can change it, so nothing in it goes stale.
A cache that is corrupt or cannot be written is passed over; runs at the same time never see half of one.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from wrongfix.findings import Applicability, Confidence, Finding, Fix, Likeness, Related, Said, Severity
from wrongfix.frozen import dataclass, field
from wrongfix.text import Edit, Span

_SHAPE = 2
_DAYS_KEPT = 30
_MOST = 50_000
"""Entries; the oldest go first."""
_LARGEST = 500_000_000
"""Bytes; no cache of so many entries grows to that."""


@dataclass
class Cache:
    """The entries of one folder's cache, and what this run adds; `problem` says why it could not be read."""

    path: Path
    entries: dict[str, Any] = field(default_factory=dict)
    added: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


def key(stamp: str, fingerprint: str, name: str, data: bytes) -> str:
    """Return what an entry is known by: code and rules, settings, the document's name and its content."""
    digest = sha256(f"{stamp}\0{fingerprint}\0{name}\0".encode("utf-8", "surrogateescape"))
    digest.update(data)
    return digest.hexdigest()[:40]


def stamp(rules: Path, own: tuple[str, ...]) -> str:
    """Return a digest of the code and the rules as they lie on disk, by name, size and time; own rules by content."""
    digest = sha256(str(_SHAPE).encode())
    for folder in (Path(__file__).parent, rules):
        for directory, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                if name.endswith((".py", ".yaml", ".json", ".bin")):
                    status = os.stat(os.path.join(directory, name))
                    digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    for path in own:
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()[:16]


def place(folder: str | None, root: str) -> Path:
    """Return the file of the cache for a project's root, in the configured folder or the user's cache folder."""
    if folder is None:
        folder = os.path.join(user_folder(), "findings")
    return Path(folder) / f"{sha256(root.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}.json"


def user_folder() -> str:
    """Return the folder for what may be lost: on Linux as the XDG rules say, elsewhere as `platformdirs` does."""
    if sys.platform == "linux":
        home = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")
        return os.path.join(home, "wrongfix")
    from platformdirs import user_cache_dir  # noqa: PLC0415 # it costs a sixth of a cold start

    return user_cache_dir("wrongfix", appauthor=False)


def load(path: Path) -> Cache:
    """Return the cache of a file; empty, with a problem, when it cannot be used."""
    try:
        content = json.loads(_read(path))
        entries = content["entries"]
        if content["shape"] != _SHAPE or not isinstance(entries, dict):
            return Cache(path)
    except FileNotFoundError:
        return Cache(path)
    except OSError as error:
        return Cache(path, problem=f"the cache {path} cannot be read: {error.strerror}")
    except (ValueError, KeyError, TypeError, RecursionError):
        return Cache(path, problem=f"the cache {path} is corrupt and is made anew")
    return Cache(path, entries)


def get(cache: Cache, known_by: str) -> Said | None:
    """Return what was said of a document; None if nothing is known of it."""
    entry = cache.entries.get(known_by)
    if entry is None:
        return None
    try:
        return from_data(entry)
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def put(cache: Cache, known_by: str, said: Said) -> None:
    """Remember what was said of a document; `save` writes it down."""
    cache.added[known_by] = {"day": int(time.time() // 86_400), **as_data(said)}


def as_data(said: Said) -> dict[str, Any]:
    """Return what was said as plain data."""
    return {
        "records": said.records,
        "likeness": said.likeness,
        "findings": [_data(finding) for finding in said.findings],
        "failed": said.failed,
    }


def from_data(data: Mapping[str, Any]) -> Said:
    """Return what plain data says; raises KeyError, TypeError, ValueError or IndexError where it says nothing."""
    likeness = Likeness(data["likeness"]) if data["likeness"] is not None else None
    return Said(int(data["records"]), tuple(_finding(each) for each in data["findings"]), likeness, data["failed"])


def save(cache: Cache) -> str:
    """Write what was added into the cache, beside what other runs added meanwhile; return what went wrong, if any."""
    if not cache.added:
        return ""
    today = int(time.time() // 86_400)
    current = load(cache.path).entries
    kept = {
        each: entry
        for each, entry in current.items()
        if isinstance(entry, dict) and isinstance(entry.get("day"), int) and entry["day"] >= today - _DAYS_KEPT
    }
    kept.update(cache.added)
    newest = sorted(kept.items(), key=lambda pair: pair[1]["day"])[-_MOST:]
    unfinished = cache.path.with_name(f".{cache.path.name}.{os.getpid()}")
    try:
        cache.path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("x", encoding="utf-8") as file:  # never through what already stands there
            file.write(json.dumps({"shape": _SHAPE, "entries": dict(newest)}, separators=(",", ":")))
        unfinished.replace(cache.path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        return f"the cache {cache.path} cannot be written: {error.strerror or error}"
    return ""


def _read(path: Path) -> bytes:
    """Return the bytes of a cache; OSError for what is none: a pipe, a device, a file no cache grows to."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
            raise OSError(errno.EINVAL, "not a cache file")
        return stream.read(_LARGEST)


def _data(finding: Finding) -> dict[str, Any]:
    return {
        "told": [finding.code, finding.name, finding.severity, finding.confidence, finding.message],
        "span": [finding.span.start, finding.span.end],
        "failures": finding.failures,
        "approaches": finding.approaches,
        "words": finding.words,
        "tags": finding.tags,
        "record": finding.record,
        "related": [[each.message, each.span.start, each.span.end, each.filename] for each in finding.related],
        "fixes": [
            [
                fix.title,
                fix.applicability,
                [[edit.span.start, edit.span.end, edit.content] for edit in fix.edits],
                fix.filename,
            ]
            for fix in finding.fixes
        ],
    }


def _finding(data: Mapping[str, Any]) -> Finding:
    code, name, severity, confidence, message = data["told"]
    return Finding(
        code,
        name,
        Severity(severity),
        Confidence(confidence),
        message,
        Span(*data["span"]),
        tuple(data["failures"]),
        tuple(data["approaches"]),
        tuple(Related(said, Span(start, end), other) for said, start, end, other in data["related"]),
        tuple(
            Fix(title, Applicability(kind), tuple(Edit(Span(a, b), text) for a, b, text in edits), other)
            for title, kind, edits, other in data["fixes"]
        ),
        tuple(data["words"]),
        tuple(data["tags"]),
        data["record"],
    )
