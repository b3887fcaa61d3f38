"""Files: read as what they are, written whole or not at all."""

import os
import socket
import stat
import sys

import pytest

from wrongfix import files


def put(path, data: bytes):
    """Write bytes and return the document read back."""
    path.write_bytes(data)
    return files.read(str(path), path.name)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a\nb\n",
        b"a\r\nb\r\n",
        b"a\rb",
        b"a\r\nb\n",
        "ä 😀 \u2028\n".encode(),
        b"\xef\xbb\xbfa\n",
        "a ä\r\n".encode("utf-16"),
        b"\xfe\xff" + "a ä\n".encode("utf-16-be"),
        b"nul \x00\n",
    ],
)
def test_round_trip(tmp_path, data):
    """Written back unchanged, a document has the bytes it had: encoding, mark and line ends are kept."""
    document = put(tmp_path / "a.md", data)
    assert document.problem is None
    assert not document.source.text.startswith("\ufeff")
    files.write(document, document.source.text + "x", str(tmp_path))
    again = files.read(document.path, "a.md")
    assert again.source.text == document.source.text + "x"
    files.write(again, document.source.text, str(tmp_path))
    assert (tmp_path / "a.md").read_bytes() == data


def test_not_text(tmp_path):
    """What is not UTF-8 is told at the first wrong byte, and what could be read is there."""
    document = put(tmp_path / "a.md", "# Überblick\nCaf".encode() + b"\xe9 au lait\n")
    assert document.problem is not None
    assert document.problem.message == "not UTF-8 text (byte 0xe9)"
    assert document.source.position(document.problem.span.start).row == 1
    assert document.source.text.endswith(" au lait\n")


def test_not_readable(tmp_path):
    """Folders, sockets, pipes, missing and huge files are told, and reading them neither raises nor waits."""
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.md"))
    (tmp_path / "folder.md").mkdir()
    with (tmp_path / "huge.md").open("wb") as stream:
        stream.truncate(files.LARGEST + 1)
    messages = {}
    for name in ("pipe.md", "socket.md", "folder.md", "missing.md", "huge.md", "\0.md"):
        document = files.read(str(tmp_path / name), name)
        assert document.problem is not None, name
        messages[name] = document.problem.message
    assert messages["pipe.md"] == "not a regular file"
    assert messages["missing.md"] == "No such file or directory"
    assert messages["huge.md"] == "larger than 16 MB"


def test_mode_is_kept(tmp_path):
    """A fix leaves the permissions as they are."""
    document = put(tmp_path / "a.md", b"a\n")
    for mode in (0o600, 0o644, 0o755):
        (tmp_path / "a.md").chmod(mode)
        document = files.write(document, document.source.text + "b", str(tmp_path))
        assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == mode


def test_what_is_read_only_or_has_other_names_is_left_alone(tmp_path):
    """To replace a read-only file, or one of several names for a file, is not what its owner meant."""
    path = tmp_path / "a.md"
    document = put(path, b"a\n")
    path.chmod(0o444)
    with pytest.raises(files.WriteError, match="it is read-only"):
        files.write(document, "b\n", str(tmp_path))
    path.chmod(0o644)
    (tmp_path / "other").hardlink_to(path)
    with pytest.raises(files.WriteError, match=r"it has 2 names \(hard links\)"):
        files.write(document, "b\n", str(tmp_path))
    assert path.read_bytes() == (tmp_path / "other").read_bytes() == b"a\n"
    assert path.samefile(tmp_path / "other")
    (tmp_path / "other").unlink()
    files.write(document, "b\n", str(tmp_path))
    assert path.read_bytes() == b"b\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_owner_and_group_are_kept(tmp_path):
    """Whose file it was, theirs it stays, and so does what they may do with it."""
    document = put(tmp_path / "a.md", b"a\n")
    os.chown(tmp_path / "a.md", 1234, 2345)
    (tmp_path / "a.md").chmod(0o640)
    files.write(document, "b\n", str(tmp_path))
    status = (tmp_path / "a.md").stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 2345, 0o640)


def test_owner_that_cannot_be_kept(tmp_path, monkeypatch):
    """A file that could not be given back to its owner is left alone, and nothing is left beside it."""
    document = put(tmp_path / "a.md", b"a\n")
    found = (tmp_path / "a.md").stat()

    def somebody_elses(path, status=os.stat, **how):
        told = status(path, **how)
        if path == os.fspath(tmp_path / "a.md"):
            return os.stat_result((*told[:4], found.st_uid + 1, *told[5:]))
        return told

    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "stat", somebody_elses)
    monkeypatch.setattr(os, "chown", refuse)
    with pytest.raises(files.WriteError, match="its owner and group cannot be kept: Operation not permitted"):
        files.write(document, "b\n", str(tmp_path))
    monkeypatch.undo()
    assert (tmp_path / "a.md").read_bytes() == b"a\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_changed_meanwhile(tmp_path):
    """A file that changed since it was read is left alone, and nothing is left beside it."""
    document = put(tmp_path / "a.md", b"a\n")
    (tmp_path / "a.md").write_text("somebody else's\n")
    with pytest.raises(files.WriteError, match="it changed meanwhile"):
        files.write(document, "mine\n", str(tmp_path))
    assert (tmp_path / "a.md").read_text() == "somebody else's\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_links(tmp_path):
    """A fix follows a link within the folder and keeps it a link; one that leads out of the folder is not followed."""
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "real.md").write_text("a\n")
    (outside / "real.md").write_text("a\n")
    (inside / "near.md").symlink_to("real.md")
    (inside / "far.md").symlink_to(outside / "real.md")
    near = files.read(str(inside / "near.md"), "near.md")
    files.write(near, "b\n", str(inside))
    assert (inside / "near.md").is_symlink()
    assert (inside / "real.md").read_text() == "b\n"
    far = files.read(str(inside / "far.md"), "far.md")
    with pytest.raises(files.WriteError, match="leads out of the folder"):
        files.write(far, "b\n", str(inside))
    assert (outside / "real.md").read_text() == "a\n"


@pytest.mark.parametrize("links", [True, False])
def test_created(tmp_path, monkeypatch, links):
    """A new file is written whole and never over another one, also where a file system knows no links."""
    if not links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(1, "Operation not permitted")))
    for name in ("a.md", "gone.md"):
        if name == "gone.md":
            (tmp_path / name).symlink_to("nowhere")
        else:
            files.created(str(tmp_path / name), b"a\n")
        with pytest.raises(files.WriteError, match="File exists"):
            files.created(str(tmp_path / name), b"b\n")
    assert (tmp_path / "a.md").read_bytes() == b"a\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "gone.md"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_disk_full(tmp_path, monkeypatch, step):
    """When writing fails, the file is as it was, nothing is left beside it, and the reason is told."""
    document = put(tmp_path / "a.md", b"a\n")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(files.WriteError, match="No space left on device"):
        files.write(document, "b\n", str(tmp_path))
    assert (tmp_path / "a.md").read_bytes() == b"a\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_interrupted(tmp_path):
    """Wherever an interruption comes in while writing, the file is as it was or as it should be, and nothing is beside it."""
    path = tmp_path / "a.md"
    for step in range(10_000):
        document = put(path, b"a\n")
        try:
            interrupted(step, lambda document=document: files.write(document, "b\n", str(tmp_path)))
        except KeyboardInterrupt:
            assert [found.name for found in tmp_path.iterdir()] == ["a.md"], step
            assert path.read_bytes() in (b"a\n", b"b\n"), step
        else:
            break
    assert step > 100
    assert path.read_bytes() == b"b\n"


def interrupted(step: int, write) -> None:
    """Call `write`, and raise KeyboardInterrupt before that instruction of `replaced`, counted from 0."""
    left = step

    def trace(frame, event, _):
        nonlocal left
        if frame.f_code is not files.replaced.__code__:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        write()
    finally:
        sys.settrace(before)
