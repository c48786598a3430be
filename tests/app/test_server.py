"""What the chat's server lets in: its own pages alone, under its own name, each with the headers that keep it so."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request

import pytest
from chat_fixtures import Chat


def _status(chat: Chat, request: str, host: str = "", **headers: str) -> int:
    """Return the status of a request written by hand."""
    own = {"Host": host or f"127.0.0.1:{chat.port}", "Connection": "close", **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in own.items())
    with socket.create_connection(("127.0.0.1", chat.port), timeout=30) as sent:
        sent.sendall(f"{request} HTTP/1.1\r\n{lines}\r\n".encode())
        return int(sent.recv(100).split()[1])


def _websocket(chat: Chat, **headers: str) -> int:
    return _status(
        chat,
        "GET /_stcore/stream",
        Connection="Upgrade",
        Upgrade="websocket",
        Sec_WebSocket_Version="13",
        Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
        **headers,
    )


@pytest.mark.parametrize("path", ["/", "/library", "/anything", "/cases/x", "/_stcore/health", "/index.html"])
def test_every_answer_keeps_the_browser_on_this_server(chat_server: Chat, path: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        answer = opener.open(f"{chat_server.address}{path}", timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_websocket_is_for_pages_of_this_server_alone(chat_server: Chat) -> None:
    assert _websocket(chat_server, Origin=chat_server.address) == 101
    for other in ("http://127.0.0.1:9999", f"http://evil.example:{chat_server.port}", "null", "file://"):
        assert _websocket(chat_server, Origin=other) == 403, other


def test_another_name_of_this_computer_gets_no_answer(chat_server: Chat) -> None:
    assert _status(chat_server, "GET /", host="evil.example") == 400
    assert _status(chat_server, "GET /", host=f"localhost:{chat_server.port}") == 200
