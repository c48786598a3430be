"""Start the chat screen: Streamlit in a process of its own, on this computer's own address alone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from types import FrameType

from app.console import say
from app.errors import AppError
from app.settings import Settings
from ingest.limits import Limits
from vectorstore.embeddings import OFFLINE

_ADDRESS = "127.0.0.1"
_PORTS_TRIED = 50
_SECONDS_TO_END = 2
"""For the screen's process, once it was asked to. A report that is being added is none the worse for a kill: what was
left of it is undone or completed by the next that writes."""
_OFFLINE = {
    **OFFLINE,
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "ANONYMIZED_TELEMETRY": "False",
}
_ALLOCATION = {"MALLOC_ARENA_MAX": "2"}
"""For the C library of Linux. Without it every thread gets memory of its own, and keeps what it does not need: when 40
people asked, 150 MB more (docs/performance.md)."""
_THEME = {
    "baseRadius": "0.4rem",
    "font": "sans-serif, 'Noto Sans Khmer', 'Noto Sans Devanagari', 'Noto Naskh Arabic'",
    "light.primaryColor": "#1f5673",
    "light.backgroundColor": "#ffffff",
    "light.secondaryBackgroundColor": "#f2f5f7",
    "light.textColor": "#1d2730",
    "light.linkColor": "#1f5673",
    "light.borderColor": "#c3ced6",
    "light.sidebar.backgroundColor": "#f6f8f9",
    "dark.primaryColor": "#7db8d8",
    "dark.backgroundColor": "#14191e",
    "dark.secondaryBackgroundColor": "#1e262d",
    "dark.textColor": "#e6ebef",
    "dark.linkColor": "#9ccbe6",
    "dark.borderColor": "#46535e",
    "dark.sidebar.backgroundColor": "#191f25",
}
"""Two themes of our own, calm; the system says which, and the menu can. Contrasts are those of WCAG 2.2 AA."""


def launch(settings: Settings) -> int:
    """Run the chat until it is ended with Ctrl-C; return the exit status.

    Raises:
        AppError: no port is free.

    """
    port = free_port(settings.port)
    if port != settings.port:
        say(f"Port {settings.port} is taken: using {port}.")
    say(f"Insights: http://{_ADDRESS}:{port} (end it with Ctrl-C)")
    environment = {
        **_ALLOCATION,
        **os.environ,
        **_OFFLINE,
        **_settings_environment(settings),
        "PYTHONPATH": _python_path(),
    }
    before = signal.signal(signal.SIGTERM, _stop)
    child = subprocess.Popen(_command(port), env=environment, stdin=subprocess.DEVNULL)
    try:
        return 0 if child.wait() == 0 else 1
    except KeyboardInterrupt:
        return 0
    finally:
        _end(child)
        signal.signal(signal.SIGTERM, before)


def free_port(wanted: int) -> int:
    """Return ``wanted``, or the next free port.

    Raises:
        AppError: none is free.

    """
    for port in range(wanted, min(wanted + _PORTS_TRIED, 65_536)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if os.name != "nt":  # there it would allow a second listener
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((_ADDRESS, port))
            except OSError:
                continue
            return port
    raise AppError(f"No free port from {wanted} on: set WHRD_PORT to another number.")


def _command(port: int) -> list[str]:
    options = {
        "server.address": _ADDRESS,
        "server.port": port,
        "server.headless": str(not _has_display()).lower(),
        "server.showEmailPrompt": "false",
        "server.fileWatcherType": "none",
        "server.maxUploadSize": Limits().file_bytes // 1_000_000,
        "browser.gatherUsageStats": "false",
        # Streamlit would walk through all that the process holds after every click. Python itself knows when to.
        "runner.postScriptGC": "false",
        "server.enableStaticServing": "true",
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "none",
        **{f"theme.{name}": value for name, value in _THEME.items()},
    }
    server = Path(__file__).with_name("server.py")
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    return [sys.executable, "-m", "streamlit", "run", str(server), *flags]


def _settings_environment(settings: Settings) -> dict[str, str]:
    """Hand the settings on as they are, flags included."""
    return {f"WHRD_{item.name.upper()}": str(getattr(settings, item.name)) for item in fields(settings)}


def _python_path() -> str:
    """Return a path with which the screen can import what this process can, installed or not."""
    root = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(dict.fromkeys([root, *(path for path in sys.path if path)]))


def _has_display() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the screen's process; Ctrl-C in a terminal has reached it already."""
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
