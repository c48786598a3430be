"""Models on this computer are found by asking its servers, and no other computer is asked."""

from __future__ import annotations

import pytest
from model_server import serve_model

from app.chat_models.address import parse_model
from app.chat_models.offered import offered_models


def test_a_server_on_this_computer_says_which_models_it_offers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")  # nothing listens there
    with serve_model() as server:
        server.models = [{"id": "small"}, {"id": "larger"}, {"nothing": 1}]
        found = offered_models(server.url)
        assert [model for model in found if model.startswith(server.url)] == [
            f"{server.url}#small",
            f"{server.url}#larger",
        ]
        assert parse_model(found[0]).name == "small"
        assert set(server.paths) == {"/v1/models"}


@pytest.mark.parametrize("spec", ["", "openai:gpt", "http://192.0.2.1:8080/v1", "nonsense"])
def test_what_is_elsewhere_is_not_asked(spec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx2

    asked: list[str] = []
    reply = httpx2.Client.get

    def noted(client: httpx2.Client, url: str) -> httpx2.Response:
        asked.append(url)
        return reply(client, url)

    monkeypatch.setattr(httpx2.Client, "get", noted)
    monkeypatch.setenv("OLLAMA_HOST", "192.0.2.7:11434")
    offered_models(spec)
    assert asked
    assert all(url.startswith("http://127.0.0.1:") for url in asked)
