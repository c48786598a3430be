"""The screen's languages: catalogues that lack nothing, and what other modules say in the window's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from app.chat.said import ERRORS, REASONS, SENTENCES, said, said_reasons
from hypothesis import given
from hypothesis import strategies as st

from app.chat import i18n
from app.chat import said as said_module
from app.chat.extraction import extract, po_file, read, untranslated, updated, written
from app.chat.i18n import ENGLISH, LANGUAGES, accepted_languages, catalogue, first_supported, preferred_language

ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = [code for code in LANGUAGES if code != ENGLISH]
PLACEHOLDER = re.compile(r"\{\w+\}")
MARKUP = re.compile(r"\*\*|`")
SCREEN = sorted((ROOT / "app" / "chat").glob("*.py"))
OF_THE_SETUP = (  # read by whoever sets the program up, with its documentation beside it, which is in English
    "app/settings.py app/chat/launch.py vectorstore/reranker.py vectorstore/embeddings.py vectorstore/e5_weights.py"
    " vectorstore/onnx_embedder.py vectorstore/index.py vectorstore/catalogue.py"
).split()
OF_COMMANDS = (  # they end commands, and no path leads from the screen to them
    "app/cli.py app/cases/asking.py app/cases/comparison.py ingest/child.py"
).split()
ERROR = re.compile(
    r"(?:[A-Z]\w*(?:Error|File|Chat|Long|Reply|Text|Busy|Document|Big|Missing|Library)|TooBig|NoText|Stopped)$"
)
NOT_ERRORS = {"ValueError", "TypeError", "RuntimeError", "KeyError", "LookupError", "InterruptedError", "TimeoutError"}


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """The language of a window that is not there."""
    monkeypatch.setattr(i18n, "language", lambda: request.param)
    return str(request.param)


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_has_every_sentence_of_the_screen_and_no_other(code: str) -> None:
    words = read(po_file(code))
    assert untranslated(words) == []
    assert [message.id for message in words if message.fuzzy and message.id] == []
    assert {message.id for message in words} == {message.id for message in extract()}
    assert po_file(code).read_bytes() == written(updated(code)), "run: make translations"


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_placeholders_and_the_emphasis_of_its_sentence(code: str) -> None:
    for message in read(po_file(code)):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
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
    """One inside an f-string would be translate_into, and never extracted."""
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


def test_the_screen_knows_every_sentence_that_other_modules_give_it() -> None:
    # "X: X" is a file's name and what its pages lack: the test of sentences within sentences has it.
    unknown = [text for text in _given() if text != "X: X" and said_module._known(text) is None]
    assert unknown == []


@pytest.mark.parametrize("spoken", [ENGLISH], indirect=True)
def test_in_english_a_sentence_of_the_program_stays_as_it_is(spoken: str) -> None:
    assert [text for text in _given() if said(text) != text] == []


@pytest.mark.parametrize("spoken", TRANSLATED, indirect=True)
def test_what_a_reason_names_is_kept_when_it_is_translated(spoken: str) -> None:
    reasons = "the quotes do not hold 1,200 and 15%; the “not” at “détenue” was lost; no reason that is known"
    translate_into = said_reasons(reasons)
    assert "1,200 and 15%" in translate_into
    assert "détenue" in translate_into
    assert "no reason that is known" in translate_into
    assert "the quotes" not in translate_into


@pytest.mark.parametrize("spoken", ["fr"], indirect=True)
def test_sentences_within_sentences_are_translated_and_names_within_them_are_not(spoken: str) -> None:
    line = "ready, but no text on pages 3–9, 12 (a scan: install Tesseract and add it anew)"
    assert said(line).startswith("prêt, mais pas de texte\u00a0: pages 3–9, 12 (document numérisé")
    two = "kept as it was: a.pdf: no text on page 3 (a scan: install Tesseract and add it anew)"
    assert said(two).startswith("laissé tel quel\u00a0: a.pdf\u00a0: pas de texte\u00a0: page 3 (document numérisé")
    assert said("Nepal: what happened") == "Nepal: what happened"
    assert said("Text: is empty: fetch the file again.").startswith("Text:")
    assert said("Situation is empty: fetch the file again.").startswith("Situation est vide")


@given(st.text(max_size=40))
def test_what_is_not_known_is_shown_as_it_is(text: str) -> None:
    assert said(text) == text


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
    assert i18n._("Send them to {host}", host="example.org").endswith("\u2068example.org\u2069")
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


def _given() -> list[str]:
    """Return the sentences that the program may give to the screen, with something in their placeholders."""
    texts = [text for path in sorted((ROOT / "app/verification").glob("*.py")) for text in _reasons(path)]
    for folder in ("app", "ingest", "vectorstore"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if name not in (*OF_THE_SETUP, *OF_COMMANDS) and not name.startswith(("app/exports/", "app/commands")):
                texts += _raised(path)
    assert len(texts) > 60
    return texts


def _raised(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            name = _name(node.exc.func)
            if ERROR.match(name) and name not in NOT_ERRORS:
                yield from _texts(node.exc.args[0])


def _reasons(path: Path) -> Iterator[str]:
    """Yield what the checks give back: strings in a list, or yielded, in a function that gives reasons."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef) or function.returns is None:
            continue
        if ast.unparse(function.returns) not in ("list[str]", "Iterator[str]", "str | None", "str"):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
                inside = node.value.elts if isinstance(node.value, ast.List) else [node.value]
                if isinstance(node.value, ast.IfExp) and isinstance(node.value.body, ast.List):
                    inside = node.value.body.elts
                yield from (text for one in inside for text in _texts(one) if " " in text and text != " ")


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


def test_every_form_of_a_sentence_has_a_translation_of_its_own() -> None:
    forms = [form for form in (*REASONS, *SENTENCES, *ERRORS) if len(form.split()) > 3]
    same = {code: [form for form in forms if catalogue(code).gettext(form) == form] for code in TRANSLATED}
    assert same == {code: [] for code in TRANSLATED}
