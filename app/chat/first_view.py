"""What an empty chat shows: what the library holds, and three questions to begin with."""

from __future__ import annotations

import streamlit as st

from app.cases import countries_with_cases
from app.chat.conversation import ask_for, ask_for_case
from app.chat.shared import Shared
from app.chat.uploads import draw_upload
from app.plain import counted, escape_markdown
from ingest.documents import Status

_SAMPLE = "women-human-rights-defenders-sample.pdf"
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
    for number, question in enumerate(example_questions([document.name for document in documents], countries)):
        st.button(escape_markdown(question), key=f"example-{number}", on_click=ask_for, args=(question,))
    if countries:
        country = countries[0]
        label = f"Summarise the case of {escape_markdown(country)}"
        st.button(label, key="example-case", on_click=ask_for_case, args=(country,))


def example_questions(documents: list[str], countries: list[str]) -> tuple[str, ...]:
    """Return three questions: of the sample its own, of other reports what can be asked of any."""
    if _SAMPLE in documents:
        return _SAMPLE_QUESTIONS
    if countries:
        first, last = countries[0], countries[-1]
        return (
            f"Who is at risk in {first}?",
            f"What happened to human rights defenders in {last}?",
            "What do the reports recommend to governments?",
        )
    return (
        "Who is at risk, and why?",
        "How do human rights defenders respond?",
        "What is recommended to governments?",
    )
