"""The editor and the command line say the same of the same file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECORDS = [path for folder in ("tests/records", "docs/decisions") for path in sorted((ROOT / folder).rglob("*"))]
CORPUS = os.environ.get("WRONGFIX_CORPUS")
"""A folder of records to compare on as well."""


def by_command_line(folder, names):
    """Return what `wrongfix check` says of some files: file, code, place in characters, message."""
    command = [Path(sys.executable).with_name("wrongfix"), "check", "--no-cache", "--output-format", "json", *names]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    return sorted(
        (each["filename"], each["code"], *each["location"].values(), *each["end_location"].values(), each["message"])
        for each in json.loads(done.stdout)["findings"]
    )


async def by_server(editor, folder, names):
    """Return what the server says of the same files, opened one after the other."""
    found = []
    for name in names:
        text = (folder / name).read_bytes().decode("utf-8-sig", "replace")
        uri = editor.open(name, text, "markdown" if name.endswith((".md", ".markdown")) else "yaml")
        for each in await editor.diagnostics(uri):
            start, end = each.range.start, each.range.end
            place = (start.line + 1, start.character + 1, end.line + 1, end.character + 1)
            found.append((name, each.code, *place, each.message))
        editor.close(uri)
    return sorted(found)


async def compared(start, folder, paths):
    """Compare both on some files of a folder; what is no record in the editor is not compared."""
    names = [str(path.relative_to(folder)) for path in paths]
    editor = await start("emacs30", folder, encodings=["utf-32"])
    said = await by_server(editor, folder, names)
    wanted = by_command_line(folder, names)
    ours = {name for name, *_ in said}
    assert said == [each for each in wanted if each[0] in ours]
    walked = by_command_line(folder, ["."])
    assert {each[0] for each in walked} <= ours | {name for name, *_ in walked if name not in names}
    return said


async def test_editor_and_command_line_agree_on_the_projects_records(start):
    """Every record among the tests and the project's own decisions gets the same findings in both."""
    paths = [path for path in RECORDS if path.suffix in (".md", ".yaml", ".yml") and path.is_file()]
    assert len(paths) > 20
    for folder in {path.parent for path in paths}:
        await compared(start, folder, [path for path in paths if path.parent == folder])


@pytest.mark.corpus
@pytest.mark.skipif(CORPUS is None, reason="WRONGFIX_CORPUS names no folder of records")
async def test_editor_and_command_line_agree_on_a_corpus(start):
    """The same, on real records that are no part of the project."""
    folder = Path(CORPUS or "")
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".yaml", ".yml") and path.is_file()]
    assert await compared(start, folder, paths)
