"""Answers by a chat model that the user names. It sees numbered passages and must answer in sentences with quotes.

The model writes one JSON object a line, so that every sentence can be checked and shown as soon as it is whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from app.errors import ModelError
from prompts import REFUSAL, load_prompt

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_TIMEOUT_SECONDS = 120
_PACKAGES = {"ollama": "langchain-ollama", "openai": "langchain-openai", "anthropic": "langchain-anthropic"}
_LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
_HOSTS = {"openai": "api.openai.com", "anthropic": "api.anthropic.com", "ollama": "127.0.0.1"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as the model wrote it: nothing in it is checked yet."""

    text: str
    quotes: tuple[tuple[int, str], ...]
    """``(passage number, quoted words)``; passage numbers are 1-based."""


def model_host(spec: str) -> str:
    """Return the host that the passages would go to; "" when it is this computer."""
    import os

    if _is_address(spec):
        host = urlsplit(spec).hostname or ""
    else:
        provider = spec.partition(":")[0]
        override = os.environ.get("OLLAMA_HOST" if provider == "ollama" else f"{provider.upper()}_BASE_URL", "")
        named = urlsplit(override if "//" in override else f"//{override}").hostname if override else None
        host = named or _HOSTS.get(provider, provider)
    return "" if host in _LOCAL_HOSTS else host


def open_model(spec: str) -> BaseChatModel:
    """Return the chat model that ``spec`` names.

    ``spec`` is ``ollama:NAME``, ``openai:NAME``, ``anthropic:NAME``, or the address of an OpenAI-compatible server,
    with the model's name behind a ``#`` when it serves more than one: ``http://127.0.0.1:8080/v1#qwen``.

    Raises:
        ModelError: the package or the key is missing, or ``spec`` names no provider.
    """
    import os

    os.environ.setdefault("LANGSMITH_TRACING", "false")
    os.environ.setdefault("LANGCHAIN_TRACING_V2", "false")
    provider, _, name = spec.partition(":")
    options: dict[str, Any] = {"temperature": 0}
    if _is_address(spec):
        address, _, name = spec.partition("#")
        provider = "openai"
        options |= {"base_url": address, "api_key": os.environ.get("OPENAI_API_KEY") or "none"}
        name = name or "default"
    if provider not in _PACKAGES or not name:
        raise ModelError(
            f"Model {spec!r}: give ollama:NAME, openai:NAME, anthropic:NAME, or an OpenAI-compatible server's address."
        )
    if provider != "ollama":
        options |= {"timeout": _TIMEOUT_SECONDS, "max_retries": 1}
    try:
        from langchain.chat_models import init_chat_model

        model: BaseChatModel = init_chat_model(f"{provider}:{name}", **options)
    except ImportError as error:
        raise ModelError(f"Model {spec}: install its package with `pip install {_PACKAGES[provider]}`.") from error
    except Exception as error:  # every provider has its own errors for a missing key
        raise ModelError(
            f"Model {spec} cannot be used ({_one_line(error)}): is {provider.upper()}_API_KEY set?"
        ) from error
    return model


def draft_answer(model: BaseChatModel, question: str, passages: Sequence[str]) -> Iterator[Draft]:
    """Yield the model's sentences as they come; none when it says that the passages do not answer.

    Raises:
        ModelError: the server is away, the key is refused, the model is not there, or it did not keep to the format.
    """
    numbered = "\n\n".join(f"[{number}] {' '.join(text.split())}" for number, text in enumerate(passages, start=1))
    prompt = load_prompt("answer", question=question, passages=numbered, refusal=REFUSAL)
    seen, drafts = "", 0
    for line in _lines(_stream(model, prompt)):
        seen += line + "\n"
        for draft in _drafts(line):
            drafts += 1
            yield draft
    if not drafts and REFUSAL.casefold() not in seen.casefold():
        # Pretty-printed JSON runs over lines: the whole is read once more.
        for draft in _drafts(seen):
            drafts += 1
            yield draft
        if not drafts and seen.strip():
            raise ModelError(
                "The model did not answer in sentences with quotes: try a larger one, or ask without a model."
            )


def _stream(model: BaseChatModel, prompt: str) -> Iterator[str]:
    try:
        for chunk in model.stream(prompt):
            yield str(chunk.text)
    except Exception as error:  # every provider has its own tree of errors; all mean that the model is not to be had
        raise ModelError(f"The chat model does not answer ({_one_line(error)}): is its server running?") from error


def _lines(chunks: Iterable[str]) -> Iterator[str]:
    buffer = ""
    for chunk in chunks:
        buffer += chunk
        *whole, buffer = buffer.split("\n")
        yield from whole
    if buffer:
        yield buffer


def _drafts(text: str) -> Iterator[Draft]:
    cleaned = re.sub(r"^```\w*|```$", "", text.strip()).strip().rstrip(",")
    if not cleaned.startswith(("{", "[")):
        return
    decoder, position = json.JSONDecoder(strict=False), 0
    while position < len(cleaned):
        try:
            value, position = decoder.raw_decode(cleaned, position)
        except json.JSONDecodeError:
            return
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and isinstance(item.get("sentences"), list):
                yield from filter(None, map(_draft, item["sentences"]))
            elif draft := _draft(item):
                yield draft
        position += len(cleaned[position:]) - len(cleaned[position:].lstrip(" \t\r\n,"))


def _draft(item: Any) -> Draft | None:
    if not isinstance(item, dict) or not isinstance(item.get("sentence"), str) or not item["sentence"].strip():
        return None
    quotes = []
    for quote in item.get("quotes") or []:
        if isinstance(quote, dict) and isinstance(quote.get("quote"), str):
            number = str(quote.get("passage", ""))
            quotes.append((int(number) if number.isdigit() else 0, quote["quote"]))
    return Draft(" ".join(item["sentence"].split()), tuple(quotes))


def _is_address(spec: str) -> bool:
    return spec.startswith(("http://", "https://"))


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
