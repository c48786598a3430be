"""What an empty chat shows: the contents of the library, and three questions to start with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, zip_longest
from pathlib import Path

import streamlit as st

from app.cases import countries_with_cases
from app.chat.i18n import _, country, language
from app.chat.phrases import listed, pages, reports
from app.chat.state.app_state import AppState
from app.chat.views.conversation import ask_for, ask_for_case
from app.chat.views.upload_view import draw_upload
from app.guide import Guide
from app.guide.headings import without_number
from app.guide.questions import question_on
from app.plain import escape_markdown
from app.translations import ENGLISH, LANGUAGES, N_, translate_into
from ingest.documents import Status
from vectorstore.records import DocumentRecord, Scope

_SUGGESTED = 3
_LOOKED_AT = 24
"""Reports whose guides are looked for: every one is a file to read."""
_SAMPLE = "women-human-rights-defenders-sample.pdf"
SAMPLE = Path(__file__).resolve().parents[3] / "data" / "sample" / _SAMPLE
"""It comes with a copy of the project, and not with an installed package."""
_ANY_REPORT = (
    N_("Who is at risk, and why?"),
    N_("How do human rights defenders respond?"),
    N_("What is recommended to governments?"),
)
_AT_RISK = N_("Who is at risk in {country}?")
_WHAT_HAPPENED = N_("What happened to human rights defenders in {country}?")
_SAMPLE_QUESTIONS = (
    "What happened on 8 March 2020 in Bishkek?",
    "How did the garment minimum wage change?",
    "What does York's fellowship offer?",
)


def draw_start_view(state: AppState) -> None:
    """Draw the empty chat."""
    st.header(_("Ask the reports"), anchor=False)
    documents = state.library.catalogue.documents(Status.READY)
    st.markdown(_("Every sentence of an answer links to the page that it was taken from."))
    if not documents:
        st.info(
            _("The library is empty. Add a report to begin: PDF, Word, PowerPoint, Excel, EPUB, mail, web page, text.")
        )
        draw_upload(state, "first")
        if SAMPLE.is_file() and not state.uploads.jobs():
            st.button(_("Add the sample report"), icon=":material/description:", on_click=_add_sample, args=(state,))
        return
    countries = list(countries_with_cases(state.library))
    held = listed([reports(len(documents)), pages(sum(document.pages for document in documents))])
    lines = [_("The library contains {held}.", held=held)]
    if countries:
        lines.append(_("Country cases: {countries}.", countries=escape_markdown(listed(map(country, countries)))))
    st.markdown(" ".join(lines))
    usual = _usual_language(documents)
    if usual == language():
        st.caption(_("For example:"))
    else:
        st.caption(_("For example, in the language of the reports, which finds the most:"))
    if tried := _tried_questions(state, documents, usual):
        for number, (question, scope) in enumerate(tried):
            # As typed: it was tried as a question, within its report.
            args = (question, True, scope)
            st.button(escape_markdown(question), key=f"example-{number}", on_click=ask_for, args=args)
    else:
        names = [document.name for document in documents]
        sections = state.library.catalogue.sections()
        for number, question in enumerate(example_questions(names, countries, sections, usual)):
            st.button(escape_markdown(question), key=f"example-{number}", on_click=ask_for, args=(question,))
    if countries:
        label = _("Summarise the case of {country}", country=escape_markdown(country(countries[0])))
        st.button(label, key="example-case", on_click=ask_for_case, args=(countries[0],))


def _add_sample(state: AppState) -> None:
    with SAMPLE.open("rb") as content:
        state.uploads.put(SAMPLE.name, content)


def _tried_questions(state: AppState, documents: Sequence[DocumentRecord], code: str) -> list[tuple[str, Scope]]:
    """Return questions out of the guides of reports in the language ``code``, with their reports; none before any is
    made."""
    guides = (state.guides.find(d) for d in documents[:_LOOKED_AT] if (d.language or ENGLISH) == code)
    return take_questions(guide for guide in guides if guide is not None)


def take_questions(guides: Iterable[Guide], count: int = _SUGGESTED) -> list[tuple[str, Scope]]:
    """Return at most ``count`` questions of guides, of every one its first before any one's second."""
    asked = [[(question, Scope((guide.document,))) for question in guide.questions or ()] for guide in guides]
    in_turn = (question for together in zip_longest(*asked) for question in together if question is not None)
    return list(dict(islice(in_turn, count)).items())


def _usual_language(documents: Sequence[DocumentRecord]) -> str:
    """Return the language that most reports are in, of those in which questions can be suggested; else English."""
    counted = Counter(document.language for document in documents if document.language in LANGUAGES)
    return counted.most_common(1)[0][0] if counted else ENGLISH


def example_questions(
    documents: Sequence[str], countries: Sequence[str], headings: Sequence[str], code: str = ENGLISH
) -> list[str]:
    """Return three questions: of the sample its own; of other reports, of their cases and their headings.

    Args:
        documents: File names.
        countries: English names of the countries that have a case, the largest first.
        headings: Of the reports, in any language, those over the most text first.
        code: The language to ask in, that of the reports: across languages less is found (docs/languages.md).

    """
    if _SAMPLE in documents:
        return list(_SAMPLE_QUESTIONS)
    of_cases = [translate_into(code, _AT_RISK, country=country(name, code)) for name in countries[:1]]
    of_cases += [translate_into(code, _WHAT_HAPPENED, country=country(name, code)) for name in countries[1:2]]
    subjects = dict.fromkeys(subject for heading in headings if (subject := _subject(heading)))
    of_headings = [question_on(subject, code) for subject in subjects]
    return [*of_cases, *of_headings, *(translate_into(code, question) for question in _ANY_REPORT)][:_SUGGESTED]


def _subject(heading: str) -> str:
    """Return a heading without its number; empty when it names no subject: a table of contents, a symbol, a name.

    Without the report's text this is stricter than ``app.guide.headings.heading_subject``.
    """
    subject = without_number(heading)
    words = subject.split()
    usable = 3 <= len(words) <= 9 and not any(character.isdigit() for character in subject) and "..." not in subject
    return subject if usable and any(word.islower() and len(word) > 3 for word in words) else ""
