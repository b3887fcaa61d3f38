"""Settings: which file counts, what its keys mean, and what is said when one is wrong."""

import tomllib
from pathlib import Path

import pytest

from wrongfix import configuration, walk
from wrongfix.findings import Severity
from wrongfix.settings import Settings, SettingsError, default
from wrongfix.settings_keys import KEYS
from wrongfix.text import Position, Source
from wrongfix.tomltext import keys


def write(path: Path, text: str) -> Path:
    """Write a file, making its folders, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def error_of(tmp_path: Path, text: str, name: str = "wrongfix.toml") -> SettingsError:
    """Return the error that reading a configuration of this text raises."""
    with pytest.raises(SettingsError) as raised:
        configuration.read(write(tmp_path / name, text))
    return raised.value


def test_the_closest_file_wins_and_nothing_is_merged(tmp_path):
    """The closest file wins and nothing is merged."""
    write(tmp_path / "wrongfix.toml", 'profile = "strict"\nignore = ["KNW"]')
    write(tmp_path / "docs" / ".wrongfix.toml", 'ignore = ["RET"]')
    settings = configuration.of_folder(tmp_path / "docs" / "decisions")
    assert settings.ignore == ("RET",)
    assert settings.profile == "default"
    assert settings.root == str(tmp_path / "docs")


def test_a_dotted_name_comes_before_a_plain_one_and_both_before_pyproject(tmp_path):
    """A dotted name comes before a plain one and both before pyproject."""
    names = ["pyproject.toml", "wrongfix.toml", ".wrongfix.toml"]
    for name in names:
        write(tmp_path / name, '[tool.wrongfix]\nignore = ["DX"]' if name == "pyproject.toml" else "")
        found = configuration.find(tmp_path)
        assert found is not None
        assert found.name == name


def test_a_pyproject_of_other_tools_configures_nothing(tmp_path):
    """A pyproject of other tools configures nothing."""
    write(tmp_path / "wrongfix.toml", "")
    write(tmp_path / "sub" / "pyproject.toml", '[tool.other]\nuses = "wrongfix"')
    assert configuration.find(tmp_path / "sub") == tmp_path / "wrongfix.toml"


def test_every_key_is_read_into_the_field_of_its_name(tmp_path):
    """Every key is read into the field of its name."""
    write(tmp_path / "rules" / "own.yaml", "")
    text = """
        profile = "strict"
        select = ["KNW"]
        extend-select = ["ret-rule"]
        ignore = ["DX001"]
        include = ["notes/*.md"]
        exclude = ["old/"]
        rules = ["rules/*.yaml"]
        docs-url = "https://docs.example.com/rules"
        baseline = "accepted.json"
        cache-dir = ".cache"
        severity = {KNW = "info", KNW002 = "error"}
        per-file-ignores = {"drafts/*" = ["ALL"]}
        thresholds = {few-examples = 30}
        words.failures = {stale-knowledge = ["out of date"]}
    """
    path = write(tmp_path / "wrongfix.toml", text)
    settings = configuration.read(path)
    assert settings == Settings(
        profile="strict",
        select=("KNW",),
        extend_select=("ret-rule",),
        ignore=("DX001",),
        include=("notes/*.md",),
        exclude=("old/",),
        rules=(str(tmp_path / "rules" / "own.yaml"),),
        docs_url="https://docs.example.com/rules",
        baseline=str(tmp_path / "accepted.json"),
        cache_dir=str(tmp_path / ".cache"),
        severity={"KNW": Severity.INFO, "KNW002": Severity.ERROR},
        per_file_ignores={"drafts/*": ("ALL",)},
        thresholds={"few-examples": 30},
        words={"failures": {"stale-knowledge": ("out of date",)}},
        root=str(tmp_path),
        origins=settings.origins,
    )
    assert settings.origins["profile"] == f"{path}:2"
    assert {key.name for key in KEYS} - {"extend"} == set(settings.origins)


@pytest.mark.parametrize(
    ("text", "message", "place", "length"),
    [
        ('\nselct = ["KNW"]', 'unknown key "selct" (did you mean "select"?)', (1, 0), 5),
        ('profile = "strickt"', 'profile must be "default" or "strict" (did you mean "strict"?)', (0, 0), 7),
        ('[severity]\nKNW001 = "eror"', "the severity of KNW001 must be one of", (1, 0), 6),
        ("ignore = 3", "ignore must be a list of texts", (0, 0), 6),
        ("[thresholds]\nx = true", "x must be a number", (1, 0), 1),
        ('[words.failure]\na = ["b"]', 'unknown key "failure" in words (did you mean "failures"?)', (0, 7), 7),
        ('docs-url = "javascript:alert(1)"', "docs-url must begin with https://", (0, 0), 8),
        ("profile = ", "is not TOML", (0, 10), 0),
        ('baseline = "../../x.json"', "which leads out of the workspace", (0, 0), 8),
        ('rules = ["../*.yaml"]', "which leads out of the workspace", (0, 0), 5),
        ('rules = ["none.yaml"]', "there is no such file", (0, 0), 5),
        ('extend = "none.toml"', "there is no such file", (0, 0), 6),
        ('extend = "wrongfix.toml"', "extend goes round in a circle", (0, 0), 6),
    ],
)
def test_what_is_wrong_is_said_at_its_place(tmp_path, text, message, place, length):
    """What is wrong is said at its place."""
    error = error_of(tmp_path, text)
    assert message in str(error)
    assert (error.place, error.length) == (Position(*place), length)


@pytest.mark.parametrize(("kind", "one"), [("failures", "failure"), ("approaches", "approach")])
def test_a_term_of_ones_own_words_that_is_none(tmp_path, book, kind, one):
    """Words for an unknown failure or approach are told as what they are."""
    settings = configuration.read(write(tmp_path / "wrongfix.toml", f'words.{kind} = {{nonsens = ["x"]}}'))
    with pytest.raises(SettingsError, match=f'^[^ ]*:1:[0-9]*: unknown {one} "nonsens"'):
        configuration.verify(settings, book)


def test_in_pyproject_the_place_is_that_of_the_key_in_the_table(tmp_path):
    """In pyproject the place is that of the key in the table."""
    error = error_of(tmp_path, '[tool.other]\nselct = 1\n[tool.wrongfix]\nselct = ["KNW"]', "pyproject.toml")
    assert error.place == Position(3, 0)
    assert str(error).startswith(f"{tmp_path / 'pyproject.toml'}:4:1: ")


def test_extend_adds_table_entries_and_extra_rules_and_lets_the_rest_stand(tmp_path):
    """Extend adds table entries and extra rules and lets the rest stand."""
    write(
        tmp_path / "base.toml",
        'ignore = ["DX"]\nprofile = "strict"\nextend-select = ["A"]\nseverity = {KNW = "info", RET = "info"}',
    )
    path = write(
        tmp_path / "wrongfix.toml",
        'extend = "base.toml"\nignore = ["TEAM"]\nextend-select = ["B"]\nseverity = {KNW = "error"}',
    )
    settings = configuration.read(path)
    assert settings.profile == "strict"
    assert settings.ignore == ("TEAM",)
    assert settings.extend_select == ("A", "B")
    assert settings.severity == {"KNW": Severity.ERROR, "RET": Severity.INFO}
    assert settings.origins["profile"] == f"{tmp_path / 'base.toml'}:2"
    assert [settings.origin("extend-select", each) for each in "AB"] == [f"{tmp_path / 'base.toml'}:3", f"{path}:3"]
    assert [settings.origin("severity", each) for each in ("KNW", "RET")] == [
        f"{path}:4",
        f"{tmp_path / 'base.toml'}:4",
    ]


def test_extend_stays_in_the_repository_also_through_a_link(tmp_path):
    """Extend stays in the repository also through a link."""
    write(tmp_path / "outside.toml", "")
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (repository / "linked.toml").symlink_to(tmp_path / "outside.toml")
    for name in ("../outside.toml", "linked.toml"):
        assert "leads out of the workspace" in str(error_of(repository, f'extend = "{name}"'))


def test_extend_may_name_a_file_above_within_the_repository(tmp_path):
    """Extend may name a file above within the repository."""
    (tmp_path / ".git").mkdir()
    write(tmp_path / "base.toml", 'ignore = ["DX"]')
    assert configuration.read(write(tmp_path / "docs" / "wrongfix.toml", 'extend = "../base.toml"')).ignore == ("DX",)


def test_globs_count_from_the_folder_of_the_file_they_stand_in(tmp_path):
    """A glob counts from the folder of its file, whoever extends it; a name without a folder matches everywhere."""
    (tmp_path / ".git").mkdir()
    base = """
        exclude = ["docs/old/*", "!docs/old/kept.md", "draft.md"]
        per-file-ignores = {"docs/old/*" = ["DX"], "late.md" = ["RET"]}
    """
    write(tmp_path / "base.toml", base)
    write(tmp_path / "docs" / "[a]" / "base.toml", 'extend = "../../base.toml"\nper-file-ignores = {"/x.md" = ["TAG"]}')
    text = 'extend = "[a]/base.toml"\nper-file-ignores = {"old/*" = ["KNW"]}'
    settings = configuration.read(write(tmp_path / "docs" / "wrongfix.toml", text))
    assert settings.root == str(tmp_path / "docs")

    def ignored(name: str) -> set[str]:
        return set(settings.of_file(settings.path_of(str(tmp_path / name))).ignore)

    assert ignored("docs/old/a.md") == {"KNW", "DX"}
    assert ignored("docs/sub/late.md") == {"RET"}
    assert ignored("docs/[a]/x.md") == {"TAG"}
    assert ignored("docs/a/x.md") == ignored("docs/x.md") == ignored("docs/docs/old/a.md") == set()
    for name, met in (("old/a.md", False), ("old/kept.md", True), ("docs/old/a.md", True), ("b/draft.md", False)):
        assert walk.would_meet(str(tmp_path / "docs" / name), lambda _: settings) is met, name


@pytest.mark.parametrize(
    ("settings", "runs"),
    [
        (Settings(), True),
        (Settings(ignore=("KNW",)), False),
        (Settings(ignore=("KNW",), extend_select=("KNW002",)), True),
        (Settings(select=("RET",)), False),
        (Settings(select=("ALL",), ignore=("stale-facts",)), False),
        (Settings(select=("stale-facts",), ignore=("ALL",)), True),
        (Settings(select=("KNW002",), ignore=("KNW002",)), False),
        (Settings(select=("KN",)), True),
        (Settings(ignore=("ALL",)), False),
        (Settings(ignore=("knw002",)), False),
        (Settings(ignore=("all",), extend_select=("knw",)), True),
    ],
)
def test_the_most_specific_selector_decides(settings, runs):
    """The most specific selector decides, in capitals or not."""
    assert settings.runs("KNW002", "stale-facts", by_profile=True) is runs


def test_a_rule_of_another_profile_runs_only_when_selected():
    """A rule of another profile runs only when selected."""
    assert not Settings().runs("KNW002", "stale-facts", by_profile=False)
    assert Settings(extend_select=("KNW",)).runs("KNW002", "stale-facts", by_profile=False)


def test_the_severity_of_a_rule_comes_before_that_of_its_family():
    """The severity of a rule comes before that of its family."""
    settings = Settings(severity={"KNW": Severity.INFO, "KNW002": Severity.ERROR})
    assert settings.severity_of("KNW002", "stale-facts") is Severity.ERROR
    assert settings.severity_of("KNW001", "other") is Severity.INFO
    assert settings.severity_of("RET001", "another") is None


def test_per_file_ignores_hold_for_the_files_their_pattern_matches():
    """Per file ignores hold for the files their pattern matches."""
    settings = Settings(per_file_ignores={"drafts/": ("KNW",), "*.yaml": ("RET",)})
    assert settings.of_file("drafts/a.yaml").ignore == ("KNW", "RET")
    assert settings.of_file("docs/a.md") is settings
    known = Settings(
        ignore=("DX",), per_file_ignores={"a.md": ("KNW",)}, origins={"ignore": "x:1", "per-file-ignores": "x:2"}
    )
    assert [known.of_file("a.md").origin("ignore", each) for each in ("DX", "KNW")] == ["x:1", "x:2"]


def test_the_fingerprint_changes_with_what_changes_findings_and_with_nothing_else():
    """The fingerprint changes with what changes findings and with nothing else."""
    assert default().fingerprint() == Settings(root="/x", exclude=("y",), docs_url="https://a.example").fingerprint()
    changed = [
        Settings(profile="strict"),
        Settings(ignore=("KNW",)),
        Settings(select=("KNW",)),
        Settings(extend_select=("KNW",)),
        Settings(severity={"KNW": Severity.INFO}),
        Settings(thresholds={"x": 1}),
        Settings(rules=("own.yaml",)),
        Settings(words={"failures": {"a": ("b",)}}),
    ]
    assert len({settings.fingerprint() for settings in [default(), *changed]}) == len(changed) + 1


def test_the_places_of_keys_pass_over_strings_arrays_and_comments():
    """The places of keys pass over strings arrays and comments."""
    text = (
        '# a = 1\nlong = """\nnot = "a key"\n"""\nlist = [\n  "x = 1", # ]\n  "]",\n]\n'
        '[table."quoted key"]\na.b = {c = 1}\n'
    )
    assert {path: text[span.start : span.end] for path, span in keys(Source("", text)).items()} == {
        ("long",): "long",
        ("list",): "list",
        ("table",): "table",
        ("table", "quoted key"): '"quoted key"',
        ("table", "quoted key", "a"): "a",
        ("table", "quoted key", "a", "b"): "b",
    }
    assert tomllib.loads(text)["list"] == ["x = 1", "]"]
