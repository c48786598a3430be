"""What an export says of itself: who wrote its sentences, and what of a chat model's was left out."""

from __future__ import annotations

from collections.abc import Iterable

from app.answers import Answer, AnswerSentence, Verdict
from app.plain import one_line

_VERBATIM = "Sentences are verbatim quotes, chosen by software; check each against its page before you publish it."
_WRITTEN = (
    "Sentences were written by {model} and checked by software against their quotes;"
    " check each against its page before you publish it."
)
_UNNAMED = "a language model whose name was not recorded"
OF_A_BRIEF = (
    "Use of AI: none for the wording. What stands in quotation marks with a footnote is a verbatim quote;"
    " everything else was written by whoever made this brief. Check each quote against its page before you publish it."
)


def rejected(answers: Iterable[Answer]) -> tuple[str, ...]:
    """Return a line for every kind of citation that a chat model got wrong: counted, never erased in silence."""
    answers, lines = list(answers), list[str]()
    lines += [one_line(str(answer.note)) for answer in answers if answer.note is not None]
    count = sum(answer.rejected_quotes for answer in answers)
    if count:
        lines.append(f"Quotes of the model that are not on the page, left out: {count}.")
    unknown = [number for answer in answers for number in answer.unknown_citations]
    if unknown:
        numbers = ", ".join(str(number) if number else "none" for number in unknown)
        lines.append(f"Passage numbers that the model cited and was not given: {numbers}.")
    return tuple(lines)


def authorship(sentences: Iterable[AnswerSentence], model: str) -> str:
    """Return the line on the use of AI. A sentence that is not a quote was written by a model, known or not."""
    written = any(sentence.verdict is not Verdict.QUOTED for sentence in sentences)
    if model or written:
        return "Use of AI: " + _WRITTEN.format(model=f"the language model {model}" if model else _UNNAMED)
    return f"Use of AI: none for the wording. {_VERBATIM}"
