from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RECORD = "---\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# Tariffs\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return a wheel built from the checkout."""
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(target.glob("*.whl"))


def test_the_wheel_carries_every_rule(wheel):
    """Each file of rules/ lies in the wheel, byte for byte, and so does each rule page."""
    with zipfile.ZipFile(wheel) as archive:
        packed = {name.removeprefix("wrongfix/"): archive.read(name) for name in archive.namelist()}
    for folder in ("rules", "docs/rules"):
        for path in (each for each in (ROOT / folder).rglob("*") if each.is_file()):
            assert packed[path.relative_to(ROOT).as_posix()] == path.read_bytes()


def test_the_wheel_carries_the_rules_packed(wheel):
    """The packed files of the wheel hold what the rule files say."""
    from wrongfix import packing

    expected = packing.pack(ROOT / "rules")
    with zipfile.ZipFile(wheel) as archive:
        for name, part in expected.items():
            assert json.loads(archive.read(f"wrongfix/rules/packed/{name}.json")) == part


def test_the_installed_wheel_checks_a_record(wheel, tmp_path):
    """Away from the checkout, the installed program finds what it should."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    (tmp_path / "record.md").write_text(RECORD, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    done = subprocess.run(
        [sys.executable, "-m", "wrongfix", "check", "--no-cache", "--output-format", "concise", "record.md"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "KNW002" in done.stdout
