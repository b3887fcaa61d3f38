"""Show what is read out of each record, with the places it was read from."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from wrongfix import walk
from wrongfix.cli.check import add_selection, add_terminal, overrides
from wrongfix.cli.checking import Checking, likeness_of, name_of
from wrongfix.cli.console import CannotDoError, Console
from wrongfix.cli.project import Project
from wrongfix.evidence.model import Approach, Attempt, Evidence, Fact, Failure
from wrongfix.files import read
from wrongfix.findings import Likeness
from wrongfix.record.model import Record, Text
from wrongfix.report.jsonform import locations
from wrongfix.report.model import place
from wrongfix.report.paint import paint
from wrongfix.report.plain import as_text, plain
from wrongfix.text import Source, Span

OPERANDS = "PATH ..."
EXAMPLE = """examples:
  wrongfix inspect docs/decisions/0007-answers.md
  wrongfix inspect --output-format json docs/decisions"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's flags."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", metavar="FORMAT",
                        help="text (default) or json")  # fmt: skip
    add_selection(parser)
    add_terminal(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print what was read; the status is 0 whatever it is."""
    if missing := walk.unreachable(options.paths):
        raise CannotDoError("\nwrongfix: ".join(missing))
    checking = Checking(Project(overrides(options)))
    told = list(_evidence(options.paths, checking))
    if options.output_format == "json":
        console.say(json.dumps([as_data(evidence) for evidence in told], indent=2) + "\n")
    else:
        console.say("\n".join(_page(evidence, console) for evidence in told))
    if not told:
        console.note(f"no records found in {', '.join(options.paths)}")
    return 0


def _evidence(paths: list[str], checking: Checking) -> Iterator[Evidence]:
    for found in walk.find(paths, checking.project.settings):
        document = read(found.path, name_of(found.path))
        settings = checking.project.settings(os.path.dirname(found.path))
        examination = checking.examine(document, settings)
        if (
            found.named
            or walk.included(found.path, settings)
            or likeness_of(examination, document, checking.project.rulebook(settings).vocabulary) is Likeness.LOOKS
        ):
            yield from examination.evidence


def as_data(evidence: Evidence) -> dict[str, Any]:
    """Return what was read out of one record as plain data; lists about content are empty when it is out of scope."""
    record = evidence.record
    source = record.source
    scoped = evidence.in_scope
    return {
        "filename": as_text(source.name),
        "format": record.format,
        "title": record.title.value if record.title else None,
        "status": record.status.value if record.status else None,
        "in_scope": scoped,
        "failures": [_mention(source, failure) for failure in evidence.failures if scoped],
        "approaches": [_mention(source, approach) for approach in evidence.approaches if scoped],
        "sections": [
            {"role": section.role, "title": section.title, **_start(source, section.heading)}
            for section in record.sections
        ],
        "problems": [
            {"kind": problem.kind, "message": problem.message, **locations(source, problem.span)}
            for problem in record.problems
        ],
        "number": record.number.value if record.number else None,
        "date": record.date.value if record.date else None,
        "language": record.language,
        "options": [
            {
                "name": option.name.value,
                "mark": option.mark.value if option.mark else None,
                **locations(source, option.name.span),
            }
            for option in record.options
        ],
        "chosen": [_text(source, text) for text in chosen(record)],
        "mentions": [{**_mention(source, each), "mode": each.mode.value} for each in evidence.mentions if scoped],
        "tried": [_attempt(source, each) for each in evidence.tried],
        "ruled_out": [_attempt(source, each) for each in evidence.ruled_out],
        "out_of_scope": [_attempt(source, each) for each in evidence.out_of_scope],
        "facts": {name: [_fact(source, fact) for fact in facts] for name, facts in evidence.facts.items()},
    }


def chosen(record: Record) -> Iterator[Text]:
    """Yield the names of what the record chose, as far as its form sets them apart; each place once."""
    seen: set[Span] = set()
    for choice in record.choices:
        names = [record.options[index].name for index in choice.options] or ([choice.name] if choice.name else [])
        for name in names or [Text(record.words(choice.span), choice.span)]:
            if name.span not in seen:
                seen.add(name.span)
                yield name


def _mention(source: Source, each: Failure | Approach) -> dict[str, Any]:
    stance = {"stance": each.stance.value} if isinstance(each, Approach) else {}
    mode = {"mode": each.mode.value} if isinstance(each, Failure) else {}
    return {
        "id": each.id,
        **stance,
        "confidence": each.confidence.value,
        **mode,
        "text": source.slice(each.span),
        **locations(source, each.span),
    }


def _attempt(source: Source, each: Attempt) -> dict[str, Any]:
    return {"id": each.id, "result": each.result, **locations(source, each.span)}


def _fact(source: Source, fact: Fact) -> dict[str, Any]:
    return {"value": fact.value, "text": source.slice(fact.span), **locations(source, fact.span)}


def _text(source: Source, text: Text) -> dict[str, Any]:
    return {"text": text.value, **locations(source, text.span)}


def _start(source: Source, span: Span) -> dict[str, Any]:
    return {"location": locations(source, span)["location"]}


def _page(evidence: Evidence, console: Console) -> str:
    room = console.width - 13
    record = evidence.record
    source = record.source
    lines = [paint(plain(source.name), "place", on=console.colour)]

    def add(label: str, *words: str) -> None:
        for number, each in enumerate(words):
            folded = wrap(plain(each), room, subsequent_indent=" " * 6, break_on_hyphens=False) or [""]
            lines.extend(f"  {'' if number or more else label:<11}{line}" for more, line in enumerate(folded))

    def short(words: str, before: int) -> str:
        words = " ".join(words.split())
        return words if len(words) <= room - before else f"{words[: room - before - 1]}…"

    def mention(each: Failure | Approach, how: str) -> str:
        told = f"{_row(source, each.span):>4}  {each.id:<22} {how:<12} {each.confidence:<9} "
        return f"{told}{short(source.slice(each.span), min(len(told), room - 8))}"

    add("format", record.format + ("" if evidence.in_scope else "; out of scope: no decision about an AI system"))
    add("title", record.title.value if record.title else "none found")
    add("status", record.status.value if record.status else "none found, counts as proposed")
    if record.date:
        add("date", record.date.value)
    if evidence.in_scope:
        add("failures", *(mention(each, each.mode.value) for each in evidence.failures))
        add("approaches", *(mention(each, each.stance.value) for each in evidence.approaches))
        add("mentions", *(mention(each, each.mode.value) for each in evidence.mentions))
    add("chosen", *(f"{_row(source, each.span):>4}  {short(each.value, 6)}" for each in chosen(record)))
    add("options", *(f"{_row(source, each.name.span):>4}  {short(each.name.value, 6)}" for each in record.options))
    add(
        "tried",
        *(
            f"{_row(source, each.span):>4}  {each.id}  {short(each.result, 8 + len(each.id))}"
            for each in evidence.tried
        ),
    )
    add(
        "ruled out",
        *(
            f"{_row(source, each.span):>4}  {each.id}  {short(each.result, 8 + len(each.id))}"
            for each in evidence.ruled_out
        ),
    )
    add("sections", *(f"{_row(source, each.heading):>4}  {each.role or '-':<13}{short(each.title, 19)}"
                      for each in record.sections))  # fmt: skip
    add("facts", *(f"{_row(source, fact.span):>4}  {name:<20} {short(str(fact.value), 7 + max(20, len(name)))}"
                   for name, facts in evidence.facts.items() for fact in facts))  # fmt: skip
    add("problems", *(f"{_row(source, each.span):>4}  {each.message}" for each in record.problems))
    return "".join(f"{line}\n" for line in lines)


def _row(source: Source, span: Span) -> int:
    return place(source, span).row
