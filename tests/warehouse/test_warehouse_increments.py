"""Building on what is there gives what building anew gives, whatever a day brings; and reads only what changed."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from small_lake import NOON, SmallLake, attempt, outlet, response, statement, submission
from small_lake_story import (
    BAC_NINH,
    CORRECTIONS,
    HA_NAM,
    HA_TINH,
    MISSING_OLD_CODE,
    OLD_BAC_NINH,
    tell,
    write_corrections,
)
from warehouse_build import dbt

from coso.ids import content_id
from coso.lake import Lake, read_table, write_records
from coso.records import (
    Document,
    Fact,
    Hold,
    Outcome,
    QuarantinedRow,
    SourceRow,
    Submission,
    from_table,
)
from coso.settings import DBT_PROJECT

# One worker runs this file: the builds its tests compare take minutes.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("increments")]

#: What a run leaves out that builds on the warehouse of the run before.
STANDING = (
    "--indirect-selection",
    "empty",
    "--exclude",
    "config.materialized:view",
    "config.meta.is_code:true",
)

#: A day after those of the story, and what it brings into partitions of its own.
NEXT_DAY = NOON + timedelta(days=9)


def partition(lake: Lake, table: str, source: str, day: str = "2026-01-19") -> Path:
    """Return the file of one landed partition."""
    return lake.landed / table / f"source={source}" / f"date={day}" / "part.parquet"


def change(path: Path, kind: Any, edit: Callable[[list[Any]], list[Any]]) -> None:
    """Write a partition again with other rows, as a replay does."""
    rows = from_table(kind, read_table(path.parent, kind))
    edited = edit(rows)
    assert edited != rows
    write_records(path, kind, edited)


def later(lake: Lake, number: int) -> SmallLake:
    """Return a writer whose articles have addresses of their own."""
    return SmallLake(lake, _counter=itertools.count(number))


def new_articles(lake: Lake) -> None:
    """Add a conflicting witness, the one missing member of a sum, and copies that join reports of older articles."""
    more = later(lake, 1000)
    fresh = {"fetched_at": NEXT_DAY}
    other = more.article(HA_NAM, "Cả năm 2024 có 230 cuộc đối thoại.", "2025-02-01", **fresh)
    more.fact(other, "230", "dialogue_sessions", "2024", unit="cuộc")
    missing = more.article(
        outlet(f"to-{MISSING_OLD_CODE}", MISSING_OLD_CODE, "63"),
        "Năm 2021 có 28 cuộc.",
        "2022-02-01",
        **fresh,
    )
    more.fact(missing, "28", "voter_meetings", "2021")
    for number, key in enumerate(("a", "b", "c", "d", "e", "f")):
        copy = more.article(
            outlet(f"copy-{key}"), "Sáu tháng đầu năm 2023: tiếp 1.812 lượt, 1.000 đơn, đạt 90%!", "2023-07-10",
            title=f"Bản {number}", **fresh,
        )  # fmt: skip
        more.fact(copy, "1.812", "reception_visits", "2023-H1", unit="lượt", province_code="35", frame="63")
    summed = more.article(BAC_NINH, "Năm 2025 có 700 cuộc, tăng 200 cuộc.", "2026-01-20", **fresh)
    keys = ("comparison_direction", "comparison_amount", "comparison_unit", "comparison_baseline")
    stated = dict(zip(keys, ("increase", 200.0, "cuộc", "2024-H2"), strict=True))
    more.fact(summed, "700", "dialogue_sessions", "2025-H2", **stated)
    more.write()


def late_articles(lake: Lake) -> None:
    """Put articles into partitions that were read before: one mends an old address, one brings a baseline."""
    story = from_table(Document, read_table(partition(lake, "documents", "ha-tinh").parent, Document))
    mended = replace(
        story[0],
        document_id="doc-mended",
        text="Không còn số liệu nào.",
        fetched_at=story[0].fetched_at + timedelta(hours=3),
    )
    change(partition(lake, "documents", "ha-tinh"), Document, lambda rows: [*rows, mended])
    facts = partition(lake, "facts", "ha-tinh")
    taken = from_table(Fact, read_table(facts.parent, Fact))[0]
    twin = replace(
        taken, fact_id="fact-twin", document_id="doc-mended", char_start=0, char_end=5, quote="Không",
        sentence_start=0, sentence="Không còn số liệu nào.", period="2023..", period_end=None,
    )  # fmt: skip
    change(facts, Fact, lambda rows: [*rows, twin])
    more = later(lake, 2000)
    early = {"fetched_at": NOON - timedelta(days=400)}
    more.fact(
        more.article(HA_NAM, "Sáu tháng đầu năm 2023 tiếp 1.005 người.", "2023-07-20", **early),
        "1.005", "reception_people", "2023-H1", unit="người",
    )  # fmt: skip
    more.fact(
        more.article(OLD_BAC_NINH, "Kỳ này tổ chức 191 cuộc đối thoại!", "2025-01-05", **early),
        "191", "dialogue_sessions", "2024-H2",
    )  # fmt: skip
    more.write()


def replayed(lake: Lake) -> None:
    """Read old articles otherwise: other values, facts less, a document gone, a partition gone."""
    facts = partition(lake, "facts", "ha-tinh")
    change(
        facts,
        Fact,
        lambda rows: [
            replace(
                row,
                value=row.value + 1,
                subset=not row.subset if row.metric == "mediation_cases" else row.subset,
            )
            for row in rows
            if row.metric not in {"complaints_resolved", "outreach_sessions"}
        ],
    )
    change(
        partition(lake, "facts", "ha-nam"),
        Fact,
        lambda rows: [r for r in rows if r.quote not in {"80", "1.812"}],
    )
    change(
        partition(lake, "documents", "trung-uong"),
        Document,
        lambda rows: [replace(row, title=f"{row.title} (bản mới)") for row in rows[1:]],
    )
    for table in ("documents", "facts"):
        shutil.rmtree(partition(lake, table, "to-02").parent)
    # The same bytes again, at another time: nothing changed.
    same = partition(lake, "facts", "to-01")
    same.write_bytes(same.read_bytes())


def judged(lake: Lake) -> None:
    """Refuse rows, let others in again, hold another province, correct other readings."""
    facts = from_table(Fact, read_table(partition(lake, "facts", "ha-tinh").parent, Fact))
    chosen = next(row for row in facts if row.metric == "dialogue_sessions")
    refused = QuarantinedRow(
        content_id("q", ["facts", chosen.fact_id]),
        "facts",
        chosen.fact_id,
        "form.span",
        "Sai",
        None,
        "42",
        "63",
        "{}",
    )
    table = lake.quality / "quarantine" / "date=2026-01-19" / "part.parquet"
    change(table, QuarantinedRow, lambda rows: [r for r in rows if r.table_name != "facts"] + [refused])
    holds = lake.quality / "holds" / "date=2026-01-19" / "part.parquet"
    doubted = [("24", "dialogue_sessions"), ("42", "petitions_resolved")]
    write_records(holds, Hold, [Hold(code, "63", metric, "inc-2", "Nghi ngờ") for code, metric in doubted])


def registered(lake: Lake) -> None:
    """Rename an outlet, follow a submission, and bring attempts, some of a day that was counted before."""
    change(
        partition(lake, "sources", "ha-nam"),
        SourceRow,
        lambda rows: [replace(r, name="Báo và Đài Hà Nam") for r in rows],
    )
    closed = submission("A-1", "closed", NEXT_DAY)
    day = NEXT_DAY.date().isoformat()
    write_records(partition(lake, "submissions", "hue", day), Submission, [closed])
    more = later(lake, 3000)
    stored = response("cap-9", 4096)
    more.add("captures", stored, day)
    more.add("outcomes", attempt(9, "stored", stored, attempted_at=NEXT_DAY), day)
    more.add(
        "outcomes",
        attempt(10, "not_modified", response("cap-1", 2048), attempted_at=NEXT_DAY, http_status=304),
        day,
    )
    told = more.article(HA_TINH, "Năm 2026 sẽ mở rộng mô hình.", "2026-01-25", fetched_at=NEXT_DAY)
    more.add("commitments", statement(told, "sẽ mở rộng mô hình", "commitment", "2026"), day)
    more.write()
    counted = lake.outcomes / "date=2026-01-19" / "part.parquet"
    change(counted, Outcome, lambda rows: [*rows, attempt(11, "timeout", None, run_id="run-0")])


DAYS = (new_articles, late_articles, replayed, judged, registered)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Build day by day upon what is there, and each day anew beside it; return both databases of each day."""
    root = tmp_path_factory.mktemp("days")
    lake = Lake(root / "lake")
    tell(SmallLake(lake))
    project = Path(shutil.copytree(DBT_PROJECT, root / "project"))
    write_corrections(project / "seeds" / "corrections.csv")
    database = lake.warehouse / "build.duckdb"
    every = ("build", "--exclude-resource-type", "unit_test")
    dbt(lake, *every, project=project)
    databases = {}
    for number, day in enumerate(DAYS):
        day(lake)
        if day is judged:
            write_corrections(project / "seeds" / "corrections.csv", CORRECTIONS[1:])
        dbt(lake, *every, *STANDING, project=project)
        upon = Path(shutil.copy(database, root / f"upon-{number}.duckdb"))
        database.unlink()
        dbt(lake, *every, project=project)
        anew = Path(shutil.move(database, root / f"anew-{number}.duckdb"))
        shutil.copy(upon, database)
        databases[day.__name__] = (upon, anew)
    return databases


@pytest.mark.parametrize("day", [day.__name__ for day in DAYS])
def test_a_build_upon_another_is_the_build_anew(days: dict[str, tuple[Path, Path]], day: str) -> None:
    upon, anew = days[day]
    with duckdb.connect() as connection:
        _attach(connection, upon, anew)
        tables = _marts(connection, "upon")
        assert tables == _marts(connection, "anew")
        wrong = {table: _differing(connection, table) for table in tables}
    assert {table: rows for table, rows in wrong.items() if rows} == {}


@pytest.mark.parametrize(("before", "after"), list(itertools.pairwise(day.__name__ for day in DAYS)))
def test_each_day_says_something_new(days: dict[str, tuple[Path, Path]], before: str, after: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            f"attach '{days[before][1]}' as upon (read_only); attach '{days[after][1]}' as anew (read_only)"
        )
        changed = [table for table in _marts(connection, "upon") if _differing(connection, table)]
    assert len(changed) >= 5


def test_only_what_changed_is_read_again(days: dict[str, tuple[Path, Path]]) -> None:
    upon, _ = days["registered"]
    with duckdb.connect(str(upon), read_only=True) as connection:
        changed = connection.execute(
            "select distinct table_name from changes.lake_files where is_changed order by all"
        ).fetchall()
        read, known = connection.execute(
            "select (select count(*) from changes.int_texts_read), (select count(*) from base.base_documents)"
        ).fetchone() or (0, 0)
    assert [name for (name,) in changed] == [
        "captures", "commitments", "documents", "outcomes", "sources", "submissions",
    ]  # fmt: skip
    assert 0 < read < 20 < known


@pytest.mark.parametrize(
    ("table", "where", "before", "after"),
    [
        (
            "fct_metric_comparison",
            "province_key = '34-24'",
            ("earlier_value", "inconsistent"),
            "earlier_value_held",
        ),
        (
            "fct_rate_check",
            "province_key = '63-42' and metric = 'petition_resolution_rate' and basis = 'fraction'",
            ("computed_rate", "consistent"),
            "numerator_held",
        ),
    ],
)
def test_what_leans_on_a_held_value_judges_nothing(
    days: dict[str, tuple[Path, Path]], table: str, where: str, before: tuple[str, str], after: str
) -> None:
    value, status = before
    said = []
    for day in ("late_articles", "judged"):
        with duckdb.connect(str(days[day][0]), read_only=True) as connection:
            query = f"select {value} is null, status, caveat from marts.{table} where {where}"
            said.append(connection.execute(query).fetchall())
    assert said == [[(False, status, None)], [(True, "held", after)]]


def _attach(connection: duckdb.DuckDBPyConnection, upon: Path, anew: Path) -> None:
    connection.execute(f"attach '{upon}' as upon (read_only); attach '{anew}' as anew (read_only)")


def _marts(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    rows = connection.execute(
        "select table_name from duckdb_tables() where database_name = ? and schema_name = 'marts' order by all",
        [database],
    ).fetchall()
    return [name for (name,) in rows]


def _differing(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[Any, ...]]:
    """Return rows that only one of the two databases has."""
    here, there = f"select * from upon.marts.{table}", f"select * from anew.marts.{table}"
    return connection.execute(
        f"select 'upon', * from ({here} except all {there}) union all select 'anew', * from ({there} except all {here})"
    ).fetchall()
