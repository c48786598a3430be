"""Ask a chat model for sentences with quotes: a chain of prompt, model and, where the model keeps to one, a form."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from app.chat_models.address import UNKNOWN
from app.chat_models.drafts import SCHEMA, Draft, read_drafts
from app.chat_models.stream import Patience, StopSign, stream_text
from app.errors import ContextTooLong, UnusableReply
from app.messages import message
from prompts import REFUSAL, load_prompt

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.prompts import ChatPromptTemplate
    from langchain_core.runnables import Runnable, RunnableSequence

_REPLY_TOKENS = 1_024
"""Kept free for six sentences with their quotes."""
_DEFAULT_WINDOW = 4_096
"""Where neither the user, nor the model's makers, nor its server say how much it holds."""
_LATIN_CHARACTERS_A_TOKEN = 3.2
_MAX_SENTENCES = 12
"""Small models repeat themselves without end; the prompt asks for six."""
_MAX_CHARACTERS = 100_000
"""Of a reply, after which the model is read no further: it was asked for a thousand tokens."""


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
    free = window - _REPLY_TOKENS - token_estimate(answer_prompt(form=False).format(question=question, passages=""))
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


def answer_chain(model: BaseChatModel) -> Runnable[Any, Any]:
    """Return the chain from ``{"question": …, "passages": …}`` to the model's reply, in chunks as it is written.

    A model whose profile says that it keeps to a schema or fills in a tool's form is held to ``SCHEMA`` by LangChain's
    ``with_structured_output``; another one is asked for lines of JSON.
    """
    if not _keeps_to_a_form(model):
        return answer_prompt(form=False) | model
    options: dict[str, Any] = {} if _fills_in_tools(model) else {"method": "json_schema"}
    structured = model.with_structured_output(SCHEMA, strict=True, **options)
    # Without the provider's own parser: it completes a sentence that breaks off, and that must not be shown.
    return answer_prompt(form=True) | cast("RunnableSequence[Any, Any]", structured).first


def answer_prompt(form: bool) -> ChatPromptTemplate:
    """Return the prompt with the variables ``question`` and ``passages``; it asks for a form, or for lines of JSON."""
    from langchain_core.prompts import ChatPromptTemplate

    written = load_prompt("answer_form" if form else "answer_lines", refusal=REFUSAL)
    whole = load_prompt("answer", question="\0question\0", passages="\0passages\0", form=written)
    template = whole.replace("{", "{{").replace("}", "}}")
    for name in ("question", "passages"):
        template = template.replace(f"\0{name}\0", f"{{{name}}}")
    return ChatPromptTemplate.from_messages([("user", template)])


def _draft(
    model: BaseChatModel,
    question: str,
    passages: Sequence[str],
    stop: StopSign | None,
    patience: Patience | None,
) -> Iterator[Draft]:
    chain, asked = answer_chain(model), {"question": question, "passages": _numbered(passages)}
    address = (model.metadata or {}).get("address", UNKNOWN)
    patience = patience or (model.metadata or {}).get("patience")
    seen: list[str] = []

    def pieces() -> Generator[str]:
        written = 0
        with closing(stream_text(chain, asked, address, stop, patience)) as stream:
            for piece in stream:
                seen.append(piece[: _MAX_CHARACTERS - written])
                written += len(piece)
                yield seen[-1]
                if written >= _MAX_CHARACTERS:
                    return

    drafts = 0
    with closing(pieces()) as stream:
        for draft in islice(read_drafts(stream), _MAX_SENTENCES):
            drafts += 1
            yield draft
    text = "".join(seen)
    if not drafts and not _refuses(text, _keeps_to_a_form(model)):
        raise UnusableReply(
            message("The model did not answer in sentences with quotes: try a larger one, or ask without a model.")
        )


def _refuses(text: str, form: bool) -> bool:
    return not text.strip() or REFUSAL.casefold() in text.casefold() or (form and '"sentences"' in text)


def _keeps_to_a_form(model: BaseChatModel) -> bool:
    profile = model.profile or {}
    return bool(profile.get("structured_output") or profile.get("tool_calling"))


def _fills_in_tools(model: BaseChatModel) -> bool:
    profile = model.profile or {}
    return bool(profile.get("tool_calling") and not profile.get("structured_output"))


def _numbered(passages: Sequence[str]) -> str:
    return "\n\n".join(f"[{number}] {' '.join(text.split())}" for number, text in enumerate(passages, start=1))
