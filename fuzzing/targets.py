"""What is fuzzed: each target takes bytes and asserts the laws that the property tests assert."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from fuzzing.conversation import converse, wire
from properties.laws import STRICT, assert_fixes_settle, examined
from wrongfix import yamltext
from wrongfix.configuration import read
from wrongfix.rulebook import load
from wrongfix.rulefile import RuleError, read_rule
from wrongfix.settings import SettingsError
from wrongfix.settings_keys import KEYS

BOOK = load()
FOLDER = Path(mkdtemp())
HERE = Path(__file__).parent
RECORDS = HERE.parent / "tests" / "records"
_SIGNS = (
    "---\\x0A",
    "\\x0D\\x0A",
    "\\xE2\\x80\\xA8",
    "\\xEF\\xBB\\xBF",
    "<!-- ",
    " -->",
    "```",
    "[^1]",
    "|---|",
    "&a ",
    "*a",
    "<<: ",
)
_DIRECTIVES = (
    "<!-- wrongfix-disable",
    "<!-- wrongfix-enable",
    "# wrongfix: ignore[",
    "-next-line ",
    "-file ",
    " -- why -->",
)


@dataclass(frozen=True)
class Target:
    """What is done with made-up bytes, where its seeds lie, and how many bytes are made up at most."""

    run: Callable[[bytes], None]
    folder: Path
    endings: tuple[str, ...]
    longest: int = 4_000

    def seeds(self) -> list[Path]:
        """Return the files to begin with."""
        return sorted(path for path in self.folder.rglob("*.*") if path.suffix in self.endings)


def words() -> Iterator[str]:
    """Yield the words that mean something to the reader, as a fuzzer's dictionary has them."""
    vocabulary = BOOK.vocabulary
    keys = [name for names in vocabulary.data("keys").values() for name in names]
    headings = [each for entry in vocabulary.sections for each in entry["headings"].get("en", ())[:3]]
    plain = (*vocabulary.failures, *vocabulary.approaches, *keys, *headings, *BOOK.by_name, *(key.name for key in KEYS))
    yield from (
        word for word in dict.fromkeys(plain) if word.isascii() and word.isprintable() and not set(word) & {'"', "\\"}
    )
    yield from (*_SIGNS, *_DIRECTIVES)


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
    """Apply every fix of a Markdown record."""
    assert_fixes_settle(_text(data), "record.md", BOOK)


def yaml_fixes(data: bytes) -> None:
    """Apply every fix of a YAML record."""
    assert_fixes_settle(_text(data), "record.yaml", BOOK)


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
    "markdown": Target(markdown, RECORDS, (".md",)),
    "yaml": Target(yaml, RECORDS, (".yaml", ".yml")),
    "fixes": Target(fixes, RECORDS, (".md",)),
    "yaml-fixes": Target(yaml_fixes, RECORDS, (".yaml", ".yml")),
    "configuration": Target(configuration, HERE / "seeds", (".toml",)),
    "wire": Target(wire, HERE / "seeds" / "wire", (".txt",)),
    "conversation": Target(converse, HERE / "seeds" / "conversation", (".bin",), 1_000),
    "rule": Target(rule, HERE.parent / "rules", (".yaml",)),
}
