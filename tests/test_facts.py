"""Facts are read from the words people use; these records were written for the purpose."""

import pytest

from timing import cpu_seconds
from wrongfix.evidence.facts import read_facts
from wrongfix.evidence.phrases import slots_of, spelt_out
from wrongfix.findings import Confidence
from wrongfix.record.read import read
from wrongfix.text import Source


@pytest.fixture
def vocabulary(book):
    """Return the words as shipped."""
    return book.vocabulary


@pytest.fixture
def facts(vocabulary):
    """Return a function that reads the facts of a record: values by name."""

    def of(text, name="record.md"):
        (record,) = read(Source(name, text), vocabulary)
        return {fact: [each.value for each in found] for fact, found in read_facts(record, vocabulary).items()}

    return of


AMOUNTS = [
    ("Prices change weekly.", "cadence", 7),
    ("The tariff pages are revised every two weeks.", "cadence", 14),
    ("Our opening hours change twice a month.", "cadence", 15),
    ("New versions of the guide are published each quarter.", "cadence", 91),
    ("The index is refreshed nightly.", "refresh-cadence", 1),
    ("We retrain every six weeks.", "retraining-cadence", 42),
    ("The desk answers 40,000 tickets a month.", "volume", 1333.333333),
    ("It runs 1.2M requests/day.", "volume", 1_200_000),
    ("About 800 calls per hour reach the model.", "volume", 19_200),
    ("Traffic is ~3k a day.", "volume", 3000),
    ("Each prompt carries 6k tokens of instructions.", "tokens-per-call", 6000),
    ("The handbook is about 120k tokens.", "corpus-tokens", 120_000),
    ("The whole corpus has 300 pages.", "corpus-tokens", 150_000),
    ("Answers must arrive within 2 seconds.", "latency-target", 2),
    ("The latency budget is 800 ms.", "latency-target", 0.8),
    ("We have ~50 labelled examples.", "examples", 50),
    ("Some 1,200 hand-labelled clauses are ready for training.", "examples", 1200),
    ("There are several hundred approved answers to train on.", "examples", 300),
    ("We collected 64 real user questions.", "questions", 64),
    ("A golden set of 120 questions exists.", "questions", 120),
    ("The gate scores 150 labelled memories.", "questions", 150),
    ("The benchmark has 400 segments.", "questions", 400),
    ("It is scored on 264 test pairs.", "questions", 264),
    ("Of the 101 entries of the test set 70 are verified.", "questions", 101),
    ("The volume is 800 high-quality examples.", "examples", 800),
    ("Failures were logged for three weeks.", "observation-days", 21),
    ("The target is 90 % of cases.", "metric-target", 90),
    ("The prompt-only baseline reached 71%.", "metric-baseline", 71),
    ("We are a team of five engineers.", "team-size", 5),
    ("A call may cost at most 0.4 cents of budget.", "cost-target", 0.4),
    ("The menu is updated every day.", "cadence", 1),
    ("Prices are revised monthly.", "cadence", 30),
    ("Our rates move once a week.", "cadence", 7),
    ("It handles 2,000 chats per day.", "volume", 2000),
    ("Half a million requests hit it daily.", "volume", 500000),
    ("One request a minute.", "volume", 1440),
    ("The system prompt has grown to 8,000 tokens.", "tokens-per-call", 8000),
    ("The manual runs to 120 pages.", "corpus-tokens", 60000),
    ("Our knowledge base has two million tokens.", "corpus-tokens", 2000000),
    ("We have 650 annotated conversations for training.", "examples", 650),
    ("5k labelled pairs are available for fine-tuning.", "examples", 5000),
    ("Only 40 approved letters exist to train on.", "examples", 40),
    ("The eval set contains 75 real user questions.", "questions", 75),
    ("Thirty genuine queries were collected.", "questions", 30),
    ("Responses must come back in under 1.5 s.", "latency-target", 1.5),
    ("p95 latency below 300ms.", "latency-target", 0.3),
    ("At least 95% of outputs must parse.", "metric-target", 95),
    ("Today 64 percent of labels agree.", "metric-baseline", 64),
    ("We logged failures for four weeks.", "observation-days", 28),
    ("Our team is two engineers.", "team-size", 2),
    ("Budget: at most $0.01 per call.", "cost-target", 0.01),
    ("The model is retrained quarterly.", "retraining-cadence", 91),
]


@pytest.mark.parametrize(("sentence", "name", "value"), AMOUNTS)
def test_amounts_are_read_as_people_write_them(facts, sentence, name, value):
    """A number belongs to the fact whose words stand around it, in that fact's unit."""
    assert facts(f"# A model for the desk\n\n## Context\n\n{sentence}\n").get(name) == [pytest.approx(value)]


FOREIGN = [
    ("de", "Die Preise für das Modell ändern sich alle zwei Wochen, und das ist nicht zu ändern.", "cadence", 14),
    ("de", "Wir haben 1.000 gelabelte Beispiele für das Training, und die sind geprüft.", "examples", 1000),
    ("fr", "Les prix changent toutes les deux semaines et nous devons suivre pour les clients.", "cadence", 14),
    ("es", "Los precios se actualizan cada semana y el equipo no puede seguir con los cambios.", "cadence", 7),
]


@pytest.mark.parametrize(("language", "sentence", "name", "value"), FOREIGN)
def test_amounts_follow_the_language(facts, language, sentence, name, value):
    """A dot parts thousands where the language writes it so."""
    headings = {"de": "Kontext", "fr": "Contexte", "es": "Contexto"}
    assert facts(f"# {sentence[:20]}\n\n## {headings[language]}\n\n{sentence}\n").get(name) == [value]


@pytest.mark.parametrize(
    "sentence",
    [
        "The price is $40k per month.",
        "Version 1.2.3 came out on 2026-09-30.",
        "We held 3 meetings.",
        "The prompt holds 5 few-shot examples.",
        "Support is there 24/7.",
    ],
)
def test_other_numbers_are_no_facts(facts, sentence):
    """Money, versions, dates and counts of other things are not taken for examples, volume or size."""
    found = facts(f"# A model for the desk\n\n## Context\n\n{sentence}\n")
    assert not {"examples", "volume", "corpus-tokens", "questions", "cadence", "tokens-per-call"} & found.keys()


MENTIONS = [
    ("If the tuned model does worse we roll back to the previous one.", "rollback"),
    ("A holdout of 80 tickets is kept apart.", "holdout"),
    ("Two people label each ticket and disagreements are settled, so labels agree.", "label-agreement"),
    ("When the best score is below the threshold the question goes to a person.", "low-confidence-fallback"),
    ("Dashboards show the miss rate.", "monitoring"),
    ("The prompt tells the model to answer only from the passages.", "grounding-instruction"),
    ("Each tenant sees its own documents: permissions are checked at query time.", "access-rights"),
    ("Customer names are redacted before training.", "redaction"),
    ("The team for search owns the index; its owner is on call.", "owner"),
    ("The bank is regulated.", "regulated"),
    ("Every failed answer was labelled in the failure log.", "failure-log"),
    ("Hit rate is measured by itself.", "metric-retrieval"),
    ("Schema pass rate is the metric.", "metric-format"),
    ("The base model's end of life is in two years.", "lifecycle"),
    ("If the new adapter misbehaves we can go back to the old one within minutes.", "rollback"),
    ("The prior release is retained so we can revert.", "rollback"),
    ("A kill switch restores the previous checkpoint.", "rollback"),
    ("15 % of the tickets were set aside and never trained on.", "holdout"),
    ("We evaluate on a separate validation split.", "holdout"),
    ("Eighty cases stay out of training and serve as the exam.", "holdout"),
    ("Cohen's kappa between the two annotators is 0.81.", "label-agreement"),
    ("Each ticket was labelled by two agents, and conflicts were adjudicated.", "label-agreement"),
    ("Every model release is tagged in the registry.", "versions"),
    ("The old test suite is rerun after each training run.", "regression-tests"),
    ("We retrain when accuracy drops below 85 %.", "retraining-trigger"),
    ("The search guild is accountable for the index.", "owner"),
    ("Owner: data platform team.", "owner"),
    ("Maria's team looks after it.", "owner"),
    ("When retrieval scores are low, the bot says it does not know.", "low-confidence-fallback"),
    ("Questions without a good match are passed to an agent.", "low-confidence-fallback"),
    ("If nothing relevant turns up, the assistant admits it.", "low-confidence-fallback"),
    ("Grafana boards track the miss rate.", "monitoring"),
    ("We keep an eye on hit rate with weekly reports.", "monitoring"),
    ("The system prompt forbids answers that are not backed by the excerpts.", "grounding-instruction"),
    ("The model is told to use nothing but the retrieved passages.", "grounding-instruction"),
    ("Documents are reindexed whenever they are published.", "index-refresh"),
    ("A nightly job rebuilds the index.", "index-refresh"),
    ("New articles appear in search within ten minutes.", "index-refresh"),
    ("Search results are filtered by the caller's groups.", "access-rights"),
    ("ACLs are enforced at query time.", "access-rights"),
    ("We sampled 120 bad answers and sorted them by cause.", "failure-log"),
    ("A spreadsheet of failed conversations, each tagged, backs this up.", "failure-log"),
    ("We score 80 questions before every release.", "evaluation"),
    ("Success means 90 % of answers are judged correct.", "evaluation"),
    ("With the best prompt we could write, accuracy stopped at 68 %.", "prompt-baseline"),
    ("Prompting alone plateaued at 0.71 F1.", "prompt-baseline"),
    ("Recall@10 is tracked.", "metric-retrieval"),
    ("The share of unsupported statements must stay below 2 %.", "metric-grounding"),
    ("99 % of outputs must validate against the schema.", "metric-format"),
    ("Editors rate tone on a five point scale.", "metric-tone"),
    ("Macro-F1 on the frozen test set.", "metric-labels"),
    ("We start with a pilot in one region.", "rollout"),
    ("Traffic is shifted 5 % at a time.", "rollout"),
    ("If the provider is down we fail over to a second vendor.", "fallback-model"),
    ("Below that certainty it steps up to the large model.", "fallback-model"),
    ("Another model checks each answer.", "fallback-model"),
    ("Volunteers read each letter before it leaves.", "manual-review"),
    ("Name a page or escalate.", "manual-review"),
    ("Mend the reply once, else refuse.", "withheld"),
    ("It politely declines where no page covers the question.", "withheld"),
    ("The model says so when the pages do not suffice.", "withheld"),
    ("We tune the small encoder on pairs.", "tunes-encoder"),
    ("Reranking is implemented in phase 3.", "rollout"),
    ("It runs as a split test for six weeks.", "rollout"),
    ("False positive rate below 5 %.", "metric-safety"),
    ("The detection rate is about 90 %.", "metric-safety"),
    ("Adversarial test cases are run each night.", "metric-safety"),
    ("The Brier score is kept.", "metric-labels"),
    ("Training trigger conditions are listed below.", "retraining-trigger"),
    ("Trigger: 150 new checked pairs.", "retraining-trigger"),
    ("The log questions of May were labelled.", "failure-log"),
    ("The false positive rate of the gate is kept.", "metric-retrieval"),
    ("Measured on the questions of last month.", "metric-retrieval"),
    ("It costs three model calls against one.", "metric-efficiency"),
    ("The misses are half search and half reasoning.", "failure-log"),
    ("Agents approve every draft before it goes out.", "manual-review"),
    ("All answers are written to an immutable audit trail.", "audit-log"),
    ("As a bank we are supervised by BaFin.", "regulated"),
    ("I am building this alone on weekends.", "solo"),
    ("We are a five-person startup.", "start-up"),
    ("The label taxonomy is still changing every sprint.", "unstable-task"),
    ("Marketing has not agreed on the style guide yet.", "unstable-task"),
    ("We fine-tune on the product documentation and price lists.", "trains-on-facts"),
    ("The statute book has been frozen since 1998.", "stable-facts"),
    ("Every answer has to link to its source paragraph.", "citations-required"),
    ("The transcripts contain names and phone numbers of customers.", "personal-data"),
    ("All names are replaced by placeholders before training.", "redaction"),
    ("The agent browses the open web.", "untrusted-content"),
    ("Customers can upload PDFs which are then indexed.", "untrusted-content"),
    ("Retrieved text is wrapped in delimiters and treated as data only.", "injection-defence"),
    ("The base model will be retired in March; we plan to migrate by then.", "lifecycle"),
    ("Facts live in the index; the tuned model only learns tone.", "layer-boundary"),
    ("After retrieval went live, 40 failures remained, all about format.", "residual-failures"),
    ("RAG is what everybody uses nowadays.", "weak-rationale"),
    ("It is easy to undo later.", "weak-rationale"),
    ("This would halve our token bill.", "savings"),
    ("Retraining twice a year costs about 4,000 EUR.", "tuning-upkeep"),
    ("We took 60 questions from the production logs.", "real-questions"),
    ("The questions were generated by an LLM.", "synthetic-questions"),
    ("Several customers share one deployment.", "multi-tenant"),
    ("A red-team run is repeated after training.", "safety-tests"),
    ("Each task has its own LoRA adapter.", "model-per-task"),
    ("A unit test decides whether the patch is right.", "grader"),
    ("The calls run in parallel.", "parallel"),
    ("The legal team reviews and retires outdated documents.", "source-owner"),
    ("Pages are split at headings.", "chunking"),
    ("A cross-encoder reorders the hits.", "reranking"),
    ("Questions are rephrased before search.", "query-rewriting"),
    ("At most six passages go into the prompt.", "context-budget"),
    ("Training samples carry the same system prompt as in production.", "production-prompt"),
    ("In two thirds of the failures the right passage was missing from the context.", "evidence-in-prompt"),
]


@pytest.mark.parametrize(("sentence", "name"), MENTIONS)
def test_mentions_are_found(facts, sentence, name):
    """What a record says it has is a fact."""
    assert name in facts(f"# A model for the desk\n\n## Decision\n\n{sentence}\n")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("There is no rollback.", "rollback"),
        ("We ship without a holdout.", "holdout"),
        ("Nobody is the owner.", "owner"),
        ("It is not monitored.", "monitoring"),
        ("We use supervised fine-tuning.", "monitoring"),
        ("What the firm owns moves into weights.", "owner"),
        ("Small adapters are trained, and we keep the base model frozen.", "rollback"),
        ("The file is human and machine readable.", "manual-review"),
        ("The key is read, falling back to `$KEY`.", "fallback-model"),
        ("Cached for 7 days, scored by the trial harness.", "rollout"),
        ("Agents call the check and go on.", "manual-review"),
        ("Each part has failure modes of its own.", "failure-log"),
        ("We have never had a failure log.", "failure-log"),
    ],
)
def test_what_is_denied_or_something_else_is_no_fact(facts, sentence, name):
    """A word of negation just before a mention takes it back, and a word of the fact may mean something else."""
    assert name not in facts(f"# A model for the desk\n\n## Decision\n\n{sentence}\n")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("See `eval suite` in the folder.", "measured"),
        ("It is printed by docs/BENCHMARK_PLAN.md and tools.evals.", "measured"),
        ("We call should_recall@10_pages first.", "measured"),
        ('A clerk asks "which of these pages evaluate pumps on the test set?" and waits.', "measured"),
        ("The template holds {{rollout notes}}.", "rollout"),
        ("The setting is read with --rollout today.", "rollout"),
        ("Tried before: [0007-browser-fallback.md](0007-browser-fallback.md).", "fallback-model"),
        ("The prompt is /prompts/005-guide, a test question set of its own.", "questions"),
        ("The real test set says `72 questions`.", "questions"),
        ("Real tier 1/2 queries are tested first.", "questions"),
        ("The test answers the three questions that users ask.", "questions"),
    ],
)
def test_names_code_and_quoted_questions_tell_nothing(facts, sentence, name):
    """What stands in code, in a path, in a placeholder or in somebody's question is no statement of the record."""
    assert name not in facts(f"# A model for the desk\n\n## Decision\n\n{sentence}\n")


def test_code_tells_what_the_file_says_it_may(facts):
    """A share kept for testing is often written as a setting, in a line or in a block of code."""
    assert "holdout" in facts("# Train\n\n## Decision\n\nThe run uses `--test-data cases.jsonl`.\n")
    assert "holdout" in facts("# Train\n\n## Decision\n\n```yaml\nvalidation_split: 0.2\n```\n")
    assert "rollout" not in facts("# Train\n\n## Decision\n\n```yaml\nrollout: 0.2\n```\n")


@pytest.mark.parametrize(
    ("sentence", "name", "value"),
    [
        ("Recall@10 is 0.61 against 0.33.", "score-baseline", 61),
        ("Right answers: 61 % versus 44 % before.", "metric-baseline", 61),
        ("Answers take 3 s → 400 ms.", "latency-baseline", 3),
        ("The bill goes $90 -> $40.", "cost-baseline", 90),
        ("Kappa ≥ 0.8.", "score-target", 80),
        ("Right answers ≥ 88 %.", "metric-target", 88),
        ("Latency target: 2 s.", "latency-target", 2),
    ],
)
def test_signs_and_comparisons_tell_where_a_measure_stands(facts, sentence, name, value):
    """A score beside another is where it stood, and a number behind `≥` where it has to get to."""
    assert facts(f"# A model for the desk\n\n## Decision\n\n{sentence}\n")[name][0] == pytest.approx(value)


def test_a_row_of_measurements_is_a_baseline(facts):
    """Two figures of a kind in a row compare, unless their columns hold targets or weights."""
    rows = "# Search\n\n## Results\n\n| Metric | {} | {} |\n|---|---|---|\n| Right page | 41 % | 77 % |\n"
    assert facts(rows.format("Words only", "Words and vectors"))["metric-baseline"] == [41]
    assert "metric-baseline" not in facts(rows.format("Goal", "Alert"))


def test_a_reason_stands_where_reasons_are_given(facts):
    """A heading, a consequence or a survey of the field gives no reason for the choice."""
    for section in ("State of the art", "Consequences"):
        assert "weak-rationale" not in facts(f"# Search\n\n## {section}\n\nIt is the industry standard.\n")
    assert "weak-rationale" in facts("# Search\n\n## Decision\n\nIt is the industry standard.\n")


def test_options_that_lost_state_nothing(facts):
    """What only a losing option would bring is not a fact of the decision."""
    record = """# Serve the desk

## Considered Options

* Search the manual
* Train a model

## Decision Outcome

Chosen option: "Search the manual", because it is current.

## Pros and Cons of the Options

### Search the manual

* Good, because passages are reranked.

### Train a model

* Good, because a rollback is easy.
"""
    found = facts(record)
    assert "reranking" in found
    assert "rollback" not in found


def test_labels_in_tables_meet_their_values(facts):
    """The cells of one row are read together."""
    record = "# Labels\n\n## Evidence\n\n| what | how many |\n|---|---|\n| Labelled examples | 1,250 |\n"
    assert facts(record)["examples"] == [1250]


def test_front_matter_states_facts(vocabulary):
    """A key is a fact the author stated; a bare number is in the fact's own unit, a denial states nothing."""
    text = """---
cadence: monthly
volume: 1.2M/day
examples: 400
corpus-size: 120k tokens
latency-target: 800 ms
rollback: keep the previous adapter
regulated: no
team: solo
---
# A model for the desk
"""
    (record,) = read(Source("record.md", text), vocabulary)
    found = read_facts(record, vocabulary)
    values = {name: each[0].value for name, each in found.items()}
    assert values == {
        "cadence": 30,
        "volume": 1_200_000,
        "examples": 400,
        "corpus-tokens": 120_000,
        "latency-target": pytest.approx(0.8),
        "rollback": True,
        "solo": True,
    }
    assert {each.confidence for facts in found.values() for each in facts} == {Confidence.STATED}


def test_yaml_records_state_facts_in_depth(facts):
    """A YAML record's keys count wherever they stand."""
    record = "title: Labels\nstatus: proposed\ndata:\n  examples: 320\n  holdout: 60 tickets\n"
    found = facts(record, "record.yaml")
    assert found["examples"] == [320]
    assert found["holdout"][0] is True


PHASES = [
    ("We ship retrieval first, measure again, and fine-tune the tone later.", ["rag", "fine-tuning"]),
    ("Only after retrieval is stable will we fine-tune.", ["rag", "fine-tuning"]),
    ("We fine-tune after retrieval works.", ["rag", "fine-tuning"]),
    ("Before fine-tuning we repair retrieval.", ["rag", "fine-tuning"]),
    ("First we fine-tune, then we add retrieval.", ["fine-tuning", "rag"]),
    (
        "- Phase 1: retrieval\n- Phase 2: measure again\n- Phase 3: fine-tune the format",
        ["rag", "evals", "fine-tuning"],
    ),
    ("| Week 1 | fine-tuning |\n|---|---|\n| Week 2 | retrieval |", ["fine-tuning", "rag"]),
]


@pytest.mark.parametrize(("text", "order"), PHASES)
def test_phases_come_in_the_order_of_time(facts, text, order):
    """Whatever the wording, the first phase is the one that happens first."""
    phases = [str(each).split() for each in facts(f"# Roll out\n\n## Decision\n\n{text}\n")["phases"]]
    places = [next(at for at, ids in enumerate(phases) if wanted in ids) for wanted in order]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_a_list_in_the_rollout_is_an_order(facts):
    """Items of a rollout need no numbers of their own."""
    record = "# Roll out\n\n## Rollout\n\n1. Fine-tune the layout\n2. Add retrieval\n3. Tell everybody\n"
    assert facts(record)["phases"] == ["fine-tuning", "rag", ""]


def test_one_step_is_no_order(facts):
    """A sentence about one approach says nothing of order."""
    assert "phases" not in facts("# Roll out\n\n## Decision\n\nWe add retrieval, then see.\n")


def test_phases_stand_under_a_key(facts):
    """A list under `phases` is an order."""
    record = "---\nphases:\n  - retrieval over the manual\n  - fine-tune the tone\n---\n# Roll out\n"
    assert facts(record)["phases"] == ["rag", "fine-tuning"]


def test_every_phrase_of_the_file_can_be_read(vocabulary):
    """A phrase that is too short a stem or ends in a gap is a mistake in the file."""
    data = vocabulary.data("facts")
    for entry in data["mentions"].values():
        for phrase in entry["words"]:
            for each in spelt_out(phrase):
                slots_of(each)
    for entry in data["amounts"].values():
        for phrase in (*entry.get("near", ()), *entry.get("but", ()), *entry.get("units", ())):
            slots_of(phrase)
    phases = data["phases"]
    for phrase in (*data["comparisons"]["words"], *data["comparisons"]["unmeasured"]):
        slots_of(phrase)
    for phrase in (*phases["first"], *phases["then"], *phases["after"], *phases["before"], *data["negations"]):
        slots_of(phrase)
    for phrases in phases["approaches"].values():
        for phrase in phrases:
            slots_of(phrase)


def test_facts_are_found_at_their_words(vocabulary):
    """A fact's span covers the words it was read from, also behind letters that change length in lower case."""
    text = "# İİİ ẞ 😀\n\n## Context\n\nİ Prices change weekly.\n"
    (record,) = read(Source("record.md", text), vocabulary)
    (fact,) = read_facts(record, vocabulary)["cadence"]
    assert record.source.slice(fact.span) == "weekly"


@pytest.mark.parametrize(
    "text",
    [
        "40,000 " * 20_000,
        "every two weeks prices change " * 10_000,
        "1.2.3." * 40_000,
        "`evals` monitored " * 20_000,
        '"why?" {{ a_b 0.5 → ' * 10_000,
    ],
)
def test_reading_stays_linear(facts, text):
    """Long runs of amounts and telling words cost no more than their length."""
    assert cpu_seconds(lambda: facts(f"# Long\n\n## Context\n\n{text}\n")) < 10
