"""Errors of chat models in one line each: what is wrong, and what to do. They never contain keys.

LangChain sorts the errors of most providers into one tree; the rest are recognised by status code and text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from app.errors import ContextTooLong, ModelError
from app.messages import Message, message

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
_KEY_HEADERS = ("authorization", "x-api-key", "api-key")
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
            message(
                "The passages do not fit into the model’s window: set WHRD_MODEL_WINDOW to its size in tokens,"
                " or ask a narrower question."
            )
        )
    if status == 402 or _QUOTA.search(text):
        host = address.host or _place(address)
        return ModelError(message("The quota of your account at {host} is used up: see its billing page.", host=host))
    line = _refusal(status, error, address) if status is not None else _failure(text, error, address)
    return ModelError(line)


def _refusal(status: int, error: BaseException, address: ModelAddress) -> Message:
    """Return what it means that the server answered with a status of its own."""
    server = _server(address)
    if status in (401, 403):
        if not address.key_name:
            return message("{server} refuses access: check its access rules.", server=server)
        return message("{server} refuses the key: check {key}.", server=server, key=address.key_name)
    if status == 404:
        return _not_there(address)
    if status == 429:
        return message("{server} takes no more requests now: wait a minute and ask again.", server=server)
    if 300 <= status < 400:
        return message(
            "{server} redirects to another address; nothing was sent there. Give that address.", server=server
        )
    if status >= 500:
        return message(
            "{server} failed (status {code}): look at its log, or ask again later.", server=server, code=str(status)
        )
    return message(
        "{server} refuses the request (status {code}: {detail}).",
        server=server,
        code=str(status),
        detail=_detail(error),
    )


def _failure(text: str, error: BaseException, address: ModelAddress) -> Message:
    """Return what it means that the connection or the answer broke."""
    server = _server(address)
    if _UNKNOWN_HOST.search(text):
        return message("There is no server called {host}: check the address and the network.", host=_place(address))
    if _REFUSED.search(text):
        return message("No server answers at {host}: is it running?", host=_place(address))
    if _CUT.search(text):
        return message("{server} cut the connection while it answered: ask again.", server=server)
    if "timed out" in text.casefold() or "timeout" in text.casefold():
        return message("{server} does not answer in time: is it busy, or the model too large for it?", server=server)
    if "connect" in text.casefold():
        return message("{server} cannot be reached: {detail}: is it running?", server=server, detail=_detail(error))
    return message(
        "{server} does not answer as a chat model’s server does: {detail}.", server=server, detail=_detail(error)
    )


def _server(address: ModelAddress) -> Message:
    if not address.url:
        return message("The chat model")
    return message("The server at {host}", host=_place(address))


def _place(address: ModelAddress) -> str:
    from urllib.parse import urlsplit

    return urlsplit(address.url).netloc


def _not_there(address: ModelAddress) -> Message:
    name, server = address.name, _server(address)
    if address.provider == "ollama":
        command = f"ollama pull {name}"
        return message("Ollama has no model {name}: get it with `{command}`.", name=name, command=command)
    if address.is_own_server and not name:
        return message(
            "{server} has no chat model at this address: check the name after the # and the path (often /v1).",
            server=server,
        )
    if address.is_own_server:
        return message(
            "{server} has no model “{name}”: check the name after the # and the path (often /v1).",
            server=server,
            name=name,
        )
    return message(
        "{server} has no model {name}, or your key may not use it: check the name.", server=server, name=name
    )


def _detail(error: BaseException) -> str:
    """Return what the server said, without anything that looks like a key."""
    text = " ".join(str(error).split())
    known = {value for name, value in os.environ.items() if name.endswith(("_KEY", "_TOKEN")) and len(value) > 5}
    for secret in sorted(known | set(_sent_keys(error)), key=len, reverse=True):
        text = text.replace(secret, "…")
    text = _KEY_LIKE.sub("…", text)[:_DETAIL_CHARACTERS].strip()
    return text or type(error).__name__


def _sent_keys(error: BaseException) -> Iterator[str]:
    """Yield the keys of the requests that failed: a server may repeat them, and the environment need not have them."""
    for cause in _causes(error):
        with suppress(RuntimeError):  # httpx raises it where an error has no request
            request = getattr(getattr(cause, "response", None) or cause, "request", None)
            headers = getattr(request, "headers", None) or {}
            yield from (key for name in _KEY_HEADERS if (key := headers.get(name, "").removeprefix("Bearer ")))


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
