"""Let a chat model reword a follow-up question so that it stands alone; where it cannot, the rules' words are used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from app.chat_models.address import UNKNOWN
from app.chat_models.stream import Patience, StopSign, stream_text
from app.errors import ModelError
from app.follow_ups.reading import Reading, read_question
from ingest.language.countries import find_countries
from ingest.language.detection import language_of
from prompts import load_prompt
from vectorstore.records import Scope

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_EARLIER = 4
"""Questions that the model is shown: a follow-up refers to a recent one."""
_MAX_CHARACTERS = 400
_PATIENCE = Patience(first=60.0, next=20.0, total=90.0, waits=(1.0,))
_NUMBER = re.compile(r"\d+")
_QUESTION_ENDS = ("?", "？", "؟", "।", "។", ".")


def rephrase_question(
    model: BaseChatModel,
    asked: str,
    earlier: Sequence[str],
    scope: Scope | None = None,
    stop: StopSign | None = None,
) -> Reading:
    """Return how ``asked`` is understood, in the model's words where it is a follow-up of an ``earlier`` question.

    Whether it is one is decided by rule (``app.follow_ups.recognition``): a complete question is never touched.
    What the model writes is used when it is one line and adds no country and no number; else the rules' words are.

    Raises:
        Stopped: ``stop`` was set.
    """
    reading = read_question(asked, earlier, scope)
    if not reading.rewritten:
        return reading
    shown = "\n".join(f"- {question}" for question in earlier[-_EARLIER:])
    prompt = load_prompt("follow_up", earlier=shown, asked=reading.asked)
    try:
        address = (model.metadata or {}).get("address", UNKNOWN)
        with closing(stream_text(model, prompt, address, stop, _PATIENCE)) as pieces:
            written = "".join(pieces)
    except ModelError:
        return reading  # the answer itself will say what is wrong with the model
    question = _one_question(written)
    return replace(reading, question=question) if _is_faithful(question, reading.asked, earlier) else reading


def _one_question(written: str) -> str:
    lines = [" ".join(line.split()) for line in written.strip().splitlines() if line.strip()]
    return lines[0].strip("\"“”«»'` ") if len(lines) == 1 else ""


def _is_faithful(question: str, asked: str, earlier: Sequence[str]) -> bool:
    if not question.endswith(_QUESTION_ENDS) or len(question) > _MAX_CHARACTERS:
        return False
    known = " ".join([asked, *earlier])
    if not set(_NUMBER.findall(question)) <= set(_NUMBER.findall(known)):
        return False
    if not set(_NUMBER.findall(asked)) <= set(_NUMBER.findall(question)):
        return False
    named, said = _countries(question), _countries(known)
    return named <= said and _countries(asked) <= named


def _countries(text: str) -> set[str]:
    return set(find_countries(text, language_of(text)))
