"""Parts that several queries of the catalogue share: a scope as SQL, and many ids at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from vectorstore.records import Scope

_BATCH = 500
"""Values of one query; SQLite takes at least 999."""


def in_batches(connection: sqlite3.Connection, head: str, ids: Iterable[Any], values: Sequence[Any] = ()) -> list[Any]:
    """Return the rows of ``head``, which ends in "IN", for all ``ids``; ``values`` fill its other marks."""
    wanted, rows = list(ids), []
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        rows += connection.execute(f"{head} ({', '.join('?' * len(part))})", [*values, *part]).fetchall()
    return rows


def scope_ids(scope: Scope) -> tuple[str, list[Any]]:
    """Return a query for the ids of a scope's passages, answered from indexes alone, and its values."""
    if scope.documents:
        clause, values = scope_clause(scope)
        return f"SELECT p.id AS passage FROM passages p WHERE {clause}", values
    marks = ", ".join("?" * len(scope.countries))
    return f"SELECT DISTINCT passage FROM cases WHERE country IN ({marks})", list(scope.countries)


def scope_clause(scope: Scope) -> tuple[str, list[Any]]:
    """Return a condition on ``passages p`` that holds inside a scope, and its values."""
    clauses, values = ["1"], list[Any]()
    if scope.documents:
        clauses.append(f"p.document IN ({', '.join('?' * len(scope.documents))})")
        values += scope.documents
    if scope.countries:
        marks = ", ".join("?" * len(scope.countries))
        clauses.append(f"p.id IN (SELECT passage FROM cases WHERE country IN ({marks}))")
        values += scope.countries
    return " AND ".join(clauses), values
