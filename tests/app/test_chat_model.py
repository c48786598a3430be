"""Chat models, over real connections on this computer: consent, form, window, time-outs, retries, stopping, errors."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from model_server import Handler, ModelServer, refuses, says, serve_model

from app.chat_models.drafting import draft_answer, fit_passages, window_of
from app.chat_models.drafts import SCHEMA, Draft
from app.chat_models.opening import open_model
from app.chat_models.stream import Patience
from app.errors import ContextTooLong, HostNotAllowed, ModelError, Stopped, UnusableReply
from prompts import REFUSAL

FAST = Patience(first=5.0, next=5.0, total=10.0, waits=(0.01, 0.01))
PASSAGES = ["Masked men attacked the march in Bishkek.", "The police detained mainly marchers."]
LINE = json.dumps({"quotes": [{"passage": 1, "quote": "Masked men attacked"}], "sentence": "Men attacked the march."})
OTHER = json.dumps({"quotes": [{"passage": 2, "quote": "detained mainly"}], "sentence": "Marchers were detained."})
KEY = "sk-verysecret1234567890"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serve_model() as model:
        yield model


@pytest.fixture(autouse=True)
def no_keys_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "OLLAMA_HOST"):
        monkeypatch.delenv(name, raising=False)


def _ask(server: ModelServer, patience: Patience = FAST, stop: threading.Event | None = None) -> list[Draft]:
    return list(draft_answer(open_model(server.url), "Who attacked?", PASSAGES, stop, patience))


def _threads_end() -> bool:
    """Return whether all threads that an answer's event loop started (for looking up names) end within a second."""
    until = time.monotonic() + 1
    while running := [thread for thread in threading.enumerate() if thread.name.startswith("asyncio")]:
        if time.monotonic() > until:
            return False
        running[0].join(0.1)
    return True


# -- form ---------------------------------------------------------------------------------------------------------


def test_a_server_that_keeps_to_a_form_is_given_one_and_its_sentences_come_as_they_are_whole(
    server: ModelServer,
) -> None:
    server.keeps_to_forms = True
    go_on = threading.Event()

    def reply(handler: Handler) -> None:
        handler.begin()
        handler.piece('{"sentences": [' + LINE + ", " + OTHER[:20])
        assert go_on.wait(5)
        handler.piece(OTHER[20:] + "]}", finish_reason="stop")
        handler.end()

    server.replies = [reply]
    drafts = draft_answer(open_model(server.url), "Who attacked?", PASSAGES, patience=FAST)
    assert next(drafts) == Draft("Men attacked the march.", ((1, "Masked men attacked"),))
    go_on.set()
    assert [draft.text for draft in drafts] == ["Marchers were detained."]
    assert server.asked[0]["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize("status", [200, 400, 422, 500])
def test_a_server_without_forms_is_asked_for_lines(server: ModelServer, status: int) -> None:
    server.form_status, server.replies = status, [says(LINE + "\n" + OTHER[:30], OTHER[30:])]
    assert len(_ask(server)) == 2
    assert "response_format" not in server.asked[0]
    assert REFUSAL in server.asked[0]["messages"][0]["content"]


def test_trying_the_form_out_sends_no_word_of_question_or_passages(server: ModelServer) -> None:
    open_model(server.url)
    assert server.asked == []


def test_an_empty_form_and_the_words_of_refusal_are_refusals(server: ModelServer) -> None:
    server.replies = [says(REFUSAL)]
    assert _ask(server) == []
    server.keeps_to_forms, server.replies = True, [says('{"sentences": []}')]
    assert _ask(server) == []


def test_words_without_form_are_an_unusable_reply(server: ModelServer) -> None:
    server.replies = [says("Masked men did it.")]
    with pytest.raises(UnusableReply, match="sentences with quotes"):
        _ask(server)


def test_a_sentence_that_breaks_off_is_left_out(server: ModelServer) -> None:
    server.replies = [says(LINE + "\n" + OTHER[:-5])]
    assert [draft.text for draft in _ask(server)] == ["Men attacked the march."]


# -- window -------------------------------------------------------------------------------------------------------


def test_the_window_is_the_users_or_the_servers(server: ModelServer) -> None:
    assert window_of(open_model(server.url)) == 4096
    assert window_of(open_model(server.url, window=2500)) == 2500
    server.models = []
    assert window_of(open_model(server.url)) == 4096


def test_passages_that_do_not_fit_are_left_out_whole_and_the_question_is_kept(server: ModelServer) -> None:
    server.replies = [says(LINE)]
    long = [f"Passage {number}. " + "Marchers were detained in Bishkek. " * 40 for number in range(8)]
    list(draft_answer(open_model(server.url, window=3000), "Who attacked?", long, patience=FAST))
    prompt = server.asked[0]["messages"][0]["content"]
    kept = [number for number in range(8) if f"Passage {number}." in prompt]
    assert 1 <= len(kept) < 8
    assert kept == list(range(len(kept)))
    assert prompt.count("Marchers were detained in Bishkek.") == 40 * len(kept)
    assert "Question: Who attacked?" in prompt


def test_a_window_that_holds_no_passage_says_so() -> None:
    with pytest.raises(ContextTooLong, match="WHRD_MODEL_WINDOW"):
        fit_passages("Who?", ["word " * 3000], 3000)


def test_half_the_passages_are_tried_when_the_server_says_that_they_are_too_many(server: ModelServer) -> None:
    server.replies = [refuses(400, {"error": {"message": "context length exceeded"}}), says(LINE)]
    assert len(_ask(server)) == 1
    assert PASSAGES[1] not in server.asked[1]["messages"][0]["content"]


# -- time and stopping --------------------------------------------------------------------------------------------


def _stalls(handler: Handler) -> None:
    handler.begin()
    handler.piece(LINE + "\n")
    handler.wait_until_closed(8)


def _never_begins(handler: Handler) -> None:
    handler.wait_until_closed(8)


def _trickles(handler: Handler) -> None:
    handler.begin()
    for _ in range(200):
        handler.raw(b": still here\n\n")
        time.sleep(0.02)


def _rambles(handler: Handler) -> None:
    handler.begin()
    for _ in range(400):
        handler.piece("word ")
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("reply", "patience", "said"),
    [
        (_never_begins, replace(FAST, first=0.3), "wrote nothing for"),
        (_trickles, replace(FAST, first=0.3), "wrote nothing for"),
        (_stalls, replace(FAST, next=0.3), "wrote nothing for"),
        (_rambles, replace(FAST, total=0.4), "had not finished after"),
    ],
)
def test_a_model_that_is_too_slow_is_given_up(
    server: ModelServer, reply: Callable[[Handler], None], patience: Patience, said: str
) -> None:
    server.replies = [reply]
    begun = time.monotonic()
    with pytest.raises(ModelError, match=said):
        _ask(server, patience)
    assert time.monotonic() - begun < 3
    assert _threads_end()


@pytest.mark.parametrize("reply", [_stalls, _never_begins])
def test_stopping_closes_the_connection_at_once_and_leaves_no_thread(
    server: ModelServer, reply: Callable[[Handler], None]
) -> None:
    server.replies = [reply]
    stop = threading.Event()
    timer = threading.Timer(0.3, stop.set)
    timer.start()
    begun = time.monotonic()
    with pytest.raises(Stopped):
        _ask(server, stop=stop)
    assert time.monotonic() - begun < 2
    assert server.closed_early.wait(2)
    timer.join()
    assert _threads_end()


def test_a_caller_that_wants_no_more_sentences_closes_the_connection(server: ModelServer) -> None:
    server.replies = [_stalls]
    drafts = draft_answer(open_model(server.url), "Who attacked?", PASSAGES, patience=FAST)
    next(drafts)
    drafts.close()  # type: ignore[attr-defined]
    assert server.closed_early.wait(2)


def test_two_answers_one_after_another_use_one_model(server: ModelServer) -> None:
    server.replies = [says(LINE)]
    model = open_model(server.url)
    for _ in range(2):
        assert len(list(draft_answer(model, "Who attacked?", PASSAGES, patience=FAST))) == 1


# -- errors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "failure", [refuses(429), refuses(500), refuses(503), refuses(429, None, Retry_After="0"), Handler.cut]
)
def test_a_failure_that_may_pass_is_tried_again(server: ModelServer, failure: Callable[[Handler], None]) -> None:
    server.replies = [failure, failure, says(LINE)]
    assert len(_ask(server)) == 1
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("failure", "tries", "said"),
    [
        (refuses(401, {"error": {"message": f"Incorrect API key provided: {KEY}"}}), 1, "refuses the key"),
        (refuses(403), 1, "refuses the key"),
        (refuses(404), 1, "has no chat model at this address|has no model"),
        (refuses(400, {"error": {"message": f"bad field, key {KEY}"}}), 1, "status 400"),
        (refuses(429), 3, "takes no more requests"),
        (refuses(429, None, Retry_After="3600"), 1, "takes no more requests"),
        (refuses(429, {"error": {"code": "insufficient_quota", "message": "quota"}}), 1, "quota .* is used up"),
        (refuses(500), 3, r"failed \(status 500\)"),
        (refuses(302, None, Location="http://192.0.2.1/v1"), 1, "nothing was sent there"),
        (refuses(200, b"<html>Welcome</html>"), 1, "sentences with quotes|not answer as a chat"),
        (Handler.cut, 3, "cut the connection"),
    ],
)
def test_a_failure_is_one_line_with_the_remedy_and_without_the_key(
    server: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
    failure: Callable[[Handler], None],
    tries: int,
    said: str,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.replies = [failure]
    with pytest.raises(ModelError, match=said) as caught:
        _ask(server)
    assert len(server.asked) == tries
    assert KEY not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_connection_that_is_cut_after_the_first_words_is_not_tried_again(server: ModelServer) -> None:
    def reply(handler: Handler) -> None:
        handler.begin()
        handler.piece(LINE + "\n")
        handler.cut()

    server.replies = [reply]
    drafts = draft_answer(open_model(server.url), "Who attacked?", PASSAGES, patience=FAST)
    assert next(drafts).text == "Men attacked the march."
    with pytest.raises(ModelError, match="cut the connection"):
        next(drafts)
    assert len(server.asked) == 1


def test_a_server_that_is_away_is_named(server: ModelServer) -> None:
    with serve_model() as gone:
        url = gone.url
    with pytest.raises(ModelError, match=r"No server answers at 127\.0\.0\.1:\d+: is it running\?"):
        open_model(url)


def test_the_environments_proxy_is_not_used_for_this_computer(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.replies = [says(LINE)]
    assert len(_ask(server)) == 1


def test_no_tracer_of_the_environment_sees_a_prompt(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve_model() as tracer:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "none")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", tracer.url)
        server.replies = [says(LINE)]
        assert len(_ask(server)) == 1
        time.sleep(0.5)
        assert tracer.paths == []


def test_the_key_is_sent_to_its_server_alone_and_may_be_given_in_memory(server: ModelServer) -> None:
    server.replies = [says(LINE)]
    model = open_model(server.url, key=KEY)
    list(draft_answer(model, "Who attacked?", PASSAGES, patience=FAST))
    assert server.headers[-1]["authorization"] == f"Bearer {KEY}"
    assert KEY not in repr(model)


# -- consent ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spec", ["openai:gpt-5", "anthropic:claude-sonnet-5", "https://models.example/v1#big"])
def test_no_model_elsewhere_is_opened_before_the_user_agrees(spec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    with pytest.raises(HostNotAllowed, match="--allow-host") as caught:
        open_model(spec, {"another.example"})
    assert caught.value.host in str(caught.value)


def test_a_key_in_memory_of_no_known_form_is_in_no_error(server: ModelServer) -> None:
    key = "Zx9-nobody-may-see-this"
    server.replies = [refuses(400, {"error": {"message": f"bad request with {key}"}})]
    with pytest.raises(ModelError, match="bad request with …") as caught:
        list(draft_answer(open_model(server.url, key=key), "Who attacked?", PASSAGES, patience=FAST))
    assert key not in str(caught.value)


def test_a_reply_without_end_is_read_no_further(server: ModelServer) -> None:
    def floods(handler: Handler) -> None:
        handler.begin()
        handler.piece(LINE + "\n")
        while True:
            handler.piece("word " * 1_000)

    server.replies = [floods]
    begun = time.monotonic()
    assert [draft.text for draft in _ask(server)] == ["Men attacked the march."]
    assert time.monotonic() - begun < FAST.total


def test_a_missing_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="OPENAI_API_KEY"):
        open_model("openai:gpt-5", {"api.openai.com"})


def _ollama_says(text: str) -> Callable[[Handler], None]:
    def reply(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/x-ndjson")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece, done in ((text[:40], False), (text[40:], False), ("", True)):
            message = {"role": "assistant", "content": piece}
            handler.raw(json.dumps({"model": "small", "message": message, "done": done}).encode() + b"\n")
        handler.wfile.write(b"0\r\n\r\n")

    return reply


def _anthropic_says(text: str) -> Callable[[Handler], None]:
    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {"id": "m", "type": "message", "role": "assistant", "model": "claude-sonnet-5", "content": []}
    form = {"type": "tool_use", "id": "t", "name": "answer", "input": {}}
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": {**message, "stop_reason": None, "stop_sequence": None, "usage": usage}},
        {"type": "content_block_start", "index": 0, "content_block": form},
        *(
            {"type": "content_block_delta", "index": 0, "delta": {"type": "input_json_delta", "partial_json": piece}}
            for piece in (text[:40], text[40:])
        ),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "tool_use", "stop_sequence": None}, "usage": usage},
        {"type": "message_stop"},
    ]

    def reply(handler: Handler) -> None:
        handler.begin()
        for event in events:
            handler.raw(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())
        handler.wfile.write(b"0\r\n\r\n")

    return reply


@pytest.fixture(params=["ollama", "anthropic"])
def provider(request: pytest.FixtureRequest, server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """A provider whose package finds ``server`` at its address; returns the model's name."""
    pytest.importorskip(f"langchain_{request.param}")
    root = server.url.removesuffix("/v1")
    monkeypatch.setenv("OLLAMA_HOST", root)
    monkeypatch.setenv("ANTHROPIC_BASE_URL", root)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    says_form = _ollama_says if request.param == "ollama" else _anthropic_says
    server.replies = [says_form('{"sentences": [' + LINE + ", " + OTHER[:-5])]
    return {"ollama": "ollama:small", "anthropic": "anthropic:claude-sonnet-5"}[request.param]


def test_other_providers_fill_in_the_form_one_answer_after_another(server: ModelServer, provider: str) -> None:
    model = open_model(provider)
    for _ in range(2):
        drafts = list(draft_answer(model, "Who attacked?", PASSAGES, patience=FAST))
        assert drafts == [Draft("Men attacked the march.", ((1, "Masked men attacked"),))]
    asked = server.asked[0]
    form = asked["format"] if provider.startswith("ollama") else asked["tools"][0]["input_schema"]
    assert form["properties"] == SCHEMA["properties"]
    assert "temperature" not in asked  # claude-sonnet-5 refuses one; Ollama takes it among its options


def test_other_providers_follow_no_redirect(server: ModelServer, provider: str) -> None:
    with serve_model() as elsewhere:
        elsewhere.replies = server.replies
        server.replies = [refuses(307, None, Location=elsewhere.url)]
        with pytest.raises(ModelError, match="nothing was sent there"):
            list(draft_answer(open_model(provider), "Who attacked?", PASSAGES, patience=FAST))
        assert elsewhere.paths == []


@pytest.mark.parametrize(
    ("spec", "form"),
    [
        ("openai:gpt-4.1", "structured_output"),
        ("anthropic:claude-sonnet-5", "tool_calling"),
        ("ollama:x", "structured_output"),
    ],
)
def test_providers_fill_in_forms(spec: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(f"langchain_{spec.partition(':')[0]}")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    model = open_model(spec, {"api.openai.com", "api.anthropic.com"})
    assert (model.profile or {})[form] is True  # type: ignore[literal-required]
    assert window_of(model) >= 8192
