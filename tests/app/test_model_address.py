"""Which model a name means, and whether text would leave this computer: by the address that a name resolves to."""

from __future__ import annotations

import pytest

from app.chat_models.address import is_this_computer, model_host, parse_model
from app.errors import ModelError


@pytest.fixture(autouse=True)
def no_addresses_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "ANTHROPIC_BASE_URL", "ANTHROPIC_API_URL", "OLLAMA_HOST"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "::1", "127.8.9.10", "0.0.0.0", "::ffff:127.0.0.1", "127.1", "2130706433"]
)
def test_loopback_in_every_spelling_is_this_computer(host: str) -> None:
    assert is_this_computer(host)
    bracketed = f"[{host}]" if ":" in host else host
    assert model_host(f"http://{bracketed}:8080/v1") == ""


@pytest.mark.parametrize(
    "host",
    ["192.168.1.20", "10.0.0.2", "169.254.1.1", "8.8.8.8", "fe80::1", "localhost.models.invalid", "::ffff:8.8.8.8"],
)
def test_every_other_address_is_another_computer_the_neighbours_too(host: str) -> None:
    assert not is_this_computer(host)
    bracketed = f"[{host}]" if ":" in host else host
    assert model_host(f"http://{bracketed}:8080/v1") == host


def test_a_name_of_this_computer_is_replaced_by_the_address_that_was_judged() -> None:
    assert parse_model("http://localhost:8080/v1#qwen").url == "http://127.0.0.1:8080/v1"
    assert parse_model("http://localhost:8080/v1#qwen").name == "qwen"


@pytest.mark.parametrize(
    ("spec", "host"),
    [
        ("openai:gpt-5", "api.openai.com"),
        ("anthropic:claude-sonnet-5", "api.anthropic.com"),
        ("ollama:qwen3", ""),
        ("ollama:gpt-oss:120b-cloud", "ollama.com"),
        ("ollama:kimi-k2:cloud", "ollama.com"),
    ],
)
def test_the_host_of_a_provider_is_told(spec: str, host: str) -> None:
    assert model_host(spec) == host


@pytest.mark.parametrize(
    ("name", "value", "spec", "host", "url"),
    [
        ("OPENAI_BASE_URL", "http://127.0.0.1:1234/v1", "openai:m", "", "http://127.0.0.1:1234/v1"),
        ("OPENAI_BASE_URL", "http://192.0.2.7/v1", "openai:m", "192.0.2.7", "http://192.0.2.7/v1"),
        ("OLLAMA_HOST", "0.0.0.0", "ollama:m", "", "http://0.0.0.0:11434"),
        ("OLLAMA_HOST", "192.0.2.7:99", "ollama:m", "192.0.2.7", "http://192.0.2.7:99"),
    ],
)
def test_an_address_of_the_environment_is_judged_and_used(
    name: str, value: str, spec: str, host: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert (parse_model(spec).host, parse_model(spec).url) == (host, url)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("parrot", "ollama:NAME"),
        ("openai:", "ollama:NAME"),
        ("http://", "http://HOST:PORT/v1"),
        ("http://127.0.0.1:99999/v1", "http://HOST:PORT/v1"),
        ("https://user:secret@models.example/v1", "OPENAI_API_KEY"),
        ("https://models.example/v1?key=secret", "OPENAI_API_KEY"),
    ],
)
def test_what_is_no_model_is_one_line_without_secrets(spec: str, said: str) -> None:
    with pytest.raises(ModelError, match=said) as caught:
        parse_model(spec)
    assert "secret" not in str(caught.value)
