"""A small server on this computer that speaks the OpenAI protocol, and misbehaves as it is told."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class ModelServer:
    """What it was asked, and how it answers the next questions (see ``serve_model``)."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    """The bodies of the questions to the chat, without those that only try the form out."""
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    replies: list[Callable[[Handler], None]] = field(default_factory=list)
    """One for each question, the last one for all that follow."""
    keeps_to_forms: bool = False
    form_status: int = 200
    models: list[dict[str, Any]] = field(default_factory=lambda: [{"id": "small", "max_model_len": 4096}])
    closed_early: threading.Event = field(default_factory=threading.Event)
    """Set when the other side closed the connection before the answer was whole."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    model: ModelServer

    def do_GET(self) -> None:
        self.model.paths.append(self.path)
        if self.path.endswith("/models"):
            self.answer(200, {"data": self.model.models})
        else:
            self.answer(404, {"error": "no such page"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.model.paths.append(self.path)
        self.model.headers.append({name.lower(): value for name, value in self.headers.items()})
        if body["messages"][-1]["content"] == "Say hello.":
            text = '{"sentences": []}' if self.model.keeps_to_forms else "Hello!"
            self.answer(self.model.form_status, {"choices": [{"message": {"role": "assistant", "content": text}}]})
            return
        self.model.asked.append(body)
        number = min(len(self.model.asked), len(self.model.replies)) - 1
        with suppress(BrokenPipeError, ConnectionResetError):
            self.model.replies[number](self)

    def answer(self, status: int, body: Any, **headers: str) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def piece(self, text: str, **more: Any) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None, **more}
        event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "small", "choices": [choice]}
        self.raw(f"data: {json.dumps(event)}\n\n".encode())

    def raw(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def end(self) -> None:
        self.raw(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def wait_until_closed(self, seconds: float) -> None:
        """Write nothing until the other side goes away."""
        self.connection.settimeout(0.05)
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            with suppress(TimeoutError):
                if not self.connection.recv(1):
                    self.model.closed_early.set()
                    return

    def cut(self) -> None:
        """Break the connection off in the middle."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


def says(*pieces: str) -> Callable[[Handler], None]:
    """Return a reply that writes ``pieces`` one after another."""

    def reply(handler: Handler) -> None:
        handler.begin()
        for piece in pieces:
            handler.piece(piece)
        handler.piece("", finish_reason="stop")
        handler.end()

    return reply


def refuses(status: int, body: Any = None, **headers: str) -> Callable[[Handler], None]:
    """Return a reply that is an error."""
    return lambda handler: handler.answer(status, body or {"error": {"message": "no"}}, **headers)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Connections that are cut off are what these tests are about."""


@contextmanager
def serve_model() -> Iterator[ModelServer]:
    """Run a server on 127.0.0.1 until the block ends."""
    model = ModelServer()
    handler = type("ModelHandler", (Handler,), {"model": model})
    with _Server(("127.0.0.1", 0), handler) as server:
        model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield model
        finally:
            server.shutdown()
            thread.join()
