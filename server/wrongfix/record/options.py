"""The options a record weighs: from subheadings, bold lines, lists and tables, and which blocks describe which."""

from __future__ import annotations

from collections.abc import Iterable

from wrongfix.frozen import dataclass, replace
from wrongfix.record.lettered import lettered_options
from wrongfix.record.model import Block, BlockKind, Option, OptionMark, Record, Section, Text
from wrongfix.record.naming import cut, labelled, normalised
from wrongfix.record.referred import referred_options
from wrongfix.record.tables import options_of_tables
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

ROLES = frozenset({"options", "rejected", "pros-and-cons"})
MOST = 100
"""How many options of one record are kept: nobody weighs more."""
_INSIDE = ROLES | {"pros", "cons"}
_SIGNS = " \t✅❌☑✔⚠✓✗🏆⭐👉🟢🔴➡\ufe0f"
_AROUND_MARK = " -–—:：()（）[]*."
_BOLD = ("**", "__")


@dataclass(slots=True)
class Found:
    """An option where it is named: the block, the name in it, and what is written beside it."""

    block: int
    name: Text
    label: str
    mark: OptionMark | None
    role: str
    form: str
    group: int
    """The section about options that names it."""


def read_options(record: Record, words: Words) -> tuple[tuple[Option, ...], tuple[Block, ...]]:
    """Return the options in the order of the text, each once, and the blocks with the option each describes."""
    if not any(section.role in ROLES for section in record.sections):
        found = _outside(record, words)
    else:
        groups: dict[int, list[Found]] = {}
        for each in _candidates(record, words):
            groups.setdefault(each.group, []).append(each)
        found = [each for group in groups.values() for each in _chosen_forms(group, words)] or _outside(record, words)
        found.sort(key=lambda each: each.block)
    options: list[Option] = []
    starts: dict[int, int] = {}
    names: dict[str, int] = {}
    listed = any(each.role != "pros-and-cons" for each in found)
    for each in found:
        key = normalised(each.name.value, words)
        index = names.get(key)
        if index is None:
            index = next((at for name, at in names.items() if name.startswith(key) or key.startswith(name)), None)
        if index is None and ((listed and each.role == "pros-and-cons") or len(options) >= MOST):
            continue
        if index is None:
            index = len(options)
            options.append(Option(name=each.name, label=each.label, mark=each.mark))
            names[key] = index
        elif each.mark is not None and options[index].mark is None:
            options[index] = replace(options[index], mark=each.mark)
        starts[each.block] = index
    if not options and (lettered := lettered_options(record, words)):
        return lettered, record.blocks
    if not options:
        tabled = options_of_tables(record, words)
        return tabled if tabled[0] else referred_options(record, words)
    return _described(record, options, starts, words)


def _candidates(record: Record, words: Words) -> Iterable[Found]:
    for index, block in enumerate(record.blocks):
        section = record.sections[block.section] if block.section is not None else None
        if section is None or section.role not in ROLES:
            continue
        form = _form(record, block, section, words)
        if form is not None:
            found = _named(record, index, form, words)
            if found is not None:
                yield found


def _outside(record: Record, words: Words) -> list[Found]:
    """Return headings such as `Option B: …` that stand under no heading about options."""
    found = []
    for index, block in enumerate(record.blocks):
        if block.kind is BlockKind.HEADING and record.role(block) in {None, "context", "decision", "drivers"}:
            title = record.words(block.span)
            if any(title.casefold().startswith(f"{label} ") for label in words.option_labels if label.isascii()):
                each = _named(record, index, "heading", words)
                if each is not None and each.label:
                    found.append(each)
    return found if len(found) > 1 else []


def _form(record: Record, block: Block, section: Section, words: Words) -> str | None:
    if block.kind is BlockKind.HEADING:
        if section.own_role and words.opener(section.title) is not None:
            return "heading"
        parent = record.sections[section.parent] if section.parent is not None else None
        nested = parent is not None and parent.role in ROLES and parent.own_role
        return "heading" if nested and (not section.own_role or section.role in ROLES) else None
    if not section.own_role:
        return None
    if block.kind is BlockKind.PARAGRAPH and block.depth == 0 and _bold(record, block):
        role = words.role(block.label)
        return "bold" if role is None and block.label not in words.labels else None
    if block.kind is BlockKind.ITEM and block.depth == 1 and section.role != "pros-and-cons":
        return "item" if words.role(block.label) not in {"pros", "cons"} else None
    return None


def _chosen_forms(found: list[Found], words: Words) -> list[Found]:
    """Leave out list items where subheadings or bold lines name the options and the items only describe them."""
    headings = {normalised(each.name.value, words) for each in found if each.form == "heading"}
    bold = [each for each in found if each.form == "bold"]
    items = [each for each in found if each.form == "item"]
    if headings:
        matching = [each for each in items if normalised(each.name.value, words) in headings]
        return [each for each in found if each.form == "heading" or each in matching]
    if len(bold) > 1 or (bold and not items):
        first = bold[0].block
        before = [each for each in items if each.block < first]
        return [each for each in found if each.form != "item" or each in before]
    return [each for each in found if each.form != "bold"]


def _named(record: Record, index: int, form: str, words: Words) -> Found | None:
    block = record.blocks[index]
    start = block.span.start
    line = record.prose[start : block.span.end].split("\n", 1)[0].rstrip()
    end = len(line)
    if form != "heading" and (bold := _bold(record, block)):
        end = min(end, max(bold - start, 1))
    lead = len(line) - len(line.lstrip(_SIGNS))
    opener = words.opener(line) if form == "heading" else None
    if opener is not None and line[lead:].casefold().startswith(opener):
        lead += len(opener) + 1
    label, offset = labelled(line[lead:end], words)
    if offset and lead + offset < end:
        lead += offset
    name = line[lead:end]
    tail = line[end:]
    stop = cut(name) if form == "item" and end == len(line) else _bracket(name, words)
    tail = name[stop:] + tail
    name = name[:stop].rstrip(" :.：,")
    if not name.strip() or name.strip() in {"…", "..."}:
        return None
    mark = _mark(record, block, line, tail, words)
    role = record.role(block) or "options"
    if role == "rejected" and mark is None:
        mark = OptionMark.REJECTED
    text = Text(" ".join(name.split()), Span(start + lead, start + lead + len(name)))
    section = record.sections[block.section or 0]
    named_by = section.parent if form == "heading" and opener is None and section.parent is not None else block.section
    return Found(index, text, label.upper(), mark, role, form, named_by or 0)


def _mark(record: Record, block: Block, line: str, tail: str, words: Words) -> OptionMark | None:
    before = record.source.text[max(block.span.start - 4, 0) : block.span.start].lower()
    if block.kind is BlockKind.ITEM and "[x]" in before:
        return OptionMark.CHOSEN
    for part in (tail.strip(_AROUND_MARK), *(() if line.isascii() else (line[:3], line[-3:]))):
        mark = words.mark(part) if part else None
        if mark is not None:
            return mark
    for part in tail.replace("（", "(").split("(")[1:]:
        mark = words.mark(part.partition(")")[0])
        if mark is not None:
            return mark
    return None


def _bracket(name: str, words: Words) -> int:
    """Return where a name ends that is followed by a mark in brackets or after a dash."""
    for sign in (" (", "（", " [", " — ", " – ", " - ", ": "):
        place = name.rfind(sign)
        if place > 0 and folded(name[place + len(sign) :]) in words.marks:
            return place
    return len(name)


def _bold(record: Record, block: Block) -> int:
    """Return where the bold words end that a block begins with, or 0."""
    text, start = record.source.text, block.span.start
    sign = text[max(start - 2, 0) : start]
    if sign not in _BOLD:
        return 0
    end = text.find(sign, start, block.span.end + 2)
    return max(end, 0)


def _described(
    record: Record, options: list[Option], starts: dict[int, int], words: Words
) -> tuple[tuple[Option, ...], tuple[Block, ...]]:
    """Return the options with their descriptions and marks, and the blocks with their options."""
    of_section: dict[int, int | None] = {}
    blocks: list[Block] = []
    described: list[list[Span]] = [[] for _ in options]
    current: int | None = None
    depth = 0
    for index, block in enumerate(record.blocks):
        role = record.role(block)
        if block.kind is BlockKind.HEADING and block.section is not None:
            parent = record.sections[block.section].parent
            current = starts.get(index, of_section.get(parent) if parent is not None else None)
            of_section[block.section] = current
            depth = 0
        elif index in starts:
            current, depth = starts[index], block.depth
        elif block.depth < depth or (depth and block.kind is BlockKind.ITEM and block.depth == depth):
            current, depth = None, 0
        if current is None or (role not in _INSIDE and block.section not in of_section):
            blocks.append(block)
            continue
        blocks.append(_of_option(block, current))
        described[current].append(block.span)
        if block.label:
            options[current] = _fated(record, options[current], block, words)
    return (
        tuple(replace(option, description=tuple(spans)) for option, spans in zip(options, described, strict=True)),
        tuple(blocks),
    )


def _of_option(block: Block, option: int) -> Block:
    return Block(block.kind, block.span, block.section, block.depth, option, block.row, block.column, block.label)


def _fated(record: Record, option: Option, block: Block, words: Words) -> Option:
    """Return the option with the mark a line such as `Decision: rejected` or `Why not chosen:` gives it."""
    if option.mark is not None:
        return option
    kind = words.labels.get(block.label)
    if kind == "rejection":
        return replace(option, mark=OptionMark.REJECTED)
    if kind in {"decision", "status"}:
        value = record.prose[block.span.start : block.span.end].partition(":")[2]
        return replace(option, mark=words.mark(value.strip()))
    return option
