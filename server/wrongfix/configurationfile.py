"""One configuration file: its text, its table and the places of its keys; it knows no other file and no defaults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wrongfix.frozen import dataclass
from wrongfix.settings import SettingsError
from wrongfix.settings_keys import KEYS, nearest
from wrongfix.text import Source, Span

TABLE_OF_PYPROJECT = ("tool", "wrongfix")
_NO_TABLE = "has no table [tool.wrongfix]"
_LARGEST = 1_000_000
"""Bytes; a configuration beyond that is none."""


@dataclass(frozen=True)
class ConfigurationFile:
    """One configuration file: its wrongfix table and the places of its keys."""

    path: Path
    source: Source
    table: Mapping[str, Any]
    places: Mapping[tuple[str, ...], Span]
    prefix: tuple[str, ...]

    def error(self, message: str, *key: str) -> SettingsError:
        """Return the error at the closest key that has a place."""
        path = (*self.prefix, *key)
        while path and path not in self.places:
            path = path[:-1]
        if not path:
            return SettingsError(message, str(self.path), self.source.position(0))
        span = self.places[path]
        return SettingsError(message, str(self.path), self.source.position(span.start), span.end - span.start)

    def origin(self, *key: str) -> str:
        """Return `path:line` of the closest key that has a place."""
        place = self.error("", *key).place
        return f"{self.path}:{place.row + 1}" if place else str(self.path)


def has_table(path: Path) -> bool:
    """Say whether a pyproject.toml has [tool.wrongfix]; one that names wrongfix and is broken counts, to be told."""
    try:
        if b"wrongfix" not in path.read_bytes():
            return False
        read_file(path, None)
    except OSError:
        return False
    except SettingsError as error:
        return str(error.args[0]) != _NO_TABLE
    return True


def read_file(path: Path, text: str | None = None) -> ConfigurationFile:
    """Return what a file holds, or what `text` does that stands for it; raises SettingsError."""
    if text is None:
        try:
            with path.open("rb") as stream:
                data = stream.read(_LARGEST + 1)
        except OSError as error:
            raise SettingsError(f"cannot be read: {error.strerror or error}", str(path)) from None
        if len(data) > _LARGEST:
            raise SettingsError("is too large for a configuration", str(path))
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise SettingsError(f"is not UTF-8 (byte {error.start})", str(path)) from None
    from wrongfix import tomltext  # noqa: PLC0415 # tomllib costs start-up time where there is no configuration

    source = Source(str(path), text)
    try:
        table = tomltext.parse(source)
    except tomltext.BrokenTomlError as error:
        raise SettingsError(f"is not TOML: {error}", str(path), error.position) from None
    prefix = TABLE_OF_PYPROJECT if path.name == "pyproject.toml" else ()
    for name in prefix:
        table = table.get(name)  # type: ignore[assignment] # what is no table is told below
        if not isinstance(table, dict):
            raise SettingsError(_NO_TABLE, str(path))
    file = ConfigurationFile(path, source, table, tomltext.keys(source), prefix)
    names = tuple(key.name for key in KEYS)
    for key in table:
        if key not in names:
            raise file.error(f'unknown key "{key}"{nearest(key, names)}', key)
    return file
