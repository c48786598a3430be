"""A report's guide: quotes that are on their pages, figures that are some, and questions that are answered."""

from __future__ import annotations

import json
import stat

import pytest

from app.answers import AnswerStatus, Verdict
from app.assistant import ask
from app.cli import main
from app.guide import Guide, keep_guide, kept_guide, make_guide, with_questions
from app.guide.figures import gives_figure
from app.guide.headings import heading_subject, small_words
from app.guide.names import most_named
from reader.opening import open_reader
from vectorstore.derived import GUIDES, derived_file
from vectorstore.library import Library
from vectorstore.records import DocumentRecord, Scope


@pytest.fixture(scope="module")
def report(sample_library: Library) -> DocumentRecord:
    [document] = sample_library.catalogue.documents()
    return document


@pytest.fixture(scope="module")
def guide(sample_library: Library, report: DocumentRecord) -> Guide:
    return with_questions(sample_library, report, make_guide(sample_library, report))


def test_every_sentence_is_a_quote_and_none_is_there_twice(sample_library: Library, guide: Guide) -> None:
    assert len(guide.about) == 3
    assert len(guide.figures) == 5
    assert len(guide.events) == 5
    assert {sentence.verdict for sentence in guide.sentences} == {Verdict.QUOTED}
    assert len({sentence.text for sentence in guide.sentences}) == len(guide.sentences)
    assert [citation.number for citation in guide.citations] == list(range(1, len(guide.citations) + 1))
    for citation in guide.citations:
        text = sample_library.page(citation.document_id, citation.page).text
        assert text[citation.start : citation.end] == citation.quote


def test_figures_say_how_many_and_events_are_in_the_order_of_their_dates(guide: Guide) -> None:
    assert all(gives_figure(sentence.text, "en") for sentence in guide.figures)
    assert [event.date for event in guide.events] == sorted(event.date for event in guide.events)
    assert "2020-03-08" in {event.date for event in guide.events}


def test_names_are_those_of_organisations_with_a_sentence_that_names_each(guide: Guide) -> None:
    names = {named.name: named for named in guide.names}
    assert "Human Rights Watch (HRW)" in names
    assert not {"Kyrgyzstan", "Nepal", "Cambodia", "Bishkek"} & set(names)
    for named in guide.names:
        assert named.mentions >= 2
        short = named.name.partition(" (")[2].rstrip(")") or named.name
        assert short in guide.citations[named.citation - 1].quote


def test_questions_are_answered_from_under_their_heading(
    sample_library: Library, report: DocumentRecord, guide: Guide
) -> None:
    assert guide.questions is not None
    assert len(guide.questions) == 6
    assert not any(word in question for question in guide.questions for word in ("Contents", "About", "Abbreviations"))
    answer = ask(sample_library, guide.questions[0], Scope((report.id,)))
    assert answer.status is AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A total of 338 civilians were killed.", "en"),
        ("In 45 of the cases nobody was charged.", "en"),
        ("Some 60% of them were women.", "en"),
        ("It cost $746 million.", "en"),
        ("Fueron detenidas 45 mujeres.", "es"),
        ("Были задержаны 70 участниц.", "ru"),
    ],
)
def test_figures_that_are_some(text: str, language: str) -> None:
    assert gives_figure(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It was adopted on 8 March 2020 by resolution 1325 (2000).", "en"),
        ("Under article 12 of the Convention, and paragraph 9 of the report.", "en"),
        ("Rules 31 (2) and 34 (1) of its rules apply, see No. 42 on women.", "en"),
        ("They may be held for up to 12 months without charge.", "en"),
        ("Two of them were released.", "en"),
        ("De conformidad con los artículos 63.2 de la Convención y 74 del Reglamento.", "es"),
        ("Они были задержаны на 15 дней.", "ru"),
    ],
)
def test_numbers_that_are_no_figures(text: str, language: str) -> None:
    assert not gives_figure(text, language)


def test_a_heading_names_a_subject_unless_it_is_apparatus_a_name_or_a_part() -> None:
    words = small_words("the freedom of assembly, the rule of law, accountability, conditions in detention centres")

    def subject(heading: str) -> str:
        return heading_subject(heading, "en", words)

    assert subject("III. Rule of law and accountability") == "Rule of law and accountability"
    assert subject("b. Freedom of Peaceful Assembly") == "Freedom of Peaceful Assembly"
    for heading in (
        "Contents",
        "About this report",
        "Abbreviations and acronyms",
        "Annex II Rule of law",
        "A/HRC/40/60",
        "Decision 88/IV on the rule of law",
        "Cecilia Medina Quiroga",
        "RULE OF LAW AND ACCOUNTABILITY",
        "on accountability and detention conditions",
        "Conditions in detention and",
    ):
        assert subject(heading) == "", heading


def test_an_acronym_and_a_surname_count_with_the_name_that_they_stand_for() -> None:
    texts = [
        "The Human Rights Council then heard what Mary Lawlor had to say in Geneva.",
        "Ms. Lawlor thanked the Association of Quiet Rivers (AQR), and AQR replied.",
        "The work of AQR in Upper Zubrowka goes on, as Lawlor said near Upper Zubrowka.",
        "Nobody mentioned WHRD or the LGBTI movement, and WHRD again.",
    ]
    found = {one.name: len(one.lines) for one in most_named(texts, "en", 9)}
    assert found == {"Association of Quiet Rivers (AQR)": 3, "Mary Lawlor": 3}


def test_a_guide_is_kept_for_its_owner_alone_and_read_again(own_library: Library, guide: Guide) -> None:
    [document] = own_library.catalogue.documents()
    assert kept_guide(own_library, document) is None
    assert keep_guide(own_library, document, guide)
    file = derived_file(own_library.home, GUIDES, document.id)
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    assert kept_guide(own_library, document) == guide


def test_a_guide_of_another_reading_and_a_damaged_one_are_not_used(own_library: Library, guide: Guide) -> None:
    [document] = own_library.catalogue.documents()
    keep_guide(own_library, document, guide)
    file = derived_file(own_library.home, GUIDES, document.id)
    data = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(data | {"made_of": "something else"}), encoding="utf-8")
    assert kept_guide(own_library, document) is None
    for damaged in ('{"made_of"', "[]", json.dumps(data | {"places": [[1, 2]]}), json.dumps(data | {"about": [1]})):
        file.write_text(damaged, encoding="utf-8")
        assert kept_guide(own_library, document) is None


def test_a_guide_goes_with_its_report(own_library: Library, guide: Guide) -> None:
    [document] = own_library.catalogue.documents()
    keep_guide(own_library, document, guide)
    own_library.remove(document.id)
    assert list((own_library.home / GUIDES).iterdir()) == []
    assert not keep_guide(own_library, document, guide)  # one that was being made meanwhile
    assert list((own_library.home / GUIDES).iterdir()) == []


def test_the_command_shows_a_kept_guide_and_says_what_is_wrong_in_one_line(
    own_library: Library, guide: Guide, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHRD_HOME", str(own_library.home))
    [document] = own_library.catalogue.documents()
    with_reader = Library(own_library.home, reader=open_reader())
    keep_guide(with_reader, document, guide)
    with_reader.close()
    assert main(["guide", document.name]) == 0
    printed = capsys.readouterr().out
    assert all(question in printed for question in guide.questions or ())
    assert "Key figures" in printed
    assert main(["guide", document.id[:8], "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["questions"] == list(guide.questions or ())
    assert [item["date"] for item in data["dates"]] == [event.date for event in guide.events]
    assert sorted(data["countries"]) == ["Cambodia", "Kyrgyzstan", "Nepal"]
    assert main(["guide", "nothing.pdf"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
