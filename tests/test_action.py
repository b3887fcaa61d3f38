"""The GitHub Action: its script checks what it is told to, and takes no input for a command."""

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml

from program import PROGRAM, WRONG, git, write

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())


@pytest.fixture
def run(tmp_path):
    """Return a function that runs the Action's last step in a repository with a wrong record."""
    folder, runner = tmp_path / "repository", tmp_path / "runner"
    write(folder, docs__decisions__0001_md=WRONG)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "all")
    (runner / "wrongfix" / "bin").mkdir(parents=True)
    (runner / "wrongfix" / "bin" / "wrongfix").symlink_to(PROGRAM)
    step = ACTION["runs"]["steps"][-1]

    def ran(**inputs: str) -> subprocess.CompletedProcess[str]:
        given = {name: said["default"] for name, said in ACTION["inputs"].items()} | {
            name.replace("_", "-"): value for name, value in inputs.items()
        }
        variables = {
            name: given[value.removeprefix("${{ inputs.").removesuffix(" }}")] for name, value in step["env"].items()
        }
        environment = {**os.environ, **variables, "RUNNER_TEMP": str(runner), "XDG_CACHE_HOME": str(runner)}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        return subprocess.run(
            command, check=False, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=60
        )

    return ran


def test_annotations(run):
    """Findings become annotations, and errors fail the step."""
    done = run()
    assert done.returncode == 1
    assert done.stdout.startswith("::error title=wrongfix KNW002")


def test_inputs(run, tmp_path):
    """Each input reaches the program."""
    assert run(arguments="--ignore KNW").returncode == 0
    assert run(base_ref="main").returncode == 0
    assert run(paths="docs/decisions/0001.md missing.md").returncode == 2
    assert run(sarif_file="log.sarif").returncode == 1
    assert json.loads((tmp_path / "repository" / "log.sarif").read_text())["version"] == "2.1.0"


def test_the_example_checks_pushes_and_pull_requests(run, tmp_path):
    """The written example names a base for pull requests alone: a push that is held against itself changed nothing."""
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    example = yaml.safe_load(page.partition("## GitHub")[2].partition("```yaml\n")[2].partition("```")[0])
    given = example["jobs"]["decisions"]["steps"][-1]["with"]
    assert given.keys() <= ACTION["inputs"].keys()
    assert given["base-ref"] == "${{ github.base_ref && format('origin/{0}', github.base_ref) }}"
    repository = tmp_path / "repository"
    git(repository, "checkout", "-qb", "topic")
    write(repository, docs__decisions__0002_md=WRONG)
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "more")
    for base, told in (("main", 1), ("", 2)):
        done = run(paths=given["paths"], base_ref=base)
        assert (done.returncode, done.stdout.count("::error")) == (1, told)


def test_no_input_is_a_command(run, tmp_path):
    """What an input holds is never run, and never taken for a flag where a path is meant."""
    for words in ("$(touch ran)", "`touch ran`", "; touch ran", "--output-file=ran"):
        run(paths=words, base_ref=words)
        run(paths=words)
    assert not (tmp_path / "repository" / "ran").exists()


def test_inputs_stay_out_of_scripts():
    """No script holds an input's text: all come as variables."""
    assert all("${{" not in step.get("run", "") for step in ACTION["runs"]["steps"])
