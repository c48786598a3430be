"""Which chat models run on this computer: what its servers say that they offer. No other computer is asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from app.chat_models.address import parse_model
from app.chat_models.own_server import models_of, read_json
from app.errors import ModelError

if TYPE_CHECKING:
    import httpx2

_USUAL = ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8000/v1", "http://127.0.0.1:1234/v1")
"""Where llama.cpp, vLLM and LM Studio listen unless they are told otherwise."""
_SECONDS = 1.5
"""For a connection and for a reply: a server on this computer knows its models at once."""
_OLLAMA = "ollama:any"


def offered_models(server: str = "") -> list[str]:
    """Return the models that servers on this computer offer, Ollama and others, as ``parse_model`` reads them.

    Args:
        server: The address of one more server to ask; it is left out where it is not on this computer.
    """
    servers = dict.fromkeys(filter(None, (_own_server(server), *_USUAL)))
    with ThreadPoolExecutor(len(servers) + 1) as asking:
        of_servers = list(asking.map(_of_server, servers))
        of_ollama = asking.submit(_of_ollama).result()
    return list(dict.fromkeys([*of_ollama, *(model for found in of_servers for model in found)]))


def _own_server(server: str) -> str:
    """Return the address of a server on this computer; empty for any other, and for what is no address."""
    try:
        address = parse_model(server.strip())
    except ModelError:
        return ""
    return "" if address.host or not address.is_own_server else address.url.rstrip("/")


def _of_server(url: str) -> list[str]:
    with _client() as client:
        names = [item.get("id") for item in models_of(client, url)]
    return [f"{url}#{name}" for name in names if isinstance(name, str) and name]


def _of_ollama() -> list[str]:
    try:
        address = parse_model(_OLLAMA)
    except ModelError:  # OLLAMA_HOST is no address
        return []
    if address.host:
        return []
    with _client() as client:
        found = read_json(client, f"{address.url.rstrip('/')}/api/tags").get("models")
    names = [item.get("name") for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    models = [f"ollama:{name}" for name in names if isinstance(name, str) and name]
    return [model for model in models if not parse_model(model).host]  # those that it hands on are not here


def _client() -> httpx2.Client:
    import httpx2

    return httpx2.Client(follow_redirects=False, trust_env=False, timeout=_SECONDS)
