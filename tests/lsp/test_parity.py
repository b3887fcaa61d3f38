"""The editor and the command line say the same of the same file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = os.environ.get("WRONGFIX_CORPUS")
"""A folder of records to compare on as well."""


def records_in(folder):
    """Return the files below a folder that may hold records."""
    return [path for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".yaml", ".yml") and path.is_file()]


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
    """Compare both on some files of a folder; return what the server says.

    A file named to the command line is checked whatever it is; in the editor only a record is. What a walk finds, the
    editor must find.
    """
    names = [str(path.relative_to(folder)) for path in paths]
    editor = await start("emacs30", folder, encodings=["utf-32"])
    said = await by_server(editor, folder, names)
    named, walked = by_command_line(folder, names), by_command_line(folder, ["."])
    for name in names:
        here = [each for each in said if each[0] == name]
        if here:
            assert here == [each for each in named if each[0] == name]
        else:
            assert [each for each in walked if each[0] == name] == []
    return said


async def test_editor_and_command_line_agree_on_the_projects_records(start):
    """Every record among the tests and the project's own decisions gets the same findings in both."""
    paths = [*records_in(ROOT / "tests" / "records"), *records_in(ROOT / "docs" / "decisions")]
    assert len(paths) > 20
    for folder in {path.parent for path in paths}:
        await compared(start, folder, [path for path in paths if path.parent == folder])


@pytest.mark.corpus
@pytest.mark.skipif(CORPUS is None, reason="WRONGFIX_CORPUS names no folder of records")
async def test_editor_and_command_line_agree_on_a_corpus(start):
    """The same, on real records that are no part of the project."""
    folder = Path(CORPUS or "")
    assert await compared(start, folder, records_in(folder))
