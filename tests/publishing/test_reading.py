"""Questions asked of a release."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from coso.errors import BadInputError
from publishing.reading import query
from publishing.release import Release


@pytest.fixture
def release(tmp_path: Path) -> Release:
    found = Release("2025-03-17-a", tmp_path, "a", "2025-03-17T00:00:00+00:00", {"t": 3001})
    with duckdb.connect(str(found.database)) as con:
        con.execute("create table t as select range::varchar as v from range(3000) union all select 'ba'")
    return found


def test_a_statement_gives_columns_and_rows(release: Release) -> None:
    assert query(release, "select v, 1 as n from t where v = 'ba'") == (["v", "n"], [("ba", 1)])


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("select cast(v as integer) from t", "Could not convert string 'ba' to INT32"),
        ("selekt", "syntax error"),
        ("insert into t values ('x')", "read-only"),
        ("copy t to '{folder}/out.csv'", "disabled"),
        ("select * from read_csv('/etc/hostname')", "disabled"),
        ("set enable_external_access = true; select 1", "Cannot enable external access"),
    ],
)
def test_a_statement_that_fails_says_why_and_writes_nothing(
    release: Release, statement: str, says: str
) -> None:
    with pytest.raises(BadInputError, match=f"the statement fails: .*{says}"):
        query(release, statement.format(folder=release.path))
    assert [path.name for path in release.path.iterdir()] == ["coso.duckdb"]
