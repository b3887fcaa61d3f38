"""The baseline: accepted findings stay out of the way, new ones do not, and it only shrinks."""

import json
from collections import Counter
from pathlib import Path

import pytest

from program import CLEAN, MISSPELT, WRONG, write, wrongfix
from wrongfix import baseline
from wrongfix.findings import Confidence, Finding, Severity
from wrongfix.text import Span

FILE = ".wrongfix-baseline.json"


@pytest.fixture
def folder(tmp_path):
    """Return a folder with two accepted findings in two records."""
    project = tmp_path / "project"
    write(project, docs__decisions__0001_md=WRONG, docs__decisions__0002_md=MISSPELT)
    assert wrongfix("baseline", cwd=project).stderr == f"{FILE}: 2 findings accepted\n"
    return project


def test_accepted(folder):
    """Accepted findings are not reported, and the status is 0; --no-baseline brings them back."""
    done = wrongfix("check", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 findings accepted by the baseline" in done.stderr
    assert wrongfix("check", "--no-baseline", cwd=folder).returncode == 1


def test_from_anywhere(folder):
    """The baseline holds from every folder of the repository, for named files and for standard input."""
    (folder / ".git").mkdir()
    assert wrongfix("check", cwd=folder / "docs").returncode == 0
    assert wrongfix("check", "docs/decisions/0001.md", cwd=folder).returncode == 0
    name = "docs/decisions/0001.md"
    assert wrongfix("check", "-", "--stdin-filename", name, cwd=folder, stdin=WRONG).returncode == 0


def test_moved_lines_and_renamed_files(folder):
    """A finding stays accepted when lines move and when its file gets another name."""
    path = folder / "docs/decisions/0001.md"
    path.write_text(WRONG.replace("status: proposed", "status: proposed\ndate: 2026-01-01\ntags: [a]"))
    path.rename(folder / "docs/decisions/0009-renamed.md")
    done = wrongfix("check", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")


def test_new_findings(folder):
    """A new finding is reported, be it in a new file, of another rule, or on other words."""
    write(folder, docs__decisions__0003_md=WRONG)
    assert "0003.md" in wrongfix("check", cwd=folder).stdout
    write(folder, docs__decisions__0003_md=CLEAN, docs__decisions__0001_md=WRONG.replace("[stale-", "[private-"))
    assert "0001.md" in wrongfix("check", cwd=folder).stdout


def test_a_copy_is_new(folder):
    """An accepted finding does not cover the same words in another file while its own is still there."""
    write(folder, docs__decisions__0003_md=WRONG)
    assert [line[:22] for line in wrongfix("check", cwd=folder).stdout.splitlines()] == ["docs/decisions/0003.md"]


def test_it_only_shrinks(folder):
    """Run again, it takes out what is gone and lets nothing new in, unless told to."""
    write(folder, docs__decisions__0001_md=CLEAN, docs__decisions__0003_md=WRONG)
    assert "1 accepted finding no longer there" in wrongfix("check", cwd=folder).stderr
    done = wrongfix("baseline", cwd=folder)
    assert done.stderr == f"{FILE}: 1 finding accepted, 1 taken out; 1 new not accepted (--allow-new does)\n"
    assert wrongfix("check", cwd=folder).returncode == 1
    wrongfix("baseline", "--allow-new", cwd=folder)
    assert wrongfix("check", cwd=folder).returncode == 0


def test_nothing_to_accept(tmp_path):
    """Where nothing is found, no baseline is written."""
    project = tmp_path / "project"
    write(project, docs__decisions__0001_md=CLEAN)
    assert "nothing to accept" in wrongfix("baseline", cwd=project).stderr
    assert not (project / FILE).exists()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}']
)
def test_broken(folder, content):
    """A broken baseline is no empty one: the run stops and says which file."""
    (folder / FILE).write_text(content)
    for command in ("check", "baseline"):
        done = wrongfix(command, cwd=folder)
        assert done.returncode == 2
        assert FILE in done.stderr


def test_configured(tmp_path):
    """`baseline` in the configuration says where it lies; one that is missing is told."""
    project = tmp_path / "project"
    write(project, docs__decisions__0001_md=WRONG, wrongfix_toml='baseline = "quality/accepted.json"')
    assert wrongfix("check", cwd=project).returncode == 2
    wrongfix("baseline", cwd=project)
    assert (
        json.loads((project / "quality/accepted.json").read_text())["findings"][0]["file"]
        == "../docs/decisions/0001.md"
    )
    assert wrongfix("check", cwd=project).returncode == 0


def test_the_file_reads_well_in_a_diff(folder):
    """One finding is one line, sorted, so that a change shows what it is."""
    lines = (folder / FILE).read_text().splitlines()
    assert [json.loads(line.rstrip(","))["file"][-7:] for line in lines[3:5]] == ["0001.md", "0002.md"]


def finding(words, message="m"):
    """Return a finding that rests on words."""
    return Finding("A001", "a", Severity.ERROR, Confidence.STATED, message, Span(0, 1), words=words)


def test_message_and_case_do_not_count():
    """A finding is known by rule and words; another message, or other capitals, leave it the same."""
    assert baseline.accepted(finding(("Old Fee",)), "a.md") == baseline.accepted(finding(("old fee",), "n"), "a.md")
    assert baseline.accepted(finding(("old fee",)), "a.md") != baseline.accepted(finding(("new fee",)), "a.md")


def test_as_often_as_accepted():
    """Two alike need two entries: what is accepted once covers one of them."""
    entries = Counter({baseline.accepted(finding(("w",)), "a.md"): 1})
    fresh, occurring = baseline.sift([("a.md", (finding(("w",)), finding(("w",))))], entries, {"a.md"})
    assert [len(each) for each in fresh] == [1]
    assert occurring == entries


def test_text_round_trip(tmp_path):
    """What is written is read back, counts included."""
    entries = Counter({baseline.Accepted("ä.md", "A001", "x"): 2, baseline.Accepted("b.md", "A001", "y"): 1})
    path = Path(tmp_path / "b.json")
    path.write_text(baseline.text(entries))
    assert baseline.read(path) == entries
    path.write_text(baseline.text(Counter()))
    assert baseline.read(path) == Counter()


def test_the_cache_is_used_and_filled(folder):
    """A baseline asks the cache that a check filled, and fills it for the next."""
    home = folder.parent / "project-home"
    (path,) = home.rglob("findings/*.json")
    path.write_text(path.read_text().replace('"TAG001"', '"TAG999"'))
    (folder / FILE).unlink()
    wrongfix("baseline", cwd=folder)
    assert '"TAG999"' in (folder / FILE).read_text()
