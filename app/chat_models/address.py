"""Which chat model a name means, and whether its server is this computer. Standard library only.

What counts is the address that a host's name resolves to: a name may point anywhere. The address that was judged is the
one that is used, so that a name cannot point elsewhere a second later.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from app.errors import ModelError
from app.messages import message

OLLAMA_URL = "http://127.0.0.1:11434"
_PUBLIC_URLS = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com"}
_OVERRIDES = {
    "openai": ("OPENAI_BASE_URL", "OPENAI_API_BASE"),
    "anthropic": ("ANTHROPIC_API_URL", "ANTHROPIC_BASE_URL"),
    "ollama": ("OLLAMA_HOST",),
}
"""The environment's names for another address, as the providers' own packages read them."""
_OLLAMA_PORT = 11434
_OLLAMA_CLOUD = "ollama.com"


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """A chat model and where it is."""

    spec: str
    """As the user named it."""
    provider: str
    """ "openai" (also for servers that speak its protocol), "anthropic" or "ollama"."""
    name: str
    """"" for a server that serves one model."""
    url: str
    host: str
    """Where questions and passages go, as the user is told; "" when it is this computer."""

    @property
    def is_own_server(self) -> bool:
        """Whether the user gave a server's address: nothing but the protocol is known of it."""
        return _is_url(self.spec)

    @property
    def key_name(self) -> str:
        """The environment variable of its key; "" where none is needed."""
        return "" if self.provider == "ollama" else f"{self.provider.upper()}_API_KEY"


UNKNOWN = ModelAddress("", "", "", "", "")
"""Of a model that was not opened by its name."""


def model_host(spec: str) -> str:
    """Return the host that questions and passages would go to; "" when it is this computer.

    Raises:
        ModelError: ``spec`` names no model.
    """
    return parse_model(spec).host


def parse_model(spec: str) -> ModelAddress:
    """Return what ``spec`` means.

    ``spec`` is ``ollama:NAME``, ``openai:NAME``, ``anthropic:NAME``, or the address of an OpenAI-compatible server,
    with the model's name behind a ``#`` when it serves more than one: ``http://127.0.0.1:8080/v1#qwen``.

    Raises:
        ModelError: it is none of these, or holds a password.
    """
    if _is_url(spec):
        address, _, name = spec.partition("#")
        url, host = _judge(address)
        return ModelAddress(spec, "openai", name, url, host)
    provider, _, name = spec.partition(":")
    if provider not in _OVERRIDES or not name:
        raise ModelError(
            message(
                "Model “{spec}”: give ollama:NAME, openai:NAME, anthropic:NAME, or the address of an OpenAI-compatible"
                " server.",
                spec=spec,
            )
        )
    override = next((value for key in _OVERRIDES[provider] if (value := os.environ.get(key))), "")
    if not override and provider in _PUBLIC_URLS:
        url = _PUBLIC_URLS[provider]
        return ModelAddress(spec, provider, name, url, str(urlsplit(url).hostname))
    url, host = _judge(_ollama_url(override) if provider == "ollama" else override)
    # Ollama hands models of this kind on to its makers' servers.
    cloud = provider == "ollama" and name.endswith(("-cloud", ":cloud"))
    return ModelAddress(spec, provider, name, url, _OLLAMA_CLOUD if cloud and not host else host)


@lru_cache(maxsize=64)
def is_this_computer(host: str) -> bool:
    """Return whether every address of ``host`` is this computer's own; an unknown name is not."""
    return _own_address(host) is not None


def _judge(url: str) -> tuple[str, str]:
    """Return the URL to use and its host, "" for this computer; a name of this computer is replaced by its address."""
    parts = _split(url)
    host = str(parts.hostname)
    own = _own_address(host)
    if own is None:
        return url, host
    # A certificate names the host, so https keeps the name; only "localhost" cannot be made to mean another computer.
    if parts.scheme == "https":
        return (url, "") if host == "localhost" or _is_literal(host) else (url, host)
    bracketed = f"[{own}]" if ":" in own else own
    return parts._replace(netloc=bracketed + (f":{parts.port}" if parts.port else "")).geturl(), ""


def _split(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.username or parts.password or parts.query:
        raise ModelError(
            message("The address of a model must not hold a name, password or key: put the key into OPENAI_API_KEY.")
        )
    try:
        valid = bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid or not _is_url(url):
        raise ModelError(message("Model address “{url}”: give it as http://HOST:PORT/v1.", url=url))
    return parts


@lru_cache(maxsize=64)
def _own_address(host: str) -> str | None:
    """Return this computer's address that ``host`` means, None when it means another computer or nothing."""
    try:
        found = [entry[4][0] for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return None
    addresses = [ip_address(str(text).partition("%")[0]) for text in found]
    if not addresses or not all(map(_is_own, addresses)):
        return None
    # A server of this computer seldom listens on IPv6 alone.
    return str(next((address for address in addresses if address.version == 4), addresses[0]))


def _is_own(address: IPv4Address | IPv6Address) -> bool:
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _ollama_url(override: str) -> str:
    """Return Ollama's address: OLLAMA_HOST may lack the scheme and the port."""
    if not override:
        return OLLAMA_URL
    url = override if _is_url(override) else f"http://{override}"
    parts = urlsplit(url)
    return (
        url
        if parts.port or parts.scheme == "https"
        else parts._replace(netloc=f"{parts.netloc}:{_OLLAMA_PORT}").geturl()
    )


def _is_url(spec: str) -> bool:
    return spec.startswith(("http://", "https://"))
