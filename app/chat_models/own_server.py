"""Ask an OpenAI-compatible server for its model's name and window, and whether it holds its model to a schema."""

from __future__ import annotations

import json
from typing import Any

from app.chat_models.address import ModelAddress
from app.chat_models.drafts import response_format
from app.chat_models.errors import explain, rejects_format
from app.errors import ModelError
from app.messages import message

_CONNECT_SECONDS = 10.0
_PROBE_SECONDS = 60.0


def ask_server(address: ModelAddress, key: str) -> dict[str, Any]:
    """Return what the server reports: the model's ``name``, ``max_input_tokens``, and ``structured_output``.

    A server may silently ignore a schema. So it is asked for an object that its model would never write unasked.

    Raises:
        ModelError: it does not answer, or not as a chat model's server does.
    """
    import httpx2

    base = address.url.rstrip("/")
    with httpx2.Client(
        follow_redirects=False,
        trust_env=bool(address.host),
        timeout=httpx2.Timeout(_PROBE_SECONDS, connect=_CONNECT_SECONDS),
        headers={"Authorization": f"Bearer {key}"},
    ) as client:
        served = models_of(client, base)
        entry = next((item for item in served if item.get("id") == address.name), served[0] if served else {})
        facts: dict[str, Any] = {"name": str(entry.get("id", ""))}
        if window := _window(client, base, entry):
            facts["max_input_tokens"] = window
        facts["structured_output"] = _keeps_to_a_form(client, base, address, address.name or facts["name"] or "default")
    return facts


def models_of(client: Any, base: str) -> list[dict[str, Any]]:
    """Return what the server at ``base`` ("…/v1") says of each model that it offers; nothing where it does not say."""
    found = read_json(client, f"{base}/models").get("data")
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _window(client: Any, base: str, entry: dict[str, Any]) -> int:
    """Return the window in tokens as llama.cpp, vLLM and LM Studio report it; 0 where nobody does."""
    root = base.removesuffix("/v1")
    settings = read_json(client, f"{root}/props").get("default_generation_settings")
    n_ctx = settings.get("n_ctx") if isinstance(settings, dict) else None
    values = (n_ctx, entry.get("max_model_len"), entry.get("loaded_context_length"), entry.get("context_length"))
    return next((value for value in values if isinstance(value, int) and value > 0), 0)


def read_json(client: Any, url: str) -> dict[str, Any]:
    """Return an answer's JSON object; an empty one where there is none, as on servers that offer the chat only."""
    import httpx2

    try:
        reply = client.get(url)
        found = reply.json() if reply.status_code == 200 else {}
    except (httpx2.HTTPError, ValueError, RecursionError):
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
    except (ValueError, LookupError, TypeError, RecursionError) as error:
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
    except (ValueError, AttributeError, RecursionError):
        return text.startswith("{") and '"sentences"' in text[:40]
