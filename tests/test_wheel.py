from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
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


_ALONE = """
import sys
from pathlib import Path

allowed = set(sys.argv[1].split(","))

class Absent:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if path is None and top not in sys.stdlib_module_names and top not in allowed:
            raise ModuleNotFoundError(f"the build has no {name}")
        return None

sys.meta_path.insert(0, Absent())
from wrongfix import packing
print(len(packing.pack(Path("rules"))))
"""


def test_packing_needs_no_more_than_the_build_has():
    """A wheel is built where nothing is installed but what `build-system` names."""
    required = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    names = {re.split(r"[<>=]", each)[0] for each in required}
    modules = {"pyyaml": "yaml"}
    allowed = ",".join({"wrongfix", *(modules.get(name, name) for name in names)})
    command = [sys.executable, "-c", _ALONE, allowed]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": "server"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert int(done.stdout) > 20
