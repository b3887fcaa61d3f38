"""News of files on disk: which the client is asked for, and what a changed file is to us."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from wrongfix import baseline
from wrongfix.lsp.addresses import uri_of
from wrongfix.lsp.client import Client
from wrongfix.walk import IGNORE_FILES, SUFFIXES

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer

    from wrongfix.lsp.projects import Projects

_ENDINGS = (".toml", *SUFFIXES)
"""Configuration may extend a file of any name."""
_NAMES = (baseline.FILE_NAME, *IGNORE_FILES)
_FILES = types.WORKSPACE_DID_CHANGE_WATCHED_FILES


class Watch:
    """What a client was asked to tell of."""

    def __init__(self, server: LanguageServer, client: Client, folders: Callable[[], Sequence[str]]) -> None:
        self._server = server
        self._client = client
        self._folders = folders
        self._more: list[str] = []
        self._asked = 0
        """How many times other files were asked for; nothing is asked for before the first files are."""
        self._begun = False

    async def begin(self) -> None:
        """Ask for news of configuration, rule and record files, and of settings, where a client takes such wishes."""
        wishes = []
        self._begun = True
        if self._client.watches:
            names = ",".join((*_NAMES, *(f"*{ending}" for ending in _ENDINGS)))
            wishes.append(_wish("wrongfix-files", [types.FileSystemWatcher(f"**/{{{names}}}")]))
        if self._client.tells_settings:
            wishes.append(types.Registration("wrongfix-settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION))
        await self._register(wishes)

    async def also(self, paths: Iterable[str]) -> None:
        """Ask for news of files with names of their own, or above the folders, in place of such asked for before."""
        more = sorted(path for path in paths if not self._is_told(path))
        if not self._begun or not self._client.watches or more == self._more:
            return
        before, self._more = self._more, more
        watchers = [watcher for path in more for watcher in self._watchers(path)]
        number, self._asked = self._asked, self._asked + 1
        await self._register([_wish(f"wrongfix-files-{self._asked}", watchers)] if watchers else [])
        if any(True for path in before for _ in self._watchers(path)):
            gone = types.UnregistrationParams([types.Unregistration(f"wrongfix-files-{number}", _FILES)])
            with suppress(JsonRpcException):
                await self._server.client_unregister_capability_async(gone)

    def _is_told(self, path: str) -> bool:
        return self._is_inside(path) and (path.endswith(_ENDINGS) or Path(path).name in _NAMES)

    def _is_inside(self, path: str) -> bool:
        return any(Path(path).is_relative_to(folder) for folder in self._folders())

    def _watchers(self, path: str) -> Iterable[types.FileSystemWatcher]:
        """Return the watcher of one file; none above the folders for a client that watches its folders alone."""
        if self._client.relative_patterns:
            return [types.FileSystemWatcher(types.RelativePattern(uri_of(str(Path(path).parent)), Path(path).name))]
        return [types.FileSystemWatcher(f"**/{Path(path).name}")] if self._is_inside(path) else []

    async def _register(self, wishes: list[types.Registration]) -> None:
        if wishes:
            with suppress(JsonRpcException):
                await self._server.client_register_capability_async(types.RegistrationParams(wishes))


def configures(path: str, projects: Projects) -> bool:
    """Say whether settings or rules may be read from a file; configuration may extend one of any name."""
    return path.endswith(".toml") or Path(path).name in _NAMES or projects.configures(path)


def _wish(name: str, watchers: list[types.FileSystemWatcher]) -> types.Registration:
    return types.Registration(name, _FILES, types.DidChangeWatchedFilesRegistrationOptions(watchers))
