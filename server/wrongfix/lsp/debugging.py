"""What a report of a fault needs: versions, what is set, and a digest of each open text, never the text itself."""

from __future__ import annotations

import platform
import sys
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from wrongfix import __version__
from wrongfix.lsp.client import Client
from wrongfix.lsp.documents import Documents
from wrongfix.lsp.options import Options
from wrongfix.lsp.projects import Projects
from wrongfix.lsp.workspace import Workspace


def greeting() -> str:
    """Return which server this is and what it runs on."""
    return f"wrongfix {__version__}, Python {platform.python_version()}, {sys.executable}"


def information(
    client: Client, options: Options, documents: Documents, projects: Projects, workspace: Workspace
) -> dict[str, Any]:
    """Return the state of a conversation."""
    return {
        "server": greeting(),
        "encoding": client.ruler.encoding,
        "pulls": client.pulls,
        "options": asdict(options),
        "folders": workspace.folders,
        "records": len(workspace.index),
        "configuration": sorted(projects.read_from),
        "faults": {path: fault.message for path, fault in dict(projects.faults).items()},
        "documents": [
            {
                "uri": each.uri,
                "version": each.version,
                "characters": len(each.source.text),
                "sha256": sha256(each.source.text.encode("utf-8", "surrogatepass")).hexdigest(),
            }
            for each in documents
        ],
    }
