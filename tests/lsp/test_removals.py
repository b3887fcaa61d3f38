"""Each part of the server is held by a test over the wire: with the part taken out, the tests must fail.

`python -m pytest -m removal tests/lsp/test_removals.py` takes half an hour.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wrongfix.lsp.features import FEATURES

HERE = Path(__file__).parent
ALL = [
    "clients",
    "conversations",
    "features",
    "actions",
    "completion",
    "navigation",
    "configuration",
    "workspace",
    "diagnostics",
    "documents",
    "errors",
]
"""The test files, without those that take long or hold bounds."""

ACTIONS, COMPLETION, NAVIGATION = ["actions", "conversations"], ["completion", "conversations"], ["navigation"]
BY_METHOD = {
    "textDocument/codeAction": ACTIONS,
    "textDocument/completion": COMPLETION,
    "textDocument/definition": NAVIGATION,
    "textDocument/references": NAVIGATION,
    "textDocument/rename": NAVIGATION,
    "textDocument/prepareRename": NAVIGATION,
    "textDocument/documentLink": NAVIGATION,
}
PARTS = {
    **{f"features:FEATURES={each.method}": BY_METHOD.get(each.method, ["features"]) for each in FEATURES},
    "features:_register_pulling": ["diagnostics"],
    "features:_register_workspace_symbols": ["navigation", "features", "workspace"],
    "actions:_quick_fixes": ACTIONS,
    "actions:_of_whole_rules": ACTIONS,
    "actions:_fix_all": ACTIONS,
    "actions:_pages": ACTIONS,
    "silencing:silencings": ACTIONS,
    "accepting:_in_configuration": ACTIONS,
    "accepting:_in_baseline": ACTIONS,
    "accepting:_created": ACTIONS,
    "ignoring:_in_list": ACTIONS,
    "ignoring:_in_braces": ACTIONS,
    "ignoring:_dotted": ACTIONS,
    "session:Session.begin_file": ACTIONS,
    "hover:_of_evidence": ["features"],
    "hover:_reading": ["features"],
    "hover:_weighed": ["features"],
    "hover:_of_attempt": ["features"],
    "offers:_failures": COMPLETION,
    "offers:_approaches": COMPLETION,
    "offers:_statuses": COMPLETION,
    "keyoffers:of_record": COMPLETION,
    "keyoffers:of_entry": COMPLETION,
    "keyoffers:_of_shape": COMPLETION,
    "offers:_directives": COMPLETION,
    "offers:_rules": COMPLETION,
    "completion:_about": COMPLETION,
    "recordlinks:of_target": COMPLETION,
    "recordlinks:of_bracket": COMPLETION,
    "recordlinks:of_value": COMPLETION,
    "templates:whole_records": COMPLETION,
    "hints:_read": ["features"],
    "elsewhere:also_named": ["features"],
    "session:Session.opened": ["conversations"],
    "session:Session.changed": ["conversations"],
    "session:Session.saved": ["configuration", "workspace"],
    "session:Session.closed": ["diagnostics", "documents"],
    "session:Session.folders_changed": ["workspace"],
    "session:Session.files_changed": ["workspace", "configuration"],
    "asking:Asking.settings": ["configuration", "workspace"],
    "asking:Asking.refresh": ["diagnostics", "configuration", "workspace"],
    "session:Session.read_workspace": ["navigation", "workspace"],
    "session:Session.show": ["actions", "features"],
    "session:Session.debug_information": ["errors", "features"],
    "telling:Telling.tell": ["conversations"],
    "telling:Telling.clear": ["diagnostics", "documents"],
    "telling:Telling.show_faults": ["configuration", "workspace"],
    "watching:Watch.begin": ["workspace", "configuration"],
    "watching:Watch.also": ["configuration"],
    "features:register_later": ["workspace"],
    "progress:Progress.report": ["workspace"],
    "progress:Progress.end": ["workspace"],
    "workspace:Workspace.folder_of": ["actions"],
    "workspace:Workspace.check_all": ["workspace"],
    "lenses:_sum": ["features"],
    "symbols:_of_record": ["features"],
    "log:_kept": ["errors"],
    "log:Log.failure": ["errors"],
    "log:Log.trace": ["errors", "features", "workspace"],
}
"""What is taken out, and the files where a test should miss it first."""


@pytest.mark.removal
@pytest.mark.parametrize("part", PARTS)
def test_without_a_part_the_tests_over_the_wire_fail(part):
    """No part of the server can be taken out unnoticed."""
    first = PARTS[part]
    for names in (first, [name for name in ALL if name not in first]):
        if _fails(part, names):
            return
    pytest.fail(f"nothing misses {part}")


def _fails(part: str, names: list[str]) -> bool:
    """Say whether the tests of some files fail without a part; that none ran, or that they broke, is no answer."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(HERE / "removal"), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
        "WRONGFIX_WITHOUT": f"wrongfix.lsp.{part}",
    }
    files = [str(HERE / f"test_{name}.py") for name in names]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *files]
    done = subprocess.run(command, env=environment, cwd=HERE.parents[1], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout[-2000:] + done.stderr[-2000:]
    return done.returncode == 1
