"""Findings reach every client, at the right columns, for the right version."""

from __future__ import annotations

import pytest

from lsp.editor import CLIENTS

MISFIT = """---
status: proposed
failure-tags: [stale-knowledge]
approach: [fine-tuning]
---
# Keep tariffs current
"""


@pytest.mark.parametrize("client", CLIENTS)
async def test_a_misfit_typed_is_seen_fixed_and_gone(start, client):
    """Every recorded client sees a misfit as it is typed, at its words, and sees it gone after the quick fix."""
    editor = await start(client)
    uri = editor.open("0001-tariffs.md", MISFIT.replace("fine-tuning", "rag"))
    assert await editor.diagnostics(uri) == []
    editor.replace(uri, MISFIT.index("fine"), MISFIT.index("fine") + 3, "")
    editor.type(uri, "]\n---", "fine-tuning")
    found = await editor.diagnostics(uri)
    assert [editor.words(uri, each.range) for each in found] == ["fine-tuning"]
    actions = await editor.actions(uri, found[0].range)
    assert actions[0].edit is not None
    editor.apply(actions[0].edit)
    assert await editor.diagnostics(uri) == []
    assert "approach: [rag]" in editor.texts[uri]
