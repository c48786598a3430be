"""A country that a question names is binding; what is said of others stands beside the answer, under their names."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from app.answers import AnswerStatus
from app.assistant import ask
from app.chat_history import Turn, load_chat, new_chat, save_chat
from app.other_countries import Bound, without_others
from app.refusal.explanation import help_lines
from ingest.language.countries import find_countries, parse_country
from vectorstore.library import Library
from vectorstore.question import Question
from vectorstore.records import Scope
from vectorstore.retriever import first_stage

OF_NEPAL = "What is the minimum wage in Nepal?"


def test_candidates_about_other_countries_are_left_out_before_anything_is_read(sample_library: Library) -> None:
    question = Question(OF_NEPAL)
    everything = first_stage(sample_library, question, Scope())
    bound = without_others(sample_library, question, Scope(), everything)
    kept, others = bound.retrieval, bound.others
    assert 0 < len(kept.sentences) < len(everything.sentences)
    assert 0 < len(kept.passages) < len(everything.passages)
    assert all({"NP"} & named or not named for named in (set(find_countries(i.sentence.text)) for i in kept.sentences))
    assert "Cambodia" in others[0][0].text
    assert others[0][1] == parse_country("Cambodia")
    assert len({country for _, country in others}) == len(others) <= 3


def test_a_question_that_names_no_country_keeps_everything(sample_library: Library) -> None:
    question = Question("How did the minimum wage change?")
    everything = first_stage(sample_library, question, Scope())
    assert without_others(sample_library, question, Scope(), everything) == Bound(everything)
    of_one = Scope(countries=(parse_country("Cambodia"),))
    assert without_others(sample_library, Question(OF_NEPAL), of_one, everything) == Bound(everything)


def test_what_is_said_of_another_country_is_named_and_opens_its_page(sample_library: Library, tmp_path: Path) -> None:
    answer = ask(sample_library, OF_NEPAL)
    assert not any("Cambodia" in citation.quote for citation in (*answer.citations, *answer.related))
    [place] = answer.elsewhere
    assert place.countries == ("Cambodia",)
    page = sample_library.page(place.citation.document_id, place.citation.page)
    assert page.text[place.citation.start : place.citation.end] == place.citation.quote
    assert any(str(line).startswith("About Cambodia: ") for line in help_lines(answer))
    chat = new_chat().with_turn(Turn(answer.question, Scope(), answer, 1))
    save_chat(tmp_path, chat)
    assert load_chat(tmp_path, chat.id) == chat


def test_of_a_country_that_no_report_mentions_nothing_else_is_offered(sample_library: Library) -> None:
    answer = ask(sample_library, "How many people were killed in South Sudan?")
    assert answer.status is AnswerStatus.NOT_FOUND
    assert not answer.elsewhere


def test_what_one_country_answers_is_answered_though_another_has_its_own(sample_library: Library) -> None:
    answer = ask(sample_library, "What is the minimum wage in Cambodia?")
    assert answer.status is AnswerStatus.ANSWERED
    assert any("minimum wage" in citation.quote for citation in answer.citations)


def test_what_only_another_country_answers_is_not_answered_and_that_is_shown(sample_library: Library) -> None:
    answer = ask(sample_library, "What is the penalty for bride kidnapping in Nepal?")
    assert answer.status is AnswerStatus.RELATED
    assert answer.elsewhere[0].countries == ("Kyrgyzstan",)


def test_a_report_whose_title_names_no_country_is_about_those_of_its_text(tmp_path: Path) -> None:
    report = tmp_path / "letter.txt"
    said = [
        f"Haiti’s police detained {number} marchers in the capital.\n\n" for number in ("forty", "nine", "six") * 20
    ]
    report.write_text("A letter to the commission\n\n" + "".join(said) + "The capital city is Port-au-Prince.\n")
    with closing(Library(tmp_path / "library")) as library:
        library.add(report)
        question = Question("What is the capital city of Australia?")
        everything = first_stage(library, question, Scope())
        bound = without_others(library, question, Scope(), everything)
    assert any("Port-au-Prince" in item.sentence.text for item in everything.sentences)
    assert not bound.retrieval.sentences
