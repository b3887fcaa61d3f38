"""What the client can do, read once from `initialize`; what it does not declare it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from attrs import fields
from lsprotocol import types

from wrongfix.lsp.ruler import UTF8, UTF16, UTF32, Ruler


@dataclass(frozen=True, slots=True)
class Client:
    """The abilities of a client that answers depend on."""

    ruler: Ruler
    pulls: bool = False
    """It asks for diagnostics, so none are pushed at it."""
    related: bool = False
    tags: bool = False
    code_links: bool = False
    data: bool = False
    document_changes: bool = False
    creates_files: bool = False
    renames_files: bool = False
    snippets: bool = False
    markdown: bool = False
    preferred: bool = False
    disabled: bool = False
    literals: bool = False
    shows_documents: bool = False
    symbol_tree: bool = False
    progress: bool = False
    configuration: bool = False
    watches: bool = False
    relative_patterns: bool = False
    tells_settings: bool = False
    refreshes_diagnostics: bool = False
    refreshes_hints: bool = False
    refreshes_lenses: bool = False
    takes_offers: frozenset[str] = frozenset()
    """The requests it may be offered after the beginning, by the names of its capabilities."""


def read(params: types.InitializeParams) -> Client:
    """Return what the client of an `initialize` request can do."""
    said = params.capabilities
    document, workspace, window = said.text_document, said.workspace, said.window
    diagnostics = document.diagnostic if document and document.diagnostic else None
    published = document.publish_diagnostics if document and document.publish_diagnostics else None
    telling: Any = diagnostics if diagnostics is not None and diagnostics.related_information is not None else published
    edits = workspace.workspace_edit if workspace else None
    resources = (edits.resource_operations or []) if edits else []
    return Client(
        ruler=Ruler(_encoding(said)),
        pulls=diagnostics is not None,
        related=_has(telling, "related_information"),
        tags=_has(telling, "tag_support"),
        code_links=_has(telling, "code_description_support"),
        data=_has(telling, "data_support"),
        document_changes=_has(edits, "document_changes"),
        creates_files=types.ResourceOperationKind.Create in resources,
        renames_files=types.ResourceOperationKind.Rename in resources,
        snippets=_has(document, "completion", "completion_item", "snippet_support"),
        markdown=_markdown(document),
        preferred=_has(document, "code_action", "is_preferred_support"),
        disabled=_has(document, "code_action", "disabled_support"),
        literals=_has(document, "code_action", "code_action_literal_support"),
        shows_documents=_has(window, "show_document", "support"),
        symbol_tree=_has(document, "document_symbol", "hierarchical_document_symbol_support"),
        progress=_has(window, "work_done_progress"),
        configuration=_has(workspace, "configuration"),
        watches=_has(workspace, "did_change_watched_files", "dynamic_registration"),
        relative_patterns=_has(workspace, "did_change_watched_files", "relative_pattern_support"),
        tells_settings=_has(workspace, "did_change_configuration", "dynamic_registration"),
        refreshes_diagnostics=_has(workspace, "diagnostics", "refresh_support"),
        refreshes_hints=_has(workspace, "inlay_hint", "refresh_support"),
        refreshes_lenses=_has(workspace, "code_lens", "refresh_support"),
        takes_offers=frozenset(
            field.name
            for part in (document, workspace)
            if part is not None
            for field in fields(type(part))
            if getattr(getattr(part, field.name), "dynamic_registration", False)
        ),
    )


def _encoding(said: types.ClientCapabilities) -> str:
    offered = said.general.position_encodings if said.general else None
    known = [str(getattr(each, "value", each)) for each in offered or ()]
    return next((each for each in known if each in (UTF8, UTF16, UTF32)), UTF16)


def _markdown(document: types.TextDocumentClientCapabilities | None) -> bool:
    formats = (document.hover.content_format or []) if document and document.hover else []
    return types.MarkupKind.Markdown in formats


def _has(said: Any, *path: str) -> bool:  # noqa: ANN401 # capabilities nest as the protocol has it
    for name in path:
        said = getattr(said, name, None)
        if said is None:
            return False
    return said is not False
