"""Answer a turn, whatever its kind: the one way in for the command line and the chat."""

from __future__ import annotations

from app.answers import Answer
from app.turns import case_replies, library_replies, quote_replies
from app.turns.kinds import AFTER_AN_ANSWER, TurnKind
from app.turns.recognition import recognise
from app.turns.target import Previous
from ingest.documents import Status
from vectorstore.library import Library
from vectorstore.question import Question
from vectorstore.records import Scope


def reply(library: Library, asked: Question, scope: Scope, previous: Previous = None) -> Answer | None:
    """Return the reply to a turn that is no question to the reports; None where it is one, or may be.

    Args:
        library: Where to look.
        asked: What was typed.
        scope: What the user chose to search.
        previous: Gives the answer on the screen, which a turn may speak of; it is called only where one does.
    """
    kind = recognise(library.embedder, asked.clean, previous is not None)
    if kind is TurnKind.QUESTION:
        return None
    if kind is TurnKind.HELP:
        return library_replies.say_help(library, asked)
    if kind is TurnKind.CATALOGUE:
        return library_replies.list_library(library, asked, scope)
    if not library.catalogue.documents(Status.READY):
        return None
    if kind in AFTER_AN_ANSWER:
        shown = previous() if previous is not None else None
        return _of_quotes(library, kind, asked, scope, shown) if shown is not None and shown.sentences else None
    return _of_reports(library, kind, asked, scope, previous)


def _of_reports(library: Library, kind: TurnKind, asked: Question, scope: Scope, previous: Previous) -> Answer | None:
    match kind:
        case TurnKind.ABOUT:
            return library_replies.describe_report(library, asked, scope, previous)
        case TurnKind.OVERVIEW:
            return case_replies.overview(library, asked, scope, previous)
        case TurnKind.DOSSIER:
            return case_replies.dossier(library, asked, scope)
        case TurnKind.COMPARISON:
            return case_replies.comparison(library, asked, scope)
        case TurnKind.RECOMMENDATIONS:
            return case_replies.recommended(library, asked, scope)
        case TurnKind.TIMELINE:
            return case_replies.timeline(library, asked, scope, previous)
    return None


def _of_quotes(library: Library, kind: TurnKind, asked: Question, scope: Scope, shown: Answer) -> Answer | None:
    match kind:
        case TurnKind.SHORTER:
            return quote_replies.shorter(shown)
        case TurnKind.MORE:
            return quote_replies.more(library, asked, shown, scope)
        case TurnKind.NTH:
            return quote_replies.nth(library, asked, shown)
        case TurnKind.WHO_SAID:
            return quote_replies.who_said(library, asked, shown)
        case TurnKind.SOURCE:
            return quote_replies.sources(shown, asked)
        case TurnKind.TRANSLATE:
            return quote_replies.translate(shown, asked)
    return None
