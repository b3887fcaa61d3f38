"""Reading configuration files into settings: which file counts, TOML, `extend`; it reads nothing else.

The closest file wins and nothing is merged, save what `extend` names.
No path a configuration names leads out of the workspace, and nothing it holds is run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from wrongfix.configurationfile import ConfigurationFile, has_table, read_file
from wrongfix.settings import FILE_NAMES, Settings, SettingsError, default
from wrongfix.settings_keys import GLOBS, KEYS, LISTS_BY_GLOB, Key, WrongValueError, nearest

if TYPE_CHECKING:
    from wrongfix.rulebook import Rulebook

__all__ = ["FILE_NAMES", "find", "of_folder", "read", "verify", "workspace_of"]

_MOST_DEPTHS = 2
"""How often a pattern of rule files may go down all folders: each time more goes through them all once more."""

_ONE_OF: Mapping[str, str] = {"failures": "failure", "approaches": "approach"}


class Sources:
    """What a reading goes by: the newer texts an editor holds, and every file it came to, usable or not."""

    def __init__(self, text_of: Callable[[str], str | None] = lambda _: None) -> None:
        self.text_of = text_of
        self.files: list[str] = []
        """The configuration file and those it extends, also one that is missing."""
        self.rules: list[str] = []
        """Files named one by one, also where they are missing."""
        self.globs: list[tuple[str, str]] = []
        """Patterns of rule files, each with the folder it starts from."""


def of_folder(folder: Path) -> Settings:
    """Return the settings in force in a folder; raises SettingsError."""
    path = find(folder)
    return read(path) if path else default()


def find(folder: Path, *, upwards: bool = True) -> Path | None:
    """Return the configuration file closest to a folder, looking upwards or in the folder alone."""
    folder = folder.absolute()
    for above in (folder, *(folder.parents if upwards else ())):
        for name in FILE_NAMES:
            path = above / name
            if os.path.isfile(path) and (name != "pyproject.toml" or has_table(path)):
                return path
    return None


def read(path: Path, sources: Sources | None = None, root: Path | None = None) -> Settings:
    """Return the settings of a file and those it extends; raises SettingsError.

    `sources` gives the texts that stand for what is on disk, and takes in what was come to; `root` stands for the
    file's folder where globs are to count from another one.
    """
    sources = sources or Sources()
    path = Path(path).absolute()
    workspace = workspace_of(path.parent)
    files: list[ConfigurationFile] = []
    at: Path | None = path
    while at is not None:
        sources.files.append(str(at))
        files.append(read_file(at, sources.text_of(str(at))))
        at = _extended(files[-1], workspace, [file.path.resolve() for file in files], sources)
    root = root or path.parent
    top, folders = _folders(files, root)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for file, folder in zip(files, folders, strict=True):
        for key in KEYS:
            if key.name in file.table and key.name != "extend":
                _add(values, origins, key, _value(file, key, workspace, folder, sources), file)
    return Settings(**values, root=str(root), top=str(top) if top != root else None, origins=MappingProxyType(origins))


def verify(settings: Settings, rulebook: Rulebook, sources: Sources | None = None) -> None:
    """Raise SettingsError at the first rule, threshold or term the settings name and nobody knows."""
    text_of = (sources or Sources()).text_of

    def told(kind: str, word: str, known: Iterable[str]) -> str:
        return f'unknown {kind} "{word}"{nearest(word, known)}'

    codes = tuple(rule.code for rule in rulebook.rules)
    known = {"ALL", *(rule.family for rule in rulebook.rules), *rulebook.by_name}
    named: list[tuple[str, str, str]] = [
        *(("select", each, each) for each in settings.select),
        *(("extend-select", each, each) for each in settings.extend_select),
        *(("ignore", each, each) for each in settings.ignore),
        *(("severity", each, each) for each in settings.severity),
        *(("per-file-ignores", glob, each) for glob, rules in settings.per_file_ignores.items() for each in rules),
    ]
    for key, entry, selector in named:
        upper = selector.upper()
        if known.isdisjoint((selector, upper)) and not any(code.startswith(upper) for code in codes):
            raise _misnamed(text_of, settings, told("rule", selector, known), selector, key, entry)
    thresholds = rulebook.vocabulary.data("defaults")["thresholds"]
    for name in settings.thresholds:
        if name not in thresholds:
            raise _misnamed(text_of, settings, told("threshold", name, thresholds), name, "thresholds", name)
    for kind, words in settings.words.items():
        terms = getattr(rulebook.vocabulary, kind)
        for term in words:
            if term not in terms:
                raise _misnamed(text_of, settings, told(_ONE_OF[kind], term, terms), term, "words", kind)


def _misnamed(
    text_of: Callable[[str], str | None], settings: Settings, message: str, word: str, key: str, entry: str
) -> SettingsError:
    """Return the error at the word, where its place can be found."""
    origin = settings.origin(key, entry)
    if origin.startswith("--"):
        return SettingsError(f"{origin}: {message}", "")
    path, _, line = origin.rpartition(":")
    try:
        file = read_file(Path(path), text_of(path))
    except SettingsError:
        return SettingsError(message, origin)
    start = file.source.line_starts[int(line) - 1] if line.isdigit() else 0
    at = file.source.text.find(word, start)
    if at < 0:
        return file.error(message, key)
    return SettingsError(message, path, file.source.position(at), len(word))


def workspace_of(folder: Path) -> Path:
    """Return the folder no path of a configuration leads out of.

    It is the repository around the folder; without one, the outermost folder above that holds a configuration.
    """
    folder = folder.resolve()
    for above in (folder, *folder.parents):
        if os.path.exists(above / ".git"):
            return above
    outermost = folder
    for above in folder.parents:
        if any(os.path.isfile(above / name) for name in FILE_NAMES[:2]):
            outermost = above
    return outermost


def _folders(files: list[ConfigurationFile], root: Path) -> tuple[Path, list[str]]:
    """Return the closest folder around all the files, and the folder of each from there; the first one's is `root`."""
    own = files[0].path.parent.resolve()
    real = root.resolve()
    folders = [file.path.parent.resolve() for file in files]
    ways = ["." if folder == own else os.path.relpath(folder, real) for folder in folders]
    top = root
    for _ in range(max(Path(way).parts.count("..") for way in ways)):
        top = top.parent
    return top, [Path(os.path.normpath(os.path.relpath(root, top) + os.sep + way)).as_posix() for way in ways]


def _told(file: ConfigurationFile, key: Key) -> object:
    """Return the value of a key. Raises SettingsError where it is of another kind than the key's."""
    try:
        return key.kind.read(key.name, file.table[key.name])
    except WrongValueError as error:
        raise file.error(str(error), *error.path) from None


def _value(file: ConfigurationFile, key: Key, workspace: Path, folder: str, sources: Sources) -> object:
    value = _told(file, key)
    if key.kind in (GLOBS, LISTS_BY_GLOB) and folder != ".":
        from wrongfix.globs import from_above  # noqa: PLC0415 # few files extend one of another folder

        if isinstance(value, Mapping):
            counted: dict[str, tuple[str, ...]] = {}
            for glob, rules in value.items():
                above = from_above(glob, folder)
                counted[above] = (*counted.get(above, ()), *rules)
            return MappingProxyType(counted)
        return tuple(from_above(glob, folder) for glob in cast("tuple[str, ...]", value))
    if key.name == "rules" and isinstance(value, tuple):
        return tuple(found for pattern in value for found in _files(file, pattern, workspace, sources))
    if key.name in ("baseline", "cache-dir"):
        return str(_inside(file, key.name, str(value), workspace))
    return value


def _add(values: dict[str, Any], origins: dict[str, str], key: Key, value: Any, file: ConfigurationFile) -> None:  # noqa: ANN401 # the kind knows
    """Add a value of a file further up the chain: tables gain entries, `extend-select` gains rules, the rest stands.

    Whatever comes from another line than the key itself gets an origin of its own.
    """
    held = values.get(key.field, ())
    if key.kind.merges:
        values[key.field] = MappingProxyType({**value, **dict(held)})
    elif key.name == "extend-select":
        values[key.field] = (*value, *held)
    else:
        values.setdefault(key.field, value)
        value = ()
    of_key = origins.setdefault(key.name, file.origin(key.name))
    for entry in value:
        if entry not in held and (origin := file.origin(key.name, entry)) != of_key:
            origins[f"{key.name}.{entry}"] = origin


def _extended(file: ConfigurationFile, workspace: Path, chain: list[Path], sources: Sources) -> Path | None:
    if "extend" not in file.table:
        return None
    named = _told(file, next(key for key in KEYS if key.name == "extend"))
    path = _inside(file, "extend", str(named), workspace)
    if path in chain:
        names = " → ".join(each.name for each in (*chain, path))
        raise file.error(f"extend goes round in a circle: {names}", "extend")
    if not os.path.isfile(path):
        sources.files.append(str(path))
        raise file.error(f'extend names "{named}", and there is no such file', "extend")
    return path


def _inside(file: ConfigurationFile, key: str, name: str, workspace: Path) -> Path:
    try:
        path = (file.path.parent / name).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise file.error(f'{key} names "{name}": {error}', key) from None
    if not path.is_relative_to(workspace):
        raise file.error(f'{key} names "{name}", which leads out of the workspace {workspace}', key)
    return path


def _files(file: ConfigurationFile, pattern: str, workspace: Path, sources: Sources) -> list[str]:
    if not any(sign in pattern for sign in "*?["):
        found = [_inside(file, "rules", pattern, workspace)]
    elif pattern.split("/").count("**") > _MOST_DEPTHS:
        raise file.error(f'rules names "{pattern}": more than {_MOST_DEPTHS} times "**"', "rules")
    elif ".." in Path(pattern).parts or Path(pattern).is_absolute():
        raise file.error(f'rules names "{pattern}", which leads out of the workspace {workspace}', "rules")
    else:
        try:
            met = sorted(file.path.parent.glob(pattern))
        except (OSError, ValueError, NotImplementedError) as error:
            raise file.error(f'rules names "{pattern}": {error}', "rules") from None
        found = [_inside(file, "rules", str(each), workspace) for each in met]
        sources.globs.append((str(file.path.parent), pattern))
    sources.rules += map(str, found)
    if not found or not all(map(os.path.isfile, found)):
        raise file.error(f'rules names "{pattern}", and there is no such file', "rules")
    return [str(path) for path in found]
