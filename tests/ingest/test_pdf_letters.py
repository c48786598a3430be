"""Letters of a PDF's text layer, as a reader of the printed page reads them."""

from __future__ import annotations

import io
import string
from collections.abc import Sequence
from pathlib import Path

import pytest
from offset_checks import read_checked as read
from pdf_maker import HEIGHT, TOP, WIDTH, column, make_pdf, picture
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import Document, PageState
from ingest.invisible import without_invisible
from ingest.passages import document_sentences
from ingest.pdf.garbled import is_garbled
from ingest.pdf.hyphens import hyphen_joiner
from ingest.pdf.misread import is_misread
from ingest.pdf.text_layer import TextLayer

DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
PROSE = (
    "The fishermen of the northern bay asked the council to open the old harbour again, because the road over the "
    "hills is closed in winter and the doctor cannot reach the villages. The council heard eleven families in May and "
    "promised an answer before the autumn. Nobody in the bay has seen a letter since then, and two boats were lost."
)


def of_lines(tmp_path: Path, lines: Sequence[str]) -> str:
    """Return the text of a page of ``lines``, on one line."""
    return " ".join(read(make_pdf(tmp_path / "made.pdf", [column(lines, TOP)])).pages[0].text.split())


# -- note marks ------------------------------------------------------------------------------------------------------

NOTES = ["7 Letter to the council.", "8 Register of boats.", "21 Interview in the harbour."]


def with_notes(tmp_path: Path, lines: Sequence[str], notes: Sequence[str] = NOTES) -> Document:
    filler = column(PROSE.split(". "), TOP)
    items = [*filler, *column(lines, TOP - 100), *column(notes, 100, size=8)]
    return read(make_pdf(tmp_path / "notes.pdf", [items]))


def test_a_mark_is_joined_to_no_number_and_no_word(tmp_path: Path) -> None:
    lines = [
        "The council counted 1,340{7} boats in 2016{8} and sold 25{21} of them.",
        "The rest of the boats rotted in the harbour.{7} Nobody in the bay was ever paid for one.",
    ]
    document = with_notes(tmp_path, lines)
    text = document.pages[0].text
    assert "The council counted 1,340 boats in 2016 and sold 25 of them." in text
    assert "7 Letter to the council." in text
    sentences = {sentence.text for sentence in document_sentences(document)}
    assert {"The rest of the boats rotted in the harbour.", "Nobody in the bay was ever paid for one."} <= sentences


def test_marks_in_a_list_and_before_a_sign_leave_no_trace(tmp_path: Path) -> None:
    text = with_notes(tmp_path, ["Of 90 boats{7}, 60{8}, and no more than 60, came back in 2017{21}."]).pages[0].text
    assert "Of 90 boats, 60, and no more than 60, came back in 2017." in text


def test_a_power_is_no_mark(tmp_path: Path) -> None:
    lines = ["The plot has 40 m{2} and the town 3 km{2}, or 10{6} grains of sand."]
    text = with_notes(tmp_path, lines, ["7 Letter to the council."]).pages[0].text
    assert "The plot has 40 m² and the town 3 km², or 10⁶ grains of sand." in text


def test_a_raised_figure_without_a_note_is_shown_raised(tmp_path: Path) -> None:
    text = with_notes(tmp_path, ["In all 430{3} boats were counted in the bay that winter."], []).pages[0].text
    assert "430³ boats" in text


def test_figures_that_only_rise_and_sink_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "old-style.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    text = canvas.beginText(72, 700)
    text.setFont("Times-Roman", 11)
    text.textOut("The council met in ")
    for digit, size in zip("1968", (9, 11, 11, 11), strict=True):  # set smaller, on the same baseline
        text.setFont("Times-Roman", size)
        text.textOut(digit)
    text.setFont("Times-Roman", 11)
    text.textOut(" and closed the harbour.")
    canvas.drawText(text)
    canvas.save()
    assert read(path).pages[0].text == "The council met in 1968 and closed the harbour."


# -- accents ---------------------------------------------------------------------------------------------------------


def accented(canvas: Canvas, x: float, y: float, text: str, *, before: bool) -> None:
    """Print ``text`` with every accent as a sign of its own over the letter before it, as pdfTeX does."""
    signs = {"´": 0.06, "˜": 0.0, "¨": 0.0, "ˆ": 0.0, "¸": 0.0}
    size = 12.0
    index = 0
    while index < len(text):
        letter, accent = text[index], text[index + 1] if text[index + 1 : index + 2] in signs else ""
        width = pdfmetrics.stringWidth(letter, "Times-Roman", size)
        marks = [(x, letter)]
        if accent:
            marks.append((x + (width - pdfmetrics.stringWidth(accent, "Times-Roman", size)) / 2, accent))
        for place, sign in reversed(marks) if before else marks:
            canvas.drawString(place, y, sign)
        x += width
        index += 1 + bool(accent)


@pytest.mark.parametrize("before", [False, True])
def test_accents_set_apart_become_letters(tmp_path: Path, before: bool) -> None:
    path = tmp_path / "accents.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setFont("Times-Roman", 12)
    accented(canvas, 72, 700, "Begon˜a Ibarrolle´s de Etxan˜iz met Joa˜o Guimara˜es.", before=before)
    canvas.save()
    assert read(path).pages[0].text == "Begoña Ibarrollés de Etxañiz met João Guimarães."


def test_an_accent_over_nothing_stays(tmp_path: Path) -> None:
    assert "about ~200 boats, 10^6 grains, 35°C" in of_lines(tmp_path, ["In May about ~200 boats, 10^6 grains, 35°C."])


# -- hyphens ---------------------------------------------------------------------------------------------------------


def test_hyphens_that_belong_to_a_word_stay(tmp_path: Path) -> None:
    text = of_lines(
        tmp_path,
        [
            "The envoy spoke of pan-",
            "African courts and of self-",
            "help for the villa-",
            "gers in 2014–",
            "2016 and rule 3-",
            "4 of the charter. The long-",
            "term plan of the govern-",
            "ment was re-",
            "examined by the council.",
        ],
    )
    assert "pan-African courts" in text
    assert "self-help for the villagers in 2014–2016 and rule 3-4 of the charter." in text
    assert "The long-term plan of the government was re-examined by the council." in text


def test_capitals_divided_over_a_line_are_joined() -> None:
    join = hyphen_joiner(["REPORT OF THE GOVERN", "the of and to in"])
    assert join("REPORT OF THE GOVERN", "MENT OF THE BAY")


# -- characters that nobody sees -------------------------------------------------------------------------------------


def without(text: str) -> str:
    changes = without_invisible(text)
    return "".join(changes.get(index, char) for index, char in enumerate(text))


def test_what_nobody_sees_leaves_the_text() -> None:
    assert without("har\u00adbour of Quil\u200blon\u2060 \u202eedoc\u202c \ufeffend") == "harbour of Quillon edoc end"
    assert without("inter\u00ad\r\nnational") == "inter\ufffe\r\nnational"


def test_joiners_that_shape_letters_stay() -> None:
    assert without("می\u200cخواهم क\u094d\u200dष \u1780\u17b6\u200b\u1780\u17b6") == (
        "می\u200cخواهم क\u094d\u200dष \u1780\u17b6\u200b\u1780\u17b6"
    )
    assert without("wo\u200crd wo\u200drd") == "word word"


def test_a_soft_hyphen_within_a_line_of_a_pdf_parts_no_word(tmp_path: Path) -> None:
    assert shown(tmp_path, ["The inter\u00adnational harbour court sat."]) == "The international harbour court sat."


# -- right to left ---------------------------------------------------------------------------------------------------


def shown(tmp_path: Path, lines: Sequence[str]) -> str:
    """Return the text of a page on which ``lines`` are printed letter by letter, from left to right."""
    pdfmetrics.registerFont(TTFont("Shown", str(DEJAVU)))
    path = tmp_path / "shown.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setFont("Shown", 12)
    for index, line in enumerate(lines):
        canvas.drawString(72, 720 - 24 * index, line)
    canvas.save()
    return read(path).pages[0].text


needs_dejavu = pytest.mark.skipif(not DEJAVU.exists(), reason="DejaVu Sans is not installed")
HEBREW = "המועצה סגרה את הנמל הישן בשנת"  # the council closed the old harbour in the year
ARABIC = "أغلق المجلس الميناء القديم في عام"


@needs_dejavu
@pytest.mark.parametrize(
    ("words", "printed", "read_as"),
    [
        (HEBREW, ".2016", "2016."),
        (ARABIC, ".2016", "2016."),
        (ARABIC, ".٢٠١٦", "٢٠١٦."),
        (ARABIC, ".2016/05/17", "2016/05/17."),
        (ARABIC, "؟1,340.5", "1,340.5؟"),
        (ARABIC, ".(2016)", "(2016)."),
        (ARABIC, ".%45", "45%."),
        (ARABIC, ".2016-2014", "2014-2016."),
        (ARABIC, ".2014-2016", "2014-2016."),
        (HEBREW, ".Bay Watch 2016", "Bay Watch 2016."),
    ],
)
def test_a_number_stays_in_its_sentence(tmp_path: Path, words: str, printed: str, read_as: str) -> None:
    assert shown(tmp_path, [f"{printed} {words[::-1]}"]) == f"{words} {read_as}"


@needs_dejavu
def test_a_number_within_a_line_stays_where_it_is(tmp_path: Path) -> None:
    printed = f"{HEBREW[::-1]} 41 {HEBREW[::-1]}"
    assert shown(tmp_path, [printed]) == f"{HEBREW} 41 {HEBREW}"


# -- letters set apart, wrong tables of letters ----------------------------------------------------------------------


def test_letters_set_apart_by_blanks_become_words(tmp_path: Path) -> None:
    apart = "   ".join(" ".join(word) for word in "The council sold nine boats in May.".split())
    assert of_lines(tmp_path, [*PROSE.split(". "), apart]).endswith("The council sold nine boats in May.")


def test_single_letters_in_a_row_stay_apart(tmp_path: Path) -> None:
    assert of_lines(tmp_path, [*PROSE.split(". "), "A B C D E F G H"]).endswith("A B C D E F G H")


def exchanged(text: str, table: str) -> str:
    return text.translate(str.maketrans(string.ascii_lowercase + string.ascii_uppercase, table + table.upper()))


SHIFTED = {
    "by one": exchanged(PROSE, string.ascii_lowercase[1:] + "a"),
    "by three": exchanged(PROSE, string.ascii_lowercase[3:] + "abc"),
    "by twenty-nine": "".join(chr(ord(char) - 29) if ord(char) > 60 else " " for char in PROSE),
    "backwards": exchanged(PROSE, string.ascii_lowercase[::-1]),
    "at random": exchanged(PROSE, "qwertyuiopasdfghjklzxcvbnm"),
    "Cyrillic": "Сьгкфсхяалщл тлеёзхл тл фтегзх рпхятхя фхвтяь ёвеврю, рсхспч ъхс згтсёв ъзтзй ёспйя йвмтэхв йлпсь"
    " л етвъ рз псзих згсётвхяфб гс гзтзег. Фсезх еэфоцывп сглррвгщвхя фзпзь е пвз.",
}


@pytest.mark.parametrize("text", SHIFTED.values(), ids=SHIFTED.keys())
def test_words_of_no_language_are_garbled(text: str) -> None:
    assert is_garbled(text)


READABLE = {
    "names": "Nguyễn Văn Hòa, Zhang Xiuying, Thandiwe Nkosi, Wojciech Szczęsny, Aung Zaw Htwe, Oluwaseun Adeyemi,"
    " Xóchitl Quetzalli, Ingrid Kristjánsdóttir, Begoña Etxeberria, Kwabena Owusu-Ansah, Siobhán Ní Mhurchú",
    "acronyms": PROSE
    + " UNMISS OHCHR SPLM-IO NSS SSPDF CEDAW CRPD ICCPR ICESCR CAT CERD CMW CRC UNHCR UNICEF UNDP " * 3,
    "romanised Nepali": "Machhuwaharule parishadlai purano bandargaah pheri kholna aagraha gare, kinabhane jaado ma"
    " pahad ko baato banda huncha ra daaktar gaunharuma pugna sakdainan. Parishadle jawaf dine vachan diyo.",
    "Polish": "Rybacy z północnej zatoki poprosili radę o ponowne otwarcie starego portu, ponieważ zimą droga przez"
    " wzgórza jest zamknięta i lekarz nie może dotrzeć do wiosek. Rada wysłuchała jedenastu rodzin.",
    "table": "Region Boats Sold Lost\nNorth bay 340 25 2\nSouth bay 118 4 0\nIsland of Orrin 77 1 9\nTotal 535 30 11\n"
    * 3,
    "Russian": "Рыбаки северной бухты попросили совет снова открыть старую гавань, потому что зимой дорога через холмы"
    " закрыта и врач не может добраться до деревень. Совет выслушал одиннадцать семей.",
}


@pytest.mark.parametrize("text", READABLE.values(), ids=READABLE.keys())
def test_names_tables_and_other_languages_are_not(text: str) -> None:
    assert not is_garbled(text)


def test_a_wrong_table_of_letters_is_told_and_not_quoted(tmp_path: Path, without_tesseract: None) -> None:
    text = SHIFTED["by one"]
    lines = [text[start : start + 80] for start in range(0, len(text), 80)]
    document = read(make_pdf(tmp_path / "shifted.pdf", [column(lines, TOP)]))
    assert document.pages[0].state is PageState.GARBLED
    assert document_sentences(document) == []


# -- misread layers --------------------------------------------------------------------------------------------------

MISREAD = (
    "Tlie fisherrnen of tlie nortliern bay asked tbe council to open tbe old liarbour again, becausc the road over the "
    "liills is closed in wintcr and thc doctor cannot reacli the villages. The council lieard eleven farnilies in May "
    "and prornised an answer before tlie auturnn, and nobody in the bay has seen a lettcr since tben."
)


def test_a_bad_text_layer_is_told(tmp_path: Path) -> None:
    assert is_misread(MISREAD)
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    lines = [MISREAD[start : start + 60] for start in range(0, len(MISREAD), 60)]
    canvas.drawImage(ImageReader(io.BytesIO(picture(lines))), 0, 0, WIDTH, HEIGHT)
    text = canvas.beginText()
    text.setTextRenderMode(3)
    text.setFont("Helvetica", 12)
    for index, line in enumerate(lines):
        text.setTextOrigin(76, HEIGHT - 116 - 30 * index)
        text.textOut(line)
    canvas.drawText(text)
    canvas.save()
    remarks = [str(remark) for remark in read(path).remarks]
    assert remarks == ["the text layer of page 1 has many misread words: check quotes against the page"]


@pytest.mark.parametrize("text", [PROSE, *READABLE.values()])
def test_a_good_text_is_not_misread(text: str) -> None:
    assert not is_misread(text)


# -- the way back to the page ----------------------------------------------------------------------------------------


def test_every_run_leads_back_to_its_letters(tmp_path: Path) -> None:
    import pypdfium2

    lines = ["The council counted 1,340{7} boats in the inter\u00adnational bay in 2016{8}."]
    page = with_notes(tmp_path, lines).pages[0]
    layer = TextLayer(pypdfium2.PdfDocument(tmp_path / "notes.pdf")[0])
    for run in page.runs:
        stored = page.text[run.start : run.start + run.length]
        assert layer.text[run.source : run.source + run.length].replace("\ufffe", "-") == stored
    mapped = {place for run in page.runs for place in range(run.start, run.start + run.length)}
    assert all(place in mapped for place, char in enumerate(page.text) if char.isalnum())
