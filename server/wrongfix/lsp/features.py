"""The requests the server answers: one table of method, switch and answer, wired to the protocol in one way.

An answer that fails is logged and becomes an empty one; the modules that answer are imported when first asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from wrongfix.lsp.client import Client
from wrongfix.lsp.options import Options

if TYPE_CHECKING:
    from wrongfix.lsp.session import Session


@dataclass(frozen=True, slots=True)
class Feature:
    """One request: `switch` is the option that turns it off, `answer` the module and function that answer it.

    With `waits`, the answer is made from the newest text; without, from what is known when it is asked for.
    """

    method: str
    switch: str
    answer: str
    options: Any = None
    waits: bool = True


FEATURES = (
    Feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        "code_actions",
        "actions:answer",
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, f"{types.CodeActionKind.SourceFixAll.value}.wrongfix"]
        ),
    ),
)
"""Requests about one document."""


def register(server: LanguageServer, session: Callable[[], Session], client: Client, options: Options) -> None:
    """Offer what is not switched off; pulling is offered to those who pull."""
    for feature in FEATURES:
        if options.on(feature.switch) or feature.switch == "code_lens":
            _register(server, session, feature)
    if client.pulls and options.diagnostics:
        _register_pulling(server, session)


def _register(server: LanguageServer, session: Callable[[], Session], feature: Feature) -> None:
    async def handle(params: Any) -> Any:  # noqa: ANN401 # each method has its own types
        now = session()
        if not now.options.on(feature.switch):
            return None
        view = await now.view(params.text_document.uri, waits=feature.waits)
        if view is None:
            return None
        try:
            return _answer(feature.answer)(view, params)
        except Exception as error:  # noqa: BLE001 # one answer that fails must not end the conversation
            now.log.failure(error, f"answering {feature.method}", view.document, view.settings)
            return None

    server.feature(feature.method, feature.options)(handle)


def _register_pulling(server: LanguageServer, session: Callable[[], Session]) -> None:
    async def pull(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        return await session().pulled(params.text_document.uri, params.previous_result_id)

    server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="wrongfix"),
    )(pull)


def _answer(name: str) -> Callable[[Any, Any], Any]:
    module, _, function = name.partition(":")
    found: Callable[[Any, Any], Any] = getattr(import_module(f"wrongfix.lsp.{module}"), function)
    return found
