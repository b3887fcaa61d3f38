"""The way in: a document becomes its records, whatever its format; reading never raises."""

from __future__ import annotations

from wrongfix.frozen import replace
from wrongfix.record.frommarkdown import read_markdown
from wrongfix.record.fromyaml import read_yaml
from wrongfix.record.frontmatter import begins_with_key, split
from wrongfix.record.model import Record
from wrongfix.record.words import WordFiles, Words, words_of
from wrongfix.text import Source, with_line_feeds

_YAML_ENDINGS = (".yaml", ".yml", ".json")
_MARKDOWN_ENDINGS = (".md", ".markdown", ".mdx", ".mkd")


def read(source: Source, vocabulary: WordFiles) -> tuple[Record, ...]:
    """Return the records of a document in its order: one for Markdown, one or more for YAML.

    The name's ending says which it is, or else the text: YAML begins with a key or a bracket and has no headings.

    A document that cannot be read gives a record with problems and without parts.
    """
    text = with_line_feeds(source.text)
    if text == source.text:
        return _read(source, words_of(vocabulary))
    records = _read(Source(source.name, text), words_of(vocabulary))
    return tuple(replace(record, source=source) for record in records)


def _read(source: Source, words: Words) -> tuple[Record, ...]:
    name = source.name.lower()
    if name.endswith(_YAML_ENDINGS) or (not name.endswith(_MARKDOWN_ENDINGS) and _is_yaml(source.text)):
        return read_yaml(source, words)
    return (read_markdown(source, words),)


def _is_yaml(text: str) -> bool:
    begun = text.lstrip("\ufeff \t\r\n")
    if begun[:1] in {"{", "["}:
        return True
    return begins_with_key(begun) and split(text) is None and "\n# " not in text and "\n## " not in text
