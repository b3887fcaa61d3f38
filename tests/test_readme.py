from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n\$ wrongfix (.*)\n((?:.*\n)*?)```", README)
LINKS = re.findall(r"\]\((?!https?:)([^)#]+)", README)


@pytest.mark.parametrize(("command", "output"), SESSIONS, ids=[command for command, _ in SESSIONS])
def test_what_the_readme_shows_is_what_the_program_says(command, output):
    """Each terminal excerpt is the program's own output."""
    done = subprocess.run(
        [sys.executable, "-m", "wrongfix", *shlex.split(command), "--no-cache", "--color", "never"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.rstrip("\n") == output.rstrip("\n")


def test_there_is_an_excerpt():
    """The README shows what the program does."""
    assert SESSIONS


@pytest.mark.parametrize("target", LINKS)
def test_the_readme_links_to_what_is_there(target):
    """No link of the README leads nowhere."""
    assert (ROOT / target).exists()
