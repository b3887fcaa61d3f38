"""Completion of whole records in a document that is still empty, in the format the workspace uses."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from lsprotocol import types

from wrongfix.lsp.view import View
from wrongfix.text import Span

_TITLE = "What is decided"
_BEGUN = re.compile(r"\s*[\w-]{0,20}\s*")
_ESCAPED = re.compile(r"([\\$}])")


def whole_records(view: View, offset: int) -> list[types.CompletionItem]:
    """Return a record for each format that goes with the language, the workspace's first; none once text is there."""
    text = view.source.text
    if not _BEGUN.fullmatch(text):
        return []
    from wrongfix.cli.new import TEMPLATES, record_text  # noqa: PLC0415 # only an empty document needs it
    from wrongfix.cli.workspace import habits_of  # noqa: PLC0415 # as above

    path = Path(view.document.path) if view.document.path else Path("record")
    habits = habits_of(path.parent)
    own = re.match(r"\D*?(\d{1,8})", path.name)
    if own is not None and not habits.dated:
        habits = replace(habits, next_number=int(own[1]))
    fitting = [name for name, file in TEMPLATES.items() if (Path(file).suffix == ".yaml") == _is_yaml(view)]
    word = text.strip()
    items: list[types.CompletionItem] = []
    for name in sorted(fitting, key=lambda each: each != habits.format):
        label = f"record-{name}"
        if not label.startswith(word) and not name.startswith(word):
            continue
        written = record_text(_TITLE, replace(habits, format=name), (), (), view.rulebook)
        if view.client.snippets:
            written = _ESCAPED.sub(r"\\\1", written).replace(_TITLE, f"${{1:{_TITLE}}}") + "$0"
        items.append(
            types.CompletionItem(
                label=label,
                kind=types.CompletionItemKind.Snippet,
                detail=f"a whole record in the format {name}",
                filter_text=label if label.startswith(word) else name,
                sort_text=f"{len(items):04}",
                insert_text_format=types.InsertTextFormat.Snippet if view.client.snippets else None,
                text_edit=types.TextEdit(view.range(Span(offset - len(text[:offset].lstrip()), offset)), written),
            )
        )
    return items


def _is_yaml(view: View) -> bool:
    return view.document.language == "yaml"
