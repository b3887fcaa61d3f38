"""Actions that silence a finding: on its line or in its file; each is tried before it is offered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol import types

from wrongfix.findings import Finding
from wrongfix.lsp import convert
from wrongfix.lsp.trying import Trials
from wrongfix.lsp.view import View
from wrongfix.record.scalars import is_value
from wrongfix.text import Edit, Span

_REASON = "say why"
_ROW = re.compile(r"\s*(?:[-*+|>]|\d+[.)])")


def silencings(view: View, finding: Finding, trials: Trials) -> Iterator[types.CodeAction]:
    """Yield what silences a finding; every title begins with “Silence”. A comment cannot silence one about comments."""
    if view.rulebook.by_name[finding.code].concern == "directives":
        return
    for edit in _on_its_line(view, finding):
        if _is_silent(finding, edit, trials):
            yield _action(view, f"Silence {finding.name} on this line", edit)
            break
    for edit in _in_its_file(view, finding):
        if _is_silent(finding, edit, trials):
            yield _action(view, f"Silence {finding.name} in this file", edit)


def _action(view: View, title: str, edit: Edit) -> types.CodeAction:
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        edit=convert.document_edit(view.document, [edit], view.client),
    )


def _on_its_line(view: View, finding: Finding) -> Iterator[Edit]:
    """Yield the places for a directive, the one that disturbs least first."""
    source = view.source
    row = source.position(finding.span.start).row
    line = source.line(row)
    words = source.slice(line)
    lead = words[: len(words) - len(words.lstrip())]
    hash_ = f"# wrongfix: ignore[{finding.code}] {_REASON}"
    if _is_yaml(view, finding.span.start):
        record = next((each for each in view.records if each.span.covers(finding.span)), view.records[0])
        if not is_value(record, line.end):
            yield Edit(Span(line.end, line.end), f"  {hash_}")
        if not is_value(record, line.start):
            yield Edit(Span(line.start, line.start), f"{lead}{hash_}{source.line_end}")
        return
    above = source.slice(source.line(row - 1)).strip() if row else ""
    if not above and not _ROW.match(words):
        comment = f"<!-- wrongfix-disable-next-line {finding.code} -- {_REASON} -->"
        yield Edit(Span(line.start, line.start), f"{lead}{comment}{source.line_end}")
    yield Edit(Span(line.end, line.end), f" <!-- wrongfix-disable-line {finding.code} -- {_REASON} -->")


def _in_its_file(view: View, finding: Finding) -> Iterator[Edit]:
    """Yield the directive for a whole Markdown file, after its front matter; YAML has none."""
    source = view.source
    record = view.records[0]
    if record.format.startswith("yaml"):
        return
    at = 0
    if record.front_matter is not None:
        row = source.position(record.front_matter.end).row
        below = range(row, min(row + 2, len(source.line_starts)))
        fence = next((each for each in below if source.slice(source.line(each)).strip() in ("---", "...")), None)
        if fence is None:
            return
        at = source.line_starts[fence + 1] if fence + 1 < len(source.line_starts) else len(source.text)
    end = source.line_end
    yield Edit(Span(at, at), f"<!-- wrongfix-disable-file {finding.code} -- {_REASON} -->{end}{end}")


def _is_yaml(view: View, offset: int) -> bool:
    record = view.records[0]
    if record.format.startswith("yaml"):
        return True
    return record.front_matter is not None and record.front_matter.start <= offset < record.front_matter.end


def _is_silent(finding: Finding, edit: Edit, trials: Trials) -> bool:
    """Say whether the finding is gone after an edit, and nothing else has come."""
    trial = trials.of(finding, (edit,))
    return trial is not None and trial.clears(finding) and trial.adds_nothing
