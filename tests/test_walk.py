"""Finding documents: in order, each once, without what is ignored, and never through a link."""

import os

import pytest

from program import write
from wrongfix import walk
from wrongfix.settings import Settings, default


def names(folder, *paths, settings=None, force_exclude=False):
    """Return the files found below some paths of a folder, by their path in it."""
    found = walk.find(
        [str(folder / path) for path in paths or ["."]],
        lambda _: settings or default(),
        force_exclude=force_exclude,
    )
    return [os.path.relpath(each.path, folder) for each in found]


def test_order_and_endings(tmp_path):
    """Documents come sorted by folder and name, told by their endings in any case."""
    write(tmp_path, b_md="", a__2_YAML="", a__1_md="", a__3_yml="", a__notes_txt="", c_markdown="")
    assert names(tmp_path) == ["a/1.md", "a/2.YAML", "a/3.yml", "b.md", "c.markdown"]


def test_each_once(tmp_path):
    """A file that several paths stand for is found once."""
    write(tmp_path, a__1_md="", a__2_md="")
    assert names(tmp_path, "a/1.md", "a", ".", "a/../a/2.md") == ["a/1.md", "a/2.md"]


def test_tools_folders(tmp_path):
    """What tools keep for themselves is passed over; other hidden folders are not."""
    write(tmp_path, **dict.fromkeys(("node_modules__a_md", ".git__a_md", ".venv__a_md", ".adr__a_md"), ""))
    assert names(tmp_path) == [".adr/a.md"]


def test_ignore_files(tmp_path):
    """Ignore files hold below their folder, the closer one wins, and those above the path count within a repository."""
    (tmp_path / ".git" / "info").mkdir(parents=True)
    (tmp_path / ".git" / "info" / "exclude").write_text("private.md\n")
    (tmp_path / ".gitignore").write_text("*.yaml\nold/\n/top.md\n# *.md\n")
    write(
        tmp_path, top_md="", docs__top_md="", docs__a_yaml="", docs__old__b_md="", docs__keep__c_yaml="",
        docs__private_md="",
    )  # fmt: skip
    (tmp_path / "docs" / "keep" / ".gitignore").write_text("!c.yaml\n")
    assert names(tmp_path) == ["docs/keep/c.yaml", "docs/top.md"]
    assert names(tmp_path, "docs") == ["docs/keep/c.yaml", "docs/top.md"]
    assert names(tmp_path, "docs/a.yaml", "docs/old/b.md") == ["docs/a.yaml", "docs/old/b.md"]
    assert names(tmp_path, "docs/a.yaml", "docs/old/b.md", "docs/top.md", force_exclude=True) == ["docs/top.md"]


def test_include_and_exclude(tmp_path):
    """`exclude` leaves files and folders out, `include` looks at its own alone; both from the settings' folder."""
    write(tmp_path, a__1_md="", a__2_md="", b__1_md="", b__c__2_md="")
    root = str(tmp_path)
    assert names(tmp_path, settings=Settings(root=root, exclude=("a/", "2.md"))) == ["b/1.md"]
    assert names(tmp_path, settings=Settings(root=root, include=("b/**",))) == ["b/1.md", "b/c/2.md"]
    assert names(tmp_path, "b", settings=Settings(root=root, exclude=("b/c/",))) == ["b/1.md"]
    assert names(tmp_path, "a/1.md", settings=Settings(root=root, exclude=("a/",))) == ["a/1.md"]
    assert names(tmp_path, "a/1.md", settings=Settings(root=root, exclude=("a/",)), force_exclude=True) == []


def test_links(tmp_path):
    """No link is followed: not out of the folder, not in circles, not to devices."""
    write(tmp_path, project__a_md="", outside__b_md="")
    project = tmp_path / "project"
    (project / "loop").symlink_to(project)
    (project / "out").symlink_to(tmp_path / "outside")
    (project / "out.md").symlink_to(tmp_path / "outside" / "b.md")
    (project / "zero.md").symlink_to("/dev/zero")
    (project / "gone.md").symlink_to("nowhere")
    os.mkfifo(project / "pipe.md")
    (project / "folder.md").mkdir()
    assert names(project) == ["a.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_folder(tmp_path):
    """A folder that cannot be listed is passed over."""
    write(tmp_path, a_md="", b__c_md="")
    (tmp_path / "b").chmod(0)
    assert names(tmp_path) == ["a.md"]
    (tmp_path / "b").chmod(0o755)


def test_would_meet(tmp_path):
    """Whether a walk would come upon a file can be asked of one that is not there."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n")
    for path, met in (("docs/a.md", True), ("docs/a.txt", False), ("build/docs/a.md", False), (".venv/a.md", False)):
        assert walk.would_meet(str(tmp_path / path), lambda _: default()) is met, path


def test_unreachable(tmp_path, monkeypatch):
    """A file in a folder that may not be entered is not told as missing."""
    (tmp_path / "file").write_text("")
    told = walk.unreachable([str(tmp_path), str(tmp_path / "gone.md"), str(tmp_path / "file" / "a.md")])
    assert told == [f"{tmp_path / name}: no such file or folder" for name in ("gone.md", "file/a.md")]

    def closed(path):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "lstat", closed)
    assert walk.unreachable(["closed/a.md"]) == ["closed/a.md: the folder it is in may not be entered"]
