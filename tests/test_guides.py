"""The guides say what is so: every key, flag and command they name exists."""

import re
import tomllib
from pathlib import Path

import pytest

from wrongfix.cli.main import COMMANDS, parser_of
from wrongfix.comments import FORMS
from wrongfix.configuration import read
from wrongfix.settings_keys import KEYS

ROOT = Path(__file__).parents[1]
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def flags(command):
    """Return the flags of a command."""
    return {flag for action in parser_of(command)._actions for flag in action.option_strings}  # noqa: SLF001 # named nowhere else


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_commands_and_flags(guide):
    """A command line in a guide is one the program takes."""
    for line in re.findall(rf"wrongfix ((?:{'|'.join(COMMANDS)})\b[^`\n|#]*)", guide.read_text()):
        command, *rest = line.split()
        assert {word for word in rest if word.startswith("--")} <= flags(command), line


def test_every_key_is_described():
    """The guide to the configuration describes each key once, and its example can be read."""
    text = (ROOT / "docs" / "configuration.md").read_text()
    assert re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE) == [key.name for key in KEYS]


def test_the_example_can_be_used(tmp_path):
    """The example of the guide is a configuration."""
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "configuration.md").read_text(), re.DOTALL)
    assert tomllib.loads(example)
    (tmp_path / "wrongfix.toml").write_text(example)
    assert read(tmp_path / "wrongfix.toml").profile == "strict"


def test_every_directive_is_described():
    """The guide to silencing shows each form."""
    text = (ROOT / "docs" / "silencing.md").read_text()
    assert set(re.findall(r"wrongfix-((?:disable|enable)[a-z-]*)", text)) == set(FORMS)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_links(guide):
    """A link between pages leads somewhere."""
    for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", guide.read_text()):
        assert (guide.parent / target).exists(), target
