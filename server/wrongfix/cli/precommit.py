"""The entry for pre-commit and its place in a configuration of any layout; it reads and writes no file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wrongfix.text import Edit, Source, Span, apply

_HOOK = (
    ("id", "wrongfix"),
    ("name", "wrongfix"),
    ("entry", "wrongfix check --force-exclude --fail-on error"),
    ("language", "system"),
    ("types_or", "[markdown, yaml]"),
    ("verbose", "true"),
)
_Node = Any
"""A node of PyYAML, whose types leave out what nodes hold."""
_SAID = "# Checks the records of a commit with the installed wrongfix; only errors stop it."


def configuration() -> str:
    """Return a whole configuration of pre-commit."""
    return "\n".join(("repos:", *_entry(2, 2), ""))


def has_entry(text: str) -> bool:
    """Say whether a configuration runs wrongfix already; nothing else that names it counts."""
    read = _read(text)
    repositories = read.get("repos") if isinstance(read, dict) else None
    for each in repositories if isinstance(repositories, list) else ():
        hooks = each.get("hooks") if isinstance(each, dict) else None
        for hook in hooks if isinstance(hooks, list) else ():
            if isinstance(hook, dict) and "wrongfix" in f"{hook.get('id')} {hook.get('entry')}":
                return True
    return False


def with_entry(source: Source) -> str | None:
    """Return a configuration with one more repository and nothing else changed; nothing where that cannot be done."""
    if (edits := _edits(source)) is None:
        return None
    after = apply(source.text, edits)
    return after if _appended(source.text, after) else None


def shown(source: Source) -> str:
    """Return the entry as somebody can copy it into a configuration that nothing was written to."""
    node = _value(_root(source.text))
    if node is None:
        return configuration()
    return f"{_flow()}\n" if node.id == "sequence" and node.flow_style else "\n".join((*_entry(2, 2), ""))


def _edits(source: Source) -> list[Edit] | None:
    """Return the edits that put the entry behind the other repositories, in their layout."""
    root = _root(source.text)
    if (node := _value(root)) is not None and root is not None:
        return _behind(source, node, root)
    if _read(source.text) is not None and (root is None or root.id != "mapping" or root.flow_style):
        return None
    at = _end(source.text, root) if root is not None else len(source.text)
    return [_lines(source, at, ["repos:", *_entry(2, 2)])]


def _behind(source: Source, node: _Node, root: _Node) -> list[Edit] | None:
    """Return the edits that put the entry behind the repositories of a list, or where a list is to be."""
    start, end = node.start_mark.index, node.end_mark.index
    if node.id == "scalar" and not node.value:
        return [_lines(source, end, _entry(2, 2))]
    if node.id != "sequence":
        return None
    if node.flow_style and (node.value or root.flow_style):
        return [Edit(Span(end - 1, end - 1), f"{', ' if node.value else ''}{_flow()}")]
    if node.flow_style:
        return [Edit(Span(start, end), ""), _lines(source, end, _entry(2, 2))]
    column = node.start_mark.column
    return [_lines(source, _end(source.text, node), _entry(column, node.value[-1].start_mark.column - column))]


def _entry(column: int, width: int) -> Iterator[str]:
    """Yield the lines of the entry, its dash in a column and as many characters wide as the others'."""
    inner = " " * (column + width)
    # lists stand as far in as the list of repositories does
    hook = inner + " " * min(column, 2)
    dash = f"-{' ' * (width - 1)}"
    yield f"{' ' * column}{_SAID}"
    yield f"{' ' * column}{dash}repo: local"
    yield f"{inner}hooks:"
    for number, (key, value) in enumerate(_HOOK):
        yield f"{hook}{' ' * width if number else dash}{key}: {value}"


def _flow() -> str:
    hook = ", ".join(f"{key}: {value}" for key, value in _HOOK)
    return f"{{repo: local, hooks: [{{{hook}}}]}}"


def _lines(source: Source, at: int, lines: list[str] | Iterator[str]) -> Edit:
    """Return the edit that writes lines after the one that a place is in."""
    text, end = source.text, source.line_end
    stop = text.find("\n", at)
    stop = len(text) if stop < 0 else stop
    while stop > 0 and text[stop - 1] in "\r\n":
        stop -= 1
    told = end.join(lines)
    return Edit(Span(stop, stop), f"{end if stop else ''}{told}{'' if text[stop:] else end}")


def _end(text: str, node: _Node) -> int:
    """Return where the last thing in a node ends: the node itself reaches over the comments behind it."""
    while node.id != "scalar" and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    at: int = node.end_mark.index
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _value(root: _Node | None) -> _Node | None:
    """Return what stands under `repos`."""
    pairs = root.value if root is not None and root.id == "mapping" else ()
    return next((value for key, value in pairs if key.value == "repos"), None)


def _root(text: str) -> _Node | None:
    import yaml  # noqa: PLC0415 # rarely asked for

    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None


def _read(text: str) -> Any:  # noqa: ANN401 # whatever YAML can hold
    """Return what a text holds; an error where it is no YAML, and so equal to nothing."""
    import yaml  # noqa: PLC0415 # rarely asked for

    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return error


def _appended(before: str, after: str) -> bool:
    """Say whether a text is another one with one more repository and nothing else changed."""
    old, new = _read(before), _read(after)
    old = {} if old is None else old
    if not isinstance(old, dict) or not isinstance(new, dict) or not isinstance(new.get("repos"), list):
        return False
    return new["repos"][:-1] == (old.get("repos") or []) and {**new, "repos": 0} == {**old, "repos": 0}
