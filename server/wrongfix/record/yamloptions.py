"""Options and choices as YAML records state them: lists of mappings, verdict keys and keys that name the choice."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from wrongfix.frozen import replace
from wrongfix.record.model import Block, Choice, Node, Option, OptionMark, Record, Text
from wrongfix.record.naming import cut, labelled, named
from wrongfix.record.options import MOST
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

_SIGN = 2
"""How long a name may be that is a sign alone, such as `A` or `B2`."""
_ROLES = frozenset({"options", "rejected", "pros-and-cons"})


def with_yaml_options(record: Record, nodes: Sequence[tuple[int, Node]], words: Words) -> Record:
    """Return the record with the options and choices its keys state, beside those its prose holds."""
    options: list[Option] = []
    spans: list[Span] = []
    for index, node in nodes:
        section = record.sections[index]
        parent = record.sections[section.parent] if section.parent is not None else None
        if section.role in _ROLES and section.own_role and (parent is None or parent.role not in _ROLES):
            for option, span in _options(node, section.role or "", words):
                options.append(option)
                spans.append(span)
    if options:
        record = replace(record, options=tuple(options[:MOST]), blocks=_assigned(record.blocks, spans[:MOST]))
    every = (choice for index, node in nodes for choice in _choices(record, index, node, words))
    stated = list(islice(every, MOST))
    stated += [
        Choice(option.name.span, option.name, (index,))
        for index, option in enumerate(record.options)
        if option.mark is OptionMark.CHOSEN
    ]
    told = [choice.span for choice in stated]
    read = [
        _matched(record, replace(choice, options=()) if options else choice, words)  # they counted other options
        for choice in record.choices
        if not any(span.covers(choice.span) or choice.span == span for span in told)
    ]
    return replace(record, choices=tuple(sorted((*stated, *read), key=lambda choice: choice.span)))


def _options(node: Node, role: str, words: Words) -> Iterator[tuple[Option, Span]]:
    fallback = OptionMark.REJECTED if role == "rejected" else None
    for element in node.elements():
        scalar = element.text()
        if scalar is not None:
            yield _of_scalar(scalar, element, fallback, words), element.span
        elif element.tag == "map":
            option = _of_mapping(element, fallback, words)
            if option is not None:
                yield option, element.span
    for key, value in node.items():
        if value.tag in {"map", "str", "seq"}:
            mark = _verdict(value, words) or fallback
            label = key.value.upper() if len(key.value) <= 2 else ""
            inner = _value(value, "option-name", words) if label else None
            yield Option(inner or key, label, mark, (value.span,)), Span(key.span.start, value.span.end)


def _of_scalar(scalar: Text, element: Node, mark: OptionMark | None, words: Words) -> Option:
    value = scalar.value
    label, start = labelled(value, words)
    start = start if start < len(value) else 0
    end = start + cut(value[start:])
    tail = value[end:].strip(" -–—:()（）")
    name = value[start:end].strip()
    written = scalar.span.start + (1 if element.style in {"'", '"'} else 0)
    within = element.style in {"", "'", '"'} and element.properties != "*"
    span = Span(written + start, written + end) if within else scalar.span
    return Option(Text(name, span), label.upper(), mark or (words.mark(tail) if tail else None))


def _of_mapping(element: Node, mark: OptionMark | None, words: Words) -> Option | None:
    name = _value(element, "option-name", words)
    if name is None or not name.value.strip():
        return None
    label = _value(element, "option-label", words)
    if len(name.value) <= _SIGN and (text := _value(element, "option-text", words)) is not None:
        label, name = name, _opening(text)
    sign, start = labelled(name.value, words)
    if sign and start < len(name.value):
        exact = name.span.end - name.span.start == len(name.value)
        name = Text(name.value[start:], Span(name.span.start + start, name.span.end) if exact else name.span)
    short = label.value.upper() if label is not None and label is not name and len(label.value) <= 12 else ""
    return Option(name, sign.upper() or short, _verdict(element, words) or mark, (element.span,))


def _opening(text: Text) -> Text:
    """Return the words a description begins with, up to its first stop."""
    line = text.value.split("\n", 1)[0]
    name = line[: cut(line)].rstrip(" .")
    exact = text.span.end - text.span.start == len(text.value)
    return Text(name, Span(text.span.start, text.span.start + len(name)) if exact else text.span)


def _value(node: Node, kind: str, words: Words) -> Text | None:
    """Return the first scalar of a mapping under a key of a kind; a name is looked for in the order `name`, others."""
    known = words.shapes[kind]
    found = [(folded(key.value), text) for key, value in node.items() if (text := value.text()) is not None]
    named_first = sorted(
        (pair for pair in found if pair[0] in known), key=lambda pair: pair[0] not in {"name", "option"}
    )
    return next(
        (text for key, text in named_first if not (kind == "option-name" and key == "id" and len(found) > 1)), None
    )


def _verdict(node: Node, words: Words) -> OptionMark | None:
    for key, value in node.items():
        name, text = folded(key.value), value.text()
        if words.labels.get(name) == "rejection" and text is not None:
            return OptionMark.REJECTED
        if text is None or name not in words.shapes["option-verdict"]:
            continue
        if folded(text.value) in words.shapes["true-words"]:
            return OptionMark.CHOSEN
        mark = words.mark(text.value)
        if mark is not None:
            return mark
    return None


def _assigned(blocks: Sequence[Block], spans: Sequence[Span]) -> tuple[Block, ...]:
    """Return the blocks with the option in whose entry each stands; what the prose numbered counts no longer."""
    starts = [span.start for span in spans]
    assigned: list[Block] = []
    for block in blocks:
        at = bisect_left(starts, block.span.start + 1) - 1
        option = at if at >= 0 and spans[at].covers(block.span) else None
        assigned.append(block if block.option == option else replace(block, option=option))
    return tuple(assigned)


def _choices(record: Record, index: int, node: Node, words: Words) -> Iterator[Choice]:
    """Yield what keys such as `chosen_alternative` name, outside the options themselves."""
    section = record.sections[index]
    if folded(section.title) not in words.shapes["choice"] or section.role in {"rejected", "metadata"}:
        return
    parent = record.sections[section.parent] if section.parent is not None else None
    if parent is not None and parent.role != "decision":
        return
    for value in (node, *node.elements()):
        text = value.text()
        if text is not None and text.value.strip():
            yield Choice(
                text.span, Text(" ".join(text.value.split()), text.span), named(record.options, text.value, words)
            )


def _matched(record: Record, choice: Choice, words: Words) -> Choice:
    if choice.options or choice.name is None:
        return choice
    return replace(choice, options=named(record.options, choice.name.value, words))
