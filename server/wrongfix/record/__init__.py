"""Reading a record: one type for Markdown and YAML, with every piece at its place; reading never raises."""

from wrongfix.record.model import (
    Block,
    BlockKind,
    Choice,
    Link,
    LinkKind,
    Node,
    Option,
    OptionMark,
    Person,
    Problem,
    Record,
    Section,
    Status,
    Text,
)

__all__ = [
    "Block",
    "BlockKind",
    "Choice",
    "Link",
    "LinkKind",
    "Node",
    "Option",
    "OptionMark",
    "Person",
    "Problem",
    "Record",
    "Section",
    "Status",
    "Text",
]
