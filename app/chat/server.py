"""The chat's server: Streamlit's own, with page addresses that cause no failed requests.

``streamlit run`` finds ``app`` by its name and class.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as ASGIMessage
from streamlit import file_util

from app.chat.i18n import COOKIE, direction, preferred_language
from app.chat.peer import is_own
from app.messages import message
from app.settings import read_settings
from app.translations import catalogue

PAGES = ("cases", "brief", "library", "chats", "settings")
"""Their addresses, beside the first page's "/"."""
_ROOT = "<script>window.__streamlit = {BACKEND_BASE_URL: location.origin + '/'}</script>"
"""Without it the page ``/cases`` looks for the server below ``/cases`` first, and that request fails."""
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""What the browser may load: only files of this server. No picture or script of another site."""
_SECURITY = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


_REFUSED = 1008
"""A websocket's "policy violation"; before it is open, the browser is told 403."""


_ANOTHER = message(
    "This chat was started by another user of this computer, and is open to that user alone. "
    "To start your own: whrd chat. To open one to all who use the computer: WHRD_ANY_USER=1."
).form


@cache
def _first_page() -> str:
    page = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    return page.replace("<head>", f"<head>\n    {_ROOT}", 1)


async def _index(request: Request) -> HTMLResponse:
    code = preferred_language(request.cookies.get(COOKIE, ""), request.headers.get("accept-language", ""))
    # Set before anything is drawn, so that the page does not flip while it loads.
    page = _first_page().replace('<html lang="en">', f'<html lang="{code}" dir="{direction(code)}">', 1)
    return HTMLResponse(page, headers={"Cache-Control": "no-cache"})


class SecurityHeaders:
    """Middleware that puts the security headers on every answer: Streamlit serves its page at any other address too."""

    def __init__(self, app: ASGIApp) -> None:
        """``app`` is what answers."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def send_with_headers(part: ASGIMessage) -> None:
            if part["type"] == "http.response.start":
                headers = MutableHeaders(scope=part)
                for name, value in _SECURITY.items():
                    headers[name] = value
            await send(part)

        await self.app(scope, receive, send_with_headers)


class OwnOrigin:
    """Middleware that refuses the websocket of a page of another server, on another port of this computer too."""

    def __init__(self, app: ASGIApp) -> None:
        """``app`` is what answers."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; a browser names the page's origin, and programs that are no browser name none."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin is not None and urlsplit(origin).netloc != headers.get("host"):
                await send({"type": "websocket.close", "code": _REFUSED})
                return
        await self.app(scope, receive, send)


class OwnUser:
    """Middleware that lets in the user who started the chat, and no other user of this computer."""

    def __init__(self, app: ASGIApp) -> None:
        """``app`` is what answers."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan" or is_own(scope["client"], scope["server"]):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _REFUSED})
        else:
            code = preferred_language("", Headers(scope=scope).get("accept-language", ""))
            await PlainTextResponse(catalogue(code).gettext(_ANOTHER), 403)(scope, receive, send)


app = st.App(
    Path(__file__).with_name("screen.py"),
    routes=[Route(f"/{page}", _index) for page in ("", *PAGES)],
    # Another site whose name resolves to this computer (DNS rebinding) gets no answer.
    middleware=[
        Middleware(SecurityHeaders),
        *([] if read_settings().any_user else [Middleware(OwnUser)]),
        Middleware(OwnOrigin),
        Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),
    ],
)
