"""What the first pages say of a report: title, publisher, symbol, case, date, and who wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from docx import Document as make_docx
from pdf_maker import Print, make_pdf, paragraph

from ingest.documents import Document, Metadata, PrintedLine
from ingest.load import load
from ingest.symbols import own_symbol, symbol_in
from ingest.title_page.authors import borne_out, is_person, names_of
from ingest.title_page.dates import only_date
from ingest.title_page.publishers import is_body, issuer_of
from ingest.title_page.reading import TitlePage, read_title_page

SAMPLE = Path(__file__).parents[2] / "data/sample/women-human-rights-defenders-sample.pdf"
BOLD = "Times-Bold"
TEXT = "The people who lived by the river were moved to the hills in the spring of that year by the army. " * 8
Row = tuple[str, float, float, float]
"""Words, size, left, top."""


def printed(rows: Sequence[Row], page: int = 1) -> list[PrintedLine]:
    return [
        PrintedLine(page, text, size, size > 10, left, top - size, left + 5 * len(text), top, 842.0)
        for text, size, left, top in rows
    ]


def read_rows(rows: Sequence[Row], language: str, author: str = "", text: str = "") -> TitlePage:
    body = [(TEXT[:90], 9.0, 124.0, 300.0 - 12 * line) for line in range(12)]
    return read_title_page(printed([*rows, *body]), Metadata(author=author), text or TEXT, language)


def official(path: Path, author: str = "Mira Tol") -> Document:
    """A document of the United Nations as its masthead, agenda and title are set."""
    first = [
        Print("United Nations", 780, size=12), Print("A/HRC/31/12", 780, 380, size=12),
        Print("General Assembly", 750, size=18, font=BOLD), Print("Distr.: General", 750, 380, size=9),
        Print("7 April 2025", 738, 380, size=9), Print("Original: English", 715, 380, size=9),
        Print("Human Rights Council", 640, 50, 11, BOLD), Print("Fifty-ninth session", 627, 50, 9, BOLD),
        Print("16 June–11 July 2025", 615, 50, 9), Print("Agenda item 5", 603, 50, 9),
        Print("Situation of the river people", 570, 110, 13, BOLD),
        Print("Report of the Special Rapporteur on rivers", 545, 110, 11, BOLD),
        Print("I. Introduction", 515, 90, 13, BOLD), *paragraph(TEXT, 495, 110, size=9),
    ]  # fmt: skip
    second = [Print("A/HRC/31/12", 800, 50, 8, BOLD), *paragraph(TEXT, 760, 110, size=9)]
    return load(make_pdf(path, [first, second], title="Microsoft Word - 25 04828", author=author))


def test_a_masthead_gives_publisher_symbol_and_date_and_no_typist_is_an_author(tmp_path: Path) -> None:
    document = official(tmp_path / "un.pdf")
    assert document.title == "Situation of the river people: Report of the Special Rapporteur on rivers"
    assert document.publisher == "United Nations, General Assembly, Human Rights Council"
    assert (document.symbol, document.date, document.year) == ("A/HRC/31/12", "2025-04-07", "2025")
    assert (document.author, document.case) == ("", "")


@pytest.mark.parametrize(
    ("language", "rows", "publisher", "title", "date"),
    [
        (
            "fr",
            [
                ("Nations Unies", 12.0, 124.0, 790.0), ("S/2025/211", 12.0, 400.0, 790.0),
                ("Conseil de sécurité", 18.0, 124.0, 760.0), ("Distr. générale", 9.0, 400.0, 760.0),
                ("7 avril 2025", 9.0, 400.0, 745.0), ("Original : anglais", 9.0, 400.0, 720.0),
                ("La situation sur le fleuve", 12.5, 124.0, 600.0),
                ("Rapport du Secrétaire général", 11.0, 124.0, 570.0),
            ],
            "Nations Unies, Conseil de sécurité",
            "La situation sur le fleuve: Rapport du Secrétaire général",
            "2025-04-07",
        ),
        (
            "es",
            [
                ("Naciones Unidas", 12.0, 124.0, 790.0), ("A/80/142", 12.0, 400.0, 790.0),
                ("Asamblea General", 18.0, 124.0, 760.0), ("7 de abril de 2025", 9.0, 400.0, 745.0),
                ("Octogésimo período de sesiones", 9.0, 60.0, 650.0), ("Tema 69 de la lista", 9.0, 60.0, 638.0),
                ("Situación de los pueblos del río", 12.5, 124.0, 600.0),
                ("Informe del Secretario General", 11.0, 124.0, 570.0),
            ],
            "Naciones Unidas, Asamblea General",
            "Situación de los pueblos del río: Informe del Secretario General",
            "2025-04-07",
        ),
        (
            "ru",
            [
                ("Организация Объединенных Наций", 12.0, 124.0, 790.0), ("S/2025/211", 12.0, 400.0, 790.0),
                ("Совет Безопасности", 18.0, 124.0, 760.0), ("7 апреля 2025 года", 9.0, 400.0, 745.0),
                ("Положение на реке", 12.5, 124.0, 600.0), ("Доклад Генерального секретаря", 11.0, 124.0, 570.0),
            ],
            "Организация Объединенных Наций, Совет Безопасности",
            "Положение на реке: Доклад Генерального секретаря",
            "2025-04-07",
        ),
        (
            "ar",
            [
                ("الأمم المتحدة", 12.0, 400.0, 790.0), ("A/80/142", 12.0, 60.0, 790.0),
                ("الجمعية العامة", 18.0, 400.0, 760.0), ("7 نيسان/أبريل 2025", 9.0, 60.0, 745.0),
                ("الحالة على النهر", 12.5, 300.0, 600.0), ("تقرير الأمين العام", 11.0, 300.0, 570.0),
            ],
            "الأمم المتحدة, الجمعية العامة",
            "الحالة على النهر: تقرير الأمين العام",
            "2025-04-07",
        ),
    ],
)  # fmt: skip
def test_mastheads_are_read_in_every_language(
    language: str, rows: list[Row], publisher: str, title: str, date: str
) -> None:
    found = read_rows(rows, language, author="Mira Tol")
    assert (found.publisher, found.title, found.date, found.authors) == (publisher, title, date, ())


@pytest.mark.parametrize(
    ("language", "rows", "court", "case"),
    [
        ("en", ["JUDGMENT OF THE", "COURT OF THE VALLEY", "OF 21 SEPTEMBER 2009", "CASE OF TOL V. BRELKA"],
         "Court of the Valley", "Case of Tol v. Brelka"),
        ("fr", ["COUR DE LA VALLÉE", "AFFAIRE TOL C. BRELKA", "ARRÊT", "21 septembre 2009"],
         "Cour de la Vallée", "Affaire Tol c. Brelka"),
        ("es", ["CORTE DEL VALLE", "CASO TOL VS. BRELKA", "SENTENCIA DE 21 DE SEPTIEMBRE DE 2009"],
         "Corte del Valle", "Caso Tol vs. Brelka"),
        ("ru", ["СУД ДОЛИНЫ", "ДЕЛО ТОЛЬ ПРОТИВ БРЕЛКИ", "ПОСТАНОВЛЕНИЕ", "21 сентября 2009 года"],
         "Суд Долины", "Дело Толь против Брелки"),
    ],
)  # fmt: skip
def test_a_court_and_its_case_are_read_in_small_letters(language: str, rows: list[str], court: str, case: str) -> None:
    words = "Tol Brelka Valley Valle Vallée Толь Брелки Долины против of the case judgment affaire caso дело"
    found = read_rows(
        [(row, 14.0, 150.0, 700.0 - 20 * line) for line, row in enumerate(rows)]
        + [("HAVING SEEN:", 11.0, 72.0, 500.0)],
        language,
        text=words,
    )
    assert (found.publisher, found.case, found.date) == (court, case, "2009-09-21")
    assert found.title.startswith(case)


def test_a_report_is_by_the_publisher_of_its_imprint(tmp_path: Path) -> None:
    cover = [
        Print("Nobody Came Back", 600, size=30, font=BOLD), Print("The river people after the flood", 560, size=18),
        Print("Annual report 2019", 300, size=12),
    ]  # fmt: skip
    imprint = [Print("© 2020 Valley Watch. All rights reserved.", 300, size=9), *paragraph(TEXT, 700)]
    path = make_pdf(tmp_path / "ngo.pdf", [cover, imprint, paragraph(TEXT, 700)], author="Jon Bask")
    document = load(path)
    assert document.title == "Nobody Came Back: The river people after the flood"
    assert (document.publisher, document.author, document.year) == ("Valley Watch", "", "2020")


@pytest.mark.parametrize(
    "line",
    ["Published by the Council of Brelka", "Publié par le Conseil de Brelka", "Publicado por el Consejo de Brelka"],
)
def test_an_imprint_names_the_publisher_in_several_languages(line: str) -> None:
    found = read_rows([("Nobody came back", 24.0, 72.0, 700.0), (line, 9.0, 72.0, 400.0)], "en")
    assert found.publisher in ("Council of Brelka", "Conseil de Brelka", "Consejo de Brelka")


def test_authors_of_the_metadata_count_where_the_page_names_them(tmp_path: Path) -> None:
    head = [
        Print("Counting what was lost", 700, size=16, font=BOLD),
        Print("Mira Tol{1}", 670), Print("Ana Bel", 655), Print("26 July 2019", 630),
    ]  # fmt: skip
    first = [*head, *paragraph(TEXT, 580)]
    two = load(make_pdf(tmp_path / "two.pdf", [first], author="Mira Tol; Ana Bel"))
    assert (two.author, two.date, two.title) == ("Mira Tol; Ana Bel", "2019-07-26", "Counting what was lost")
    one = load(make_pdf(tmp_path / "one.pdf", [first], author="Ana Bel; Jon Bask"))
    assert one.author == "Ana Bel"


def test_a_by_line_names_authors_that_the_metadata_do_not(tmp_path: Path) -> None:
    cover = [Print("What the river took", 600, size=30), Print("WRITTEN BY MIRA TOL AND ANA BEL", 500, font=BOLD)]
    document = load(make_pdf(tmp_path / "by.pdf", [cover, paragraph(TEXT, 700)], author="Jon Bask"))
    assert (document.author, document.title) == ("Mira Tol; Ana Bel", "What the river took")


def test_the_metadatas_title_counts_where_nothing_better_is_printed(tmp_path: Path) -> None:
    bare = load(make_pdf(tmp_path / "bare.pdf", [paragraph(TEXT, 700)], title="The people of the river"))
    assert bare.title == "The people of the river"
    head = [Print("What the river took", 700, size=20, font=BOLD), *paragraph(TEXT, 640)]
    assert load(make_pdf(tmp_path / "t.pdf", [head], title="Final version 3 clean")).title == "What the river took"


def test_the_year_of_the_file_is_no_year_of_publication(tmp_path: Path) -> None:
    head = [Print("What the river took", 700, size=20, font=BOLD), *paragraph(TEXT, 640)]
    assert load(make_pdf(tmp_path / "t.pdf", [head])).year == ""


def test_the_sample_is_cited_as_it_is_printed() -> None:
    sample = load(SAMPLE)
    assert sample.title.startswith("Standing Their Ground: Women human rights defenders in Kyrgyzstan")
    assert (sample.author, sample.date, sample.symbol) == ("Insights contributors", "2026-11", "")


def test_a_word_file_names_no_typist(tmp_path: Path) -> None:
    word = make_docx()
    word.core_properties.author = "Jon Bask"
    word.add_heading("What the river took", 0)
    word.add_paragraph("By Mira Tol")
    word.add_paragraph(TEXT)
    word.save(str(tmp_path / "report.docx"))
    assert load(tmp_path / "report.docx").author == "Mira Tol"


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("A/HRC/40/60", "A/HRC/40/60"), ("A/39/36I", "A/39/361"),
        ("A/ES-10/1043-S/2025/529", "A/ES-10/1043-S/2025/529"),
        ("DP/FPA/2025/4 (Part II)", "DP/FPA/2025/4 (Part II)"), ("S/RES/2783 (2025)", "S/RES/2783 (2025)"),
        ("ICCD/COP(8)/CST/8", "ICCD/COP(8)/CST/8"), ("CommDH(2019)21", "CommDH(2019)21"),
        ("E/CN.6/2025/L.5", "E/CN.6/2025/L.5"),
        ("see A/HRC/40/60", ""), ("and/or", ""), ("25-04828 (E) 150425", ""), ("Article (2019) of it", ""),
    ],
)  # fmt: skip
def test_a_symbol_stands_by_itself(line: str, symbol: str) -> None:
    assert symbol_in(line) == symbol


def test_a_cited_symbol_is_not_the_documents_own() -> None:
    cited = printed(
        [("What the river took", 20.0, 72.0, 700.0), ("As A/HRC/31/12 says, nobody came back.", 9.0, 72.0, 600.0)]
    )
    assert own_symbol(cited) == ""
    running = [line for page in (2, 3) for line in printed([("E/C.12/GC/27", 8.0, 60.0, 800.0)], page)]
    assert own_symbol([*cited, *running]) == "E/C.12/GC/27"
    assert own_symbol([*cited, *printed([("Index: ASA 31/1234/2020", 9.0, 72.0, 500.0)], 2)]) == "ASA 31/1234/2020"


@pytest.mark.parametrize(
    ("line", "language", "date"),
    [
        ("7 April 2025", "en", "2025-04-07"), ("April 7, 2025", "en", "2025-04-07"),
        ("Geneva, 7 April 2025", "en", "2025-04-07"),
        ("avril 2025", "fr", "2025-04"), ("7 de abril de 2025", "es", "2025-04-07"),
        ("Апрель 2025 года", "ru", "2025-04"),
        ("٧ أبريل ٢٠٢٥", "ar", "2025-04-07"), ("25 July 19 84", "en", "1984-07-25"), ("2025-04-07", "en", "2025-04-07"),
        ("10–21 March 2025", "en", ""), ("July - September 2025", "en", ""), ("7 April", "en", ""),
        ("The march of 7 April 2025 was banned by the governor", "en", ""),
    ],
)  # fmt: skip
def test_a_date_is_a_line_of_its_own_and_no_period(line: str, language: str, date: str) -> None:
    assert only_date(line, language) == date


@pytest.mark.parametrize(
    "name",
    ["Human Rights Council", "Cour européenne des droits de l’homme", "Defensoría del Pueblo", "Совет Европы",
     "محكمة العدل الدولية",
     "Association for the Prevention of Torture"],
)  # fmt: skip
def test_bodies_are_recognised_in_several_languages(name: str) -> None:
    assert is_body(name)


@pytest.mark.parametrize(
    "text", ["Report of the Committee", "The committee met.", "Mira Tol", "Fifty-ninth session of the Council"]
)
def test_titles_sentences_and_persons_are_no_bodies(text: str) -> None:
    assert not is_body(text)


def test_names_are_lists_of_persons_and_nothing_else() -> None:
    assert names_of("MIRA TOL AND ANA VAN BEL") == ["Mira Tol", "Ana Van Bel"]
    assert names_of("Dr. Mira Tol, Prof. Ana Bel*") == ["Mira Tol", "Ana Bel"]
    assert names_of("Mira Tol and the Council") == []
    assert not is_person("Human rights")
    assert borne_out("Tol, Mira", printed([("Mira Tol", 11.0, 72.0, 600.0)])) == ["Tol, Mira"]
    assert borne_out("Mira Tol", printed([("She spoke to Mira Tol of the river people.", 9.0, 72.0, 600.0)])) == []
    assert borne_out("", printed([("***", 9.0, 72.0, 600.0)])) == []


def test_a_symbol_tells_who_issues_it() -> None:
    assert issuer_of("A/HRC/40/60").endswith("Human Rights Council")
    assert issuer_of("A/80/38") == "United Nations, General Assembly"
    assert issuer_of("XYZ/1/2") == issuer_of("") == ""
