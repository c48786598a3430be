"""Printed pages to text: paragraphs, columns, hyphens, headings, footnotes, contents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from offset_checks import check_offsets
from pdf_maker import TOP, Item, Print, column, make_pdf, paragraph

from ingest.documents import BlockKind, Document, Page
from ingest.load import load
from ingest.passages import document_sentences, split_passages
from ingest.pdf.hyphens import hyphen_joiner

FILLER = (
    "The commission heard accounts from every district and wrote them down in the language of the people who spoke, "
    "so that nobody could say later that the words had been changed by a stranger to the valley."
)


def read(tmp_path: Path, pages: Sequence[Sequence[Item]]) -> Document:
    document = load(make_pdf(tmp_path / "made.pdf", pages))
    check_offsets(document)
    return document


def texts(page: Page, kind: BlockKind = BlockKind.BODY) -> list[str]:
    return [page.text[block.start : block.end] for block in page.blocks if block.kind is kind]


def sentences(document: Document) -> list[str]:
    return [sentence.text for sentence in document_sentences(document)]


# -- hyphens at line ends ------------------------------------------------------------------------------------------


def test_a_word_divided_over_two_lines_is_joined(tmp_path: Path) -> None:
    lines = ["The people turned to the provincial govern-", "ment and asked for the return of the land."]
    document = read(tmp_path, [column(lines, TOP)])
    assert (
        document.pages[0].text == "The people turned to the provincial government and asked for the return of the land."
    )


def test_a_hyphen_that_the_document_writes_elsewhere_is_kept(tmp_path: Path) -> None:
    lines = ["The network runs shelters and community-", "based clinics in all of the seven provinces."]
    elsewhere = ["Another community-based group works in the far west of the country."]
    document = read(tmp_path, [[*column(lines, TOP), *column(elsewhere, TOP - 80)]])
    assert "shelters and community-based clinics" in document.pages[0].text


def test_a_hyphen_between_two_words_of_the_document_is_kept(tmp_path: Path) -> None:
    lines = ["The network pays for survivor-", "led clinics in all of the seven provinces."]
    elsewhere = ["Each survivor spoke for herself. The march was led by teachers from the hills."]
    document = read(tmp_path, [[*column(lines, TOP), *column(elsewhere, TOP - 80)]])
    assert "pays for survivor-led clinics" in document.pages[0].text


def test_the_commoner_spelling_decides_a_hyphen() -> None:
    join = hyphen_joiner(["cooperation with cooperation", "co-operation", "well-being wellbeing well-being"])
    assert join("their co", "operation with")
    assert not join("their well", "being and")
    assert join("the gov", "ernment")


# -- paragraphs ------------------------------------------------------------------------------------------------------


def test_wrapped_lines_become_one_paragraph_and_space_begins_another(tmp_path: Path) -> None:
    first, second = FILLER, FILLER.replace("commission", "ombudsman")
    page = read(tmp_path, [[*paragraph(first, TOP), *paragraph(second, TOP - 90)]]).pages[0]
    assert texts(page) == [first, second]


def test_a_line_that_ends_early_ends_its_paragraph(tmp_path: Path) -> None:
    lines = [
        "The first paragraph goes on over one whole line of this page and then it",
        "ends here.",
        "The second paragraph begins on the very next line, with no space between",
        "the two, as letters and gazettes are set.",
    ]
    page = read(tmp_path, [column(lines, TOP)]).pages[0]
    assert texts(page) == [" ".join(lines[:2]), " ".join(lines[2:])]


def test_an_indented_line_begins_a_paragraph(tmp_path: Path) -> None:
    lines = [
        "The first paragraph of this page goes on over the whole of the line, to its end.",
        "The second paragraph is told from it by the indent of its first line alone, and",
        "goes on.",
    ]
    items = [Print(line, TOP - 14 * row, x=92 if row == 1 else 72) for row, line in enumerate(lines)]
    assert texts(read(tmp_path, [items]).pages[0]) == [lines[0], " ".join(lines[1:])]


def test_list_items_stand_for_themselves(tmp_path: Path) -> None:
    lines = ["(a) Release all of the detained defenders at once;", "(b) Repeal the law on assemblies of 2012;"]
    page = read(tmp_path, [[*paragraph(FILLER, TOP), *column(lines, TOP - 90)]]).pages[0]
    assert texts(page, BlockKind.ITEM) == [line[4:] for line in lines]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = FILLER.replace("commission", "left column")
    right = FILLER.replace("commission", "right column")
    items = [*paragraph(left, TOP, width=200), *paragraph(right, TOP, x=320, width=200)]
    page = read(tmp_path, [items]).pages[0]
    assert " ".join(texts(page)) == f"{left} {right}"


def test_a_sentence_runs_on_from_the_first_column_into_the_second(tmp_path: Path) -> None:
    left = ["The witnesses who had walked for", "nine days through the hills and"]
    right = ["then waited at the gate were all", "turned away by the guards."]
    page = read(tmp_path, [[*column(left, TOP), *column(right, TOP, x=320)]]).pages[0]
    assert texts(page) == [" ".join(left + right)]


def test_another_column_that_begins_with_a_capital_begins_a_paragraph(tmp_path: Path) -> None:
    left = ["Families who lost their houses", "Families who lost their fields"]
    right = ["Officials who signed the order", "were never asked about it."]
    page = read(tmp_path, [[*column(left, TOP), *column(right, TOP, x=320)]]).pages[0]
    assert " ".join(right) in texts(page)


# -- headings and tables ----------------------------------------------------------------------------------------------


def test_headings_are_told_by_size_and_weight_with_levels(tmp_path: Path) -> None:
    items = [
        Print("Standing by the River", TOP, size=22),
        Print("A first chapter", TOP - 60, size=16),
        *paragraph(FILLER, TOP - 100),
        Print("A bold section", TOP - 180, font="Times-Bold"),
        *paragraph(FILLER, TOP - 210),
    ]
    document = read(tmp_path, [items])
    headings = [(b.level, document.pages[0].text[b.start : b.end]) for b in document.pages[0].blocks if b.level]
    assert headings == [(1, "Standing by the River"), (2, "A first chapter"), (3, "A bold section")]
    assert texts(document.pages[0]) == [FILLER, FILLER]
    assert document.title == "Standing by the River"
    assert document_sentences(document)[-1].section == "A bold section"


def test_rows_of_figures_are_a_table_and_no_prose(tmp_path: Path) -> None:
    rows = ["2017 1,204 88 12.5", "2018 1,377 91 13.1"]
    page = read(tmp_path, [[*paragraph(FILLER, TOP), *column(rows, TOP - 120)]]).pages[0]
    assert texts(page, BlockKind.TABLE) == rows


def test_every_heading_of_the_sample_is_a_heading(sample: Document, sample_pdf: Path) -> None:
    source = sample_pdf.with_suffix(".md").read_text(encoding="utf-8")
    wanted = [line.lstrip("# ").strip() for line in source.splitlines() if line.startswith("#")]
    found = [text.split(". ", 1)[-1] for page in sample.pages for text in texts(page, BlockKind.HEADING)]
    assert len(wanted) > 40
    assert [heading for heading in wanted if heading not in found] == []


# -- paragraph numbers ------------------------------------------------------------------------------------------------


def test_paragraph_numbers_are_kept_beside_the_sentences_and_not_in_them(tmp_path: Path) -> None:
    first = f"12. {FILLER} The ombudsman agreed with that."
    second = f"13. {FILLER}"
    document = read(tmp_path, [[*paragraph(first, TOP), *paragraph(second, TOP - 100)]])
    found = [(sentence.paragraph, sentence.text) for sentence in document_sentences(document)]
    assert found == [("12", FILLER), ("12", "The ombudsman agreed with that."), ("13", FILLER)]


def test_sample_paragraphs_are_numbered_without_a_gap(sample: Document) -> None:
    numbers = [s.paragraph for s in document_sentences(sample) if s.kind is BlockKind.BODY and s.paragraph]
    assert list(dict.fromkeys(numbers)) == [str(n) for n in range(1, 105)]


def test_a_heading_ends_the_numbered_paragraph(tmp_path: Path) -> None:
    items = [
        *paragraph(f"12. {FILLER}", TOP),
        Print("A section of its own", TOP - 80, size=16),
        *paragraph(FILLER, TOP - 120),
    ]
    last = document_sentences(read(tmp_path, [items]))[-1]
    assert (last.paragraph, last.section) == ("", "A section of its own")


# -- footnotes --------------------------------------------------------------------------------------------------------


def test_a_raised_mark_ends_its_sentence_and_is_no_part_of_it(tmp_path: Path) -> None:
    text = (
        "The police detained seventy of the marchers on that day.{1} Nobody was charged with an offence "
        "in the weeks that followed.{12}"
    )
    document = read(tmp_path, [paragraph(text, TOP, width=440)])
    assert sentences(document) == [
        "The police detained seventy of the marchers on that day.",
        "Nobody was charged with an offence in the weeks that followed.",
    ]
    assert "day. Nobody" in document.pages[0].text


def test_a_mark_within_a_sentence_does_not_end_it(tmp_path: Path) -> None:
    text = "The law on assemblies,{3} which parliament passed in a hurry, was struck down by the court."
    document = read(tmp_path, [paragraph(text, TOP, width=440)])
    assert len(sentences(document)) == 1


def test_numbers_on_the_line_are_no_footnote_marks(tmp_path: Path) -> None:
    text = "The resolution counted on paragraph A21 of the annex. The annex had been adopted in the year 2019."
    assert sentences(read(tmp_path, [paragraph(text, TOP, width=440)])) == [
        "The resolution counted on paragraph A21 of the annex.",
        "The annex had been adopted in the year 2019.",
    ]


def test_no_sentence_of_the_sample_ends_in_a_footnote_mark(sample: Document) -> None:
    body = [sentence for sentence in document_sentences(sample) if sentence.kind is BlockKind.BODY]
    marks = {(page.number, start) for page in sample.pages for start, _ in page.notes}
    last = {(sentence.spans[-1].page, sentence.spans[-1].end - 1) for sentence in body}
    ends = {(sentence.spans[-1].page, sentence.spans[-1].end) for sentence in body}
    assert len(marks) > 90
    assert not marks & last
    assert len(marks & ends) > 0.9 * len(marks)


def test_footnotes_stand_at_the_end_and_make_passages_of_their_own(tmp_path: Path) -> None:
    items = [
        *paragraph(FILLER, TOP),
        *paragraph("1 See the annual report of the ombudsman, 2019, chapter four.", 150, size=8),
        *paragraph(FILLER.replace("commission", "parliament"), TOP - 90),
    ]
    document = read(tmp_path, [items])
    assert document.pages[0].blocks[-1].kind is BlockKind.FOOTNOTE
    body, note = split_passages(document)
    assert "See the annual report" not in body.text
    assert note.text == "1 See the annual report of the ombudsman, 2019, chapter four."


# -- page breaks and contents -----------------------------------------------------------------------------------------


def test_a_sentence_over_a_page_break_stays_whole_and_knows_both_pages(tmp_path: Path) -> None:
    pages: list[list[Item]] = [
        [
            *paragraph(FILLER, 400),
            *paragraph("The villagers who had been moved from the river bank were", 90),
            *paragraph("1 See the annual report of the ombudsman, 2019.", 60, size=8),
        ],
        [*paragraph("never told where they would live. Nobody came to ask them about it.", TOP)],
    ]
    document = read(tmp_path, pages)
    whole = "The villagers who had been moved from the river bank were never told where they would live."
    sentence = next(s for s in document_sentences(document) if s.text == whole)
    assert [span.page for span in sentence.spans] == [1, 2]
    passage = next(passage for passage in split_passages(document) if sentence in passage.sentences)
    assert passage.pages == (1, 2)
    assert passage.text.endswith(whole)
    assert "Nobody came to ask them about it." in sentences(document)


def test_a_full_stop_at_the_page_break_ends_the_sentence(tmp_path: Path) -> None:
    first, second = "The villagers were moved from the river bank.", "and then nobody came to ask them about it."
    document = read(tmp_path, [paragraph(first, TOP), paragraph(second, TOP)])
    assert sentences(document) == [first, second]


def test_a_table_of_contents_is_on_the_page_but_in_no_passage(tmp_path: Path) -> None:
    contents = [f"Chapter {name} {'. ' * 40}{page}" for name, page in (("one", 3), ("two", 11), ("three", 25))]
    items = [
        Print("Contents", TOP, size=18),
        *column(contents, TOP - 40),
        Print("Preface", TOP - 140, size=18),
        *paragraph(FILLER, TOP - 180),
    ]
    document = read(tmp_path, [items])
    assert "Chapter two" in document.pages[0].text
    assert not any("Chapter two" in passage.text for passage in split_passages(document))
    assert any(FILLER in passage.text for passage in split_passages(document))


def test_the_sample_table_of_contents_is_in_no_passage(sample: Document) -> None:
    assert ". . . ." in sample.pages[2].text
    assert not any(". . . ." in passage.text for passage in split_passages(sample))
