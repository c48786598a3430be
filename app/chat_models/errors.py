"""Errors of chat models in one line each: what is wrong, and what to do. Keys never stand in them.

LangChain sorts the errors of most providers into one tree; what it does not sort is told by status code and text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.errors import ContextTooLong, ModelError

if TYPE_CHECKING:
    from app.chat_models.address import ModelAddress

_TRANSIENT_STATUS = frozenset({408, 429, 500, 502, 503, 504, 529})
_TOO_LONG = re.compile(
    r"context[_ ](?:length|window|size)|maximum context|too long|too many tokens|exceeds? .{0,40}\bcontext\b|n_ctx"
    r"|prompt is too",
    re.IGNORECASE,
)
_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|billing|credit balance", re.IGNORECASE)
_KEY_LIKE = re.compile(r"\b(?:sk|pk|key|Bearer)[-_ ][\w*.\-]{6,}", re.IGNORECASE)
_DETAIL_CHARACTERS = 120
_REFUSED = re.compile(r"refused|errno 111|winerror 10061|all connection attempts failed", re.IGNORECASE)
_UNKNOWN_HOST = re.compile(r"name or service|nodename nor|getaddrinfo|name resolution|no address", re.IGNORECASE)
_CUT = re.compile(r"reset|disconnected|incomplete|peer closed|broken pipe", re.IGNORECASE)


def is_transient(error: BaseException) -> bool:
    """Return whether the same request may succeed a moment later: too many requests, a server's failure, a cut line."""
    text = _texts(error)
    if _QUOTA.search(text) or _TOO_LONG.search(text):
        return False
    status = _status(error)
    if status is not None:
        return status in _TRANSIENT_STATUS
    return bool(_CUT.search(text)) and not _REFUSED.search(text)


def retry_after(error: BaseException) -> float:
    """Return how many seconds the server asks to wait, 0 where it does not say."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", 0)))
    except ValueError:
        return 0.0


def rejects_format(error: BaseException) -> bool:
    """Return whether the server knows no structured output, or not this one."""
    wanted = ("response_format", "json_schema", "structured", "grammar", "tool", "schema", "extra_forbidden", "format")
    return _status(error) in (400, 415, 422, 501) and any(word in _texts(error).casefold() for word in wanted)


def explain(error: BaseException, address: ModelAddress) -> ModelError:
    """Return the error as one line with the remedy."""
    text, status = _texts(error), _status(error)
    if _TOO_LONG.search(text):
        return ContextTooLong(
            "The passages do not fit into the model's window: set WHRD_MODEL_WINDOW to its size in tokens,"
            " or ask a narrower question."
        )
    if status == 402 or _QUOTA.search(text):
        where = address.host or "this computer"
        return ModelError(f"The quota of your account at {where} is used up: look at its billing page.")
    line = _refusal(status, error, address) if status is not None else _failure(text, error, address)
    return ModelError(line)


def _refusal(status: int, error: BaseException, address: ModelAddress) -> str:
    """Return what it means that the server answered with a status of its own."""
    server = _server(address)
    if status in (401, 403):
        return f"{server} refuses the key: check {address.key_name or 'its access rules'}."
    if status == 404:
        return _not_there(address)
    if status == 429:
        return f"{server} takes no more requests now: wait a minute and ask again."
    if 300 <= status < 400:
        return f"{server} sends us on to another address; nothing was sent there. Give that one."
    if status >= 500:
        return f"{server} failed (status {status}): look at its log, or ask again later."
    return f"{server} refuses the request (status {status}{_detail(error)})."


def _failure(text: str, error: BaseException, address: ModelAddress) -> str:
    """Return what it means that the connection or the answer broke."""
    server = _server(address)
    if _UNKNOWN_HOST.search(text):
        return f"There is no server called {_place(address)}: check the address and the network."
    if _REFUSED.search(text):
        return f"No server answers at {_place(address)}: is it running?"
    if _CUT.search(text):
        return f"{server} cut the connection while it answered: ask again."
    if "timed out" in text.casefold() or "timeout" in text.casefold():
        return f"{server} does not answer in time: is it busy, or the model too large for it?"
    if "connect" in text.casefold():
        return f"{server} cannot be reached{_detail(error)}: is it running?"
    return f"{server} does not answer as a chat model's server does{_detail(error)}."


def _server(address: ModelAddress) -> str:
    if not address.url:
        return "The chat model"
    return f"The server at {_place(address)}"


def _place(address: ModelAddress) -> str:
    from urllib.parse import urlsplit

    return urlsplit(address.url).netloc


def _not_there(address: ModelAddress) -> str:
    if address.provider == "ollama":
        return f"Ollama has no model {address.name}: get it with `ollama pull {address.name}`."
    if address.is_own_server:
        name = f"model {address.name!r}" if address.name else "chat model at this address"
        return f"{_server(address)} has no {name}: check the name behind the # and the path (often /v1)."
    return f"{_server(address)} has no model {address.name}, or your key may not use it: check the name."


def _detail(error: BaseException) -> str:
    """Return what the server said, without anything that looks like a key."""
    text = " ".join(str(error).split())
    for name, value in os.environ.items():
        if name.endswith(("_KEY", "_TOKEN")) and len(value) > 5:
            text = text.replace(value, "…")
    text = _KEY_LIKE.sub("…", text)[:_DETAIL_CHARACTERS].strip()
    return f": {text}" if text else f": {type(error).__name__}"


def _status(error: BaseException) -> int | None:
    for cause in _causes(error):
        status = getattr(cause, "status_code", None)
        if isinstance(status, int) and status > 0:
            return status
    return None


def _texts(error: BaseException) -> str:
    return " | ".join(f"{type(cause).__name__} {cause} {getattr(cause, 'body', '')}" for cause in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__
