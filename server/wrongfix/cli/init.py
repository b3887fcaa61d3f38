"""Write a commented configuration and a pre-commit entry for this repository."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from wrongfix import configuration, files, walk
from wrongfix.cli import precommit
from wrongfix.cli.check import add_terminal
from wrongfix.cli.console import CannotDoError, Console
from wrongfix.settings_keys import KEYS

OPERANDS = ""
EXAMPLE = """examples:
  wrongfix init
  wrongfix init --no-pre-commit"""

CONFIGURATION = "wrongfix.toml"
PRE_COMMIT = ".pre-commit-config.yaml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's flags."""
    parser.add_argument("--no-pre-commit", action="store_true", help="write no pre-commit entry")
    add_terminal(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write what is not there yet; nothing that is there is touched, save that an entry is added."""
    here = os.getcwd()
    top = Path(walk.repository_of(here) or here)
    existing = configuration.find(top, upwards=False)
    if existing:
        console.say(f"{os.path.relpath(existing)} is there already\n")
    else:
        _write(top / CONFIGURATION, configuration_text())
        console.say(f"{os.path.relpath(top / CONFIGURATION)} written\n")
    if not options.no_pre_commit:
        console.say(f"{_add_hook(top / PRE_COMMIT)}\n")
    return 0


def configuration_text() -> str:
    """Return a configuration in which every key stands as a comment with what it does."""
    lines = ["# Configuration of wrongfix. Every key is optional; this is what each is for.", ""]
    for key in KEYS:
        lines += [f"# {key.help}", f"# {key.example}", ""]
    return "\n".join(lines)


def _add_hook(path: Path) -> str:
    """Add the entry to the pre-commit configuration, and return the words about it."""
    name = os.path.relpath(path)
    if not path.exists():
        _write(path, precommit.configuration())
        return f"{name} written; `pre-commit install` switches it on"
    document = files.read(str(path), name)
    if document.problem is not None:
        raise CannotDoError(f"{name}: {document.problem.message}")
    if precommit.has_entry(document.source.text):
        return f"{name} has an entry already"
    added = precommit.with_entry(document.source)
    if added is None:
        return f"add this to the repos of {name}:\n{precommit.shown(document.source)}"
    try:
        files.write(document, added, str(path.parent))
    except files.WriteError as error:
        raise CannotDoError(f"{name}: {error}") from None
    return f"{name} has a new entry"


def _write(path: Path, text: str) -> None:
    try:
        files.created(str(path), text.encode())
    except files.WriteError as error:
        raise CannotDoError(f"{path}: not written: {error}") from None
