"""Ask the sample report: every sentence stands verbatim on the page it cites; silence is reported as silence."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from app.answer_json import answer_json
from app.answers import Answer, AnswerSentence, AnswerStatus, Citation, Verdict
from app.assistant import Step, ask
from app.exports.manuscript import make_manuscript
from app.exports.text import to_text
from app.plain import one_line
from app.refusal.explanation import EMPTY_LIBRARY
from evaluation.answers import wrong_quotes
from evaluation.sample import run
from ingest.language.countries import parse_country
from prompts import REFUSAL
from vectorstore.library import Library
from vectorstore.records import Scope
from vectorstore.retriever import retrieve

SAMPLE_FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample"
MARCH = "What happened on 8 March 2020 in Bishkek?"


def _says(*lines: str) -> GenericFakeChatModel:
    return GenericFakeChatModel(messages=iter([AIMessage("\n".join(lines))]))


def _line(sentence: str, *quotes: tuple[int, str]) -> str:
    return json.dumps({"sentence": sentence, "quotes": [{"passage": n, "quote": q} for n, q in quotes]})


def _check_numbers(answer: Answer) -> None:
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {n for sentence in answer.sentences for n in sentence.citations} == set(numbers)


GLANCE = 450
"""Characters: an excerpt, or one long sentence."""


def test_an_answer_is_verbatim_quotes_each_on_its_page(sample_library: Library) -> None:
    answer = ask(sample_library, MARCH)
    assert answer.status is AnswerStatus.ANSWERED
    assert "masked men attacked the women’s march" in answer.text
    assert {sentence.verdict for sentence in answer.sentences} == {Verdict.QUOTED}
    assert not wrong_quotes(SAMPLE_FOLDER, answer.citations)
    _check_numbers(answer)
    for citation in answer.citations:
        page = sample_library.page(citation.document_id, citation.page)
        assert page.text[citation.start : citation.end] == citation.quote
    (best,) = (citation for citation in answer.citations if citation.number == answer.best)
    assert best.place == "p. 1 (PDF 5), para. 6"


def test_an_answer_does_not_repeat_itself_and_names_the_best_sentence(sample_library: Library) -> None:
    question = "How were union leaders prosecuted?"
    answer = ask(sample_library, question)
    best = retrieve(sample_library, question).sentences[0].sentence
    (named,) = [sentence for sentence in answer.sentences if answer.best in sentence.citations]
    assert named.text == " ".join(best.text.split())
    assert len({sentence.text for sentence in answer.sentences}) == len(answer.sentences) > 1


@pytest.mark.parametrize("question", ["How do I bake sourdough bread?", "Who won the football world cup in 1998?"])
def test_a_question_off_the_subject_is_not_found(sample_library: Library, question: str) -> None:
    answer = ask(sample_library, question)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert not answer.sentences
    assert not answer.citations


def test_weak_evidence_is_shown_as_related_passages_that_stand_on_their_pages(sample_library: Library) -> None:
    answer = ask(sample_library, "Which hospitals treated the marchers?")
    assert answer.status is AnswerStatus.RELATED
    assert answer.related
    for passage in answer.related:
        page = sample_library.page(passage.document_id, passage.page)
        assert page.text[passage.start : passage.end] == passage.quote
        assert len(passage.quote) <= GLANCE


def test_a_scope_keeps_to_the_country(sample_library: Library) -> None:
    scope = Scope(countries=(parse_country("Nepal"),))
    answer = ask(sample_library, "What protests against rape and violence took place?", scope)
    assert answer.sentences
    assert "Kyrgyz" not in answer.text
    assert "Cambodia" not in answer.text


def test_sentences_stream_out_after_their_citations(sample_library: Library) -> None:
    steps: list[Step] = []
    answer = ask(sample_library, MARCH, on_step=steps.append)
    seen: set[int] = set()
    for step in steps:
        if isinstance(step, Citation):
            seen.add(step.number)
        else:
            assert set(step.citations) <= seen
    assert tuple(step for step in steps if isinstance(step, AnswerSentence)) == answer.shown


def test_the_empty_library_finds_nothing_and_says_so(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    answer = ask(library, MARCH)
    assert (answer.status, answer.says) == (AnswerStatus.NOT_FOUND, (EMPTY_LIBRARY,))
    assert not answer.citations
    library.close()


def test_the_sample_questions_keep_their_figures(sample_library: Library) -> None:
    outcomes = run(sample_library, SAMPLE_FOLDER / "questions.jsonl")
    assert sum(outcome.right for outcome in outcomes if outcome.answerable) >= 20
    assert sum(outcome.right for outcome in outcomes if not outcome.answerable) >= 2


# -- with a chat model --------------------------------------------------------------------------------------------


def _first_passage(library: Library) -> str:
    return retrieve(library, MARCH).passages[0].passage.text


def test_a_models_quote_is_cited_where_it_stands(sample_library: Library) -> None:
    assert "masked men attacked the women’s march in Bishkek" in _first_passage(sample_library)
    quote = "masked men attacked the women's march in Bishkek"
    model = _says(_line("Masked men attacked the march in Bishkek.", (1, quote)))
    answer = ask(sample_library, MARCH, model=model)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.sentences[0].reworded
    assert "masked men attacked the women’s march in Bishkek" in answer.citations[0].quote
    assert not wrong_quotes(SAMPLE_FOLDER, answer.citations)
    _check_numbers(answer)


def test_a_model_answers_in_a_thread_that_runs_an_event_loop(sample_library: Library) -> None:
    """A notebook runs one."""
    quote = "masked men attacked the women’s march in Bishkek"

    async def notebook() -> Answer:
        return ask(sample_library, MARCH, model=_says(_line("Masked men attacked the march in Bishkek.", (1, quote))))

    assert asyncio.run(notebook()).citations


def test_a_models_invented_quote_is_counted_and_never_shown(sample_library: Library) -> None:
    model = _says(
        _line("Masked men attacked the march.", (1, "masked men attacked the women’s march")),
        _line("Hundreds were killed.", (1, "hundreds of marchers were killed by masked men")),
    )
    answer = ask(sample_library, MARCH, model=model)
    assert answer.rejected_quotes == 1
    assert answer.sentences[1].verdict is Verdict.UNVERIFIED
    assert answer.sentences[1].citations == ()
    assert not any("killed" in citation.quote for citation in answer.citations)


def test_passage_numbers_that_the_model_was_not_given_are_counted_and_shown(sample_library: Library) -> None:
    quote = "masked men attacked the women’s march in Bishkek"
    model = _says(_line("Masked men attacked the march.", (99, quote), (1, quote), (0, quote)))
    answer = ask(sample_library, MARCH, model=model)
    assert answer.unknown_citations == (99, 0)
    assert answer_json(answer)["unknown_citations"] == [99, 0]
    assert "was not given: 99, none" in to_text(make_manuscript(answer))


def test_an_unverified_sentence_tells_all_its_reasons(sample_library: Library) -> None:
    quote = "masked men attacked the women’s march in Bishkek"
    model = _says(
        _line("Masked men attacked the march.", (1, quote)),
        _line("All 80 masked men attacked the march in Osh.", (1, quote)),
    )
    reason = ask(sample_library, MARCH, model=model).sentences[1].reason
    assert "80" in reason
    assert "Osh" in reason


@pytest.mark.parametrize("number", [0, 2, 99])
def test_a_quote_with_a_wrong_passage_number_is_cited_where_it_stands(sample_library: Library, number: int) -> None:
    model = _says(_line("Masked men attacked the march.", (number, "masked men attacked the women’s march in Bishkek")))
    answer = ask(sample_library, MARCH, model=model)
    (citation,) = answer.citations
    assert citation.page == 5
    assert "masked men attacked the women’s march in Bishkek" in citation.quote


def test_a_models_quote_is_shown_as_the_whole_sentence_it_stands_in(sample_library: Library) -> None:
    model = _says(_line("Masked men attacked the march.", (1, "men attacked the women’s march")))
    (citation,) = ask(sample_library, MARCH, model=model).citations
    assert citation.quote.startswith("On 8 March 2020")
    assert citation.quote.endswith(".")


def test_a_sentence_that_a_model_copied_needs_no_quote_of_its_own(sample_library: Library) -> None:
    copied = "The masked men tore up placards and threw eggs at the marchers."
    answer = ask(sample_library, MARCH, model=_says(_line(copied)))
    assert answer.sentences[0].verdict is Verdict.QUOTED
    assert answer.citations[0].quote == copied


def test_an_answer_without_one_verified_sentence_becomes_related(sample_library: Library) -> None:
    answer = ask(sample_library, MARCH, model=_says(_line("All is well.", (1, "all is well in the whole country"))))
    assert answer.status is AnswerStatus.RELATED
    assert not answer.sentences


def test_a_models_refusal_is_not_found(sample_library: Library) -> None:
    assert ask(sample_library, MARCH, model=_says(REFUSAL)).status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize("wrap", ["```json\n{}\n```", '{{"sentences": [{}]}}', "[{}]", "Sure!\n{}"])
def test_the_usual_wrappings_around_json_are_read(sample_library: Library, wrap: str) -> None:
    line = _line("Masked men attacked.", (1, "masked men attacked the women’s march"))
    text = wrap.replace("{{", "{").replace("}}", "}") if "{{" in wrap else wrap
    model = _says(text.replace("{}", line))
    assert ask(sample_library, MARCH, model=model).citations


def test_where_a_model_keeps_no_form_the_nearest_passages_are_shown_and_the_reason(sample_library: Library) -> None:
    answer = ask(sample_library, MARCH, model=_says("Masked men attacked the march, as everybody knows."))
    assert answer.status is AnswerStatus.RELATED
    assert answer.related
    assert not answer.sentences
    assert "try a larger one" in str(answer.note)


def test_no_model_is_asked_when_nothing_is_near(sample_library: Library) -> None:
    model = _says(_line("Mix flour and water.", (1, "flour and water")))
    assert ask(sample_library, "How do I bake sourdough bread?", model=model).status is AnswerStatus.NOT_FOUND


THREW = "The masked men tore up placards and threw eggs at the marchers."


def test_sentences_from_several_places_are_shown_one_by_one_with_their_own_numbers(sample_library: Library) -> None:
    passages = [item.passage for item in retrieve(sample_library, MARCH).passages[:8]]
    stored = sample_library.catalogue.sentences_of([passage.id for passage in passages])
    first = next(one for one in stored if one.text == THREW)
    other = next(one for one in stored if one.document == first.document and 60 < len(one.text) < 200 and one != first)
    line = _line(f"{other.text} {first.text}", (1, first.text), (1, other.text))
    answer = ask(sample_library, MARCH, model=_says(line))
    assert [sentence.text for sentence in answer.sentences] == [one_line(other.text), THREW]
    assert [len(sentence.citations) for sentence in answer.sentences] == [1, 1]
    for copy in (THREW, "threw eggs at the marchers", f"{THREW} [4]"):
        (copied,) = ask(sample_library, MARCH, model=_says(_line(copy, (1, first.text), (1, other.text)))).sentences
        assert (copied.text, len(copied.citations)) == (THREW, 1), "the other quote does not say it"


def test_a_part_of_a_sentence_that_a_model_cuts_out_is_shown_whole(sample_library: Library) -> None:
    answer = ask(sample_library, MARCH, model=_says(_line("threw eggs at the marchers", (1, THREW))))
    assert [(sentence.text, sentence.verdict) for sentence in answer.sentences] == [(THREW, Verdict.QUOTED)]


def test_numbers_of_citations_that_a_model_writes_are_left_out(sample_library: Library) -> None:
    written = "Masked men threw eggs at the marchers [7], 【3†source】 they say (passage 2)."
    answer = ask(sample_library, MARCH, model=_says(_line(written, (1, THREW)), _line(f"{THREW} [9]", (1, THREW))))
    assert answer.sentences[0].text == "Masked men threw eggs at the marchers, they say."
    assert (answer.sentences[1].text, answer.sentences[1].verdict) == (THREW, Verdict.QUOTED)
