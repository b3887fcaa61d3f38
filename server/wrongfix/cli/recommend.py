"""Say what fits some failures, in order, and why; --interactive asks what fails."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from wrongfix import explain
from wrongfix.cli.check import add_terminal
from wrongfix.cli.console import Console
from wrongfix.cli.pages import linked
from wrongfix.cli.project import Overrides, Project
from wrongfix.cli.terms import term_of
from wrongfix.fit import Fit
from wrongfix.report.paint import paint
from wrongfix.rulebook import Rulebook

OPERANDS = "[TAG ...]"
EXAMPLE = """examples:
  wrongfix recommend stale-knowledge missing-citations
  wrongfix recommend --interactive
  wrongfix recommend                   lists the failures there are"""

_SAID: Mapping[Fit, str] = {
    Fit.FIRST_FIX: "start with",
    Fit.ONCE_TRIED: "once that was tried",
    Fit.HELPS: "also helps",
    Fit.WRONG_FIX: "does not fix it",
    Fit.MAKES_WORSE: "makes it worse",
}
_WHY: Mapping[Fit, str] = {
    Fit.FIRST_FIX: "Why to start with {}:",
    Fit.WRONG_FIX: "Why {} does not fix it:",
    Fit.MAKES_WORSE: "Why {} makes it worse:",
}
_FOR: Mapping[Fit, str] = {
    Fit.FIRST_FIX: "the first fix of",
    Fit.ONCE_TRIED: "once the first fix was tried, for",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's flags."""
    parser.add_argument("tags", nargs="*", metavar="TAG", help="failures, by id or by another name they have")
    parser.add_argument("-i", "--interactive", action="store_true", help="ask what fails, then offer a record")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", metavar="FORMAT",
                        help="text (default) or json")  # fmt: skip
    add_terminal(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print what fits."""
    project = Project(Overrides())
    rulebook = project.rulebook(project.settings(os.getcwd()))
    if options.interactive:
        return _interview(options.tags, rulebook, project, console)
    if not options.tags:
        for term in rulebook.vocabulary.failures.values():
            console.say(f"{term.id:<28}{term.title}\n")
        return 0
    failures = resolved(options.tags, rulebook)
    if options.output_format == "json":
        told = {
            "failures": [_failure(failure, rulebook) for failure in failures],
            "approaches": [
                {"id": approach, "title": rulebook.vocabulary.approaches[approach].title, "serves": serves}
                for approach, serves in ordered(failures, rulebook)
            ],
        }
        console.say(json.dumps(told, indent=2) + "\n")
    else:
        console.say("".join(f"{line}\n" for line in _page(failures, rulebook, console)))
    return 0


def resolved(words: Sequence[str], rulebook: Rulebook) -> tuple[str, ...]:
    """Return the ids of failures by id or alias, each once. Raises CannotDoError for a word that is none."""
    return tuple(dict.fromkeys(term_of("failure", word, rulebook.vocabulary) for word in words))


def ordered(failures: Sequence[str], rulebook: Rulebook) -> list[tuple[str, dict[str, str]]]:
    """Return the approaches to take, in the order of the vocabulary, each with the failures it serves and how.

    First fixes, and what fits once those were tried. Measuring comes first: no fix is seen to work unmeasured.
    """
    matrix = rulebook.fit
    steps = []
    for approach in rulebook.vocabulary.approaches:
        serves = {
            failure: cell.fit.value
            for failure in failures
            if (cell := matrix.cell(failure, approach)) and cell.fit in (Fit.FIRST_FIX, Fit.ONCE_TRIED)
        }
        if serves or approach == matrix.measuring:
            steps.append((approach, serves))
    # what waits for another fix to be tried comes after all that does not
    return sorted(steps, key=lambda step: bool(step[1]) and Fit.FIRST_FIX not in step[1].values())


def _failure(failure: str, rulebook: Rulebook) -> dict[str, Any]:
    term = rulebook.vocabulary.failures[failure]
    fits = {fit.value: list(rulebook.fit.fitting(failure, fit)) for fit in Fit}
    return {"id": failure, "title": term.title, "definition": term.definition, "layer": term.group, **fits}


def _page(failures: Sequence[str], rulebook: Rulebook, console: Console) -> Iterator[str]:
    width = console.width
    for failure in failures:
        term = rulebook.vocabulary.failures[failure]
        yield paint(f"{failure} ({term.group})", "rule", on=console.colour)
        yield from wrap(term.definition, width, initial_indent="  ", subsequent_indent="  ")
        for fit, said in _SAID.items():
            fitting = rulebook.fit.fitting(failure, fit)
            if fitting:
                indent = " " * 23
                yield from wrap(f"{f'  {said}':<23}{', '.join(fitting)}", width, subsequent_indent=indent,
                                break_on_hyphens=False)  # fmt: skip
        for fit in (Fit.FIRST_FIX, Fit.WRONG_FIX, Fit.MAKES_WORSE):
            yield from _reasons(failure, fit, rulebook, width)
        yield ""
    yield paint("In this order", "rule", on=console.colour)
    for number, (approach, serves) in enumerate(ordered(failures, rulebook), 1):
        title = rulebook.vocabulary.approaches[approach].title
        why = "; ".join(f"{_FOR[Fit(fit)]} {failure}" for failure, fit in serves.items())
        against = [each for each in failures if _harms(rulebook, each, approach)]
        caution = f"; not for {', '.join(against)}" if against else ""
        said = f"{number}. {approach} ({title}): {why or 'so that the fix can be seen to work'}{caution}"
        yield from wrap(said, width, initial_indent="  ", subsequent_indent="     ", break_on_hyphens=False)


def _reasons(failure: str, fit: Fit, rulebook: Rulebook, width: int) -> Iterator[str]:
    """Yield the sources of the cells of one kind, and the notes beside them."""
    for approach in rulebook.fit.fitting(failure, fit):
        cell = rulebook.fit.cell(failure, approach)
        if cell is None or not (cell.sources or cell.note):
            continue
        yield f"  {_WHY[fit].format(approach)}"
        note = [explain.noted(cell.note, rulebook)] if cell.note else []
        for source in (*note, *explain.cited(cell.sources, rulebook)):
            yield from wrap(linked(source), width, initial_indent="    - ", subsequent_indent="      ",
                            break_on_hyphens=False, break_long_words=False)  # fmt: skip


def _harms(rulebook: Rulebook, failure: str, approach: str) -> bool:
    cell = rulebook.fit.cell(failure, approach)
    return cell is not None and not cell.fit.serves


def _interview(tags: Sequence[str], rulebook: Rulebook, project: Project, console: Console) -> int:
    questions = rulebook.vocabulary.data("questions")
    failures = list(resolved(tags, rulebook))
    for question in questions["questions"]:
        console.say("\n" + "\n".join(wrap(question["ask"], console.width)) + "\n")
        for number, answer in enumerate(question["answers"], 1):
            console.say(f"  {number}  {answer['says']}\n")
        failures += [question["answers"][index]["failure"] for index in _choices(len(question["answers"]), console)]
    found = tuple(dict.fromkeys(failures)) or (questions["otherwise"],)
    console.say("\n" + "".join(f"{line}\n" for line in _page(found, rulebook, console)))
    title = _asked("\nTitle of a new record (Enter for none): ", console)
    if title:
        from wrongfix.cli.new import write_record  # noqa: PLC0415 # beside its use
        from wrongfix.cli.workspace import habits_of, home_of  # noqa: PLC0415 # beside its use

        first = tuple(
            approach for approach, serves in ordered(found, rulebook) if Fit.FIRST_FIX.value in serves.values()
        )
        path = write_record(title, habits_of(home_of(os.getcwd(), project.settings, rulebook)), found, first, rulebook)
        console.say(f"{os.path.relpath(path)}\n")
    return 0


def _choices(most: int, console: Console) -> list[int]:
    while True:
        words = _asked("which are true (numbers, Enter for none): ", console).replace(",", " ").split()
        if all(word.isdecimal() and len(word) < 5 and 1 <= int(word) <= most for word in words):
            return [int(word) - 1 for word in words]
        console.say(f"numbers from 1 to {most}, please\n")


def _asked(question: str, console: Console) -> str:
    console.say(question)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        console.say("\n")
    return line.strip()
