"""The keys that may stand at the cursor: of a record, and of an entry of its failure tags; none stands there twice."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from wrongfix.lsp.cursor import Cursor
from wrongfix.lsp.offer import Offer, key_of
from wrongfix.lsp.view import View
from wrongfix.lsp.yamllines import keys_of
from wrongfix.record.words import words_of
from wrongfix.text import Span

_OF_ENTRIES = {
    "tag": "what fails, as a tag",
    "count": "how often it was seen",
    "evidence": "whether the evidence stood in the prompt: yes or no",
}


def of_record(view: View, cursor: Cursor) -> Iterator[Offer]:
    """Yield the keys of a record: those that state evidence, those of its shape, those of its facts."""
    region = cursor.region or Span(0, len(view.source.text))
    written = [name for name in keys_of(view.source, region) if name != cursor.word]
    present = {key_of(name) for name in written}
    keys = view.vocabulary.data("keys")
    stating = {
        keys["failures"]["always"][0]: ("what fails, as tags", "[$1]"),
        keys["approaches"]["maybe"][0]: ("what is chosen, as tags", "[$1]"),
        keys["tried"][0]: ("what was tried, and what came of it", "{$1}"),
        keys["ruled-out"][0]: ("what cannot be done, and why", "{$1}"),
        keys["out-of-scope"][0]: ("failures named and not dealt with here", "[$1]"),
    }
    for name, (detail, value) in stating.items():
        if key_of(name) not in present:
            yield _of_key(name, detail, value, view)
    if view.document.language == "yaml":
        yield from _of_shape(view, written)
    for entry in view.vocabulary.data("fields"):
        names = {key_of(label) for label in entry["labels"]}
        name = entry["id"] if key_of(entry["id"]) in names else key_of(entry["labels"][0])
        if not names & present:
            yield _of_key(name, "a fact of the record", "", view)


def of_entry(view: View, cursor: Cursor) -> Iterator[Offer]:
    """Yield the keys of an entry that is a mapping: a tag with its count and its evidence."""
    beside = {key_of(name) for name in cursor.beside or ()}
    for kind, names in view.vocabulary.data("keys")["entry"].items():
        if beside.isdisjoint(map(key_of, names)):
            yield _of_key(names[0], _OF_ENTRIES[kind], "", view)


def _of_shape(view: View, written: list[str]) -> Iterator[Offer]:
    """Yield the parts of a YAML record as its schema has them, but no part that is there under another name."""
    from wrongfix import schemas  # noqa: PLC0415 # only a key of YAML that is typed needs it

    words, beside = words_of(view.vocabulary), schemas.front_matter(view.vocabulary)["properties"]
    roles = {words.role(name) for name in written if name not in beside}
    for name, part in schemas.record(view.vocabulary)["properties"].items():
        if name not in beside and name not in words.labels and words.role(name) not in roles:
            yield _of_key(name, part["description"], "", view)


def _of_key(name: str, detail: str, value: str, view: View) -> Offer:
    snippet = bool(value) and view.client.snippets
    text = f"{name}: {value}" if snippet else f"{name}: "
    return Offer(name, (name,), types.CompletionItemKind.Property, detail, text=text, snippet=snippet)
