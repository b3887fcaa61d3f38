"""What the user sets in the editor: capabilities, a configuration file, the log; what makes no sense is passed over.

Rules are configured in the project, where the command line sees them too; nothing here changes a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

SECTION = "wrongfix"
"""The section of the editor's settings."""
LEVELS = ("error", "warning", "info", "debug", "off")


@dataclass(frozen=True, slots=True)
class Options:
    """The editor's settings; every key may be left out."""

    diagnostics: bool = True
    workspace_diagnostics: bool = True
    code_actions: bool = True
    silence_actions: bool = True
    hover: bool = True
    completion: bool = True
    inlay_hints: bool = True
    code_lens: bool = False
    document_symbols: bool = True
    workspace_symbols: bool = True
    navigation: bool = True
    rename: bool = True
    document_links: bool = True
    folding: bool = True
    run: str = "onType"
    """`onType` or `onSave`."""
    configuration: str | None = None
    """A configuration file to use in place of the closest, by its path from the workspace folder."""
    log_level: str = "warning"

    def on(self, feature: str) -> bool:
        """Say whether a capability, by its field's name, is switched on."""
        return bool(getattr(self, feature))


CHOICES: Mapping[str, tuple[str, ...]] = {"run": ("onType", "onSave"), "log_level": LEVELS}


def read(said: Any, before: Options | None = None) -> Options:  # noqa: ANN401 # whatever the client sends
    """Return the options a client sends: flat or under `wrongfix`, `inlayHints` or `inlay-hints`, `true` or `{enable}`.

    What has the wrong shape is passed over; `before` holds for what is not sent.
    """
    options = before or Options()
    if not isinstance(said, Mapping):
        return options
    if isinstance(said.get(SECTION), Mapping):
        said = said[SECTION]
    sent = {_folded(str(key).removeprefix(f"{SECTION}.").removesuffix(".enable")): said[key] for key in said}
    for field in fields(Options):
        value = sent.get(_folded(field.name))
        if isinstance(value, Mapping) and isinstance(value.get("enable"), bool):
            value = value["enable"]
        if _fits(field.name, getattr(Options(), field.name), value):
            taken: dict[str, Any] = {field.name: value}
            options = replace(options, **taken)
    return options


def _fits(name: str, default: object, value: object) -> bool:
    if isinstance(default, bool):
        return isinstance(value, bool)
    if name in CHOICES:
        return value in CHOICES[name]
    return isinstance(value, str) and bool(value)


def _folded(key: str) -> str:
    return key.replace("-", "").replace("_", "").lower()
