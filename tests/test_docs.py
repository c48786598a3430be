"""The documentation says what is there: paths, links and commands; help texts are generated."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.cli import build_parser, main
from evaluation.cli import build_parser as build_measuring_parser

ROOT = Path(__file__).resolve().parent.parent
DECISIONS = ROOT / "docs" / "decisions"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
GENERATED = ROOT / "docs" / "commands.md"
WRITTEN = [page for page in PAGES if page != GENERATED]
FILE = re.compile(r"[\w./-]+\.(?:py|md|toml|sql|css|csv|yml)|[\w-]+(?:/[\w.-]+)+/?")
NOT_OURS = re.compile(r"https?:|^/|\.\.\.|^sets/|^reports/|^(?:mine|SCRIPT|outcomes)\.py$|/CODE/")
"""Addresses and names of a reader's own files."""


@cache
def files() -> list[str]:
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a checkout of the repository")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def is_there(name: str, page: Path) -> bool:
    """Return whether a name is a file or folder of the repository, or the end of one's path."""
    wanted = name.strip("/")
    return (
        (page.parent / wanted).exists()
        or (ROOT / wanted).exists()
        or any(f"/{file}".endswith(f"/{wanted}") or f"/{wanted}/" in f"/{file}" for file in files())
    )


def named_files(text: str) -> Iterator[str]:
    for token in re.findall(r"`([^`\s]+)`", re.sub(r"```.*?```", "", text, flags=re.S)):
        if FILE.fullmatch(token) and not NOT_OURS.search(token):
            yield token


@pytest.mark.parametrize(
    "page",
    [page for page in WRITTEN if page.parent != DECISIONS],  # a record of a decision names the files of its time
    ids=lambda page: page.name,
)
def test_files_that_a_page_names_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if page.name == "CHANGELOG.md":  # older versions name the files of their time
        text = "## ".join(text.split("\n## ")[:2])
    assert [name for name in named_files(text) if not is_there(name, page)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(<?([^)\s>]+)>?\)", re.sub(r"```.*?```", "", text, flags=re.S))
    missing = []
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            missing.append(link)
    assert missing == []


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(page: Path) -> Iterator[list[str]]:
    """Yield the commands in the page's code blocks, each as its words."""
    for block in re.findall(r"```[^\n]*\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.S):
        for line in block.replace("\\\n", " ").splitlines():
            match = re.match(r"\s*(?:\$ )?(?:[A-Z_]+=\S+ )*((?:whrd|whrd-eval) .+)", line)
            if match:
                words = shlex.split(re.split(r" (?:\||>|&&|;) ", match[1])[0], comments=True)
                yield [word for word in words if word != "&"]


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_commands_of_a_page_are_understood(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = []
    for program, *arguments in commands(page):
        parser = build_parser() if program == "whrd" else build_measuring_parser()
        try:
            parser.parse_args(arguments)
        except SystemExit as end:
            if end.code:
                wrong.append((arguments, capsys.readouterr().err))
    assert wrong == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_commands_that_a_page_names_in_passing_are_commands(page: Path) -> None:
    known = {"whrd": build_parser().format_help(), "whrd-eval": build_measuring_parser().format_help()}
    named = re.findall(r"`(whrd|whrd-eval) ([a-z][a-z-]*)", page.read_text(encoding="utf-8"))
    assert [pair for pair in named if not re.search(rf"^\s+{pair[1]}\b", known[pair[0]], flags=re.M)] == []


@pytest.mark.parametrize("arguments", [["documents"], ["verify"], ["search", "Bishkek", "-k", "1"]], ids=lambda a: a[0])
def test_cheap_commands_run_on_the_sample_report(
    arguments: list[str], sample_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHRD_HOME", str(sample_home))
    assert main(arguments) == 0
    assert capsys.readouterr().out


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="argparse words its help differently from Python 3.13 on")
def test_the_page_of_help_texts_is_up_to_date() -> None:
    specification = importlib.util.spec_from_file_location("make_commands", ROOT / "docs" / "make_commands.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    before = dict(os.environ)
    assert GENERATED.read_text(encoding="utf-8") == module.commands_page(), "run `make docs`"
    assert dict(os.environ) == before


def test_the_index_of_decisions_lists_each_with_its_title() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    records = sorted(DECISIONS.glob("[0-9]*.md"))
    titles = [record.read_text(encoding="utf-8").splitlines()[0].split(". ", 1)[1] for record in records]
    listed = re.findall(r"^- (\d{4}) \[(.+?)\]\(([^)]+)\)$", index, flags=re.M)
    assert [(name, title) for _, title, name in listed] == [
        (record.name, title) for record, title in zip(records, titles, strict=True)
    ]
    assert [number for number, _, _ in listed] == [record.name[:4] for record in records]
