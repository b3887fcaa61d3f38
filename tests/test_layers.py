from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[1] / "server"
MODULES = {
    ".".join(path.relative_to(SERVER).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((SERVER / "wrongfix").rglob("*.py"))
}
ORDER = [
    ("wrongfix.frozen",),
    ("wrongfix.text",),
    ("wrongfix.findings",),
    ("wrongfix.record.model",),
    ("wrongfix.markdownblocks", "wrongfix.yamlnodes"),
    ("wrongfix.markdown", "wrongfix.yamltext", "wrongfix.tomltext", "wrongfix.comments"),
    ("wrongfix.vocabulary", "wrongfix.slips"),
    ("wrongfix.record",),
    ("wrongfix.evidence",),
    ("wrongfix.fit",),
    ("wrongfix.conditions",),
    ("wrongfix.rulefile", "wrongfix.packing", "wrongfix.rule"),
    ("wrongfix.rulebook",),
    ("wrongfix.globs",),
    ("wrongfix.settings", "wrongfix.settings_keys", "wrongfix.directives", "wrongfix.wording"),
    ("wrongfix.configurationfile",),
    ("wrongfix.configuration",),
    ("wrongfix.judging",),
    ("wrongfix.fixing",),
    ("wrongfix.engine",),
    ("wrongfix.explain", "wrongfix.schemas", "wrongfix.baseline", "wrongfix.cache", "wrongfix.files", "wrongfix.walk"),
    ("wrongfix.report",),
    ("wrongfix.cli", "wrongfix.lsp"),
    ("wrongfix.__main__",),
]
EDGES = ("wrongfix.cli", "wrongfix.lsp", "wrongfix.__main__", "wrongfix.files", "wrongfix.walk", "wrongfix.report")
READERS = (
    *EDGES, "wrongfix.packing", "wrongfix.rulebook", "wrongfix.rulefile", "wrongfix.configuration",
    "wrongfix.configurationfile",
    "wrongfix.baseline", "wrongfix.cache",
)  # fmt: skip


def layer(module: str) -> int:
    """Return how high a module stands; fails for one that ORDER does not place."""
    for height, group in enumerate(ORDER):
        if any(module == each or module.startswith(f"{each}.") for each in group):
            return height
    raise AssertionError(f"{module} has no place in ORDER")


def imports(module: str) -> set[str]:
    """Return the modules a module imports anywhere, functions included."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in names}
    return found


@pytest.mark.parametrize("module", [each for each in MODULES if each != "wrongfix"])
def test_imports_point_down(module):
    """A module imports only from its own room or from rooms below."""
    upward = {
        other
        for other in imports(module)
        if other.startswith("wrongfix.") and layer(other) >= layer(module) and not same_room(other, module)
    }
    assert upward == set()


def same_room(one: str, other: str) -> bool:
    """Say whether two modules are siblings of one layer, which may know each other."""
    return layer(one) == layer(other)


def test_no_circles_of_imports():
    """No module is needed to import itself."""
    graph = {module: {other for other in imports(module) if other in MODULES} for module in MODULES}
    seen: dict[str, int] = {}

    def visit(module: str, path: tuple[str, ...]) -> None:
        if seen.get(module) == 1:
            raise AssertionError(" -> ".join((*path, module)))
        if module not in seen:
            seen[module] = 1
            for other in sorted(graph[module] - {module}):
                visit(other, (*path, module))
            seen[module] = 2

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("module", [each for each in MODULES if not each.startswith("wrongfix.lsp")])
def test_only_the_server_knows_the_protocol(module):
    """Nothing outside lsp/ imports pygls or lsprotocol."""
    assert {name.split(".")[0] for name in imports(module)}.isdisjoint({"pygls", "lsprotocol"})


@pytest.mark.parametrize("module", [each for each in MODULES if not each.startswith(EDGES)])
def test_nothing_below_the_edges_prints(module):
    """Only the command line, the reports and the server speak to the outside."""
    called = {
        node.func.id
        for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert "print" not in called


@pytest.mark.parametrize("module", [each for each in MODULES if not each.startswith(READERS)])
def test_nothing_below_the_edges_reads_files(module):
    """Rules and settings have their readers; all else gets text handed in."""
    calls = [
        node.func
        for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    names = {func.id for func in calls if isinstance(func, ast.Name)}
    methods = {func.attr for func in calls if isinstance(func, ast.Attribute)}
    assert "open" not in names
    assert methods.isdisjoint({"read_text", "read_bytes", "write_text", "write_bytes"})


@pytest.mark.parametrize("module", MODULES)
def test_no_rule_code_stands_in_python(module):
    """What a rule is called is known to its file alone."""
    families = {path.stem.split("-")[0][:-3] for path in (SERVER.parent / "rules").glob("[A-Z]*.yaml")}
    codes = re.compile(rf"\b({'|'.join(sorted(families))})\d{{3}}\b")
    strings = [
        node.value
        for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    docstrings = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
    }
    assert [each for each in strings if each not in docstrings and codes.search(each)] == []


def test_checking_a_record_imports_no_protocol(tmp_path):
    """The command line starts without pygls, lsprotocol or asyncio."""
    record = tmp_path / "record.md"
    record.write_text("---\nfailure-tags: [stale-knowledge]\napproach: [rag]\n---\n# A\n", encoding="utf-8")
    script = (
        "import sys; from wrongfix.cli.main import main\n"
        "assert main(['check', '--no-cache', sys.argv[1]]) == 0\n"
        "late = {'pygls', 'lsprotocol', 'asyncio', 'rich', 'jsonschema'} & set(sys.modules)\n"
        "assert not late, late"
    )
    subprocess.run([sys.executable, "-c", script, str(record)], check=True, capture_output=True)


@pytest.mark.parametrize("module", [each for each in MODULES if not each.startswith(EDGES)])
def test_units_of_the_protocol_exist_at_the_edges_alone(module):
    """Places are characters below: no module there names UTF-16 or code units."""
    text = MODULES[module].read_text(encoding="utf-8").casefold().replace("_", "-")
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(("#", '"""')))
    assert "utf-16-le" not in code
    assert "client-units" not in code


@pytest.mark.parametrize("module", MODULES)
def test_no_list_of_failures_or_approaches_stands_in_python(module, book):
    """What the tags and approaches are is known to the vocabulary alone."""
    known = {*book.vocabulary.failures, *book.vocabulary.approaches}
    listed = [
        [each.value for each in node.elts if isinstance(each, ast.Constant) and each.value in known]
        for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))
        if isinstance(node, (ast.Tuple, ast.List, ast.Set))
    ]
    assert [names for names in listed if len(names) > 1] == []
