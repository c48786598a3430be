"""A window of the chat without a browser: it speaks Streamlit's own protocol, and sees what a browser would draw."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from evaluation.errors import EvaluationError

_QUESTION, _NEW_CHAT = "question", "new-chat"
"""Keys of the field and of the button; see ``app.chat.views``."""
_OPENING = 30
"""Seconds in which the websocket must open."""


class ShownError(EvaluationError):
    """The chat showed an error in place of an answer."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer, or the line that says there is none, as it stood on the screen when the server had drawn everything.

    Seconds are counted from the moment the question was sent.
    """

    seconds: float
    first_seconds: float
    """Until the first sentence, or until all was there where nothing was quoted."""
    sentences: int
    """None in a refusal."""


@dataclass(slots=True)
class _Screen:
    """What one run of the chat's script has drawn. A path is the place of an element in the page's tree."""

    blocks: dict[tuple[int, ...], str] = field(default_factory=dict)
    """Keys of containers, by path."""
    texts: list[tuple[int, ...]] = field(default_factory=list)
    widgets: dict[str, str] = field(default_factory=dict)
    """Ids by key."""
    error: str = ""

    def within(self, key: str) -> int:
        """Return how many texts stand in the container ``key``."""
        paths = [path for path, name in self.blocks.items() if name == key]
        return sum(text[: len(path)] == path for text in self.texts for path in paths)

    def sentences(self, turn: int) -> int:
        """Return how many sentences of a turn's answer are on the screen."""
        return sum(name.startswith(f"sentence-{turn}-") for name in self.blocks.values())


class Window:
    """One window with one chat at a time; its address is kept as a browser keeps it."""

    def __init__(self, connection: ClientConnection) -> None:
        """``connection`` is the websocket, open."""
        self._connection = connection
        self._screen = _Screen()
        self._query, self._page = "", ""
        self.turns = 0
        """Of the chat on the screen."""

    async def draw(self) -> None:
        """Draw the page, as the first thing of a new window.

        Raises:
            ShownError: the page shows an error.
        """
        await self._run(None)

    async def ask(self, question: str) -> Shown | None:
        """Put a question into the field and wait until all is drawn; None when there is no answer then.

        Raises:
            ShownError: the page shows an error.
        """
        started = time.perf_counter()
        state = WidgetState(id=self._id_of(_QUESTION))
        state.chat_input_value.data = question
        first = await self._run(state)
        seconds, turn = time.perf_counter() - started, self.turns
        if not self._screen.within(f"answer-{turn}"):
            return None
        self.turns += 1
        return Shown(seconds, first - started if first else seconds, self._screen.sentences(turn))

    async def new_chat(self) -> None:
        """Press the button "New chat".

        Raises:
            ShownError: the page shows an error.
        """
        self.turns = 0
        await self._run(WidgetState(id=self._id_of(_NEW_CHAT), trigger_value=True))

    def _id_of(self, key: str) -> str:
        if key not in self._screen.widgets:
            raise ShownError(f"The page has no “{key}”: {self._screen.error or 'it was not drawn'}")
        return self._screen.widgets[key]

    async def _run(self, state: WidgetState | None) -> float | None:
        """Have the script run, with a widget changed; return when the first sentence of a new answer was there."""
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_script_hash = self._page
        if state is not None:
            message.rerun_script.widget_states.widgets.append(state)
        await self._connection.send(message.SerializeToString())
        first = None
        async for received in self._connection:
            part = ForwardMsg.FromString(received if isinstance(received, bytes) else received.encode())
            self._take_in(part)
            if first is None and self._screen.sentences(self.turns):
                first = time.perf_counter()
            if part.WhichOneof("type") != "script_finished":
                continue
            if part.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise ShownError("The chat's script does not run.")
            if part.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:  # not: to run once more at once
                if self._screen.error:
                    raise ShownError(self._screen.error)
                return first
        raise ShownError("The server closed the window.")

    def _take_in(self, part: ForwardMsg) -> None:
        kind = part.WhichOneof("type")
        if kind == "new_session":
            self._screen, self._page = _Screen(), part.new_session.page_script_hash
        elif kind == "page_info_changed":
            self._query = part.page_info_changed.query_string
        elif kind == "delta":
            _draw(self._screen, tuple(part.metadata.delta_path), part)


def _draw(screen: _Screen, path: tuple[int, ...], part: ForwardMsg) -> None:
    if part.delta.WhichOneof("type") == "add_block":
        screen.blocks[path] = _key(part.delta.add_block.id)
        return
    element = part.delta.new_element
    match element.WhichOneof("type"):
        case "text" | "markdown":
            screen.texts.append(path)
        case "alert" if element.alert.format == Alert.ERROR:
            screen.error = element.alert.body
        case "exception":
            screen.error = f"{element.exception.type}: {element.exception.message}"
        case "chat_input":
            screen.widgets[_key(element.chat_input.id)] = element.chat_input.id
        case "button":
            screen.widgets[_key(element.button.id)] = element.button.id


def _key(identity: str) -> str:
    """Return the key within an id, which is "$$ID-" and a digest before it; empty without one."""
    return identity.split("-", 2)[2] if identity.startswith("$$ID-") else identity


@asynccontextmanager
async def open_window(port: int) -> AsyncIterator[Window]:
    """Open a window of the chat on this computer's ``port``; its first page is drawn.

    Raises:
        ShownError: the page shows an error.
        OSError: there is no server, or it ended.
        websockets.exceptions.WebSocketException: it answers with something else.
    """
    address = f"127.0.0.1:{port}"
    async with connect(
        f"ws://{address}/_stcore/stream",
        origin=f"http://{address}",  # type: ignore[arg-type]  # a str that the library has named
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Accept-Language": "en-US"},
        max_size=None,
        open_timeout=_OPENING,
        proxy=None,
    ) as connection:
        window = Window(connection)
        await window.draw()
        yield window
