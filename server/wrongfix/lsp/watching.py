"""News of files on disk: which the client is asked for, and what a changed file is to us."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from wrongfix import baseline
from wrongfix.lsp.client import Client
from wrongfix.walk import IGNORE_FILES, SUFFIXES

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer

    from wrongfix.lsp.projects import Projects


async def register(server: LanguageServer, client: Client) -> None:
    """Ask for news of configuration, rule and record files, and of settings, where a client takes such wishes."""
    wishes = []
    if client.watches:
        endings = (".toml", *SUFFIXES)  # configuration may extend a file of any name
        names = ",".join((baseline.FILE_NAME, *IGNORE_FILES, *(f"*{ending}" for ending in endings)))
        watchers = [types.FileSystemWatcher(f"**/{{{names}}}")]
        wishes.append(
            types.Registration(
                "wrongfix-files",
                types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                types.DidChangeWatchedFilesRegistrationOptions(watchers),
            )
        )
    if client.tells_settings:
        wishes.append(types.Registration("wrongfix-settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION))
    if wishes:
        with suppress(JsonRpcException):
            await server.client_register_capability_async(types.RegistrationParams(wishes))


def configures(path: str, projects: Projects) -> bool:
    """Say whether settings or rules may be read from a file; configuration may extend one of any name."""
    name = Path(path).name
    return name.endswith(".toml") or name in (baseline.FILE_NAME, *IGNORE_FILES) or path in projects.read_from
