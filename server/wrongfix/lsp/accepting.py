"""Actions that silence a finding outside its document: the rule in the configuration, the finding in the baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from lsprotocol import types

from wrongfix import baseline, configuration, files, walk
from wrongfix.findings import Finding
from wrongfix.lsp import convert
from wrongfix.lsp.addresses import uri_of
from wrongfix.lsp.beginning import NEW_CONFIGURATION
from wrongfix.lsp.ignoring import ignoring
from wrongfix.lsp.names import BEGIN_FILE
from wrongfix.lsp.view import View
from wrongfix.text import Edit, Source, Span


def acceptances(view: View, findings: Sequence[Finding]) -> Iterator[types.CodeAction]:
    """Yield what silences the rule of some findings for the project, and the findings for now."""
    if view.document.path is None:
        return
    finding = findings[0]
    if does := _in_configuration(view, finding):
        yield _action(f"Silence {finding.name} in the configuration", does)
    if does := _in_baseline(view, findings):
        these = "this" if len(findings) == 1 else f"these {len(findings)}"
        yield _action(f"Silence {these} {finding.name} by the baseline", does)


def _action(title: str, does: types.WorkspaceEdit | types.Command) -> types.CodeAction:
    if isinstance(does, types.Command):
        does.title = title
        return types.CodeAction(title=title, kind=types.CodeActionKind.QuickFix, command=does)
    return types.CodeAction(title=title, kind=types.CodeActionKind.QuickFix, edit=does)


def _in_configuration(view: View, finding: Finding) -> types.WorkspaceEdit | types.Command | None:
    """Return what adds the rule to `ignore` of the closest configuration; a new file where there is none."""
    path = Path(view.configured) if view.configured else configuration.find(_folder(view))
    if path is None:
        return _created(view, _top(view) / NEW_CONFIGURATION, f'ignore = ["{finding.name}"]\n')
    source = _newest(view, path)
    edit = ignoring(path, source, finding)
    return _edited(view, path, source, edit) if edit is not None else None


def _in_baseline(view: View, findings: Sequence[Finding]) -> types.WorkspaceEdit | types.Command | None:
    """Return what adds findings to the baseline in force; a new file where there is none."""
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


def _created(view: View, path: Path, text: str) -> types.WorkspaceEdit | types.Command | None:
    """Return the edit that makes a file; for clients that make none the command by which the server does."""
    if path.exists():
        return None
    if view.client.creates_files and view.client.document_changes:
        return convert.new_file(str(path), text)
    return types.Command("", BEGIN_FILE, arguments=[uri_of(str(path)), text])


def _folder(view: View) -> Path:
    return Path(view.document.path or ".").parent


def _top(view: View) -> Path:
    folder, root = _folder(view), view.settings.root
    around = root if root and folder.is_relative_to(root) else None
    return Path(walk.repository_of(str(folder)) or around or view.folder or folder)
