"""Made records to measure on: about anything, and about AI systems; the same at every run, and like nobody's."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Words:
    """What the records of one kind are about: `{}` in a sentence is an option."""

    topics: tuple[str, ...]
    options: tuple[str, ...]
    sentences: tuple[str, ...]


ANYTHING = Words(
    topics=("message broker", "primary database", "secrets store", "CI runner", "cache layer", "API versioning"),
    options=("PostgreSQL", "Kafka", "RabbitMQ", "Vault", "Terraform", "GitHub Actions", "gRPC", "SQLite", "Envoy"),
    sentences=(
        "The on-call engineer must be able to roll back within ten minutes, as agreed in the planning meeting.",
        "Our customers expect bursts of 5,000 requests a second, although this was never measured.",
        "{} keeps audit events for seven years and encrypts them at rest.",
        "A new hire should understand the set-up without reading the source code.",
        "Since incident 217 showed that manual fail-over takes over an hour, {} is attractive.",
        "The billing service cannot run locally without network access, so that `deploy --env prod` keeps working.",
        "See [the report](https://wiki.example.com/report) for the numbers, and *some* stakeholders disagree.",
    ),
)
AI = Words(
    topics=("support assistant", "claims classifier", "contract summariser", "search over the handbook", "chat model"),
    options=(
        "Retrieval-augmented generation", "Fine-tuning a small model", "Few-shot prompting", "A larger model",
        "Hybrid retrieval (BM25 and dense)", "Structured outputs", "LoRA adapters", "A reranker", "Prompt caching",
    ),
    sentences=(
        "The model answers with the prices of last year, although the catalogue changes every week.",
        "Answers must cite the clause they rest on, and {} would make that possible.",
        "Semantic search misses exact product codes, so the right passage never reaches the prompt.",
        "Replies to complaints sound different from one day to the next; {} is said to help.",
        "The classifier labels like tickets differently, and reviewers disagree about a fifth of them.",
        "Each call carries 4,000 tokens of instructions, and p95 latency is three seconds.",
        "We measured faithfulness on 120 questions; hallucination fell, but the assistant still invents articles.",
        "{} needs retraining whenever the policy changes, which nobody has planned for.",
        "The output breaks the JSON schema in two of a hundred calls and the parser gives up.",
    ),
)  # fmt: skip


def record(words: Words, number: int, size: int) -> str:
    """Return a record of about so many bytes."""
    chance = random.Random(number * 7919 + size)  # noqa: S311 # the same at every run

    def sentence() -> str:
        return chance.choice(words.sentences).format(chance.choice(words.options))

    def paragraph(count: int) -> str:
        return " ".join(sentence() for _ in range(count))

    options = chance.sample(words.options, 3)
    parts = [
        f"---\nstatus: {chance.choice(('proposed', 'accepted'))}\ndate: 2026-01-{number % 28 + 1:02}\n---\n",
        f"# {options[0]} for the {chance.choice(words.topics)}\n",
        f"## Context and Problem Statement\n\n{paragraph(3)}\n",
        "## Decision Drivers\n\n" + "".join(f"* {sentence()}\n" for _ in range(3)),
        "## Considered Options\n\n" + "".join(f"* {option}\n" for option in options),
        f'## Decision Outcome\n\nChosen option: "{options[0]}", because {sentence()}\n',
        "### Consequences\n\n" + "".join(f"* {kind}, because {sentence()}\n" for kind in ("Good", "Bad")),
        "| option | cost |\n|---|--:|\n" + "".join(f"| {option} | {chance.randint(1, 99)} |\n" for option in options),
        "## Pros and Cons of the Options\n",
    ]
    length = sum(map(len, parts))
    while length < size:
        option = options[len(parts) % 3]
        body = "".join(f"* {chance.choice(('Good', 'Bad'))}, because {sentence()}\n" for _ in range(4))
        part = f"### {option}\n\n{paragraph(2)}\n\n{body}"
        parts.append(part)
        length += len(part) + 1
    return "\n".join(parts)


def write(folder: Path, words: Words, count: int, size: int = 5000) -> Path:
    """Write so many records into a folder of decisions, half to one and a half times the size, and return it."""
    decisions = folder / "docs" / "decisions"
    decisions.mkdir(parents=True, exist_ok=True)
    chance = random.Random(count)  # noqa: S311 # the same at every run
    for number in range(1, count + 1):
        length = chance.randint(size // 2, size * 3 // 2) if count > 1 else size
        (decisions / f"{number:05}-decision.md").write_text(record(words, number, length), encoding="utf-8")
    return decisions
