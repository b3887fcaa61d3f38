"""Reading facts that authors state under keys of front matter or YAML; prose is not its concern."""

from __future__ import annotations

from collections.abc import Iterator

from wrongfix.evidence.amounts import Amount, Kind, amounts_of
from wrongfix.evidence.factwords import AmountFact, FactWords
from wrongfix.evidence.model import Fact
from wrongfix.evidence.words import words_of
from wrongfix.findings import Confidence
from wrongfix.record.model import Node, Record

DEPTH = 6
"""How deep in a record's mappings keys are looked for."""


def stated_facts(record: Record, known: FactWords) -> Iterator[Fact]:
    """Yield the facts stated under keys, wherever in the record's mappings they stand."""
    if record.metadata is not None:
        yield from _under(record.metadata, record, known, DEPTH)


def _under(node: Node, record: Record, known: FactWords, depth: int) -> Iterator[Fact]:
    for key, value in node.items():
        name = key.value.strip().casefold().replace("_", "-").replace(" ", "-")
        for fact in known.keys.get(name, ()):
            yield from _stated(fact, value, record, known)
        if name in known.data["team"]["keys"]:
            yield from _team(value, known)
        if depth:
            yield from _under(value, record, known, depth - 1)
    for element in node.elements():
        if depth:
            yield from _under(element, record, known, depth - 1)


def _stated(name: str, value: Node, record: Record, known: FactWords) -> Iterator[Fact]:
    text = value.text()
    amount_fact = known.amounts.get(name)
    if amount_fact is not None:
        if text is not None and (number := _amount(amount_fact, text.value, record, known)) is not None:
            yield Fact(name, value.span, number, Confidence.STATED)
        return
    denials = known.data["denials"]
    if value.value and value.tag != "null" and not (text is not None and text.value.strip().casefold() in denials):
        yield Fact(name, value.span, value=True, confidence=Confidence.STATED)


def _amount(fact: AmountFact, text: str, record: Record, known: FactWords) -> float | None:
    """Return the value a key states: an amount of the fact's kind, or a bare number in the fact's own unit."""
    words = words_of(text, 0, len(text))
    amounts = list(amounts_of(words, known.scale, record.language))
    for amount in amounts:
        if amount.kind is fact.kind or (fact.kind is Kind.INTERVAL and amount.kind is Kind.DURATION):
            return amount.value * _worth(fact, amount, text, known) * fact.factor
    return amounts[0].value if amounts and amounts[0].kind in (Kind.COUNT, Kind.PERCENT, Kind.SHARE) else None


def _worth(fact: AmountFact, amount: Amount, text: str, known: FactWords) -> float:
    """Return what one of the unit beside the amount is worth."""
    words = words_of(text, 0, len(text))
    for hit in known.beside.find(words):
        use, _, rest = hit.name.partition(":")
        name, _, worth = rest.partition("=")
        if use == "unit" and name == fact.name and hit.first >= amount.last:
            return float(worth)
    return 1.0


def _team(value: Node, known: FactWords) -> Iterator[Fact]:
    text = value.text()
    for name in ("solo", "start-up"):
        if text is not None and text.value.strip().casefold() in known.data["team"][name]:
            yield Fact(name, value.span, value=True, confidence=Confidence.STATED)
