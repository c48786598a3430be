"""What an empty chat shows: what the library holds, and three questions to begin with."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from app.cases import countries_with_cases
from app.chat.conversation import ask_for, ask_for_case
from app.chat.shared import Shared
from app.chat.uploads import draw_upload
from app.plain import counted, escape_markdown, one_line
from ingest.documents import Status

_SAMPLE = "women-human-rights-defenders-sample.pdf"
_NUMBERING = re.compile(
    r"^(?:(?:chapter|section|part|annex)\s+[\divxlc]{1,6}[.:)]?|\(?(?:[\divxlc]{1,6}|[a-z])[.)])\s+", re.IGNORECASE
)
_ANY_REPORT = (
    "Who is at risk, and why?",
    "How do human rights defenders respond?",
    "What is recommended to governments?",
)
_SAMPLE_QUESTIONS = (
    "What happened on 8 March 2020 in Bishkek?",
    "How did the garment minimum wage change?",
    "What does York's fellowship offer?",
)


def draw_first_view(opened: Shared) -> None:
    """Draw the empty chat."""
    st.header("Ask the reports", anchor=False)
    documents = opened.library.catalogue.documents(Status.READY)
    st.markdown("Every sentence of an answer opens the page that it was taken from.")
    if not documents:
        st.info("The library is empty. Add a report to begin: PDF, DOCX, HTML, Markdown or text.")
        draw_upload(opened, "first")
        return
    pages = sum(document.pages for document in documents)
    countries = list(countries_with_cases(opened.library))
    holds = f"{counted(len(documents), 'report')}, {counted(pages, 'page')}"
    cases = f" Country cases: {escape_markdown(', '.join(countries))}." if countries else ""
    st.markdown(f"The library holds {holds}.{cases}")
    st.caption("For example:")
    names = [document.name for document in documents]
    for number, question in enumerate(example_questions(names, countries, opened.library.catalogue.sections())):
        st.button(escape_markdown(question), key=f"example-{number}", on_click=ask_for, args=(question,))
    if countries:
        country = countries[0]
        label = f"Summarise the case of {escape_markdown(country)}"
        st.button(label, key="example-case", on_click=ask_for_case, args=(country,))


def example_questions(documents: Sequence[str], countries: Sequence[str], headings: Sequence[str]) -> list[str]:
    """Return three questions: of the sample its own; of other reports, of their cases and their headings.

    Args:
        documents: File names.
        countries: English names of the countries that have a case, the largest first.
        headings: Of the reports, in any language, those over the most text first.

    """
    if _SAMPLE in documents:
        return list(_SAMPLE_QUESTIONS)
    of_cases = [f"Who is at risk in {country}?" for country in countries[:1]]
    of_cases += [f"What happened to human rights defenders in {country}?" for country in countries[1:2]]
    subjects = dict.fromkeys(subject for heading in headings if (subject := _subject(heading)))
    of_headings = [f"What do the reports say about “{subject}”?" for subject in subjects]
    return [*of_cases, *of_headings, *_ANY_REPORT][:3]


def _subject(heading: str) -> str:
    """Return a heading without its number; empty when it names no subject: a table of contents, a symbol, a name."""
    subject = _NUMBERING.sub("", one_line(heading)).strip(" .:–—-")
    words = subject.split()
    told = 3 <= len(words) <= 9 and not any(character.isdigit() for character in subject) and "..." not in subject
    return subject if told and any(word.islower() and len(word) > 3 for word in words) else ""
