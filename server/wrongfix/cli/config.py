"""Show the settings in force for a path, and where each came from."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from wrongfix import walk
from wrongfix.cli.check import add_selection, add_terminal, overrides
from wrongfix.cli.console import CannotDoError, Console
from wrongfix.cli.project import Project
from wrongfix.report.paint import paint
from wrongfix.schemas import SCHEMAS
from wrongfix.settings import Settings
from wrongfix.settings_keys import KEYS

OPERANDS = "[PATH]"
EXAMPLE = """examples:
  wrongfix config docs/decisions/0007-answers.md
  wrongfix config --schema"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's flags."""
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="a file or folder (default .)")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", metavar="FORMAT",
                        help="text (default) or json")  # fmt: skip
    parser.add_argument(
        "--schema",
        nargs="?",
        const="config",
        choices=tuple(SCHEMAS),
        metavar="WHAT",
        help="print the JSON Schema of config (default), front-matter or record",
    )
    add_selection(parser)
    add_terminal(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the settings."""
    if options.schema:
        from wrongfix.rulebook import load  # noqa: PLC0415 # beside its use

        console.say(json.dumps(SCHEMAS[options.schema](load().vocabulary), indent=2) + "\n")
        return 0
    if not os.path.lexists(options.path):
        raise CannotDoError(f"{options.path}: no such file or folder")
    project = Project(overrides(options))
    path = os.path.abspath(options.path)
    settings = project.settings(path if os.path.isdir(path) else os.path.dirname(path))
    if not os.path.isdir(path) and settings.root:
        settings = settings.of_file(settings.path_of(path))
    rulebook = project.rulebook(settings)
    running = [
        rule.code
        for rule in rulebook.rules
        if settings.runs(rule.code, rule.name, by_profile=settings.profile in (rule.profile, "strict"))
    ]
    met = os.path.isdir(path) or walk.would_meet(path, project.settings)
    if options.output_format == "json":
        told = {key.name: _plain(_value(settings, key.field)) for key in KEYS if key.name != "extend"}
        console.say(
            json.dumps(
                {
                    "root": settings.root,
                    "settings": told,
                    "origins": dict(settings.origins),
                    "rules": running,
                    "excluded": not met,
                },
                indent=2,
            )
            + "\n"
        )
        return 0
    console.say("".join(f"{line}\n" for line in _lines(settings, running, met=met, colour=console.colour)))
    return 0


def _lines(settings: Settings, running: list[str], *, met: bool, colour: bool) -> Iterator[str]:
    yield f"root = {json.dumps(settings.root) if settings.root else 'none: no configuration file'}"
    for key in KEYS:
        if key.name == "extend":
            continue
        origin = settings.origins.get(key.name, "default")
        value = json.dumps(_plain(_value(settings, key.field)), ensure_ascii=False)
        yield f"{key.name} = {value}  {paint(f'# {origin}', 'faint', on=colour)}"
    yield f"{len(running)} rules: {' '.join(running)}"
    if not met:
        yield "excluded: a walk leaves this file out"


def _value(settings: Settings, field: str) -> object:
    return getattr(settings, field)


def _plain(value: object) -> Any:  # noqa: ANN401 # whatever JSON can hold
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return list(value) if isinstance(value, tuple) else value
