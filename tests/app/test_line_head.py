"""What a line of a case is: its heading, whether it recommends something, and to whom."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from app.cases.addressees import Addressee
from app.cases.headings import HEADINGS
from app.cases.line_head import (
    BELONGS,
    LINES_THAT_RECOMMEND,
    LINES_UNDER_HEADINGS,
    LineHead,
    asking_of,
    line_head,
    read_lines,
    vectors_of_texts,
)
from evaluation.case_lines import of_marks, read_marks
from vectorstore.embeddings import E5, Embedder, open_embedder


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedder(E5)


@pytest.fixture(scope="module")
def head(embedder: Embedder) -> LineHead:
    return line_head(embedder)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("On 5 May riot police fired at the miners and killed two of them.", "What happened"),
        ("Des inconnus ont saccagé le local de l’association.", "What happened"),
        ("The widows founded an association and went to court.", "How defenders respond"),
        ("Los abogados presentaron una denuncia y convocaron una marcha.", "How defenders respond"),
        ("The shelter takes in mothers with children and pays for a lawyer.", "Protection and support"),
        ("Nomad girls and women with disabilities are in the greatest danger.", "Who is at risk"),
        ("The law on gatherings remained in force, and courts were not independent.", "Situation"),
    ],
)
def test_a_line_stands_under_its_heading(embedder: Embedder, head: LineHead, text: str, title: str) -> None:
    odds = head.under(vectors_of_texts(embedder, [text]))[0]
    assert HEADINGS[int(odds.argmax())].title == title
    assert odds.max() >= BELONGS


@pytest.mark.parametrize(
    "text",
    [
        "This report is based on 60 interviews that were held between May and July.",
        "Se agradece a la Secretaría la transmisión del escrito.",
        "The strength of the mission on 30 June was 1,840 troops.",
    ],
)
def test_what_a_report_says_of_its_making_stands_nowhere(embedder: Embedder, head: LineHead, text: str) -> None:
    assert head.under(vectors_of_texts(embedder, [text])).max() < BELONGS


def test_it_is_known_what_is_asked_and_of_whom(embedder: Embedder) -> None:
    texts = {
        "The ministry of justice should drop the charges against the nurses.": Addressee.STATE,
        "All sides of the war must stop recruiting children.": Addressee.ARMED_GROUP,
        "We ask fashion brands to publish the names of their suppliers.": Addressee.COMPANIES,
        "Donors should pay for the safe houses.": Addressee.DONORS,
        "Le Conseil de sécurité devrait envoyer des observateurs.": Addressee.UN,
    }
    found = asking_of(E5, vectors_of_texts(embedder, list(texts)))
    assert [one.addressee for one in found if one is not None] == list(texts.values())
    assert all(one is not None and one.likely > 0.5 for one in found)
    others = ["The governor asked the youths to hand in their guns.", "The shop opened in March."]
    assert all(one is not None and one.likely < 0.5 for one in asking_of(E5, vectors_of_texts(embedder, others)))


def test_lines_without_a_vector_and_unknown_embedders_are_told_by_words_alone() -> None:
    assert asking_of(E5, np.zeros((2, 384), dtype=np.float32)) == [None, None]
    assert asking_of("somebody's own", np.ones((1, 384), dtype=np.float32)) == [None]


def test_the_examples_are_sound() -> None:
    for path in (LINES_UNDER_HEADINGS, LINES_THAT_RECOMMEND):
        lines = read_lines(path)
        assert not [text for text, times in Counter(lines.texts).items() if times > 1]
        assert lines.labels.any(axis=0).all(), "a label without an example"


def test_marked_lines_of_real_reports_are_told_as_well_as_when_this_was_written(
    embedder: Embedder, head: LineHead
) -> None:
    marked = read_marks()
    found = of_marks(head, vectors_of_texts(embedder, marked.texts), marked)
    assert found["shown under a heading"] >= 90
    assert found["right of these"] >= 0.7 * found["shown under a heading"]
