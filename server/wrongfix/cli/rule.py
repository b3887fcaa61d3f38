"""Explain one rule by its code or name, or list all rules."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wrongfix.cli.check import add_terminal
from wrongfix.cli.console import CannotDoError, Console
from wrongfix.cli.pages import shown
from wrongfix.cli.project import Overrides, Project

if TYPE_CHECKING:
    from wrongfix.rule import Rule
    from wrongfix.rulebook import Rulebook

OPERANDS = "[CODE|NAME]"
EXAMPLE = """examples:
  wrongfix rule
  wrongfix rule wrong-fix
  wrongfix rule --test rules/our-rule.yaml"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's flags."""
    parser.add_argument("rule", nargs="?", metavar="CODE|NAME", help="the rule to explain (default: list all)")
    parser.add_argument("--output-format", choices=("text", "markdown", "json"), default="text", metavar="FORMAT",
                        help="text (default), markdown or json")  # fmt: skip
    parser.add_argument("--test", metavar="FILE", help="run the examples of a rule file")
    parser.add_argument("--config", metavar="FILE", help="use this configuration file, for own rules")
    parser.add_argument("--isolated", action="store_true", help="use no configuration file")
    add_terminal(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print a page or the list; with --test, 1 when an example does not hold."""
    if options.test:
        from wrongfix.cli.examples import run_examples  # noqa: PLC0415 # rarely asked for

        return run_examples(Path(options.test), console)
    project = Project(Overrides(config=options.config, isolated=options.isolated))
    rulebook = project.rulebook(project.settings(os.getcwd()))
    if options.rule is None:
        console.say(_list(rulebook, options.output_format, console))
        return 0
    rule = rulebook.named(options.rule)
    if rule is None:
        from wrongfix.settings_keys import nearest  # noqa: PLC0415 # needed only when something is wrong

        raise CannotDoError(f"unknown rule {options.rule!r}{nearest(options.rule, rulebook.by_name)}")
    from wrongfix import explain  # noqa: PLC0415 # beside its use

    if options.output_format == "json":
        console.say(json.dumps({**_data(rule, rulebook), "page": explain.page(rule, rulebook)}, indent=2) + "\n")
    elif options.output_format == "markdown":
        console.say(explain.page(rule, rulebook))
    else:
        console.say(shown(explain.page(rule, rulebook), width=console.width, colour=console.colour))
    return 0


def _list(rulebook: Rulebook, form: str, console: Console) -> str:
    from wrongfix import explain  # noqa: PLC0415 # beside its use

    if form == "json":
        return json.dumps([_data(rule, rulebook) for rule in rulebook.rules], indent=2) + "\n"
    if form == "markdown":
        return explain.index(rulebook)
    from wrongfix.report.paint import paint  # noqa: PLC0415 # beside its use

    lines = []
    for rule in sorted(rulebook.rules, key=lambda rule: rule.code):
        severity = rule.severity["default"]
        code = paint(rule.code, severity, on=console.colour)
        strict = " (strict)" if rule.profile == "strict" else ""
        lines.append(f"{code:<7} {severity:<7} {rule.name}{strict}\n")
    return "".join(lines)


def _data(rule: Rule, rulebook: Rulebook) -> dict[str, Any]:
    from wrongfix import explain  # noqa: PLC0415 # beside its use

    return {
        "code": rule.code,
        "name": rule.name,
        "summary": explain.summary(rule, rulebook),
        "severity": dict(rule.severity),
        "profile": rule.profile,
        "family": rule.family,
        "fixable": bool(rule.fixes),
    }
