"""What is typed that is no question: it is told from questions, and each kind gets its own reply."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.answer_json import answer_json
from app.answers import Answer, AnswerKind, AnswerStatus, Verdict
from app.assistant import ask
from app.exports.manuscript import make_manuscript
from app.exports.text import to_text
from app.turns.answering import reply
from app.turns.kinds import TurnKind
from app.turns.quote_replies import place_of, unless_known
from app.turns.recognition import recognise
from evaluation.answers import wrong_quotes
from evaluation.commands.turns import ITEMS
from vectorstore.embeddings import E5, open_embedder
from vectorstore.library import Library
from vectorstore.question import Question
from vectorstore.records import Scope

SAMPLE_FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample"
MARCH = "What happened on 8 March 2020 in Bishkek?"


@pytest.fixture(scope="module")
def march(sample_library: Library) -> Answer:
    return ask(sample_library, MARCH)


@pytest.fixture
def say(sample_library: Library) -> Callable[..., Answer]:
    def replied(text: str, after: Answer | None = None) -> Answer:
        given = reply(sample_library, Question(text), Scope(), None if after is None else lambda: after)
        assert given is not None
        assert not wrong_quotes(SAMPLE_FOLDER, given.citations)
        assert {sentence.verdict for sentence in given.sentences} <= {Verdict.QUOTED}
        return given

    return replied


def test_turns_of_an_author_who_knew_nothing_of_the_product_are_recognised() -> None:
    embedder = open_embedder(E5)
    right, of = Counter[str](), Counter[str]()
    for line in ITEMS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        kind = "question" if row["kind"] == "question" else "other"
        of[kind] += 1
        right[kind] += recognise(embedder, row["text"], bool(row.get("after"))) == row["kind"]
    assert right["question"] >= 0.9 * of["question"]
    assert right["other"] >= 0.75 * of["other"]


@pytest.mark.parametrize("text", ["\\", "*", "🕊️", "2563", " "])
def test_signs_without_a_letter_are_no_greeting_and_no_command(text: str) -> None:
    assert recognise(open_embedder(E5), text, after_an_answer=True) is TurnKind.QUESTION


@pytest.mark.parametrize("text", [MARCH, "Who was attacked in Kyrgyzstan?", "minimum wage cambodia", "and in Nepal?"])
def test_a_question_stays_a_question(sample_library: Library, march: Answer, text: str) -> None:
    assert reply(sample_library, Question(text), Scope()) is None
    assert reply(sample_library, Question(text), Scope(), lambda: march) is None


@pytest.mark.parametrize("text", ["hello", "merci !", "что ты умеешь?", "អរគុណ"])
def test_a_greeting_is_answered_in_a_line_and_searches_nothing(say: Callable[..., Answer], text: str) -> None:
    given = say(text)
    assert (given.kind, given.citations) == (AnswerKind.HELP, ())
    assert "Summarise the case of" in str(given.says[-1])


def test_the_library_is_listed_from_the_catalogue(say: Callable[..., Answer]) -> None:
    given = say("which reports do you have?")
    assert given.kind is AnswerKind.CATALOGUE
    assert "women-human-rights-defenders-sample.pdf" in " ".join(map(str, given.says))


def test_a_report_is_described_with_its_title_page_and_its_subject(say: Callable[..., Answer]) -> None:
    given = say("what is this report about?")
    said = " ".join(map(str, given.says))
    assert given.kind is AnswerKind.ABOUT
    assert "Insights contributors" in said
    assert {"Kyrgyzstan", "Nepal", "Cambodia"} <= set(given.countries)
    assert given.citations[0].page == 1


@pytest.mark.parametrize(
    ("text", "kind", "countries"),
    [
        ("summarise the case of Nepal", AnswerKind.DOSSIER, ("Nepal",)),
        ("compare nepal and cambodia", AnswerKind.COMPARISON, ("Nepal", "Cambodia")),
        ("what does the report recommend to the government?", AnswerKind.RECOMMENDATIONS, ()),
        ("timeline of events in Kyrgyzstan", AnswerKind.TIMELINE, ("Kyrgyzstan",)),
    ],
)
def test_a_command_reaches_its_feature(
    say: Callable[..., Answer], text: str, kind: AnswerKind, countries: tuple[str, ...]
) -> None:
    given = say(text)
    assert (given.kind, given.status, given.countries) == (kind, AnswerStatus.ANSWERED, countries)
    assert given.headings[0].before == 0
    assert [heading.before for heading in given.headings] == sorted({heading.before for heading in given.headings})
    assert answer_json(given)["kind"] == kind
    assert str(given.headings[0].title) in to_text(make_manuscript(given))


def test_a_timeline_is_in_the_order_of_its_years(say: Callable[..., Answer]) -> None:
    years = [int(str(heading.title)) for heading in say("chronology of Cambodia").headings]
    assert years == sorted(years)
    assert len(years) > 1


def test_a_command_on_a_country_without_a_case_says_which_there_are(say: Callable[..., Answer]) -> None:
    given = say("summarise the case of Iceland")
    assert given.status is AnswerStatus.NOT_FOUND
    assert "Cambodia" in str(given.note)
    assert "Cambodia" in to_text(make_manuscript(given))


def test_where_nothing_is_recommended_it_is_said(say: Callable[..., Answer]) -> None:
    given = say("recommendations for Cambodia")
    assert given.status is AnswerStatus.NOT_FOUND
    assert "No recommendation was found." in to_text(make_manuscript(given))


def test_what_a_report_finds_comes_from_its_own_summary(say: Callable[..., Answer]) -> None:
    given = say("what are the main findings?")
    assert 3 <= len(given.sentences) <= 8
    assert "This report is a sample" not in given.text


def test_follow_ups_work_on_the_quotes_shown(say: Callable[..., Answer], march: Answer) -> None:
    short = say("shorter please", march)
    (best,) = (sentence for sentence in march.sentences if march.best in sentence.citations)
    assert [sentence.text for sentence in short.sentences] == [best.text]
    assert {c.quote for c in say("show more", march).citations}.isdisjoint(c.quote for c in short.citations)
    second = march.citations[march.shown[1].citations[0] - 1]
    assert second.quote in [citation.quote for citation in say("tell me about the second one", march).citations]
    assert "p. 1 (PDF 5)" in " ".join(map(str, say("source?", march).says))
    assert "chat model" in str(say("translate that", march).says[0])


def test_who_said_it_is_answered_with_the_sentences_that_name_sources(
    say: Callable[..., Answer], sample_library: Library
) -> None:
    given = say("who said that?", ask(sample_library, "How many were detained in Bishkek?"))
    assert len(given.sentences) <= 3
    assert "Associated Press" in given.text


def test_a_follow_up_that_finds_only_what_is_known_shows_what_stands_around_it(sample_library: Library) -> None:
    asked = Question("Why? (Who was detained in Bishkek?)")
    answer = ask(sample_library, asked)
    best = next(citation.quote for citation in answer.citations if citation.number == answer.best)
    known, new = answer, True
    while new:
        around = unless_known(sample_library, asked, answer, known)
        assert "no more" in str(around.says[0])
        assert not wrong_quotes(SAMPLE_FOLDER, around.citations)
        quotes = [citation.quote for citation in around.citations]
        new = bool({*quotes} - {citation.quote for citation in known.citations})
        assert (best in quotes) is new, "in the end everything around was shown"
        known = replace(known, citations=(*known.citations, *around.citations))
    assert known.citations != answer.citations, "something stood around it"
    assert unless_known(sample_library, asked, known, answer) is known, "it holds more than was known"


def test_without_an_answer_on_the_screen_nothing_is_taken_for_a_follow_up(sample_library: Library) -> None:
    for text in ("shorter please", "the second one", "translate that"):
        kind = recognise(sample_library.embedder, text)
        assert kind not in (TurnKind.SHORTER, TurnKind.NTH, TurnKind.TRANSLATE)


@pytest.mark.parametrize(
    ("text", "place"),
    [("the 2nd", 1), ("quote ४", 3), ("the last one", 4), ("вторую", 1), ("number 9", None), ("which?", None)],
)
def test_quotes_are_counted_in_words_and_figures(text: str, place: int | None) -> None:
    assert place_of(text, 5) == place


def test_what_contradicts_a_shown_sentence_is_never_folded(march: Answer) -> None:
    shown = {number for sentence in march.shown for number in sentence.citations}
    assert all(set(sentence.differs) <= shown for sentence in march.shown)
    assert [c["number"] for c in answer_json(march)["citations"] if c.get("folded")] == sorted(march.folded)


def test_the_best_quote_is_among_those_shown_and_named_in_json(march: Answer) -> None:
    assert march.best in {number for sentence in march.shown for number in sentence.citations}
    assert answer_json(march)["best"] == march.best
