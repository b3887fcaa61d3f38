"""The records of the workspace by file: titles, numbers and links, read once and kept up to date file by file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from wrongfix.record.model import Link, Record, Text
from wrongfix.text import Source, Span

_NUMBER = re.compile(r"(\d{1,6})(?:\.\d+)?\s*$")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of one record: enough to find it, name it and follow its links."""

    path: str
    source: Source
    title: Text | None
    number: str | None
    status: str | None
    links: tuple[Link, ...]
    place: int
    """Where the record begins."""
    yaml: bool = False
    front_matter: Span | None = None

    @property
    def name(self) -> str:
        """Return number and title as a reader calls the record."""
        title = self.title.value if self.title else Path(self.path).stem
        return f"{self.number} {title}" if self.number else title


class Index:
    """Every record of the workspace folders and of the open documents."""

    def __init__(self) -> None:
        self._by_path: dict[str, tuple[Entry, ...]] = {}

    def __iter__(self) -> Iterator[Entry]:
        """Yield all records, file by file in the order of their paths."""
        files = dict(self._by_path)  # an answer beside the conversation reads on while files come and go
        return (entry for path in sorted(files) for entry in files[path])

    def __len__(self) -> int:
        """Return how many files are known."""
        return len(self._by_path)

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the files that hold records."""
        return tuple(sorted(self._by_path))

    def take(self, path: str, records: tuple[Record, ...]) -> None:
        """Take what a file holds now in place of what it held."""
        if records:
            self._by_path[path] = tuple(_entry(path, record) for record in records)
        else:
            self._by_path.pop(path, None)

    def drop(self, path: str) -> None:
        """Forget a file."""
        self._by_path.pop(path, None)

    def clear(self) -> None:
        """Forget all files."""
        self._by_path.clear()

    def keeps_records(self, folder: str) -> bool:
        """Say whether a folder holds records."""
        return any(str(Path(path).parent) == folder for path in tuple(self._by_path))

    def at(self, path: str, offset: int) -> Entry | None:
        """Return the record of a file that an offset lies in."""
        entries = self._by_path.get(path, ())
        return next((each for each in reversed(entries) if each.place <= offset), entries[0] if entries else None)

    def target(self, path: str, link: Link) -> Entry | None:
        """Return the record that a link in a file points at, by path or by number."""
        written = unquote(link.target.value.partition("#")[0].partition("?")[0]).strip()
        if not written or _ADDRESS.match(written):
            return None
        folder = Path(path).parent
        if entries := self._by_path.get(_normal(folder / written)):
            return entries[0]
        number = _NUMBER.search(written)
        if number is None or "/" in written:
            return None
        wanted = number[1].lstrip("0")
        near = [each for each in self if each.number and each.number.lstrip("0") == wanted]
        return next((each for each in near if Path(each.path).parent == folder), near[0] if len(near) == 1 else None)

    def pointing_at(self, entry: Entry) -> Iterator[tuple[Entry, Link]]:
        """Yield the links that point at a record, with the records they stand in."""
        for each in self:
            for link in each.links:
                found = self.target(each.path, link)
                if found is not None and (found.path, found.place) == (entry.path, entry.place):
                    yield each, link


def _entry(path: str, record: Record) -> Entry:
    return Entry(
        path=path,
        source=record.source,
        title=record.title,
        number=record.number.value if record.number else None,
        status=record.status.value if record.status else None,
        links=record.links,
        place=record.span.start,
        yaml=record.format.startswith("yaml"),
        front_matter=record.front_matter,
    )


def _normal(path: Path) -> str:
    from os.path import normpath  # noqa: PLC0415 # pathlib has no way to fold `..` without asking the disk

    return normpath(path)
