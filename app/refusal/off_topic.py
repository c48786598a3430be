"""Detect off-topic questions, in whatever language they are asked.

A bare cosine does not say it: it depends on the language of the question and on the size of the library. Two old means
help. Every question in a language has something in common with every other one: the mean vector of a few everyday
questions, taken away before cosines are compared (centring). And how near the nearest sentences are counts only beside
how near they are to questions that are certainly off the subject, asked of the same library in the same language
(cohort normalisation, as speaker verification calls it: Auckenthaler, Carey & Lloyd-Thomas 2000). docs/refusal.md has
the figures.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from app.refusal.cohorts import Cohort, kept_cohort
from ingest.language.detection import nearest_language
from vectorstore.embeddings import Embedder
from vectorstore.library import Library
from vectorstore.question import Question, read_question
from vectorstore.records import Scope
from vectorstore.retrieval import Retrieval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_NEAREST = 3
"""Sentences whose cosines are averaged: a single one may be near to anything, such as a row of figures or a scrap."""
_SAMPLED_PASSAGES = 2_000
"""Of a larger library, over which the cohort's nearest sentences are looked for: their mean hardly moves beyond."""
_KEPT = 64
"""Scopes whose cohort is remembered."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """How much nearer a question is to the library than everyday questions in its language are."""

    centred: float
    """By the cosine of centred vectors."""
    plain: float
    """By the cosine as retrieval has it."""


_vectors: dict[tuple[str, str], Vectors] = {}
"""By the embedder's name and the language: 150 kB each."""
_centres: dict[tuple[str, str], Vectors] = {}
_cohorts: WeakKeyDictionary[Library, dict[tuple[tuple[int, int], Scope, str], Cohort]] = WeakKeyDictionary()


def nearness(library: Library, question: Question | str, retrieval: Retrieval, scope: Scope) -> Nearness | None:
    """Return how near ``question`` is to the nearest of its candidates' sentences.

    None where no vector of theirs is in yet: then nothing can be said.
    """
    vectors = retrieval.sentence_vectors
    if not len(vectors):
        return None
    question = read_question(question)
    cohort = _cohort(library, scope, _cohort_language(question), vectors)
    asked = retrieval.question_vector[None]
    centred = _nearest(_centred(asked, cohort.question_centre), _centred(vectors, cohort.passage_centre))
    return Nearness(
        centred - cohort.centred,
        _nearest(asked, vectors) - cohort.plain,
    )


@cache
def everyday_questions() -> dict[str, tuple[str, ...]]:
    """Return questions that no report on rights answers, by language (ISO 639-1): cooking, sport, stars, gardens …"""
    lines = files("app.refusal").joinpath("everyday_questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {language: tuple(row[language] for row in rows) for language in rows[0]}


def _cohort_language(question: Question) -> str:
    """Return the question's language where it has a cohort, else the likeliest one in the same letters, else nothing.

    Questions in Hindi are compared with those in Nepali: what questions in two such languages have in common is more
    than what any question has.
    """
    if question.language in everyday_questions():
        return question.language
    letters = [char for char in question.clean.casefold() if char.isalpha()]
    alike = [
        language
        for language, alphabet in _alphabets().items()
        if sum(char in alphabet for char in letters) > 0.5 * len(letters)
    ]
    return nearest_language(question.clean, alike) if alike else ""


@cache
def _alphabets() -> dict[str, frozenset[str]]:
    """Return the letters of the cohort's questions by language."""
    texts = {language: "".join(questions).casefold() for language, questions in everyday_questions().items()}
    return {language: frozenset(filter(str.isalpha, text)) for language, text in texts.items()}


def _asked_in(language: str) -> tuple[str, ...]:
    """Return the cohort for a language; where there is none, some of every language."""
    known = everyday_questions()
    mixed = (questions[index :: len(known)] for index, questions in enumerate(known.values()))
    return known.get(language) or tuple(question for part in mixed for question in part)


def _cohort(library: Library, scope: Scope, language: str, candidates: Vectors) -> Cohort:
    kept = _cohorts.setdefault(library, {})
    revision = (library.catalogue.revision(), library.catalogue.index_revision())
    key = (revision, scope, language)
    if key not in kept:
        if len(kept) >= _KEPT or any(known != revision for known, _, _ in list(kept)):
            kept.clear()
        made_of = f"{library.embedder.name} {revision[0]} {revision[1]} {_edition()}"

        def make() -> Cohort:
            return _make_cohort(library, scope, language, candidates)

        complete = not library.catalogue.unembedded()
        kept[key] = make() if scope else kept_cohort(library.home, made_of, language, complete, make)
    return kept[key]


def _make_cohort(library: Library, scope: Scope, language: str, candidates: Vectors) -> Cohort:
    asked = _everyday_vectors(library.embedder, language)
    question_centre = asked.mean(axis=0)
    passage_centre = _everyday_centre(library.embedder, library.language() or "en")
    vectors = _sample(library, scope, candidates)
    centred = _nearest(_centred(asked, question_centre), _centred(vectors, passage_centre))
    return Cohort(question_centre, passage_centre, centred, _nearest(asked, vectors))


def _everyday_vectors(embedder: Embedder, language: str) -> Vectors:
    """Return the vectors of the cohort for a language; made once, for they are the same whatever a library holds."""
    import numpy as np

    key = embedder.name, language
    if key not in _vectors:
        _vectors[key] = np.stack([embedder.embed_question(text) for text in _asked_in(language)])
    return _vectors[key]


def _everyday_centre(embedder: Embedder, language: str) -> Vectors:
    """Return the mean vector of the same, had a report said it."""
    key = embedder.name, language
    if key not in _centres:
        _centres[key] = embedder.embed(_asked_in(language)).mean(axis=0)
    return _centres[key]


def _nearest(asked: Vectors, vectors: Vectors) -> float:
    """Return the mean cosine of questions with the few sentences nearest to each; see ``_NEAREST``."""
    import numpy as np

    cosines = asked @ vectors.T
    count = min(_NEAREST, cosines.shape[1])
    return float(np.partition(cosines, -count, axis=1)[:, -count:].mean())


def _sample(library: Library, scope: Scope, candidates: Vectors) -> Vectors:
    """Return sentence vectors of passages spread evenly over the scope; ``candidates`` where none is in yet."""
    ids = library.catalogue.passage_ids(scope)
    found = library.catalogue.sentence_vectors(ids[:: max(1, len(ids) // _SAMPLED_PASSAGES)])[1]
    return found if len(found) else candidates


def _edition() -> str:
    """Return what changes when other everyday questions are shipped, or they are compared otherwise."""
    texts = "\n".join(text for questions in everyday_questions().values() for text in questions)
    return f"{_NEAREST} {zlib.crc32(texts.encode()):08x}"


def _centred(vectors: Vectors, centre: Vectors) -> Vectors:
    import numpy as np

    moved: Vectors = vectors - centre
    lengths = np.linalg.norm(moved, axis=-1, keepdims=True)
    unit: Vectors = moved / np.maximum(lengths, 1e-6)
    return unit
