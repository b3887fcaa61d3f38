"""Show the settings in force for a path, and where each came from."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Mapping
from textwrap import wrap
from types import MappingProxyType
from typing import Any

from wrongfix import walk
from wrongfix.cli.accepted import baseline_of
from wrongfix.cli.check import add_selection, add_terminal, overrides
from wrongfix.cli.console import CannotDoError, Console
from wrongfix.cli.project import Project
from wrongfix.frozen import replace
from wrongfix.report.paint import paint
from wrongfix.schemas import SCHEMAS
from wrongfix.settings import Settings
from wrongfix.settings_keys import KEYS

OPERANDS = "[PATH]"
EXAMPLE = """examples:
  wrongfix config docs/decisions/0007-answers.md
  wrongfix config --schema"""

_DEFAULT = "default"


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
    if missing := walk.unreachable([options.path]):
        raise CannotDoError(*missing)
    project = Project(overrides(options))
    path = os.path.abspath(options.path)
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    settings = project.settings(folder)
    if not os.path.isdir(path) and settings.root:
        settings = settings.of_file(settings.path_of(path))
    rulebook = project.rulebook(settings)
    running = [
        rule.code
        for rule in rulebook.rules
        if settings.runs(rule.code, rule.name, by_profile=settings.profile in (rule.profile, "strict"))
    ]
    met = os.path.isdir(path) or walk.would_meet(path, project.settings)
    settings = _in_force(settings, folder, rulebook.vocabulary.data("defaults")["thresholds"])
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
    console.say("".join(f"{line}\n" for line in _lines(settings, running, console, met=met)))
    return 0


def _in_force(settings: Settings, folder: str, thresholds: Mapping[str, float]) -> Settings:
    """Return settings with what holds though nobody set it: the other thresholds, and a baseline met by its name."""
    of_key = settings.origin("thresholds")
    unset = {f"thresholds.{name}": _DEFAULT for name in thresholds if of_key and name not in settings.thresholds}
    origins = {**settings.origins, **unset}
    baseline = baseline_of(settings, folder)
    if baseline != settings.baseline:
        origins["baseline"] = "found upwards"
    return replace(
        settings, thresholds={**thresholds, **settings.thresholds}, baseline=baseline, origins=MappingProxyType(origins)
    )


def _lines(settings: Settings, running: list[str], console: Console, *, met: bool) -> Iterator[str]:
    yield f"root = {json.dumps(settings.root) if settings.root else 'none: no configuration file'}"
    for key in KEYS:
        if key.name == "extend":
            continue
        yield from _setting(settings, key.name, _plain(_value(settings, key.field)), console)
    told = f"{len(running)} rules: {' '.join(running)}"
    yield from wrap(told, console.width, subsequent_indent="  ", break_long_words=False)
    if not met:
        yield "excluded: a walk leaves this file out"


def _setting(settings: Settings, key: str, value: Any, console: Console) -> Iterator[str]:  # noqa: ANN401 # as `_plain`
    """Yield a key with its value and where that came from: on one line, or on several where it is long or mixed."""

    def sourced(text: str, origin: str) -> str:
        return f"{text}  {paint(f'# {origin or _DEFAULT}', 'faint', on=console.colour)}"

    told = json.dumps(value, ensure_ascii=False)
    entries = {
        each: json.dumps({each: value[each]} if isinstance(value, dict) else [each], ensure_ascii=False)[1:-1]
        for each in (value if isinstance(value, dict | list) else ())
    }
    origins = {each: settings.origin(key, each) for each in entries}
    shared = settings.origin(key) if not entries or len(set(origins.values())) > 1 else next(iter(origins.values()))
    if len(set(origins.values())) > 1:
        yield f"{key} = {told[0]}"
        yield from (sourced(f"  {text},", origins[each]) for each, text in entries.items())
        yield told[-1]
    elif entries and len(f"{key} = {told}") > console.width:
        yield sourced(f"{key} = {told[0]}", shared)
        yield from wrap(", ".join(entries.values()), console.width, initial_indent="  ", subsequent_indent="  ",
                        break_long_words=False, break_on_hyphens=False)  # fmt: skip
        yield told[-1]
    else:
        yield sourced(f"{key} = {told}", shared)


def _value(settings: Settings, field: str) -> object:
    return getattr(settings, field)


def _plain(value: object) -> Any:  # noqa: ANN401 # whatever JSON can hold
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return list(value) if isinstance(value, tuple) else value
