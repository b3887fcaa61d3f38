"""The cache: it never changes what is said, and losing it costs time only."""

import json
import os
import subprocess

import pytest

from program import CLEAN, PROGRAM, WRONG, write, wrongfix
from wrongfix import cache
from wrongfix.findings import Applicability, Confidence, Finding, Fix, Likeness, Related, Said, Severity
from wrongfix.text import Edit, Span

SAID = Said(
    2,
    (
        Finding(
            "A001", "a", Severity.WARNING, Confidence.INFERRED, "m 😀", Span(1, 2), ("f",), ("p",),
            (Related("r", Span(3, 4), "o.md"),), (Fix("t", Applicability.UNSAFE, (Edit(Span(5, 6), "x"),), None),),
            ("w",), ("deprecated",), "r",
        ),
    ),
    Likeness.DECIDES,
)  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a wrong record."""
    project = tmp_path / "project"
    write(project, a__0001_md=WRONG, a__0002_md=CLEAN)
    return project


def cached(folder):
    """Return the files of the cache that a run in the folder keeps."""
    return sorted((folder.parent / "project-home").rglob("findings/*.json"))


def test_round_trip(tmp_path):
    """What is put in comes out the same, from memory and from the file."""
    one = cache.load(tmp_path / "c.json")
    cache.put(one, "k", SAID)
    assert cache.save(one) == ""
    again = cache.load(tmp_path / "c.json")
    assert cache.get(again, "k") == SAID
    assert cache.get(again, "other") is None


@pytest.mark.parametrize("form", ["concise", "full", "json", "sarif"])
def test_same_report(folder, form):
    """A warm cache says what a cold one says, and what no cache says."""
    arguments = ("check", "a/0001.md", "a/0002.md", "--output-format", form)
    cold = wrongfix(*arguments, cwd=folder)
    assert cached(folder)
    warm, none = wrongfix(*arguments, cwd=folder), wrongfix(*arguments, "--no-cache", cwd=folder)
    assert (cold.stdout, cold.returncode) == (warm.stdout, warm.returncode) == (none.stdout, none.returncode)


def test_it_is_used(folder):
    """A warm cache answers: what is written into it is what is said."""
    wrongfix("check", "a/0001.md", cwd=folder)
    (path,) = cached(folder)
    path.write_text(path.read_text().replace("Facts that change", "Cached facts"))
    assert "Cached facts" in wrongfix("check", "a/0001.md", cwd=folder).stdout
    assert "Cached facts" not in wrongfix("check", "--no-cache", "a/0001.md", cwd=folder).stdout


def test_keys_tell_apart(folder):
    """Another text, name, rule or setting is another entry."""
    assert "KNW002" in wrongfix("check", "a/0001.md", cwd=folder).stdout
    write(folder, a__0001_md=CLEAN)
    assert wrongfix("check", "a/0001.md", cwd=folder).stdout == ""
    write(folder, a__0001_md=WRONG, wrongfix_toml='severity = {KNW = "info"}')
    assert "KNW002 info" in wrongfix("check", "a/0001.md", cwd=folder).stdout
    assert "KNW002" not in wrongfix("check", "--ignore", "KNW", "a/0001.md", cwd=folder).stdout
    keys = {cache.key(*parts) for parts in (("s", "f", "n", b"d"), ("t", "f", "n", b"d"), ("s", "g", "n", b"d"),
                                            ("s", "f", "m", b"d"), ("s", "f", "n", b"e"))}  # fmt: skip
    assert len(keys) == 5


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"shape": 2, "entries": []}', b"\xff", b"[" * 100_000])
def test_corrupt(folder, content):
    """A corrupt cache is passed over with a note, and made anew."""
    first = wrongfix("check", "a/0001.md", cwd=folder)
    (path,) = cached(folder)
    path.write_bytes(content)
    done = wrongfix("check", "a/0001.md", cwd=folder)
    assert (done.stdout, done.returncode) == (first.stdout, 1)
    assert json.loads(path.read_bytes())["entries"]


def test_corrupt_entries(folder):
    """An entry that is not one is passed over."""
    first = wrongfix("check", "a/0001.md", cwd=folder)
    (path,) = cached(folder)
    content = json.loads(path.read_bytes())
    for bad in (None, [], {}, {"findings": [{}], "records": "x", "looks": None}):
        path.write_text(json.dumps({**content, "entries": dict.fromkeys(content["entries"], bad)}))
        assert wrongfix("check", "a/0001.md", cwd=folder).stdout == first.stdout


def test_unwritable(folder):
    """A cache that cannot be written is told in a note and changes nothing else."""
    (folder / "file").write_text("")
    write(folder, wrongfix_toml='cache-dir = "file/cache"')
    done = wrongfix("check", "a/0001.md", cwd=folder)
    assert done.returncode == 1
    assert "KNW002" in done.stdout
    assert "cannot be" in done.stderr


def test_own_folder(folder):
    """`cache-dir` says where the cache is kept."""
    write(folder, wrongfix_toml='cache-dir = ".cache"')
    wrongfix("check", "a/0001.md", cwd=folder)
    assert list((folder / ".cache").glob("*.json"))


def test_at_the_same_time(folder):
    """Runs at the same time say the same and leave a whole cache with what all of them found."""
    write(folder, **{f"a__1{number:03}_md": f"{WRONG}\n{number}\n" for number in range(40)})
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder.parent / "project-home")}
    groups = [sorted(str(path) for path in (folder / "a").glob(f"1?{digit}?.md")) for digit in range(4)]
    running = [
        subprocess.Popen([PROGRAM, "check", "-q", *group], cwd=folder, env=environment, stdout=subprocess.PIPE)
        for group in groups
    ]
    said = [process.communicate(timeout=60)[0].count(b"KNW002") for process in running]
    assert said == [10] * 4
    (path,) = cached(folder)
    assert len(json.loads(path.read_bytes())["entries"]) >= 10


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_what_is_no_file_is_no_cache(tmp_path):
    """A pipe in the cache's place is neither waited for nor written to, and the run goes on with a note."""
    path = tmp_path / "c.json"
    os.mkfifo(path)
    one = cache.load(path)
    assert one.entries == {}
    assert "cannot be read" in one.problem


def test_a_link_in_the_way_is_not_followed(tmp_path):
    """What stands where the unfinished cache is written is left as it is, and told."""
    path, outside = tmp_path / "c.json", tmp_path / "outside"
    outside.write_text("kept")
    (tmp_path / f".c.json.{os.getpid()}").symlink_to(outside)
    one = cache.load(path)
    cache.put(one, "new", SAID)
    assert "cannot be written" in cache.save(one)
    assert outside.read_text() == "kept"


def test_old_entries_go(tmp_path):
    """Entries that nobody made for a month are left out when the cache is written."""
    path = tmp_path / "c.json"
    path.write_text(json.dumps({"shape": 2, "entries": {"old": {"day": 1}, "odd": 3}}))
    one = cache.load(path)
    cache.put(one, "new", SAID)
    cache.save(one)
    assert list(json.loads(path.read_bytes())["entries"]) == ["new"]


def test_user_folder(monkeypatch):
    """The user's cache folder is the one `platformdirs` names."""
    from platformdirs import user_cache_dir

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert cache.user_folder() == user_cache_dir("wrongfix", appauthor=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert cache.user_folder() == user_cache_dir("wrongfix", appauthor=False)
