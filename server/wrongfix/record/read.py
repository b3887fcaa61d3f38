"""The way in: a document becomes its records, whatever its format; reading never raises."""

from __future__ import annotations

from wrongfix.record.frommarkdown import read_markdown
from wrongfix.record.fromyaml import read_yaml
from wrongfix.record.model import Record
from wrongfix.record.words import WordFiles, words_of
from wrongfix.text import Source

_YAML_ENDINGS = (".yaml", ".yml", ".json")


def read(source: Source, vocabulary: WordFiles) -> tuple[Record, ...]:
    """Return the records of a document in its order: one for Markdown, one or more for YAML.

    A document that cannot be read gives a record with problems and without parts.
    """
    words = words_of(vocabulary)
    if source.name.lower().endswith(_YAML_ENDINGS):
        return read_yaml(source, words)
    return (read_markdown(source, words),)
