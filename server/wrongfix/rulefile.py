"""Reading one rule file of a team's own: its form is checked and errors name file, line and remedy; nothing is run."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from string import Formatter
from typing import Any

from wrongfix.conditions import KINDS, ConditionError, compile_condition
from wrongfix.findings import Severity

PROFILES = ("default", "strict")
NEEDS = ("no", "unless-misfit", "always")
CONCERNS = ("content", "tags", "record", "directives")
REQUIRED = ("code", "name", "summary", "severity", "when", "message", "why", "sources", "examples")
OPTIONAL = (
    *("profile", "default-statuses", "concern", "needs-stated", "eased-when"),
    *("replaces", "fixes", "options", "silence", "tags"),
)


class RuleError(ValueError):
    """A rule file that cannot be used; `path` and `line` (from 1) say where, the words say what to do."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line


def read_rule(path: Path) -> Mapping[str, Any]:
    """Return the content of one rule file after checking it. Raises RuleError or OSError."""
    import yaml  # noqa: PLC0415 # packed rules need no YAML

    text = path.read_text(encoding="utf-8")
    try:
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


def _problems(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield key and message for everything wrong with a rule file."""
    known = (*REQUIRED, *OPTIONAL)
    for key in content:
        if key not in known:
            yield key, f"unknown key {key!r}{_did_you_mean(key, known)}"
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
        if word not in list(Severity):
            yield "severity", f"{word!r} is no severity: use {', '.join(Severity)}"
    if isinstance(severities, dict) and "default" not in severities:
        yield "severity", "severity by status needs a `default`"
    yield from _wrong_words(content)


def _wrong_words(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("when", "eased-when"):
        if key not in content and key != "when":
            continue
        try:
            compile_condition(content.get(key))
        except (ConditionError, ValueError, KeyError) as error:
            words = str(error).split("'")
            hint = _did_you_mean(words[1], KINDS) if len(words) > 1 else ""
            yield key, f"{error}{hint}"
    try:
        list(Formatter().parse(str(content.get("message", ""))))
    except ValueError as error:
        yield "message", f"the message's slots are wrong ({error}): write {{approach}} and the like"


def _choice(content: Mapping[str, Any], key: str, known: Sequence[str]) -> Iterator[tuple[str, str]]:
    if key in content and content[key] not in known:
        yield key, f"{content[key]!r} is no {key}: use {', '.join(known)}"


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _line_of(text: str, key: str) -> int:
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)
