"""Web pages: every part of a report in its role, once, and nothing that the page does not show."""

from __future__ import annotations

from pathlib import Path

import pytest
from offset_checks import check_offsets

from ingest.documents import Block, BlockKind, Document, FileType
from ingest.errors import NoText
from ingest.load import load

PROSE = (
    "<p>This report follows nine visits to the wards of Ardesh, made by two nurses and a driver in the winter.</p>"
    "<p>Nobody who spoke to the authors is named, and the places in which they met are left out of the text.</p>"
    "<p>The council of Ardesh was sent a copy of every page, and it had not answered when the text was closed.</p>"
)


def page(tmp_path: Path, body: str, head: str = "<title>The wards of Ardesh</title>") -> Document:
    path = tmp_path / "page.html"
    path.write_text(
        f"<!doctype html><html><head><meta charset='utf-8'>{head}</head><body><nav><a href='/'>Start</a></nav>"
        f"<article><h1>The wards of Ardesh</h1>{PROSE}{body}</article><footer>Cookies</footer></body></html>",
        encoding="utf-8",
    )
    document = load(path)
    check_offsets(document)
    return document


def said(document: Document) -> list[str]:
    return [document.pages[0].text[b.start : b.end] for b in document.pages[0].blocks][4:]


def block_of(document: Document, start: str) -> Block:
    text = document.pages[0].text
    return next(b for b in document.pages[0].blocks if text[b.start : b.end].startswith(start))


def remarks(document: Document) -> list[str]:
    return [str(remark) for remark in document.remarks]


# -- parts of a report ------------------------------------------------------------------------------------------------


def test_a_quotation_is_read_once(tmp_path: Path) -> None:
    document = page(tmp_path, "<blockquote><p>They took the keys of the ward.</p><p>We slept outside.</p></blockquote>")
    assert said(document) == ["They took the keys of the ward.", "We slept outside."]


def test_items_of_lists_stand_apart_under_the_line_that_opens_them(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<p>Nine visits were made. The council should:</p><ol><li>Reopen the ward<ul><li>with 14 beds</li>"
        "<li><p>and a doctor</p></li></ul></li><li>Pay the nurses</li></ol><h2>Demands</h2><ul><li>Keys</li></ul>"
        "<p>Nobody came.</p><ul><li>A list that nothing opens</li></ul>",
    )
    text = document.pages[0].text
    items = [(text[b.start : b.end], b.header) for b in document.pages[0].blocks if b.kind is BlockKind.ITEM]
    assert items == [
        ("Reopen the ward", "The council should:"),
        ("with 14 beds", "The council should: Reopen the ward"),
        ("and a doctor", "The council should: Reopen the ward"),
        ("Pay the nurses", "The council should:"),
        ("Keys", "Demands"),
        ("A list that nothing opens", ""),
    ]


def test_line_breaks_keep_words_apart_and_two_of_them_paragraphs(tmp_path: Path) -> None:
    document = page(tmp_path, "<p>Ward of Mirost<br>Ardesh<br/><br>It was shut in May.</p>")
    assert said(document) == ["Ward of Mirost Ardesh", "It was shut in May."]


def test_words_under_a_picture_and_in_folded_parts_are_read(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<figure><img src='a.png' alt='A'><figcaption>The ward in May 2014.</figcaption></figure>"
        "<details><summary>Method</summary><p>Six nurses were asked.</p></details>"
        "<dl><dt>Varga</dt><dd>Head nurse until 2016</dd></dl><pre>First line\nof a letter.\n\nIts second part.</pre>"
        "<aside>The ward had a garden.</aside>",
    )
    assert said(document) == [
        "The ward in May 2014.",
        "Method",
        "Six nurses were asked.",
        "Varga",
        "Head nurse until 2016",
        "First line of a letter.",
        "Its second part.",
        "The ward had a garden.",
    ]
    assert block_of(document, "Head nurse").header == "Varga"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("In 2019<sup>2</sup> he left.", "In 2019 he left."),
        ("In 2019<sup><a href='#fn2'>2</a></sup> he left.", "In 2019 he left."),
        ("In 2019<a href='#_ftn2'>[2]</a> he left.", "In 2019 he left."),
        ("In 2019<a role='doc-noteref' href='#n2'>2</a> he left.", "In 2019 he left."),
        ("In 2019<sup class='reference'><a href='#cite_note-Ward-2'>[2]</a></sup> he left.", "In 2019 he left."),
        ("He left.<sup>3, 4</sup> She came.", "He left. She came."),
        ("He left<sup>*</sup> in May.", "He left in May."),
        ("It has 40 m<sup>2</sup> of floor.", "It has 40 m² of floor."),
        ("Some 10<sup>6</sup> people.", "Some 10⁶ people."),
        ("The 1<sup>st</sup> ward.", "The 1st ward."),
        ("Le 2<sup>e</sup> étage, n<sup>o</sup> 4.", "Le 2e étage, no 4."),
        ("CO<sub>2</sub> was found.", "CO2 was found."),
        ("See <a href='#note1'>the first note</a> below.", "See the first note below."),
        ("He said <q>no</q> twice.", "He said “no” twice."),
        ("He did <del>not</del> agree.", "He did agree."),
        ("A <i>hun</i>dred and <b>one</b> beds.", "A hundred and one beds."),
        ("A hun\u00addred inter\u200bnational beds.", "A hundred international beds."),
    ],
)
def test_marks_within_a_line(tmp_path: Path, written: str, read: str) -> None:
    assert said(page(tmp_path, f"<p>{written}</p>")) == [read]


def test_notes_are_notes(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<p>He left.<sup><a id='r1' href='#fn1'>1</a></sup></p><hr><section class='footnotes'><ol>"
        "<li id='fn1'><p>Letter of the council, 2014. <a href='#fnref1'>↩</a></p></li></ol></section>"
        "<div id='ftn2'><p><a href='#_ftnref2'>[2]</a> Register of the ward.</p></div>",
    )
    assert said(document) == ["He left.", "Letter of the council, 2014.", "Register of the ward."]
    assert block_of(document, "Letter").kind is block_of(document, "Register").kind is BlockKind.FOOTNOTE


def test_a_caption_and_all_rows_of_heads_head_a_table(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<table><caption>Beds, by ward</caption><thead><tr><th rowspan=2>Ward</th><th colspan=2>Beds</th></tr>"
        "<tr><th>2018</th><th>2019</th></tr></thead><tbody><tr><td rowspan=2>Mirost</td><td>14</td><td>22</td></tr>"
        "<tr><td>3</td><td>4</td></tr></tbody></table>",
    )
    assert said(document) == ["Beds, by ward", "Ward | Beds", "2018 | 2019", "Mirost | 14 | 22", "3 | 4"]
    assert block_of(document, "Mirost").header == "Beds, by ward Ward | Beds 2018 | 2019"
    assert block_of(document, "3 |").header == "Beds, by ward Ward | Beds 2018 | 2019 Mirost"


def test_a_table_for_the_layout_is_read_as_text(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<table><tr><td><h2>Findings</h2><p>The ward was shut in May, and its garden was sold.</p></td></tr></table>",
    )
    assert [b.kind for b in document.pages[0].blocks][4:] == [BlockKind.HEADING, BlockKind.BODY]


# -- what is not shown ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Unseen words.</p>",
        "<p style='display: none'>Unseen words.</p>",
        "<div style='visibility:hidden'><p>Unseen words.</p></div>",
        "<p style='color:#FFFFFF'>Unseen words.</p>",
        "<p><font color=white>Unseen words.</font></p>",
        "<p style='font-size: 1px; color: red'>Unseen words.</p>",
        "<p style='position:absolute; left:-9999px'>Unseen words.</p>",
        "<p style='opacity:0'>Unseen words.</p>",
        "<p><span aria-hidden=true>Unseen words.</span></p>",
        "<style>.secret, p.other { display: none }</style><p class=secret>Unseen words.</p>",
        "<style>#s1 {color:white}</style><p id=s1>Unseen words.</p>",
    ],
)
def test_text_that_nobody_sees_is_left_out_and_told(tmp_path: Path, hidden: str) -> None:
    document = page(tmp_path, f"{hidden}<p>The ward was shut.</p>")
    assert said(document) == ["The ward was shut."]
    assert remarks(document) == ["holds hidden text: not quoted"]


@pytest.mark.parametrize(
    "shown",
    [
        "<div style='background:#003366'><p style='color:#fff'>Seen words.</p></div>",
        "<table bgcolor='#000000'><tr><td><font color=white>Seen words.</font></td></tr></table>",
        "<p style='font-size:16px;opacity:0.9'>Seen words.</p>",
        "<style>@media print { .x { display: none } }</style><p class=x>Seen words.</p>",
        "<style>.x p { display: none }</style><p class=x>Seen words.</p>",
    ],
)
def test_text_that_can_be_seen_is_read(tmp_path: Path, shown: str) -> None:
    document = page(tmp_path, shown)
    assert said(document) == ["Seen words."]
    assert remarks(document) == []


def test_struck_out_words_and_turned_letters_are_told(tmp_path: Path) -> None:
    document = page(tmp_path, "<p>He did <s>not</s> agree.</p><p>The \u202eecilop\u202c came.</p>")
    assert said(document) == ["He did agree.", "The ecilop came."]
    assert len(remarks(document)) == 2


def test_what_belongs_to_the_site_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "site.html"
    path.write_text(
        "<html><head><title>The wards of Ardesh | Ward Watch</title></head><body>"
        "<div id='cookie-banner'>We use cookies</div>"
        "<div class='top-menu'><ul><li><a href='/a'>Reports</a></li><li><a href='/b'>People</a></li></ul></div>"
        f"<div class='page'><div class='text'><h1>The wards of Ardesh</h1>{PROSE}<h2>Demands</h2><ul><li>Keys</li></ul>"
        "</div><div class='sidebar'><p>Read our other reports about wards in other places, too.</p></div></div>"
        "<div class='footer'>Imprint</div></body></html>",
        encoding="utf-8",
    )
    document = load(path)
    text = document.pages[0].text
    assert "Keys" in text
    assert not any(word in text for word in ("cookies", "Reports", "other reports", "Imprint"))


# -- what a page says of itself ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "body", "year"),
    [
        ("", "<p>In 2014 the council sold the garden of the ward on 3 May 2014.</p>", ""),
        ("<meta property='article:published_time' content='2016-05-03T10:00:00Z'>", "", "2016"),
        ("<meta name='citation_publication_date' content='2015/02/01'>", "", "2015"),
        ("<meta name='DC.date' content='2017'>", "", "2017"),
        ('<script type=\'application/ld+json\'>{"datePublished": "2018-01-02"}</script>', "", "2018"),
        ("<meta property='article:modified_time' content='2021-01-01'>", "", ""),
        ("", "<time pubdate datetime='2012-03-01'>1 March</time>", "2012"),
        ("", "<time datetime='2012-03-01'>The raid of 1 March</time>", ""),
        ("", "<p class=date>Published 3 May 2021</p>", "2021"),
        ("", "<p>Published accounts of the raid of 2013 differ from each other in nearly everything.</p>", ""),
        ("", "<p>Publié le 3 mai 2011</p>", "2011"),
    ],
)
def test_the_year_is_stated_or_empty(tmp_path: Path, head: str, body: str, year: str) -> None:
    assert page(tmp_path, body, f"<title>The wards of Ardesh</title>{head}").year == year


# -- files ------------------------------------------------------------------------------------------------------------

FRAGMENTS = [
    "<div class='report'>{}</div>",
    "<p>First.</p>{}",
    "<!-- saved --><!-- twice --><section>{}</section>",
    "<meta charset='utf-8'><title>Wards</title>{}",
    "<h1>Wards</h1>{}",
]


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_part_of_a_page_is_a_page(tmp_path: Path, fragment: str) -> None:
    path = tmp_path / "part.html"
    path.write_text(fragment.format(PROSE + "<p>Guards took <b>forty-one</b> keys.</p>"), encoding="utf-8")
    document = load(path)
    assert document.file_type is FileType.HTML
    assert "Guards took forty-one keys." in document.pages[0].text
    assert "<" not in document.pages[0].text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "iso-8859-2", "windows-1251"])
def test_a_page_is_decoded_as_it_says(tmp_path: Path, encoding: str) -> None:
    words = "Милиция закрыла палату." if "1251" in encoding else "Łucja zamknęła oddział."
    path = tmp_path / "page.html"
    html = f"<html><head><meta charset='{encoding}'></head><body>{PROSE}<p>{words}</p></body></html>"
    path.write_bytes(html.encode(encoding))
    document = load(path)
    assert document.file_type is FileType.HTML
    assert words in document.pages[0].text


def test_a_page_without_words_has_no_text(tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text("<html><body><script>var a;</script><nav>Start</nav></body></html>", encoding="utf-8")
    with pytest.raises(NoText):
        load(path)


def test_a_page_nested_two_hundred_deep_is_read(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_text("<html><body>" + "<div><font>" * 100 + "<p>The ward was shut in May.</p>", encoding="utf-8")
    assert load(path).pages[0].text == "The ward was shut in May."
