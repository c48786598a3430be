"""Fetch a report from a web address, on the user's word only: the bytes as they are, and where they came from."""

from __future__ import annotations

import datetime
import ipaddress
import re
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from app.errors import AppError, UsageError

if TYPE_CHECKING:
    import httpx2

_MOST_REDIRECTS = 5
_CONNECT_SECONDS, _READ_SECONDS, _TOTAL_SECONDS = 15.0, 30.0, 300.0
_MOST_BYTES = 300_000_000
"""As for a file that is added."""
_ADDRESS = re.compile(r"https?://", re.I)
_UNSAFE = re.compile(r"[^\w.()+ -]+")
_MAX_NAME = 100
_ENDINGS = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt"}
_HEADERS = {"User-Agent": "Mozilla/5.0", "Accept": "*/*"}
"""Nothing that tells who asks, or with what."""


class FetchError(AppError):
    """The address gave no file."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was fetched."""

    path: Path
    address: str
    """The last one, where others led to it."""
    at: str
    """UTC, ISO 8601."""


def is_address(text: str) -> bool:
    """Return whether ``text`` is a web address and no path."""
    return _ADDRESS.match(text) is not None


def consent_error(address: str) -> UsageError:
    """Return what to say of an address without the user's word."""
    return UsageError(
        f"Nothing was fetched. To fetch the page, this computer connects to {_host(address)}, which sees its network"
        f" address and what is fetched: say so with `whrd ingest --fetch {address}`."
    )


def fetch(address: str, folder: Path) -> Fetched:
    """Fetch ``address`` into ``folder``. No script is run, and nothing that a page refers to is fetched.

    A redirect leads to this computer or a network beside it only if the address given was there too: a page elsewhere
    must not make this computer ask its neighbours.

    Raises:
        FetchError: it cannot be fetched; the message says why.
    """
    import httpx2

    first = address
    began = time.monotonic()
    local = _is_local(address)
    timeout = httpx2.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS)
    with _plain_errors(first), httpx2.Client(follow_redirects=False, timeout=timeout, headers=_HEADERS) as client:
        for _ in range(_MOST_REDIRECTS + 1):
            with client.stream("GET", address) as reply:
                if reply.is_redirect:
                    address = _next(address, reply.headers["location"], local)
                    continue
                if reply.status_code != 200:
                    answer = f"{_host(address)} answers {reply.status_code} {reply.reason_phrase}"
                    raise FetchError(f"{answer}: check the address {address}.")
                path = folder / _name(address, reply.headers.get("content-type", ""))
                _save(reply, path, address, began)
                at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
                return Fetched(path, address, at)
    raise FetchError(f"{first} leads from one address to the next without end: open it in a browser and save it.")


def fetch_all(addresses: Sequence[str], folder: Path) -> list[Fetched]:
    """Fetch addresses, each into a folder of its own below ``folder``, so that equal names do not meet.

    Raises:
        FetchError: one of them cannot be fetched.
    """
    fetched = []
    for number, address in enumerate(addresses):
        own = folder / str(number)
        own.mkdir()
        fetched.append(fetch(address, own))
    return fetched


def _save(reply: httpx2.Response, path: Path, address: str, began: float) -> None:
    size = 0
    with path.open("xb") as file:
        for part in reply.iter_bytes():
            size += len(part)
            if size > _MOST_BYTES:
                raise FetchError(f"{address} is larger than {_MOST_BYTES // 10**6} MB: save it and split it.")
            if time.monotonic() - began > _TOTAL_SECONDS:
                raise FetchError(f"{address} takes longer than {_TOTAL_SECONDS:.0f} s: fetch it with a browser.")
            file.write(part)


def _next(address: str, location: str, local: bool) -> str:
    """Return where a redirect leads to."""
    target = urljoin(address, location)
    if not is_address(target):
        raise FetchError(f"{address} leads to {target}, which is no web address: open it in a browser and save it.")
    if address.lower().startswith("https:") and target.lower().startswith("http:"):
        raise FetchError(f"{address} leads to {target}, which is not encrypted: give that address if you trust it.")
    if not local and _is_local(target):
        raise FetchError(f"{address} leads to {target} on a network beside this computer: it was not followed.")
    return target


def _is_local(address: str) -> bool:
    """Return whether an address is on this computer or on a network beside it."""
    host = _host(address)
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except OSError:  # no such name, which connecting says better; or a name that only a proxy knows
        return host == "localhost"
    return any(not ipaddress.ip_address(str(entry[4][0]).split("%")[0]).is_global for entry in found)


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    if not host:
        raise UsageError(f"{address} is no web address: check it.")
    return host


def _name(address: str, content_type: str) -> str:
    """Return a name for the file: the last part of the address, else its host, with the ending of its kind."""
    parts = [part for part in unquote(urlsplit(address).path).split("/") if part.strip(" .")]
    name = _UNSAFE.sub("_", parts[-1] if parts else _host(address)).strip(" .")[-_MAX_NAME:] or _host(address)
    ending = _ENDINGS.get(content_type.split(";", maxsplit=1)[0].strip().lower(), "")
    return name if re.search(r"\.\w{2,5}$", name) and parts else f"{name}{ending}"


@contextmanager
def _plain_errors(address: str) -> Iterator[None]:
    import httpx2

    try:
        yield
    except httpx2.InvalidURL as error:
        raise UsageError(f"{address} is no web address: check it.") from error
    except httpx2.TimeoutException as error:
        raise FetchError(f"{_host(address)} does not answer in time: try again later.") from error
    except httpx2.HTTPError as error:
        raise FetchError(
            f"{address} cannot be fetched ({error or type(error).__name__}): check the address."
        ) from error
