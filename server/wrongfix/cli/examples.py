"""Running the examples of a rule file: the marks must be where the rule points, and a good text must be clean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wrongfix.cli.console import CannotDoError, Console
from wrongfix.engine import check
from wrongfix.findings import Finding
from wrongfix.frozen import replace
from wrongfix.packing import folder
from wrongfix.rulebook import Rulebook, load
from wrongfix.rulefile import RuleError, read_rule
from wrongfix.settings import Settings
from wrongfix.text import Source, Span, apply


def run_examples(path: Path, console: Console) -> int:
    """Run the examples of a file and say which do not hold; 1 when one does not."""
    try:
        content = read_rule(path)
        shipped = path.resolve().parent == folder().resolve()
        rulebook = load(own_rules=() if shipped else (path,))
    except RuleError as error:
        raise CannotDoError(str(error)) from None
    except OSError as error:
        raise CannotDoError(f"{error.filename or path}: the rule file cannot be read: {error.strerror}") from None
    wrong = 0
    for number, example in enumerate(content["examples"], 1):
        for problem in problems(example, content["code"], rulebook):
            wrong += 1
            console.say(f"{path}: example {number}: {problem}\n")
    console.note(f"{len(content['examples'])} examples, {wrong or 'no'} problem{'' if wrong == 1 else 's'}")
    return int(wrong > 0)


def problems(example: Mapping[str, Any], code: str, rulebook: Rulebook) -> Iterator[str]:
    """Yield what does not hold of one example."""
    kind = next((kind for kind in ("bad", "good", "todo") if kind in example), None)
    if kind is None:
        yield "it has neither `bad` nor `good`"
        return
    text, marks = unmarked(example[kind])
    source = Source(str(example.get("name", "record.md")), text)
    settings = Settings(profile=example.get("profile", "default"), extend_select=(code,))
    found = [finding for finding in check(source, rulebook, settings) if finding.code == code]
    places = sorted({finding.span for finding in found})
    if kind == "bad" and places != marks:
        yield f"marked is {_quoted(text, marks)}, found is {_quoted(text, places)}"
    elif kind == "good" and places:
        yield f"it is good, and found is {_quoted(text, places)}"
    elif kind == "todo" and places == marks:
        yield "it is found now: make it `bad`"
    if "fixed" in example and found:
        yield from _wrong_fix(example["fixed"], source, found, rulebook, settings)


def unmarked(text: str) -> tuple[str, list[Span]]:
    """Return a text without its marks, and the spans they enclose."""
    parts: list[str] = []
    spans: list[Span] = []
    length = start = 0
    for part in text.replace("«", "\0«").replace("»", "\0»").split("\0"):
        if part.startswith("«"):
            start = length
        elif part.startswith("»"):
            spans.append(Span(start, length))
        words = part.lstrip("«»")
        parts.append(words)
        length += len(words)
    return "".join(parts), sorted(spans)


def _wrong_fix(
    fixed: str, source: Source, found: list[Finding], rulebook: Rulebook, settings: Settings
) -> Iterator[str]:
    edits = next((fix.edits for fix in found[0].fixes if fix.edits), None)
    if edits is None:
        yield "it says what is fixed, and the rule offers no fix"
        return
    after = apply(source.text, edits)
    if after.rstrip() != fixed.rstrip():
        yield f"the first fix makes:\n{after}"
    code = found[0].code
    again = [each for each in check(replace(source, text=after), rulebook, settings) if each.code == code]
    if len(again) >= len(found):
        yield "the first fix does not clear the finding"


def _quoted(text: str, spans: list[Span]) -> str:
    return ", ".join(repr(text[span.start : span.end]) for span in spans) or "nothing"
