"""Records that only sound like decisions about AI: the reader of prose passes over all of them."""

from __future__ import annotations

import pytest

from wrongfix import engine, rulebook
from wrongfix.evidence.model import Stance
from wrongfix.evidence.prose import Prose, read_prose
from wrongfix.record.read import read
from wrongfix.settings import Settings
from wrongfix.text import Source


@pytest.fixture(scope="module")
def book():
    """Give the project's own rulebook."""
    return rulebook.load()


@pytest.fixture
def prose(book):
    """Give the reader of one Markdown record, with the learned model."""

    def prose_of(title: str, context: str, decision: str) -> Prose:
        text = f"# {title}\n\nStatus: accepted\n\n## Context\n\n{context}\n\n## Decision\n\n{decision}\n"
        (record,) = read(Source("0007-record.md", text), book.vocabulary)
        return read_prose(record, book.vocabulary, lambda: book.model)

    return prose_of


@pytest.mark.parametrize(
    ("title", "context", "decision"),
    [
        (
            "Fine-tune the connection pool",
            "Checkout is slow at noon.",
            "We will fine-tune the pool size after load tests.",
        ),
        ("Cache product pages at the CDN", "Pages are slow and expensive to render.", "Cache pages for five minutes."),
        ("Row-level security for payroll", "A missing check leaked rows.", "Enforce row-level security in Postgres."),
        ("Weekly RAG report", "Projects report late.", "Each project sets its RAG status to red, amber or green."),
        ("LoRa gateways on the roof", "Meters are out of range.", "We install a LoRa gateway on each church tower."),
        ("Raft for leader election", "Two leaders were seen.", "Use Raft with three nodes."),
        ("Appoint a DPO", "The regulator asks for one.", "We appoint a DPO and publish the address."),
        ("Guardrails for cloud accounts", "Buckets were public.", "Guardrails deny public buckets in every account."),
        ("Train the night shift", "Alarms are misread.", "We train the staff on the new panel twice a year."),
        ("Pin dependencies", "A minor release broke the build.", "Pin every dependency to an exact version."),
        ("Validate webhooks", "Payloads lack fields.", "A schema check rejects invalid JSON with status 400."),
        ("Decompose the monolith", "Releases wait for each other.", "Split the monolith into four services."),
        ("Distillation column K-2", "Reflux oscillates.", "The distillation column gets a new controller."),
        ("Search index for the shop", "Customers miss products.", "We use Elasticsearch with BM25 and synonyms."),
        ("Deduplicate backups", "Disks fill up.", "Backups are deduplicated by block."),
        ("Human review of refunds", "Refunds above 500 were wrong.", "A clerk approves each refund above 500."),
        ("Router for partner traffic", "One partner floods the API.", "Route partner requests to their own pool."),
        ("Data model for invoices", "Totals differ between ledgers.", "The invoice model keeps net and tax apart."),
        ("Knowledge base for customers", "Callers ask the same things.", "We buy a help centre with a knowledge base."),
        ("Prompt customers for reviews", "Few reviews come in.", "We prompt customers three days after delivery."),
    ],
)
def test_a_record_about_something_else_is_out_of_scope(prose, title, context, decision):
    """Shared words do not make a record one about AI: nothing is read, and nothing is said."""
    assert prose(title, context, decision) == Prose()


@pytest.mark.parametrize(
    ("title", "decision"),
    [
        ("Log format of the RAG service", "The RAG service logs one JSON line per request."),
        ("Authentication for the assistant's API", "Clients of the assistant sign in with OAuth."),
        ("PostgreSQL for chat history", "Chat history is kept in PostgreSQL, partitioned by month."),
        ("Python for the LLM gateway", "We write the LLM gateway in Python, as the team knows it."),
        ("Rate limits of the chatbot endpoint", "Each session may send twenty messages a minute."),
        ("Deploy the model server on Kubernetes", "The model server runs on Kubernetes with two replicas."),
    ],
)
def test_a_record_of_an_ai_project_may_decide_something_else(prose, title, decision):
    """In an AI project too, a record that chooses no approach to a failure is out of scope."""
    assert prose(title, "The assistant answers staff.", decision) == Prose()


@pytest.mark.parametrize(
    "decision",
    [
        "We considered fine-tuning the model and decided against it.",
        "Fine-tuning is out of scope for this release.",
        "Fine-tuning was rejected because the rules change weekly.",
        "Semantic cache: no, each question is different.",
        "A knowledge graph may follow in phase 3.",
        "We used to have a reranker; it was switched off last year.",
        "The neighbouring team already uses RAG; it is theirs, not ours.",
        "Would a larger model help?",
    ],
)
def test_a_mention_is_no_choice(prose, decision):
    """What is weighed, refused, put off, gone or somebody else's is not chosen."""
    found = prose("How the assistant answers", "The assistant answers staff.", decision)
    assert [approach for approach in found.approaches if approach.stance is Stance.CHOSEN] == []


def test_a_failure_told_without_a_choice_is_shown_and_not_judged(book):
    """What an AI system gets wrong is read before anybody decides, and no finding rests on it alone."""
    told = "The assistant still quotes the tariffs of last year, and every customer who asks gets the old price."
    text = f"# Prices in the assistant\n\nStatus: accepted\n\n## Context\n\n{told}\n\n## Decision\n\nNone so far.\n"
    found = engine.examine(Source("0004-record.md", text), book, Settings())
    assert [[failure.id for failure in each.failures] for each in found.evidence] == [["stale-knowledge"]]
    assert found.findings == ()


def test_a_number_that_is_replaced_refuses_no_approach(prose):
    """Words such as `in place of` before a number are about the number."""
    found = prose(
        "How the assistant finds passages", "It misses some.", "We use 200 rows in place of 20 and a reranker."
    )
    assert {(approach.id, approach.stance) for approach in found.approaches} == {("retrieval-tuning", Stance.CHOSEN)}


def test_one_sentence_tells_one_failure(book):
    """What is heard faintly in a sentence that tells another failure clearly is not claimed beside it."""
    told = "It told a journalist about an elephant named Mira who was born here in 1974, and there was never such an elephant."
    text = f"# How the assistant answers\n\n## Context\n\n{told}\n\n## Decision\n\nWe use prompt engineering.\n"
    (record,) = read(Source("0004-record.md", text), book.vocabulary)
    assert [each.id for each in read_prose(record, book.vocabulary, lambda: book.model).failures] == ["hallucination"]


def test_a_label_that_has_said_its_word_heads_nothing(book):
    """`Status: accepted` is no heading of the paragraphs below it: a failure told there is heard."""
    told = "The assistant still quotes the tariffs of last year, and every customer who asks gets the old price."
    text = f"# Retrieval for prices\n\nStatus: accepted\n\n{told}\n\nDecision: we use retrieval.\n"
    (record,) = read(Source("0004-record.md", text), book.vocabulary)
    assert [each.id for each in read_prose(record, book.vocabulary, lambda: book.model).failures] == ["stale-knowledge"]


@pytest.mark.parametrize(
    "context",
    [
        "Answers are current, and nobody has found an invented fact in six months.",
        "Target: hallucination rate below 1 % of answers.",
        "The assistant answers 3,100 questions a month, most of them between nine and eleven.",
        "The network latency between both sites is 4 ms.",
        "The style guide asks for Oxford commas.",
    ],
)
def test_a_context_without_a_failure_brings_none(prose, context):
    """Measures, denials and plain circumstances are no failures."""
    found = prose("Prompt engineering for the assistant", context, "We use prompt engineering.")
    assert found.in_scope
    assert found.failures == ()


def test_an_idiom_nobody_weighed_makes_no_record_one_about_ai(book):
    """In a language the model has not learned, a failure that only an idiom names says nothing of the subject."""
    context = "Die Prüfung meldet Fehler, zu denen es keine Quellen gibt, und niemand weiß, woher die Meldungen kommen."
    decision = "Wir installieren das Werkzeug in einer fest gepinnten Version (pinned version) samt Label und Summe."
    text = f"# Die Prüfung der Abläufe\n\n## Status\n\nakzeptiert\n\n## Kontext\n\n{context}\n\n## Entscheidung\n\n{decision}\n"
    (record,) = read(Source("0007-record.md", text), book.vocabulary)
    assert record.language == "de"
    assert read_prose(record, book.vocabulary, lambda: book.model) == Prose()


def test_a_decision_outvotes_what_a_title_was_taken_to_mean(book):
    """A title that only sounds like an approach gives way to a decision that tells another one more clearly."""
    decision = "We run further pre-training on the raw text of the agreements, so that the model carries our rules."
    text = f"# Teach the model our works agreements\n\n## Context\n\nStaff ask it.\n\n## Decision\n\n{decision}\n"
    (record,) = read(Source("0004-record.md", text), book.vocabulary)
    found = read_prose(record, book.vocabulary, lambda: book.model).approaches
    assert [each.id for each in found if each.stance is Stance.CHOSEN] == ["continued-pretraining"]


def test_a_short_record_of_plain_prose_has_its_choice_read(book):
    """Where no section and no phrase announces a decision, a sentence that clearly takes something is the choice."""
    text = (
        "# Answering parents from our own handbook\n\nParents write to the helper about closing days. All of this is in "
        "the handbook and none of it on the internet, so the helper replies with whatever nurseries do elsewhere.\n\n"
        "Instead the helper will look up the matching paragraphs of the handbook each time a parent writes, answer from "
        "these and give the page it used.\n"
    )
    (record,) = read(Source("0004-record.md", text), book.vocabulary)
    found = read_prose(record, book.vocabulary, lambda: book.model)
    assert [each.id for each in found.approaches if each.stance is Stance.CHOSEN] == ["rag"]
