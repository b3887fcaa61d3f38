"""Where the page of a rule can be read: the project's own address, else the packaged file; no domain is invented."""

from __future__ import annotations

from pathlib import Path


def rule_address(code: str, name: str, docs_url: str | None, rules: Path) -> str | None:
    """Return the address of a rule's page; `rules` is the folder of the rules. None where nothing can be opened."""
    if docs_url:
        return f"{docs_url.rstrip('/')}/{code}"
    pages = rules.parent / "docs" / "rules"
    for path in (pages / f"{code}.md", pages / f"{code}-{name}.md", rules / f"{code}-{name}.yaml"):
        if path.is_file():
            return path.absolute().as_uri()
    return None
