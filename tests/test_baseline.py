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


STATED = "---\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n"
UNTITLED = f"{STATED}The fees go into the weights, says the team of the counter.\n"


@pytest.mark.parametrize(
    ("before", "after", "known"),
    [
        (f"{STATED}# Prices\n", f"{STATED}# Prices\n", True),
        (f"{STATED}# 1. Prices\n", f"{STATED}# 44.  prices\n\nMore.\n", True),
        (f"{STATED}# Prices\n", f"{STATED}# Medical guidelines\n", False),
        (UNTITLED * 3, f"{UNTITLED * 3}\nMore.\n", True),
        (UNTITLED, UNTITLED.replace("fees", "rules"), False),
        (UNTITLED, UNTITLED, True),
    ],
)
def test_a_record_in_the_place_of_another(tmp_path, before, after, known):
    """An accepted finding goes with its record into another file, and does not cover a new record with the same tags."""
    project = tmp_path / "project"
    write(project, **{"docs__adr__0001-a_md": before})
    wrongfix("baseline", cwd=project)
    (project / "docs/adr/0001-a.md").unlink()
    write(project, **{"docs__adr__0044-other_md": after})
    done = wrongfix("check", cwd=project)
    assert (done.returncode == 0) is known, done.stdout
    assert ("no longer there" in done.stderr) is not known
    told = "1 finding accepted, 0 taken out" if known else "0 findings accepted, 1 taken out; 1 new not"
    assert told in wrongfix("baseline", cwd=project).stderr


def test_records_of_a_log(tmp_path):
    """Records in one file are told apart when the file is renamed."""
    entry = "- title: {}\n  failure-tags: [stale-knowledge]\n  approach: [fine-tuning]\n  decision: Yes.\n"
    project = tmp_path / "project"
    write(project, adr__log_yaml=entry.format("Prices") + entry.format("Fees"))
    wrongfix("baseline", cwd=project)
    (project / "adr/log.yaml").unlink()
    write(project, adr__new_yaml=entry.format("Fees") + entry.format("Tariffs"))
    done = wrongfix("check", cwd=project)
    assert "1 finding accepted" in done.stderr
    assert done.stdout.count("KNW002") == 1


def test_a_baseline_of_old(folder):
    """One that does not say the record is read as it was meant, and says it once it is written anew."""
    new = (folder / FILE).read_text()
    told = json.loads(new)
    for each in told["findings"]:
        del each["record"]
    (folder / FILE).write_text(json.dumps(told))
    (folder / "docs/decisions/0001.md").rename(folder / "docs/decisions/0009.md")
    assert wrongfix("check", cwd=folder).returncode == 0
    (folder / "docs/decisions/0009.md").rename(folder / "docs/decisions/0001.md")
    assert wrongfix("baseline", cwd=folder).stderr.endswith("2 findings accepted, 0 taken out\n")
    assert (folder / FILE).read_text() == new


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--select", "KNW"), "2 findings accepted (1 of them not looked at), 0 taken out"),
        (("--ignore", "TAG001", "--allow-new"), "2 findings accepted (1 of them not looked at), 2 before"),
        (("--select", "RET"), "2 findings accepted (2 of them not looked at), 0 taken out"),
    ],
)
def test_what_is_not_looked_at_stays(folder, arguments, told):
    """A selection of rules, in flags or settings, and files passed over: their accepted findings stay, and none is gone."""
    before = (folder / FILE).read_text()
    assert "no longer there" not in wrongfix("check", *arguments[:2], cwd=folder).stderr
    assert told in wrongfix("baseline", *arguments, cwd=folder).stderr
    assert (folder / FILE).read_text() == before
    write(folder, wrongfix_toml='ignore = ["KNW"]\nexclude = ["0002.md"]')
    assert "no longer there" not in wrongfix("check", cwd=folder).stderr
    assert "(2 of them not looked at), 0 taken out" in wrongfix("baseline", cwd=folder).stderr
    assert (folder / FILE).read_text() == before


def test_what_went_elsewhere_is_not_gone(folder):
    """Of a file that is gone nothing is said but where all was looked at: it may have been renamed."""
    write(folder, docs__decisions__0003_md=CLEAN)
    (folder / "docs/decisions/0001.md").rename(folder / "docs/decisions/0009.md")
    for paths in (("docs/decisions/0003.md",), ("docs",), (".",)):
        assert "no longer there" not in wrongfix("check", *paths, cwd=folder).stderr
    (folder / "docs/decisions/0009.md").unlink()
    assert "no longer there" not in wrongfix("check", "docs", cwd=folder).stderr
    assert "1 accepted finding no longer there: wrongfix baseline takes it out" in wrongfix("check", cwd=folder).stderr


def test_letting_new_ones_in_is_told(folder):
    """How many there are, and how many there were."""
    write(folder, docs__decisions__0003_md=WRONG)
    assert wrongfix("baseline", "--allow-new", cwd=folder).stderr == f"{FILE}: 3 findings accepted, 2 before\n"


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
    sifted = baseline.sift([("a.md", (finding(("w",)), finding(("w",))))], entries, {"a.md"})
    assert [len(each) for each in sifted.fresh] == [1]
    assert (sifted.occurring, sifted.absent) == (entries, Counter())


def test_text_round_trip(tmp_path):
    """What is written is read back, counts included."""
    entries = Counter({baseline.Accepted("ä.md", "A001", "x", "r"): 2, baseline.Accepted("b.md", "A001", "y"): 1})
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
