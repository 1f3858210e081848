"""Questions asked of a release."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import duckdb
import pytest

from coso.errors import BadInputError
from publishing.reading import asked
from publishing.release import Release


@pytest.fixture
def release(tmp_path: Path) -> Release:
    found = Release("2025-03-17-a", tmp_path, "a", "2025-03-17T00:00:00+00:00", {"t": 3001})
    with duckdb.connect(str(found.database)) as con:
        con.execute("create table t as select range::varchar as v from range(3000) union all select 'ba'")
    return found


def test_a_statement_gives_columns_and_rows(release: Release) -> None:
    with asked(release, "select v, 1 as n from t where v = 'ba'") as answer:
        assert (answer.columns, list(answer.rows)) == (["v", "n"], [("ba", 1)])


def test_rows_come_as_they_are_taken(release: Release) -> None:
    # All rows of this one would fill any memory.
    with asked(release, "select range from range(1000000000000)") as answer:
        assert sum(1 for _ in islice(answer.rows, 5000)) == 5000


def test_an_error_behind_the_first_rows_is_told_too(release: Release) -> None:
    late = "select if(range < 100000, 1, error('too far')) from range(200000)"
    with (
        pytest.raises(BadInputError, match=r"the statement fails: .*too far"),
        asked(release, late) as answer,
    ):
        assert len(list(answer.rows)) < 200000


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("select cast(v as integer) from t", "Could not convert string 'ba' to INT32"),
        ("selekt", "syntax error"),
        ("select w from t", 'Candidate bindings: "v"; see'),
        ("select * from tt", 'Did you mean "t"'),
        ("insert into t values ('x')", "read-only"),
        ("copy t to '{folder}/out.csv'", "disabled"),
        ("select * from read_csv('/etc/hostname')", "disabled"),
        ("set enable_external_access = true; select 1", "Cannot enable external access"),
    ],
)
def test_a_statement_that_fails_says_why_and_writes_nothing(
    release: Release, statement: str, says: str
) -> None:
    folder = release.path
    failing = pytest.raises(BadInputError, match=f"the statement fails: .*{says}")
    with failing, asked(release, statement.format(folder=folder)) as answer:
        list(answer.rows)
    assert [path.name for path in release.path.iterdir()] == ["coso.duckdb"]


@pytest.mark.parametrize("statement", ["", "  ", "-- nothing"])
def test_an_empty_statement_is_refused(release: Release, statement: str) -> None:
    with pytest.raises(BadInputError, match="the statement is empty"), asked(release, statement):
        pass
