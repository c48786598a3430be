"""Open the chat model that the user names: consent first, then the key, the form of its answers and its window."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from app.chat_models.address import ModelAddress, parse_model
from app.chat_models.drafting import response_format
from app.chat_models.errors import explain, rejects_format
from app.chat_models.stream import Patience
from app.errors import HostNotAllowed, ModelError
from app.messages import message

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel, ModelProfile

_PACKAGES = {"ollama": "langchain-ollama", "openai": "langchain-openai", "anthropic": "langchain-anthropic"}
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 300.0
"""Between two bytes; ``app.chat_models.stream.Patience`` is shorter, and counts words."""
_PROBE_SECONDS = 60.0
_OLLAMA_WINDOW = 8_192
"""Asked for explicitly: Ollama's own default is smaller, and what exceeds it is cut off at the front in silence."""
_MAX_REPLY_TOKENS = 1_024
_NO_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")


def open_model(
    spec: str, allowed_hosts: Collection[str] = (), *, window: int = 0, timeout: float = 0, key: str = ""
) -> BaseChatModel:
    """Return the chat model that ``spec`` names (see ``app.chat_models.address.parse_model``).

    Its ``profile`` says whether it fills in a form (``structured_output``, ``tool_calling``) and how many tokens it
    takes (``max_input_tokens``). An own server is asked for both, without a word of the reports.

    Args:
        spec: Which model.
        allowed_hosts: The hosts, other than this computer, to which the user agreed to send text.
        window: Tokens that the model takes; 0 asks the provider.
        timeout: Seconds to its first words; 0 for the usual ones (``app.chat_models.stream.Patience``).
        key: The provider's key, held in memory alone; the environment's where none is given.

    Raises:
        HostNotAllowed: text would go to a host to which the user did not agree; nothing was sent.
        ModelError: the package or the key is missing, the server does not answer, or ``spec`` names no provider.
    """
    for name in _NO_TRACING:  # a tracer would send prompts, and passages in them, to its maker
        os.environ[name] = "false"
    address = parse_model(spec)
    if address.host and address.host not in allowed_hosts:
        raise HostNotAllowed(address.host)
    secret = key or (os.environ.get(address.key_name, "") if address.key_name else "")
    if not secret and address.key_name and not address.is_own_server:
        raise ModelError(message("Model {spec}: its key is missing: set {key}.", spec=spec, key=address.key_name))
    profile: dict[str, Any] = _ask_server(address, secret or "none") if address.is_own_server else {}
    try:
        model = _build(address, secret or "none", window or _OLLAMA_WINDOW, str(profile.pop("name", "")))
    except ImportError as error:
        raise ModelError(
            message(
                "Model {spec}: install its package with `{command}`.",
                spec=spec,
                command=f"pip install {_PACKAGES[address.provider]}",
            )
        ) from error
    except Exception as error:  # every provider checks its settings in its own way
        raise explain(error, address) from error
    if address.provider == "ollama":
        profile = {"structured_output": True, "max_input_tokens": window or _OLLAMA_WINDOW}
    elif address.provider == "anthropic":
        profile = {"structured_output": False, "tool_calling": True}
    known = {name: value for name, value in (model.profile or {}).items() if not address.is_own_server}
    model.profile = cast("ModelProfile", known | profile | ({"max_input_tokens": window} if window else {}))
    patience = replace(Patience(), first=timeout, total=max(Patience().total, 2 * timeout)) if timeout else Patience()
    model.metadata = {"address": address, "patience": patience}
    return model


def _build(address: ModelAddress, key: str, window: int, served: str) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    model: BaseChatModel
    name = address.name or served or "default"
    local = not address.host
    options: dict[str, Any] = {"temperature": 0, "base_url": address.url}
    if address.provider == "ollama":
        import httpx

        options |= {
            "num_ctx": window,
            "num_predict": _MAX_REPLY_TOKENS,
            "client_kwargs": {
                "follow_redirects": False,
                "trust_env": not local,
                "timeout": httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
            },
            "async_client_kwargs": {"limits": httpx.Limits(max_keepalive_connections=0)},
        }
        return cast("BaseChatModel", init_chat_model(f"ollama:{name}", **options))
    # Retries are ours (app.chat_models.stream): they must not run on when the user stops the answer.
    options |= {"api_key": key, "max_retries": 0}
    if address.provider == "anthropic":
        model = init_chat_model(f"anthropic:{name}", **options)
        from anthropic import AsyncAnthropic

        # It offers no setting for its connections, which must not outlive an answer's event loop.
        model.__dict__["_async_client"] = AsyncAnthropic(
            api_key=key, base_url=address.url, max_retries=0, http_client=_async_client(local)
        )
        return model
    if address.is_own_server:
        options["extra_body"] = {"max_tokens": _MAX_REPLY_TOKENS}
    options |= {"http_async_client": _async_client(local), "openai_proxy": "", "stream_chunk_timeout": None}
    model = init_chat_model(f"openai:{name}", **options)
    if (model.profile or {}).get("temperature") is False:
        model.temperature = None  # type: ignore[attr-defined]  # models that reason take none
    return model


def _async_client(local: bool) -> Any:
    """Return a client that follows no redirect, keeps no connection, and goes to this computer without a proxy."""
    import httpx2

    return httpx2.AsyncClient(
        follow_redirects=False,
        trust_env=not local,
        timeout=httpx2.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
        limits=httpx2.Limits(max_keepalive_connections=0),
    )


def _ask_server(address: ModelAddress, key: str) -> dict[str, Any]:
    """Return what an own server says of itself: the model's name and window, and whether it keeps to a form.

    A server may ignore a form in silence. So it is asked to fill in one that its model would never write of itself.
    """
    import httpx2

    base = address.url.rstrip("/")
    with httpx2.Client(
        follow_redirects=False,
        trust_env=bool(address.host),
        timeout=httpx2.Timeout(_PROBE_SECONDS, connect=_CONNECT_SECONDS),
        headers={"Authorization": f"Bearer {key}"},
    ) as client:
        served = _models(client, base)
        entry = next((item for item in served if item.get("id") == address.name), served[0] if served else {})
        facts: dict[str, Any] = {"name": str(entry.get("id", ""))}
        if window := _window(client, base, entry):
            facts["max_input_tokens"] = window
        facts["structured_output"] = _keeps_to_a_form(client, base, address, address.name or facts["name"] or "default")
    return facts


def _models(client: Any, base: str) -> list[dict[str, Any]]:
    found = _json(client, f"{base}/models").get("data")
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _window(client: Any, base: str, entry: dict[str, Any]) -> int:
    """Return the window in tokens as llama.cpp, vLLM and LM Studio report it; 0 where nobody does."""
    root = base.removesuffix("/v1")
    settings = _json(client, f"{root}/props").get("default_generation_settings")
    n_ctx = settings.get("n_ctx") if isinstance(settings, dict) else None
    values = (n_ctx, entry.get("max_model_len"), entry.get("loaded_context_length"), entry.get("context_length"))
    return next((value for value in values if isinstance(value, int) and value > 0), 0)


def _json(client: Any, url: str) -> dict[str, Any]:
    """Return an answer's JSON object; an empty one where there is none, as on servers that know the chat alone."""
    import httpx2

    try:
        reply = client.get(url)
        found = reply.json() if reply.status_code == 200 else {}
    except (httpx2.HTTPError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _keeps_to_a_form(client: Any, base: str, address: ModelAddress, name: str) -> bool:
    import httpx2

    body = {
        "model": name,
        "messages": [{"role": "user", "content": "Say hello."}],
        "temperature": 0,
        "max_tokens": 64,
        "response_format": response_format(),
    }
    try:
        reply = client.post(f"{base}/chat/completions", json=body)
        reply.raise_for_status()
        content = reply.json()["choices"][0]["message"]["content"]
    except httpx2.HTTPStatusError as error:
        problem: Exception = _Status(error.response)
        if error.response.status_code in (400, 415, 422, 500, 501) or rejects_format(problem):
            return False  # the question itself will tell whether it was the form
        raise explain(problem, address) from error
    except httpx2.TimeoutException:
        return False  # a slow model: its first words are waited for longer when it is asked
    except httpx2.HTTPError as error:
        raise explain(error, address) from error
    except (ValueError, LookupError, TypeError) as error:
        raise ModelError(
            message(
                "{server} does not answer as a chat model’s server does.",
                server=message("The server at {host}", host=base),
            )
        ) from error
    return _is_form(content)


class _Status(Exception):
    """A server's refusal, with the status code where ``app.chat_models.errors`` looks for it."""

    def __init__(self, response: Any) -> None:
        super().__init__(response.text[:300])
        self.response, self.status_code = response, response.status_code


def _is_form(content: Any) -> bool:
    # A form cut off by the limit of its length is one all the same.
    text = str(content or "").lstrip()
    try:
        return isinstance(json.loads(text).get("sentences"), list)
    except (ValueError, AttributeError):
        return text.startswith("{") and '"sentences"' in text[:40]
