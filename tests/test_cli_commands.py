"""The commands beside `check`: what each says, through the installed command."""

import json
import os
import re
import resource
import shutil
import subprocess
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml

from program import CLEAN, MISSPELT, PROGRAM, WRONG, git, write, wrongfix
from wrongfix import engine, explain
from wrongfix.cli.init import configuration_text
from wrongfix.cli.new import TEMPLATES, record_text
from wrongfix.cli.pages import shown
from wrongfix.cli.workspace import Habits, slug
from wrongfix.evidence.model import Stance
from wrongfix.rulebook import load
from wrongfix.settings import default
from wrongfix.settings_keys import KEYS
from wrongfix.text import Source


@pytest.fixture
def folder(tmp_path):
    """Return an empty repository."""
    project = tmp_path / "project"
    project.mkdir()
    git(project, "init", "-q")
    return project


def test_inspect_json(folder):
    """`inspect` tells what was read of each record, with places; a YAML log holds several, and 0 is the status."""
    log = "- title: One\n  failure-tags: [stale-knowledge]\n  approach: rag\n- title: Two\n  status: accepted\n"
    write(folder, a__0001_md=WRONG, a__log_yaml=log)
    done = wrongfix("inspect", "a/0001.md", "a/log.yaml", "--output-format", "json", cwd=folder)
    assert done.returncode == 0
    told = json.loads(done.stdout)
    first = told[0]
    assert (first["filename"], first["title"], first["status"]) == ("a/0001.md", "Learn the fees by heart", "proposed")
    assert first["in_scope"] is True
    assert first["failures"][0]["id"] == "stale-knowledge"
    assert first["failures"][0]["confidence"] == "stated"
    assert first["failures"][0]["location"] == {"row": 3, "column": 16}
    assert first["failures"][0]["end_location"] == {"row": 3, "column": 31}
    stated = next(each for each in first["approaches"] if each["confidence"] == "stated")
    assert (stated["id"], stated["stance"], stated["text"]) == ("fine-tuning", "chosen", "fine-tuning")
    assert {"role": "decision", "title": "Decision", "location": {"row": 8, "column": 1}} in first["sections"]
    assert first["problems"] == []
    assert [each["title"] for each in told[1:]] == ["One", "Two"]


def test_inspect_text(folder):
    """For people, `inspect` fits 80 columns and names failures, approaches and sections with their lines."""
    write(folder, docs__decisions__0001_md=WRONG)
    done = wrongfix("inspect", "docs", cwd=folder)
    assert "  failures      3  stale-knowledge        observed     stated    stale-knowledge\n" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    long = "that is rather longer than anybody would like to read in a terminal of eighty columns"
    write(
        folder,
        docs__decisions__0002_md=f"# Retrieve what {long}\n\n## Context {long}\n\nThe assistant quotes outdated fees"
        f" {long}.\n\n## Decision\n\nWe will use retrieval-augmented generation {long}.\n",
        docs__decisions__0003_yaml="title: [a\nb: c: d\n",
    )
    done = wrongfix("inspect", "docs", cwd=folder)
    assert "rag" in done.stdout
    assert "problems" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_inspect_of_what_is_broken(folder):
    """A record that does not parse is shown with its problem, and the status is 0; a missing path is 2."""
    write(folder, broken_yaml="title: [a\n", other_md=WRONG)
    done = wrongfix("inspect", "broken.yaml", "--output-format", "json", cwd=folder)
    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["problems"]
    assert wrongfix("inspect", "missing.md", cwd=folder).returncode == 2
    assert wrongfix("inspect", cwd=folder).returncode == 2


def test_inspect_out_of_scope(folder):
    """A record that is not about an AI system has no failures and no approaches."""
    text = "# Use PostgreSQL\n\n## Context\n\nQueries are slow.\n\n## Decision\n\nWe will use PostgreSQL.\n"
    write(folder, a_md=text)
    told = json.loads(wrongfix("inspect", "a.md", "--output-format", "json", cwd=folder).stdout)[0]
    assert (told["in_scope"], told["failures"], told["approaches"]) == (False, [], [])


def test_rule(folder):
    """`rule` shows the page of a rule by code or name, in any case; `explain` is another name of it."""
    page = wrongfix("rule", "KNW002", cwd=folder)
    assert page.returncode == 0
    assert "tuning-on-changing-facts (KNW002)" in page.stdout
    assert "Why it matters" in page.stdout
    assert page.stdout == wrongfix("rule", "tuning-on-changing-facts", cwd=folder).stdout
    assert page.stdout == wrongfix("explain", "knw002", cwd=folder).stdout
    assert wrongfix("rule", "KNW002", "--output-format", "markdown", cwd=folder).stdout.startswith("# tuning-on")
    told = json.loads(wrongfix("rule", "KNW002", "--output-format", "json", cwd=folder).stdout)
    assert (told["code"], told["name"]) == ("KNW002", "tuning-on-changing-facts")


def test_rule_unknown(folder):
    """An unknown rule is told with the nearest one, and the status is 2."""
    done = wrongfix("rule", "tuning-on-changing-fact", cwd=folder)
    assert done.returncode == 2
    assert '(did you mean "tuning-on-changing-facts"?)' in done.stderr


def test_rules_listed(folder):
    """Without a name all rules are listed, one a line; as JSON each with its summary."""
    lines = wrongfix("rule", cwd=folder).stdout.splitlines()
    assert lines == sorted(lines)
    told = json.loads(wrongfix("rule", "--output-format", "json", cwd=folder).stdout)
    assert len(told) == len(lines)
    assert all(each["summary"] for each in told)


def test_pages_fit_80_columns(folder):
    """No line of a rule page is wider than the terminal, addresses apart, and no link is shown raw."""
    rulebook = load()
    for rule in rulebook.rules:
        text = shown(explain.page(rule, rulebook), width=80, colour=False)
        assert "](" not in text
        for line in text.splitlines():
            assert len(line) <= 80 or "http" in line.split()[-1], line
    assert wrongfix("rule", "GOV004", cwd=folder).stdout in {
        shown(explain.page(rule, rulebook), width=80, colour=False) for rule in rulebook.rules
    }


OWN = """\
code: OWN001
name: tone-by-retrieval
summary: Retrieval is chosen for the tone.
profile: default
severity: warning
when:
  pair:
    failures: [tone-inconsistency]
    approaches: [rag]
message: "Our tone does not come from documents: {approach} is chosen"
why: We tried.
sources: []
examples:
  - bad: |
      ---
      failure-tags: [tone-inconsistency]
      approach: [«rag»]
      ---
      # Tone
  - good: |
      ---
      failure-tags: [tone-inconsistency]
      approach: [prompting]
      ---
      # Tone
"""


def test_own_rules(folder):
    """A team's own rule runs, has a page and tests its own examples; a moved mark is told."""
    write(folder, rules__own_yaml=OWN, wrongfix_toml='rules = ["rules/*.yaml"]')
    write(folder, a_md="---\nfailure-tags: [tone-inconsistency]\napproach: [rag]\n---\n# Tone\n")
    assert "OWN001 warning Our tone" in wrongfix("check", "a.md", cwd=folder).stdout
    assert "tone-by-retrieval" in wrongfix("rule", "OWN001", cwd=folder).stdout
    good = wrongfix("rule", "--test", "rules/own.yaml", cwd=folder)
    assert (good.returncode, good.stderr) == (0, "2 examples, no problems\n")
    write(folder, rules__own_yaml=OWN.replace("[«rag»]", "[rag] # «here»"))
    bad = wrongfix("rule", "--test", "rules/own.yaml", cwd=folder)
    assert bad.returncode == 1
    assert "example 1: marked is 'here', found is 'rag'" in bad.stdout


def test_broken_own_rule(folder):
    """A team's rule that is wrong stops the run with its place."""
    write(folder, rules__own_yaml=OWN.replace("severity:", "severty:"), wrongfix_toml='rules = ["rules/*.yaml"]')
    done = wrongfix("check", cwd=folder)
    assert done.returncode == 2
    assert "own.yaml:5: unknown key 'severty' (did you mean 'severity'?)" in done.stderr


def test_recommend(folder):
    """`recommend` names what fits in order, what does not, and why; aliases are understood."""
    done = wrongfix("recommend", "stale-knowledge", "schema-violation", cwd=folder)
    assert done.returncode == 0
    steps = done.stdout[done.stdout.index("In this order") :]
    assert steps.index("evals") < steps.index("structured-outputs") < steps.index("rag") < steps.index("fine-tuning")
    assert "not for stale-knowledge" in " ".join(steps.split())
    assert max(len(line) for line in done.stdout.splitlines() if "http" not in line) <= 80
    assert (
        wrongfix("recommend", "outdated answers", cwd=folder).stdout
        == wrongfix("recommend", "stale-knowledge", cwd=folder).stdout
    )
    told = json.loads(wrongfix("recommend", "stale-knowledge", "--output-format", "json", cwd=folder).stdout)
    assert told["failures"][0]["first-fix"] == ["rag"]
    assert "fine-tuning" in told["failures"][0]["wrong-fix"]


def test_recommend_names_its_sources(folder):
    """A source is told by its title, also within a note, and each reason reads as one."""
    failures = load().vocabulary.failures
    told = wrongfix("recommend", *failures, cwd=folder).stdout
    assert "Why fine-tuning does not fix it:\n" in told
    assert "(OWASP LLM08:2025 Vector and" in told
    assert re.findall(r"\bP-[A-Z]\w+|\]\(", told) == []


def test_recommend_unknown(folder):
    """An unknown failure is told with the nearest one; without any, the known ones are listed."""
    done = wrongfix("recommend", "stale-knowlege", cwd=folder)
    assert done.returncode == 2
    assert '(did you mean "stale-knowledge"?)' in done.stderr
    assert "stale-knowledge" in wrongfix("recommend", cwd=folder).stdout


def test_recommend_interactive(folder):
    """The questions lead to failures, the failures to what fits, and that to a record without findings."""
    answers = "2\n\n9 x\n3\n\n\n\nKeep the fees current\n"
    done = wrongfix("recommend", "--interactive", cwd=folder, stdin=answers)
    assert done.returncode == 0
    assert "stale-knowledge (knowledge)" in done.stdout
    assert "ignored-context (retrieval)" in done.stdout
    assert "numbers from 1 to" in done.stdout
    path = "docs/decisions/0001-keep-the-fees-current.md"
    assert done.stdout.endswith(f"{path}\n")
    assert "failure-tags: [stale-knowledge, ignored-context]" in (folder / path).read_text()
    assert wrongfix("check", cwd=folder).stdout == ""


def test_recommend_interactive_in_the_format_of_the_project(folder):
    """The record at the end of the questions passes the hook in a project of Nygard's records too."""
    nygard = "# 1. X\n\n## Status\n\nAccepted\n\n## Context\n\nX.\n\n## Decision\n\nX.\n"
    write(folder, doc__adr__0001_md=nygard)
    for answers in ("2\n\n\n\n\n\nKeep the fees current\n", "\n\n\n\n\n\nKeep the fees current\n"):
        done = wrongfix("recommend", "--interactive", cwd=folder, stdin=answers)
        assert "doc/adr/000" in done.stdout
        assert wrongfix("check", "--fail-on", "error", cwd=folder).returncode == 0


def test_recommend_interactive_without_answers(folder):
    """Whoever answers nothing has not found out what fails, and is told so; the end of input ends it."""
    done = wrongfix("recommend", "--interactive", cwd=folder, stdin="")
    assert done.returncode == 0
    assert "undiagnosed (diagnosis)" in done.stdout
    assert not (folder / "docs").exists()


@pytest.mark.parametrize("form", TEMPLATES)
def test_new(folder, form):
    """A new record is numbered, dated, read back as what it says, and has no findings of its own."""
    title = 'Answer "from" the list: now'
    done = wrongfix("new", title, "--format", form, "--failure", "outdated answers", "--approach", "rag", cwd=folder)
    path = folder / done.stdout.strip()
    assert path.name == f"0001-answer-from-the-list-now{path.suffix}"
    told = json.loads(wrongfix("inspect", str(path), "--output-format", "json", cwd=folder).stdout)[0]
    assert told["title"] in (title, f"1. {title}")
    assert (told["status"], told["date"]) == ("proposed", date.today().isoformat())  # noqa: DTZ011 # as the author's calendar has it
    assert {each["id"] for each in told["failures"]} == {"stale-knowledge"}
    assert wrongfix("check", str(path), cwd=folder).stdout == ""
    if path.suffix == ".yaml":
        yaml.safe_load(path.read_text())


@pytest.mark.parametrize("form", TEMPLATES)
@pytest.mark.parametrize(
    ("failures", "approaches"),
    [
        (["stale-knowledge"], []),
        ([], ["rag"]),
        ([], ["rag", "evals"]),
        (["stale-knowledge", "missing-citations"], ["rag"]),
    ],
)
def test_new_passes_the_hook(folder, form, failures, approaches):
    """A new record holds what was asked for, in each format, and the hook lets it through as it is."""
    flags = [*(f"--failure={each}" for each in failures), *(f"--approach={each}" for each in approaches)]
    name = wrongfix("new", "Current prices", "--format", form, *flags, cwd=folder).stdout.strip()
    told = json.loads(wrongfix("inspect", name, "--output-format", "json", cwd=folder).stdout)[0]
    assert {each["id"] for each in told["failures"]} == set(failures)
    assert {each["id"] for each in told["approaches"] if each["stance"] == "chosen"} == set(approaches)
    assert told["status"].lower() == ("proposed" if approaches else "draft")
    done = wrongfix("check", "--fail-on", "error", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_new_record_is_read_as_what_it_chooses():
    """Whichever approach is asked for, the sentence that a Nygard record says it in is read as its choice."""
    rulebook = load()
    for approach in rulebook.vocabulary.approaches:
        text = record_text("X", Habits(Path(), format="nygard"), ["stale-knowledge"], [approach], rulebook)
        evidence = engine.examine(Source("docs/adr/0001-x.md", text), rulebook, default()).evidence[0]
        assert {each.id for each in evidence.approaches if each.stance is Stance.CHOSEN} == {approach}


@pytest.mark.parametrize("form", TEMPLATES)
def test_new_bare(folder, form):
    """A record without tags has no findings either, and a walk takes it for a record."""
    name = wrongfix("new", "A title", "--format", form, cwd=folder).stdout.strip()
    done = wrongfix("check", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert wrongfix("check", "--show-files", cwd=folder).stdout == f"{name}\n"


def test_new_follows_the_others(folder):
    """Number, prefix, digits, folder and format are those of the records there are."""
    nygard = "# 7. X\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nX.\n\n## Decision\n\nX.\n"
    write(
        folder,
        **{"arch__adr__adr-007-x_md": nygard, "arch__adr__adr-012-y_md": nygard, "arch__adr__README_md": "# R\n"},
    )
    done = wrongfix("new", "Ünï Côdé!", cwd=folder)
    assert done.stdout == "arch/adr/adr-013-ünï-côdé.md\n"
    text = (folder / "arch/adr/adr-013-ünï-côdé.md").read_text()
    assert text.startswith("# 13. Ünï Côdé!\n")
    assert "## Status\n\nProposed" in text


@pytest.mark.parametrize(
    ("before", "form"), [("2024-01-05-use-x.md", "%Y-%m-%d"), ("adr_20240105-use-x.md", "adr_%Y%m%d")]
)
def test_new_is_dated_as_the_others(folder, before, form):
    """Where records begin with their date, a new one begins with today's, and is not numbered."""
    write(folder, docs__adr__0001_md="x", docs__adr__README_md="x")
    for number in "12":
        (folder / "docs" / "adr" / before.replace("05", f"0{number}")).write_text("# X\n\n## Status\n\nX\n")
    today = date.today().strftime(form)  # noqa: DTZ011 # as the author's calendar has it
    assert wrongfix("new", "Pick a thing", cwd=folder).stdout == f"docs/adr/{today}-pick-a-thing.md\n"
    assert (folder / f"docs/adr/{today}-pick-a-thing.md").read_text().startswith("# Pick a thing\n")


def test_new_goes_where_check_looks(folder):
    """No record begins where a walk would not find it: in what is ignored, or beside what the settings include."""
    write(folder, docs__adr__0001_md="x", build__docs__adr__0007_md="x", build__docs__adr__0008_md="x")
    (folder / ".gitignore").write_text("build/\n")
    assert wrongfix("new", "a", cwd=folder).stdout == "docs/adr/0002-a.md\n"
    write(folder, wrongfix_toml='include = ["handbook/**"]')
    assert wrongfix("new", "a", cwd=folder).stdout == "handbook/0001-a.md\n"
    assert wrongfix("check", "--show-files", cwd=folder).stdout == "handbook/0001-a.md\n"
    write(folder, handbook__answers__0004_md="x", handbook__answers__0005_md="x")
    assert wrongfix("new", "a", cwd=folder).stdout == "handbook/answers/0006-a.md\n"
    done = wrongfix("new", "a", "--folder", "docs/adr", cwd=folder)
    assert "left out when a folder is checked" in done.stderr


def test_new_goes_where_adr_tools_go(folder):
    """The folder in `.adr-dir` is the one, as long as it lies in the project."""
    write(folder, docs__adr__0001_md="x", architecture__0004_md="x")
    (folder / ".adr-dir").write_text("architecture\n")
    assert wrongfix("new", "a", cwd=folder / "docs").stdout == "../architecture/0005-a.md\n"
    (folder / ".adr-dir").write_text("../elsewhere\n")
    done = wrongfix("new", "a", cwd=folder)
    assert done.returncode == 2
    assert "leads out of" in done.stderr
    assert not (folder.parent / "elsewhere").exists()


def test_new_never_overwrites(folder):
    """A record that is there stays as it is."""
    write(folder, docs__adr__0001_md="x")
    (folder / "docs" / "adr" / "0002-a.md").mkdir()
    assert wrongfix("new", "a", "--folder", "docs/adr", cwd=folder).stdout == "docs/adr/0003-a.md\n"
    assert wrongfix("new", "  ", cwd=folder).returncode == 2
    assert wrongfix("new", "a", "--failure", "nonsense", cwd=folder).returncode == 2


def test_slug():
    """A title becomes a short file name of letters, digits and hyphens."""
    assert slug("../../etc/passwd") == "etc-passwd"
    assert slug("???") == "record"
    assert slug("a_b  C/D") == "a-b-c-d"
    assert len(slug("word " * 40)) <= 60


def test_init(folder):
    """`init` writes a configuration and a hook, and run again it changes nothing."""
    done = wrongfix("init", cwd=folder)
    assert done.stdout.splitlines()[0] == "wrongfix.toml written"
    hook = yaml.safe_load((folder / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"][0]
    assert hook["entry"] == "wrongfix check --force-exclude --fail-on error"
    before = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()]
    again = wrongfix("init", cwd=folder)
    assert "is there already" in again.stdout
    assert "has an entry already" in again.stdout
    assert [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()] == before
    assert wrongfix("config", cwd=folder).returncode == 0


def test_init_beside_other_hooks(folder):
    """An entry is added to a pre-commit configuration, and everything in it stays."""
    before = "# ours\nrepos:\n  - repo: local\n    hooks:\n      - {id: a, name: a, entry: a, language: system} # a\n"
    (folder / ".pre-commit-config.yaml").write_text(before)
    assert "has a new entry" in wrongfix("init", cwd=folder).stdout
    text = (folder / ".pre-commit-config.yaml").read_text()
    assert text.startswith(before)
    assert [repo["hooks"][0]["id"] for repo in yaml.safe_load(text)["repos"]] == ["a", "wrongfix"]


SAMPLE = """\
# See https://pre-commit.com for more information
repos:
-   repo: https://github.com/pre-commit/pre-commit-hooks
    rev: v3.2.0
    hooks:
    -   id: trailing-whitespace
    -   id: check-added-large-files
"""


@pytest.mark.parametrize(
    ("before", "where"),
    [
        (SAMPLE, "    -   id: check-added-large-files\n{}"),
        (SAMPLE.rstrip(), "    -   id: check-added-large-files\n{}"),
        (SAMPLE.replace("\n", "\r\n"), "    -   id: check-added-large-files\r\n{}"),
        (f"{SAMPLE}\n# the end\nfail_fast: true\n", "large-files\n{}\n# the end\nfail_fast: true\n"),
        (f"{SAMPLE}        args: [a, b] # wrongfix\n", "[a, b] # wrongfix\n{}"),
        (f"{SAMPLE}        args:\n        - |\n          a\n\nfail_fast: true\n", "          a\n{}\nfail_fast: true\n"),
        ("", "{}"),
        ("# none yet\n", "# none yet\nrepos:\n{}"),
        ("fail_fast: true\n", "fail_fast: true\nrepos:\n{}"),
        ("repos:\nfail_fast: true\n", "repos:\n{}fail_fast: true\n"),
        ("repos: []\nminimum_pre_commit_version: 3.0.0\n", "repos: \n{}minimum_pre_commit_version: 3.0.0\n"),
        ("repos: [{repo: meta, hooks: [{id: identity}]}]\n", "identity}]}, {}]\n"),
    ],
)
def test_init_adds_to_every_layout(folder, before, where):
    """The entry joins the others in their layout and with their line ends, and everything else stays."""
    path = folder / ".pre-commit-config.yaml"
    path.write_bytes(before.encode())
    assert "has a new entry" in wrongfix("init", cwd=folder).stdout
    text = path.read_bytes().decode()
    start, end = where.split("{}")
    assert start in text, text
    assert text.endswith(end), text
    assert len(set(re.findall("\r?\n", text))) == 1
    old, new = yaml.safe_load(before) or {}, yaml.safe_load(text)
    assert new["repos"][:-1] == (old.get("repos") or [])
    assert {**new, "repos": 0} == {**old, "repos": 0}
    assert new["repos"][-1]["hooks"][0]["id"] == "wrongfix"
    assert "has an entry already" in wrongfix("init", cwd=folder).stdout


def test_init_keeps_the_width_of_the_dashes(folder):
    """In the layout of `pre-commit sample-config`, the entry looks as the others do."""
    (folder / ".pre-commit-config.yaml").write_text(SAMPLE)
    wrongfix("init", cwd=folder)
    added = (folder / ".pre-commit-config.yaml").read_text().removeprefix(SAMPLE)
    assert added.splitlines()[1:5] == [
        "-   repo: local",
        "    hooks:",
        "    -   id: wrongfix",
        "        name: wrongfix",
    ]


@pytest.mark.parametrize(
    "before", ["repos: [{repo: meta, hooks: [{id: identity}]},]\n", "repos: nonsense\n", "repos: [\n", "- a\n"]
)
def test_init_leaves_what_it_cannot_add_to(folder, before):
    """A pre-commit configuration of another shape stays as it is, and what is shown can be copied into it."""
    (folder / ".pre-commit-config.yaml").write_text(before)
    told = wrongfix("init", cwd=folder).stdout
    assert (folder / ".pre-commit-config.yaml").read_text() == before
    shown = told.partition("add this to the repos of .pre-commit-config.yaml:\n")[2]
    if "},]" in before:
        shown = before.replace(",]", f", {shown.strip()}]")
    assert (
        yaml.safe_load(shown if "repos:" in shown else f"repos:\n{shown}")["repos"][-1]["hooks"][0]["id"] == "wrongfix"
    )


@pytest.mark.parametrize("arguments", [("init",), ("new", "A title")])
def test_nothing_begun_is_left_on_a_full_disk(folder, arguments):
    """Where nothing can be written, nothing is: no empty file that the next run would take for a finished one."""

    def no_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    done = subprocess.run(
        [PROGRAM, *arguments], check=False, cwd=folder, capture_output=True, encoding="utf-8", preexec_fn=no_room,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "not written: File too large" in done.stderr
    assert [path for path in folder.rglob("*") if ".git" not in path.parts and path.is_file()] == []


def test_init_without_hook(folder):
    """`--no-pre-commit` writes the configuration alone."""
    wrongfix("init", "--no-pre-commit", cwd=folder)
    assert not (folder / ".pre-commit-config.yaml").exists()


def test_every_key_in_the_commented_configuration(folder):
    """Each key of the configuration stands in it as a comment, and its example is right."""
    lines = configuration_text().splitlines()
    examples = [key.example for key in KEYS]
    assert all(f"# {example}" in lines for example in examples)
    for example in examples:
        assert tomllib.loads(example)
    usable = [each for each in examples if not each.startswith(("extend =", "rules"))]
    write(folder, wrongfix_toml="\n".join(sorted(usable, key=lambda line: line.startswith("words."))))
    done = wrongfix("config", cwd=folder)
    assert done.returncode == 0, done.stderr


def test_config(folder):
    """`config` shows each setting with the line it came from, for the folder of a path."""
    write(folder, wrongfix_toml='\nprofile = "strict"\nper-file-ignores = {"old/*" = ["KNW"]}\n', old__a_md=WRONG)
    done = wrongfix("config", "--ignore", "RET", cwd=folder)
    assert f'profile = "strict"  # {folder / "wrongfix.toml"}:2\n' in done.stdout
    assert 'ignore = ["RET"]  # --ignore\n' in done.stdout
    assert "select = []  # default\n" in done.stdout
    told = json.loads(wrongfix("config", "old/a.md", "--output-format", "json", cwd=folder).stdout)
    assert told["settings"]["ignore"] == ["KNW"]
    assert not any(code.startswith("KNW") for code in told["rules"])
    assert told["root"] == str(folder)


def test_config_tells_of_each_entry_where_it_came_from(folder):
    """What several files and flags said together is shown entry by entry; nothing is wider than it must be."""
    write(
        folder,
        team__base_toml='extend-select = ["EVD001"]\n[thresholds]\nfew-examples = 7\n',
        wrongfix_toml='extend = "team/base.toml"\nextend-select = ["EVD002"]\nignore = ["BEH"]\n'
        'per-file-ignores = {"a.md" = ["KNW002"]}\n'
        'include = ["a.md", "the/first/folder/**", "the/second/folder/**", "the/third/folder/**", "the/fourth/**"]\n',
        a_md=WRONG,
    )
    own, base = folder / "wrongfix.toml", folder / "team" / "base.toml"
    told = wrongfix("config", "a.md", "--ignore", "DX", cwd=folder).stdout
    assert f'extend-select = [\n  "EVD001",  # {base}:1\n  "EVD002",  # {own}:2\n]\n' in told
    assert f'ignore = [\n  "BEH",  # {own}:3\n  "DX",  # --ignore\n  "KNW002",  # {own}:4\n]\n' in told
    assert f'  "few-examples": 7,  # {base}:3\n' in told
    assert '  "few-questions": ' in told
    assert "baseline = null  # default\n" in told
    assert all(len(line) <= 80 or "# /" in line or line.startswith("root =") for line in told.splitlines())
    told = wrongfix("config", "a.md", "--select", "KNW", cwd=folder).stdout
    assert 'select = ["KNW"]  # --select\nextend-select = []  # default\n' in told
    assert f'ignore = ["KNW002"]  # {own}:4\n' in told


def test_config_names_the_baseline_in_force(folder):
    """A baseline nobody configured is in force by its name, and shown."""
    write(folder, docs__a_md=WRONG)
    wrongfix("baseline", cwd=folder)
    told = wrongfix("config", "docs/a.md", cwd=folder).stdout
    assert f'baseline = "{folder / ".wrongfix-baseline.json"}"  # found upwards\n' in told


def test_config_schema(folder):
    """The schema of the configuration is printed, allows every key, and refuses others."""
    import jsonschema

    schema = json.loads(wrongfix("config", "--schema", cwd=folder).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for key in KEYS:
        validator.validate(tomllib.loads(key.example))
    for wrong in ({"selct": []}, {"profile": "other"}, {"severity": {"KNW": "fatal"}}, {"words": {"x": {}}}):
        assert not validator.is_valid(wrong)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(folder, shell):
    """The completion script names every command, other name, flag, rule and tag, and its shell takes it."""
    script = wrongfix("completion", shell, cwd=folder).stdout
    for word in (
        "check",
        "explain",
        "recommend",
        "output-format",
        "unsafe-fixes",
        "sarif",
        "KNW002",
        "stale-knowledge",
    ):
        assert word in script
    if shutil.which(shell):
        assert (
            subprocess.run([shell, "-n"], check=True, input=script, capture_output=True, encoding="utf-8").stderr == ""
        )


COMPLETED = [
    ("e", {"explain"}),
    ("check --output-format sa", {"sarif"}),
    ("check --select KNW00", {f"KNW00{number}" for number in range(1, 8)}),
    ("check --ignore tuning-on-ch", {"tuning-on-changing-facts"}),
    ("check a", {"a b.md", "a.md"}),
    ("check --base-ref a", set()),
    ("explain --is", {"--isolated"}),
    ("explain KNW002", {"KNW002"}),
    ("recommend stale-k", {"stale-knowledge"}),
    ("new --approach fine", {"fine-tuning"}),
    ("new --folder a", {"a b.md", "a.md"}),
    ("completion ", {"bash", "zsh", "fish"}),
]


@pytest.mark.parametrize("shell", ["bash", "fish"])
@pytest.mark.parametrize(("written", "offered"), COMPLETED)
def test_completed(folder, shell, written, offered):
    """A shell offers what fits the place: a command, a flag, its values, rules, tags, files with blanks whole."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not here")
    write(folder, **{"a b_md": "", "a_md": ""})
    (folder / "script").write_text(wrongfix("completion", shell, cwd=folder).stdout)
    if shell == "bash":
        command, *words = written.split(" ")
        given = " ".join(f"'{word}'" for word in ("wrongfix", command, *words))
        ask = f"COMP_WORDS=({given}); COMP_CWORD={len(words) + 1}; _wrongfix; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    else:
        ask = f"complete -C 'wrongfix {written}'"
    done = subprocess.run(
        [shell, "-c", f"source ./script; {ask}"], check=True, cwd=folder, capture_output=True, encoding="utf-8",
        env={**os.environ, "HOME": str(folder), "PATH": f"{Path(PROGRAM).parent}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    assert {line.partition("\t")[0] for line in done.stdout.splitlines() if line} == offered


def test_server_address(folder):
    """`server --tcp` wants a host and a port."""
    done = wrongfix("server", "--tcp", "nonsense", cwd=folder)
    assert done.returncode == 2
    assert "expected HOST:PORT" in done.stderr


def test_no_command_but_server_loads_the_protocol(folder):
    """Neither pygls nor what checking does not need is loaded by any other command."""
    write(folder, a_md=MISSPELT, b_md=CLEAN)
    for arguments in (["check", "a.md"], ["inspect", "a.md"], ["rule", "KNW002"], ["config"], ["recommend"]):
        code = (
            f"import sys; from wrongfix.cli.main import main; main({arguments!r}); print(*sys.modules, file=sys.stderr)"
        )
        done = subprocess.run(
            [PROGRAM.replace("/wrongfix", "/python"), "-c", code], check=True, cwd=folder, capture_output=True,
            encoding="utf-8", env={**os.environ, "XDG_CACHE_HOME": str(folder.parent)},
        )  # fmt: skip
        loaded = set(done.stderr.splitlines()[-1].split())
        assert loaded & {"pygls", "lsprotocol", "asyncio", "rich", "jsonschema", "dataclasses"} == set(), arguments
