from __future__ import annotations

import pytest

from wrongfix.evidence.model import Stance
from wrongfix.findings import Confidence


def stated(examination):
    """Return what was read as stated: failures and approaches with the words at their places."""
    evidence = examination.evidence[0]
    text = examination.source
    return (
        [(each.id, text.slice(each.span)) for each in evidence.failures if each.confidence is Confidence.STATED],
        [(each.id, text.slice(each.span)) for each in evidence.approaches if each.confidence is Confidence.STATED],
    )


@pytest.mark.parametrize(
    ("keys", "failures", "approaches"),
    [
        ("failure-tags: [stale-knowledge]", [("stale-knowledge", "stale-knowledge")], []),
        ("failure_tags: stale-knowledge, private-knowledge", [("stale-knowledge", "stale-knowledge"), ("private-knowledge", "private-knowledge")], []),
        ("failures:\n  - 'outdated answers'", [("stale-knowledge", "'outdated answers'")], []),
        ("failure-modes: [Tone Inconsistency]", [("tone-inconsistency", "Tone Inconsistency")], []),
        ("failure-tags:\n  - tag: stale-knowledge\n    count: 41", [("stale-knowledge", "stale-knowledge")], []),
        ("failure-tags:\n  - stale-knowledge: 41", [("stale-knowledge", "stale-knowledge")], []),
        ("failure-tags: {stale-knowledge: 41}", [("stale-knowledge", "stale-knowledge")], []),
        ("approach: fine-tuning", [], [("fine-tuning", "fine-tuning")]),
        ('approaches: [RAG, "LoRA"]', [], [("rag", "RAG"), ("fine-tuning", '"LoRA"')]),
        ("chosen_approach: hybrid", [], [("hybrid", "hybrid")]),
        ("chosen-approach: [rag, rag]", [], [("rag", "rag")]),
        ("approach: strangler fig", [], []),
        ("failures: [disk full]", [], []),
        ("failure-tags:", [], []),
        ("failure-tags: []", [], []),
        ("approach: {rag}", [], [("rag", "rag")]),
    ],
)  # fmt: skip
def test_keys_state_tags(keys, failures, approaches, examine):
    """Every way of writing the keys is read, with the place of each word, quotes included."""
    assert stated(examine(f"---\nstatus: draft\n{keys}\n---\n# A\n")) == (failures, approaches)
    if "{rag}" not in keys:
        assert stated(examine(f"title: A\n{keys}\n", "a.yaml")) == (failures, approaches)


@pytest.mark.parametrize(
    ("body", "failures"),
    [
        ("## Failure tags\n\n- stale-knowledge\n- format-drift: the table comes and goes\n", ["stale-knowledge", "format-drift"]),
        ("## Failures\n\n* **Stale knowledge**\n* Disk failure\n", ["stale-knowledge"]),
        ("## Observed failures\n\n1. stale-knowledge, 41 of 60\n", ["stale-knowledge"]),
        ("Failure tags: stale-knowledge, tone-inconsistency\n", ["stale-knowledge", "tone-inconsistency"]),
        ("**Failure tags:** stale-knowledge\n", ["stale-knowledge"]),
        ("## Failure modes\n\n- The disk fills up and writes fail.\n", []),
        ("## Context\n\n- stale-knowledge\n", []),
    ],
)  # fmt: skip
def test_the_body_states_tags_in_lists_of_failures_only(body, failures, examine):
    """A section of failures or a tag line states tags; anything else is prose."""
    found, _ = stated(examine(f"# A\n\n{body}"))
    assert [id_ for id_, _ in found] == failures


def test_an_entry_may_say_more(examine):
    """A tag's count and the answer about the evidence are kept."""
    keys = "failure-tags: [{tag: stale-knowledge, count: 41, evidence-in-prompt: no}]"
    failure = examine(f"---\n{keys}\n---\n# A\n").evidence[0].failures[0]
    assert (failure.count, failure.evidence_in_prompt) == (41, False)


def test_attempts_are_kept_with_their_result(examine):
    """What was tried or ruled out, and what is out of scope, is read with the author's words."""
    text = (
        "---\nfailure-tags: [schema-violation, high-latency]\napproach: [fine-tuning]\n"
        'tried: {prompting: "62 %"}\nruled-out: {JSON mode: "none offered"}\nout-of-scope: [high-latency]\n---\n# A\n'
    )
    evidence = examine(text).evidence[0]
    assert [(each.id, each.result) for each in evidence.tried] == [("prompting", "62 %")]
    assert [(each.id, each.result) for each in evidence.ruled_out] == [("structured-outputs", "none offered")]
    assert [each.id for each in evidence.claimed] == ["schema-violation"]


@pytest.mark.parametrize(
    ("keys", "unknown"),
    [
        ("failure-tags: [stale-knowlege]", [("failure", "stale-knowlege", "stale-knowledge")]),
        ("failure-tags: [quux]", [("failure", "quux", None)]),
        ("failures: [stale-knowledge, quux]", [("failure", "quux", None)]),
        ("failures: [tone-inconsistancy]", [("failure", "tone-inconsistancy", "tone-inconsistency")]),
        ("failures: [disk full, quux]", []),
        ("approach: fine-tunning", [("approach", "fine-tunning", "fine-tuning")]),
        ("approach: strangler fig", []),
        ("approach: [rag, strangler fig]", [("approach", "strangler fig", None)]),
    ],
)
def test_unknown_words_are_reported_narrowly(keys, unknown, examine):
    """Under failure-tags always; elsewhere only beside a known word or one edit from one."""
    found = examine(f"---\n{keys}\n---\n# A\n").evidence[0].unknown
    assert [(each.kind, each.text.value, each.nearest) for each in found] == unknown


def test_a_stated_key_is_the_whole_answer(examine):
    """With tags stated, prose adds nothing to what findings rest on."""
    text = (
        "---\nfailure-tags: [tone-inconsistency]\napproach: [prompting]\n---\n# Fine-tune on our prices\n\n"
        "## Context\n\nThe assistant quotes last year's prices.\n\n## Decision\n\nWe will fine-tune the model.\n"
    )
    evidence = examine(text).evidence[0]
    assert [each.id for each in evidence.claimed] == ["tone-inconsistency"]
    assert [each.id for each in evidence.stands(Stance.CHOSEN)] == ["prompting"]
