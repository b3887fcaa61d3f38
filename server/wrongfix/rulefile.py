"""Reading one rule file of a team's own: its form is checked and errors name file, line and remedy; nothing is run."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from string import Formatter
from typing import Any

from wrongfix.conditions import KINDS, ConditionError, compile_condition
from wrongfix.findings import Severity

LARGEST = 1_000_000
"""Bytes of a rule file."""
DEPTH = 50
"""How deep the YAML of a rule file may nest."""
PROFILES = ("default", "strict")
NEEDS = ("no", "unless-misfit", "always")
CONCERNS = ("content", "tags", "record", "directives")
REQUIRED = ("code", "name", "summary", "severity", "when", "message", "why", "sources", "examples")
OPTIONAL = (
    *("profile", "default-statuses", "concern", "needs-stated", "eased-when"),
    *("replaces", "fixes", "options", "silence", "tags"),
)

TEXTS = ("code", "name", "summary", "message", "why")
LISTS = ("default-statuses", "replaces", "tags")
FIX_ARGUMENTS: Mapping[str, tuple[type, ...]] = {
    "replace": (str, list),
    "add": (str, list),
    "drop": (str, bool),
    "rename": (str,),
    "choose": (str,),
    "retag": (list,),
    "insert": (str,),
    "reorder": (str, bool),
    "remove-directive": (str,),
    "suggest": (str,),
}
"""What each kind of fix takes: text, or a list of texts."""


class RuleError(ValueError):
    """A rule file that cannot be used; `path` and `line` (from 1) say where, the words say what to do."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line


def read_rule(path: Path) -> Mapping[str, Any]:
    """Return the content of one rule file after checking it. Raises RuleError or OSError."""
    import yaml  # noqa: PLC0415 # packed rules need no YAML

    data = path.read_bytes()
    if len(data) > LARGEST:
        raise RuleError(str(path), 1, f"larger than {LARGEST} bytes, which no rule file is")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(str(path), data.count(b"\n", 0, error.start) + 1, "not UTF-8 text") from None
    try:
        _refuse_bombs(path, text)
        content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 # safe
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise RuleError(str(path), mark.line + 1 if mark else 1, f"not valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise RuleError(str(path), 1, "a rule file holds a mapping that begins with `code:`")
    if problem := next(_problems(content), None):
        key, message = problem
        raise RuleError(str(path), _line_of(text, key), message)
    return content


def _refuse_bombs(path: Path, text: str) -> None:
    """Raise RuleError where YAML nests or repeats more than a rule file needs: the loader knows no bounds."""
    import yaml  # noqa: PLC0415 # as in read_rule

    depth = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            raise RuleError(str(path), _line(event), f"nests more than {DEPTH} levels deep")
        if isinstance(event, yaml.AliasEvent):
            raise RuleError(str(path), _line(event), "a rule file uses no aliases: write the value out")


def _line(event: Any) -> int:  # noqa: ANN401 # an event of the YAML library, imported late
    return event.start_mark.line + 1 if event.start_mark is not None else 1


def _problems(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield key and message for everything wrong with a rule file."""
    known = (*REQUIRED, *OPTIONAL)
    for key in content:
        if key not in known:
            yield str(key), f"unknown key {key!r}{_did_you_mean(str(key), known)}"
    for key in REQUIRED:
        if key not in content:
            yield "code", f"the key {key!r} is missing: every rule has one"
    code, name = str(content.get("code", "")), str(content.get("name", ""))
    if not (code[:-3].isalpha() and code.isupper() and code[-3:].isdigit()):
        yield "code", f"{code!r} is no code: write capital letters and three digits, such as OWN001"
    if not name or name != name.lower() or not all(part.isalnum() for part in name.split("-")):
        yield "name", f"{name!r} is no name: write lower-case words joined by hyphens that name the fault"
    yield from _choice(content, "profile", PROFILES)
    yield from _choice(content, "concern", CONCERNS)
    yield from _choice(content, "needs-stated", NEEDS)
    severities = content.get("severity")
    for word in severities.values() if isinstance(severities, dict) else [severities]:
        if not isinstance(word, str) or word not in list(Severity):
            yield "severity", f"{word!r} is no severity: use {', '.join(Severity)}"
    if isinstance(severities, dict) and "default" not in severities:
        yield "severity", "severity by status needs a `default`"
    yield from _wrong_shapes(content)
    yield from _wrong_words(content)


def _wrong_shapes(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in TEXTS:
        if key in content and not isinstance(content[key], str):
            yield key, f"{key} is a text, not {content[key]!r}: put it into quotes"
    for key in LISTS:
        if key in content and not _is_texts(content[key]):
            yield key, f"{key} is a list of words"
    fixes = content.get("fixes", [])
    if not isinstance(fixes, list) or not all(isinstance(each, dict) for each in fixes):
        yield "fixes", 'fixes is a list of mappings, such as `- suggest: "Measure first"`'
        return
    for kind, argument in (pair for each in fixes for pair in each.items()):
        if kind not in FIX_ARGUMENTS:
            yield "fixes", f"unknown kind of fix {kind!r}{_did_you_mean(str(kind), FIX_ARGUMENTS)}"
        elif not isinstance(argument, FIX_ARGUMENTS[kind]) or (isinstance(argument, list) and not _is_texts(argument)):
            yield "fixes", f"the fix {kind!r} does not take {argument!r}"
        elif isinstance(argument, str) and (wrong := _wrong_slots(argument)):
            yield "fixes", wrong


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _wrong_slots(text: str) -> str | None:
    """Return what is wrong with the slots of a text, if anything is."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        return f"the slots are wrong ({error}): write {{approach}} and the like"
    odd = next(
        (
            name
            for _, name, form, turned in parts
            if name is not None and (form or turned or not name.replace("-", "").isalpha())
        ),
        None,
    )
    return None if odd is None else f"{{{odd}}} is no slot: write {{approach}} and the like"


def _wrong_words(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("when", "eased-when"):
        if key not in content and key != "when":
            continue
        try:
            compile_condition(content.get(key))
        except (ConditionError, ValueError, KeyError, TypeError, AttributeError) as error:
            words = str(error).split("'")
            hint = _did_you_mean(words[1], KINDS) if len(words) > 1 else ""
            yield key, f"{error}{hint}"
    if wrong := _wrong_slots(str(content.get("message", ""))):
        yield "message", f"in the message {wrong}"


def _choice(content: Mapping[str, Any], key: str, known: Sequence[str]) -> Iterator[tuple[str, str]]:
    if key in content and content[key] not in known:
        yield key, f"{content[key]!r} is no {key}: use {', '.join(known)}"


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _line_of(text: str, key: str) -> int:
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)
