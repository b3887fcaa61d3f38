"""The fuzzer's conversations hold their laws, as far as its seeds go; they run beside the tests, for they replace threads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "fuzzing" / "seeds"
_RUN = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests"]
from fuzzing import conversation
for path in sorted(Path(sys.argv[2]).iterdir()):
    getattr(conversation, sys.argv[3])(path.read_bytes())
print("held")
"""


@pytest.mark.parametrize(("folder", "run"), [("conversation", "converse"), ("wire", "wire")])
def test_every_seed_is_answered(folder, run):
    """Every request is answered once, every text is the client's, nothing is an internal error, whatever the order."""
    assert len(list((SEEDS / folder).iterdir())) > 3
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(ROOT), str(SEEDS / folder), run], capture_output=True, text=True, check=False, timeout=100
    )  # fmt: skip
    assert done.stdout.strip() == "held", done.stderr[-2_000:]


def test_addresses_and_paths_are_turned_into_one_another():
    """What is no UTF-8 comes back as it was; what leads to no file on this machine is no path."""
    from wrongfix.lsp.addresses import path_of, uri_of

    for path in ("/a/b.md", "/a/é 漢%.md", "/a/\udcff\udcfe.md", "/a\nb.md"):
        assert path_of(uri_of(path)) == path
    for uri in ("file:a.md", "untitled:a", "git:/a.md", "", "file:///%00", "file://[", "\ud800", "file:///\ud800"):
        assert path_of(uri) is None, uri
