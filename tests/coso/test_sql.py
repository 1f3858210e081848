"""What is written into SQL stays what it was."""

from __future__ import annotations

import duckdb
import pytest

from coso.sql import identifier, identifiers, literal, literals

AWKWARD = ["a", "it's", "''", '"', 'a"b', "a; drop table t --", "Hà Nội $1 %s {x} \\"]


@pytest.mark.parametrize("text", AWKWARD)
def test_a_text_is_one_literal_and_one_name(text: str) -> None:
    found = duckdb.sql(f"select {literal(text)} as {identifier(text)}")
    assert (found.columns, found.fetchall()) == ([text], [(text,)])


def test_lists_keep_their_order() -> None:
    table = f"(values ({literals(AWKWARD)})) as t ({identifiers(AWKWARD)})"
    assert duckdb.sql(f"select {identifiers(AWKWARD[::-1])} from {table}").fetchall() == [
        tuple(AWKWARD[::-1])
    ]
