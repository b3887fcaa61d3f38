"""Globs as Git has them, matched in time that grows with the length of a path alone; it reads no file.

`pathspec` translates a glob into a regular expression that tries every way to share a name between its stars, which
takes for ever on `*a*a*a*b`. A star that is not the last of its name takes the first place where what follows fits, and
never another: that finds a match wherever there is one.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

_LONGEST = 4_096
"""Characters of a glob; no path is longer, so that a longer glob is passed over."""
_MOST = 5_000
"""Globs of one folder; what stands after them is passed over."""
_ANY, _NAME, _LEADING, _BETWEEN = "[^/]*", "[^/]", "(?:.+/)?", "(?:/.+)?"
_TOKEN = re.compile(
    r"\(\?:\.\+/\)\?|\(\?:/\.\+\)\?"  # folders, before a name or between two
    r"|\(\?:\(\?P<\w+>/\)\|\$\)|\(\?P<\w+>/\)"  # the end
    r"|\[\^/\][*+]?|\\.|\[\^?\]?[^\]]*\]|.",  # stars and question marks, signs, sets of signs
    re.DOTALL,
)

_SPECIAL, _ESCAPED = re.compile(r"([\\*?\[\]])"), r"\\\1"


class WrongGlobError(ValueError):
    """The text is no glob."""


class _Glob(GitIgnoreSpecPattern):
    """A glob that never tries twice."""

    __slots__ = ()

    @classmethod
    def pattern_to_regex(cls, pattern: str) -> tuple[str | None, bool | None]:  # type: ignore[override] # texts alone
        """Return the regular expression of a glob, and whether it includes; nothing for what is no glob."""
        try:
            expression, include = super().pattern_to_regex(pattern)
            if expression is None:
                return None, None
            expression = _linear(expression)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", FutureWarning)  # of sets within sets, which no glob has
                re.compile(expression)
        except (ValueError, re.error, RecursionError, OverflowError):
            return None, None
        return expression, include


def spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """Return what a list of globs matches; lines that are no globs are passed over, as Git does."""
    return GitIgnoreSpec.from_lines(list(islice(_usable(lines), _MOST)), _Glob)


def verify(glob: str) -> None:
    """Raise WrongGlobError for a text that matches nothing because it is no glob."""
    if len(glob) > _LONGEST:
        raise WrongGlobError(f"longer than {_LONGEST} characters")
    if glob.strip() and not glob.startswith("#") and _Glob.pattern_to_regex(glob)[0] is None:
        raise WrongGlobError("no glob")


def from_above(glob: str, folder: str) -> str:
    """Return the glob that matches from above a folder what this one matches from within it.

    A name without a folder matches everywhere, and so stays as it is.
    """
    sign, words = ("!", glob[1:]) if glob.startswith("!") else ("", glob)
    if words.startswith(("#", "**/")) or "/" not in words.rstrip().rstrip("/"):
        return glob
    return f"{sign}/{_SPECIAL.sub(_ESCAPED, folder)}/{words.lstrip('/')}"


def _usable(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in lines if line.strip() and line[0] != "#" and len(line) <= _LONGEST)


def _linear(expression: str) -> str:
    """Return an expression that matches the same paths and leaves no choice but for the last of its stars."""
    tokens = _TOKEN.findall(expression)
    groups = _split(tokens, (_LEADING, _BETWEEN))
    if len(groups) < 3 and expression.count(_ANY) < 2:
        return expression
    told = ["".join(map(_of_name, _names(groups[0][1])))]
    for number, (before, group) in enumerate(groups[1:], 2):
        words = "".join(map(_of_name, _names(group)))
        folders = "(?:[^/]+/)*?" if before == _LEADING else "(?:/[^/]+)*?"
        told.append(f"{folders}{words}" if number == len(groups) else f"(?>{folders}{words}(?=/))")
    return "".join(told)


def _split(tokens: list[str], at: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """Return the tokens between some others, each stretch with the one before it."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for token in tokens:
        if token in at:
            found.append((token, []))
        else:
            found[-1][1].append(token)
    return found


def _names(tokens: list[str]) -> list[list[str]]:
    """Return the tokens of each name, with what parts it from the one before."""
    found: list[list[str]] = [[]]
    for token in tokens:
        if token.endswith("/") or token.startswith("(?"):
            found.append([])
        found[-1].append(token)
    return found


def _of_name(tokens: list[str]) -> str:
    """Return the expression of one name, in which each star but the last takes the first place that fits."""
    first, *pieces = _split([_within(token) for token in tokens], (_ANY,))
    told = "".join(first[1])
    for _, piece in pieces[:-1]:
        if piece:
            told += f"(?>{_ANY}?{''.join(piece)})"
    return told + (f"{_ANY}{''.join(pieces[-1][1])}" if pieces else "")


def _within(token: str) -> str:
    """Return a set of characters without the slash: no name holds one."""
    return f"(?!/){token}" if token[0] == "[" and len(token) > 1 and not token.startswith(_NAME) else token
