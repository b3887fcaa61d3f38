"""Takes one part of the server out of every Python that starts with this folder on its path; `WRONGFIX_WITHOUT` names it.

`module:name` makes a function or method answer nothing; `module:TABLE=key` drops the entry of a table whose method is
the key. It is part of the tests, and no part of what is installed.
"""

from __future__ import annotations

import importlib.util
import inspect
import os
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType


class Without:
    """Finds the module as everybody does, and takes the part out once it has run."""

    def __init__(self, part: str) -> None:
        self.module, _, self.name = part.partition(":")

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Return the module's own specification with a loader that takes the part out."""
        if name != self.module:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.loader is not None
        loader = spec.loader
        run = loader.exec_module

        def and_take_out(module: ModuleType) -> None:
            run(module)
            self.take_out(module)

        loader.exec_module = and_take_out
        return spec

    def take_out(self, module: ModuleType) -> None:
        """Take the part out of its module."""
        name, _, key = self.name.partition("=")
        *outer, last = name.split(".")
        owner = module if not outer else getattr(module, outer[0])
        part = getattr(owner, last)
        if key:
            setattr(owner, last, tuple(each for each in part if each.method != key))
            assert len(getattr(owner, last)) == len(part) - 1, key
        else:
            setattr(owner, last, nothing_instead_of(part))


def nothing_instead_of(part: object) -> object:
    """Return a function that answers nothing in the way the part answers."""
    returns = str(inspect.signature(part).return_annotation) if callable(part) else ""
    if inspect.iscoroutinefunction(part):

        async def wait(*_: object, **__: object) -> None:
            return None

        return wait
    if returns.startswith(("Iterator", "list", "Sequence", "tuple")):
        return lambda *_, **__: []
    if returns == "str":
        return lambda *_, **__: ""
    if returns == "bool":
        return lambda *_, **__: False
    return lambda *_, **__: None


if part := os.environ.get("WRONGFIX_WITHOUT"):
    sys.meta_path.insert(0, Without(part))
