"""Cases: sections first, mentions second."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.cases import assign_cases
from ingest.documents import Block, BlockKind, CaseSource, Document, FileType, Page, Passage
from ingest.load import load
from ingest.passages import split_passages

SECTION, MENTION = CaseSource.SECTION, CaseSource.MENTION
Part = tuple[int, str]
"""A heading's level, 0 for a paragraph, and its text."""
LONG = "The commission heard every witness of that year and wrote down what was said by each of them. " * 7


def document(pages: Sequence[Sequence[Part]], title: str = "A report") -> Document:
    made = []
    for number, parts in enumerate(pages, start=1):
        text, blocks = "", []
        for level, piece in parts:
            text += "\n" if text else ""
            blocks.append(
                Block(BlockKind.HEADING if level else BlockKind.BODY, len(text), len(text) + len(piece), level)
            )
            text += piece
        made.append(Page(number, text, tuple(blocks)))
    return Document("0" * 64, "made.pdf", FileType.PDF, tuple(made), title=title)


def cases(made: Document) -> list[tuple[str, dict[str, CaseSource]]]:
    return [(passage.text[:20], passage.countries) for passage in assign_cases(made, split_passages(made))]


def by_word(made: Document, word: str) -> dict[str, CaseSource]:
    (passage,) = [p for p in assign_cases(made, split_passages(made)) if word in p.text]
    return passage.countries


def test_a_section_takes_its_passages_and_other_countries_there_are_mentions() -> None:
    made = document([[(1, "Nepal: the movement"), (0, "The women marched, as others did in Cambodia before them.")]])
    assert cases(made) == [("Nepal: the movement\n", {"NP": SECTION, "KH": MENTION})]


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    made = document([[(1, "Nepal"), (0, f"alpha {LONG}"), (1, "Closing words"), (0, f"omega {LONG}")]])
    assert by_word(made, "alpha") == {"NP": SECTION}
    assert by_word(made, "omega") == {}


def test_a_section_goes_on_below_its_own_subheadings_and_over_pages() -> None:
    made = document(
        [
            [(1, "Nepal"), (0, f"alpha {LONG}"), (2, "The law"), (0, f"beta {LONG}")],
            [(0, f"gamma {LONG}"), (1, "Closing words"), (0, f"omega {LONG}")],
        ]
    )
    assert [by_word(made, word) for word in ("alpha", "beta", "gamma", "omega")] == [{"NP": SECTION}] * 3 + [{}]


def test_a_country_of_a_subsection_stands_beside_the_section_s() -> None:
    made = document([[(1, "South Sudan"), (0, f"alpha {LONG}"), (2, "Refugees in Uganda"), (0, f"beta {LONG}")]])
    assert by_word(made, "alpha") == {"SS": SECTION}
    assert by_word(made, "beta") == {"SS": SECTION, "UG": SECTION}


def test_no_passage_runs_from_one_country_s_section_into_another_s() -> None:
    made = document([[(1, "Nepal"), (0, "The women marched."), (1, "Cambodia"), (0, "The workers struck.")]])
    assert [countries for _, countries in cases(made)] == [{"NP": SECTION}, {"KH": SECTION}]


def test_outside_every_section_a_mention_is_a_mention() -> None:
    made = document([[(1, "Introduction"), (0, "In South Sudan the women marched.")]])
    assert cases(made) == [("Introduction\nIn Sout", {"SS": MENTION})]


def test_a_title_that_names_one_country_makes_the_whole_document_its_case() -> None:
    made = document([[(0, f"alpha {LONG}")], [(0, f"omega {LONG}")]], title="Nepal 2023 Human Rights Report")
    assert [countries for _, countries in cases(made)] == [{"NP": SECTION}] * 2


def test_a_title_that_names_two_countries_makes_it_nobody_s() -> None:
    made = document([[(0, f"alpha {LONG}")]], title="Nepal and Cambodia compared")
    assert [countries for _, countries in cases(made)] == [{}]


def test_a_document_that_speaks_of_one_country_alone_is_its_case() -> None:
    pages = [[(0, f"In Haiti the judges waited. {LONG}")] for _ in range(8)]
    assert all(countries == {"HT": SECTION} for _, countries in cases(document(pages)))
    few = pages[:7]
    assert all(countries == {"HT": MENTION} for _, countries in cases(document(few)))


def test_a_document_that_speaks_of_many_countries_is_nobody_s_section() -> None:
    pages = [[(0, f"In Haiti and in Nepal the judges waited. {LONG}")] for _ in range(8)]
    assert all(set(countries.values()) == {MENTION} for _, countries in cases(document(pages)))


def test_the_sample_has_a_section_for_each_of_its_three_countries(
    sample: Document, sample_passages: list[Passage]
) -> None:
    assigned = assign_cases(sample, sample_passages)
    assert [passage.text for passage in assigned] == [passage.text for passage in sample_passages]
    pages = {
        code: sorted({p.pages[0] for p in assigned if p.countries.get(code) is SECTION}) for code in ("KG", "NP", "KH")
    }
    assert pages["KG"] == [1, 5, 6, 7]  # the title page names all three
    assert pages["NP"] == [1, 7, 8, 9, 10]
    assert pages["KH"][:2] == [1, 10]
    assert {code for passage in assigned for code, source in passage.countries.items() if source is SECTION} == {
        "KG",
        "NP",
        "KH",
    }


def test_a_report_in_another_language_has_its_countries(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_text(
        "Les défenseuses des droits ont raconté ce qui leur est arrivé au Soudan du Sud pendant l’année passée.\n\n"
        "Les autorités n’ont pas répondu à leurs lettres, et la police a refusé de prendre leurs plaintes.\n",
        encoding="utf-8",
    )
    report = load(path)
    assert report.language == "fr"
    assert "SS" in assign_cases(report, split_passages(report))[0].countries


def test_a_matter_named_on_the_title_page_makes_the_whole_document_its_case() -> None:
    matter = [(1, "Order of the Court"), (1, "Provisional measures regarding Haiti"), (1, "Having seen:")]
    seen = "The State of Haiti did not answer the request that the Commission had made in Haiti."
    made = document([[*matter, (0, f"alpha {seen}")], [(1, "Considering:"), (0, f"omega {LONG}")]])
    assert by_word(made, "omega") == {"HT": SECTION}
    others = "Peru, Peru and Chile had answered such requests before. " * 2
    assert by_word(document([[*matter, (0, f"alpha {others}")], [(0, f"omega {LONG}")]]), "omega") == {}


def sections(*parts: tuple[str, str], level: int = 2) -> Document:
    told = [piece for name, said in parts for piece in ((level, name), (0, said))]
    return document([[(1, "Attacks on printers"), *told]])


def test_sections_of_places_that_we_do_not_know_are_passages_of_their_own() -> None:
    made = sections(
        ("Niger", "A bakery was shut in 2001."),
        ("Kurdistan", "The mast was cut down."),
        ("Western Highlands", "Forty tents were burned."),
        ("Benin", "A bridge was closed."),
    )
    assert by_word(made, "bakery") == {"NE": SECTION}
    assert by_word(made, "mast") == {}
    assert by_word(made, "tents") == {}
    assert by_word(made, "bridge") == {"BJ": SECTION}


def test_what_follows_the_last_country_is_not_packed_with_it() -> None:
    made = document([[(2, "Niger"), (0, "A bakery was shut."), (2, "Method"), (0, "We asked forty people.")]])
    assert by_word(made, "forty") == {}
    deeper = document([[(2, "Niger"), (0, "A bakery was shut."), (3, "Method"), (0, "We asked forty people.")]])
    assert by_word(deeper, "forty") == {"NE": SECTION}


def test_headings_of_a_document_without_countries_still_share_passages() -> None:
    made = sections(("Method", "We asked forty people."), ("Thanks", "They gave us tea."))
    assert len(split_passages(made)) == 1


def test_former_names_head_sections_of_the_countries_of_today() -> None:
    made = sections(("Ceylon", "Two printers were beaten."), ("Rhodesia", "Police whipped a teacher."))
    assert by_word(made, "beaten") == {"LK": SECTION}
    assert by_word(made, "teacher") == {"ZW": SECTION}


def test_a_country_that_is_several_today_is_the_case_of_none() -> None:
    made = sections(("Yugoslavia", "A printer was fined."), ("Serbia", "A radio was closed."))
    assert by_word(made, "fined") == {}
    assert by_word(made, "radio") == {"RS": SECTION}
