"""The requests the server answers: one table of method, switch and answer, wired to the protocol in one way.

An answer that fails is logged and becomes an empty one; the modules that answer are imported when first asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInternalError
from pygls.lsp.server import LanguageServer

from wrongfix.lsp.client import Client
from wrongfix.lsp.names import FIX_ALL
from wrongfix.lsp.options import Options

if TYPE_CHECKING:
    from wrongfix.lsp.session import Session
    from wrongfix.lsp.view import View


@dataclass(frozen=True, slots=True)
class Feature:
    """One request: `switch` is the option that turns it off, `answer` the module and function that answer it.

    With `waits`, the answer is made from the newest text; without, from what is known when it is asked for.
    With `indexed`, it comes when the workspace has been read; with `aside`, it is made beside the conversation.
    """

    method: str
    switch: str
    answer: str
    options: Any = None
    waits: bool = True
    indexed: bool = False
    aside: bool = False


_FAILED = "internal error; the log has the details"

FEATURES = (
    Feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        "code_actions",
        "actions:answer",
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
        aside=True,
    ),
    Feature(types.TEXT_DOCUMENT_HOVER, "hover", "hover:answer"),
    Feature(
        types.TEXT_DOCUMENT_COMPLETION,
        "completion",
        "completion:answer",
        types.CompletionOptions(trigger_characters=["[", ",", ":", " ", "(", "-", "/"]),
        waits=False,
    ),
    Feature(types.TEXT_DOCUMENT_INLAY_HINT, "inlay_hints", "hints:answer"),
    Feature(types.TEXT_DOCUMENT_CODE_LENS, "code_lens", "lenses:answer"),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, "document_symbols", "symbols:of_document"),
    Feature(types.TEXT_DOCUMENT_DEFINITION, "navigation", "navigation:definition", indexed=True),
    Feature(types.TEXT_DOCUMENT_REFERENCES, "navigation", "navigation:references", indexed=True),
    Feature(
        types.TEXT_DOCUMENT_RENAME,
        "rename",
        "renaming:rename",
        types.RenameOptions(prepare_provider=True),
        indexed=True,
    ),
    Feature(types.TEXT_DOCUMENT_PREPARE_RENAME, "rename", "renaming:prepare", indexed=True),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, "document_links", "links:answer", indexed=True),
    Feature(types.TEXT_DOCUMENT_FOLDING_RANGE, "folding", "folding:answer"),
)
"""Requests about one document."""
_CAPABILITIES = {
    types.TEXT_DOCUMENT_CODE_ACTION: "code_action",
    types.TEXT_DOCUMENT_HOVER: "hover",
    types.TEXT_DOCUMENT_COMPLETION: "completion",
    types.TEXT_DOCUMENT_INLAY_HINT: "inlay_hint",
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: "document_symbol",
    types.TEXT_DOCUMENT_DEFINITION: "definition",
    types.TEXT_DOCUMENT_REFERENCES: "references",
    types.TEXT_DOCUMENT_RENAME: "rename",
    types.TEXT_DOCUMENT_DOCUMENT_LINK: "document_link",
    types.TEXT_DOCUMENT_FOLDING_RANGE: "folding_range",
    types.TEXT_DOCUMENT_DIAGNOSTIC: "diagnostic",
    types.WORKSPACE_SYMBOL: "symbol",
}
"""What a client calls its side of a request; one that is part of another, as preparing a rename is, has none."""


def register(server: LanguageServer, session: Callable[[], Session], client: Client, options: Options) -> None:
    """Offer what is not switched off; pulling is offered to those who pull."""
    for feature in FEATURES:
        if options.on(feature.switch) or feature.switch == "code_lens":
            _register(server, session, feature)
    if options.workspace_symbols:
        _register_workspace_symbols(server, session)
    if client.pulls and options.diagnostics:
        _register_pulling(server, session, options)


def register_later(
    server: LanguageServer, session: Callable[[], Session], client: Client, options: Options
) -> list[types.Registration]:
    """Answer from now on what was switched off at the beginning and is not any more; return the offers to send.

    A client that takes no offers after the beginning gets none, and its requests are answered all the same.
    """
    known = server.protocol.fm.features
    before = set(known)
    for feature in FEATURES:
        if options.on(feature.switch) and feature.method not in known:
            _register(server, session, feature)
    if options.workspace_symbols and types.WORKSPACE_SYMBOL not in known:
        _register_workspace_symbols(server, session)
    if client.pulls and options.diagnostics:
        _register_pulling(server, session, options)
    return [
        types.Registration(f"wrongfix-{method}", method, server.protocol.fm.feature_options.get(method))
        for method in known
        if method not in before and _CAPABILITIES.get(method) in client.takes_offers
    ]


def _register(server: LanguageServer, session: Callable[[], Session], feature: Feature) -> None:
    async def handle(params: Any) -> Any:  # noqa: ANN401 # each method has its own types
        now = session()
        if not now.options.on(feature.switch):
            return None
        if feature.indexed:
            await now.views.indexed()
        view = await now.views.of(params.text_document.uri, waits=feature.waits)
        if view is None:
            return None
        answer = partial(_answer(feature.answer), view, params)
        with now.log.contained(f"answering {feature.method}", view.document, view.settings):
            return await _beside(answer, now, view) if feature.aside else answer()

    server.feature(feature.method, feature.options)(handle)


async def _beside(answer: Callable[[], Any], session: Session, view: View) -> Any:  # noqa: ANN401 # as above
    """Make an answer beside the checks; when it is cancelled, it need not be finished."""
    try:
        return await session.checks.beside(answer)
    except asyncio.CancelledError:
        view.left.set()
        raise


def _register_pulling(server: LanguageServer, session: Callable[[], Session], options: Options) -> None:
    async def pull(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        now, uri = session(), params.text_document.uri
        with now.log.contained(f"answering {types.TEXT_DOCUMENT_DIAGNOSTIC}", now.documents.get(uri)):
            return await now.pulled(uri, params.previous_result_id)
        raise JsonRpcInternalError(_FAILED)  # an empty list would take the last good one off the screen

    async def pull_all(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        now = session()
        with now.log.contained(f"answering {types.WORKSPACE_DIAGNOSTIC}"):
            return await now.pulled_all({each.uri: each.value for each in params.previous_result_ids})
        raise JsonRpcInternalError(_FAILED)

    known, whole = server.protocol.fm.features, options.workspace_diagnostics
    if types.TEXT_DOCUMENT_DIAGNOSTIC not in known:
        server.feature(
            types.TEXT_DOCUMENT_DIAGNOSTIC,
            types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=whole, identifier="wrongfix"),
        )(pull)
    if whole and types.WORKSPACE_DIAGNOSTIC not in known:
        server.feature(types.WORKSPACE_DIAGNOSTIC)(pull_all)


def _register_workspace_symbols(server: LanguageServer, session: Callable[[], Session]) -> None:
    async def find(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        now = session()
        found: list[types.WorkspaceSymbol] = []
        if now.options.workspace_symbols:
            await now.views.indexed()
            with now.log.contained(f"answering {types.WORKSPACE_SYMBOL}"):
                found = _answer("symbols:of_workspace")(now.workspace.index, params.query, now.client)
        return found

    server.feature(types.WORKSPACE_SYMBOL)(find)


def _answer(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"wrongfix.lsp.{module}"), function)
    return found
