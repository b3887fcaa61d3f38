"""Starting the installed command, and records to start it on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = str(Path(sys.executable).with_name("wrongfix"))

WRONG = """\
---
status: proposed
failure-tags: [stale-knowledge]
approach: [fine-tuning]
---
# Learn the fees by heart

## Decision

The fees go into the weights.
"""
"""A record with one error, whose fix is unsafe."""
CLEAN = (
    WRONG.replace("[fine-tuning]", "[rag]")
    .replace("[stale-knowledge]", "[missing-citations, stale-knowledge]")
    .replace("go into the weights", "are looked up")
)
"""A record without findings."""
MISSPELT = CLEAN.replace("stale-knowledge", "stale-knowlege")
"""A record with one warning, whose fix is safe."""


def wrongfix(
    *arguments: str, cwd: Path, stdin: str | bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, with a cache of its own, and return what it said."""
    home = cwd.parent / f"{cwd.name}-home"
    variables = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    variables |= {"XDG_CACHE_HOME": str(home), "COLUMNS": "80"} | environment
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [PROGRAM, *arguments], check=False, cwd=cwd, input=data, env=variables, capture_output=True, timeout=60
    )
    out, err = (stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def write(folder: Path, **texts: str) -> None:
    """Write documents; `a__b_md` stands for `a/b.md`."""
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')[::-1].replace('_', '.', 1)[::-1]}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def git(folder: Path, *arguments: str) -> str:
    """Run Git in a folder, as nobody in particular."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return done.stdout
