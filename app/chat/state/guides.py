"""Make guides in a thread of their own: questions are tried for some seconds, and nobody is to wait for that."""

from __future__ import annotations

import logging
import queue
import threading
from typing import TYPE_CHECKING

from app.answers import Answer
from app.assistant import ask
from app.guide import Guide, keep_guide, kept_guide, make_guide, with_questions
from ingest.documents import Status
from vectorstore.library import Library
from vectorstore.records import DocumentRecord, Scope

if TYPE_CHECKING:
    from app.chat.state.in_turn import InTurn

_LOG = logging.getLogger(__name__)


class GuideMaker:
    """The guides of a library. Questions that readers ask come in between those that are tried."""

    def __init__(self, library: Library, computing: InTurn) -> None:
        """Start the thread; it reads ``library`` and waits for its turn in ``computing``."""
        self._library = library
        self._computing = computing
        self._unkept: dict[str, Guide] = {}
        """Those that may not be written, or could not be, by the report's id; gone when the server ends."""
        self._wanted: queue.Queue[tuple[str, bool]] = queue.Queue()
        self._under_way: set[str] = set()
        self._failed: set[str] = set()
        threading.Thread(target=self._run, name="make guides", daemon=True).start()

    def find(self, document: DocumentRecord) -> Guide | None:
        """Return a report's guide, as far as it is made: its questions come last."""
        return self._unkept.get(document.id) or kept_guide(self._library, document)

    def has_failed(self, document_id: str) -> bool:
        """Return whether making a report's guide went wrong: nobody is to wait for it, or to try it again at once."""
        return document_id in self._failed

    def want(self, document_id: str, keep: bool = True) -> None:
        """Have a guide made, unless it is under way; without ``keep`` nothing is written."""
        if document_id not in self._under_way:
            self._under_way.add(document_id)
            self._wanted.put((document_id, keep))

    def _run(self) -> None:
        while True:
            document_id, keep = self._wanted.get()
            try:
                self._make(document_id, keep)
            except Exception:  # the thread must live on for the next report; this one may have been removed
                _LOG.warning("no guide of %s", document_id[:12], exc_info=True)
                self._failed.add(document_id)
            finally:
                self._under_way.discard(document_id)

    def _make(self, document_id: str, keep: bool) -> None:
        document = self._library.catalogue.document(document_id)
        if document is None or document.status is not Status.READY:
            return
        guide = self.find(document)
        if guide is None:
            with self._computing:
                guide = make_guide(self._library, document)
            self._publish(document, guide, keep)
        if guide.questions is None:
            self._publish(document, with_questions(self._library, document, guide, self._ask), keep)

    def _ask(self, library: Library, question: str, scope: Scope) -> Answer:
        with self._computing:
            return ask(library, question, scope)

    def _publish(self, document: DocumentRecord, guide: Guide, keep: bool) -> None:
        if keep and keep_guide(self._library, document, guide):
            self._unkept.pop(document.id, None)
        elif self._library.catalogue.document(document.id) is not None:
            self._unkept[document.id] = guide
