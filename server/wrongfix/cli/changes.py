"""What changed since a Git revision, asked of the local repository; nothing is ever fetched."""

from __future__ import annotations

import os
import subprocess

from wrongfix.cli.console import CannotDoError


def changed_files(folder: str, base: str | None) -> frozenset[str]:
    """Return the absolute paths of the files that differ from the merge base with a revision, untracked ones included.

    Without a revision: what is not committed. Raises CannotDoError where Git cannot tell.
    """
    top = _git(folder, "rev-parse", "--show-toplevel").removesuffix("\n")
    if base is None:
        since = "HEAD" if _has(folder, "HEAD") else ""
    else:
        if base.startswith("-") or not _has(folder, base):
            raise CannotDoError(f"--base-ref {base}: Git knows no such revision here")
        since = _git(folder, "merge-base", base, "HEAD").strip()
    changed = (
        _git(top, "diff", "--name-only", "-z", "--diff-filter=ACMRT", since) if since else _git(top, "ls-files", "-z")
    )
    untracked = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(os.path.join(top, name) for name in (changed + untracked).split("\0") if name)


def _has(folder: str, revision: str) -> bool:
    command = ["git", "-C", folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 # no shell
    except OSError as error:
        raise CannotDoError(f"--changed needs Git: {error.strerror}") from None


def _git(folder: str, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 # no shell
            ["git", "-C", folder, *arguments],  # noqa: S607 # the user's own Git
            check=False,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
        )
    except OSError as error:
        raise CannotDoError(f"--changed needs Git: {error.strerror}") from None
    if done.returncode:
        reason = done.stderr.strip().splitlines()
        raise CannotDoError(f"--changed: {reason[-1] if reason else 'Git failed'}")
    return done.stdout
