"""Begin a record from a template: numbered, dated, in the format of the project."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template
from textwrap import indent

from wrongfix import files, packing, walk
from wrongfix.cli.check import add_terminal
from wrongfix.cli.console import CannotDoError, Console
from wrongfix.cli.project import Overrides, Project
from wrongfix.cli.terms import term_of
from wrongfix.cli.workspace import Habits, habits_of, home_of, slug
from wrongfix.frozen import replace
from wrongfix.rulebook import Rulebook
from wrongfix.vocabulary import Term

OPERANDS = "TITLE"
EXAMPLE = """examples:
  wrongfix new "Answer from the current price list"
  wrongfix new --format yaml --failure stale-knowledge "Current prices\""""

TEMPLATES: Mapping[str, str] = {"madr": "madr.md", "nygard": "nygard.md", "yaml": "record.yaml"}
"""The formats a record can begin in, each with its template in `rules/templates/`."""

_QUESTION = "failing-question"
"""The block of a record that does not say what fails."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's flags."""
    parser.add_argument("title", metavar="TITLE", help="what is decided")
    parser.add_argument("--format", choices=tuple(TEMPLATES), metavar="FORMAT",
                        help=f"{', '.join(TEMPLATES)} (default: as the other records)")  # fmt: skip
    parser.add_argument("--folder", metavar="DIR", help="where to (default: where the records are)")
    parser.add_argument("--failure", action="append", default=[], metavar="TAG", help="what fails (repeatable)")
    parser.add_argument("--approach", action="append", default=[], metavar="ID", help="what is chosen (repeatable)")
    add_terminal(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the record and print its path."""
    here = os.getcwd()
    project = Project(Overrides())
    settings = project.settings(here)
    rulebook = project.rulebook(settings)
    failures = [term_of("failure", word, rulebook.vocabulary) for word in options.failure]
    chosen = [term_of("approach", word, rulebook.vocabulary) for word in options.approach]
    habits = habits_of(Path(options.folder).absolute() if options.folder else home_of(here, project.settings, rulebook))
    if options.format:
        habits = replace(habits, format=options.format)
    path = write_record(options.title, habits, failures, chosen, rulebook)
    console.say(f"{os.path.relpath(path)}\n")
    if not walk.would_meet(str(path), project.settings):
        console.note("it is left out when a folder is checked: the configuration or an ignore file says so")
    return 0


def write_record(
    title: str, habits: Habits, failures: Sequence[str], chosen: Sequence[str], rulebook: Rulebook
) -> Path:
    """Write a new record, never over another one, and return its path. Raises CannotDoError."""
    title = " ".join(title.split())
    if not title:
        raise CannotDoError("a record needs a title")
    suffix = Path(TEMPLATES[habits.format]).suffix
    name = f"{habits.lead}-{slug(title)}{suffix}"
    path = habits.folder / name
    try:
        habits.folder.mkdir(parents=True, exist_ok=True)
        files.created(str(path), record_text(title, habits, failures, chosen, rulebook).encode("utf-8", "replace"))
    except files.WriteError as error:
        raise CannotDoError(f"{path}: not written: {error}") from None
    except OSError as error:
        raise CannotDoError(f"{habits.folder}: the folder cannot be made: {error.strerror or error}") from None
    return path


def record_text(title: str, habits: Habits, failures: Sequence[str], chosen: Sequence[str], rulebook: Rulebook) -> str:
    """Return a new record: a draft while a failure waits for a choice; without a failure it asks for one."""
    template = Template((packing.folder() / "templates" / TEMPLATES[habits.format]).read_text(encoding="utf-8"))
    stated = f"failure-tags: [{', '.join(failures)}]" if failures else "# failure-tags: [stale-knowledge]"
    chose = f"approach: [{', '.join(chosen)}]" if chosen else "# approach: [rag]"
    hint = "What goes wrong, in the words of those who see it, with an example."
    status = "draft" if failures and not chosen else "proposed"
    block = rulebook.blocks[_QUESTION] if chosen and not failures else {"title": "", "text": ""}
    approaches = rulebook.vocabulary.approaches
    asked = indent(block["text"], "  ")
    text = template.substitute(
        title=title,
        quoted_title=json.dumps(title, ensure_ascii=False),
        number="" if habits.dated else f"{habits.next_number}. ",
        status=status.capitalize() if habits.format == "nygard" else status,
        date=date.today().isoformat(),  # noqa: DTZ011 # the date on the author's calendar
        tags=f"{stated}\n{chose}",
        problem="What goes wrong?" if habits.format == "yaml" else f"<!-- {hint} -->",
        body_failures=f"\nFailure tags: {', '.join(failures)}\n" if failures else "",
        body_approach="".join(f"\nWe will use {_said(approaches[each])}.\n" for each in chosen),
        question=f"\n## {block['title']}\n\n{block['text']}" if asked else "",
        yaml_question=f"{_QUESTION}: |\n{asked}" if asked else "",
        options="".join(f"* {each}\n" for each in chosen),
        yaml_options=f"[{', '.join(chosen)}]",
        decision="Not decided yet." if habits.format == "yaml" else "",
    )
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def _said(approach: Term) -> str:
    """Return an approach as it stands within a sentence."""
    title = approach.title
    return approach.said or (title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}")
