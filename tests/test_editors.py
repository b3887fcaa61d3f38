"""What is shipped for editors agrees with the server, is as small as promised, and tells the truth about tests."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from importlib.metadata import requires
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator
from packaging.requirements import Requirement

from wrongfix import __version__
from wrongfix.lsp.options import CHOICES, LEVELS, Options
from wrongfix.rulebook import load

ROOT = Path(__file__).parent.parent
EDITORS = ROOT / "editors"
EXTENSION = EDITORS / "vscode"
CONFIGURATIONS = (
    "nvim/lsp/wrongfix.lua",
    "nvim/older.lua",
    "emacs/wrongfix.el",
    "helix/languages.toml",
    "vim/wrongfix.vim",
    "kate/settings.json",
    "zed/extension.toml",
    "zed/src/lib.rs",
    "sublime/LSP.sublime-settings",
    "jetbrains/template.json",
)


def _package() -> dict:
    return json.loads((EXTENSION / "package.json").read_text())


def _properties() -> dict:
    return {
        name.removeprefix("wrongfix."): schema
        for group in _package()["contributes"]["configuration"]
        for name, schema in group["properties"].items()
    }


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match.group(1).upper(), name)


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_configuration_fits_on_a_screen(name):
    """No configuration of an editor is longer than thirty lines."""
    assert len((EDITORS / name).read_text().splitlines()) <= 30


@pytest.mark.parametrize("folder", sorted({name.split("/")[0] for name in CONFIGURATIONS}))
def test_an_editor_starts_the_server_by_its_command(folder):
    """Each editor's configuration starts `wrongfix server`, and a page tells how to install it."""
    texts = [(EDITORS / name).read_text() for name in CONFIGURATIONS if name.startswith(f"{folder}/")]
    assert any("wrongfix" in text and re.search(r"\bserver\b", text) for text in texts)
    assert "wrongfix" in (EDITORS / folder / "README.md").read_text()


@pytest.mark.parametrize("folder", ["zed", "sublime", "jetbrains"])
def test_a_page_admits_what_was_not_run(folder):
    """An editor that no test starts says so on its page and in the overview."""
    assert "Not run by the project's tests" in (EDITORS / folder / "README.md").read_text()
    line = next(line for line in (EDITORS / "README.md").read_text().splitlines() if f"({folder}/README.md)" in line)
    assert "not run" in line
    assert f"drive_{folder}" not in (ROOT / "tests/editors/run.sh").read_text()


@pytest.mark.parametrize("folder", ["nvim", "emacs", "helix", "vim", "kate", "vscode"])
def test_an_editor_called_tested_is_driven(folder):
    """An editor that the overview calls tried has a driver."""
    script = (ROOT / "tests/editors/run.sh").read_text()
    assert f"drive_{folder}()" in script or f"$here/{folder}/run.sh" in script


def test_every_switch_of_the_server_is_a_setting_of_the_extension():
    """The extension offers each option of the server, with the server's default and choices."""
    properties = _properties()
    for option in fields(Options):
        schema = properties[_camel(option.name)]
        assert schema["default"] == ("" if option.default is None else option.default), option.name
        if option.name in CHOICES:
            assert set(schema["enum"]) == set(CHOICES[option.name])
    assert set(properties["logLevel"]["enum"]) == set(LEVELS)
    own = {"path", "interpreter", "importStrategy", "trace.server"}
    assert set(properties) == {_camel(option.name) for option in fields(Options)} | own


def test_every_setting_is_described():
    """No setting of the extension is without a description."""
    for name, schema in _properties().items():
        assert schema.get("description") or schema.get("markdownDescription"), name


def test_every_switch_is_on_the_page_of_the_server():
    """docs/editors.md names every option with its default."""
    page = (ROOT / "docs/editors.md").read_text()
    for option in fields(Options):
        line = next(line for line in page.splitlines() if f"`{_camel(option.name)}`" in line)
        if isinstance(option.default, bool):
            assert line.endswith("| on |" if option.default else "| off |"), option.name


def test_a_workspace_cannot_name_a_program():
    """Settings that decide what is started are the machine's, and are declared restricted in untrusted workspaces."""
    programs = {"path", "interpreter", "importStrategy"}
    assert all(_properties()[name]["scope"] == "machine" for name in programs)
    trust = _package()["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] == "limited"
    assert set(trust["restrictedConfigurations"]) == {f"wrongfix.{name}" for name in programs}


def test_every_command_is_known_on_both_sides():
    """The commands the extension announces are those it registers, save the status bar's menu."""
    announced = {command["command"] for command in _package()["contributes"]["commands"]}
    registered = set(re.findall(r'^    "(wrongfix\.\w+)":', (EXTENSION / "src/extension.ts").read_text(), re.MULTILINE))
    assert announced == registered - {"wrongfix.menu"}


def test_versions_agree():
    """The extension, its lock file and the Zed extension carry the version of the server."""
    assert _package()["version"] == __version__
    lock = json.loads((EXTENSION / "package-lock.json").read_text())
    assert lock["version"] == __version__
    assert tomllib.loads((EDITORS / "zed/extension.toml").read_text())["version"] == __version__


def test_the_lock_file_names_no_registry():
    """Packages are pinned by version and checksum, not by the address of a registry."""
    lock = json.loads((EXTENSION / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all("resolved" not in entry and "integrity" in entry for entry in packages.values())


def test_the_bundle_holds_all_the_server_needs():
    """The pinned lists of the bundle hold every requirement of the server, and what those require."""
    pinned = {
        Requirement(line).name.lower().replace("_", "-")
        for name in ("pure.txt", "native.txt")
        for line in (EXTENSION / "bundle" / name).read_text().splitlines()
        if line and not line.startswith("#")
    }
    needed, found = ["wrongfix"], set()
    while needed:
        for text in requires(needed.pop()) or ():
            requirement = Requirement(text)
            name = requirement.name.lower().replace("_", "-")
            if name not in found and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
                found.add(name)
                needed.append(name)
    assert pinned == found


@pytest.mark.parametrize("script", sorted((ROOT / "tests/editors").rglob("*.sh")), ids=lambda path: path.name)
def test_scripts_parse(script):
    """Bash takes every script of the editors' tests."""
    subprocess.run(["bash", "-n", script], check=True)


def test_yaml_records_are_looked_for_where_the_reader_looks():
    """The schema of YAML records is offered for the folders in which records are kept, and no others."""
    folders = load().vocabulary.data("places")["folders"]
    [validation] = _package()["contributes"]["yamlValidation"]
    assert validation["fileMatch"] == [f"**/{name}/**/*.{ending}" for name in folders for ending in ("yaml", "yml")]


def test_the_schema_takes_what_the_template_writes(tmp_path):
    """A record that `wrongfix new` began, with tags, is valid; tags of the wrong shape are not."""
    subprocess.run([sys.executable, EXTENSION / "bundle/schemas.py", tmp_path], check=True)
    validator = Draft7Validator(json.loads((tmp_path / "record.json").read_text()))
    command = [sys.executable, "-m", "wrongfix", "new", "--format", "yaml", "--failure", "stale-knowledge"]
    subprocess.run([*command, "--approach", "rag", "Hours"], check=True, cwd=tmp_path)
    [record] = (tmp_path / "docs/decisions").glob("*.yaml")
    written = yaml.load(record.read_text(), Loader=yaml.BaseLoader)  # noqa: S506 # the base loader makes texts only
    assert written["failure-tags"] == ["stale-knowledge"]
    assert validator.is_valid(written)
    assert validator.is_valid({"failure-tags": [{"tag": "stale-knowledge", "count": 41, "evidence-in-prompt": False}]})
    assert not validator.is_valid({"failure-tags": {"stale-knowledge": 3}, "approach": 7})
    assert not validator.is_valid({"tried": ["prompting"]})
