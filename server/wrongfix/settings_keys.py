"""The keys of a configuration file: one table that reading, the published schema and the documentation share.

A value of the wrong shape raises WrongValueError with the path of the offending key; unknown keys get the nearest one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from wrongfix.findings import Severity
from wrongfix.frozen import dataclass

PROFILES = ("default", "strict")
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class WrongValueError(ValueError):
    """A value has the wrong shape; `path` leads to it from the top of the wrongfix table."""

    def __init__(self, message: str, *path: str) -> None:
        super().__init__(message)
        self.path = path


@dataclass(frozen=True, slots=True)
class Kind:
    """A shape of values: how one is read, what JSON Schema says of it, and whether `extend` merges entry by entry."""

    read: Callable[[str, object], object]
    schema: Mapping[str, Any]
    merges: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One key a configuration file may hold."""

    name: str
    kind: Kind
    help: str
    example: str
    """A line of TOML that shows its use."""

    @property
    def field(self) -> str:
        """Return the name of the field of Settings it fills."""
        return self.name.replace("-", "_")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ` (did you mean "x"?)` for the known word that comes closest, or nothing when none is close."""
    from difflib import get_close_matches  # noqa: PLC0415 # needed only when something is wrong

    names = list(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6) or get_close_matches(word.upper(), names, n=1, cutoff=0.6)
    return f' (did you mean "{close[0]}"?)' if close else ""


def _profile(name: str, value: object) -> str:
    if value not in PROFILES:
        choices = " or ".join(f'"{profile}"' for profile in PROFILES)
        raise WrongValueError(f"{name} must be {choices}{nearest(str(value), PROFILES)}", name)
    return str(value)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise WrongValueError(f"{name} must be a text", name)
    return value


def _address(name: str, value: object) -> str:
    if not _text(name, value).startswith(("https://", "http://")) or not str(value).isprintable():
        raise WrongValueError(f"{name} must begin with https:// or http:// and be printable", name)
    return str(value)


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise WrongValueError(f"{name} must be a list of texts", name)
    return tuple(value)


def _globs(name: str, value: object) -> tuple[str, ...]:
    from wrongfix import globs  # noqa: PLC0415 # what has globs will match them

    for glob in _texts(name, value):
        try:
            globs.verify(glob)
        except globs.WrongGlobError as error:
            raise WrongValueError(f'{name} has "{glob}", which is {error}', name) from None
    return _texts(name, value)


def _table(name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WrongValueError(f"{name} must be a table", name)
    return value


def _severities(name: str, value: object) -> Mapping[str, Severity]:
    table = _table(name, value)
    for rule, severity in table.items():
        if severity not in tuple(Severity):
            choices = ", ".join(f'"{each}"' for each in Severity)
            raise WrongValueError(
                f"the severity of {rule} must be one of {choices}{nearest(str(severity), Severity)}", name, rule
            )
    return MappingProxyType({rule: Severity(severity) for rule, severity in table.items()})


def _lists(name: str, value: object) -> Mapping[str, tuple[str, ...]]:
    read = {}
    for key, items in _table(name, value).items():
        try:
            read[key] = _texts(f'"{key}"', items)
        except WrongValueError as error:
            raise WrongValueError(str(error), name, key) from None
    return MappingProxyType(read)


def _lists_by_glob(name: str, value: object) -> Mapping[str, tuple[str, ...]]:
    _globs(name, list(_table(name, value)))
    return _lists(name, value)


def _numbers(name: str, value: object) -> Mapping[str, float]:
    table = _table(name, value)
    for key, number in table.items():
        if isinstance(number, bool) or not isinstance(number, int | float) or not abs(number) < _BEYOND:
            raise WrongValueError(f"{key} must be a number, and a finite one", name, key)
    return MappingProxyType(table)


def _words(name: str, value: object) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    read = {}
    for kind, words in _table(name, value).items():
        if kind not in WORD_KINDS:
            raise WrongValueError(f'unknown key "{kind}" in {name}{nearest(kind, WORD_KINDS)}', name, kind)
        try:
            read[kind] = _lists(kind, words)
        except WrongValueError as error:
            raise WrongValueError(str(error), name, *error.path) from None
    return MappingProxyType(read)


WORD_KINDS = ("failures", "approaches")
_BEYOND = float("inf")
_STRINGS: Mapping[str, Any] = {"type": "array", "items": {"type": "string", "minLength": 1}}
_STRING_LISTS: Mapping[str, Any] = {"type": "object", "additionalProperties": _STRINGS}

PROFILE = Kind(_profile, {"enum": list(PROFILES)})
TEXT = Kind(_text, {"type": "string", "minLength": 1})
ADDRESS = Kind(_address, {"type": "string", "pattern": "^https?://"})
TEXTS = Kind(_texts, _STRINGS)
SEVERITIES = Kind(
    _severities,
    {"type": "object", "additionalProperties": {"enum": [severity.value for severity in Severity]}},
    merges=True,
)
GLOBS = Kind(_globs, _STRINGS)
LISTS_BY_GLOB = Kind(_lists_by_glob, _STRING_LISTS, merges=True)
NUMBERS = Kind(_numbers, {"type": "object", "additionalProperties": {"type": "number"}}, merges=True)
WORDS = Kind(
    _words,
    {"type": "object", "properties": dict.fromkeys(WORD_KINDS, _STRING_LISTS), "additionalProperties": False},
    merges=True,
)

KEYS: tuple[Key, ...] = (
    Key(
        "extend",
        TEXT,
        "Another configuration file this one builds on, by its path from here.",
        'extend = "../wrongfix.toml"',
    ),
    Key(
        "profile",
        PROFILE,
        "Which rules run: the misfits and the safest checks, or the whole catalogue.",
        'profile = "strict"',
    ),
    Key(
        "select",
        TEXTS,
        "Run these rules instead of the profile's: codes, names, families, or ALL.",
        'select = ["KNW", "wrong-fix"]',
    ),
    Key("extend-select", TEXTS, "Run these rules too.", 'extend-select = ["EVD"]'),
    Key("ignore", TEXTS, "Do not run these rules: codes, names or families.", 'ignore = ["vague-failure"]'),
    Key(
        "severity",
        SEVERITIES,
        "The severity of a rule or family: error, warning or info.",
        'severity = { KNW = "warning", TEAM = "info" }',
    ),
    Key(
        "per-file-ignores",
        LISTS_BY_GLOB,
        "Rules that do not run on the files a pattern matches.",
        'per-file-ignores = { "docs/archive/" = ["ALL"] }',
    ),
    Key(
        "include",
        GLOBS,
        "Only files these patterns match are looked at on a walk, and they count as records.",
        'include = ["docs/decisions/**"]',
    ),
    Key(
        "exclude",
        GLOBS,
        "Files and folders left out of a walk, in the manner of .gitignore.",
        'exclude = ["docs/decisions/template.md"]',
    ),
    Key("thresholds", NUMBERS, "The numbers rules compare with, by name.", "thresholds = { few-examples = 100 }"),
    Key("rules", TEXTS, "Own rule files, as paths or patterns from here.", 'rules = ["rules/*.yaml"]'),
    Key(
        "words",
        WORDS,
        "Own words for known failures and approaches.",
        'words.failures = { stale-knowledge = ["last year\'s fee"] }',
    ),
    Key(
        "docs-url",
        ADDRESS,
        "Where rule pages are published; findings then link to {docs-url}/{code}.",
        'docs-url = "https://docs.example.com/rules"',
    ),
    Key("baseline", TEXT, "The file of accepted findings.", 'baseline = ".wrongfix-baseline.json"'),
    Key("cache-dir", TEXT, "The folder of the cache.", 'cache-dir = ".wrongfix_cache"'),
)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the wrongfix table."""
    return {
        "$schema": SCHEMA_DIALECT,
        "title": "Configuration of wrongfix",
        "description": "wrongfix.toml, .wrongfix.toml, or the table [tool.wrongfix] of pyproject.toml",
        "type": "object",
        "properties": {key.name: {"description": key.help, **key.kind.schema} for key in KEYS},
        "additionalProperties": False,
    }
