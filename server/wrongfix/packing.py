"""Packing `rules/` into files that load in a moment, each when it is asked for; it copies data and judges nothing.

The wheel carries the packed files. A checkout packs into the user's cache, under a digest of what the folder holds.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from wrongfix.vocabulary import Vocabulary

PAGE_KEYS = ("summary", "why", "sources", "examples", "options", "silence")
"""What a rule file holds for its page and its tests alone."""
_VOCABULARY = "vocabulary-"
_PACKERS = (
    "packing.py", "record/words.py", "evidence/wordlists.py", "evidence/lexicon.py", "evidence/syntax.py",
    "evidence/factwords.py", "evidence/phrases.py", "evidence/asked.py", "evidence/page.py", "evidence/sentences.py",
)  # fmt: skip
"""The modules that settle what a packed file holds."""


class Parts(Mapping[str, Any]):
    """The packed parts of a folder by name; each is read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 # a part holds what its file holds
        if name not in self._read:
            try:
                self._read[name] = json.loads((self._folder / f"{name}.json").read_bytes())
            except FileNotFoundError:
                raise KeyError(name) from None
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(path.stem for path in self._folder.glob("*.json")))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Vocabularies(Mapping[str, Any]):
    """The files of `rules/vocabulary/` among the packed parts, by their own names."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self._parts = parts

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 # as the file has it
        return self._parts[_VOCABULARY + name]

    def __iter__(self) -> Iterator[str]:
        return (name.removeprefix(_VOCABULARY) for name in self._parts if name.startswith(_VOCABULARY))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def folder() -> Path:
    """Return the folder of the rules: inside the package once installed, beside `server/` in a checkout."""
    packaged = Path(__file__).parent / "rules"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "rules"


def packed(rules: Path) -> Mapping[str, Any]:
    """Return the packed parts of a folder of rules, packing them first where they are not packed yet."""
    if (shipped := rules / "packed").is_dir():
        return Parts(shipped)
    cached = _cache() / _digest(rules)
    if os.path.isdir(cached):  # noqa: PTH112 # a cache that is closed to us is none: Path raises then
        return Parts(cached)
    parts = pack(rules)
    with suppress(OSError):  # an unwritable cache costs time and nothing else
        write(parts, cached)
    return parts


def pack(rules: Path) -> dict[str, Any]:
    """Return the parts by name, from the YAML files of the folder."""
    import yaml  # noqa: PLC0415 # a packed installation needs no YAML for its rules

    def parsed(path: Path) -> Any:  # noqa: ANN401 # whatever the file holds
        return yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 # safe

    parts: dict[str, Any] = {"rules": [], "pages": {}}
    for path in sorted((rules / "vocabulary").glob("*.yaml")):
        parts[_VOCABULARY + path.stem] = parsed(path)
    for path in rule_files(rules):
        rule = parsed(path)
        parts["pages"][rule["code"]] = {key: rule.pop(key) for key in PAGE_KEYS if key in rule}
        parts["rules"].append(rule)
    for name in ("fit", "sources", "blocks"):
        path = rules / f"{name}.yaml"
        parts[name] = parsed(path) if path.is_file() else {}
    plain = _plain(parts)
    return plain | _plain(_looked_up(Vocabulary(Vocabularies(plain)), plain["blocks"]))


def _looked_up(vocabulary: Vocabulary, blocks: Mapping[str, Any]) -> dict[str, Any]:
    """Return what readers would else work out of the word lists at every start."""
    from wrongfix.evidence import asked, factwords, wordlists  # noqa: PLC0415 # a packed installation packs nothing
    from wrongfix.record import words  # noqa: PLC0415 # as above

    return {
        _VOCABULARY + "begun": wordlists.begun_by_words(vocabulary),
        _VOCABULARY + "begun-facts": factwords.begun_by_words(vocabulary.data("facts")),
        _VOCABULARY + "folded": words.folded_names(vocabulary),
        _VOCABULARY + "asked": asked.asked_by(blocks, vocabulary),
    }


def rule_files(rules: Path) -> list[Path]:
    """Return the files that hold one rule each: those whose names begin with a code."""
    return sorted(path for path in rules.glob("*.yaml") if path.stem[:1].isupper())


def write(parts: Mapping[str, Any], target: Path) -> None:
    """Write the parts into a folder that appears whole or not at all. Raises OSError where it cannot be written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    unfinished.mkdir(exist_ok=True)
    for name, part in parts.items():
        (unfinished / f"{name}.json").write_text(_dumped(part), encoding="utf-8")
    try:
        unfinished.rename(target)
    except OSError:  # somebody else packed the same rules meanwhile
        for path in unfinished.glob("*.json"):
            path.unlink()
        unfinished.rmdir()
        if not target.is_dir():
            raise


def _plain(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return parts as a packed file has them: dates become words."""
    plain: dict[str, Any] = json.loads(_dumped(parts))
    return plain


def _dumped(part: object) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"), default=str)


def _digest(rules: Path) -> str:
    from hashlib import sha256  # noqa: PLC0415 # a packed installation never asks

    package = Path(__file__).parent
    digest = sha256(b"".join((package / module).read_bytes() for module in _PACKERS))
    for path in sorted(rules.rglob("*.yaml")):
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:24]


def _cache() -> Path:
    from platformdirs import user_cache_dir  # noqa: PLC0415 # a packed installation never asks

    return Path(user_cache_dir("wrongfix", appauthor=False)) / "rules"
