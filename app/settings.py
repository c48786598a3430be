"""All settings, read from the environment (``WHRD_*``) and a ``.env`` file in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from dotenv import dotenv_values
from platformdirs import user_data_path

from app.errors import UsageError

_PREFIX = "WHRD_"
_SWITCH = {**dict.fromkeys(("1", "true", "yes", "on"), True), **dict.fromkeys(("0", "false", "no", "off"), False)}
_SWITCHES = ("no_traces", "any_user")
_NUMBERS = {
    "port": "give one from 1024 to 65535",
    "model_window": "give its size in tokens",
    "model_timeout": "give seconds",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; every field is ``WHRD_`` and its name in capitals."""

    home: Path = field(default_factory=lambda: user_data_path("whrd", appauthor=False))
    """The library's folder: on a shared computer put it on an encrypted disk."""
    model: str = ""
    """The chat model; none, the default, answers with verbatim quotes only."""
    model_window: int = 0
    """How many tokens the chat model takes; 0 asks its server or its maker's list."""
    model_timeout: int = 180
    """Seconds that the chat model is waited for before its first words."""
    allow_host: str = ""
    """Hosts, other than this computer, that questions and passages may go to; several with commas."""
    embedder: str = ""
    """"multilingual-e5-small" (the default once set up), "minilm", or the folder of a sentence-transformers model."""
    reader: str = ""
    """"" for the model that reads, "none" for none, or the folder of a sentence-transformers cross-encoder."""
    chroma_url: str = ""
    """A Chroma server's address, for a library that several computers share."""
    no_traces: bool = False
    """Whether new windows of the chat leave no traces: chats are kept in the window only."""
    any_user: bool = False
    """Whether other users of this computer may open the chat while it runs."""
    port: int = 8501
    """Of the chat on 127.0.0.1."""

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The hosts of ``allow_host``."""
        return frozenset(host.strip().lower() for host in self.allow_host.split(",") if host.strip())


def read_settings(environment: Mapping[str, str] | None = None, env_file: Path = Path(".env")) -> Settings:
    """Return the settings; the environment goes before ``env_file``.

    Raises:
        UsageError: a ``WHRD_*`` name is unknown, or a value does not fit.
    """
    values = {name: value or "" for name, value in dotenv_values(env_file).items()} if env_file.is_file() else {}
    values |= dict(os.environ if environment is None else environment)
    own = {name: value for name, value in values.items() if name.startswith(_PREFIX) and value}
    known = {f"{_PREFIX}{item.name.upper()}": item.name for item in fields(Settings)}
    unknown = sorted(set(own) - set(known))
    if unknown:
        raise UsageError(f"Unknown setting {unknown[0]}: the settings are {', '.join(sorted(known))}.")
    given: dict[str, object] = {known[name]: value for name, value in own.items()}
    if "home" in given:
        given["home"] = Path(str(given["home"])).expanduser()
    for name, remedy in _NUMBERS.items():
        if name in given:
            try:
                given[name] = int(str(given[name]))
            except ValueError:
                raise UsageError(f"WHRD_{name.upper()}={given[name]} is no number: {remedy}.") from None
    for name in _SWITCHES:
        if name in given:
            switch = _SWITCH.get(str(given[name]).strip().lower())
            if switch is None:
                raise UsageError(f"WHRD_{name.upper()}={given[name]} is neither yes nor no: give 1 or 0.")
            given[name] = switch
    return Settings(**given)  # type: ignore[arg-type]  # checked by name and converted above
