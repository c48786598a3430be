"""The screen's languages: complete catalogues, and messages of other modules in the window's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answers import Answer, AnswerSentence, AnswerStatus, Gap, GapKind, Verdict
from app.chat import i18n
from app.chat.extraction import extract, po_file, read, untranslated, updated, written
from app.chat.i18n import accepted_languages, first_supported, preferred_language, translate
from app.chat.phrases import gap_sentences
from app.exports.manuscript import REFUSALS
from app.messages import Message, message
from app.refusal.explanation import help_lines
from app.translations import ENGLISH, LANGUAGES, catalogue
from app.verification import verify_sentence
from ingest.documents import Page, PageState
from ingest.load import joined, unread_pages_messages

ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = [code for code in LANGUAGES if code != ENGLISH]
PLACEHOLDER = re.compile(r"\{\w+\}")
MARKUP = re.compile(r"\*\*|`")
SCREEN = sorted((ROOT / "app" / "chat").rglob("*.py"))
PROGRAM = [path for folder in ("app", "ingest", "vectorstore") for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """The language of a window that is not there."""
    monkeypatch.setattr(i18n, "language", lambda: request.param)
    return str(request.param)


@pytest.fixture
def scanned_pages() -> list[Page]:
    """Pages of a report of which some have no text."""
    numbers = (3, 4, 5, 6, 7, 8, 9, 12)
    return [Page(number, "", (), state=PageState.NO_TEXT) for number in numbers]


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_has_every_sentence_of_the_screen_and_no_other(code: str) -> None:
    words = read(po_file(code))
    assert untranslated(words) == []
    assert [message.id for message in words if message.fuzzy and message.id] == []
    assert {message.id for message in words} == {message.id for message in extract()}
    assert po_file(code).read_bytes() == written(updated(code)), "run: make translations"


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_placeholders_and_the_emphasis_of_its_sentence(code: str) -> None:
    for item in read(po_file(code)):
        ids = [item.id] if isinstance(item.id, str) else list(item.id)
        strings = [item.string] if isinstance(item.string, str) else list(item.string or ())
        wanted = set(PLACEHOLDER.findall(ids[0]))
        for string in strings if ids[0] else ():
            # "One report" and the dual need no number.
            found = set(PLACEHOLDER.findall(string)) | ({"{number}"} & wanted if len(ids) > 1 else set())
            assert found == wanted, f"{code}: {string}"
            assert sorted(MARKUP.findall(string)) == sorted(MARKUP.findall(ids[0])), f"{code}: {string}"
            assert string.format(**{name.strip("{}"): "x" for name in wanted})


def test_every_word_on_the_screen_goes_through_the_catalogue() -> None:
    """Labels, helps and texts that are handed to Streamlit are no words of their own."""
    loose = [f"{path.name}:{line}: {words}" for path in SCREEN for line, words in _loose_words(path)]
    assert loose == []


def test_the_extraction_finds_every_call_of_the_translating_functions() -> None:
    """One inside an f-string would be translated, and never extracted."""
    hidden = [
        f"{path.name}:{inner.lineno}"
        for path in SCREEN
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and _name(inner.func) in ("_", "ngettext")
        if inner.args and isinstance(inner.args[0], ast.Constant)
    ]
    assert hidden == []


def test_the_form_of_every_message_is_written_out_where_the_extraction_finds_it() -> None:
    """A form that is put together at run time would never be translated."""
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in PROGRAM
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _name(node.func) == "message"
        if not (node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str))
    ]
    assert hidden == []


def test_every_form_of_a_message_in_the_program_has_a_translation_of_its_own() -> None:
    forms = {
        node.args[0].value
        for path in PROGRAM
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _name(node.func) == "message" and isinstance(node.args[0], ast.Constant)
    }
    assert len(forms) > 90
    sentences = {form for form in forms if len(re.sub(r"\{\w+\}", "", form).split()) > 2}
    for code in TRANSLATED:
        known = {item.id for item in read(po_file(code))}
        assert forms <= known, code
        assert [form for form in sentences if catalogue(code).gettext(form) == form] == [], code


LEFT_OUT = {"fr": "Les rapports ne mentionnent jamais", "ru": "В докладах ни разу", "ar": "لا تذكر التقارير أبدًا"}
NO_COUNTRY = {"fr": "Népal", "ru": "Непал", "ar": "نيبال"}
NOT_CLEAR = {"fr": "Pas de réponse claire", "ru": "Ясного ответа", "ar": "لا توجد إجابة واضحة"}


@pytest.mark.parametrize("spoken", ["fr", "ru", "ar"], indirect=True)
def test_gaps_a_refusal_and_its_help_are_shown_in_the_window_s_language(spoken: str) -> None:
    gaps = (Gap(GapKind.COUNTRY, "Nepal"), Gap(GapKind.ASKED_DATE), Gap(GapKind.NAME, "Mary Lawlor"))
    answer = Answer("?", AnswerStatus.RELATED, uncovered=gaps, unmentioned=("1987",), suggestions=("Bishkek",))
    shown = gap_sentences(answer)
    assert shown[0].startswith(LEFT_OUT[spoken])
    assert NO_COUNTRY[spoken] in shown[1]
    assert "Mary Lawlor" in shown[3]
    assert translate(REFUSALS[AnswerStatus.RELATED]).startswith(NOT_CLEAR[spoken])
    for line in help_lines(answer):
        assert translate(line) != str(line)


@pytest.mark.parametrize("spoken", ["fr", "ru", "ar"], indirect=True)
def test_the_reasons_of_an_unverified_sentence_are_shown_in_the_window_s_language(spoken: str) -> None:
    found = verify_sentence(
        "1,200 people were not detained on 3 May 2019.", ["Seventy people were detained in March."], None
    )
    sentence = AnswerSentence("…", Verdict.UNVERIFIED, (), found.reasons)
    assert len(sentence.reasons) > 1
    for reason in sentence.reasons:
        assert translate(reason) != str(reason)
    assert "1,200" in " ".join(map(translate, sentence.reasons))


@pytest.mark.parametrize("spoken", [ENGLISH], indirect=True)
def test_in_english_a_message_reads_as_commands_print_it(spoken: str) -> None:
    for text in (REFUSALS[AnswerStatus.RELATED], message("embedding {number} of {total}", number=1200, total=3000)):
        assert translate(text) == str(text)


@pytest.mark.parametrize("spoken", ["fr"], indirect=True)
def test_messages_within_messages_are_translated_and_names_within_them_are_not(
    spoken: str, scanned_pages: list[Page]
) -> None:
    unread = joined(unread_pages_messages(scanned_pages))
    assert unread is not None
    line = translate(message("ready, but {unread}", unread=unread))
    assert line.startswith("prêt, mais pas de texte\u00a0: pages 3–9, 12 (")
    named = message("{name} is empty: fetch the file again.", name="Situation is empty")
    assert translate(named).startswith("Situation is empty est vide")


@given(st.text(max_size=40))
def test_what_is_not_known_is_shown_as_it_is(text: str) -> None:
    assert translate(Message(text)) == text


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("de,ne;q=0.7,ru;q=0.9", "ru"),
        ("ar;q=0, es", "es"),
        ("de", "en"),
        ("*", "en"),
        ("", "en"),
        (";q=,;;q=2, ne ;q=x", "ne"),
    ],
)
def test_a_browser_is_answered_in_the_language_that_it_asks_for(header: str, language: str) -> None:
    assert preferred_language("", header) == language
    assert preferred_language("ar", header) == "ar"
    assert preferred_language("../../etc", header) == language


@given(st.text(max_size=60))
def test_no_header_gives_a_language_that_the_screen_has_not(header: str) -> None:
    assert first_supported(accepted_languages(header)) in LANGUAGES


def test_numbers_of_things_have_the_forms_of_their_language() -> None:
    def reports(code: str, number: int) -> str:
        return catalogue(code).ngettext("{number} report", "{number} reports", number).format(number=number)

    assert [reports("ru", n) for n in (1, 3, 5, 21)] == ["1 доклад", "3 доклада", "5 докладов", "21 доклад"]
    assert [reports("ar", n) for n in (2, 3, 11)] == ["تقريران", "3 تقارير", "11 تقريرًا"]
    assert [reports("fr", n) for n in (0, 1, 2)] == ["0 rapport", "1 rapport", "2 rapports"]


@pytest.mark.parametrize("spoken", ["ar"], indirect=True)
def test_from_right_to_left_a_name_keeps_its_own_direction_and_a_command_its_letters(spoken: str) -> None:
    assert i18n._("Send to {host}", host="example.org").endswith("\u2068example.org\u2069")
    assert "`/home/a`" in i18n._("Folder: `{folder}`", folder="/home/a")


@pytest.mark.parametrize("spoken", ["fr"], indirect=True)
def test_days_numbers_and_countries_are_written_as_in_the_language(spoken: str) -> None:
    assert i18n.day("2020-03-08T10:00:00+00:00") == "8 mars 2020"
    assert i18n.number(1200) == "1\u202f200"
    assert (i18n.country("NP"), i18n.country("Cambodia"), i18n.country("Zubrowka")) == (
        "Népal",
        "Cambodge",
        "Zubrowka",
    )


@pytest.mark.parametrize("spoken", ["ru"], indirect=True)
def test_a_country_is_called_as_it_calls_itself(spoken: str) -> None:
    assert i18n.country("Kyrgyzstan") == i18n.country("KG") == "Кыргызстан"


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value.replace("{}", "X")
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _loose_words(path: Path) -> Iterator[tuple[int, str]]:
    shown = {"help", "placeholder", "label", "caption", "alt", "x_label", "y_label", "text", "body", "title"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr == "html":
            continue
        if not ast.unparse(node.func).startswith(("st.", "st.sidebar.")) or node.func.attr in (
            "get",
            "pop",
            "code",
            "form",
            "space",
        ):
            continue
        if ast.unparse(node.func).startswith(("st.session_state", "st.query_params")):
            continue
        for value in [*node.args[:1], *(word.value for word in node.keywords if word.arg in shown)]:
            for text in _texts(value):
                words = re.sub(r":[a-z-]+\[|:material/\w+:", " ", text.replace("X", " "))
                if re.search(r"[^\W\d_]{2,}", words) and text not in OWN_NAMES:
                    yield node.lineno, text


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


OWN_NAMES = {"### Insights", "/home/me/reports", "A/HRC/40/60", "thumbs", "**X** :X-badge[X]"}
"""Of the program, and examples that are the same in every language."""
