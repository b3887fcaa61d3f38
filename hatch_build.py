"""Build step: pack `rules/` into the files an installed wrongfix loads; a checkout packs into its cache instead."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackRules(BuildHookInterface):  # type: ignore[type-arg] # hatchling leaves its configuration untyped
    """Write the packed rules where the wheel picks them up."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Pack for a wheel; an editable install reads the checkout."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "server"))
        from wrongfix import packing  # noqa: PLC0415 # the package is not installed while it is built

        target = root / "build" / "packed"
        shutil.rmtree(target, ignore_errors=True)
        packing.write(packing.pack(root / "rules"), target)
        for path in sorted(target.glob("*.json")):
            build_data["force_include"][str(path)] = f"wrongfix/rules/packed/{path.name}"
