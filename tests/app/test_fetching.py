"""A web address is fetched on the user's word alone, as it is, and leads nowhere that it should not."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app import fetching
from app.cli import main
from app.errors import UsageError
from app.fetching import FetchError, fetch, is_address

PAGE = b"<html><body><p>The council of Brelka closed the ford in April 2020, and nobody was told.</p></body></html>"
LARGE = 3_000_000


class Site(BaseHTTPRequestHandler):
    """A small site: pages, redirects, and what goes wrong."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        match self.path:
            case "/report.html" | "/a/b%20c/" | "/" | "/%2e%2e%2f%2e%2e%2fetc":
                self._send(200, PAGE, **{"Content-Type": "text/html; charset=utf-8"})
            case "/old":
                self._send(302, b"", Location="/report.html")
            case "/ring":
                self._send(302, b"", Location="/ring")
            case "/file":
                self._send(302, b"", Location="file:///etc/passwd")
            case "/large":
                self._send(200, bytes(LARGE))
            case _:
                self._send(404, b"no")

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[tuple[str, list[str]]]:
    """A site on this computer: its address, and the paths that it was asked for."""
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Site,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("https://a.example/x.pdf", True), ("HTTP://a.example", True), ("https:/a", False), ("report.pdf", False)],
)
def test_what_an_address_is(text: str, expected: bool) -> None:
    assert is_address(text) is expected


@pytest.mark.parametrize(
    ("path", "name"),
    [("/report.html", "report.html"), ("/a/b%20c/", "b c.html"), ("/", "127.0.0.1.html"),
     ("/%2e%2e%2f%2e%2e%2fetc", "etc.html")],
)  # fmt: skip
def test_a_page_is_kept_as_it_is_under_the_name_of_its_address(
    site: tuple[str, list[str]], tmp_path: Path, path: str, name: str
) -> None:
    fetched = fetch(site[0] + path, tmp_path)
    assert (fetched.path, fetched.path.read_bytes(), fetched.address) == (tmp_path / name, PAGE, site[0] + path)
    assert fetched.at[:2] == "20"


def test_a_redirect_is_followed_and_its_end_is_the_address(site: tuple[str, list[str]], tmp_path: Path) -> None:
    assert fetch(f"{site[0]}/old", tmp_path).address == f"{site[0]}/report.html"


@pytest.mark.parametrize(
    ("path", "says"),
    [("/none", "answers 404"), ("/ring", "without end"), ("/file", "no web address")],
)
def test_what_cannot_be_fetched_is_said_in_one_line(
    site: tuple[str, list[str]], tmp_path: Path, path: str, says: str
) -> None:
    with pytest.raises(FetchError, match=says) as caught:
        fetch(site[0] + path, tmp_path)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_page_elsewhere_does_not_lead_to_this_computer(
    site: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = [f"{site[0]}/old"]
    monkeypatch.setattr(fetching, "_is_local", lambda address: address not in first)  # as if it were elsewhere
    with pytest.raises(FetchError, match="not followed"):
        fetch(first[0], tmp_path)
    assert site[1] == ["/old"]


@pytest.mark.parametrize(
    ("address", "local"),
    [("http://127.0.0.1/", True), ("http://[::1]/", True), ("http://169.254.169.254/", True),
     ("http://10.0.0.7/", True), ("http://localhost/", True), ("http://93.184.216.34/", False)],
)  # fmt: skip
def test_addresses_on_this_computer_and_beside_it_are_known(address: str, local: bool) -> None:
    assert fetching._is_local(address) is local


def test_what_is_too_large_is_not_kept_going(
    site: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_MOST_BYTES", LARGE // 2)
    with pytest.raises(FetchError, match="larger than"):
        fetch(f"{site[0]}/large", tmp_path)


def test_an_address_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no web address"):
        fetch("http:///x", tmp_path)


# -- the command ------------------------------------------------------------------------------------------------------


def test_nothing_is_fetched_without_the_users_word(
    site: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHRD_HOME", str(tmp_path / "home"))
    assert main(["ingest", f"{site[0]}/report.html"]) == 2
    assert "--fetch" in capsys.readouterr().err
    assert site[1] == []
    assert not (tmp_path / "home").exists()


def test_a_fetched_report_knows_its_address_and_its_day_until_it_is_removed(
    site: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHRD_HOME", str(tmp_path / "home"))

    def told(*arguments: str) -> dict[str, object]:
        assert main([*arguments, "--json"]) == 0
        found = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert isinstance(found, dict)
        return found

    assert told("ingest", "--fetch", f"{site[0]}/old")["status"] == "ready"
    document = told("documents")
    assert (document["document"], document["address"]) == ("report.html", f"{site[0]}/report.html")
    assert str(document["fetched"]).startswith("20")
    kept = [path.read_bytes() for path in (tmp_path / "home" / "files").glob("*.html")]
    assert kept == [PAGE]
    assert main(["documents"]) == 0
    assert f"from {site[0]}/report.html, fetched 20" in capsys.readouterr().out
    assert main(["remove", "report.html"]) == 0
    leaked = [path for path in (tmp_path / "home").rglob("*") if path.is_file() and b"report.html" in path.read_bytes()]
    assert leaked == []
