"""Ask small libraries whose lines resemble each other, or whose names are typed otherwise than they are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.answer_json import answer_json
from app.answers import Answer, AnswerStatus
from app.assistant import ask
from app.cases import summarise
from app.exports.manuscript import make_manuscript
from app.exports.text import to_text
from app.refusal.explanation import ASK_IN_WORDS
from ingest.language.folding import visible
from vectorstore.library import Library

FILLER = "The bridge over the Sern was closed for repairs.\n\nThe council of elders wrote to the ministry twice.\n"
Shelf = Callable[..., Library]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Make a library of texts by the names of their files."""
    opened: list[Library] = []

    def make(**texts: str) -> Library:
        library = Library(tmp_path / "library")
        opened.append(library)
        for name, text in texts.items():
            file = tmp_path / name / (f"{name}.txt" if not name.startswith("same") else "log.txt")
            file.parent.mkdir()
            file.write_text(f"{text}\n\n{FILLER}", encoding="utf-8")
            assert library.add(file).status == "ready"
        return library

    yield make
    for library in opened:
        library.close()


def quotes(answer: Answer) -> str:
    return "\n".join(citation.quote for citation in answer.citations)


YES = "The inspectors entered the women’s ward at Lirka in June 2019."
NO = "The inspectors did not enter the women’s ward at Lirka in June 2019."


def test_a_report_that_contradicts_another_is_quoted_beside_it_and_said_to_differ(shelf: Shelf) -> None:
    answer = ask(shelf(one=YES, two=NO), "Did the inspectors enter the women’s ward at Lirka in June 2019?")
    (yes,) = (s for s in answer.sentences if s.text == YES)
    (no,) = (s for s in answer.sentences if s.text == NO)
    assert (yes.differs, no.differs) == (no.citations, yes.citations)
    assert abs(answer.sentences.index(yes) - answer.sentences.index(no)) == 1
    assert f"the reports differ: compare [{no.citations[0]}]" in to_text(make_manuscript(answer))
    assert {"differs": list(no.citations)}.items() <= answer_json(answer)["sentences"][0].items()


def test_every_victim_of_one_deed_is_quoted(shelf: Shelf) -> None:
    victims = ("Tara Boe", "Ama Rin", "Lune Sadik", "Oro Pell")
    listed = "\n\n".join(f"Guards beat the weaver {name} at the mill of Lirka on 4 June 2019." for name in victims)
    answer = ask(shelf(one=listed), "Whom did guards beat at the mill of Lirka on 4 June 2019?")
    assert all(name in quotes(answer) for name in victims)


def test_the_same_words_in_two_reports_are_one_quote_with_both_places(shelf: Shelf) -> None:
    library = shelf(one=YES, two=f"{YES}\n\nRain fell all week.")
    answer = ask(library, "Did the inspectors enter the women’s ward at Lirka?")
    (found,) = (sentence for sentence in answer.sentences if sentence.text == YES)
    cited = {citation.document for citation in answer.citations if citation.number in found.citations}
    assert cited == {"one.txt", "two.txt"}


@pytest.mark.parametrize(
    ("printed", "question"),
    [
        ("Kazimierz Łęcki was dismissed in Sernova on 9 May 2018.", "When was Kazimierz Lecki dismissed?"),
        ("Kazimierz Lecki was dismissed in Sernova on 9 May 2018.", "When was Kazimierz Łęcki dismissed?"),
        ("Ayşıl Çınar was fined in Sernova on 9 May 2018.", "When was Aysil Cinar fined?"),
        ("The Naʼari Weavers’ League left Sernova in 2018.", "When did the Na'ari Weavers' League leave Sernova?"),
        ("The Na`ari Weavers' League left Sernova in 2018.", "When did the Na’ari Weavers’ League leave Sernova?"),
        ("The Loom Fel\u00adlow\u00adship of Ser\u00adnova closed in 2018.", "When did the Loom Fellowship of Sernova close?"),  # noqa: E501
        ("The Loom Fel\u200blowship of Ser\u2060nova closed in 2018.", "When did the Loom Fellowship of Sernova close?"),  # noqa: E501
        ("Zoe\u0308 Pe\u0301rez-Nun\u0303ez sued the mayor in 2018.", "When did Zoë Pérez-Nuñez sue the mayor?"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_printed_and_typed(shelf: Shelf, printed: str, question: str) -> None:
    answer = ask(shelf(one=printed), question)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].quote == printed.translate(dict.fromkeys(map(ord, "\u00ad\u200b\u2060")))
    assert not answer.uncovered


def test_never_mentioned_is_said_only_of_what_no_page_holds(shelf: Shelf) -> None:
    library = shelf(one="The ledger of Sern\u00adova and the Łęc\u200bki Trust is in Tor-\n  vald. Nobody read it.")
    unknown = ask(library, "What did Kelmenia grow in 1911?").unmentioned
    assert "Kelmenia" in unknown
    for name in ("Sernova", "Lecki Trust", "Torvald"):
        assert name not in ask(library, f"How tall was the lighthouse that {name} painted in Kelmenia?").unmentioned


def test_signs_that_turn_the_letters_are_not_shown(shelf: Shelf) -> None:
    printed = "The court of Sernova held the \u202eelcric gniwes\u202c liable for the fire of 2018."
    answer = ask(shelf(one=printed), "Whom did the court of Sernova hold liable for the fire of 2018?")
    assert visible(answer.citations[0].quote) == visible(printed)
    assert not set(answer.text + to_text(make_manuscript(answer))) & set("\u202a\u202b\u202c\u202d\u202e")


@pytest.mark.parametrize("question", ["*", "-", "\\", "%", "🕊️", "7431", "?!", "a" * 20_000])
def test_a_question_without_words_is_not_answered_by_chance(shelf: Shelf, question: str) -> None:
    answer = ask(shelf(one=YES), question)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert not answer.citations
    assert not answer.related
    assert answer.note == ASK_IN_WORDS


def test_versions_of_one_report_are_told_apart_in_every_citation(shelf: Shelf) -> None:
    told = "Guards at Lirka held {} weavers on 4 June 2019."
    library = shelf(same1=told.format("eleven"), same2=told.format("thirty-two"), other=YES)
    answer = ask(library, "How many weavers did guards at Lirka hold on 4 June 2019?")
    versions = {c.quote: c.version for c in answer.citations if "weavers" in c.quote}
    assert len(set(versions.values())) == 2
    assert all(version.startswith("added 20") for version in versions.values())
    assert {c.version for c in answer.citations if c.document == "other.txt"} <= {""}
    sources = [line for line in to_text(make_manuscript(answer)).splitlines() if "log.txt" in line]
    assert len({line.split("]", 1)[1] for line in sources}) == 2


def test_a_dossier_shows_what_a_later_version_changed(shelf: Shelf) -> None:
    lines = [
        f"In Nepal the {thing} of the weavers was closed by the guards." for thing in ("hall", "mill", "school", "yard")
    ]
    lines += [
        f"Nepal paid {number} families for the fire in the {place} market."
        for number, place in zip((12, 15, 19, 23), ("old", "new", "fish", "wool"), strict=True)
    ]
    changed = [line.replace("was closed", "was not closed") if "mill" in line else line for line in lines]
    library = shelf(same1="\n\n".join(lines), same2="\n\n".join(changed))
    summary = summarise(library, "Nepal")
    shown = {sentence.text: sentence for heading in summary.headings for sentence in heading.sentences}
    yes, no = (f"In Nepal the mill of the weavers was {word} by the guards." for word in ("closed", "not closed"))
    assert yes in shown
    assert no in shown
    assert shown[yes].differs
    assert all(len(sentence.citations) == 2 for text, sentence in shown.items() if "families" in text)
