"""A question's language: the quick look and the identifier agree."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ingest.language.detection import language_of, language_of_question, nearest_language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What happened to the women who marched in Bishkek?", "en"),
        ("How is the law on chhaupadi applied, and by whom?", "en"),
        ("¿Qué ocurrió con las mujeres que marcharon en Biskek?", "es"),
        ("Quelles femmes ont été attaquées à Bichkek le 8 mars 2020 ?", "fr"),
        ("Wie war die Lage der Frauen in Nepal?", "de"),
        ("Что случилось с участницами марша в Бишкеке?", "ru"),
        ("ماذا حدث للنساء في المسيرة؟", "ar"),
        ("नेपालमा महिला अधिकारकर्मीलाई के भयो?", "ne"),
    ],
)
def test_a_questions_language_is_told(question: str, language: str) -> None:
    assert language_of_question(question) == language == language_of(question)


def test_a_plain_english_question_does_not_open_the_identifier() -> None:
    code = (
        "import sys; from ingest.language.detection import language_of_question;"
        "assert language_of_question('What is known of the women who marched?') == 'en';"
        "assert 'py3langid' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_language_that_is_not_among_them_is_told_for_the_one_most_like_it() -> None:
    assert nearest_language("घर पर रोटी कैसे बनाते हैं?", ("ne", "ru", "km")) == "ne"
    assert nearest_language("Скільки калорій у банані?", ("ru", "ne", "km")) == "ru"
