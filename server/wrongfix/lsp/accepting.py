"""Actions that silence a finding outside its document: the rule in the configuration, the finding in the baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from lsprotocol import types

from wrongfix import baseline, configuration, files, tomltext, walk
from wrongfix.findings import Finding
from wrongfix.lsp import convert
from wrongfix.lsp.view import View
from wrongfix.settings import SettingsError
from wrongfix.text import Edit, Source, Span, apply


def acceptances(view: View, findings: Sequence[Finding]) -> Iterator[types.CodeAction]:
    """Yield what silences the rule of some findings for the project, and the findings for now."""
    if view.document.path is None:
        return
    finding = findings[0]
    if edit := _in_configuration(view, finding):
        yield _action(f"Silence {finding.name} in the configuration", edit)
    if edit := _in_baseline(view, findings):
        these = "this" if len(findings) == 1 else f"these {len(findings)}"
        yield _action(f"Silence {these} {finding.name} by the baseline", edit)


def _action(title: str, edit: types.WorkspaceEdit) -> types.CodeAction:
    return types.CodeAction(title=title, kind=types.CodeActionKind.QuickFix, edit=edit)


def _in_configuration(view: View, finding: Finding) -> types.WorkspaceEdit | None:
    """Return the edit that adds the rule to `ignore` of the closest configuration; a new file where there is none."""
    path = Path(view.configured) if view.configured else configuration.find(_folder(view))
    if path is None:
        new = _top(view) / configuration.FILE_NAMES[1]
        return _created(view, new, f'ignore = ["{finding.name}"]\n')
    source = _newest(view, path)
    edit = _ignoring(path, source, finding.name)
    if edit is None:
        return None
    try:
        changed = {str(path): apply(source.text, [edit])}
        settings = configuration.read(path, configuration.Sources(changed.get))
    except SettingsError:
        return None
    if settings.runs(finding.code, finding.name, by_profile=True):
        return None
    return _edited(view, path, source, edit)


def _ignoring(path: Path, source: Source, name: str) -> Edit | None:
    table = configuration.TABLE_OF_PYPROJECT if path.name == configuration.FILE_NAMES[-1] else ()
    places = tomltext.keys(source)
    key = places.get((*table, "ignore"))
    if key is None:
        header = places.get(table) if table else None
        row = source.position(header.end).row + 1 if header is not None else 0
        at = source.line_starts[row] if row < len(source.line_starts) else len(source.text)
        lead = source.line_end if at and source.text[at - 1] not in "\r\n" else ""
        return Edit(Span(at, at), f'{lead}ignore = ["{name}"]{source.line_end}')
    bracket = source.text.find("[", key.end)
    if bracket < 0:
        return None
    empty = source.text[bracket + 1 :].lstrip().startswith("]")
    return Edit(Span(bracket + 1, bracket + 1), f'"{name}"' if empty else f'"{name}", ')


def _in_baseline(view: View, findings: Sequence[Finding]) -> types.WorkspaceEdit | None:
    """Return the edit that adds findings to the baseline in force; a new file where there is none."""
    path = baseline.find(view.settings.baseline, _folder(view), _top(view))
    there = path is not None and path.is_file()
    path = path or _top(view) / baseline.FILE_NAME
    name = baseline.name_in(path, view.document.path or "")
    try:
        entries = baseline.read(path) if there else Counter()
    except baseline.BaselineError:
        return None
    entries.update(baseline.accepted(finding, name) for finding in findings)
    if not there:
        return _created(view, path, baseline.text(entries))
    source = _newest(view, path)
    return _edited(view, path, source, Edit(Span(0, len(source.text)), baseline.text(entries)))


def _newest(view: View, path: Path) -> Source:
    """Return the text of a file as it stands in the editor, else on disk."""
    document = view.newest(str(path))
    return document.source if document else files.read(str(path), str(path)).source


def _edited(view: View, path: Path, source: Source, edit: Edit) -> types.WorkspaceEdit:
    document = view.newest(str(path))
    if document is not None:
        return convert.document_edit(document, [edit], view.client)
    return convert.file_edit(str(path), source, [edit], view.client)


def _created(view: View, path: Path, text: str) -> types.WorkspaceEdit | None:
    """Return the edit that makes a file, for clients that make files."""
    if not view.client.creates_files or not view.client.document_changes or path.exists():
        return None
    return convert.new_file(str(path), text)


def _folder(view: View) -> Path:
    return Path(view.document.path or ".").parent


def _top(view: View) -> Path:
    folder, root = _folder(view), view.settings.root
    around = root if root and folder.is_relative_to(root) else None
    return Path(walk.repository_of(str(folder)) or around or view.folder or folder)
