"""BibTeX and CSL-JSON as other programs read them."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from examples import CHAT, CITATIONS, LETTER, REPORT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.exports.bibliography import entries, to_bibtex, to_csl
from app.exports.manuscript import make_manuscript

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Co", "Cn")), min_size=1, max_size=30)


def test_there_is_one_entry_a_document_with_a_key_that_stays() -> None:
    once, twice = entries(CITATIONS), entries(make_manuscript(CHAT).citations)
    assert [entry.digest for entry in once] == [REPORT, LETTER]
    assert {entry.key for entry in once} == {entry.key for entry in twice}
    assert once[0].key == "forumasia2020standing-ababab"


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
@example("100 % of {them} & \\ $x$ #1 _a_ ~ ^", "A } b")
@example("Ограда {", "មនុស្ស")
def test_bibtex_comes_back_from_a_parser_letter_by_letter(title: str, author: str) -> None:
    author = author.replace(";", "")
    cited = replace(CITATIONS[0], title=title, author=author)
    library = bibtexparser.parse_string(to_bibtex([cited]))
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {key: _read(field.value) for key, field in entry.fields_dict.items()}
    (expected,) = entries([cited])
    assert fields["title"] == expected.title
    assert fields.get("author", "") == " and ".join(expected.authors)
    assert fields["year"] == "2020"
    assert fields["note"] == expected.note


def _read(value: str) -> str:
    """Return a field as a program shows it: the outer braces gone, the commands for letters read."""
    for command, letter in (
        (r"\textbackslash{}", "\0"),
        (r"\textbraceleft{}", "\1"),
        (r"\textbraceright{}", "\2"),
        (r"\textasciitilde{}", "~"),
        (r"\textasciicircum{}", "^"),
    ):
        value = value.replace(command, letter)
    for char in "&%$#_":
        value = value.replace(f"\\{char}", char)
    assert "\\" not in value
    value = value.replace("{", "").replace("}", "")
    return value.replace("\0", "\\").replace("\1", "{").replace("\2", "}")


def test_another_programs_reader_of_latex_agrees() -> None:
    library = bibtexparser.parse_string(to_bibtex(CITATIONS), append_middleware=[LatexDecodingMiddleware()])
    assert "Standing & falling: 100 % of" in library.entries[0].fields_dict["title"].value


def test_a_united_nations_symbol_in_the_title_becomes_the_number() -> None:
    cited = replace(CITATIONS[0], title="Concluding observations, CEDAW/C/NPL/CO/6")
    assert json.loads(to_csl([cited]))[0]["number"] == "CEDAW/C/NPL/CO/6"
    assert "number = {CEDAW/C/NPL/CO/6}" in to_bibtex([cited])


# Names and types of the fields used, from csl-data.json 1.0 of the Citation Style Language.
CSL_TYPES = {"id": str, "type": str, "title": str, "number": str, "note": str, "author": list, "issued": dict}


def test_csl_json_keeps_the_schemas_rules_and_a_citation_processor_reads_it() -> None:
    items = json.loads(to_csl(CITATIONS))
    for item in items:
        assert all(isinstance(value, CSL_TYPES[key]) for key, value in item.items())
        assert item["type"] == "report"
        assert item["issued"] == {"date-parts": [[2020]]}
        assert item["author"] == [{"literal": "FORUM-ASIA"}]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        bibliography.register(Cited([CitationItem(item["id"]) for item in items]))
        lines = [str(line) for line in bibliography.bibliography()]
    assert len(lines) == 2
    assert all("2020" in line and "Standing" in line for line in lines)


@pytest.mark.parametrize("year", ["", "n.d.", "2020–2021", "May 2020"])
def test_a_year_is_a_number_or_left_out(year: str) -> None:
    (item,) = json.loads(to_csl([replace(CITATIONS[0], year=year)]))
    assert item.get("issued") in (None, {"date-parts": [[2020]]})
    assert ("issued" in item) == ("2020" in year)


def test_publisher_symbol_and_day_stand_in_the_bibliography() -> None:
    cited = replace(
        CITATIONS[0],
        author="",
        publisher="United Nations, Council",
        symbol="S/2025/211",
        year="2025",
        date="2025-04-07",
    )
    (item,) = json.loads(to_csl([cited]))
    assert item["author"] == [{"literal": "United Nations, Council"}], "in place of an author"
    assert (item["publisher"], item["number"]) == ("United Nations, Council", "S/2025/211")
    assert item["issued"] == {"date-parts": [[2025, 4, 7]]}
    text = to_bibtex([cited])
    assert "publisher = {United Nations, Council}" in text
    assert "number = {S/2025/211}" in text
