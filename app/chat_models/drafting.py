"""Ask a chat model for sentences with quotes: in the form that it can keep to, with as many passages as it can hold."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any

from app.chat_models.address import UNKNOWN
from app.chat_models.drafts import SCHEMA, Draft, read_drafts
from app.chat_models.stream import Patience, StopSign, stream_text
from app.errors import ContextTooLong, UnusableReply
from app.messages import message
from prompts import REFUSAL, load_prompt

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_REPLY_TOKENS = 1_024
"""Kept free for six sentences with their quotes."""
_DEFAULT_WINDOW = 4_096
"""Where neither the user, nor the model's makers, nor its server say how much it holds."""
_LATIN_CHARACTERS_A_TOKEN = 3.2
_MAX_SENTENCES = 12
"""Small models repeat themselves without end; the prompt asks for six."""
_STRUCTURED, _TOOL, _LINES = "structured_output", "tool_calling", "lines"


def draft_answer(
    model: BaseChatModel,
    question: str,
    passages: Sequence[str],
    stop: StopSign | None = None,
    patience: Patience | None = None,
) -> Iterator[Draft]:
    """Yield the model's sentences as they come; none when it says that the passages do not answer.

    Passages that do not fit into the model's window are left out from the end, whole; where it holds less than it
    seemed, half of them at a time.

    Args:
        model: As ``app.chat_models.opening.open_model`` gives it; any other LangChain chat model writes lines.
        question: What is asked; it is never cut.
        passages: Best first.
        stop: Set it, from any thread, to end the answer.
        patience: How long the model is waited for; by default as it was opened with.

    Raises:
        Stopped: ``stop`` was set.
        UnusableReply: it wrote something, and no sentence with a quote.
        ModelError: the model cannot be used.
    """
    kept = fit_passages(question, passages, window_of(model))
    while True:
        try:
            yield from _draft(model, question, kept, stop, patience)
        except ContextTooLong:
            if len(kept) < 2:
                raise
            kept = kept[: len(kept) // 2]
        else:
            return


def window_of(model: BaseChatModel) -> int:
    """Return how many tokens the model takes, the reply included."""
    return int((model.profile or {}).get("max_input_tokens") or _DEFAULT_WINDOW)


def fit_passages(question: str, passages: Sequence[str], window: int) -> list[str]:
    """Return as many of ``passages``, best first and whole, as fit into ``window`` tokens beside the question.

    Raises:
        ContextTooLong: not one of them does.
    """
    free = window - _REPLY_TOKENS - token_estimate(_prompt(question, [], _LINES))
    kept: list[str] = []
    for passage in passages:
        free -= token_estimate(f"[{len(kept) + 1}] {passage}\n\n")
        if free < 0:
            break
        kept.append(passage)
    if passages and not kept:
        raise ContextTooLong(
            message(
                "The model’s window of {tokens} tokens has no room for a passage beside the question:"
                " set WHRD_MODEL_WINDOW if it is larger, or use another model.",
                tokens=window,
            )
        )
    return kept


def token_estimate(text: str) -> int:
    """Return about how many tokens ``text`` has, rather too many than too few.

    Tokenizers differ. English has some 4 characters a token; other scripts one, or less.
    """
    latin = sum(char < "\u0250" for char in text)
    cyrillic = sum("\u0370" <= char < "\u0590" for char in text)
    other = len(text) - latin - cyrillic
    return int(latin / _LATIN_CHARACTERS_A_TOKEN + cyrillic / 2 + other * 1.2) + 1


def _draft(
    model: BaseChatModel,
    question: str,
    passages: Sequence[str],
    stop: StopSign | None,
    patience: Patience | None,
) -> Iterator[Draft]:
    form = _form(model)
    address = (model.metadata or {}).get("address", UNKNOWN)
    patience = patience or (model.metadata or {}).get("patience")
    seen: list[str] = []

    def pieces() -> Generator[str]:
        with closing(stream_text(_bound(model, form), _prompt(question, passages, form), address, stop, patience)) as s:
            for piece in s:
                seen.append(piece)
                yield piece

    drafts = 0
    with closing(pieces()) as stream:
        for draft in islice(read_drafts(stream), _MAX_SENTENCES):
            drafts += 1
            yield draft
    text = "".join(seen)
    if not drafts and not _refuses(text, form):
        raise UnusableReply(
            message("The model did not answer in sentences with quotes: try a larger one, or ask without a model.")
        )


def _refuses(text: str, form: str) -> bool:
    return not text.strip() or REFUSAL.casefold() in text.casefold() or (form != _LINES and '"sentences"' in text)


def _form(model: BaseChatModel) -> str:
    profile = model.profile or {}
    return next((form for form in (_STRUCTURED, _TOOL) if profile.get(form)), _LINES)


def _bound(model: BaseChatModel, form: str) -> Any:
    """Return the model with the form that it is to fill in."""
    if form == _LINES:
        return model
    if form == _TOOL:
        return model.bind_tools([SCHEMA], tool_choice="answer")
    if hasattr(model, "num_ctx"):  # Ollama
        return model.bind(format=SCHEMA)
    return model.bind(extra_body={**(getattr(model, "extra_body", None) or {}), "response_format": response_format()})


def response_format() -> dict[str, Any]:
    """Return the schema as OpenAI's protocol wants it."""
    return {"type": "json_schema", "json_schema": {"name": SCHEMA["title"], "strict": True, "schema": SCHEMA}}


def _prompt(question: str, passages: Sequence[str], form: str) -> str:
    numbered = "\n\n".join(f"[{number}] {' '.join(text.split())}" for number, text in enumerate(passages, start=1))
    written = load_prompt("answer_lines" if form == _LINES else "answer_form", refusal=REFUSAL)
    return load_prompt("answer", question=question, passages=numbered, form=written)
