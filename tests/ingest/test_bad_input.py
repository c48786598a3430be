"""Hostile and broken files: each ends in its status, with one line that names the file and the remedy."""

from __future__ import annotations

import gc
import os
import random
import shutil
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from offset_checks import check_offsets
from pdf_maker import HEIGHT, TOP, WIDTH, Item, Scan, make_pdf, paragraph

from ingest.documents import BlockKind, PageState, Status
from ingest.errors import DamagedFile, IngestError, TooBig
from ingest.finding import find_files
from ingest.limits import Limits
from ingest.load import TESSERACT_FAILED, joined, load, unread_pages_messages
from ingest.ocr import ocr_languages, reads_other_scripts
from ingest.page_numbers import page_ranges
from ingest.passages import split_passages
from ingest.sandbox import run_child

TEXT = "The people who lived by the river were moved to the hills in the spring of that year."
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")


def pdf_of_text(path: Path, pages: int = 1, password: str = "") -> Path:
    return make_pdf(path, [paragraph(f"{number}. {TEXT}", TOP) for number in range(pages)], password=password)


def truncated(path: Path) -> None:
    pdf_of_text(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 3])


def noise(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + random.Random(1).randbytes(20_000))


def broken_archive(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(200))


def other_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photos/1.txt", "a")


def hollow_docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")


BAD: list[tuple[str, Callable[[Path], object], Status]] = [
    ("locked.pdf", lambda path: pdf_of_text(path, password="secret"), Status.LOCKED),
    ("cut.pdf", truncated, Status.DAMAGED),
    ("noise.pdf", noise, Status.DAMAGED),
    ("head.pdf", lambda path: path.write_bytes(b"%PDF-1.7\n"), Status.DAMAGED),
    ("empty.pdf", lambda path: path.touch(), Status.DAMAGED),
    ("broken.docx", broken_archive, Status.DAMAGED),
    ("hollow.docx", hollow_docx, Status.DAMAGED),
    ("photo.png", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99)), Status.UNSUPPORTED),
    ("old.doc", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), Status.UNSUPPORTED),
    ("files.zip", other_archive, Status.UNSUPPORTED),
    ("blank.pdf", lambda path: make_pdf(path, [[], []]), Status.NO_TEXT),
    ("links.html", lambda path: path.write_text("<html><body></body></html>"), Status.NO_TEXT),
]


def failure(path: Path, limits: Limits | None = None) -> IngestError:
    with pytest.raises(IngestError) as caught:
        load(path, limits)
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message
    assert message == " ".join(message.split())
    assert not children()
    return caught.value


def children() -> list[psutil.Process]:
    """The parsing processes of this process that still live."""
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            if "ingest.child" in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.NoSuchProcess:
            continue
    return found


@pytest.mark.parametrize(("name", "make", "status"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_ends_in_its_status_with_a_line_that_names_it(
    tmp_path: Path, name: str, make: Callable[[Path], object], status: Status
) -> None:
    path = tmp_path / name
    make(path)
    assert failure(path).status is status


@pytest.mark.parametrize(
    "limits", [Limits(pages=2), Limits(characters=200), Limits(file_bytes=500)], ids=["pages", "characters", "bytes"]
)
def test_a_pdf_over_a_cap_is_too_big(tmp_path: Path, limits: Limits) -> None:
    path = pdf_of_text(tmp_path / "long.pdf", pages=3)
    assert len(load(path).pages) == 3
    error = failure(path, limits)
    assert error.status is Status.TOO_BIG
    assert "split it" in str(error)


def test_a_text_over_the_cap_on_characters_is_too_big(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(TEXT * 10, encoding="utf-8")
    assert failure(path, Limits(characters=len(TEXT) * 10 - 1)).status is Status.TOO_BIG
    assert load(path, Limits(characters=len(TEXT) * 10)).pages


def test_a_table_with_more_rows_than_are_embedded_is_too_big(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text("day,arrests\n" + "".join(f"{day},forty\n" for day in range(300)), encoding="utf-8")
    error = failure(path, Limits(sentences=299))
    assert error.status is Status.TOO_BIG
    assert "299 sentences and table rows: split it" in str(error)
    assert load(path, Limits(sentences=310)).pages


def test_a_docx_that_unpacks_to_too_much_is_refused_by_its_declared_size(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(3_000_000))
    assert path.stat().st_size < 10_000
    assert failure(path, Limits(unpacked_bytes=2_999_999)).status is Status.TOO_BIG


def test_a_file_that_needs_too_much_memory_ends_its_reader(tmp_path: Path) -> None:
    error = failure(pdf_of_text(tmp_path / "greedy.pdf"), Limits(memory_bytes=1))
    assert isinstance(error, TooBig)
    assert "memory" in str(error)


@pytest.mark.parametrize("limits", [Limits(stall_seconds=0.0), Limits(total_seconds=0.0)], ids=["stall", "total"])
def test_a_file_that_takes_too_long_ends_its_reader(tmp_path: Path, limits: Limits) -> None:
    error = failure(pdf_of_text(tmp_path / "slow.pdf"), limits)
    assert isinstance(error, TooBig)
    assert "too long" in str(error)


def test_a_reader_that_is_left_early_ends(tmp_path: Path) -> None:
    path = pdf_of_text(tmp_path / "long.pdf", pages=40)
    messages = run_child(["read", str(path), "{}"], path.name, Limits())
    assert next(messages) == {"file_type": "pdf"}
    assert children()
    del messages
    gc.collect()
    assert not children()


# -- what the reader says is data -------------------------------------------------------------------------------------


@pytest.fixture
def taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a program of ours in the reader's place, as a file that takes it over would."""

    def become(program: str) -> None:
        package = tmp_path / "taken" / "ingest"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "child.py").write_text(program, encoding="utf-8")
        monkeypatch.chdir(package.parent)
        monkeypatch.syspath_prepend(str(package.parent))

    return become


def test_a_reader_that_was_taken_over_runs_nothing_here(tmp_path: Path, taken_over: Callable[[str], None]) -> None:
    taken_over(
        "import os, pickle, sys\n"
        "class Bomb:\n"
        "    def __reduce__(self):\n"
        "        return (os.mkdir, (sys.argv[2] + '.owned',))\n"
        "sys.stdout.buffer.write(pickle.dumps(Bomb()) + b'\\n')\n"
    )
    path = pdf_of_text(tmp_path / "hostile.pdf")
    with pytest.raises(DamagedFile, match=r"hostile\.pdf"):
        load(path)
    assert not (tmp_path / "hostile.pdf.owned").exists()


@pytest.mark.parametrize("reply", ["[1]", '{"page": 7}', '{"page": {"number": 1}}', '{"file_type": "exe"}', "7", "{}"])
def test_a_reply_of_the_wrong_shape_is_a_damaged_file(
    tmp_path: Path, taken_over: Callable[[str], None], reply: str
) -> None:
    taken_over(f"print({reply!r})")
    with pytest.raises(DamagedFile, match=r"hostile\.pdf"):
        load(pdf_of_text(tmp_path / "hostile.pdf"))


def test_a_reader_that_dies_is_a_damaged_file(tmp_path: Path, taken_over: Callable[[str], None]) -> None:
    taken_over("import os\nos.abort()")
    error = failure(pdf_of_text(tmp_path / "hostile.pdf"))
    assert isinstance(error, DamagedFile)


def test_a_reader_that_never_stops_talking_is_ended(tmp_path: Path, taken_over: Callable[[str], None]) -> None:
    taken_over("while True:\n    print('{\"metadata\": {}}', flush=True)")
    started = time.monotonic()
    threads = threading.active_count()
    messages = run_child(["read", "x", "{}"], "endless.pdf", Limits(total_seconds=0.5))
    with pytest.raises(TooBig):  # noqa: PT012  # it is the loop that must end
        for _ in messages:
            assert time.monotonic() - started < 30
            time.sleep(0.001)  # whoever listens is slower than the talk
    assert not children()
    assert threading.active_count() == threads, "who listens to the child ends with it"


def test_a_reader_that_talks_is_held_to_its_memory_too(tmp_path: Path, taken_over: Callable[[str], None]) -> None:
    taken_over(
        "held = []\n"
        "while True:\n"
        "    if len(held) < 300:\n"
        "        held.append(b'x' * 1_000_000)\n"
        "    print('{\"metadata\": {}}', flush=True)\n"
    )
    started = time.monotonic()
    messages = run_child(["read", "x", "{}"], "endless.pdf", Limits(memory_bytes=200_000_000, stall_seconds=5))
    with pytest.raises(TooBig, match="memory"):  # noqa: PT012  # as above
        for _ in messages:
            assert time.monotonic() - started < 30
            time.sleep(0.001)


def test_files_of_the_working_folder_are_not_run_by_the_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf_of_text(tmp_path / "report.pdf")
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "base64.py").write_text(f"import os\nos.mkdir({str(tmp_path / 'owned')!r})", encoding="utf-8")
    monkeypatch.chdir(folder)
    try:
        load(path)
    finally:
        assert not (tmp_path / "owned").exists()


# -- pictures of text -------------------------------------------------------------------------------------------------

SCAN = Scan(("The soldiers burned the houses", "of the people by the river."))


@needs_tesseract
def test_a_scan_is_read_with_a_box_for_every_word(tmp_path: Path) -> None:
    document = load(make_pdf(tmp_path / "scan.pdf", [[SCAN]]))
    (page,) = document.pages
    assert page.state is PageState.OCR
    assert " ".join(page.text.split()) == " ".join(SCAN.lines)
    assert [page.text[word.start : word.end] for word in page.words] == page.text.split()
    for word in page.words:
        assert 0 < word.left < word.right < WIDTH
        assert 0 < word.bottom < word.top < HEIGHT
    first, last = page.words[0], page.words[-1]
    assert first.bottom > last.top
    # The picture's letters begin 150 of 1190 pixels from the left and 200 of 1684 from the top.
    assert first.left == pytest.approx(150 / 1190 * WIDTH, abs=4)
    assert first.top == pytest.approx(HEIGHT - 200 / 1684 * HEIGHT, abs=8)
    check_offsets(document)


@needs_tesseract
def test_scanned_pages_between_others_keep_their_places(tmp_path: Path) -> None:
    other = Scan(("The river took the bridge", "in the second week of May."))
    pages: list[list[Item]] = [[SCAN], [*paragraph(TEXT, TOP)], [other], [*paragraph(TEXT, TOP)], [SCAN], [other]]
    document = load(make_pdf(tmp_path / "mixed.pdf", pages))
    assert [page.number for page in document.pages] == [1, 2, 3, 4, 5, 6]
    ocr, text = PageState.OCR, PageState.TEXT
    assert [page.state for page in document.pages] == [ocr, text, ocr, text, ocr, ocr]
    assert ["soldiers" in page.text for page in document.pages] == [True, False, False, False, True, False]
    assert ["bridge" in page.text for page in document.pages] == [False, False, True, False, False, True]


@pytest.mark.usefixtures("without_tesseract")
@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for Tesseract")
def test_a_page_that_tesseract_fails_on_is_named_as_unread(tmp_path: Path) -> None:
    program = Path(os.environ["PATH"]) / "tesseract"
    program.write_text("#!/bin/sh\n[ $1 = --list-langs ] && echo eng || exit 1\n", encoding="utf-8")
    program.chmod(0o755)
    ocr_languages.cache_clear()
    document = load(make_pdf(tmp_path / "half.pdf", [[*paragraph(TEXT, TOP)], [SCAN]]))
    assert [page.state for page in document.pages] == [PageState.TEXT, PageState.NO_TEXT]
    assert str(joined(unread_pages_messages(document.pages))) == f"no text on page 2 ({TESSERACT_FAILED})"


@pytest.mark.usefixtures("without_tesseract")
def test_a_scan_without_tesseract_is_refused_with_its_pages_and_the_remedy(tmp_path: Path) -> None:
    error = failure(make_pdf(tmp_path / "scan.pdf", [[SCAN], [SCAN]]))
    assert error.status is Status.NO_TEXT
    assert "pages 1–2" in str(error)
    assert "install Tesseract" in str(error)


@pytest.mark.usefixtures("without_tesseract")
def test_a_report_with_scanned_pages_is_read_and_names_the_unread_ones(tmp_path: Path) -> None:
    text = paragraph(TEXT, TOP)
    pages: list[list[Item]] = [[*text], [*text], [SCAN], [SCAN], [SCAN]]
    document = load(make_pdf(tmp_path / "half.pdf", pages))
    assert [page.state for page in document.pages] == [PageState.TEXT] * 2 + [PageState.NO_TEXT] * 3
    assert "pages 3–5" in str(joined(unread_pages_messages(document.pages)))
    assert {page for passage in split_passages(document) for page in passage.pages} == {1, 2}


def test_an_empty_page_is_no_unread_page(tmp_path: Path) -> None:
    document = load(make_pdf(tmp_path / "gap.pdf", [paragraph(TEXT, TOP), [], paragraph(TEXT, TOP)]))
    assert [page.state for page in document.pages] == [PageState.TEXT, PageState.EMPTY, PageState.TEXT]
    assert joined(unread_pages_messages(document.pages)) is None


# -- legacy fonts -----------------------------------------------------------------------------------------------------

PREETI = (
    "g]kfnsf] ;+ljwfg @)&@ k|:tfjgf xfd|L ;fj{ef}d;Qf;DkGg g]kfnL hgtf g]kfnsf] :jtGqtf, ef}uf]lns cv08tf, /fli6«o"
    " Pstf, :jfwLgtf / :jfledfgnfO{ cIf'0f0f /fvL hgtfsf] ;fj{ef}d clwsf/, :jfoQtf / :jzf;gsf] clwsf/nfO{ cfTd;ft ub}{,"
)


def test_gibberish_of_a_legacy_font_is_in_no_passage(tmp_path: Path) -> None:
    pages: list[list[Item]] = [[*paragraph(TEXT, TOP)], [*paragraph(PREETI, TOP)], [*paragraph(TEXT, TOP)]]
    document = load(make_pdf(tmp_path / "mixed.pdf", pages))
    assert document.pages[1].state is PageState.GARBLED
    assert all(block.kind is BlockKind.FURNITURE for block in document.pages[1].blocks)
    assert {page for passage in split_passages(document) for page in passage.pages} == {1, 3}
    assert "text layer is unusable" in str(joined(unread_pages_messages(document.pages)))
    assert "page 2" in str(joined(unread_pages_messages(document.pages)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["ingest_nepal_constitution_preeti_ne.pdf", "ingest_cambodia_constitution_legacyfont_km.pdf"]
)
def test_real_files_in_legacy_fonts_give_no_gibberish(eval_sets: Path, name: str) -> None:
    path = eval_sets / "ingest" / "docs" / name
    if not reads_other_scripts():
        error = failure(path)
        assert error.status is Status.NO_TEXT
        assert "text layer is unusable" in str(error)
        return
    document = load(path)
    read = {page for passage in split_passages(document) for page in passage.pages}
    assert not read & {page.number for page in document.pages if page.state is PageState.GARBLED}
    assert not any("]" in passage.text and ";" in passage.text for passage in split_passages(document))


def test_a_real_khmer_file_is_read(eval_sets: Path) -> None:
    document = load(eval_sets / "ingest" / "docs" / "ingest_cambodia_constitution_km.pdf")
    check_offsets(document)
    letters = [char for passage in split_passages(document) for char in passage.text if char.isalpha()]
    assert sum("\u1780" <= char <= "\u17ff" for char in letters) > 0.8 * len(letters) > 10_000


@needs_tesseract
def test_a_real_scan_is_read(eval_sets: Path) -> None:
    document = load(eval_sets / "ingest" / "docs" / "ingest_ocr_sample_en.pdf")
    assert {page.state for page in document.pages} == {PageState.OCR}
    check_offsets(document)


# -- finding files ----------------------------------------------------------------------------------------------------


def test_folders_are_searched_in_order_and_hidden_files_left_out(tmp_path: Path) -> None:
    for name in ("b.pdf", "a/c.txt", ".hidden", ".git/config", "a/.DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = find_files([tmp_path, tmp_path / "b.pdf"])
    assert [file.path.relative_to(tmp_path).as_posix() for file in found] == ["a/c.txt", "b.pdf"]


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    (found,) = find_files([tmp_path / "missing.pdf"])
    assert not found.exists
    assert "missing.pdf does not exist" in str(found.problem)


def test_progress_counts_the_pages(tmp_path: Path) -> None:
    counted: list[int] = []
    load(pdf_of_text(tmp_path / "long.pdf", pages=3), on_page=counted.append)
    assert counted == [1, 2, 3]


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([3], "page 3"), ([5, 3, 4, 4], "pages 3–5"), ([1, 2, 9], "pages 1–2, 9"), ([2, 4], "pages 2, 4")],
)
def test_page_numbers_are_written_as_people_write_them(numbers: list[int], text: str) -> None:
    assert str(page_ranges(numbers)) == text


def test_a_path_from_the_working_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf_of_text(tmp_path / "report.pdf")
    monkeypatch.chdir(tmp_path)
    assert load(Path("report.pdf")) == load(path)
