"""Files: reading documents as text and writing them back whole; finding them is the concern of `walk`.

What cannot be read or decoded becomes a problem of its document, so that one file never stops a run.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from wrongfix.frozen import dataclass
from wrongfix.text import Source, Span

if TYPE_CHECKING:
    from wrongfix.record.model import Problem

LARGEST = 16_000_000
"""Bytes; a longer file is no decision record, and is told as unreadable."""
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True)
class Document:
    """A file as it was read: its text without a byte order mark, and what is needed to write it back the same way.

    `problem` is set when the file cannot be read or decoded; the text is then what could be made of it.
    """

    path: str
    source: Source
    data: bytes = b""
    encoding: str = "utf-8"
    problem: Problem | None = None
    on_disk: bool = True
    """False for standard input."""


class WriteError(Exception):
    """A document was not written, and the words say why; the file is as it was."""


def read(path: str, name: str) -> Document:
    """Return a file's document under the name it is reported with; never raises."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        return _unreadable(path, name, getattr(error, "strerror", None) or str(error))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(path, name, "not a regular file")
        if status.st_size > LARGEST:
            return _unreadable(path, name, f"larger than {LARGEST // 1_000_000} MB")
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        return _unreadable(path, name, error.strerror or str(error))
    finally:
        os.close(descriptor)
    return decoded(data, name, path)


def decoded(data: bytes, name: str, path: str = "") -> Document:
    """Return the document of some bytes: UTF-8, or UTF-16 where a byte order mark says so."""
    encoding = "utf-8"
    for mark, marked in _MARKS:
        if data.startswith(mark):
            encoding = marked
    body = data.removeprefix(next((mark for mark, marked in _MARKS if marked == encoding), b""))
    try:
        return Document(path, Source(name, body.decode(encoding.removesuffix("-sig"))), data, encoding)
    except UnicodeDecodeError as error:
        codec = encoding.removesuffix("-sig")
        before = len(body[: error.start].decode(codec, "replace"))
        text = body.decode(codec, "replace")
        message = f"not {codec.upper()} text (byte 0x{body[error.start]:02x})"
        problem = _problem(message, Span(before, min(before + 1, len(text))))
        return Document(path, Source(name, text), data, encoding, problem)


def encoded(document: Document, text: str) -> bytes:
    """Return the bytes of a new text in the document's encoding, with the byte order mark it had."""
    mark = next((mark for mark, marked in _MARKS if marked == document.encoding), b"")
    return mark + text.encode(document.encoding.removesuffix("-sig"))


def write(document: Document, text: str, within: str) -> Document:
    """Replace a file's text in one step, keeping mode and encoding; return the new document.

    Raises WriteError and leaves the file alone when it changed since it was read, when a link leads it out of the
    folder `within`, or when it cannot be written.
    """
    target = os.path.realpath(document.path)
    folder = os.path.realpath(within)
    if not is_inside(target, folder):
        raise WriteError("it is a link that leads out of the folder")
    try:
        data = encoded(document, text)
    except UnicodeEncodeError as error:
        raise WriteError(f"its new text cannot be encoded: {error.reason}") from None
    replaced(target, data, document.data)
    return Document(document.path, Source(document.source.name, text), data, document.encoding)


def is_inside(path: str, folder: str) -> bool:
    """Say whether a real path lies in a real folder."""
    try:
        return os.path.commonpath([path, folder]) == folder
    except ValueError:  # another drive
        return False


def created(target: str, data: bytes) -> None:
    """Write a new file in one step. Raises WriteError, also where something stands there already."""
    replaced(target, data, new=True)


def replaced(target: str, data: bytes, before: bytes | None = None, *, new: bool = False) -> None:
    """Write bytes over a file in one step, so that nobody ever sees half of it; owner, group and mode stay.

    `before` is what the file must still hold, None where it may be new, and `new` says that it must be. Raises
    WriteError, also where something other than a file stands there, as to put a file in the place of a device or a pipe
    would end it for everybody, and where the file is read-only, has other names, or belongs to somebody it could not be
    given back to.
    """
    folder, name = os.path.split(target)
    temporary = ""
    try:
        status = os.stat(target) if os.path.exists(target) else None
        if status is not None and (reason := _why_not(target, status)):
            raise WriteError(reason)
        # named before it is made: an interrupt between the two then finds what it has to take away
        temporary = os.path.join(folder, f".{name[:40]}.{os.urandom(6).hex()}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if status is None:
            os.chmod(temporary, 0o666 & ~_umask())
        else:
            _give(temporary, status)
        if before is not None and _content(target) != before:
            raise WriteError("it changed meanwhile")
        if new:
            _put(temporary, target)
        else:
            os.replace(temporary, target)
            temporary = ""
    except OSError as error:
        raise WriteError(error.strerror or str(error)) from None
    finally:
        if temporary:
            with suppress(FileNotFoundError):
                os.unlink(temporary)


def _put(finished: str, target: str) -> None:
    """Give a file its name unless something has it already. Raises OSError, and leaves the other name to be removed."""
    try:
        os.link(finished, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        os.replace(finished, target)


def _why_not(target: str, status: os.stat_result) -> str:
    """Return why something is not to be replaced by a new file; empty where it may be."""
    if stat.S_ISDIR(status.st_mode):
        return "a folder stands there"
    if not stat.S_ISREG(status.st_mode):
        return "it is no regular file"
    if not status.st_mode & _WRITABLE or not os.access(target, os.W_OK):
        return "it is read-only"
    if status.st_nlink > 1:
        return f"it has {status.st_nlink} names (hard links), and would change under this one alone"
    return ""


def _give(path: str, status: os.stat_result) -> None:
    """Give a new file the owner, the group and the mode of another. Raises WriteError."""
    new = os.stat(path)
    if (new.st_uid, new.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.chown(path, status.st_uid, status.st_gid)
        except OSError as error:
            raise WriteError(f"its owner and group cannot be kept: {error.strerror or error}") from None
    os.chmod(path, stat.S_IMODE(status.st_mode))


def _content(path: str) -> bytes:
    """Return what a file holds now; raises OSError for what became a pipe meanwhile, and waits for none."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file any more")
        return stream.read(LARGEST + 1)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unreadable(path: str, name: str, message: str) -> Document:
    return Document(path, Source(name, ""), problem=_problem(message, Span(0, 0)))


def _problem(message: str, span: Span) -> Problem:
    from wrongfix.record.model import Problem  # noqa: PLC0415 # what can be read needs no problem

    return Problem("unreadable", message, span)
