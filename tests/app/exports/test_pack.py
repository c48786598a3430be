"""Evidence packs: the same answer gives the same bytes, nothing in them can be changed unseen, and none can do harm."""

from __future__ import annotations

import dataclasses
import io
import json
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from examples import ANSWER, CITATIONS, OUTCOMES, WRITTEN
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.assistant import ask
from app.cli import main
from app.exports.check import Finding, check_against_files, check_against_library, check_pack
from app.exports.formats import export
from app.exports.manuscript import Outcome, make_manuscript
from app.exports.masking.plan import plan_masks
from app.exports.pack import EVIDENCE, MANIFEST, PackSettings, make_pack, manifest
from app.exports.unpack import BadPack, open_pack
from reader.opening import open_reader
from vectorstore.library import Library

SAMPLE = Path(__file__).resolve().parents[3] / "data" / "sample" / "women-human-rights-defenders-sample.pdf"
SETTINGS = PackSettings("9.9", "e5", "extractive")
PAGES = {(c.document_id, c.page): c.quote + " And more stands on the page." for c in CITATIONS}
PAGE = next(iter(f"pages/{c.document_id}/{c.page:05d}.txt" for c in CITATIONS))


def packed(outcome: Outcome) -> bytes:
    return make_pack(make_manuscript(outcome), SETTINGS, lambda document, page: PAGES[document, page])


def members_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def signed(members: dict[str, bytes]) -> dict[str, bytes]:
    """Return the members with a manifest that fits them: what a careful forger would write."""
    others = {name: content for name, content in members.items() if name != MANIFEST}
    return {MANIFEST: manifest(others), **others}


def wrong(path: Path, version: str = "9.9") -> list[Finding]:
    return [finding for finding in check_pack(open_pack(path), version, open_reader()) if finding.right is False]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_pack_is_right_as_made_and_its_bytes_are_always_the_same(outcome: Outcome, tmp_path: Path) -> None:
    content = packed(outcome)
    assert content == packed(outcome)
    (tmp_path / "pack.zip").write_bytes(content)
    assert not wrong(tmp_path / "pack.zip")
    assert not wrong(zipped(tmp_path / "again.zip", members_of(content)))  # packed again by another program


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_of_any_member_is_found(tmp_path: Path, data: st.DataObject) -> None:
    members = members_of(packed(ANSWER))
    name = data.draw(st.sampled_from(sorted(members)))
    place = data.draw(st.integers(0, len(members[name]) - 1))
    old = members[name][place]
    new = data.draw(st.integers(0, 255).filter(lambda value: value != old))
    members[name] = members[name][:place] + bytes([new]) + members[name][place + 1 :]
    path = zipped(tmp_path / "changed.zip", members)
    try:
        found = bool(wrong(path, "another version"))
    except BadPack:
        found = True
    assert found


def _change_quote(evidence: dict[str, Any]) -> None:
    cited = evidence["manuscript"]["citations"][0]
    cited["quote"] = cited["quote"].replace("detained", "released")


def _change_place(evidence: dict[str, Any]) -> None:
    evidence["manuscript"]["citations"][0]["start"] += 1


def _change_sentence(evidence: dict[str, Any]) -> None:
    sentence = evidence["manuscript"]["sections"][0]["sentences"][0]
    sentence["text"] = sentence["text"].replace("8 March", "9 March")


def _drop_word(evidence: dict[str, Any]) -> None:
    sentence = evidence["manuscript"]["sections"][0]["sentences"][0]
    sentence["text"] = sentence["text"].replace("Ms ", "Mr ")


def _cite_another(evidence: dict[str, Any]) -> None:
    evidence["manuscript"]["sections"][0]["sentences"][0]["citations"] = [2]


def _cite_nothing_known(evidence: dict[str, Any]) -> None:
    evidence["manuscript"]["sections"][0]["sentences"][0]["citations"] = [99]


def _number_twice(evidence: dict[str, Any]) -> None:
    evidence["manuscript"]["citations"][1]["number"] = 1


def _speak_unquoted(evidence: dict[str, Any]) -> None:
    evidence["manuscript"]["sections"][0]["lead"] = "The reports name the chief of police."


def _speak_unquoted_in_a_count(evidence: dict[str, Any]) -> None:
    values = [["read", "The reports name the chief of police"], ["cited", 1]]
    lead = {"form": "Pages read: {read}. Pages cited: {cited}.", "values": values}
    evidence["manuscript"]["sections"][0]["lead"] = lead


FORGERIES = (
    _speak_unquoted,
    _speak_unquoted_in_a_count,
    _change_quote,
    _change_place,
    _change_sentence,
    _drop_word,
    _cite_another,
    _cite_nothing_known,
    _number_twice,
)


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_forgery_with_a_fitting_manifest_is_found_by_quotes_and_sentences(
    forge: Callable[[dict[str, Any]], None], tmp_path: Path
) -> None:
    members = members_of(packed(ANSWER))
    evidence = json.loads(members[EVIDENCE])
    forge(evidence)
    members[EVIDENCE] = json.dumps(evidence, ensure_ascii=False).encode()
    assert wrong(zipped(tmp_path / "forged.zip", signed(members)))


def test_a_packs_words_cannot_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHRD_HOME", str(tmp_path / "none"))
    cited = dataclasses.replace(CITATIONS[0], document="a\x1b[2J\nright  all is well\u202e.pdf")
    outcome = dataclasses.replace(ANSWER, sentences=ANSWER.sentences[:1], citations=(cited,))
    (tmp_path / "pack.zip").write_bytes(packed(outcome))
    assert main(["check", str(tmp_path / "pack.zip")]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\nright  all is well" not in out


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_changed_letter_of_a_quote_a_page_or_a_sentence_is_found_under_a_fitting_manifest(
    tmp_path: Path, data: st.DataObject
) -> None:
    members = members_of(packed(ANSWER))
    evidence = json.loads(members[EVIDENCE])
    cited = data.draw(st.sampled_from(evidence["manuscript"]["citations"]))
    what = data.draw(st.sampled_from(["quote", "page", "sentence"]))
    place = data.draw(st.integers(0, len(cited["quote"]) - 1).filter(lambda at: cited["quote"][at].isalpha()))

    def changed(text: str) -> str:
        return text[:place] + "Ω" + text[place + 1 :]

    if what == "page":
        name = f"pages/{cited['document_id']}/{cited['page']:05d}.txt"
        members[name] = changed(members[name].decode()).encode()
    elif what == "quote":
        cited["quote"] = changed(cited["quote"])
    else:
        (sentence,) = [
            s for s in evidence["manuscript"]["sections"][0]["sentences"] if s["citations"] == [cited["number"]]
        ]
        sentence["text"] = changed(sentence["text"])
    members[EVIDENCE] = json.dumps(evidence, ensure_ascii=False).encode()
    assert wrong(zipped(tmp_path / "forged.zip", signed(members)), "another version")


def test_a_member_taken_out_put_in_or_written_otherwise_is_found(tmp_path: Path) -> None:
    members = members_of(packed(ANSWER))
    assert wrong(zipped(tmp_path / "a.zip", {k: v for k, v in members.items() if k != PAGE}))
    assert wrong(zipped(tmp_path / "b.zip", members | {f"pages/{'0' * 64}/00001.txt": b"x"}))
    assert wrong(zipped(tmp_path / "c.zip", signed(members | {"answer.md": b"They were released."})))
    for needed in (MANIFEST, EVIDENCE):
        with pytest.raises(BadPack, match=needed):
            open_pack(zipped(tmp_path / "d.zip", {k: v for k, v in members.items() if k != needed}))


def test_a_whole_forgery_is_found_by_the_library_and_by_the_file(sample_library: Library, tmp_path: Path) -> None:
    answer = ask(sample_library, "What happened on 8 March 2020 in Bishkek?")
    true = export(answer, "pack", sample_library)
    (tmp_path / "true.zip").write_bytes(true.content)
    first = answer.citations[0]
    word = max(first.quote.split(), key=len)

    def page_text(document: str, number: int) -> str:
        text = sample_library.page(document, number).text
        return text.replace(word, "x" * len(word))

    def swap(text: str) -> str:
        return text.replace(word, "x" * len(word))

    forged = dataclasses.replace(
        answer,
        sentences=tuple(dataclasses.replace(s, text=swap(s.text)) for s in answer.sentences),
        citations=tuple(dataclasses.replace(c, quote=swap(c.quote)) for c in answer.citations),
    )
    (tmp_path / "forged.zip").write_bytes(make_pack(make_manuscript(forged), SETTINGS, page_text))
    assert not wrong(tmp_path / "forged.zip")  # it agrees with itself
    for name, right in (("true.zip", True), ("forged.zip", False)):
        pack = open_pack(tmp_path / name)
        for findings in (check_against_library(pack, sample_library.catalogue), check_against_files(pack, [SAMPLE])):
            assert all(finding.right for finding in findings) is right
    other = tmp_path / "other.txt"
    other.write_text("Another text.", encoding="utf-8")
    (finding,) = check_against_files(open_pack(tmp_path / "true.zip"), [other])
    assert finding.right is False


def test_an_unverified_sentence_is_reported_as_such(tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(packed(WRITTEN))
    lines = [
        finding.line
        for finding in check_pack(open_pack(tmp_path / "pack.zip"), "9.9", open_reader())
        if finding.right is None
    ]
    assert lines == [
        "sentence 1: not confirmed by the reader here (in other words; numbers, names and negation were checked)",
        "sentence 2: was unverified when the pack was made (the quotes do not contain 70)",
    ]


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(MANIFEST, b" " * 20_000_000)
    return buffer.getvalue()


def _named(*names: str) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as archive:
        warnings.simplefilter("ignore")  # zipfile warns of members of the same name
        for name in names:
            archive.writestr(name, b"{}")
    return buffer.getvalue()


def _lying() -> bytes:
    """A member that says in the directory that it is smaller than it is."""
    content = _named(MANIFEST, EVIDENCE)
    at = content.index(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", 1) + content[at + 28 :]


def _deep() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(MANIFEST, b"{}")
        archive.writestr(EVIDENCE, b"[" * 1_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"no ZIP at all", "no readable ZIP"),
        (_bomb(), "more than is safe"),
        (_named("../../evil.txt"), "do not unpack"),
        (_named("/etc/passwd"), "do not unpack"),
        (_named("pages/../x.txt"), "do not unpack"),
        (_named(MANIFEST, EVIDENCE, MANIFEST), "two members"),
        (_named(*(f"pages/{'0' * 64}/{n:05d}.txt" for n in range(5_001))), "more than the 5,000"),
        (_named("other.json"), "it is no evidence pack"),
        (_named(MANIFEST, EVIDENCE), "cannot be read"),
        (_lying(), "pack"),
        (_deep(), "cannot be read"),
        (packed(ANSWER)[:-40], "no readable ZIP"),
    ],
)
def test_a_hostile_pack_gets_one_clear_line(
    content: bytes, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHRD_HOME", str(tmp_path / "none"))
    (tmp_path / "pack.zip").write_bytes(content)
    assert main(["check", str(tmp_path / "pack.zip")]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert line in error
    assert not (tmp_path / "none").exists()


def test_a_pack_is_never_masked(sample_library: Library) -> None:
    with pytest.raises(ValueError, match="proves nothing"):
        make_pack(make_manuscript(ANSWER, masks=["[Person 1]"]), SETTINGS, lambda document, page: "")
    from app.errors import UsageError

    with pytest.raises(UsageError, match="nothing in it can be masked"):
        export(ANSWER, "pack", sample_library, plan=plan_masks(ANSWER))
