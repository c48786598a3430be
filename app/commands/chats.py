"""The commands on the chat screen: chat opens it; chats and brief list and export what it saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.inputs import open_library, open_ready_library
from app.commands.parsing import DONE, Commands, add_json_option
from app.console import print_json, say, say_line
from app.exports.options import add_export_options

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from app.chat_history import Chat
    from app.settings import Settings


def add_chat_commands(commands: Commands) -> None:
    """Add the commands to the parser."""
    commands.add("chat", "open the chat in the browser, on 127.0.0.1", chat, "whrd chat")
    parser = commands.add(
        "chats",
        "list the saved chats, or export one",
        chats,
        "whrd chats",
        "whrd chats 3f2a9c01 -o talk.docx",
        "whrd chats 3f2a9c01 --mask-preview",
    )
    parser.add_argument("chat", nargs="?", metavar="CHAT", help="the beginning of its id, as the list shows it")
    add_json_option(parser)
    add_export_options(parser)
    parser = commands.add(
        "brief",
        "print or export the brief: the quotes that you put aside in the chat, and your notes",
        brief,
        "whrd brief",
        "whrd brief -o brief.docx",
    )
    add_json_option(parser)
    add_export_options(parser)


def chat(_options: argparse.Namespace, settings: Settings) -> int:
    """Open the chat screen."""
    from app.chat.launch import launch

    open_ready_library(settings)
    return launch(settings)


def chats(options: argparse.Namespace, settings: Settings) -> int:
    """List the saved chats, or export one."""
    from app.chat_history import list_chats
    from app.exports.output import check_export_options, write_outcome

    if options.chat is not None:
        if options.json:
            options.format = "json"
        check_export_options(options)
        write_outcome(options, find_chat(settings.home, options.chat), open_library(settings))
        return DONE
    found = list_chats(settings.home)
    for line in found:
        if options.json:
            damage = str(line.damage or "")
            print_json({"id": line.id, "title": line.title, "created": line.created, "damage": damage})
        else:
            say_line(f"{line.id[:8]}  {line.created[:16].replace('T', ' '):<16}  {line.title}")
    if not found and not options.json:
        say("No chats yet: `whrd chat` opens the chat screen.")
    return DONE


def brief(options: argparse.Namespace, settings: Settings) -> int:
    """Print or export the brief."""
    from app.brief import load_brief
    from app.exports.output import check_export_options, write_outcome

    if options.json:
        options.format = "json"
    check_export_options(options)
    kept = load_brief(settings.home)
    if kept.items or options.json:
        write_outcome(options, kept, open_library(settings))
    else:
        say("The brief is empty: put quotes into it in the chat, with the button beside each of them.")
    return DONE


def find_chat(home: Path, beginning: str) -> Chat:
    """Return the chat whose id begins with ``beginning``.

    Raises:
        UnknownChat: there is none, or more than one.
    """
    from app.chat_history import UnknownChat, list_chats, load_chat

    found = [line.id for line in list_chats(home) if line.id.startswith(beginning.lower())]
    if len(found) != 1:
        many = f"{len(found)} chats begin with {beginning!r}: give more of the id."
        raise UnknownChat(many if found else f"No chat {beginning!r}: `whrd chats` lists them.")
    return load_chat(home, found[0])
