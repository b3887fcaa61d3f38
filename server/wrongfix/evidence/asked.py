"""What the sections that fixes insert ask, cut as records are: as long as nobody answers, nothing is told there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wrongfix.evidence.page import Page
from wrongfix.evidence.wordlists import lexicons_of
from wrongfix.record.read import read
from wrongfix.text import Source
from wrongfix.vocabulary import Vocabulary


def asked_by(blocks: Mapping[str, Any], vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return the titles of the blocks of `rules/blocks.yaml` in lower case, and the words of each sentence in them.

    In YAML a block's id is the key it stands under, and so a title too.
    """
    texts = [f"# Record\n\n## {block['title']}\n\n{block['text']}" for block in blocks.values()]
    records = [record for text in texts for record in read(Source("record.md", text), vocabulary)]
    lexicons = lexicons_of(vocabulary)
    sentences = {" ".join(each.words) for record in records for each in Page(record, lexicons).all_sentences()}
    return {
        "titles": sorted({*blocks, *(block["title"].lower() for block in blocks.values())}),
        "sentences": sorted(sentences - {"", "record"}),
    }
