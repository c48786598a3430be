"""The reader that ships: what it is given decides what it says, quickly, and without torch."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from encoder.e5_file import find_weights
from reader.opening import open_reader
from reader.reader import ModelReader, Reader

pytestmark = pytest.mark.skipif(find_weights() is None, reason="`whrd setup` has not fetched multilingual-e5-small")
MARCH = "The police detained at least 50 marchers in Bishkek on 8 March 2020."
WAGE = "The monthly minimum wage of garment workers was $190 in 2020."


@pytest.fixture(scope="module")
def reader() -> Reader:
    found = open_reader()
    assert found is not None
    return found


def test_what_the_quotes_say_is_likelier_than_what_they_do_not(reader: Reader) -> None:
    said, other = reader.entails(
        [
            ("Marchers were detained by the police in Bishkek.", [MARCH]),
            ("Bakers sold bread in Lima.", [MARCH]),
        ]
    )
    assert said.entailed > other.entailed
    assert said.entailed + said.contradicted + said.neutral == pytest.approx(1)


def test_the_order_of_quotes_and_the_company_of_a_pair_change_nothing(reader: Reader) -> None:
    pair = ("Fifty marchers were detained.", [MARCH, WAGE])
    alone = ModelReader(reader._open).entails([pair])[0]  # type: ignore[attr-defined]
    turned = ModelReader(reader._open).entails([(pair[0], [WAGE, MARCH]), ("A much longer sentence " * 9, [WAGE])])[0]  # type: ignore[attr-defined]
    assert alone.entailed == pytest.approx(turned.entailed, abs=0.02)


def test_the_passage_that_answers_comes_before_one_that_does_not_and_its_words_are_marked(reader: Reader) -> None:
    answering, other = reader.answers("How much did garment workers earn in 2020?", [WAGE, MARCH])
    assert answering.probability > other.probability
    assert answering.span is not None
    start, end = answering.span
    assert 0 <= start < end <= len(WAGE)


def test_empty_texts_are_read(reader: Reader) -> None:
    assert reader.answers("Who?", [""])[0].span is None
    assert 0 <= reader.entails([("", [""])])[0].entailed <= 1
    assert reader.answers("Who?", []) == []
    assert reader.sorts([], ["a"]) == []


def test_a_line_has_a_probability_for_each_statement(reader: Reader) -> None:
    statements = ["This is about wages.", "This is about the police."]
    rows = reader.sorts([MARCH, WAGE], statements)
    judged = reader.entails([(statement, [line]) for line in (MARCH, WAGE) for statement in statements])
    assert [one for row in rows for one in row] == [one.entailed for one in judged]


def test_windows_may_read_at_once(reader: Reader) -> None:
    pairs = [(f"{number} marchers were detained.", [MARCH]) for number in range(40, 60)]
    expected = reader.entails(pairs)
    fresh = ModelReader(reader._open)  # type: ignore[attr-defined]
    with ThreadPoolExecutor(4) as windows:
        found = list(windows.map(lambda pair: fresh.entails([pair])[0], pairs))
    assert [one.entailed for one in found] == pytest.approx([one.entailed for one in expected], abs=0.02)


def test_reading_loads_no_torch_and_takes_little_memory_beside_the_embedder() -> None:
    script = (
        "import sys, psutil\n"
        "from vectorstore.embeddings import open_embedder\n"
        "from reader.opening import open_reader\n"
        "open_embedder().embed_question('Who?')\n"
        "before = psutil.Process().memory_info().rss\n"
        f"open_reader().answers('How much?', [{WAGE!r}] * 10)\n"
        "print((psutil.Process().memory_info().rss - before) // 2**20)\n"
        "assert 'torch' not in sys.modules and 'transformers' not in sys.modules\n"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(found.stdout) <= 80


def test_a_text_that_loses_its_end_is_said_to(reader: Reader) -> None:
    long = MARCH.rstrip(".") + ", as was said and said again" * 60 + "."
    judged = reader.entails([(MARCH, [MARCH]), (long, [MARCH]), (MARCH, [long])])
    assert [one.whole for one in judged] == [True, False, False]
