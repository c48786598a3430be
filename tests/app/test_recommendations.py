"""Recommendations: every one found, verbatim and cited, by whom it is made to; what only looks like one is left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.cases import Addressee, Recommendations, recommendations, recommendations_json
from app.cases.reading import Line
from app.cases.recommendations import find_recommendations, says_so
from app.cli import main
from app.exports.manuscript import NONE_FOUND, make_manuscript
from app.exports.markdown import to_markdown
from app.exports.text import to_text
from evaluation.answers import wrong_quotes
from ingest.documents import BlockKind
from vectorstore.library import Library
from vectorstore.records import StoredSentence

REPORT = """# The case of Nepal

Police in Nepal should have protected the march. It must be noted that the law says women must obtain a permit.

The government received 215 requests from organisations during that year.

Women's organisations in Nepal should be funded by donors for many years to come.

## Recommendations to the Government of Nepal:

- Ensure that women human rights defenders can work without fear
- Adopt a law against harassment online;

## Recommendations to companies

- Publish the wages that they pay to women workers

## Decisions

The Committee urges the State party to:

(a) Investigate all killings of women defenders;

(b) Repeal the provisions that restrict assembly.

The march of that year was peaceful and ended at noon.
"""
SPEAKING = {
    "en": "The Security Council must renew the mandate of the mission.",
    "fr": "Le gouvernement devrait adopter une loi contre la violence.",
    "es": "Se insta al Gobierno: el Estado debe proteger a las defensoras.",
    "ru": "Правительству следует принять закон о защите правозащитниц.",
    "ky": "Өкмөт аялдардын укуктарын коргошу керек.",
    "ar": "ينبغي للدولة أن تحمي المدافعات عن حقوق الإنسان",
    "ne": "सरकारले महिला मानव अधिकार रक्षकको सुरक्षा गर्नुपर्छ।",
    "km": "រដ្ឋាភិបាលគួរការពារអ្នកការពារសិទ្ធិមនុស្ស",
}
NOT_SPEAKING = (
    "The police should have arrived before the attack began.",
    "It must be noted that the figures are not complete.",
    "If the court should find him guilty, he faces ten years.",
    "Under the law, applicants must submit three forms to the ministry.",
    "The Mine Action Service responded to 347 requests from local communities.",
    "Everyone shall have the right to freedom of association with others.",
    "The Committee adopted general recommendation No. 40 by consensus.",
    "Their request to meet the First Vice-President was not granted.",
    "He condemned the killings in a speech and called for calm.",
    "The statements condemned the clashes, calling for restraint and calm.",
    "Лидеры общин призывали к спокойствию во всей стране.",
)
DONE_BY_OTHERS = {
    "The leaders of the government must be investigated for the killings.": "other",
    "Les dirigeants du gouvernement doivent être jugés pour ces crimes.": "other",
    "Las autoridades deben ser investigadas por estos hechos graves.": "other",
    "Чиновники правительства должны быть привлечены к ответственности.": "other",
    "सरकारका अधिकारीहरूलाई कारबाही गरिनुपर्छ भन्ने माग छ।": "other",
    "Journalists and defenders must be protected by the police.": "State",
    "La loi sur les associations doit être abrogée par le parlement.": "State",
    "Власти должны защитить женщин от насилия.": "State",
    "The Council called for the immediate release of all leaders by the government.": "State",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recommending")
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def library(folder: Path) -> Iterator[Library]:
    library = Library(folder / "library")
    assert library.add(folder / "report.md").status == "ready"
    yield library
    library.close()


@pytest.fixture(scope="module")
def found(library: Library) -> Recommendations:
    return recommendations(library)


def _texts(result: Recommendations, addressee: Addressee) -> list[str]:
    return [item.sentence.text for item in result.by_addressee().get(addressee, ())]


def test_items_of_a_list_are_made_to_whom_its_heading_or_first_line_names(found: Recommendations) -> None:
    to_state = " | ".join(_texts(found, Addressee.STATE))
    for item in ("Ensure that women", "Adopt a law", "Investigate all killings", "Repeal the provisions"):
        assert item in to_state
    assert any("Publish the wages" in text for text in _texts(found, Addressee.COMPANIES))


def test_what_happened_or_what_a_law_says_is_no_recommendation(found: Recommendations) -> None:
    everything = " ".join(item.sentence.text for item in found.found)
    for text in ("should have protected", "must be noted", "215 requests", "march of that year"):
        assert text not in everything


def test_every_recommendation_is_a_verbatim_quote_with_its_page(
    folder: Path, found: Recommendations, sample_library: Library
) -> None:
    assert found.citations
    assert all(item.sentence.citations and item.sentence.verdict == "quoted" for item in found.found)
    of_sample = recommendations(sample_library)
    assert of_sample.found
    assert not wrong_quotes(Path(__file__).resolve().parents[2] / "data" / "sample", of_sample.citations)


@pytest.mark.parametrize("language", SPEAKING)
def test_recommending_is_known_in_every_language_of_the_reports(language: str) -> None:
    assert says_so(SPEAKING[language])


@pytest.mark.parametrize("text", NOT_SPEAKING)
def test_it_is_not_fooled_by(text: str) -> None:
    assert not says_so(text)


@pytest.mark.parametrize(("text", "addressee"), DONE_BY_OTHERS.items())
def test_whom_something_is_to_be_done_to_is_not_who_is_to_do_it(text: str, addressee: str) -> None:
    stored = StoredSentence(1, 1, "a", 0, f"[[1, 0, {len(text)}]]", text, BlockKind.BODY, "")
    (found,) = find_recommendations([Line((stored,), "", 0, 0)])
    assert found.addressee == addressee


@given(st.text(max_size=200))
def test_no_text_breaks_the_finder(text: str) -> None:
    assert says_so(text) in (True, False)


def test_a_country_or_an_addressee_narrows_them(sample_library: Library) -> None:
    whole = recommendations(sample_library)
    kyrgyz = recommendations(sample_library, ["Kyrgyzstan"])
    assert 0 < len(kyrgyz.found) < len(whole.found)
    assert kyrgyz.countries == ("Kyrgyzstan",)
    nobody = recommendations(sample_library, ["Cambodia"], addressees=[Addressee.DONORS])
    assert not nobody.found
    assert str(NONE_FOUND) in to_text(make_manuscript(nobody))


def test_markdown_shows_a_reports_words_as_data(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "hostile.md").write_text(
        "# Kenya\n\nThe State must repeal \\[this\\](http://x.example) law and \\*protect\\* women.\n",
        encoding="utf-8",
    )
    library = Library(tmp_path / "library")
    library.add(tmp_path / "hostile.md")
    text = to_markdown(make_manuscript(recommendations(library)))
    library.close()
    assert "must repeal" in text
    shown = MarkdownIt().render(text)
    assert "<a " not in shown
    assert "<em>protect" not in shown


def test_the_command_needs_no_embedding_model_and_prints_json(
    library: Library, found: Recommendations, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHRD_HOME", str(library.home))
    monkeypatch.setenv("WHRD_EMBEDDER", "/no/model/here")
    assert main(["recommendations", "--to", "State", "--to", "companies", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"countries", "documents", "counts", "recommendations", "citations"}
    assert {item["addressee"] for item in printed["recommendations"]} == {"State", "companies"}
    assert recommendations_json(found)["documents"] == ["report.md"]


ITEMS = """# The watch at Orvale

The State should:

- Reopen the sixteen shelters in Orvale before winter
- Fund midwives
- Never again hold children with adults

Donors are urged to:

1. Pay the translators of the watch
2. Visit the camp

Key findings:

1. Guards at Drenova beat seventeen men on 4 June 2020
2. Release papers were burned by soldiers at Orvale
"""


def test_items_without_a_full_stop_are_asked_of_whom_their_opening_line_names(tmp_path: Path) -> None:
    (tmp_path / "watch.md").write_text(ITEMS, encoding="utf-8")
    library = Library(tmp_path / "library")
    assert library.add(tmp_path / "watch.md").status == "ready"
    found = recommendations(library)
    assert _texts(found, Addressee.STATE) == [
        "Reopen the sixteen shelters in Orvale before winter",
        "Fund midwives",
        "Never again hold children with adults",
    ]
    assert _texts(found, Addressee.DONORS) == ["Pay the translators of the watch", "Visit the camp"]
    assert len(found.found) == 5
    assert {item.above for item in found.found} == {"The State should:", "Donors are urged to:"}
    assert found.citations[1].lead == "The State should:"
    library.close()
