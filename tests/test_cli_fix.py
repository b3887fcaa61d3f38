"""`wrongfix check --fix`: what is applied, what is not, and that nothing is lost."""

import json
import resource
import signal
import subprocess
import sys

import pytest

from program import CLEAN, MISSPELT, PROGRAM, WRONG, git, write, wrongfix
from wrongfix.cli.remedying import remedied
from wrongfix.findings import Applicability, Confidence, Finding, Fix, Severity, fix_for
from wrongfix.text import Edit, Span


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a record whose fix is unsafe and one whose fix is safe."""
    project = tmp_path / "project"
    write(project, a__0001_md=WRONG, a__0002_md=MISSPELT)
    return project


def test_safe_fixes(folder):
    """`--fix` applies safe fixes, reports what is left, and a second run changes nothing."""
    done = wrongfix("check", "--fix", "a/0001.md", "a/0002.md", cwd=folder)
    assert done.returncode == 1
    assert "0002" not in done.stdout
    assert "KNW002" in done.stdout
    assert done.stderr.startswith("1 fix applied\n1 finding")
    assert (folder / "a/0002.md").read_text() == CLEAN
    assert (folder / "a/0001.md").read_text() == WRONG
    again = wrongfix("check", "--fix", "a/0001.md", "a/0002.md", cwd=folder)
    assert again.stdout == done.stdout
    assert "applied" not in again.stderr


def test_unsafe_fixes(folder):
    """`--unsafe-fixes` applies the first fix of a stated finding too, and the finding is gone."""
    done = wrongfix("check", "--fix", "--unsafe-fixes", "a/0001.md", cwd=folder)
    assert done.returncode == 0, done.stdout
    assert "approach: [rag]" in (folder / "a/0001.md").read_text()


def test_how_to_go_on(folder):
    """The last line counts what each flag would apply, and a mark tells what `--fix` alone does."""
    done = wrongfix("check", "a", cwd=folder)
    by_code = {line.split()[1]: line for line in done.stdout.splitlines()}
    assert by_code["TAG001"].endswith(" [*] [fix available]")
    assert by_code["KNW002"].endswith(" [fix available]")
    assert "[*]" not in by_code["KNW002"]
    told = (
        "2 findings (1 error, 1 warning) in 2 files; --fix applies 1 (marked [*]), --fix --unsafe-fixes applies 1 more"
    )
    assert done.stderr.splitlines()[-1] == told
    left = wrongfix("check", "--fix", "a", cwd=folder).stderr.splitlines()
    assert left == ["1 fix applied", "1 finding (1 error) in 2 files; --fix --unsafe-fixes applies 1"]
    assert "applies" not in wrongfix("check", "--fix", "--unsafe-fixes", "a", cwd=folder).stderr


def test_guesses_are_not_written_down(folder):
    """What was read from prose is never written into the record unasked, not even by unsafe fixes."""
    text = "# Keep fares current\n\n## Context\n\nOur assistant answers with outdated fares.\n\n## Decision\n\nWe will fine-tune the model on the fares.\n"
    write(folder, a__0003_md=text)
    first = wrongfix("check", "a/0003.md", cwd=folder)
    assert " warning " in first.stdout
    assert "[fix available]" not in first.stdout
    assert "applies" not in first.stderr
    done = wrongfix("check", "--fix", "--unsafe-fixes", "a/0003.md", cwd=folder)
    assert "left to you: what is only inferred" in done.stderr
    assert (folder / "a/0003.md").read_text() == text


def test_diff(folder):
    """`--diff` shows what would change and writes nothing; the status is that of the findings."""
    done = wrongfix("check", "--diff", "a/0001.md", "a/0002.md", cwd=folder)
    assert done.returncode == 1
    assert (
        "-failure-tags: [missing-citations, stale-knowlege]\n+failure-tags: [missing-citations, stale-knowledge]\n"
        in done.stdout
    )
    assert "0001" not in done.stdout
    assert (folder / "a/0002.md").read_text() == MISSPELT
    both = wrongfix("check", "--diff", "--unsafe-fixes", "a/0001.md", cwd=folder)
    assert "+approach: [rag]" in both.stdout


SHAPES = {
    "plain": MISSPELT.encode(),
    "carriage returns": MISSPELT.replace("\n", "\r\n").encode(),
    "mixed": MISSPELT.replace("\n", "\r\n", 3).encode() + b"a\rlone one",
    "mark": b"\xef\xbb\xbf" + MISSPELT.encode(),
    "no end": MISSPELT.removesuffix("\n").encode(),
    "change in a last line without an end": b"# Answers\n\n## Status\n\nDraft\n\n## Decision\n\nRAG.\n\n## Failure tags\n\n- stale-knowledge\n- tone-inconsistancy",
    "control signs": MISSPELT.replace("by heart", "\x1b[31m \u202e \x0c\x1c\x85 😀").encode(),
}


@pytest.mark.parametrize("place", [".", "docs/decisions"])
@pytest.mark.parametrize("name", ["0002.md", "with a blank, ü and 'quote'.md", 'a"b\\\\c.md'])
def test_a_diff_is_a_patch(tmp_path, name, place):
    """What `--diff` prints, `git apply` takes: from any folder of a repository, to the byte what `--fix` writes."""
    project = tmp_path / "project"
    records = project / "docs" / "decisions"
    for shape, data in SHAPES.items():
        (records / shape).mkdir(parents=True)
        (records / shape / name).write_bytes(data)
    git(project, "init", "-q")
    git(project, "config", "core.autocrlf", "false")
    cwd = project / place
    command = f"'{PROGRAM}' check --no-cache --diff . | git apply"
    done = subprocess.run(["bash", "-c", command], check=False, cwd=cwd, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    patched = {shape: (records / shape / name).read_bytes() for shape in SHAPES}
    for shape, data in SHAPES.items():
        (records / shape / name).write_bytes(data)
    wrongfix("check", "--no-cache", "--fix", ".", cwd=cwd)
    assert patched == {shape: (records / shape / name).read_bytes() for shape in SHAPES}
    assert [shape for shape, data in SHAPES.items() if patched[shape] == data] == []


def test_a_diff_into_a_file(folder):
    """The patch is written into a file as it is printed; UTF-16 is binary to Git, and is told instead."""
    (folder / "a/0003.md").write_bytes(b"\xff\xfe" + MISSPELT.encode("utf-16-le"))
    printed = wrongfix("check", "--diff", "a", cwd=folder)
    wrongfix("check", "--diff", "a", "-o", "fixes.patch", cwd=folder)
    assert (folder / "fixes.patch").read_text() == printed.stdout
    assert printed.stdout.count("+++ ") == 1
    assert "a/0003.md: not in the patch: it is UTF-16" in printed.stderr


def test_a_diff_beside_a_report(folder):
    """With a format for machines its report keeps its place: the patch goes to where the report does not."""
    patch = wrongfix("check", "--diff", "a", cwd=folder).stdout
    done = wrongfix("check", "--diff", "--output-format", "json", "a", cwd=folder)
    assert {each["code"] for each in json.loads(done.stdout)["findings"]} >= {"KNW002", "TAG001"}
    assert patch in done.stderr
    done = wrongfix("check", "--diff", "--output-format", "json", "-o", "report.json", "a", cwd=folder)
    assert json.loads((folder / "report.json").read_text())["findings"]
    assert done.stdout == patch


def test_line_ends_and_mark(folder):
    """A fix keeps line ends, the byte order mark and every byte outside its edit."""
    data = b"\xef\xbb\xbf" + MISSPELT.replace("\n", "\r\n").encode() + b"\r\nlast line without an end \xf0\x9f\x98\x80"
    (folder / "a/0002.md").write_bytes(data)
    wrongfix("check", "--fix", "a/0002.md", cwd=folder)
    assert (folder / "a/0002.md").read_bytes() == data.replace(b"knowlege", b"knowledge")


def test_link_out_of_the_folder(folder):
    """A record that is a link out of the repository is reported and not fixed, and the status says so."""
    (folder / ".git").mkdir()
    outside = folder.parent / "outside.md"
    outside.write_text(MISSPELT)
    (folder / "a/0003.md").symlink_to(outside)
    done = wrongfix("check", "--fix", "a/0003.md", cwd=folder)
    assert done.returncode == 2
    assert "a/0003.md: not fixed: it is a link that leads out of the folder" in done.stderr
    assert outside.read_text() == MISSPELT


def test_no_room(folder):
    """When the new text cannot be written, the old one stays, the reason is told, and the status is 2."""
    big = MISSPELT + "x" * 60_000 + "\n"
    write(folder, a__0003_md=big)

    def no_large_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [PROGRAM, "check", "--fix", "--no-cache", "a/0003.md"], check=False, cwd=folder, capture_output=True,
        encoding="utf-8", preexec_fn=no_large_files, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "not fixed: File too large" in done.stderr
    assert (folder / "a/0003.md").read_text() == big
    assert sorted(path.name for path in (folder / "a").iterdir()) == ["0001.md", "0002.md", "0003.md"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_ended_by_a_signal(folder, number):
    """However a run is ended, nothing lies beside the record it was writing, and the status is the shells' one."""
    code = (
        "import os; from wrongfix.cli.main import main\n"
        f"os.fsync = lambda _: os.kill(os.getpid(), {int(number)})\n"
        "raise SystemExit(main(['check', '--fix', 'a/0002.md']))"
    )

    def as_in_a_terminal():  # any of them may be ignored here
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)

    done = subprocess.run(
        [sys.executable, "-c", code], check=False, cwd=folder, capture_output=True, encoding="utf-8", timeout=60,
        preexec_fn=as_in_a_terminal,
    )  # fmt: skip
    assert done.returncode == 128 + number
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in (folder / "a").iterdir()) == ["0001.md", "0002.md"]
    assert (folder / "a/0002.md").read_text() == MISSPELT


def test_left_alone_in_words(folder):
    """A record that is read-only, or has another name, is not fixed, words say so, and the status is 2."""
    (folder / "a/0002.md").chmod(0o444)
    (folder / "a/0003.md").write_text(MISSPELT)
    (folder / "a/0004.md").hardlink_to(folder / "a/0003.md")
    done = wrongfix("check", "--fix", "a/0002.md", "a/0003.md", cwd=folder)
    assert done.returncode == 2
    assert "a/0002.md: not fixed: it is read-only" in done.stderr
    assert "a/0003.md: not fixed: it has 2 names" in done.stderr
    assert {(folder / f"a/000{number}.md").read_text() for number in (2, 3, 4)} == {MISSPELT}


def finding(*fixes, confidence=Confidence.STATED):
    """Return a finding with fixes."""
    return Finding("X001", "x", Severity.ERROR, confidence, "m", Span(0, 1), fixes=fixes)


def test_which_fix():
    """A safe fix comes first; an unsafe one only when asked for, of what is stated, and in this document."""
    safe = Fix("s", Applicability.SAFE, (Edit(Span(0, 1), "s"),))
    unsafe = Fix("u", Applicability.UNSAFE, (Edit(Span(0, 1), "u"),))
    advice = Fix("d", Applicability.DISPLAY)
    elsewhere = Fix("e", Applicability.SAFE, (Edit(Span(0, 1), "e"),), "other.md")
    assert fix_for(finding(unsafe, safe), unsafe=True) is safe
    assert fix_for(finding(advice, unsafe), unsafe=False) is None
    assert fix_for(finding(advice, unsafe), unsafe=True) is unsafe
    assert fix_for(finding(unsafe, confidence=Confidence.INFERRED), unsafe=True) is None
    assert fix_for(finding(elsewhere, advice), unsafe=True) is None


def test_fixes_that_undo_each_other():
    """Two fixes that undo each other end, and so do fixes that meet: one is applied in each round."""

    def swap(text):
        other = "b" if text[0] == "a" else "a"
        return (finding(Fix("swap", Applicability.SAFE, (Edit(Span(0, 1), other),))),)

    assert remedied("a", swap("a"), swap, unsafe=False).text in "ab"

    def shorten(text):
        cut = Fix("cut", Applicability.SAFE, (Edit(Span(0, 1), ""),))
        return (finding(cut), finding(cut)) if text else ()

    done = remedied("aaaa", shorten("aaaa"), shorten, unsafe=False)
    assert (done.text, done.applied, done.findings) == ("", 4, ())
