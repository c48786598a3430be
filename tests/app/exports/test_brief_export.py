"""A brief as people take it away: notes and quotes in order, real footnotes, a bibliography, a pack that is checked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
from docx.oxml.ns import qn
from examples import CITATIONS
from lxml import etree

from app.brief import Brief
from app.exports.check import check_pack
from app.exports.formats import to_json
from app.exports.manuscript import make_manuscript
from app.exports.markdown import to_markdown
from app.exports.masking.plan import plan_masks
from app.exports.pack import PackSettings, make_pack
from app.exports.text import to_text
from app.exports.unpack import open_pack
from app.exports.word import to_docx
from reader.opening import open_reader

BRIEF = (
    Brief("For the *Council*")
    .with_note("Detentions.\n\nAll of <them>:")
    .with_quotes(CITATIONS[:2])
    .with_note("")
    .with_note("And in her own words:")
    .with_quotes(CITATIONS[4:])
)


def test_word_has_notes_as_paragraphs_quotes_numbered_with_footnotes_and_a_bibliography() -> None:
    content = to_docx(make_manuscript(BRIEF))
    paragraphs = [(p.style.name, p.text) for p in docx.Document(io.BytesIO(content)).paragraphs]
    assert [text for style, text in paragraphs if style == "Normal"][:3] == [
        "Detentions.",
        "All of <them>:",
        "And in her own words:",
    ]
    quotes = [text for style, text in paragraphs if style == "List Number"]
    assert quotes == [f"“{' '.join(CITATIONS[n].quote.split())}”" for n in (0, 1, 4)]
    headings = [text for style, text in paragraphs if style.startswith(("Title", "Heading"))]
    assert headings == ["For the *Council*", "Bibliography"]
    listed = [text for style, text in paragraphs if text.startswith("FORUM-ASIA")]
    assert listed == ["FORUM-ASIA, Standing & falling: 100 % of {them}, 2020"]
    assert "whoever made this brief" in paragraphs[-1][1]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
    real = [note for note in notes.iter(qn("w:footnote")) if note.get(qn("w:type")) is None]
    texts = ["".join(part.text or "" for part in note.iter(qn("w:t"))) for note in real]
    assert len(texts) == 3
    for text, citation in zip(texts, (CITATIONS[0], CITATIONS[1], CITATIONS[4]), strict=True):
        assert citation.place in text


def test_markdown_has_notes_quotes_footnotes_and_a_bibliography_and_nothing_is_markup() -> None:
    text = to_markdown(make_manuscript(BRIEF))
    order = [
        "# For the",
        "Detentions.",
        "All of",
        "- “Ms Sita",
        "[^1]",
        "[^2]",
        "And in her",
        "[^3]",
        "## Bibliography",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert "All of \\<them\\>:" in text
    assert text.count("[^3]: ") == 1


def test_the_terminal_shows_quotes_whole_below_a_note() -> None:
    long = Brief().with_note("Look:").with_quotes([CITATIONS[0], CITATIONS[1]])
    text = to_text(make_manuscript(long))
    for citation in CITATIONS[:2]:
        assert " ".join(citation.quote.split()) in text


def test_an_empty_brief_can_be_exported() -> None:
    assert to_markdown(make_manuscript(Brief())).startswith("# Brief")
    assert docx.Document(io.BytesIO(to_docx(make_manuscript(Brief()))))


def test_names_are_masked_in_notes_too() -> None:
    brief = BRIEF.with_note("Sita Tamang told us.")
    plan = plan_masks(brief)
    manuscript = make_manuscript(plan.apply_to(brief), masks=plan.shown)
    assert "Tamang" not in to_markdown(manuscript)
    assert "[Person" in to_markdown(manuscript)
    assert "Tamang" not in str(to_json(plan.apply_to(brief)))


def test_a_pack_is_verified_and_says_which_words_are_a_readers_own(tmp_path: Path) -> None:
    pages = {(c.document_id, c.page): c.quote for c in CITATIONS}
    packed = make_pack(make_manuscript(BRIEF), PackSettings("9.9", "e5", "extractive"), lambda d, p: pages[d, p])
    file = tmp_path / "brief.zip"
    file.write_bytes(packed)
    found = list(check_pack(open_pack(file), "9.9", open_reader()))
    assert [finding.line for finding in found if finding.right is False] == []
    assert [finding.line for finding in found if finding.right is None and "note by whoever" in finding.line]
