"""Globs that strangers write: the same paths as Git's, in time that grows with the path alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from program import WRONG, write, wrongfix
from properties.laws import examples
from timing import cpu_seconds
from wrongfix.configuration import read
from wrongfix.globs import spec
from wrongfix.settings import SettingsError

_names = st.lists(st.sampled_from(["a", "b", "*", "*", "?", "[ab]", "\\*"]), min_size=1, max_size=6).map("".join)
_globs = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "/"]),
    st.lists(st.one_of(st.sampled_from(["**", "*"]), _names), min_size=1, max_size=5).map("/".join),
    st.sampled_from(["", "", "/"]),
)
_paths = st.builds(
    "{}{}".format, st.lists(st.text("ab*", min_size=1, max_size=4), min_size=1, max_size=6).map("/".join), st.sampled_from(["", "/"])
)  # fmt: skip
EXPLODING = {
    "stars": ("*a" * 8 + "b", "a" * 250),
    "pairs of stars": ("a**" * 8 + "b", "a" * 250),
    "question marks": ("*?" * 20 + "b", "a" * 250),
    "sets": ("[a-z]*" * 8 + "0", "a" * 250),
    "folders": ("**/a/" * 8 + "b", "a/" * 1_000 + "c"),
    "stars in folders": ("**/*a*a*b/" * 20 + "x", "aaaaaaaa/" * 400),
}
NO_GLOBS = ("a\\", "\\", "!", "[z-a]", "[", "a[]", "[[:alpha:]--z]", "*" * 5_000)


@given(_globs, st.lists(_paths, max_size=8))
@examples(400)
def test_a_glob_matches_what_it_does_in_git(glob, paths):
    """Whatever the stars and folders of a glob, its linear form says the same of every path."""
    theirs, ours = GitIgnoreSpec.from_lines([glob]), spec([glob])
    for path in paths:
        assert ours.check_file(path).include == theirs.check_file(path).include, (glob, path)


@pytest.mark.parametrize(("glob", "path"), EXPLODING.values(), ids=EXPLODING)
def test_no_glob_explodes(glob, path):
    """Globs that would be tried in thousands of millions of ways take a hundredth of a second."""
    made = spec([glob])
    assert cpu_seconds(lambda: made.match_file(path), 3) < 0.01


@pytest.mark.parametrize("name", [".gitignore", ".ignore"])
def test_an_ignore_file_stops_no_walk(name, tmp_path):
    """Lines that are no globs, odd bytes and globs that explode are passed over; the rest counts."""
    write(tmp_path, r_md=WRONG, ignored_md=WRONG)
    (tmp_path / ("a" * 240 + ".md")).write_text(WRONG, encoding="utf-8")
    lines = [*NO_GLOBS, "*a" * 8 + "b", "\u2028x", "ignored.md"]
    (tmp_path / name).write_bytes(b"\xff\xfe\0\n" + "\r\n".join(lines).encode() + b"\r\n\xc3")
    done = wrongfix("check", ".", cwd=tmp_path)
    assert done.returncode == 1
    assert "Warning" not in done.stderr
    assert "r.md" in done.stdout
    assert "ignored.md" not in done.stdout


@pytest.mark.parametrize("glob", [each for each in NO_GLOBS if not each.startswith("[[")])
@pytest.mark.parametrize("line", ["include = [{}]", "exclude = [{}]", "per-file-ignores = {{ {} = ['DX'] }}"])
def test_a_configuration_with_no_glob_is_refused_in_words(line, glob, tmp_path):
    """Where Git passes a line over, a configuration tells its author."""
    (tmp_path / "wrongfix.toml").write_text(line.format(f"'{glob}'"), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"which is (no glob|longer than)"):
        read(tmp_path / "wrongfix.toml")
