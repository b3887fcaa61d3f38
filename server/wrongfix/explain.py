"""The page of a rule as Markdown: one renderer for the documentation, the command line and the editor's hover."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from wrongfix.rule import Rule
from wrongfix.rulebook import Rulebook
from wrongfix.settings import Settings

_KEY = re.compile(r"\((P-[\w-]+|S\d+(?:#[\w-]+)?)\)")
_SAFETY = {
    "rename": "safe where it is only misspelt, unsafe where another may be meant",
    "remove-directive": "safe: the meaning stays",
    "suggest": "advice in words",
}
_DOES = {
    "replace": "replace the chosen approach by one that fits",
    "add": "add what fits to the chosen approaches",
    "drop": "take the approach out of what is chosen",
    "rename": "write the known id",
    "choose": "write the id that is meant",
    "retag": "write a more telling tag",
    "reorder": "swap two phases",
    "remove-directive": "take the directive out",
}


def page(rule: Rule, rulebook: Rulebook) -> str:
    """Return the whole page of a rule: what it does, why, bad and good, fixes, options, silencing, sources."""
    about: Mapping[str, Any] = rulebook.explained["rules"].get(rule.code, {})
    parts = [f"# {rule.name} ({rule.code})", _head(rule), "## What it does", about.get("summary", "")]
    parts += ["## Why it matters", str(about.get("why", "")).strip()]
    parts += _examples(about.get("examples", ()))
    parts += ["## Fix", "\n".join(_fixes(rule, rulebook)) or "None: the remedy is the author's to find."]
    if about.get("options"):
        parts += ["## Options", str(about["options"]).strip()]
    parts += ["## When to silence it", _silencing(rule, about)]
    if about.get("sources"):
        parts += ["## Sources", "\n".join(f"- {each}" for each in cited(about["sources"], rulebook))]
    return "\n\n".join(part for part in parts if part) + "\n"


def summary(rule: Rule, rulebook: Rulebook) -> str:
    """Return the rule's one sentence."""
    return str(rulebook.explained["rules"].get(rule.code, {}).get("summary", ""))


def remedies(rule: Rule, rulebook: Rulebook) -> str:
    """Return what to do about a finding of the rule: its fixes, and how and when to silence it."""
    about: Mapping[str, Any] = rulebook.explained["rules"].get(rule.code, {})
    return "\n\n".join(part for part in ("\n".join(_fixes(rule, rulebook)), _silencing(rule, about)) if part)


def index(rulebook: Rulebook) -> str:
    """Return the list of all rules by family, as Markdown."""
    families: dict[str, list[Rule]] = {}
    for rule in rulebook.rules:
        families.setdefault(rule.family, []).append(rule)
    parts = ["# Rules"]
    for family, rules in families.items():
        rows = [
            f"| [{rule.code}]({file_name(rule)}) | `{rule.name}` | {_levels(rule)} | {rule.profile} "
            f"| {summary(rule, rulebook)} |"
            for rule in rules
        ]
        parts += [
            f"## {family}",
            "\n".join(["| code | name | severity | profile | finds |", "|---|---|---|---|---|", *rows]),
        ]
    return "\n\n".join(parts) + "\n"


def file_name(rule: Rule) -> str:
    """Return the name of the rule's page in `docs/rules/`."""
    return f"{rule.code}-{rule.name}.md"


def url(rule: Rule, settings: Settings) -> str:
    """Return the address of the rule's page: under `docs-url` where one is configured, else the packaged file."""
    if settings.docs_url:
        return f"{settings.docs_url.rstrip('/')}/{file_name(rule)}"
    here = Path(__file__)
    packaged = here.parent / "docs" / "rules"
    folder = packaged if packaged.is_dir() else here.parents[2] / "docs" / "rules"
    return (folder / file_name(rule)).as_uri()


def cited(sources: Iterable[str], rulebook: Rulebook) -> Iterator[str]:
    """Yield each source as a person reads it: title and heading of a document, or title and address."""
    known = rulebook.explained.get("sources") or {}
    documents, public = known.get("documents", {}), known.get("public", {})
    for source in sources:
        key, _, anchor = source.partition("#")
        if key in documents:
            heading = documents[key]["headings"].get(anchor, "")
            yield f"{documents[key]['title']}: {heading}" if heading else documents[key]["title"]
        elif key in public:
            yield f"[{public[key]['title']}]({public[key]['address']})"
        else:
            yield source


def noted(note: str, rulebook: Rulebook) -> str:
    """Return a note of the matrix with the sources it names in brackets as a person reads them."""
    return _KEY.sub(lambda found: f"({next(cited([found[1]], rulebook))})", note)


def _head(rule: Rule) -> str:
    limits = f", only {_or(rule.default_statuses)}" if rule.default_statuses else ""
    needs = " In the default profile it needs stated tags." if rule.needs_stated == "always" else ""
    return f"Severity: {_levels(rule)}. Profile: {rule.profile}{limits}.{needs}"


def _levels(rule: Rule) -> str:
    others = [f"{level} when {status}" for status, level in rule.severity.items() if status != "default"]
    return ", ".join([rule.severity["default"], *others])


def _examples(examples: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for kind, heading in (("bad", "## Bad"), ("good", "## Good")):
        shown = [each for each in examples if kind in each][:2]
        if shown:
            yield heading
            for each in shown:
                language = "yaml" if str(each.get("name", "")).endswith((".yaml", ".yml")) else "markdown"
                text = each[kind].replace("«", "").replace("»", "").rstrip()
                yield f"````{language}\n{text}\n````"


def _fixes(rule: Rule, rulebook: Rulebook) -> Iterator[str]:
    for template in rule.fixes:
        for kind, argument in template.items():
            words = _DOES.get(kind) or str(argument).format_map(_Plain())
            if kind == "insert":
                words = f"insert the section “{rulebook.blocks[argument]['title']}”"
            safety = _SAFETY.get(kind, "unsafe: it changes what the record claims")
            yield f"- {words[:1].upper()}{words[1:]} ({safety})."


def _silencing(rule: Rule, about: Mapping[str, Any]) -> str:
    when = str(about.get("silence", "")).strip()
    if rule.concern == "directives":
        how = (
            f"No comment silences it, since it is about comments. In the configuration "
            f'`ignore = ["{rule.code}"]` does, '
            f'and for some files `per-file-ignores = {{ "docs/archive/" = ["{rule.code}"] }}`.'
        )
        return f"{when}\n\n{how}" if when else how
    comment = f"<!-- wrongfix-disable-next-line {rule.code} -- reason -->"
    how = f"In Markdown `{comment}`, in YAML and front matter `# wrongfix: ignore[{rule.code}] reason`."
    return f"{when}\n\n{how}" if when else how


class _Plain(dict[str, str]):
    """Slots shown by their names."""

    def __missing__(self, key: str) -> str:
        return f"<{key}>"


def _or(words: Iterable[str]) -> str:
    return " or ".join(words)
