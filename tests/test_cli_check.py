"""`wrongfix check`: what each flag does, through the installed command."""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from program import CLEAN, MISSPELT, PROGRAM, WRONG, git, write, wrongfix
from wrongfix import engine
from wrongfix.cli.main import main
from wrongfix.report import FORMATS


@pytest.fixture
def folder(tmp_path):
    """Return a folder of a project with a wrong, a misspelt and a clean record."""
    project = tmp_path / "project"
    write(project, docs__decisions__0001_md=WRONG, docs__decisions__0002_md=MISSPELT, docs__decisions__0003_md=CLEAN)
    return project


OWN = """\
code: OWN001
name: own
summary: Own.
profile: default
severity: warning
when: {pair: {failures: [tone-inconsistency], approaches: [rag]}}
message: "Own: {approach}"
why: Own.
sources: []
examples: []
"""
"""A rule of one's own."""


def found(done):
    """Return path and code of each finding of a concise report."""
    return [(line.split(":")[0][-7:], line.split()[1]) for line in done.stdout.splitlines()]


def test_findings(folder):
    """Each finding is one line with path, place, code, severity and message, and the status is 1."""
    done = wrongfix("check", "docs", cwd=folder)
    assert done.returncode == 1
    first, second = done.stdout.splitlines()
    assert first.startswith("docs/decisions/0001.md:4:12: KNW002 error Facts that change")
    assert first.endswith("[fix available]")
    assert second.startswith("docs/decisions/0002.md:3:35: TAG001 warning")
    assert second.endswith(" [*] [fix available]")
    hint = "--fix applies 1 (marked [*]), --fix --unsafe-fixes applies 1 more"
    assert done.stderr == f"2 findings (1 error, 1 warning) in 3 files; {hint}\n"


def test_nothing_found(folder):
    """A clean record gives status 0 and an empty report."""
    done = wrongfix("check", "docs/decisions/0003.md", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "nothing found in 1 record\n")


def test_no_path_is_here(folder):
    """Without a path the current folder is checked."""
    assert wrongfix("check", cwd=folder).stdout == wrongfix("check", ".", cwd=folder).stdout != ""


def test_no_records(tmp_path):
    """Where nothing matches, a line says so and the status is 0."""
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty", notes_md="# Notes\n\nMilk, eggs.\n")
    done = wrongfix("check", cwd=tmp_path / "empty")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no records found in .\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "missing.md"), "missing.md: no such file"),
        (("check", "--select", "KNW02"), 'unknown rule "KNW02" (did you mean "KNW0'),
        (("check", "--ignore", "knw02"), 'unknown rule "knw02" (did you mean "KNW0'),
        (("check", "--ignore", "wrong-fx"), 'unknown rule "wrong-fx" (did you mean "wrong-fix"?)'),
        (("check", "--frobnicate"), "unrecognized arguments: --frobnicate\n"),
        (("check", "--slect=KNW"), 'unrecognized arguments: --slect=KNW (did you mean "--select"?)'),
        (("check", "--output-format", "xml"), "invalid choice: 'xml'"),
        (
            ("check", "--fail-on", "eror"),
            "invalid choice: 'eror' (did you mean \"error\"?); choose from error, warning, info",
        ),
        (
            ("new", "--failure", "stale-knowlege", "x"),
            "unknown failure 'stale-knowlege' (did you mean \"stale-knowledge\"?)",
        ),
        (("new", "--approach", "xyzzy", "x"), "unknown approach 'xyzzy'; known are evals, prompting"),
        (("help", "nonsense"), "unknown command 'nonsense'"),
        (("check", "--config", "missing.toml"), "missing.toml: cannot be read"),
        (("rule", "--test", "missing.yaml"), "missing.yaml: the rule file cannot be read: No such file or directory"),
        (("check", "--base-ref", "main"), "--base-ref needs --changed"),
        (("check", "--unsafe-fixes"), "--unsafe-fixes needs --fix or --diff"),
        (("check", "--diff", "--statistics"), "--diff shows a patch and --statistics counts"),
        (("check", "--statistics", "--output-format", "sarif"), "--statistics goes with"),
        (("check", "-o", "missing/report.txt"), "missing/report.txt: No such file"),
        (("chek",), "unknown command 'chek' (did you mean \"check\"?)"),
        ((), ""),
    ],
)
def test_cannot_do(folder, arguments, words):
    """What cannot be done is said in a line on standard error, with status 2 and no report."""
    done = wrongfix(*arguments, cwd=folder)
    assert done.returncode == 2
    assert words in done.stderr
    if arguments:
        assert done.stdout == ""


def test_broken_config(folder):
    """A broken configuration stops the run with its place, and is not taken for an empty one."""
    write(folder, wrongfix_toml='ignore = ["KNW"\n')
    done = wrongfix("check", cwd=folder)
    assert done.returncode == 2
    assert "wrongfix.toml:" in done.stderr
    write(folder, wrongfix_toml='\nignore = ["KNW01X"]\n')
    assert "wrongfix.toml:2:12: unknown rule" in wrongfix("check", cwd=folder).stderr


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("name", "status"), [("0001", 1), ("0003", 0)])
def test_status_of_formats(folder, form, name, status):
    """The format never changes the status, and machine output appears also when there is nothing to say."""
    done = wrongfix("check", f"docs/decisions/{name}.md", "--output-format", form, cwd=folder)
    assert done.returncode == status
    if form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(done.stdout)
        assert done.stderr == ""
    if form == "junit":
        assert done.stdout.startswith("<?xml")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("--fail-on", "error", "docs/decisions/0002.md"), 0),
        (("--fail-on", "warning", "docs/decisions/0002.md"), 1),
        (("--fail-on", "error", "docs/decisions/0001.md"), 1),
        (("--fail-on", "info", "docs/decisions/0003.md"), 0),
        (("--exit-zero", "docs"), 0),
        (("-e", "docs"), 0),
    ],
)
def test_fail_on(folder, arguments, status):
    """The status is 1 from the level asked for, and 0 always when asked so; the findings are shown all the same."""
    done = wrongfix("check", *arguments, cwd=folder)
    assert done.returncode == status
    assert ("0003" in arguments[-1]) == (done.stdout == "")


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (("--select", "KNW"), {"KNW002"}),
        (("--select", "tuning-on-changing-facts,TAG001"), {"KNW002", "TAG001"}),
        (("--select", "TAG", "--select", "KNW"), {"KNW002", "TAG001"}),
        (("--ignore", "KNW002"), {"TAG001"}),
        (("--ignore", "KNW", "--extend-select", "KNW002"), {"KNW002", "TAG001"}),
        (("--select", "RET"), set()),
        (("--select", "knw002"), {"KNW002"}),
        (("--ignore", "knw"), {"TAG001"}),
    ],
)
def test_selection(folder, arguments, codes):
    """Rules are chosen by code, name and family; the flag may be repeated and hold commas."""
    done = wrongfix("check", "docs/decisions/0001.md", "docs/decisions/0002.md", *arguments, cwd=folder)
    assert {code for _, code in found(done)} & {"KNW002", "TAG001"} == codes


def test_config_and_isolated(folder):
    """`--config` names the settings for all files, `--isolated` leaves every configuration out."""
    write(folder, wrongfix_toml='ignore = ["ALL"]\n', other_toml='[severity]\nKNW002 = "info"\n')
    assert found(wrongfix("check", cwd=folder)) == []
    assert ("0001.md", "KNW002") in found(wrongfix("check", "--isolated", cwd=folder))
    assert ": KNW002 info " in wrongfix("check", "--config", "other.toml", cwd=folder).stdout


def test_per_file_ignores_and_severity(folder):
    """A configuration silences rules for some files and changes how much a rule matters."""
    write(folder, wrongfix_toml='[severity]\nTAG = "error"\n[per-file-ignores]\n"docs/decisions/0001.md" = ["KNW"]\n')
    done = wrongfix("check", cwd=folder)
    assert "0001.md:4:12: KNW002" not in done.stdout
    assert "0002.md:3:35: TAG001 error" in done.stdout


def test_output_file(folder):
    """`--output-file` takes the report; standard output stays empty and the status is the same."""
    done = wrongfix("check", "--output-format", "json", "-o", "report.json", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((folder / "report.json").read_text())["records"] == 3


def test_rules_in_sarif(folder):
    """Each rule says its level where nothing else is configured, and its help is what to do, not why once more."""
    write(folder, wrongfix_toml='severity = {KNW = "info"}')
    run = json.loads(wrongfix("check", "--output-format", "sarif", cwd=folder).stdout)["runs"][0]
    told = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    levels = {code: rule["defaultConfiguration"]["level"] for code, rule in told.items()}
    assert levels == {"KNW002": "error", "TAG001": "warning"}
    assert {result["level"] for result in run["results"]} == {"note", "warning"}
    assert "Take the facts out of the training data" in told["KNW002"]["help"]["text"]
    assert "wrongfix-disable-next-line KNW002" in told["KNW002"]["help"]["text"]
    assert all(rule["help"] != rule["fullDescription"] for rule in told.values())


def test_statistics(folder):
    """`--statistics` counts the findings of each rule, the most frequent first."""
    write(folder, docs__decisions__0004_md=MISSPELT)
    lines = wrongfix("check", "--statistics", cwd=folder).stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["2", "TAG001"], ["1", "KNW002"]]
    told = json.loads(wrongfix("check", "--statistics", "--output-format", "json", cwd=folder).stdout)
    assert told[0]["count"] == 2


def test_show_files(folder):
    """`--show-files` lists what would be checked and reports nothing."""
    write(folder, docs__notes_md="# Notes\n\nMilk, eggs.\n")
    done = wrongfix("check", "--show-files", cwd=folder)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [f"docs/decisions/000{number}.md" for number in (1, 2, 3)]


def test_named_files_are_records(folder):
    """A file that is named is read as a record whatever it looks like, unless --force-exclude asks for the look."""
    write(folder, notes_md="# Notes\n\n<!-- wrongfix-disable-file -->\n", wrongfix_toml='exclude = ["docs/"]\n')
    assert {code for _, code in found(wrongfix("check", "notes.md", cwd=folder))} == {"SUP002", "SUP003"}
    assert found(wrongfix("check", "--force-exclude", "notes.md", cwd=folder)) == []
    decides = "# Prices\n\n## Decision\n\nWe decided to fine-tune the model on the price list.\n"
    write(folder, choices__a_md=decides)
    for _ in range(2):
        assert wrongfix("check", "choices", "--show-files", cwd=folder).stdout == ""
        assert wrongfix("check", "choices/a.md", "--show-files", "--force-exclude", cwd=folder).stdout != ""
        stdin = ("check", "-", "--stdin-filename", "choices/a.md", "--show-files", "--force-exclude")
        assert wrongfix(*stdin, cwd=folder, stdin=decides).stdout != ""
    assert found(wrongfix("check", "docs/decisions/0001.md", cwd=folder)) == [("0001.md", "KNW002")]
    assert found(wrongfix("check", "--force-exclude", "docs/decisions/0001.md", cwd=folder)) == []


def test_standard_input(folder):
    """`-` reads standard input under the name it is given, and YAML is told by that name."""
    done = wrongfix("check", "-", "--stdin-filename", "docs/decisions/0009.md", cwd=folder, stdin=WRONG)
    assert done.returncode == 1
    assert done.stdout.startswith("docs/decisions/0009.md:4:12: KNW002")
    yaml = "title: T\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n"
    assert "a.yaml:3:12" in wrongfix("check", "-", "--stdin-filename", "a.yaml", cwd=folder, stdin=yaml).stdout
    write(folder, wrongfix_toml='exclude = ["docs/"]\n')
    name = "docs/decisions/0009.md"
    done = wrongfix("check", "-", "--stdin-filename", name, "--force-exclude", cwd=folder, stdin=WRONG)
    assert (done.returncode, done.stdout) == (0, "")


def test_standard_input_fixed(folder):
    """With --fix the fixed text goes to standard output, the findings to standard error; nothing is written."""
    done = wrongfix("check", "-", "--fix", cwd=folder, stdin=MISSPELT)
    assert done.stdout == CLEAN
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour(folder, arguments, environment, coloured):
    """Colours come when asked for; NO_COLOR wins over everything but the flag."""
    for form in ("concise", "full"):
        done = wrongfix("check", "--output-format", form, *arguments, cwd=folder, **environment)
        assert ("\x1b[" in done.stdout) == coloured


def test_quiet(folder):
    """`--quiet` leaves the findings and takes everything beside them."""
    loud, quiet = wrongfix("check", cwd=folder), wrongfix("check", "--quiet", cwd=folder)
    assert quiet.stdout == loud.stdout
    assert quiet.stderr == ""


def test_full_fits_80_columns(folder):
    """No line of the full report is wider than the terminal."""
    done = wrongfix("check", "--output-format", "full", cwd=folder)
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "4 | approach: [fine-tuning]\n  |            ^^^^^^^^^^^" in done.stdout.replace("\n   |", "\n  |")


def test_changed(folder):
    """`--changed` checks what is not committed; with --base-ref, what differs from where the branches parted."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "all")
    none = "nothing changed: no record in docs differs from"
    assert wrongfix("check", "docs", "--changed", cwd=folder).stderr == f"{none} the last commit\n"
    done = wrongfix("check", "docs", "--changed", "--base-ref", "main", cwd=folder)
    assert (done.returncode, done.stderr) == (0, f"{none} main\n")
    write(folder, docs__decisions__0002_md=MISSPELT + "\nMore.\n", docs__decisions__0004_md=WRONG)
    assert {name for name, _ in found(wrongfix("check", "--changed", cwd=folder))} == {"0002.md", "0004.md"}
    git(folder, "checkout", "-qb", "topic")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "more")
    assert found(wrongfix("check", "--changed", cwd=folder)) == []
    done = wrongfix("check", "--changed", "--base-ref", "main", "docs", cwd=folder)
    assert {name for name, _ in found(done)} == {"0002.md", "0004.md"}
    bad = wrongfix("check", "--changed", "--base-ref", "nowhere", cwd=folder)
    assert bad.returncode == 2
    assert "knows no such revision" in bad.stderr


def test_changed_needs_git(folder):
    """Outside a repository `--changed` cannot be done."""
    done = wrongfix("check", "--changed", cwd=folder, GIT_CEILING_DIRECTORIES=str(folder.parent))
    assert done.returncode == 2
    assert "not a git repository" in done.stderr


CHANGES = {
    "the record": ("docs/decisions/0001.md", MISSPELT, b"0001.md:3:35: TAG001"),
    "a new record": ("docs/decisions/0004.md", WRONG, b"0004.md:4:12: KNW002"),
    "the configuration above": ("wrongfix.toml", 'severity = {KNW = "info"}', b"KNW002 info"),
    "what it extends": ("base/base.toml", 'severity = {KNW = "info"}', b"KNW002 info"),
    "a rule of one's own": ("base/own.yaml", "code: [", b"own.yaml"),
    "the baseline": (".wrongfix-baseline.json", '{"version": 1, "findings": []}', b"2 findings (1 error, 1 warning)"),
    "an ignore file": (".gitignore", "0001.md\n", b"1 finding (1 warning)"),
    "what Git excludes": (".git/info/exclude", "0001.md\n", b"1 finding (1 warning)"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_watch(folder, change):
    """`--watch` checks again after a change of anything that a check rests on, and ends with Ctrl-C."""
    name, text, told = CHANGES[change]
    git(folder, "init", "-q")
    if name.startswith("base/"):
        write(folder, base__base_toml='severity = {KNW = "warning"}\nrules = ["own.yaml"]\n')
        write(folder, base__own_yaml=OWN, wrongfix_toml='extend = "base/base.toml"\n')
    elif "baseline" in name:
        wrongfix("baseline", cwd=folder)
    before = b"accepted by the baseline" if "baseline" in name else b"KNW002"
    with (folder / "out").open("wb") as out:
        watching = subprocess.Popen(
            [PROGRAM, "check", "--watch", "docs", "--no-cache"], cwd=folder, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            wait_for(
                lambda: before in (folder / "out").read_bytes() and b"watching docs" in (folder / "out").read_bytes()
            )
            assert told not in (folder / "out").read_bytes().partition(b"watching docs")[0]
            (folder / name).write_text(text)
            wait_for(lambda: told in (folder / "out").read_bytes().partition(b"watching docs")[2])
        finally:
            watching.send_signal(signal.SIGINT)
            assert watching.wait(10) == 0


@pytest.mark.parametrize("arguments", [["missing.md"], ["--select", "BOGUS"], ["--config", "missing.toml"]])
def test_watch_of_what_cannot_be_checked(folder, arguments):
    """What cannot be done at the first time is said, with status 2, and nothing is watched."""
    done = wrongfix("check", "--watch", *arguments, cwd=folder)
    assert (done.returncode, "watching" in done.stderr) == (2, False)


def wait_for(condition):
    """Wait until something holds, ten seconds at most."""
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_reader_gone(folder):
    """A reader that closes the pipe early is no error."""
    write(folder, **{f"docs__decisions__{number:04}_md": WRONG for number in range(100, 900)})
    command = f"{PROGRAM} check --output-format json --no-cache | head -c 10"
    done = subprocess.run(["bash", "-c", command], check=False, cwd=folder, capture_output=True, timeout=60)
    assert done.stdout == b'{\n  "versi'
    assert done.stderr == b""


def test_output_that_cannot_be_written(folder):
    """When the report cannot be written, the reason is told and the status is 2."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [PROGRAM, "check", "--no-cache", "docs"], check=False, cwd=folder, stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


def test_interrupted(folder):
    """Ctrl-C ends a run with a word and the status shells know, and leaves no file half written."""
    write(folder, **{f"docs__decisions__{number:05}_md": MISSPELT for number in range(10, 400)})
    running = subprocess.Popen([PROGRAM, "check", "--no-cache", "--fix", "docs"], cwd=folder, stderr=subprocess.PIPE)
    time.sleep(0.4)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode in (130, 1)
    assert b"Traceback" not in said
    texts = {path.read_text() for path in (folder / "docs" / "decisions").iterdir()}
    assert texts <= {MISSPELT, CLEAN, WRONG}


def test_unreadable_and_undecodable(folder):
    """A file met on a walk that is no text, or broken, becomes a finding, and the rest is checked."""
    (folder / "docs" / "decisions" / "0004.md").write_bytes(b"# Caf\xe9\n\n## Decision\n")
    write(folder, docs__decisions__0005_yaml="title: T\nstatus: [accepted\n")
    done = wrongfix("check", cwd=folder)
    assert ("0001.md", "KNW002") in found(done)
    assert "0004.md:1:6: REC001 warning" in done.stdout
    assert "0005.yaml:" in done.stdout
    assert "REC002 warning" in done.stdout


def test_help_fits_a_screen():
    """The help of each command fits 80 columns and a screen, and shows an example."""
    from wrongfix.cli.main import COMMANDS

    for command in COMMANDS:
        done = subprocess.run([PROGRAM, command, "--help"], capture_output=True, encoding="utf-8", check=True)
        lines = done.stdout.splitlines()
        assert len(lines) < 24, command
        assert max(map(len, lines)) <= 80, command
        assert "example" in done.stdout, command


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize(
    "arguments", [("--help",), ("rule",), ("check", "."), ("check", ".", "--output-format", "json")]
)
def test_output_that_nobody_takes(folder, arguments):
    """A report that cannot be written is told in words, and the status is 2."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [PROGRAM, *arguments], check=False, cwd=folder, stdout=full, stderr=subprocess.PIPE, encoding="utf-8"
        )
    assert done.returncode == 2
    assert "wrongfix: standard output cannot be written: No space left on device\n" in done.stderr
    assert "Errno" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("check",), ("rule",), ("init",), ("new", "x"), ("config",)])
def test_a_current_folder_that_is_gone(tmp_path, arguments):
    """Whoever stands in a folder that was deleted is told so."""
    gone = tmp_path / "gone"
    gone.mkdir()
    done = subprocess.run(
        ["sh", "-c", f'rmdir "$PWD"; exec "$0" {" ".join(arguments)}', PROGRAM], check=False, cwd=gone,
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "wrongfix: the current folder is gone\n")


def test_every_flag_of_check_has_a_screen():
    """What `check --help` leaves out is one flag away, and together they show every flag."""
    from wrongfix.cli.main import parser_of

    short, whole = (
        subprocess.run([PROGRAM, "check", flag], capture_output=True, encoding="utf-8", check=True).stdout
        for flag in ("--help", "--help-all")
    )
    assert "--help-all" in short
    assert "--no-cache" not in short
    flags = {flag for action in parser_of("check")._actions for flag in action.option_strings}  # noqa: SLF001 # named nowhere else
    assert flags <= set(re.findall(r"(?<=[ ,])--?[a-z-]+", whole))
    assert max(map(len, whole.splitlines())) <= 80


def test_version_and_overview():
    """The program says its version, and what commands there are."""

    def said(*arguments: str) -> str:
        return subprocess.run([PROGRAM, *arguments], capture_output=True, encoding="utf-8", check=True).stdout

    assert said("--version").startswith("wrongfix ")
    assert said("version") == said("--version")
    assert said("help", "check") == said("check", "--help")
    assert said("help") == said("--help")
    overview = said("--help")
    assert "--version" in overview
    assert max(map(len, overview.splitlines())) <= 80
    for command in ("check", "inspect", "rule", "recommend", "new", "init", "baseline", "config", "server"):
        assert f"\n  {command} " in overview
    assert "evidence" not in overview


def test_names_that_are_no_text(folder):
    """A file name that is not UTF-8 is checked and shown, and steers no terminal."""
    name = os.fsencode(str(folder / "docs" / "decisions")) + b"/0004-\xff\x1b[31m.md"
    Path(os.fsdecode(name)).write_text(WRONG)
    done = wrongfix("check", cwd=folder)
    assert "\x1b" not in done.stdout
    assert done.stdout.count("KNW002") == 2
    assert len(json.loads(wrongfix("check", "--output-format", "json", cwd=folder).stdout)["findings"]) == 3


def test_an_error_of_ours_is_told_and_the_other_files_are_checked(folder, monkeypatch, capsys):
    """One file that the tool fails on costs that file alone, the status says so, and no cache remembers it."""
    examine = engine.examine

    def fails(source, *rest):
        if source.name.endswith("0004-fails.md"):
            raise KeyError("prompt-compression")
        return examine(source, *rest)

    (folder / "docs" / "decisions" / "0004-fails.md").write_text(WRONG, encoding="utf-8")
    monkeypatch.setattr(engine, "examine", fails)
    monkeypatch.chdir(folder)
    for _ in range(2):
        assert main(["check"]) == 2
        told = capsys.readouterr()
        assert "0001.md:4:12: KNW002 error" in told.out
        assert "0004-fails.md was not checked, by an error of wrongfix: KeyError: 'prompt-compression' (" in told.err
