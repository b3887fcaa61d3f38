"""What is fuzzed: each target takes bytes and asserts the laws that the property tests assert."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from properties.laws import STRICT, assert_fixes_settle, examined
from wrongfix import yamltext
from wrongfix.configuration import read
from wrongfix.rulebook import load
from wrongfix.rulefile import RuleError, read_rule
from wrongfix.settings import SettingsError

BOOK = load()
FOLDER = Path(mkdtemp())


@dataclass(frozen=True)
class Target:
    """What is done with made-up bytes, and the endings of the files that are its seeds."""

    run: Callable[[bytes], None]
    seeds: tuple[str, ...]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def markdown(data: bytes) -> None:
    """Read a Markdown record and hold its places."""
    examined(_text(data), "record.md", BOOK, STRICT)


def yaml(data: bytes) -> None:
    """Read a YAML record and hold its places."""
    yamltext.parse(_text(data))
    examined(_text(data), "record.yaml", BOOK, STRICT)


def fixes(data: bytes) -> None:
    """Apply every fix of a record."""
    assert_fixes_settle(_text(data), "record.md", BOOK)


def configuration(data: bytes) -> None:
    """Read a configuration."""
    with suppress(SettingsError):
        read(FOLDER / "wrongfix.toml", _text(data))


def rule(data: bytes) -> None:
    """Read a rule file."""
    path = FOLDER / "own.yaml"
    path.write_bytes(data)
    with suppress(RuleError):
        read_rule(path)


TARGETS: Mapping[str, Target] = {
    "markdown": Target(markdown, (".md",)),
    "yaml": Target(yaml, (".yaml", ".yml")),
    "fixes": Target(fixes, (".md",)),
    "configuration": Target(configuration, (".yaml",)),
    "rule": Target(rule, (".yaml",)),
}
