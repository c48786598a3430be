"""The commands that take a question: search and ask."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from app.commands.inputs import open_ready_library, read_batch, read_questions, read_scope, required
from app.commands.parsing import (
    DONE,
    FAILED,
    Commands,
    add_batch_option,
    add_country_option,
    add_document_option,
    add_json_option,
    positive_number,
)
from app.console import ask_user, print_json, say, say_line, tell, warn
from app.errors import UsageError
from app.exports.options import add_export_options
from app.plain import one_line

if TYPE_CHECKING:
    import argparse

    from langchain_core.language_models import BaseChatModel

    from app.answers import Answer
    from app.follow_ups.reading import Reading
    from app.settings import Settings
    from vectorstore.library import Library
    from vectorstore.records import Scope


def add_question_commands(commands: Commands) -> None:
    """Add the commands to the parser."""
    parser = commands.add("search", "find passages", search, 'whrd search "bride kidnapping penalties" -k 3')
    parser.add_argument("question", nargs="?", metavar="QUESTION")
    parser.add_argument("-k", type=positive_number, default=5, help="how many passages (default 5)")
    _add_scope_options(parser)
    parser = commands.add(
        "ask",
        "answer a question with cited quotes",
        ask,
        'whrd ask "How many were detained?" --country Kyrgyzstan',
        'whrd ask "How many were detained?" -o answer.docx --mask',
        'whrd ask "How many were detained?" --format pack -o evidence.zip',
        "whrd ask - < questions.txt",
    )
    parser.add_argument("question", nargs="?", metavar="QUESTION", help="- reads questions from a pipe, one a line")
    parser.add_argument(
        "--model", metavar="M", help="a chat model: ollama:NAME, openai:NAME, anthropic:NAME or an address"
    )
    parser.add_argument(
        "--after",
        action="append",
        default=[],
        metavar="QUESTION",
        help='an earlier question, so that this one may be a follow-up: --after "Who was detained?" (repeatable)',
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="HOST",
        help="agree that the question and passages are sent to this host, for a model on another computer",
    )
    _add_scope_options(parser)
    add_export_options(parser)


def _add_scope_options(parser: argparse.ArgumentParser) -> None:
    add_document_option(parser)
    add_country_option(parser)
    add_batch_option(parser)
    add_json_option(parser)


def search(options: argparse.Namespace, settings: Settings) -> int:
    """Find passages."""
    library = open_ready_library(settings)
    if options.batch:
        for line in read_batch(options.batch, "question"):
            scope = read_scope(library, options, line.get("docs") or ())
            results = _results(library, line["question"], scope, options.k)
            print_json({"id": line.get("id", ""), "results": results})
        return DONE
    question = required(options.question, "QUESTION")
    found = _results(library, question, read_scope(library, options), options.k)
    if options.json:
        print_json({"id": "", "results": found})
        return DONE
    for number, item in enumerate(found, start=1):
        place = ", ".join(filter(None, (item["document"], item.get("version"), f"p. {item['page']}")))
        say_line(f"[{number}] {one_line(place)}")
        say(f"    {one_line(item['text'])}\n")
    if not found:
        say("Nothing found.")
    return DONE


def _results(library: Library, question: str, scope: Scope, count: int) -> list[dict[str, Any]]:
    """Return the contract's form of the best passages."""
    from app.versions import versions
    from vectorstore.retriever import retrieve

    found = retrieve(library, question, scope)
    best = found.best(count)
    # After the passages: another process may be adding documents, or removing one that was found.
    documents = library.catalogue.documents()
    names, told_apart = {document.id: document.name for document in documents}, versions(documents)
    if found.problem is not None:
        warn(found.problem)
    return [
        {
            "document": names[item.passage.document],
            **({"version": told_apart[item.passage.document]} if item.passage.document in told_apart else {}),
            "page": item.passage.page,
            "pages": item.passage.pages,
            "start": item.passage.spans[0].start,
            "end": item.passage.spans[0].end,
            "text": item.passage.text,
            "score": round(item.score, 4),
        }
        for item in best
        if item.passage.document in names
    ]


def ask(options: argparse.Namespace, settings: Settings) -> int:
    """Answer a question."""
    from app.answer_json import answer_json
    from app.exports.output import check_export_options, write_outcome
    from app.follow_ups.reading import read_as
    from app.refusal.explanation import EMPTY_LIBRARY

    check_export_options(options)
    library = open_ready_library(settings)
    model = _open_chat_model(options, settings)
    if options.batch:
        for line in read_batch(options.batch, "question"):
            earlier = [*options.after, *map(str, line.get("after") or ())]
            scope = read_scope(library, options, line.get("docs") or ())
            result = _answer(library, line["question"], earlier, scope, model)
            print_json(answer_json(result, str(line.get("id", "")), line["question"]))
        return DONE
    questions = read_questions(options.question)
    if len(questions) > 1 and options.output:
        raise UsageError("A file holds the answer to one question: ask them one by one, or leave out -o.")
    if options.json and not options.mask_preview:
        options.format = "json"

    def understood(reading: Reading) -> None:
        if reading.rewritten and options.format != "json":
            (tell if options.format else say)(f"{read_as(reading)}\n")

    outcome, scope = DONE, read_scope(library, options)
    for number, question in enumerate(questions):
        if len(questions) > 1 and not options.format:
            say(("\n" if number else "") + f"> {one_line(question)}\n")
        result = _answer(library, question, options.after, scope, model, understood)
        write_outcome(options, result, library, options.model or settings.model, asked=question)
        outcome = FAILED if EMPTY_LIBRARY in result.says else outcome
    return outcome


def _answer(
    library: Library,
    question: str,
    earlier: Sequence[str],
    scope: Scope,
    model: BaseChatModel | None,
    on_reading: Callable[[Reading], None] = lambda _: None,
) -> Answer:
    """Return the answer to a turn; earlier ones are answered again where it speaks of their answer."""
    from app.assistant import ask
    from app.turns.answering import reply
    from app.turns.quote_replies import unless_known
    from vectorstore.question import read_question

    def before() -> Answer:
        return _answer(library, earlier[-1], earlier[:-1], scope, model)

    replied = reply(library, read_question(question), scope, before if earlier else None)
    if replied is not None:
        return replied
    reading = _read(question, earlier, scope, model)
    on_reading(reading)
    answer = ask(library, reading.question, reading.scope, model)
    if model is None and reading.rewritten and answer.sentences:
        return unless_known(library, read_question(reading.question), answer, before())
    return answer


def _read(question: str, earlier: Sequence[str], scope: Scope, model: BaseChatModel | None) -> Reading:
    """Return how a question is understood after earlier ones."""
    from app.follow_ups.reading import read_question
    from app.follow_ups.rephrase import rephrase_question

    if model is None:
        return read_question(question, earlier, scope)
    return rephrase_question(model, question, earlier, scope)


def _open_chat_model(options: argparse.Namespace, settings: Settings) -> BaseChatModel | None:
    """Return the chat model, if one is named; text is sent to another computer only when the user has agreed."""
    spec = options.model or settings.model
    if not spec:
        return None
    from app.chat_models.address import model_host
    from app.chat_models.opening import open_model
    from app.errors import HostNotAllowed

    allowed = settings.allowed_hosts | {host.lower() for host in options.allow_host}
    window, timeout = settings.model_window, settings.model_timeout
    try:
        model = open_model(spec, allowed, window=window, timeout=timeout)
    except HostNotAllowed as refusal:
        if not _user_agrees(refusal.host):
            raise
        return open_model(spec, allowed | {refusal.host}, window=window, timeout=timeout)
    if host := model_host(spec):
        warn(f"the question and passages of your reports are sent to {host}.")
    elif sys.stderr.isatty():
        warn(f"{spec} reads the passages; this may take a minute …")
    return model


def _user_agrees(host: str) -> bool:
    """Ask on the terminal whether text may be sent to ``host``; without a terminal the answer is no."""
    answer = ask_user(f"The question and passages of your reports will be sent to {host}.\nSend them? [y/N]")
    return answer is not None and answer.casefold() in ("y", "yes")
