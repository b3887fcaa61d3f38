"""Packing `rules/` into one file that loads in a millisecond; it copies data and judges nothing.

The wheel carries the packed files. A checkout packs into the user's cache, under a digest of what the folder holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

PAGE_KEYS = ("summary", "why", "sources", "examples", "options", "silence")
"""What a rule file holds for its page and its tests alone."""
CHECKING, EXPLAINING = "checking.json", "explaining.json"


def folder() -> Path:
    """Return the folder of the rules: inside the package once installed, beside `server/` in a checkout."""
    packaged = Path(__file__).parent / "rules"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "rules"


def read_packed(rules: Path, part: str) -> Mapping[str, Any]:
    """Return one part of the packed rules, packing them first where they are not packed yet."""
    packed = rules / "packed" / part
    if packed.is_file():
        return _loaded(packed)
    cached = _cache() / _digest(rules) / part
    if cached.is_file():
        with suppress(ValueError):  # a torn file: pack again
            return _loaded(cached)
    parts = pack(rules)
    with suppress(OSError):  # an unwritable cache costs time and nothing else
        write(parts, cached.parent)
    return parts[part]


def pack(rules: Path) -> dict[str, dict[str, Any]]:
    """Return the content of the packed files, by name, from the YAML files of the folder."""
    import yaml  # noqa: PLC0415 # a packed installation needs no YAML for its rules

    def parsed(path: Path) -> Any:  # noqa: ANN401 # whatever the file holds
        return yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 # safe

    checking: dict[str, Any] = {"vocabulary": {}, "rules": []}
    explaining: dict[str, Any] = {"rules": {}}
    for path in sorted((rules / "vocabulary").glob("*.yaml")):
        checking["vocabulary"][path.stem] = parsed(path)
    checking["fit"] = parsed(rules / "fit.yaml")
    for path in rule_files(rules):
        rule = parsed(path)
        explaining["rules"][rule["code"]] = {key: rule.pop(key) for key in PAGE_KEYS if key in rule}
        checking["rules"].append(rule)
    for name in ("sources", "blocks"):
        path = rules / f"{name}.yaml"
        target = checking if name == "blocks" else explaining
        target[name] = parsed(path) if path.is_file() else {}
    return {CHECKING: checking, EXPLAINING: explaining}


def rule_files(rules: Path) -> list[Path]:
    """Return the files that hold one rule each: those whose names begin with a code."""
    return sorted(path for path in rules.glob("*.yaml") if path.stem[:1].isupper())


def write(parts: Mapping[str, Mapping[str, Any]], target: Path) -> None:
    """Write packed files into a folder so that no reader ever sees half of one."""
    target.mkdir(parents=True, exist_ok=True)
    for name, part in parts.items():
        unfinished = target / f".{name}.{sha256(repr(id(part)).encode()).hexdigest()[:8]}"
        unfinished.write_text(
            json.dumps(part, ensure_ascii=False, separators=(",", ":"), default=str), encoding="utf-8"
        )
        unfinished.replace(target / name)


def _loaded(path: Path) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(path.read_bytes())
    return content


def _digest(rules: Path) -> str:
    digest = sha256()
    for path in sorted(rules.rglob("*.yaml")):
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()[:24]


def _cache() -> Path:
    from platformdirs import user_cache_dir  # noqa: PLC0415 # a packed installation never asks

    return Path(user_cache_dir("wrongfix", appauthor=False)) / "rules"
