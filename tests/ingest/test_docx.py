"""Word files: what Word shows is read, once and in order, and nothing that it does not show."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx_maker import (
    NAMES,
    cell,
    deleted,
    inserted,
    levels,
    make_word,
    notes,
    numbered,
    numbering,
    paragraph,
    row,
    run,
    styled,
    table,
)
from offset_checks import check_offsets

from ingest.documents import Block, BlockKind, Document
from ingest.errors import DamagedFile, NoText
from ingest.load import load

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def said(document: Document) -> list[str]:
    (page,) = document.pages
    return [page.text[block.start : block.end] for block in page.blocks]


def block_of(document: Document, start: str) -> Block:
    (page,) = document.pages
    return next(b for b in page.blocks if page.text[b.start : b.end].startswith(start))


def remarks(document: Document) -> str:
    return "; ".join(str(remark) for remark in document.remarks)


def field(code: str, result: str) -> str:
    """A field of several runs: its code, and what it shows."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


# -- tracked changes --------------------------------------------------------------------------------------------------


def test_insertions_are_read_and_deletions_are_not(tmp_path: Path) -> None:
    path = make_word(
        tmp_path / "draft.docx",
        paragraph("The inspectors did ", inserted(run("not ")), "enter the ward at Mirost in March 2020."),
        paragraph("Nurses counted ", deleted("six"), inserted(run("sixteen")), " women in the ward."),
        paragraph(inserted(run("The director of the ward resigned on 2 April 2020."))),
        paragraph(deleted("Nobody was hurt in the ward.")),
    )
    document = load(path)
    assert said(document) == [
        "The inspectors did not enter the ward at Mirost in March 2020.",
        "Nurses counted sixteen women in the ward.",
        "The director of the ward resigned on 2 April 2020.",
    ]
    assert remarks(document) == "has tracked changes: 3 insertions, 2 deletions"
    check_offsets(document)


def test_moved_text_is_read_where_it_went(tmp_path: Path) -> None:
    moved = run("The mayor of Mirost signed the order.")
    path = make_word(
        tmp_path / "moved.docx",
        paragraph(f'<w:moveFrom w:id="1">{moved}</w:moveFrom>'),
        paragraph("The ward was closed for two winters."),
        paragraph(f'<w:moveTo w:id="2">{moved}</w:moveTo>'),
    )
    assert said(load(path)) == ["The ward was closed for two winters.", "The mayor of Mirost signed the order."]


def test_deleted_rows_and_paragraph_ends_are_gone(tmp_path: Path) -> None:
    joined = '<w:rPr><w:del w:id="3" w:author="x"/></w:rPr>'
    path = make_word(
        tmp_path / "rows.docx",
        table(
            row("Ward", "Beds"),
            row("Mirost", "14"),
            row("Kelvane", "99", properties='<w:del w:id="1" w:author="x"/>'),
            row("Ardesh", "31", properties='<w:ins w:id="2" w:author="x"/>'),
        ),
        paragraph("The ward of Kelvane ", properties=joined),
        paragraph("was never built."),
    )
    document = load(path)
    assert said(document) == ["Ward | Beds", "Mirost | 14", "Ardesh | 31", "The ward of Kelvane was never built."]
    assert remarks(document) == "has tracked changes: 1 insertion, 1 deletion"


def test_how_text_looked_before_a_change_hides_nothing(tmp_path: Path) -> None:
    before = '<w:rPrChange w:id="1" w:author="x"><w:rPr><w:vanish/></w:rPr></w:rPrChange>'
    path = make_word(tmp_path / "looks.docx", paragraph(run("The clinic at Mirost was shut.", before)))
    document = load(path)
    assert said(document) == ["The clinic at Mirost was shut."]
    assert not document.remarks


# -- containers within and around paragraphs ---------------------------------------------------------------------------


def test_text_in_every_container_is_read_in_its_place(tmp_path: Path) -> None:
    tag = '<w:smartTag w:uri="u" w:element="place"><w:smartTagPr/>{}</w:smartTag>'
    path = make_word(
        tmp_path / "containers.docx",
        paragraph(
            "Trucks took ",
            tag.format(run("eighty families ")),
            f'<w:bdo w:val="ltr">{run("to Mirost ")}</w:bdo>',
            f'<w:fldSimple w:instr=" DATE ">{run("in May 2011")}</w:fldSimple>',
            ".",
        ),
        paragraph(
            "The court fined ",
            control(run("the printer ")),
            f'<w:customXml w:element="x">{run("900 marks ")}</w:customXml>',
            field("REF amount", run("in 2012")),
            ".",
        ),
        control(paragraph("A clerk kept the list of names.") + paragraph("She hid it under a floor.")),
        table(
            control(row("District", "Year", "Fined")),
            row("Mirost", control(cell("2012")), "7"),
        ),
        f'<w:customXml w:element="x">{paragraph("The list was printed in 2014.")}</w:customXml>',
        paragraph('<w:hyperlink w:anchor="a">' + run("Her brother") + "</w:hyperlink>", " carried it abroad."),
    )
    document = load(path)
    assert said(document) == [
        "Trucks took eighty families to Mirost in May 2011.",
        "The court fined the printer 900 marks in 2012.",
        "A clerk kept the list of names.",
        "She hid it under a floor.",
        "District | Year | Fined",
        "Mirost | 2012 | 7",
        "The list was printed in 2014.",
        "Her brother carried it abroad.",
    ]
    check_offsets(document)


def test_check_boxes_are_read_and_placeholders_are_not(tmp_path: Path) -> None:
    checked = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    old = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="{}"/></w:checkBox></w:ffData>'
        "</w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    path = make_word(
        tmp_path / "form.docx",
        paragraph(control(run("☒"), checked), " She was shown a warrant"),
        paragraph(control(run("☐"), "<w14:checkbox/>"), " She was told of her rights"),
        paragraph(old.format(1), run(" She saw a doctor")),
        paragraph(old.format(0), run(" She saw a lawyer")),
        paragraph("Place of arrest: ", control(run("Click here to enter text."), "<w:showingPlcHdr/>")),
    )
    assert said(load(path)) == [
        "☒ She was shown a warrant",
        "☐ She was told of her rights",
        "☒ She saw a doctor",
        "☐ She saw a lawyer",
        "Place of arrest:",
    ]


def test_codes_of_fields_are_no_text(tmp_path: Path) -> None:
    inner = field("MERGEFIELD name", run("an inner result"))
    path = make_word(
        tmp_path / "fields.docx",
        paragraph(
            "The visit took place ", field(f"IF </w:instrText></w:r>{inner}<w:r><w:instrText>", run("on 4 May")), "."
        ),
        paragraph("Page ", field("PAGE", run("17")), " of the register was torn out."),
    )
    assert said(load(path)) == ["The visit took place on 4 May.", "Page of the register was torn out."]


@pytest.mark.parametrize("way", ["vml", "drawing", "both"])
def test_a_text_box_is_read_once_behind_its_paragraph(tmp_path: Path, way: str) -> None:
    content = f"<w:txbxContent>{paragraph('A porter saw the trucks leave at dawn.')}</w:txbxContent>"
    vml = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    drawing = (
        '<w:drawing><wp:anchor><a:graphic><a:graphicData uri="u"><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent>"
    )
    inside = {"vml": vml, "drawing": drawing, "both": both}[way]
    path = make_word(
        tmp_path / "box.docx",
        paragraph("The depot lies ", f"<w:r>{inside}</w:r>", "behind the school."),
        paragraph("It was sold in 2015."),
    )
    assert said(load(path)) == [
        "The depot lies behind the school.",
        "A porter saw the trucks leave at dawn.",
        "It was sold in 2015.",
    ]


def test_signs_of_their_own_keep_words_apart_and_whole(tmp_path: Path) -> None:
    path = make_word(
        tmp_path / "signs.docx",
        paragraph(
            run("Ardesh"),
            "<w:r><w:cr/></w:r>",
            run("Mirost"),
            '<w:r><w:br w:type="page"/></w:r>',
            run("Kelvane"),
            "<w:r><w:tab/></w:r>",
            run("non"),
            "<w:r><w:noBreakHyphen/></w:r>",
            run("state and inter"),
            "<w:r><w:softHyphen/></w:r>",
            run("national "),
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        ),
        paragraph("The sum is ", "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "."),
        paragraph(
            "<w:r><w:ruby><w:rubyPr/><w:rt>"
            + run("かんじ")
            + "</w:rt><w:rubyBase>"
            + run("漢字")
            + "</w:rubyBase></w:ruby></w:r>"
        ),
    )
    assert said(load(path)) == ["Ardesh Mirost Kelvane non-state and international 🗹", "The sum is a+b.", "漢字"]


# -- notes, numbers, headings -----------------------------------------------------------------------------------------


def test_notes_are_read_behind_the_text_and_their_marks_are_no_figures(tmp_path: Path) -> None:
    path = make_word(
        tmp_path / "notes.docx",
        paragraph(
            run("Guards took 1,500"),
            '<w:r><w:footnoteReference w:id="1"/></w:r>',
            run(" people in 2019"),
            '<w:r><w:endnoteReference w:id="1"/></w:r>',
            run("."),
        ),
        parts={
            "footnotes": notes("footnote", "Register of the ward, 2019.", "A note that nothing refers to."),
            "endnotes": notes("endnote", "Letter of Major Tamsin to the court, 3 May 2020."),
        },
    )
    document = load(path)
    assert said(document) == [
        "Guards took 1,500 people in 2019.",
        "Register of the ward, 2019.",
        "Letter of Major Tamsin to the court, 3 May 2020.",
    ]
    assert block_of(document, "Letter").kind is BlockKind.FOOTNOTE


def test_paragraphs_that_word_counts_carry_their_number(tmp_path: Path) -> None:
    lists = numbering(
        levels(("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"), list_id=1),
        levels(("bullet", "•"), list_id=2),
        nums='<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="40"/>'
        "</w:lvlOverride></w:num>",
    )
    path = make_word(
        tmp_path / "numbers.docx",
        numbered("The Board notes the plan of 2017.", 1),
        numbered("The Board recommends that the State:", 1),
        numbered("Reopen the ward at Mirost", 1, 1),
        numbered("Pay the nurses", 1, 1),
        numbered("from the budget of 2018", 1, 2),
        numbered("The State shall report within a year.", 1),
        paragraph("Among the places seen were"),
        numbered("the ward", 2),
        numbered("the depot", 2),
        numbered("A later part begins with another number.", 3),
        numbered("It counts on from there.", 1),
        parts={"numbering": lists},
    )
    document = load(path)
    (page,) = document.pages
    found = [(b.kind.value, b.number, page.text[b.start : b.end], b.header) for b in page.blocks]
    opening = "The Board recommends that the State:"
    assert found == [
        ("body", "1", "The Board notes the plan of 2017.", ""),
        ("body", "2", opening, ""),
        ("item", "2 (a)", "Reopen the ward at Mirost", opening),
        ("item", "2 (b)", "Pay the nurses", opening),
        ("item", "2 (i)", "from the budget of 2018", f"{opening} Pay the nurses"),
        ("body", "3", "The State shall report within a year.", ""),
        ("body", "", "Among the places seen were", ""),
        ("item", "", "the ward", "Among the places seen were"),
        ("item", "", "the depot", "Among the places seen were"),
        ("body", "40", "A later part begins with another number.", ""),
        ("body", "41", "It counts on from there.", ""),
    ]


def test_headings_are_told_by_their_styles_and_keep_their_numbers(tmp_path: Path) -> None:
    styles = (
        f'<w:styles {NAMES}><w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="Titre1"/><w:pPr>'
        '<w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style></w:styles>'
    )
    lists = numbering(levels(("upperRoman", "%1."), ("decimal", "%1.%2"), links={0: "Titre1", 1: "Own"}))
    path = make_word(
        tmp_path / "headings.docx",
        styled("Findings\t3", "TM1"),
        styled("Method", "Titre1"),
        paragraph("Six nurses were asked."),
        styled("Findings", "Titre1"),
        styled("The ward", "Own"),
        paragraph("It was shut in May."),
        parts={"styles": styles, "numbering": lists},
    )
    document = load(path)
    (page,) = document.pages
    assert [(b.kind.value, b.level, page.text[b.start : b.end]) for b in page.blocks] == [
        ("furniture", 0, "Findings 3"),
        ("heading", 1, "I. Method"),
        ("body", 0, "Six nurses were asked."),
        ("heading", 1, "II. Findings"),
        ("heading", 2, "II.1 The ward"),
        ("body", 0, "It was shut in May."),
    ]


# -- tables -----------------------------------------------------------------------------------------------------------


def test_two_rows_of_heads_head_every_row_and_merged_cells_are_read_once(tmp_path: Path) -> None:
    merged = '<w:vMerge w:val="restart"/>'
    path = make_word(
        tmp_path / "heads.docx",
        paragraph("Table 4: Beds by ward and year"),
        table(
            row(cell("Ward", properties=merged), cell("Beds", properties='<w:gridSpan w:val="2"/>')),
            row(cell(properties="<w:vMerge/>"), "2018", "2019"),
            row("Mirost", "14", "22"),
            row(cell("All wards were shut in 2020", properties='<w:gridSpan w:val="3"/>')),
            row("Kelvane", "8", "9"),
        ),
    )
    document = load(path)
    assert said(document)[1:] == [
        "Ward | Beds",
        "2018 | 2019",
        "Mirost | 14 | 22",
        "All wards were shut in 2020",
        "Kelvane | 8 | 9",
    ]
    assert block_of(document, "Mirost").header == "Table 4: Beds by ward and year Ward | Beds 2018 | 2019"
    assert "All wards were shut in 2020" in block_of(document, "Kelvane").header


def test_rows_that_repeat_on_every_page_are_heads(tmp_path: Path) -> None:
    repeated = "<w:tblHeader/>"
    path = make_word(
        tmp_path / "repeat.docx",
        table(
            row("Beds in the wards", "", properties=repeated),
            row("Ward", "2018", properties=repeated),
            row("Mirost", "14"),
        ),
    )
    assert block_of(load(path), "Mirost").header == "Beds in the wards Ward | 2018"


def test_a_table_within_a_cell_is_read_as_a_table(tmp_path: Path) -> None:
    inner = table(row("Nurse", "Years"), row("Ilse Varga", "12"))
    path = make_word(
        tmp_path / "inner.docx",
        table(row("Ward", "Staff"), row("Mirost", cell(inner, "Two of them left."))),
    )
    document = load(path)
    assert "Ilse Varga | 12" in said(document)
    assert block_of(document, "Ilse").header == "Nurse | Years"
    assert "Two of them left." in said(document)


def test_a_label_over_several_rows_heads_each_of_them(tmp_path: Path) -> None:
    path = make_word(
        tmp_path / "labels.docx",
        table(
            row("Ward", "Year", "Beds"),
            row(cell("Mirost", properties='<w:vMerge w:val="restart"/>'), "2018", "14"),
            row(cell(properties="<w:vMerge/>"), "2019", "22"),
        ),
    )
    document = load(path)
    assert said(document) == ["Ward | Year | Beds", "Mirost | 2018 | 14", "2019 | 22"]
    assert block_of(document, "2019").header == "Ward | Year | Beds Mirost"


# -- what nobody sees, and what is not read ----------------------------------------------------------------------------


def test_hidden_text_is_left_out_and_told(tmp_path: Path) -> None:
    styles = (
        f'<w:styles {NAMES}><w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/>'
        "</w:rPr></w:style></w:styles>"
    )
    path = make_word(
        tmp_path / "hidden.docx",
        paragraph("The ward at Mirost had 14 beds."),
        paragraph(run("The first hidden sentence.", "<w:vanish/>")),
        paragraph(run("The second hidden sentence.", '<w:rStyle w:val="Secret"/>')),
        paragraph(run("The third hidden sentence.", '<w:color w:val="FFFFFF"/>')),
        paragraph(run("The fourth hidden sentence.", '<w:sz w:val="2"/>')),
        paragraph(run("Shown: vanish is switched off.", '<w:vanish w:val="0"/>')),
        table(
            row(
                cell(paragraph(run("Ward", '<w:color w:val="FFFFFF"/>')), properties='<w:shd w:fill="1F3864"/>'), "Beds"
            )
        ),
        parts={"styles": styles},
    )
    document = load(path)
    assert said(document) == ["The ward at Mirost had 14 beds.", "Shown: vanish is switched off.", "Ward | Beds"]
    assert remarks(document) == "holds hidden text: not quoted"


def test_what_is_struck_out_is_left_out_and_told(tmp_path: Path) -> None:
    path = make_word(
        tmp_path / "struck.docx",
        paragraph("The board did ", run("not ", "<w:strike/>"), "agree to the sale of the ward."),
    )
    document = load(path)
    assert said(document) == ["The board did agree to the sale of the ward."]
    assert remarks(document) == "holds struck-out text: not quoted"


def test_parts_that_are_not_read_are_named(tmp_path: Path) -> None:
    chart = '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    comment = f'<w:comment w:id="1"><w:p>{run("A secret remark.")}</w:p></w:comment>'
    path = make_word(
        tmp_path / "parts.docx",
        paragraph("The ward at Mirost had 14 beds."),
        paragraph(f"<w:r><w:drawing><wp:inline><a:graphic>{chart}</a:graphic></wp:inline></w:drawing></w:r>"),
        paragraph('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'),
        '<w:altChunk r:id="x1"/>',
        parts={
            "comments": f"<w:comments {NAMES}>{comment}</w:comments>",
            "word/vbaProject.bin": "x",
            "word/chunk.rtf": "{\\rtf1 x}",
        },
        relations=f'<Relationship Id="x1" Type="{_RELATION}/aFChunk" Target="chunk.rtf"/>',
    )
    document = load(path)
    assert said(document) == ["The ward at Mirost had 14 beds."]
    told = remarks(document)
    assert "comments" in told
    assert "macros" in told
    assert "parts that were not read: embedded objects, charts, embedded documents" in told


def test_embedded_pages_are_read_in_their_place(tmp_path: Path) -> None:
    page = "<html><body><p>The clerk of Mirost burned the list.</p><p hidden>Unseen.</p></body></html>"
    path = make_word(
        tmp_path / "chunk.docx",
        paragraph("The depot was searched in 2015."),
        '<w:altChunk r:id="x1"/>',
        paragraph("Nothing was found."),
        parts={"word/afchunk.html": page},
        relations=f'<Relationship Id="x1" Type="{_RELATION}/aFChunk" Target="/word/afchunk.html"/>',
    )
    document = load(path)
    assert said(document) == [
        "The depot was searched in 2015.",
        "The clerk of Mirost burned the list.",
        "Nothing was found.",
    ]


# -- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["document2", "strict", "macros", "template"])
def test_word_files_of_every_make_are_read(tmp_path: Path, kind: str) -> None:
    types = {
        "macros": "application/vnd.ms-word.document.macroEnabled.main+xml",
        "template": "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    }
    made = {"main_type": types[kind]} if kind in types else {}
    path = make_word(
        tmp_path / "report.docm",
        styled("The ward", "Heading1"),
        paragraph("The ward at Mirost had 14 beds."),
        main="word/document2.xml" if kind == "document2" else "word/document.xml",
        strict=kind == "strict",
        **made,  # type: ignore[arg-type]  # a text for one keyword
    )
    document = load(path)
    assert document.title == "The ward"
    assert said(document) == ["The ward", "The ward at Mirost had 14 beds."]


def test_the_day_a_file_was_made_is_no_year_of_publication(tmp_path: Path) -> None:
    core = "<dc:title>The ward</dc:title><dcterms:created>2013-12-23T23:15:00Z</dcterms:created>"
    body = paragraph("The ward at Mirost was shut in 2011.")
    assert load(make_word(tmp_path / "none.docx", body, core=core)).year == ""
    stated = make_word(tmp_path / "stated.docx", paragraph("Published in May 2016"), body, core=core)
    assert load(stated).year == "2016"


def test_a_broken_word_file_is_damaged_without_a_path_of_this_computer(tmp_path: Path) -> None:
    path = make_word(tmp_path / "broken.docx", "<w:p><w:unclosed></w:p>")
    with pytest.raises(DamagedFile) as raised:
        load(path)
    assert "broken.docx" in str(raised.value)
    assert str(tmp_path) not in str(raised.value)


def test_a_word_file_without_words_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(NoText):
        load(make_word(tmp_path / "empty.docx", paragraph("")))
