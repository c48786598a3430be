"""Build LangChain's chat model of each provider: no redirects, no retries, no connection that outlives an answer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.chat_models.address import ModelAddress

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

REQUIREMENTS = {
    "ollama": "requirements/ollama.txt",
    "openai": "requirements/run.txt",
    "anthropic": "requirements/anthropic.txt",
}
OLLAMA_WINDOW = 8_192
"""Asked for explicitly: Ollama's own default is smaller, and it silently cuts off the front of what exceeds it."""
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 300.0
"""Between two bytes; ``app.chat_models.stream.Patience`` is shorter, and counts words."""
_MAX_REPLY_TOKENS = 1_024


def build_model(address: ModelAddress, key: str, window: int, served: str) -> BaseChatModel:
    """Return the chat model at ``address``.

    Args:
        address: Which model, and where.
        key: The provider's key; any text where none is needed.
        window: Tokens that Ollama's model takes.
        served: The name of the model that an own server serves, where the address names none.

    Raises:
        ImportError: the provider's package (see ``REQUIREMENTS``) is not installed.
    """
    name = address.name or served or "default"
    # Retries are in app.chat_models.stream: some providers' packages have none.
    options: dict[str, Any] = {"temperature": 0, "base_url": address.url, "max_retries": 0}
    if address.provider == "ollama":
        return _ollama(name, address, window)
    build = _anthropic if address.provider == "anthropic" else _openai
    model = build(name, address, {**options, "api_key": key})
    if (model.profile or {}).get("temperature") is False:
        model.temperature = None  # type: ignore[attr-defined]  # models that reason take none
    return model


def _openai(name: str, address: ModelAddress, options: dict[str, Any]) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    if address.is_own_server:
        options["extra_body"] = {"max_tokens": _MAX_REPLY_TOKENS}
    client = _async_client(is_local=not address.host)
    options |= {"http_async_client": client, "openai_proxy": "", "stream_chunk_timeout": None}
    model: BaseChatModel = init_chat_model(f"openai:{name}", **options)
    return model


def _anthropic(name: str, address: ModelAddress, options: dict[str, Any]) -> BaseChatModel:
    from anthropic import AsyncAnthropic
    from langchain_anthropic import ChatAnthropic

    class OwnConnections(ChatAnthropic):
        """ChatAnthropic follows redirects and keeps connections open, and has no setting for either."""

        @cached_property
        def _async_client(self) -> AsyncAnthropic:
            return AsyncAnthropic(**self._client_params, http_client=_async_client(is_local=not address.host))

    return OwnConnections(model_name=name, **options)


def _ollama(name: str, address: ModelAddress, window: int) -> BaseChatModel:
    import httpx
    from langchain.chat_models import init_chat_model

    model: BaseChatModel = init_chat_model(
        f"ollama:{name}",
        temperature=0,
        base_url=address.url,
        num_ctx=window,
        num_predict=_MAX_REPLY_TOKENS,
        client_kwargs={
            "follow_redirects": False,
            "trust_env": bool(address.host),
            "timeout": httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
        },
        async_client_kwargs={"limits": httpx.Limits(max_keepalive_connections=0)},
    )
    return model


def _async_client(is_local: bool) -> Any:
    """Return a client that follows no redirect, keeps no connection, and uses no proxy for this computer."""
    import httpx2

    return httpx2.AsyncClient(
        follow_redirects=False,
        trust_env=not is_local,
        timeout=httpx2.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
        limits=httpx2.Limits(max_keepalive_connections=0),
    )
