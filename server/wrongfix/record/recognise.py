"""Whether a document met on a walk is a decision record: by its place and its shape, never by its name alone."""

from __future__ import annotations

import re

from wrongfix.record.model import BlockKind, Record
from wrongfix.record.words import WordFiles, Words, folded, words_of

_PLACEHOLDER = re.compile(r"[{\[<][^{}\[\]<>\n]{2,200}[}\]>]")
_SCHEMA = ("$schema", "$defs", "definitions", "properties")
_FEW = 3
_INDEX_SHARE = 0.6
_TEMPLATE_SHARE = 0.3


def looks_like_record(record: Record, name: str, vocabulary: WordFiles) -> bool:
    """Say whether a record that was read from the file of a path is one.

    A folder that keeps decisions and one mark of a record are enough; elsewhere it takes a section about the decision
    and one more part of a record. An index of records and a template are none, wherever they lie.
    """
    words = words_of(vocabulary)
    parts = [part.casefold() for part in name.replace("\\", "/").split("/")]
    if _is_schema(record) or _is_index(record) or _is_template(record, parts, words):
        return False
    at_home = any(part in words.folders for part in parts[:-1])
    if _states_tags(record, vocabulary, at_home=at_home):
        return True
    if record.problems and (at_home or not record.blocks):
        return at_home
    marks = _marks(record, words, common=True)
    if at_home:
        return bool(marks & {"decision", "options"}) or (record.format == "markdown" and bool(marks - {"context"}))
    if {"decision", "status", "consequences"} <= marks or {"context", "status", "options"} <= marks:
        return True
    marks = _marks(record, words, common=False)
    return ("decision" in marks and len(marks) > 1) or {"options", "status"} <= marks


def may_be_named(record: Record, name: str, vocabulary: WordFiles) -> bool:
    """Say whether a page that looks like no record may be one all the same, once somebody names it for what it decides.

    In a folder of records whatever lies there is named, so that says nothing; and a front page tells of its folder.
    """
    words = words_of(vocabulary)
    parts = [part.casefold() for part in name.replace("\\", "/").split("/")]
    return (
        record.format == "markdown"
        and parts[-1].rpartition(".")[0] not in words.front_pages
        and not any(part in words.folders for part in parts[:-1])
        and not (_is_index(record) or _is_template(record, parts, words))
    )


def _states_tags(record: Record, vocabulary: WordFiles, *, at_home: bool) -> bool:
    """Say whether a key of decision records states a tag; at home, keys that are ordinary words count too."""
    keys = vocabulary.data("keys")
    names = [*keys["failures"]["always"], *keys["approaches"]["always"]]
    if at_home:
        names += [*keys["failures"]["maybe"], *keys["approaches"]["maybe"]]
    return record.metadata is not None and record.metadata.get(*names) is not None


def _marks(record: Record, words: Words, *, common: bool) -> set[str]:
    """Return the parts of a record that the document has; those that any page may have count only if `common`."""
    own = {
        section.role
        for section in record.sections
        if section.own_role and (common or folded(section.title) not in words.common_headings)
    }
    marks: set[str] = set()
    if "decision" in own or any(common or choice.name is not None for choice in record.choices):
        marks.add("decision")
    if own & {"context", "drivers"}:
        marks.add("context")
    if own & {"consequences", "positive", "negative", "rationale", "confirmation"}:
        marks.add("consequences")
    if own & {"options", "rejected", "pros-and-cons"} and record.options:
        marks.add("options")
    if record.status is not None and record.status.value != "unknown":
        marks.add("status")
    return marks


def _is_schema(record: Record) -> bool:
    """Say whether a YAML document describes records and is none itself."""
    root = record.metadata if record.format == "yaml" else None
    if root is None:
        return False
    typed = (value for _, value in root.items() if value.get("type") is not None)
    return root.get(*_SCHEMA) is not None or any(value.get(*_SCHEMA) is not None for value in typed)


def _is_index(record: Record) -> bool:
    """Say whether most list items or table rows are links, and nothing is decided."""
    linked = total = 0
    links = sorted(link.target.span.start for link in record.links)
    at = 0
    for block in record.blocks:
        if block.kind is BlockKind.ITEM or (block.kind is BlockKind.CELL and not block.column and block.row):
            total += 1
            while at < len(links) and links[at] < block.span.start:
                at += 1
            linked += at < len(links) and links[at] <= block.span.end + 200
    decided = any(block.kind is BlockKind.PARAGRAPH for block in record.blocks_of("decision")) or any(
        choice.name is not None for choice in record.choices
    )
    return not decided and linked >= _FEW and linked > total * _INDEX_SHARE


def _is_template(record: Record, parts: list[str], words: Words) -> bool:
    """Say whether the document is to be filled in: a placeholder for a title, every status at once, blanks all over.

    A file named as one, or lying in a folder of templates, is one too.
    """
    names = set(folded(parts[-1].rsplit(".", 1)[0]).replace(".", " ").split())
    if words.template_words.intersection(folded(parts[-2]).split() if len(parts) > 1 else ()):
        return True
    unnumbered = record.number is None or not record.number.value.strip("0")
    if names & words.template_words and (names <= words.template_names or (unnumbered and record.number is not None)):
        return True
    title = record.title.value if record.title is not None else ""
    if _is_blank(title) or (record.status is not None and _lists_statuses(record.status.text.value, words)):
        return True
    prose = [block for block in record.blocks if block.kind is not BlockKind.HEADING]
    blanks = sum(_is_blank(record.words(block.span)) for block in prose)
    return blanks >= _FEW and blanks > len(prose) * _TEMPLATE_SHARE


def _is_blank(words: str) -> bool:
    """Say whether words are a placeholder, or mostly one, or hold one in braces as titles of templates do."""
    found = _PLACEHOLDER.search(words)
    if found is None:
        return False
    return found.end() - found.start() > len(words) / 2 or (found.group()[0] == "{" and len(words) < 200)


def _lists_statuses(status: str, words: Words) -> bool:
    parts = [part for part in status.replace("/", "|").split("|") if part.strip()]
    return len(parts) >= _FEW and sum(words.status(part) != "unknown" for part in parts) >= _FEW
