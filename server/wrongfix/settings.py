"""Settings: what a project decides about rules, words and files; `configuration` reads them, this module no file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from wrongfix.findings import Severity
from wrongfix.frozen import dataclass, field, replace
from wrongfix.text import Position

FILE_NAMES = (".wrongfix.toml", "wrongfix.toml", "pyproject.toml")
"""The names of configuration files, the first of a folder wins; pyproject.toml counts if it has [tool.wrongfix]."""
BASELINE_NAME = ".wrongfix-baseline.json"
"""The name of a baseline where none is configured."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class SettingsError(ValueError):
    """A configuration that cannot be used: `path` and `place` say where, `length` how many characters are wrong."""

    def __init__(self, message: str, path: str, place: Position | None = None, length: int = 0) -> None:
        super().__init__(message)
        self.path = path
        self.place = place
        self.length = length

    def __str__(self) -> str:
        """Return `path:line:column: message`, counted from 1."""
        where = f":{self.place.row + 1}:{self.place.column + 1}" if self.place else ""
        return f"{self.path}{where}: {self.args[0]}" if self.path else str(self.args[0])


@dataclass(frozen=True)
class Settings:
    """What is in force for the files of one folder.

    Rules are named by code, by name, by family (`KNW`) or as `ALL`, in capitals or not.
    Globs are those of .gitignore, from `top`, or from `root` where that is None.
    """

    profile: str = "default"
    select: tuple[str, ...] = ()
    """Empty: what the profile lists."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=lambda: _NOTHING)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    rules: tuple[str, ...] = ()
    """Own rule files as absolute paths; they lie in the workspace."""
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=lambda: _NOTHING)
    """Own words under `failures` and `approaches`: the id of a known one, and how people here call it."""
    docs_url: str | None = None
    baseline: str | None = None
    """The baseline as an absolute path."""
    cache_dir: str | None = None
    """The cache's folder as an absolute path; None is the user's cache folder."""
    root: str | None = None
    """The folder these settings are of; None for the defaults."""
    top: str | None = None
    """The folder globs count from where files of several folders extend each other: the closest one around them."""
    origins: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """Where each key came from: `path:line`, or the name of a flag; a key not listed has its default.

    `key.entry` is listed too where an entry of a table, or a rule of a list, came from elsewhere than the key.
    """

    def runs(self, code: str, name: str, *, by_profile: bool) -> bool:
        """Say whether a rule runs, given whether the profile in force lists it.

        The most specific selector decides: a code or name before `KNW00`, that before `KNW`, that before `ALL`.
        Where two are equally specific, `ignore` wins.
        """
        chosen = _specificity((*self.select, *self.extend_select), code, name)
        if by_profile and not self.select:
            chosen = max(chosen, 0)
        return chosen > _specificity(self.ignore, code, name)

    def severity_of(self, code: str, name: str) -> Severity | None:
        """Return the severity the project gives a rule; the most specific selector decides."""
        best = max(self.severity, key=lambda selector: _specificity((selector,), code, name), default="")
        return self.severity[best] if best and _specificity((best,), code, name) >= 0 else None

    def origin(self, key: str, entry: str = "") -> str:
        """Return where a key, or an entry of it, came from; nothing for a default."""
        return self.origins.get(f"{key}.{entry}") or self.origins.get(key, "")

    def path_of(self, path: str) -> str:
        """Return an absolute path as globs see it."""
        top = self.top or self.root
        return os.path.relpath(path, top).replace(os.sep, "/") if top and path else path

    def of_file(self, path: str) -> Settings:
        """Return the settings for one file, by its path as globs see it: per-file ignores join `ignore`."""
        if not self.per_file_ignores:
            return self
        from wrongfix.globs import spec  # noqa: PLC0415 # most projects have no per-file ignores

        more = {
            rule: self.origin("per-file-ignores", glob)
            for glob, rules in self.per_file_ignores.items()
            if spec([glob]).match_file(path)
            for rule in rules
            if rule not in self.ignore
        }
        if not more:
            return self
        origins = {f"ignore.{rule}": origin for rule, origin in more.items()}
        return replace(self, ignore=(*self.ignore, *more), origins=MappingProxyType({**self.origins, **origins}))

    def fingerprint(self) -> str:
        """Return a digest of all that can change findings; own rule files count by path, their content elsewhere."""
        from hashlib import sha256  # noqa: PLC0415 # only the cache asks

        told = (
            self.profile,
            self.select,
            self.extend_select,
            self.ignore,
            sorted(self.severity.items()),
            sorted(self.thresholds.items()),
            self.rules,
            sorted((kind, sorted(words.items())) for kind, words in self.words.items()),
        )
        return sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def default() -> Settings:
    """Return the settings of a project that has no configuration."""
    return Settings()


def _specificity(selectors: Iterable[str], code: str, name: str) -> int:
    """Return how closely the closest selector names a rule: -1 not at all, 0 ALL, else the letters it gives.

    Codes and families may be written in lower case.
    """
    best = -1
    for selector in selectors:
        upper = selector.upper()
        if selector == name or upper == code:
            return 1000
        if upper == "ALL":
            best = max(best, 0)
        elif code.startswith(upper) and selector[-1:].isalnum():
            best = max(best, len(selector))
    return best
