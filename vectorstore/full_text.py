"""The full-text index of the catalogue: words of passages and sentences, and trigrams in scripts without spaces.

It holds folded text: ``fold`` (``ingest.language.folding``) is an SQL function of the connection, and whoever searches
gives folded words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Any

from ingest.language.folding import FOLDING, fold
from vectorstore.connection import Connection
from vectorstore.errors import CatalogueDamaged, LibraryReadOnly
from vectorstore.queries import in_batches, scope_ids
from vectorstore.records import Scope

_TABLES = ("passages_text", "passages_trigrams", "sentences_text")
_VIEWS = ("folded_passages", "folded_sentences", "unspaced_passages")
_TRIGGERS = tuple(
    f"{table}_{event}" for table in ("unspaced", "passages", "sentences") for event in ("added", "removed")
)
_FOLDING = "folding"
_FREQUENT = 3
"""A word that is in more than one of so many passages says little of any."""
SCORED = 10_000
"""Passages that are scored to find the best, or a few more."""
_COUNTS = 10_000
"""Words whose number of passages is remembered."""


class FullText:
    """The full-text tables of a catalogue, kept up to date by its triggers."""

    def __init__(self, connection: Connection) -> None:
        """``connection`` is the catalogue's."""
        self._connection = connection
        connection.create_function("fold", 1, fold, deterministic=True)
        self._counts: dict[str, int] = {}
        self._counts_revision = ""

    # -- finding -----------------------------------------------------------------------------------------------

    def search_passages(self, words: Iterable[str], scope: Scope, limit: int, scored: int = SCORED) -> dict[int, float]:
        """Return BM25 scores (higher is better) of the best passages that hold one of ``words``.

        In a large library the rarest words alone choose them, those that are in ``scored`` passages together;
        ``score_passages`` scores them by all words.
        """
        return self._best("passages_text", words, scope, limit, scored)

    def search_trigrams(self, trigrams: Iterable[str], scope: Scope, limit: int) -> dict[int, float]:
        """Return BM25 scores of the best passages in scripts without blanks that hold one of ``trigrams``."""
        return self._best("passages_trigrams", trigrams, scope, limit, SCORED)

    def score_passages(self, words: Iterable[str], passages: Iterable[int]) -> dict[int, float]:
        """Return BM25 scores (higher is better) of those of ``passages`` that hold one of ``words``.

        Words that are in more than a third of all passages count only where no rarer one is left: to count them
        takes long, and what they say is little (docs/decisions/0009).
        """
        return self._scores("passages_text", self._telling("passages_text", words), passages)

    def score_trigrams(self, trigrams: Iterable[str], passages: Iterable[int]) -> dict[int, float]:
        """Return BM25 scores of those of ``passages`` that hold one of ``trigrams``; see ``search_trigrams``."""
        return self._scores("passages_trigrams", self._telling("passages_trigrams", trigrams), passages)

    def score_sentences(self, words: Iterable[str], sentences: Iterable[int]) -> dict[int, float]:
        """Return BM25 scores (higher is better) of those of ``sentences`` that hold one of ``words``."""
        return self._scores("sentences_text", self._telling("passages_text", words), sentences)

    def _best(self, table: str, terms: Iterable[str], scope: Scope, limit: int, scored: int) -> dict[int, float]:
        counts = {term: self._holding(table, term) for term in self._telling(table, terms)}
        match = _match(_within_budget(counts, scored))
        if not match:
            return {}
        clause, values = "", list[Any]()
        if scope:
            ids, values = scope_ids(scope)
            # The range spares the index what lies outside it; a document's passages have ids in a row.
            low, high = self._connection.execute(f"SELECT min(passage), max(passage) FROM ({ids})", values).fetchone()
            clause, values = f"AND rowid BETWEEN ? AND ? AND +rowid IN ({ids})", [low, high, *values]
        rows = self._connection.execute(
            f"SELECT rowid, -bm25({table}) FROM {table} WHERE {table} MATCH ? {clause} ORDER BY bm25({table}) LIMIT ?",
            [match, *values, limit],
        )
        return dict(rows.fetchall())

    def _scores(self, table: str, terms: Sequence[str], among: Iterable[int]) -> dict[int, float]:
        ids = [int(number) for number in among]
        if not terms or not ids:
            return {}
        # "+" keeps SQLite from asking the index once for every id: each time it would count all words again.
        inside = f"+rowid IN ({', '.join(map(str, ids))})"
        rows = self._connection.execute(
            f"SELECT rowid, -bm25({table}) FROM {table} WHERE {table} MATCH ? AND {inside}", [_match(terms)]
        )
        return dict(rows.fetchall())

    def _telling(self, table: str, terms: Iterable[str]) -> list[str]:
        """Return those of ``terms`` that are in at most a third of all passages; all, where none does."""
        different = list(dict.fromkeys(terms))
        most = self.passage_count() / _FREQUENT
        return [term for term in different if self._holding(table, term) <= most] or different

    # -- counting ----------------------------------------------------------------------------------------------

    def passage_count(self) -> int:
        """Return the number of passages in the library."""
        return self._counted("", "SELECT count(*) FROM passages", ())

    def passages_with(self, word: str) -> int:
        """Return how many passages hold ``word``, in any of its forms."""
        return self._holding("passages_text", word)

    def _holding(self, table: str, term: str) -> int:
        sql = f"SELECT count(*) FROM {table} WHERE {table} MATCH ?"
        return self._counted(f"{table} {term}", sql, (_quoted(term),))

    def _counted(self, key: str, sql: str, values: tuple[str, ...]) -> int:
        """Return a count, remembered until a document comes or goes: frequent words take milliseconds to count."""
        (revision,) = self._connection.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone() or ("",)
        if self._counts_revision != revision or len(self._counts) > _COUNTS:
            self._counts, self._counts_revision = {}, revision
        counts = self._counts  # another thread may begin new ones meanwhile
        if key not in counts:
            counts[key] = int(self._connection.execute(sql, values).fetchone()[0])
        return counts[key]

    def which_hold(self, word: str, passages: Iterable[int]) -> frozenset[int]:
        """Return which of ``passages`` hold ``word``, in any of its forms."""
        sql = "SELECT rowid FROM passages_text WHERE passages_text MATCH ? AND rowid IN"
        return frozenset(row[0] for row in in_batches(self._connection, sql, passages, [_quoted(word)]))

    # -- upkeep ------------------------------------------------------------------------------------------------

    def problems(self) -> list[str]:
        """Return where the index disagrees with what it indexes."""
        found = []
        for table in _TABLES:
            try:
                self._connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
            except CatalogueDamaged:
                found.append(f"the full-text index {table} disagrees with its table")
            except LibraryReadOnly:
                return []  # the check is an entry of the index to itself
        return found

    def rebuild(self) -> None:
        """Rebuild the index from the passages and sentences."""
        self._of_each("rebuild")

    def is_current(self) -> bool:
        """Return whether the index is there and holds words as this version folds them."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (_FOLDING,)).fetchone()
        return row is not None and row[0] == FOLDING

    def renew(self) -> None:
        """Make the index where it is missing, or again where another version folded its words; all or nothing."""
        drops = [f"DROP TRIGGER IF EXISTS {name};" for name in _TRIGGERS]
        drops += [f"DROP TABLE IF EXISTS {name};" for name in _TABLES]
        drops += [f"DROP VIEW IF EXISTS {name};" for name in _VIEWS]
        makes = files("vectorstore").joinpath("full_text.sql").read_text(encoding="utf-8")
        fills = [f"INSERT INTO {table} ({table}) VALUES ('rebuild');" for table in _TABLES]
        noted = f"INSERT OR REPLACE INTO meta VALUES ('{_FOLDING}', '{FOLDING}');"
        try:
            self._connection.executescript("\n".join(["BEGIN IMMEDIATE;", *drops, makes, *fills, noted, "COMMIT;"]))
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def optimize(self) -> None:
        """Merge the index, so that deleted words are gone from it."""
        self._of_each("optimize")

    def _of_each(self, command: str) -> None:
        for table in _TABLES:
            self._connection.execute(f"INSERT INTO {table} ({table}) VALUES (?)", (command,))


def _match(words: Iterable[str]) -> str:
    return " OR ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    """Return a word as full text takes it, whatever signs it holds."""
    return '"' + word.replace('"', '""').replace("\0", " ") + '"'  # SQLite takes a zero for the end of the query


def _within_budget(counts: dict[str, int], budget: int) -> Iterator[str]:
    """Yield the rarest words, until they are in ``budget`` passages together."""
    total = 0
    for word in sorted(counts, key=lambda word: counts[word]):
        if total > budget:
            return
        total += counts[word]
        yield word
