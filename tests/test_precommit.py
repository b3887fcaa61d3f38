"""The pre-commit hooks, run by the real program on a repository of the test's own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from program import CLEAN, MISSPELT, WRONG, git, write

ROOT = Path(__file__).parents[1]
PRE_COMMIT = Path(sys.executable).with_name("pre-commit")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory):
    """Return a repository that publishes the hooks of this checkout, run by the program under test."""
    folder = tmp_path_factory.mktemp("hooks")
    said = (ROOT / ".pre-commit-hooks.yaml").read_text()
    assert said.count("language: python") == 2
    (folder / ".pre-commit-hooks.yaml").write_text(said.replace("language: python", "language: system"))
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "hooks")
    return folder


@pytest.fixture
def repository(tmp_path, hooks):
    """Return a function that makes a repository with one of the hooks installed."""

    def made(hook: str, **settings: str) -> Path:
        folder = tmp_path / "repository"
        folder.mkdir()
        git(folder, "init", "-q")
        extra = "".join(f", {key}: {value}" for key, value in settings.items())
        revision = git(hooks, "rev-parse", "HEAD").strip()
        entry = f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks: [{{id: {hook}{extra}}}]\n"
        write(folder, **{".pre-commit-config_yaml": entry})
        subprocess.run([PRE_COMMIT, "install"], cwd=folder, env=environment(folder), check=True, capture_output=True)
        git(folder, "add", ".")
        return folder

    return made


def environment(folder: Path) -> dict[str, str]:
    """Return variables by which the hooks find the program under test, and keep their things in the test's folder."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {
        **os.environ,
        "PATH": path,
        "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"),
        "XDG_CACHE_HOME": str(folder.parent / "cache"),
    }


def commit(folder: Path) -> subprocess.CompletedProcess[str]:
    """Commit what is staged, with the hooks, and return what was said."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    command = ["git", *who, "commit", "-m", "records"]
    return subprocess.run(
        command, check=False, cwd=folder, env=environment(folder), encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120,
    )  # fmt: skip


def test_an_error_stops_the_commit(repository):
    """A record with an error is told and not committed; put right, it is."""
    folder = repository("wrongfix")
    write(folder, docs__decisions__0001_md=WRONG)
    git(folder, "add", ".")
    done = commit(folder)
    assert done.returncode != 0
    assert "docs/decisions/0001.md:4:12: KNW002 error" in done.stdout
    write(folder, docs__decisions__0001_md=CLEAN)
    git(folder, "add", ".")
    assert commit(folder).returncode == 0


def test_a_warning_is_shown_and_stops_nothing(repository):
    """What is no error is shown, and the commit goes through."""
    folder = repository("wrongfix")
    write(folder, docs__decisions__0001_md=MISSPELT)
    git(folder, "add", ".")
    done = commit(folder)
    assert done.returncode == 0, done.stdout
    assert "TAG001 warning" in done.stdout


def test_what_is_staged_is_checked(repository):
    """Of a partially staged record the staged text counts, and the rest is not lost."""
    folder = repository("wrongfix")
    write(folder, docs__decisions__0001_md=CLEAN)
    git(folder, "add", ".")
    write(folder, docs__decisions__0001_md=WRONG)
    assert commit(folder).returncode == 0
    assert (folder / "docs/decisions/0001.md").read_text() == WRONG
    git(folder, "add", ".")
    assert commit(folder).returncode != 0


def test_renamed_excluded_and_elsewhere(repository):
    """A renamed record is checked; an excluded one, and one outside the usual folders, is not."""
    folder = repository("wrongfix")
    write(folder, docs__decisions__0001_md=CLEAN, wrongfix_toml='exclude = ["docs/decisions/old/"]\n')
    git(folder, "add", ".")
    assert commit(folder).returncode == 0
    write(folder, docs__decisions__old__0002_md=WRONG, handbook__0003_md=WRONG)
    git(folder, "add", ".")
    assert commit(folder).returncode == 0
    git(folder, "mv", "docs/decisions/0001.md", "docs/decisions/0005.md")
    write(folder, docs__decisions__0005_md=WRONG)
    git(folder, "add", ".")
    done = commit(folder)
    assert done.returncode != 0
    assert "0005.md:4:12: KNW002" in done.stdout


def test_own_folder(repository):
    """Records outside the usual folders are checked where `files` says so."""
    folder = repository("wrongfix", files="^handbook/")
    write(folder, handbook__0003_md=WRONG)
    git(folder, "add", ".")
    assert "handbook/0003.md:4:12: KNW002" in commit(folder).stdout


PROSE = """\
# Prices

## Problem

The assistant quotes last year's prices because the price list changes every week.

## Decision

We decided to fine-tune the model on the price list.
"""
"""A record by what it decides, whose headings many pages have."""
FRONT = "# How we write\n\nOne page for each.\n\nKai implements a retrieval-augmented generation approach.\n"


def test_prose_in_an_own_folder(repository):
    """There, what decides about an AI system is a record without looking like one; a front page and a guide are none."""
    folder = repository("wrongfix", files="^(handbook|docs)/")
    guide = "# Style\n\nThe assistant quotes old prices when the list changes.\n"
    write(
        folder, handbook__choices__c_md=PROSE, handbook__choices__README_md=PROSE, handbook__choices__index_md=FRONT,
        handbook__choices__style_md=guide, docs__decisions__README_md=FRONT, docs__decisions__howto_md=FRONT,
    )  # fmt: skip
    git(folder, "add", ".")
    done = commit(folder)
    assert done.returncode == 0
    assert "handbook/choices/c.md:9:1: KNW002 warning" in done.stdout
    assert "1 finding (1 warning) in 1 file" in done.stdout


def test_the_fixing_hook(repository):
    """`wrongfix-fix` applies safe fixes and lets the author look before the commit goes through."""
    folder = repository("wrongfix-fix")
    write(folder, docs__decisions__0001_md=MISSPELT)
    git(folder, "add", ".")
    assert commit(folder).returncode != 0
    assert (folder / "docs/decisions/0001.md").read_text() == CLEAN
    git(folder, "add", ".")
    assert commit(folder).returncode == 0


def test_the_checking_hook_changes_nothing(repository):
    """`wrongfix` never writes."""
    folder = repository("wrongfix")
    write(folder, docs__decisions__0001_md=MISSPELT)
    git(folder, "add", ".")
    commit(folder)
    assert (folder / "docs/decisions/0001.md").read_text() == MISSPELT


def test_folders_are_those_that_are_known(hooks):
    """The hooks look into every folder that a walk takes for one of records, and at files that are named so."""
    import re

    import yaml

    pattern = re.compile(yaml.safe_load((hooks / ".pre-commit-hooks.yaml").read_text())[0]["files"])
    known = yaml.safe_load((ROOT / "rules/vocabulary/places.yaml").read_text())["folders"]
    assert [name for name in known if not pattern.search(f"docs/{name}/0001.md")] == []
    for path in (
        "adr-log/1.md",
        "ADR-0015.md",
        "ADR0015-prices.yaml",
        "adr.md",
        "decision-log.md",
        "team-adrs/1.md",
        "rfc_7.md",
    ):
        assert pattern.search(path), path
        assert pattern.search(f"docs/{path}"), path
    for path in ("guide/0001.md", "adrift.md", "board.md", "quadrant/1.md", "standard/1.md", "rfcomm.md", "card.md"):
        assert not pattern.search(f"docs/{path}"), path


def test_the_program_of_init(tmp_path):
    """The entry that `wrongfix init` writes stops a commit with an error."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    subprocess.run(["wrongfix", "init"], cwd=folder, env=environment(folder), check=True, capture_output=True)
    subprocess.run([PRE_COMMIT, "install"], cwd=folder, env=environment(folder), check=True, capture_output=True)
    write(folder, docs__decisions__0001_md=WRONG)
    git(folder, "add", ".")
    done = commit(folder)
    assert done.returncode != 0
    assert "KNW002" in done.stdout
