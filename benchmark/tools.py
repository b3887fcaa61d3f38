"""The tools that are compared, installed into a folder of the benchmark's own by their ordinary clients."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PEERS = ("rumdl==0.3.0",)
NODE_PEERS = ("markdownlint-cli2@0.22.1",)


@dataclass(frozen=True)
class Tools:
    """The programs; `markdownlint` is missing where there is no npm."""

    python: Path
    wrongfix: Path
    rumdl: Path
    markdownlint: Path | None


def install(folder: Path) -> Tools:
    """Install this checkout and its peers into a folder, and return where they are.

    The checkout is installed as users have it: as a wheel, compiled, not editable.
    """
    environment = folder / "python"
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        pip(python, *PEERS)
    pip(python, "--upgrade", "--force-reinstall", "--no-deps", str(ROOT))
    pip(python, str(ROOT))
    return Tools(python, environment / "bin" / "wrongfix", environment / "bin" / "rumdl", _node(folder / "node"))


def pip(python: Path, *arguments: str) -> None:
    """Install with pip, and compile what is installed."""
    quiet = ["--quiet", "--disable-pip-version-check", "--compile"]
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([str(python), "-m", "pip", "install", *quiet, *arguments], check=True, env=clean)


def _node(folder: Path) -> Path | None:
    npm = shutil.which("npm")
    if npm is None:
        return None
    program = folder / "node_modules" / ".bin" / "markdownlint-cli2"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command: list[str | Path] = [
            npm,
            "install",
            "--silent",
            "--no-fund",
            "--no-audit",
            "--prefix",
            folder,
            *NODE_PEERS,
        ]
        subprocess.run(command, check=True)
    return program
