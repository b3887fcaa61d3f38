from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_linter_is_content():
    """Ruff finds nothing in the project's Python."""
    run("ruff", "check", "--no-cache", "--quiet", ".")


def test_the_formatter_is_content():
    """All Python is formatted."""
    run("ruff", "format", "--check", "--quiet", ".")


def test_the_types_hold():
    """mypy, strict, finds nothing in the package."""
    run("mypy", "--no-error-summary")


def run(module: str, *arguments: str) -> None:
    """Run a tool on the checkout; fails with what it says."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
