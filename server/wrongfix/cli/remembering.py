"""The cache of a run: opened before it, written after it; what is wrong with it is a note and ends nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wrongfix.cli.console import Console
from wrongfix.cli.project import Project

if TYPE_CHECKING:
    from wrongfix.cache import Cache


def opened(project: Project, console: Console) -> Cache:
    """Return the cache that the settings of the current folder name."""
    from wrongfix import cache  # noqa: PLC0415 # --no-cache needs none

    here = os.getcwd()
    loaded = cache.load(cache.place(project.settings(here).cache_dir, here))
    if loaded.problem:
        console.note(loaded.problem)
    return loaded


def saved(cache: Cache | None, console: Console) -> None:
    """Write down what a run added to the cache, if it has one."""
    if cache is not None:
        from wrongfix.cache import save  # noqa: PLC0415 # --no-cache needs none

        if problem := save(cache):
            console.note(problem)
