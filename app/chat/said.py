"""What other parts of the program say in English, said by the screen in the window's language.

Commands, JSON and kept chats hold these sentences in English, and their words are a contract. So the screen knows each
of them by its form, with a placeholder for what changes, and translates the form. What it does not know, it shows as it
is. A test reads the program for sentences that are missing here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from app.chat.tongue import N_, _

_OWN = frozenset({"what", "unread", "reason", "remedy", "pages", "server"})
"""Placeholders that hold sentences of the program themselves; all others hold names, numbers and words of reports."""
REASONS = (
    N_("no quote of it stands on a page"),
    N_("the sentence is not in the quote’s language: its wording was not checked"),
    N_("the wording of this language is not checked"),
    N_("the quotes do not hold {words}"),
    N_("the quotes do not give the date {words}"),
    N_("the quotes do not name {words}"),
    N_("the quotes do not speak of {words}"),
    N_("“{word}” stands with {other} in the quotes, not with {figure}"),
    N_("{figure} does not stand with {other} in the quotes"),
    N_("the quotes say {part} of every {whole}"),
    N_("the quotes say {part} of {whole}"),
    N_("what is said of {words} stands with {other} in the quotes"),
    N_("{words} and {other} are the other way round in the quotes"),
    N_("in the quotes it is done to “{whom}”: “{verb}”"),
    N_("who “{verb}” is “{who}” in the quotes, not “{other}”"),
    N_("“{verb}” is said of “{who}” in the quotes, not of “{other}”"),
    N_("the quotes do not say of “{who}” what the sentence does: who “{verb}” whom"),
    N_("what stands before and behind “{word}” was exchanged"),
    N_("the quotes do not deny “{word}”"),
    N_("a “not” stands in the sentence and not in its quotes"),
    N_("the “not” at “{word}” was lost"),
    N_("the quotes say “{words}”, the sentence “{other}”"),
    N_("“{word}” is the opposite of what the quotes say"),
    N_("the quotes do not say “{words}”"),
    N_("who says it was lost: the quote has “{words}”"),
    N_("how sure they are was lost: the quote has “{words}”"),
    N_("the quotes do not say “{word}”: a duty is no permission"),
    N_("the quote has “{words}”: asked or planned is not done"),
    N_("the condition “{words} …” was lost"),
    N_("the quotes give no cause, the sentence says “{words}”"),
    N_("the quotes do not say {figure} exactly, the sentence does"),
    N_("the quotes bound {figure} in another way than the sentence"),
    N_("the quotes say {figure} exactly"),
    N_("“{words}” of the quotes was lost"),
    N_("sentence and quotes share too few words"),
    N_("nothing in the quotes speaks of “{words}”"),
    N_("no one quote holds “{words}”"),
    N_("in the quotes it is not “{words}” who says it"),
    N_("“{lost}” of “{head}” was lost"),
    N_("the quotes say “{words}” {figure}"),
    N_("{figure} counts “{words}” in the quotes, not “{other}”"),
    N_("“{head}” goes with “{rival}” in the quotes, not with “{word}”"),
    N_("“{head}” and “{word}” are linked the other way round in the quotes"),
)
"""Why a sentence is unverified (``app.verification``)."""
SENTENCES = (
    # The headings of a case, and those whom recommendations are made to.
    N_("Situation"),
    N_("Who is at risk"),
    N_("What happened"),
    N_("How defenders respond"),
    N_("Protection and support"),
    N_("Recommendations"),
    N_("What is the human rights situation?"),
    N_("Who is at risk?"),
    N_("What happened?"),
    N_("How do defenders respond?"),
    N_("What protection and support is there?"),
    N_("What is recommended?"),
    N_("State"),
    N_("UN"),
    N_("companies"),
    N_("donors"),
    N_("civil society"),
    N_("other"),
    N_("The reports say nothing on this."),
    N_("Nothing on this is among the lines that matter most."),
    N_("not stated in the reports"),
    N_("The nearest is in the case of {country}: {name}, page {page}."),
    # What no quote covers.
    N_("No quote names a person or an organisation."),
    N_("No quote gives a date."),
    N_("No quote gives a number."),
    N_("No quote gives an amount of money."),
    N_("No quote names a place."),
    N_("The question says “not”; the quotes nearest to it do not."),
    # Refusals.
    N_("No clear answer in these reports. The nearest passages:"),
    N_("Not in these reports. The nearest passages:"),
    # Reports on their way in, and their states.
    N_("waiting"),
    N_("opening"),
    N_("reading page {number}"),
    N_("embedding {number} of {total}"),
    N_("ready"),
    N_("ready, but {unread}"),
    N_("it holds no PDF: if one was meant, fetch the file again"),
    N_("kept as it was: {reason}"),
    N_("already in the library"),
    N_("already in the library as {name}"),
    N_("no text on {pages} ({remedy})"),
    N_("a legacy font that cannot be read on {pages} ({remedy})"),
    N_("{name}: no text on {pages} ({remedy})"),
    N_("{name}: a legacy font that cannot be read on {pages} ({remedy})"),
    N_("{name}: no page holds any text."),
    N_("page {numbers}"),
    N_("pages {numbers}"),
    N_("Tesseract could not read the picture"),
    N_("a scan: install Tesseract and add it anew"),
    N_("install Tesseract with the language's model and add it anew, or find a Unicode edition"),
    N_("full text only, meaning is missing: it is added by the next `whrd ingest`, or by `whrd rebuild`"),
    # Formats, and the preview of masks.
    N_("Text"),
    N_("Evidence pack"),
    N_("Nothing found to mask."),
    N_("Not found, so nothing to mask: {words}."),
    N_(
        "Names are found by rules, and some are missed: one in eight in our measurement, more in Khmer and Arabic."
        " Read what you hand on, and add the terms that are missing."
    ),
)
"""Lines of cases, answers, reports and downloads."""
ERRORS = (
    # Files.
    N_("{name} could not be added ({detail}): see the terminal."),
    N_("{name} is empty: fetch the file again."),
    N_("{name} is {what}: save it as PDF or DOCX and add that file."),
    N_("an old Office file (.doc, .xls, .ppt)"),
    N_("an RTF file"),
    N_("a picture"),
    N_("{name} is no document that can be read: add PDF, DOCX, HTML, Markdown or text."),
    N_("{name} is a damaged archive ({detail}): fetch the file again."),
    N_("{name} is an archive, not a DOCX: save it as PDF or DOCX and add that file."),
    N_("{name} stopped the reader (exit {code}): the file is damaged, fetch or print it anew."),
    N_("{name} takes too long to read ({seconds} s): split it or print it anew."),
    N_("{name} needs more than {size} GB of memory to read: split it."),
    N_("{name} does not exist: check the spelling of the path."),
    N_("{name} has {size} MB, the limit is {limit} MB: split it."),
    N_("{name} gave no page: fetch the file again."),
    N_("{name} needs a password: save a copy without one and add that."),
    N_("{name} cannot be opened as a PDF ({detail}): fetch the file again."),
    N_("{name} has {count} pages, the limit is {limit}: split it."),
    N_("{name} has no pages: fetch the file again."),
    N_("{name} unpacks to {size} MB in {count} parts, more than is safe: save it as PDF and add that."),
    N_("{name} holds more than {limit} characters of text: split it."),
    N_("{name} is in no known text encoding: save it as UTF-8."),
    N_("{name} holds no article text: save the report itself, not the page that links to it."),
    N_("{name} is not a readable DOCX ({detail}): save it again from its editor."),
    N_("{name} holds no words: there is nothing to search in it."),
    # Chats.
    N_("This link names no chat: open one from the list, or begin a new one."),
    N_("This chat was deleted: open another one from the list, or begin a new one."),
    N_("The chat {name} cannot be read ({detail}): delete it, or restore it."),
    N_("Damaged chat"),
    # Chat models.
    N_("The chat model"),
    N_("The server at {host}"),
    N_("Stopped."),
    N_("Model {spec}: its key is missing: set {key}."),
    N_("Model {spec}: install its package with `{command}`."),
    N_("Model {spec}: give ollama:NAME, openai:NAME, anthropic:NAME, or an OpenAI-compatible server's address."),
    N_("Model address {url}: give it as http://HOST:PORT/v1."),
    N_("A model's address holds no name, password or key: put the key into OPENAI_API_KEY."),
    N_("The model did not answer in sentences with quotes: try a larger one, or ask without a model."),
    N_(
        "The model's window of {tokens} tokens holds no passage beside the question:"
        " set WHRD_MODEL_WINDOW if it is larger, or use another model."
    ),
    N_(
        "The passages do not fit into the model's window: set WHRD_MODEL_WINDOW to its size in tokens,"
        " or ask a narrower question."
    ),
    N_("The quota of your account at {host} is used up: look at its billing page."),
    N_("The chat model wrote nothing for {seconds} s: is it too large for its computer?"),
    N_("The chat model was not done after {seconds} s, and was stopped."),
    N_("{server} refuses the key: check {key}."),
    N_("{server} takes no more requests now: wait a minute and ask again."),
    N_("{server} sends us on to another address; nothing was sent there. Give that one."),
    N_("{server} failed (status {code}): look at its log, or ask again later."),
    N_("{server} refuses the request (status {detail})."),
    N_("{server} cut the connection while it answered: ask again."),
    N_("{server} does not answer in time: is it busy, or the model too large for it?"),
    N_("{server} cannot be reached: {detail}: is it running?"),
    N_("{server} does not answer as a chat model's server does."),
    N_("{server} does not answer as a chat model's server does: {detail}."),
    N_("{server} has no model {name}, or your key may not use it: check the name."),
    N_("{server} has no model {name}: check the name behind the # and the path (often /v1)."),
    N_("{server} has no chat model at this address: check the name behind the # and the path (often /v1)."),
    N_("There is no server called {host}: check the address and the network."),
    N_("No server answers at {host}: is it running?"),
    N_("Ollama has no model {name}: get it with `{command}`."),
    # Keys.
    N_("This computer has no keyring that programs may use: the key stays in memory until Insights ends."),
    N_("The keyring of this computer stayed locked ({detail}): unlock it, or give the key again."),
    # The library.
    N_("No report in the library speaks of {country}. Cases: {countries}."),
    N_("This report is not in the library any more."),
    N_("No document {name} in the library: `whrd documents` lists them."),
    N_("Another process is writing to {folder}: wait until it has finished, then try again."),
    N_("Page {number} of document {document} is not in the library any more."),
    N_(
        "The library's vectors were made with {embedder}, the setting is {setting}:"
        " run `whrd rebuild`, or unset WHRD_EMBEDDER."
    ),
)
"""What went wrong, with the remedy: the errors that can reach the screen."""


def said(sentence: str) -> str:
    """Return a sentence of the program in the window's language; one that is not known here as it is."""
    found = _known(sentence)
    if found is None:
        return sentence
    form, values = found
    return _(form, **{name: said_reasons(value) if name in _OWN else value for name, value in values.items()})


def said_reasons(reasons: str) -> str:
    """Return reasons that semicolons part, such as a verdict's, in the window's language."""
    return _("; ").join(said(reason) for reason in reasons.split("; "))


@lru_cache(maxsize=2048)
def _known(sentence: str) -> tuple[str, dict[str, str]] | None:
    """Return the form of a sentence and what stands in its placeholders: of several forms the most literal one."""
    fitting = [(form, found.groupdict()) for form, pattern in _patterns() if (found := pattern.fullmatch(sentence))]
    return max(fitting, key=lambda one: len(re.sub(r"\{\w+\}", "", one[0])), default=None)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    forms = dict.fromkeys((*REASONS, *SENTENCES, *ERRORS))
    return [(form, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(form)), re.DOTALL)) for form in forms]
