"""What the chat's server lets in: its own pages alone, under its own name, each with the headers that keep it so."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from chat_fixtures import Chat, running_chat, wait_until_up

from app.chat.peer import user_of


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


_AS_ANOTHER = """
import os, socket, sys
os.setgid(65534)
os.setuid(65534)
with socket.socket() as sent:
    sent.connect(("127.0.0.1", int(sys.argv[1])))
    sent.sendall(sys.argv[2].encode())
    print(sent.makefile(encoding="utf-8").read())
"""
"""Sends a request as a user without rights."""


def _as_another_user(chat: Chat, *lines: str) -> str:
    request = "".join(f"{line}\r\n" for line in (*lines, f"Host: 127.0.0.1:{chat.port}", "Connection: close", ""))
    said = subprocess.run(
        [sys.executable, "-c", _AS_ANOTHER, str(chat.port), request], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    return said.stdout


_ONLY_ROOT = pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0, reason="only root can become another user, and only Linux tells"
)


@_ONLY_ROOT
def test_another_user_of_this_computer_gets_no_answer(chat_server: Chat) -> None:
    for path in ("/", "/library", "/_stcore/health", "/_stcore/host-config"):
        assert "403" in _as_another_user(chat_server, f"GET {path} HTTP/1.1").splitlines()[0], path
    # Whoever stands between two computers may say for whom; here nobody does.
    forged = _as_another_user(chat_server, "GET / HTTP/1.1", "X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1")
    assert "403" in forged.splitlines()[0]
    assert "autre utilisateur" in _as_another_user(chat_server, "GET / HTTP/1.1", "Accept-Language: fr")
    stream = _as_another_user(
        chat_server,
        "GET /_stcore/stream HTTP/1.1",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        f"Origin: {chat_server.address}",
    )
    assert "403" in stream.splitlines()[0]


@_ONLY_ROOT
def test_the_chat_is_open_to_other_users_on_its_owners_word(tmp_path: Path) -> None:
    home = tmp_path / "library"
    home.mkdir()
    with running_chat(home, WHRD_ANY_USER="1") as chat:
        wait_until_up(chat.address)
        assert "200" in _as_another_user(chat, "GET / HTTP/1.1").splitlines()[0]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6], ids=["IPv4", "IPv4 by a socket of IPv6"])
def test_the_kernel_says_whose_a_connection_is(family: socket.AddressFamily) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(family) as client:
        address = server.getsockname()
        client.connect(address if family is socket.AF_INET else (f"::ffff:{address[0]}", address[1]))
        taken, asks = server.accept()
        assert user_of(asks, address) == os.getuid()
        assert user_of((asks[0], asks[1] ^ 1), address) is None
        client.close()  # what the kernel lists then belongs to nobody
        assert user_of(asks, address) is None
        taken.close()
