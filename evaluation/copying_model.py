"""A chat model that copies: it shows whether quotes that reach the screen through a model are on their pages.

It writes what models write: quotes with other blanks and quotation marks, wrong passage numbers, now and then one with
a changed word, which must be left out. It knows no language, and so says nothing about what a real model gets right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

NAME = "copying"
_PASSAGE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_WORDS = 14
_ALTERED = 4
"""Every so manieth quote has a changed word."""


class CopyingModel(BaseChatModel):
    """Quotes the middle of every passage it is given."""

    @property
    def _llm_type(self) -> str:
        return NAME

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        lines = "\n".join(_lines(str(messages[-1].content)))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(lines))])


def _lines(prompt: str) -> Iterator[str]:
    for count, match in enumerate(_PASSAGE.finditer(prompt), start=1):
        number, words = int(match.group(1)), match.group(2).split()
        start = max(0, (len(words) - _WORDS) // 2)
        copied = words[start : start + _WORDS]
        if count % _ALTERED == 0:
            copied[len(copied) // 2] = "altered"
        quote = "  ".join(copied).replace("’", "'").replace("“", '"').replace("”", '"')
        named = number if count % 2 else number + 1
        yield json.dumps({"sentence": " ".join(copied), "quotes": [{"passage": named, "quote": quote}]})
