"""Do no harm: what is masked is gone from every format, and the same words get the same mask."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from pathlib import Path

import pytest
from examples import ANSWER, CHAT, LETTER, OUTCOMES, citation
from hypothesis import given, settings
from hypothesis import strategies as st

from app.answers import Answer, AnswerSentence, AnswerStatus, Verdict
from app.exports.formats import FORMATS, export
from app.exports.manuscript import Outcome
from app.exports.masking.plan import MAY_MISS, plan_masks, plan_texts, preview
from evaluation.cli import main as evaluate
from evaluation.masking import measure
from vectorstore.library import Library

NAMES = (
    "Sita",
    "Tamang",
    "sita-tamang",
    "Bishkek",
    "ليلى",
    "حمص",
    "មុំ",
    "ភ្នំពេញ",
    "सीता",
    "पोखरा",
    "Айгуль",
    "Жаныбеков",
)


@pytest.mark.parametrize("form", [name for name in FORMATS if name != "pack"])
@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_no_name_is_left_in_any_format(outcome: Outcome, form: str, sample_library: Library) -> None:
    made = export(outcome, form, sample_library, plan=plan_masks(outcome))
    texts = [made.content.decode("utf-8", "replace"), made.name]
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
            texts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if ".xml" in name]
    for name in NAMES:
        assert not any(name in text for text in texts), name


def test_a_masked_export_says_so_and_a_masked_quote_is_called_not_verbatim(sample_library: Library) -> None:
    plan = plan_masks(ANSWER)
    text = export(ANSWER, "md", sample_library, plan=plan).content.decode()
    assert "are masked" in text
    assert text.count("(masked: not verbatim)") == 5
    assert json.loads(export(ANSWER, "json", sample_library, plan=plan).content)["masked"] == list(plan.shown)


def test_countries_institutions_and_united_nations_bodies_are_not_masked() -> None:
    text = (
        "In Nepal and Cambodia the Ministry of Interior, Amnesty International, the United Nations Human Rights Council"
        " and the Committee on the Elimination of Discrimination against Women spoke on Monday, 8 March 2020. NGOs and"
        " the Kyrgyz parliament agreed. Правительство Кыргызстана не ответило. نيبال"
    )
    assert not plan_texts([text]).masks


def test_a_name_keeps_its_mask_in_part_in_capitals_in_another_case_and_over_a_line_break() -> None:
    texts = [
        "The lawyer Айгуль Жаныбекова wrote. Адвоката Айгуль Жаныбекову задержали, Жаныбековой отказали.",
        "Ms Sita Tamang was heard. Tamang left with SITA TAMANG’s sister.\nSita Ta-\nmang",
    ]
    plan = plan_texts(texts)
    russian, english = map(plan.apply, texts)
    assert russian.count("[Person") == 3
    assert "Жаныб" not in russian
    assert english.count("[Person") == 4
    assert len({mask.mask for mask in plan.masks}) == 2


def test_terms_are_added_and_kept_as_the_user_says() -> None:
    plan = plan_masks(ANSWER, add=["8 March", "absent words"], keep=["Bishkek"])
    masked = plan.apply_to(ANSWER)
    assert "Bishkek on [Masked 1]" in masked.sentences[0].text
    shown = preview(plan)
    assert "8 March → [Masked 1] (2×)" in " ".join(shown.split())
    assert "Not found, so nothing to mask: absent words." in shown
    assert str(MAY_MISS) in shown


def test_what_is_no_text_stays_as_it_is() -> None:
    masked = plan_masks(CHAT).apply_to(CHAT)
    first, kept = CHAT.turns[0].outcome, masked.turns[0].outcome
    assert isinstance(first, Answer)
    assert isinstance(kept, Answer)
    assert [c.document_id for c in kept.citations] == [c.document_id for c in first.citations]
    assert (kept.status, masked.id) == (first.status, CHAT.id)


FIRST = st.sampled_from(["Sita", "Aizada", "Dara", "Rosa", "Amina", "Елена", "Гульмира"])
LAST = st.sampled_from(["Tamang", "Bekova", "Sok", "Mendoza", "Yusuf", "Иванова", "Асанова"])


@settings(max_examples=60, deadline=None)
@given(FIRST, LAST, st.sampled_from(["{n} was detained.", "Ms {n} fled.", "They met {n}.", "“No,” said {n}."]))
def test_a_full_name_is_masked_wherever_it_stands_and_masking_again_changes_nothing(
    first: str, last: str, frame: str
) -> None:
    text = frame.format(n=f"{first} {last}")
    cited = citation(1, text, LETTER)
    sentences = (AnswerSentence(text, Verdict.QUOTED, (1,)),)
    answer = Answer(f"Who is {first} {last}?", AnswerStatus.ANSWERED, sentences, (cited,))
    plan = plan_masks(answer)
    masked = plan.apply_to(answer)
    assert plan.apply_to(masked) == masked
    for text in (masked.question, masked.sentences[0].text, masked.citations[0].quote):
        assert first not in text
        assert last not in text
    assert dataclasses.replace(masked.citations[0], quote="", document="") == dataclasses.replace(
        cited, quote="", document=""
    )


def test_addresses_and_numbers_are_masked_and_figures_are_not() -> None:
    text = (
        "Write to a.b@example.org, call +996 555 123 456, passport No. AB123456, 14 Lotus Road. On 8 March 2020 some"
        " 1,250 people paid 25,000,000 som under article 12 of law 301 (A/HRC/40/60)."
    )
    plan = plan_texts([text])
    assert {mask.kind for mask in plan.masks} == {"e-mail", "phone", "number", "address"}
    masked = plan.apply(text)
    assert "1,250 people paid 25,000,000 som under article 12 of law 301 (A/HRC/40/60)" in masked
    assert "8 March 2020" in masked


def test_recall_on_the_marked_sentences_has_not_fallen(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(["masking", "--json"]) == 0
    groups = {group["group"]: group for group in json.loads(capsys.readouterr().out)["groups"]}
    held_out = groups["held out"]
    assert held_out["names"] >= 60
    assert held_out["masked"] / held_out["names"] >= 0.85
    assert groups["all"]["other"] <= 3


def test_the_measure_counts_what_is_left_standing() -> None:
    marked = {"language": "en", "held_out": True, "text": "In Nepal Ms Sita Rai saw sun.", "names": ["Sita Rai", "sun"]}
    (missed,) = measure([marked])["missed"]
    assert missed == "en (held out) sun"


def test_the_marked_sentences_hold_the_names_that_are_marked() -> None:
    file = Path(__file__).resolve().parents[3] / "evaluation" / "names_to_mask.jsonl"
    marked = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(marked) >= 60
    assert all(name in sentence["text"] for sentence in marked for name in sentence["names"])
