"""What is in force where: settings by folder, rulebooks by settings; both are read once a run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from wrongfix.cli.console import CannotDoError
from wrongfix.frozen import dataclass, replace
from wrongfix.settings import FILE_NAMES, Settings, SettingsError, default

if TYPE_CHECKING:
    from wrongfix.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Overrides:
    """What flags say about settings; None where a flag is not given."""

    config: str | None = None
    isolated: bool = False
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] | None = None


class Project:
    """The settings and rulebooks of one run; every question is answered once."""

    def __init__(self, overrides: Overrides) -> None:
        self._overrides = overrides
        self._by_folder: dict[str, Settings] = {}
        self._rulebooks: dict[object, Rulebook] = {}
        self._everywhere = self._given()

    def settings(self, folder: str) -> Settings:
        """Return the settings in force in a folder, by its absolute path. Raises CannotDoError."""
        if self._everywhere is not None:
            return self._everywhere
        asked: list[str] = []
        while (found := self._by_folder.get(folder) or self._of(folder)) is None:
            asked.append(folder)
            folder = os.path.dirname(folder)
        self._by_folder.update(dict.fromkeys((*asked, folder), found))
        return found

    def rulebook(self, settings: Settings) -> Rulebook:
        """Return the rulebook for some settings. Raises CannotDoError for own rules that are wrong."""
        from wrongfix.rulebook import load  # noqa: PLC0415 # listing files needs no rules

        words: Mapping[str, tuple[str, ...]] = {
            term: said for kind in settings.words.values() for term, said in kind.items()
        }
        key = (settings.rules, tuple(sorted(words.items())))
        if key not in self._rulebooks:
            self._rulebooks[key] = _with_own(settings.rules, words) if settings.rules else load(own_words=words)
        return self._rulebooks[key]

    def files(self) -> frozenset[str]:
        """Return the files that the settings given so far rest on: configurations, own rules, baselines."""
        found: set[str] = set()
        for settings in (*self._by_folder.values(), *([self._everywhere] if self._everywhere else [])):
            found.update(settings.rules, [settings.baseline] if settings.baseline else [])
            found.update(origin.rpartition(":")[0] for origin in settings.origins.values())
        return frozenset(found - {""})

    def _of(self, folder: str) -> Settings | None:
        """Return what a folder's own file configures; nothing where it has none and another folder is above it."""
        here = [os.path.join(folder, name) for name in FILE_NAMES]
        above = os.path.dirname(folder)
        try:
            if any(map(os.path.isfile, here)):
                from wrongfix import configuration  # noqa: PLC0415 # most folders have none

                if path := configuration.find(Path(folder), upwards=False):
                    return self._checked(configuration.read(path))
        except SettingsError as error:
            raise CannotDoError(str(error)) from None
        return self._checked(default()) if above == folder else None

    def _given(self) -> Settings | None:
        """Return the settings that flags name for all files, if they do."""
        if self._overrides.isolated:
            return self._checked(default())
        if self._overrides.config is None:
            return None
        from wrongfix import configuration  # noqa: PLC0415 # rarely asked for

        try:
            settings = configuration.read(Path(self._overrides.config), root=Path.cwd())
        except SettingsError as error:
            raise CannotDoError(str(error)) from None
        return self._checked(settings)

    def _checked(self, settings: Settings) -> Settings:
        """Return settings with what the flags say, after asking whether all they name exists."""
        flags = self._overrides
        origins = dict(settings.origins)
        if flags.select is not None:
            # who names rules on the command line wants those, whatever the configuration leaves out
            settings = replace(settings, select=flags.select, ignore=(), extend_select=())
            for each in [each for each in origins if each.startswith(("select", "ignore", "extend-select"))]:
                del origins[each]
            origins["select"] = "--select"
        for key, held, more in (
            ("ignore", settings.ignore, flags.ignore),
            ("extend-select", settings.extend_select, flags.extend_select),
        ):
            origins |= {f"{key}.{each}" if held else key: f"--{key}" for each in more or () if each not in held}
        settings = replace(
            settings,
            ignore=(*settings.ignore, *(flags.ignore or ())),
            extend_select=(*settings.extend_select, *(flags.extend_select or ())),
            origins=MappingProxyType(origins),
        )
        if settings != default():
            from wrongfix import configuration  # noqa: PLC0415 # nothing said needs no asking

            try:
                configuration.verify(settings, self.rulebook(settings))
            except SettingsError as error:
                raise CannotDoError(str(error)) from None
        return settings


def _with_own(paths: tuple[str, ...], words: Mapping[str, tuple[str, ...]]) -> Rulebook:
    """Return the rulebook with a team's rule files. Raises CannotDoError for one that is wrong."""
    from wrongfix.rulebook import load  # noqa: PLC0415 # as above
    from wrongfix.rulefile import RuleError  # noqa: PLC0415 # few teams have rules of their own

    try:
        return load(own_rules=map(Path, paths), own_words=words)
    except RuleError as error:
        raise CannotDoError(str(error)) from None
    except OSError as error:
        raise CannotDoError(f"{error.filename}: the rule file cannot be read: {error.strerror}") from None
