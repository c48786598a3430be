"""LangChain's users: the retriever, the embeddings, and the programs in docs/langchain.md, which are run verbatim."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatResult
from pydantic import Field

from vectorstore.errors import UnknownDocument
from vectorstore.langchain import InsightsEmbeddings, InsightsRetriever
from vectorstore.library import Library
from vectorstore.retriever import retrieve

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = re.findall(r"```python\n(.*?)```", (ROOT / "docs/langchain.md").read_text(encoding="utf-8"), re.DOTALL)
QUESTION = "Who attacked the march in Bishkek?"
SAMPLE = "women-human-rights-defenders-sample.pdf"


class Model(GenericFakeChatModel):
    """A chat model that remembers what it was asked."""

    asked: list[str] = Field(default_factory=list)

    def _generate(self, messages: list[BaseMessage], *args: object, **options: object) -> ChatResult:
        self.asked.append(str(messages[-1].content))
        return super()._generate(messages)


def test_the_program_in_the_docs_answers_from_cited_passages_in_ten_lines(
    sample_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = Model(messages=iter([AIMessage("Masked men (p. 9).")]))
    assert len(PROGRAMS[0].strip().splitlines()) == 10
    exec(compile(PROGRAMS[0], "docs/langchain.md", "exec"), {"home": sample_home, "model": model})
    assert capsys.readouterr().out.strip() == "Masked men (p. 9)."
    assert f"Question: {QUESTION}" in model.asked[0]
    assert model.asked[0].count(f"[{SAMPLE}, p. ") == 5
    assert "asked men" in model.asked[0]


def test_langchains_own_store_finds_the_passages_with_the_same_metadata(
    sample_home: Path, sample_library: Library, tmp_path: Path
) -> None:
    # Chroma does not let one process open a folder twice with different settings.
    shutil.copytree(sample_home / "chroma", tmp_path / "chroma")
    names: dict[str, object] = {"home": tmp_path}
    exec(compile(PROGRAMS[1], "docs/langchain.md", "exec"), names)
    ours = {found.id: found for found in InsightsRetriever(library=sample_library, k=100).invoke(QUESTION)}
    nearest = names["nearest"]
    assert isinstance(nearest, list)
    assert len(nearest) == 5
    shared = [found for found in nearest if found.id in ours]
    assert shared
    for found in shared:
        own = ours[found.id]
        assert own.page_content == found.page_content
        assert found.metadata == {name: own.metadata[name] for name in found.metadata}


def test_documents_are_the_passages_of_retrieval_with_their_place(sample_library: Library) -> None:
    found = InsightsRetriever(library=sample_library, k=8).invoke(QUESTION)
    expected = retrieve(sample_library, QUESTION).passages[:8]
    assert [document.metadata["passage"] for document in found] == [scored.passage.id for scored in expected]
    for document, scored in zip(found, expected, strict=True):
        place = document.metadata
        assert (place["source"], place["page"]) == (SAMPLE, scored.passage.page)
        assert (place["start"], place["end"]) == (scored.passage.spans[0].start, scored.passage.spans[0].end)
        assert place["score"] == scored.score
        page = sample_library.page(place["document_id"], place["page"])
        assert page.text[place["start"] : place["end"]].split()[:3] == document.page_content.split()[:3]


def test_the_fields_narrow_the_search_as_users_write_documents_and_countries(sample_library: Library) -> None:
    for names in ([SAMPLE], [sample_library.catalogue.documents()[0].id[:8]]):
        assert len(InsightsRetriever(library=sample_library, documents=names).invoke(QUESTION)) == 5
    found = InsightsRetriever(library=sample_library, countries=["Nepal", "kh"], k=8).invoke(QUESTION)
    assert found
    assert all({"NP", "KH"} & set(document.metadata["countries"]) for document in found)
    with pytest.raises(UnknownDocument, match=r"no-such\.pdf"):
        InsightsRetriever(library=sample_library, documents=["no-such.pdf"]).invoke(QUESTION)
    with pytest.raises(ValueError, match="Atlantis"):
        InsightsRetriever(library=sample_library, countries=["Atlantis"]).invoke(QUESTION)


def test_a_question_is_embedded_otherwise_than_a_passage(sample_library: Library) -> None:
    embeddings = InsightsEmbeddings(sample_library.embedder)
    (passage,) = embeddings.embed_documents([QUESTION])
    question = embeddings.embed_query(QUESTION)
    assert len(passage) == len(question) == 384
    assert question == pytest.approx(sample_library.embedder.embed_question(QUESTION).tolist(), abs=1e-6)
    assert passage != question


def test_the_stores_themselves_load_no_langchain(sample_home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from vectorstore.library import Library;"
        "from vectorstore.retriever import retrieve;"
        f"retrieve(Library(Path(sys.argv[1])), {QUESTION!r});"
        "print([name for name in sys.modules if name.startswith('langchain')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(sample_home)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
