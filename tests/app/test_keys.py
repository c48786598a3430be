"""Keys go to the operating system's keyring or stay in memory; no file is ever written."""

from __future__ import annotations

from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService
from keyring.errors import KeyringLocked

from app.chat_models.keys import NoKeyring, forget_key, keep_key, kept_key, system_keyring

KEY = "sk-verysecret1234567890"


class InMemory(KeyringBackend):
    """A keyring for the length of a test; ``locked`` is one that its user did not unlock."""

    priority = -1.0  # type: ignore[assignment]  # never chosen by itself

    def __init__(self, locked: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def _open(self) -> dict[tuple[str, str], str]:
        if self.locked:
            raise KeyringLocked("no")
        return self.kept

    def get_password(self, service: str, username: str) -> str | None:
        return self._open().get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self._open()[service, username]


class PlainFile(InMemory):
    """What writes keys into a file, as packages beside keyring do; it is usable, and first by its own account."""

    priority = 99.0  # type: ignore[assignment]


def test_a_key_is_kept_for_its_servers_address_alone_and_forgotten() -> None:
    own = InMemory()
    keep_key("openai:gpt-5", KEY, own)
    assert kept_key("openai:gpt-5", own) == kept_key("openai:gpt-4.1", own) == KEY
    assert kept_key("anthropic:claude-sonnet-5", own) == kept_key("https://models.example/v1", own) == ""
    forget_key("openai:gpt-5", own)
    forget_key("openai:gpt-5", own)
    assert own.kept == {}


def test_a_keyring_of_plain_text_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [PlainFile()])
    with pytest.raises(NoKeyring, match="stays in memory"):
        system_keyring()
    with pytest.raises(NoKeyring, match="stays in memory"):
        keep_key("openai:gpt-5", KEY)


def test_the_systems_own_keyring_is_chosen_before_a_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    own = type("Keyring", (InMemory,), {"__module__": SecretService.__name__})()
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [PlainFile(), own])
    keep_key("openai:gpt-5", KEY)
    assert list(own.kept.values()) == [KEY]


def test_a_keyring_that_stays_locked_is_one_line_without_the_key(tmp_path: Path) -> None:
    with pytest.raises(NoKeyring, match="stayed locked") as caught:
        keep_key("openai:gpt-5", KEY, InMemory(locked=True))
    assert KEY not in str(caught.value)
    assert "\n" not in str(caught.value)
