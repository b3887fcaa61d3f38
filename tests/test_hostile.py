"""What strangers may write into records, rules, configurations and folders: bounded time, no way out, clear answers."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from program import WRONG, write, wrongfix
from timing import cpu_seconds
from wrongfix import files, rulebook
from wrongfix.configuration import read
from wrongfix.engine import examine
from wrongfix.files import LARGEST
from wrongfix.rulefile import RuleError, read_rule
from wrongfix.settings import Settings, SettingsError
from wrongfix.text import Source

BOOK = rulebook.load()
STRICT = Settings(profile="strict")
AI = "---\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# Use RAG for the assistant\n\n## Decision\n\nWe will fine-tune it.\n\n"
GROWING = {
    "one word": ("r.md", "a"),
    "digits": ("r.md", "1"),
    "stops": ("r.md", "."),
    "spaces": ("r.md", " "),
    "returns": ("r.md", "\r"),
    "NUL": ("r.md", "\0"),
    "words": ("r.md", "rag fine-tuning model stale "),
    "denials": ("r.md", "not no never without rag "),
    "sentences": ("r.md", "We will use rag for the model because facts are stale. "),
    "paragraphs": ("r.md", "We will use rag for the model.\n\n"),
    "brackets": ("r.md", "["),
    "links": ("r.md", "[a]("),
    "quotes": ("r.md", "> "),
    "emphasis": ("r.md", "*a **b "),
    "code": ("r.md", "`a``b```c "),
    "cells": ("r.md", "| rag | model |\n|---|---|\n"),
    "headings": ("r.md", "## Decision\n\n"),
    "options": ("r.md", "### Option rag\n\n* Good, because x\n\n"),
    "choices": ("r.md", 'Chosen option: "rag", because x.\n\n'),
    "entities": ("r.md", "&amp;"),
    "emoji": ("r.md", "😀 rag "),
    "HTML": ("r.md", "<a href='"),
    "tag lines": ("r.md", "Failure tags: stale-knowledge, "),
    "directives": ("r.md", "<!-- wrongfix-disable-next-line KNW002 -- x -->\n"),
    "open directives": ("r.md", "<!-- wrongfix-disable "),
    "pairs of directives": ("r.md", "<!-- wrongfix-disable KNW002 -->\n\n<!-- wrongfix-enable KNW002 -->\n\n"),
    "YAML comments": ("r.yaml", "# wrongfix: ignore[KNW002] x\n"),
    "YAML documents": ("r.yaml", "---\ntitle: t\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n"),
    "broken YAML": ("r.yaml", "a: b: c\n"),
}
BOMBS = {
    "aliases": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(11)),
    "text repeated by aliases": "a: &a '" + "rag model " * 5_000 + "'\nb: [" + "*a, " * 5_000 + "]\n",
    "merges": "a: &a {" + ", ".join(f"k{i}: 1" for i in range(300)) + "}\n" + "b: {<<: *a}\n" * 2_000,
    "nesting": "[" * 50_000,
    "keys": "{a: " * 50_000,
}


def seconds(name, text):
    """Return the processor time of one check."""
    return cpu_seconds(lambda: examine(Source(name, text), BOOK, STRICT))


@pytest.mark.growth
@pytest.mark.parametrize(("name", "unit"), GROWING.values(), ids=GROWING)
def test_twice_the_text_takes_twice_the_time(name, unit):
    """Checking grows with length alone: below three times for twice the text, whatever is repeated.

    What is quadratic takes four times at each try; a busy machine does so at one and not at three.
    """
    lead = AI if name == "r.md" else "title: t\napproach: rag\n"
    seconds(name, lead)

    def best(size):
        return min(seconds(name, lead + unit * (size // len(unit))) for _ in range(2))

    assert any(best(24_000) < 3 * max(best(12_000), 0.02) for _ in range(3))


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("name", ["r.yaml", "r.md"])
def test_small_yaml_that_stands_for_much_is_refused(bomb, name):
    """In a process of its own, front matter or record: no crash, and the bound of a second holds."""
    script = (
        "import sys, time\nfrom wrongfix import engine, rulebook\nfrom wrongfix.settings import Settings\n"
        "from wrongfix.text import Source\nbook = rulebook.load()\ntext = sys.stdin.read()\nstart = time.process_time()\n"
        f"engine.examine(Source({name!r}, text), book, Settings())\nprint(time.process_time() - start)\n"
    )
    text = bomb if name == "r.yaml" else f"---\nstatus: x\n{bomb}---\n# A\n"
    done = subprocess.run(
        [sys.executable, "-c", script], input=text, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert float(done.stdout) < 1


def test_a_line_of_ten_megabytes_is_checked():
    """A file of one line within the size that is read takes seconds; the bound is one microsecond a character."""
    assert seconds("r.md", AI + "a" * 10_000_000) < 10


def test_what_is_too_large_is_told_and_not_read(tmp_path):
    """A file beyond the bound becomes a finding of its own, and the rest is checked."""
    with (tmp_path / "big.md").open("wb") as stream:
        stream.truncate(LARGEST + 1)
    document = files.read(str(tmp_path / "big.md"), "big.md")
    assert document.problem is not None
    assert "larger" in document.problem.message
    assert document.data == b""


@pytest.mark.parametrize("fence", ["```\n{}\n```", "~~~md\n{}\n~~~", "    {}", "`{}`"])
def test_directives_in_code_silence_nothing(fence):
    """An example of a directive is no directive, and is not reported as one."""
    text = AI + fence.format("<!-- wrongfix-disable-file -- an example -->") + "\n"
    told = {finding.code for finding in examine(Source("r.md", text), BOOK, STRICT).findings}
    assert told == {finding.code for finding in examine(Source("r.md", AI), BOOK, STRICT).findings}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_devices_and_loops_stop_nothing(tmp_path):
    """A pipe nobody writes to, a device and a link to itself are told at once, by name or on a walk."""
    write(tmp_path, adr__r_md=WRONG)
    os.mkfifo(tmp_path / "adr" / "pipe.md")
    (tmp_path / "adr" / "endless.md").symlink_to("/dev/zero")
    (tmp_path / "adr" / "loop.md").symlink_to("loop.md")
    (tmp_path / "adr" / "round").symlink_to(tmp_path / "adr", target_is_directory=True)

    walked = wrongfix("check", ".", cwd=tmp_path)
    assert walked.returncode == 1
    assert walked.stdout.count("KNW002") == 1
    for name in ("pipe.md", "endless.md", "loop.md"):
        named = wrongfix("check", f"adr/{name}", cwd=tmp_path)
        assert "REC001" in named.stdout, named


def test_a_fix_never_writes_through_a_link_that_leads_out(tmp_path):
    """A record that is a link to a file elsewhere is checked and left alone; the link stays a link."""
    outside = tmp_path / "outside.md"
    outside.write_text(WRONG, encoding="utf-8")
    folder = tmp_path / "repo"
    folder.mkdir()
    (folder / "r.md").symlink_to(outside)

    done = wrongfix("check", "r.md", "--fix", "--unsafe-fixes", cwd=folder)
    assert outside.read_text(encoding="utf-8") == WRONG
    assert (folder / "r.md").is_symlink()
    assert done.returncode == 2
    assert "leads out" in done.stderr + done.stdout


@pytest.mark.parametrize(
    "line",
    [
        'extend = "../other.toml"', 'extend = "/etc/passwd"', 'extend = "link.toml"', 'rules = ["../*.yaml"]',
        'rules = ["../own.yaml"]', 'rules = ["/etc/*"]', 'rules = ["link/own.yaml"]', 'rules = ["link/*.yaml"]',
        'baseline = "../b.json"', 'cache-dir = "/tmp/elsewhere"', 'cache-dir = "link"',
    ],
)  # fmt: skip
def test_no_path_of_a_configuration_leads_out(line, tmp_path):
    """Not by its name, not by a pattern, and not through a link."""
    for name in ("other.toml", "own.yaml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    repo = tmp_path / "repo"
    (repo / ".git").mkdir(parents=True)
    (repo / "link").symlink_to(tmp_path, target_is_directory=True)
    (repo / "link.toml").symlink_to(tmp_path / "other.toml")
    (repo / "wrongfix.toml").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="out of the workspace"):
        read(repo / "wrongfix.toml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"thresholds = {{ few-examples = {'1' * 5_000} }}", "is not TOML"),
        ("a." * 400_000 + "a = 1", "more than 100 names"),
        (f"[{'a.' * 400_000}a]", "more than 100 names"),
        ("a = " + "[" * 100_000, "is not TOML"),
        ("thresholds = { few-examples = nan }", "finite"),
        ("thresholds = { few-examples = -inf }", "finite"),
        ('docs-url = "https://a\\u0000b"', "printable"),
        (f"extend = '{'x' * 5_000}'", "no such file|too long"),
        (f"rules = ['{'x' * 5_000}.yaml']", "no such file|too long"),
        (f"rules = ['{'x' * 5_000}/*.yaml']", "no such file|too long"),
        ("rules = ['**x/*.yaml']", "rules names"),
        ("rules = ['a/**/**/**/**/*.yaml']", "more than 2 times"),
        ("rules = ['\\u0000*']", "rules names|is not TOML"),
        ('baseline = "a\\u0000b"', "baseline names"),
        ("# " + "x" * 1_000_001, "too large"),
    ],
    ids=lambda each: each[:20],
)  # fmt: skip
def test_a_configuration_is_refused_in_words_within_a_second(text, told, tmp_path):
    """Numbers of thousands of digits, keys of thousands of names, names no system takes: each is told, none crashes."""
    (tmp_path / "wrongfix.toml").write_text(text, encoding="utf-8")

    def refused():
        with pytest.raises(SettingsError, match=told):
            read(tmp_path / "wrongfix.toml")

    assert cpu_seconds(refused) < 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", [".gitignore", ".ignore", ".git/info/exclude", "wrongfix.toml", "pyproject.toml", ".wrongfix-baseline.json"])  # fmt: skip
def test_a_pipe_in_the_place_of_a_file_of_settings_stops_nothing(name, tmp_path):
    """A pipe nobody writes to is no ignore file, no configuration and no baseline."""
    write(tmp_path, r_md=WRONG)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(tmp_path / name)
    assert wrongfix("check", ".", cwd=tmp_path).stdout.count("KNW002") == 1


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\n" + "".join(f"b{i}: &b{i} [{', '.join(['*a'] * 9)}]\n" for i in range(9)), "[" * 50_000, "{a: " * 50_000,
        "a: !!python/name:os.system x", "code: [KNW]", "code: {}\nname: []", "\0", "- - -", "? [a]\n: b", "1: 2", "null: x", "~", "code: !!binary x",
        "when: {all: [{all: [{all: 1}]}]}", "severity: [error]", "severity: {default: []}", "code: 2026-01-02",
    ],
)  # fmt: skip
def test_odd_rule_files_are_refused_in_words(text, tmp_path):
    """Whatever a rule file holds, it is refused with its place; nothing in it is run and nothing crashes."""
    path = tmp_path / "OWN001.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=r"OWN001\.yaml:\d+: "):
        read_rule(path)


def test_a_rule_file_that_is_no_text_is_refused_in_words(tmp_path):
    """Bytes that are no UTF-8 are told like any other mistake."""
    path = tmp_path / "OWN001.yaml"
    path.write_bytes(b"code: \xff\xfe")
    with pytest.raises(RuleError, match="UTF-8"):
        read_rule(path)
