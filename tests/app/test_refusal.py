"""What is off the subject is refused in every language, and a refusal helps on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.answer_json import answer_json
from app.answers import NAMED, AnswerStatus
from app.assistant import ask
from app.chat_history import Turn, load_chat, new_chat, save_chat
from app.exports.manuscript import make_manuscript
from app.exports.text import to_text
from app.refusal.explanation import help_lines
from app.refusal.off_topic import everyday_questions, nearness
from evaluation.refusal import ask_all, off_topic, sample_translated
from ingest.language.countries import parse_country
from vectorstore.library import Library
from vectorstore.records import Scope
from vectorstore.retriever import retrieve


def _near(library: Library, question: str) -> float:
    found = nearness(library, question, retrieve(library, question), Scope())
    assert found is not None
    return found.centred


def test_questions_off_the_subject_are_refused_in_every_language_and_answerable_ones_are_not(
    sample_library: Library,
) -> None:
    off = [question for question in off_topic() if question.split == "test"][:24]
    asked = off + [question for question in sample_translated() if question.split == "fit"][:21]
    outcomes = ask_all("sample", sample_library, asked)
    refused = Counter((o.kind, o.status is AnswerStatus.NOT_FOUND) for o in outcomes)
    assert refused["off-topic", True] >= 22
    assert refused["answerable", False] >= 20


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "ne", "ky", "km"])
def test_an_answerable_question_is_nearer_than_everyday_ones(sample_library: Library, language: str) -> None:
    by_id = {q.id: q.text for q in sample_translated()}
    question = by_id.get(f"s-01-{language}", "What happened on 8 March 2020 in Bishkek?")
    everyday = [_near(sample_library, text) for text in everyday_questions()[language][:3]]
    assert _near(sample_library, question) > max(everyday)


def test_a_question_with_a_year_that_the_quotes_leave_out_is_not_answered(sample_library: Library) -> None:
    answer = ask(sample_library, "What happened at the women's march in Bishkek in 1987?")
    assert answer.status is not AnswerStatus.ANSWERED
    assert "1987" in answer.unmentioned
    assert "The reports never mention 1987." in map(str, help_lines(answer))


def test_no_answer_leaves_out_what_the_question_names(sample_library: Library) -> None:
    for question in ("How did union leaders in Haiti get prosecuted?", "How has Peru treated Dalit women defenders?"):
        answer = ask(sample_library, question)
        assert answer.status is not AnswerStatus.ANSWERED
        assert answer.unmentioned or any(gap.kind in NAMED for gap in answer.uncovered)


def test_a_refusal_says_what_was_searched_and_what_else_speaks_of_it(sample_library: Library) -> None:
    scope = Scope(countries=(parse_country("Nepal"),))
    answer = ask(sample_library, "How many people died at Veng Sreng?", scope)
    assert answer.status is not AnswerStatus.ANSWERED
    assert answer.searched is not None
    assert answer.searched.countries == ("Nepal",)
    assert 0 < answer.searched.passages < sample_library.catalogue.passage_count()
    (place, *_) = answer.elsewhere
    assert place.countries == ("Cambodia",)
    page = sample_library.page(place.citation.document_id, place.citation.page)
    assert page.text[place.citation.start : place.citation.end] == place.citation.quote
    inside = sample_library.catalogue.passage_ids(scope)
    spans = [(s.page, s.start) for p in sample_library.catalogue.passages(inside).values() for s in p.spans]
    assert (place.citation.page, place.citation.start) not in spans
    assert "Cambodia" in to_text(make_manuscript(answer))


def test_a_misspelt_word_is_suggested_as_the_reports_spell_it(sample_library: Library) -> None:
    answer = ask(sample_library, "Where was the directr of the musem born?")
    assert answer.status is not AnswerStatus.ANSWERED
    assert {"director", "museum"} <= set(answer.suggestions)


def test_an_answer_says_no_more_than_its_gaps(sample_library: Library) -> None:
    answer = ask(sample_library, "What happened on 8 March 2020 in Bishkek?")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.uncovered == ()
    assert help_lines(answer) == []
    assert answer_json(answer)["uncovered"] == []


def test_a_refusal_is_kept_with_its_chat(sample_library: Library, tmp_path: Path) -> None:
    scope = Scope(countries=(parse_country("Nepal"),))
    answer = ask(sample_library, "How did the garment minimum wage change in 1911?", scope)
    assert answer.unmentioned
    chat = new_chat().with_turn(Turn(answer.question, scope, answer, 1))
    save_chat(tmp_path, chat)
    assert load_chat(tmp_path, chat.id) == chat


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Сколько человек было задержано в Бишкеке 8 марта 2020 года?", "70"),
        ("¿Cómo cambió el salario mínimo en la confección?", "$190"),
        ("Qu'est-ce qui a déclenché les manifestations contre le viol au Népal ?", "Kanchanpur"),
    ],
)
def test_a_question_in_another_language_is_answered_with_quotes_that_hold_the_fact(
    sample_library: Library, question: str, fact: str
) -> None:
    answer = ask(sample_library, question)
    assert answer.status is AnswerStatus.ANSWERED
    assert any(fact in citation.quote for citation in answer.citations)


def test_a_document_in_the_questions_language_does_not_hide_what_stands_in_another(
    own_library: Library, tmp_path: Path
) -> None:
    letter = tmp_path / "carta.txt"
    sentences = "¿Qué dice la carta? Cuántas personas fueron y cómo cambió la vida en la ciudad, nadie lo sabe. " * 8
    letter.write_text(f"Una carta sobre el mar. {sentences}", encoding="utf-8")
    added = own_library.add(letter)
    wage, sea = "¿Cómo cambió el salario mínimo en la confección de Camboya?", "¿Qué dice la carta sobre el mar?"
    assert retrieve(own_library, wage).passages[0].passage.document != added.id
    assert retrieve(own_library, sea).passages[0].passage.document == added.id


def test_a_question_in_a_language_without_everyday_questions_is_compared_with_one_alike(
    sample_library: Library,
) -> None:
    off, on = "घर पर रोटी कैसे बनाते हैं?", "नेपाल में बलात्कार के विरोध में प्रदर्शन क्यों हुए?"
    assert ask(sample_library, off).status is AnswerStatus.NOT_FOUND
    assert ask(sample_library, on).status is not AnswerStatus.NOT_FOUND
    assert ask(sample_library, "如何在家里做面包？").status is AnswerStatus.NOT_FOUND


def test_words_that_stand_together_by_chance_are_no_answer(sample_library: Library) -> None:
    assert ask(sample_library, "What does autumn host many of?").status is AnswerStatus.NOT_FOUND
