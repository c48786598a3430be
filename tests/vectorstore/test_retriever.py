"""Retrieval: scope, order, and any question at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_embedder import WordEmbedder

from vectorstore.library import Library
from vectorstore.question import words_of
from vectorstore.records import Scope
from vectorstore.retrieval import Retrieval
from vectorstore.retriever import retrieve

QUESTION = "Who attacked the women’s march in Bishkek?"
HOSTILE = [
    'the "march" in Bishkek',
    '"',
    "'; DROP TABLE passages; --",
    "march* AND NOT police OR",
    "NEAR(march police, 5)",
    "text : march",
    "^march + {a b} : (c",
    "-march",
    "\\ % _ ? $1 @x :y #",
    "",
    "   \n\t ",
    "…—“”",
    "а\u0301 нет सरकार 🙂 \x00 \x1a \u200b \ufeff",
    "AND OR NOT NEAR",
    "march " * 3000,
    " ".join(f"word{number}" for number in range(3000)),
]


@pytest.fixture(scope="module")
def shelf(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The sample report beside two texts without pages, one of them long."""
    folder = tmp_path_factory.mktemp("shelf")
    shutil.copytree(sample_home, folder / "library")
    library = Library(folder / "library")
    long = "\n\n".join(
        f"On day {day} masked men attacked the women’s march of village {day}, and the police of that day looked on. "
        * 5
        for day in range(1, 15)
    )
    for name, text in {
        "marches.txt": long,
        "haiti.md": "# Haiti\n\nJudges waited for their pay; nobody marched.\n\n# Other\n\nSee A/HRC/99/1 on it.\n",
        "symbol.txt": "The experts wrote about the river people and their houses on the bank.\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
        assert library.add(folder / name).status == "ready"
    yield library
    library.close()


def id_of(library: Library, name: str) -> str:
    return library.find_documents(name)[0].id


def order(found: Retrieval) -> list[tuple[int, float]]:
    return [(scored.passage.id, scored.score) for scored in found.passages]


def test_the_passage_that_answers_is_among_the_first_two_with_its_page(sample_library: Library) -> None:
    found = retrieve(sample_library, QUESTION)
    near = [item.passage for item in found.passages[:2]]
    (right,) = [passage for passage in near if "masked men attacked the women’s march in Bishkek" in passage.text]
    assert right.page == 5
    assert "masked men attacked" in found.sentences[0].sentence.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many complaints did Nepal’s Truth and Reconciliation Commission hold?", "62,950 complaints"),
        ("When was ILO Convention 190 adopted?", "Convention 190 was adopted on 21 June 2019"),
        ("Which expert followed Hina Jilani?", "Margaret Sekaggya took up the mandate in 2008"),
        ("How soon does Urgent Action Fund answer requests?", "answers requests within 72 hours"),
    ],
)
def test_a_question_s_answer_is_among_the_best_three(sample_library: Library, question: str, words: str) -> None:
    assert any(words in scored.passage.text for scored in retrieve(sample_library, question).best(3))


def test_scores_fall_and_every_candidate_comes_once(shelf: Library) -> None:
    found = retrieve(shelf, QUESTION)
    for scored in (found.passages, found.sentences):
        scores = [item.score for item in scored]
        assert len(scores) > 20
        assert scores == sorted(scores, reverse=True)
    assert len({scored.passage.id for scored in found.passages}) == len(found.passages)
    assert len({scored.sentence.id for scored in found.sentences}) == len(found.sentences)
    passages = {scored.passage.id for scored in found.passages}
    assert {scored.sentence.passage for scored in found.sentences} == passages


def test_the_same_question_gives_the_same_order_in_a_library_opened_anew(shelf: Library) -> None:
    first = order(retrieve(shelf, QUESTION))
    again = Library(shelf.home)
    assert order(retrieve(again, QUESTION)) == first == order(retrieve(shelf, QUESTION))
    again.close()


def test_a_cosine_is_that_of_the_nearest_sentence(shelf: Library) -> None:
    question = "Who spoke of the river and of the houses on its bank?"
    found = retrieve(shelf, question)
    vector = shelf.embedder.embed_question(question)
    vectors = shelf.catalogue.vectors_of(scored.sentence.id for scored in found.sentences)
    best: dict[int, float] = {}
    for scored in found.sentences:
        cosine = float(vectors[scored.sentence.id] @ vector)
        assert scored.cosine == pytest.approx(cosine, abs=1e-5)
        best[scored.sentence.passage] = max(best.get(scored.sentence.passage, -1.0), cosine)
    assert {s.passage.id: s.cosine for s in found.passages} == pytest.approx(best, abs=1e-5)


# -- scope ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [["haiti.md"], ["marches.txt"], ["haiti.md", "symbol.txt"]])
def test_a_scope_of_documents_never_leaks(shelf: Library, names: list[str]) -> None:
    wanted = {id_of(shelf, name) for name in names}
    found = retrieve(shelf, QUESTION, Scope(documents=tuple(wanted)))
    assert {scored.passage.document for scored in found.passages} == wanted
    assert {scored.sentence.document for scored in found.sentences} == wanted


@pytest.mark.parametrize("codes", [("NP",), ("KG",), ("HT",), ("NP", "KH")])
def test_a_scope_of_countries_never_leaks(shelf: Library, codes: tuple[str, ...]) -> None:
    found = retrieve(shelf, QUESTION, Scope(countries=codes))
    allowed = shelf.catalogue.case_passages(codes)
    assert found.passages
    assert {scored.passage.id for scored in found.passages} <= allowed
    assert {scored.sentence.passage for scored in found.sentences} <= allowed
    assert allowed < set(shelf.catalogue.passage_ids(Scope()))


def test_documents_and_countries_narrow_each_other(shelf: Library) -> None:
    assert retrieve(shelf, QUESTION, Scope((id_of(shelf, "haiti.md"),), ("NP",))).passages == ()
    found = retrieve(shelf, QUESTION, Scope((id_of(shelf, "haiti.md"),), ("HT",)))
    assert {scored.passage.document for scored in found.passages} == {id_of(shelf, "haiti.md")}


def test_a_scope_of_an_unknown_document_is_empty(shelf: Library) -> None:
    assert retrieve(shelf, QUESTION, Scope(documents=("0" * 64,))).passages == ()


# -- one passage a page -----------------------------------------------------------------------------------------------


def test_the_best_of_a_paged_document_stand_on_pages_of_their_own(sample_library: Library) -> None:
    found = retrieve(sample_library, QUESTION)
    best = found.best(10)
    assert len(best) == 10
    assert len({scored.passage.page for scored in best}) == 10
    assert best[0] == found.passages[0]
    pages = [scored.passage.page for scored in found.passages]
    assert len(set(pages[:10])) < 10, "the candidates themselves must hold a page twice, or this tests nothing"


def test_the_best_of_a_document_without_pages_are_its_best_passages(shelf: Library) -> None:
    found = retrieve(shelf, QUESTION, Scope(documents=(id_of(shelf, "marches.txt"),)))
    assert found.best(5) == list(found.passages[:5])
    assert len(found.best(5)) == 5


def test_no_more_than_asked_for_are_the_best(shelf: Library) -> None:
    found = retrieve(shelf, QUESTION)
    assert found.best(0) == []
    assert len(found.best(1)) == 1
    assert len(found.best(10_000)) <= len(found.passages)


# -- hints ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Reports with the very same passage, of which the later one alone is Uganda's and bears a symbol."""
    folder = tmp_path_factory.mktemp("twins")
    library = Library(folder / "library", WordEmbedder())
    same = "The fishing boats of the lake were burned by the guards at night. " * 12
    for name, head in {"first.txt": "A report about the lake.", "second.txt": "A/HRC/77/5, on Uganda."}.items():
        filler = f"{head} The pages that follow hold what was said there by the people of {name}. " * 10
        (folder / name).write_text(f"{filler}\n\n{same}\n", encoding="utf-8")
        assert library.add(folder / name).status == "ready"
    yield library
    library.close()


def twin_order(library: Library, question: str) -> list[str]:
    """The reports in the order in which their same passage is found."""
    names = {document.id: document.name for document in library.catalogue.documents()}
    found = retrieve(library, question).passages
    return [names[scored.passage.document] for scored in found if scored.passage.text.startswith("The fishing boats")]


def test_without_a_hint_the_same_passages_stand_in_order_of_arrival(twins: Library) -> None:
    assert twin_order(twins, "Who burned the fishing boats?") == ["first.txt", "second.txt"]


@pytest.mark.parametrize("hint", ["in Uganda", "according to A/HRC/77/5"])
def test_a_country_or_symbol_in_the_question_lifts_its_passages(twins: Library, hint: str) -> None:
    assert twin_order(twins, f"Who burned the fishing boats {hint}?") == ["second.txt", "first.txt"]


# -- any question -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", HOSTILE)
def test_no_sign_in_a_question_is_taken_for_a_command(sample_library: Library, question: str) -> None:
    before = sample_library.catalogue.passage_count()
    retrieve(sample_library, question)
    assert sample_library.catalogue.passage_count() == before > 0


def test_quotes_and_operators_change_nothing_about_the_words(sample_library: Library) -> None:
    catalogue = sample_library.catalogue
    plain = catalogue.full_text.search_passages(words_of("march police"), Scope(), 50)
    assert plain
    for written in ('"march" AND (police*)', "march: NEAR police", "MARCH, police!"):
        found = catalogue.full_text.search_passages(words_of(written), Scope(), 50)
        assert set(plain) <= set(found)
    assert catalogue.full_text.search_passages(words_of("MARCH, police!"), Scope(), 50) == plain


@settings(max_examples=200, deadline=None)
@given(question=st.text(max_size=80) | st.text(alphabet="\"*():^+-{}ANDORT \\'%aé", max_size=60))
def test_full_text_takes_any_question(sample_library: Library, question: str) -> None:
    scope = Scope(countries=("NP",))
    scores = sample_library.catalogue.full_text.search_passages(question.split(" "), scope, 20)
    assert set(scores) <= sample_library.catalogue.case_passages(["NP"])
    assert set(sample_library.catalogue.full_text.score_sentences(question.split(" "), [1, 2, 3])) <= {1, 2, 3}


@settings(max_examples=25, deadline=None)
@given(question=st.text(max_size=200))
def test_retrieval_takes_any_question(sample_library: Library, question: str) -> None:
    found = retrieve(sample_library, question)
    scores = [scored.score for scored in found.passages]
    assert scores == sorted(scores, reverse=True)


def test_words_are_found_in_any_of_their_forms(sample_library: Library) -> None:
    catalogue = sample_library.catalogue
    assert catalogue.full_text.passages_with("marched") == catalogue.full_text.passages_with("march") > 0
    assert catalogue.full_text.passages_with("quokka") == 0
    everything = catalogue.passage_ids(Scope())
    holding = catalogue.full_text.which_hold("march", everything)
    assert len(holding) == catalogue.full_text.passages_with("march")
    texts = catalogue.passages(holding)
    assert all("march" in passage.text.casefold() for passage in texts.values())


def test_cases_name_their_pages_sections_before_mentions(sample_library: Library) -> None:
    cases = {case.country: case for case in sample_library.catalogue.cases()}
    assert {"KG", "NP", "KH"} <= set(cases)
    assert 6 in cases["KG"].section_pages
    assert 8 in cases["NP"].section_pages
    assert cases["KG"].document == id_of(sample_library, "women-human-rights-defenders-sample.pdf")
