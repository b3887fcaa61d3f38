"""What a system, a shell or another program does to a run: streams gone, signals, odd names, files that change."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from program import CLEAN, MISSPELT, PROGRAM, WRONG, write, wrongfix
from wrongfix import baseline, files

pytestmark = [
    pytest.mark.rude,
    pytest.mark.skipif(sys.platform == "win32", reason="signals, pipes and names of Unix"),
]
NAMES = [b"\xff\xfe.md", b"a\nb.md", b"a\x1b[31mb.md", b"a:b%0A::error::x.md", "é\u2028.md".encode(), b"a b'\".md", b"x<y>&.md", b"\x7f\x01.md"]  # fmt: skip


def test_an_interrupted_fix_leaves_whole_files(tmp_path):
    """Ctrl-C in the middle of --fix: each file is as it was or as it should be, and nothing else lies about."""
    texts = {f"r{number:04}.md": MISSPELT for number in range(1_500)}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = subprocess.Popen(
        [PROGRAM, "check", "--fix", "--no-cache", "."], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 # it may be ignored here
    )  # fmt: skip
    first = tmp_path / "r0000.md"
    while run.poll() is None and first.read_text(encoding="utf-8") == MISSPELT:
        time.sleep(0.002)
    run.send_signal(signal.SIGINT)
    _, told = run.communicate(timeout=60)
    assert b"Traceback" not in told, told
    found = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert found.keys() == texts.keys()
    assert set(found.values()) <= {MISSPELT, CLEAN}
    assert run.returncode in (0, 130)


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize("command", ["check .", "check --fix .", "inspect .", "rule", "config", "server"])
def test_a_closed_stream_crashes_nothing(closed, command, tmp_path):
    """Whatever the shell closed, the command does its work, and nothing it opens takes the stream's place."""
    write(tmp_path, r_md=MISSPELT)
    variables = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = subprocess.run(  # noqa: S602 # a shell closes streams
        f"exec {PROGRAM} {command} {closed}", shell=True, cwd=tmp_path, capture_output=True, check=False, timeout=60, env=variables, stdin=subprocess.DEVNULL  # a shell closes streams
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    assert done.returncode == (1 if command in ("check .", "server") else 0)
    assert (tmp_path / "r.md").read_text(encoding="utf-8") == (CLEAN if "--fix" in command else MISSPELT)


def test_a_report_goes_into_a_pipe_and_replaces_none(tmp_path):
    """What is no file is written into and stays what it is: it may be a device that others use, too."""
    write(tmp_path, r_md=WRONG)
    os.mkfifo(tmp_path / "pipe")
    heard = []
    reader = threading.Thread(target=lambda: heard.append((tmp_path / "pipe").read_bytes()), daemon=True)
    reader.start()
    done = wrongfix("check", "r.md", "--output-format", "json", "--output-file", "pipe", cwd=tmp_path)
    assert done.returncode == 1
    reader.join(10)
    assert json.loads(heard[0])["findings"]
    assert (tmp_path / "pipe").is_fifo()


def test_nothing_but_a_file_is_replaced(tmp_path):
    """Not a pipe, not a folder, whoever asks."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(files.WriteError):
            files.replaced(str(tmp_path / name), b"x")
    assert (tmp_path / "pipe").is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "pipe"]


@pytest.mark.parametrize("name", ["missing/x.json", "r.md/x.json", "", "x" * 300, "a\udcff/x"])
def test_a_report_that_cannot_be_written_is_told(name, tmp_path):
    """Status 2 and words, whatever the name."""
    write(tmp_path, r_md=WRONG)
    done = wrongfix("check", "r.md", "--output-file", name, "--output-format", "json", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("wrongfix: ")


@pytest.mark.parametrize("form", ["concise", "full", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson"])  # fmt: skip
def test_odd_names_are_checked_fixed_and_told_in_every_format(form, tmp_path):
    """Names that are no UTF-8, hold line ends or escape signs: none gets lost, none reaches the terminal as it is."""
    for name in NAMES:
        (tmp_path / os.fsdecode(name)).write_text(MISSPELT, encoding="utf-8")
    done = wrongfix("check", ".", "--output-format", form, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.count("TAG001") >= len(NAMES)
    assert "\x1b[31m" not in done.stdout + done.stderr
    assert not any(line.startswith("::error") for line in done.stdout.splitlines())
    assert wrongfix("check", ".", "--fix", cwd=tmp_path).returncode == 0
    assert {path.read_text(encoding="utf-8") for path in tmp_path.iterdir() if path.suffix == ".md"} == {CLEAN}


def test_a_path_beyond_all_bounds_is_told(tmp_path):
    """A name of 32,000 signs is no file: status 2 and words, for every command that takes one."""
    name = "x/" * 16_000 + "r.md"
    for arguments in (("check", name), ("inspect", name), ("check", "-", "--stdin-filename", name), ("config", name), ("check", "--config", name)):  # fmt: skip
        done = wrongfix(*arguments, cwd=tmp_path, stdin=WRONG)
        assert done.returncode in (1, 2), done


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write everything")
def test_what_is_closed_to_us_is_told_and_left_alone(tmp_path):
    """A folder that cannot be read is told when it is named; a file in one that cannot be written stays as it is."""
    write(tmp_path, closed__r_md=WRONG, fixed__r_md=MISSPELT)
    (tmp_path / "closed").chmod(0)
    (tmp_path / "fixed").chmod(0o555)
    try:
        for command in ("check", "inspect"):
            done = wrongfix(command, "closed", cwd=tmp_path)
            assert (done.returncode, done.stderr) == (2, "wrongfix: closed: the folder cannot be read\n")
        done = wrongfix("check", "fixed", "--fix", cwd=tmp_path)
        assert done.returncode == 2
        assert "not fixed" in done.stderr
        assert (tmp_path / "fixed" / "r.md").read_text(encoding="utf-8") == MISSPELT
    finally:
        (tmp_path / "closed").chmod(0o755)
        (tmp_path / "fixed").chmod(0o755)


def test_folders_that_nest_beyond_all_bounds_are_walked(tmp_path):
    """Two thousand folders in one another, as deep as names reach: what lies above is checked, and nothing crashes."""
    write(tmp_path, r_md=WRONG)
    there = os.open(tmp_path, os.O_RDONLY)
    for _ in range(2_000):
        os.mkdir("a", dir_fd=there)
        there, before = os.open("a", os.O_RDONLY, dir_fd=there), there
        os.close(before)
    os.close(os.open("deep.md", os.O_CREAT | os.O_WRONLY, dir_fd=there))
    os.close(there)
    assert wrongfix("check", ".", cwd=tmp_path).stdout.count("KNW002") == 1
    subprocess.run(["rm", "-rf", str(tmp_path / "a")], check=True)  # what Python's own way would not get through


@pytest.mark.parametrize("swap", ["folder", "pipe", "link", "gone", "other"])
def test_a_file_that_became_something_else_is_left_alone(swap, tmp_path):
    """Between reading and writing a record may become anything: nothing is written, and words say so."""
    path, outside = tmp_path / "repo" / "r.md", tmp_path / "outside.md"
    path.parent.mkdir()
    path.write_text(MISSPELT, encoding="utf-8")
    outside.write_text(MISSPELT, encoding="utf-8")
    document = files.read(str(path), "r.md")
    path.unlink()
    if swap == "folder":
        path.mkdir()
    elif swap == "pipe":
        os.mkfifo(path)
    elif swap == "link":
        path.symlink_to(outside)
    elif swap == "other":
        path.write_text(WRONG, encoding="utf-8")
    with pytest.raises(files.WriteError):
        files.write(document, CLEAN, str(path.parent))
    assert outside.read_text(encoding="utf-8") == MISSPELT
    assert [each.name for each in path.parent.iterdir()] == ([] if swap == "gone" else ["r.md"])


@pytest.mark.parametrize(
    "text",
    [
        b"", b"\xff\xfe{", b"[1]", b"null", b'"x"', b"[" * 100_000, b'{"version": 2, "findings": []}', b'{"version": 1}',
        b'{"version": 1, "findings": 3}', b'{"version": 1, "findings": [1]}', b'{"version": 1, "findings": {"a": 1}}',
        b'{"version": 1, "findings": [{"file": "r.md", "code": "X", "words": "y", "count": 1e999}]}',
        b'{"version": 1, "findings": [{"file": "r.md", "code": "X", "words": "y", "count": "x"}]}',
        b'{"version": ' + b"1" * 5_000 + b', "findings": []}',
    ],
    ids=lambda text: repr(text[:20]),
)  # fmt: skip
def test_a_baseline_that_is_none_is_refused_in_words(text, tmp_path):
    """Whatever stands in its file: status 2, its name, and what to do."""
    write(tmp_path, r_md=WRONG)
    (tmp_path / baseline.FILE_NAME).write_bytes(text)
    for command in ("check", "baseline"):
        done = wrongfix(command, cwd=tmp_path)
        assert done.returncode == 2
        assert baseline.FILE_NAME in done.stderr


def test_a_baseline_names_any_file(tmp_path):
    """Names no system takes are names of files that are gone."""
    write(tmp_path, r_md=WRONG)
    entries = [{"file": name, "code": "X", "words": "y"} for name in ("a\0b", "x" * 9_000, "../" * 2_000, "\ud800", "")]
    (tmp_path / baseline.FILE_NAME).write_text(json.dumps({"version": 1, "findings": entries}), encoding="utf-8")
    assert wrongfix("check", cwd=tmp_path).returncode == 1
    assert wrongfix("baseline", cwd=tmp_path).returncode == 0


def test_a_baseline_is_not_written_through_a_link_that_leads_out(tmp_path):
    """Neither to a file that is there nor to one that would be made."""
    write(tmp_path, repo__r_md=WRONG)
    (tmp_path / "repo" / baseline.FILE_NAME).symlink_to(tmp_path / "outside.json")
    done = wrongfix("baseline", cwd=tmp_path / "repo")
    assert done.returncode == 2
    assert "leads out" in done.stderr
    assert not (tmp_path / "outside.json").exists()
