"""Several windows ask at once: threads share one library, and no answer changes by it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from app.answers import Answer
from app.assistant import ask
from app.cases import summarise
from app.cases.summary import CaseSummary
from app.verification import wording
from ingest.language import words
from vectorstore.library import Library

QUESTIONS = (
    "What happened on 8 March 2020 in Bishkek?",
    "How did the garment minimum wage change?",
    "Кто напал на женский марш в Бишкеке?",
    "What is the weather in Paris?",
    "नेपालमा छाउपडी कहिले अपराध बन्यो?",
    "What do unions in Cambodia demand?",
)
CASES = ("Nepal", "Cambodia")


def test_what_is_asked_at_once_is_answered_as_one_after_another(sample_home: Path) -> None:
    def answers(threads: int) -> list[Answer | CaseSummary]:
        for remembered in (words._snowball, wording.analyse):  # or the second time would only repeat the first
            remembered.cache_clear()
        with closing(Library(sample_home)) as library, ThreadPoolExecutor(threads) as pool:
            asked = [pool.submit(ask, library, question) for question in QUESTIONS]
            made = [pool.submit(summarise, library, country) for country in CASES]
            return [*(answer.result() for answer in asked), *(summary.result() for summary in made)]

    assert answers(len(QUESTIONS) + len(CASES)) == answers(1)


def test_words_are_stemmed_by_several_threads_as_by_one() -> None:
    ends = ("", "s", "ing", "ed", "ly", "ation", "ness", "fulness")
    forms = [
        f"{word}{end}" for word in "march detain violat work organis protest nation attack hop".split() for end in ends
    ]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        words._snowball.cache_clear()
        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(words.stemmer("en"), forms))
    finally:
        sys.setswitchinterval(before)
    words._snowball.cache_clear()
    assert told == list(map(words.stemmer("en"), forms))
