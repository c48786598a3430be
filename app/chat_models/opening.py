"""Open the chat model that the user names: consent first, then its key, form and window."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from app.chat_models.address import parse_model
from app.chat_models.errors import explain
from app.chat_models.own_server import ask_server
from app.chat_models.providers import OLLAMA_WINDOW, REQUIREMENTS, build_model
from app.chat_models.stream import Patience
from app.errors import HostNotAllowed, ModelError
from app.messages import message

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel, ModelProfile

_NO_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")


def open_model(
    spec: str, allowed_hosts: Collection[str] = (), *, window: int = 0, timeout: float = 0, key: str = ""
) -> BaseChatModel:
    """Return the chat model that ``spec`` names (see ``app.chat_models.address.parse_model``).

    Its ``profile`` says whether it fills in a form (``structured_output``, ``tool_calling``) and how many tokens it
    takes (``max_input_tokens``). A server that the user names by its address is asked for both; it gets no text of the
    reports for that.

    Args:
        spec: Which model.
        allowed_hosts: The hosts, other than this computer, to which the user agreed to send text.
        window: Tokens that the model takes; 0 asks the provider.
        timeout: Seconds to its first words; 0 for the usual ones (``app.chat_models.stream.Patience``).
        key: The provider's key, kept in memory only; that of the environment where none is given.

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
    profile: dict[str, Any] = ask_server(address, secret or "none") if address.is_own_server else {}
    try:
        model = build_model(address, secret or "none", window or OLLAMA_WINDOW, str(profile.pop("name", "")))
    except ImportError as error:
        raise ModelError(
            message(
                "Model {spec}: install its package with `{command}`.",
                spec=spec,
                command=f"pip install --require-hashes -r {REQUIREMENTS[address.provider]}",
            )
        ) from error
    except Exception as error:  # every provider checks its settings in its own way
        raise explain(error, address) from error
    if address.provider == "ollama":
        profile = {"structured_output": True, "max_input_tokens": window or OLLAMA_WINDOW}
    elif address.provider == "anthropic":
        profile = {"structured_output": False, "tool_calling": True}
    known = {name: value for name, value in (model.profile or {}).items() if not address.is_own_server}
    model.profile = cast("ModelProfile", known | profile | ({"max_input_tokens": window} if window else {}))
    patience = replace(Patience(), first=timeout, total=max(Patience().total, 2 * timeout)) if timeout else Patience()
    model.metadata = {"address": address, "patience": patience}
    return model
