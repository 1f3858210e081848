"""Two plain ways to raise alarms, over the same tables and days: fixed ranges, and three standard deviations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from benchmarks.alerts.replay import Replay
from coso.dictionary import load_metrics


@dataclass(frozen=True)
class Signal:
    """An alarm: about a figure, a review or a source."""

    check: str
    code: str | None
    frame: str | None
    metric: str | None
    period: str | None
    source: str | None


# What a careful editor would write into a configuration once: the dictionary's ranges, and numbers for sources.
_RANGES = """
    select 'range' as "check", v.province_code, v.frame, v.metric, v.period, null as source_key
    from build.marts.fct_metric_value v join bounds b on b.code = v.metric
    where v.value > if(v.frame = '34', b.max_34, b.max_63)
       or v.value < b.min_year * if(v.period like '____', 1, 0.3) and b.kind <> 'stock'
    union all
    select 'conflict', province_code, frame, metric, period, null
    from build.marts.fct_metric_value where agreement = 'conflict'
    union all
    select 'few items', null, null, null, null, s.source_key
    from sources s left join documents d on d.source_key = s.source_key
        and d.published_on >= ? - 7
    where s.kind = 'party_newspaper' group by s.source_key having count(d.source_key) < 5
    union all
    select 'late answers', null, null, null, null, source_key
    from latest where deadline_on < ? and deadline_on >= ? - 60
    group by source_key
    having count(*) >= 10 and count(*) filter (where coalesce(answered_on > deadline_on, true)) > 0.3 * count(*)
    union all
    select 'many items', null, null, null, null, source_key
    from latest where received_on >= ? - 7 group by source_key having count(*) > 30"""

# Whatever can be counted, against its own mean and standard deviation.
_SIGMA = """
    with levels as (
        select v.province_code, v.frame, v.metric, v.period, v.value, substr(v.period, 5) as kind
        from build.marts.fct_metric_value v
    ), own as (
        select l.*, avg(o.value) as mean, stddev_samp(o.value) as sd, count(o.value) as n
        from levels l join levels o on o.province_code = l.province_code and o.frame = l.frame
            and o.metric = l.metric and o.kind = l.kind and o.period < l.period
        group by all
    ), peers as (
        select *, avg(value) over w as mean, stddev_samp(value) over w as sd from levels
        window w as (partition by frame, metric, period)
    ), weeks as (
        select source_key, datediff('day', published_on, ?) // 7 as week, count(*) as n,
               avg(cast(sapo is not null as int)) as filled, avg(cast(parser_kind = 'general' as int)) as general
        from documents where published_on < ? and published_on >= ? - 63 group by all
    ), feedback as (
        select source_key, datediff('day', received_on, ?) // 7 as week, count(*) as n
        from latest where received_on < ? and received_on >= ? - 63 group by all
    ), counts as (
        select source_key, week, unnest([n, filled, general]) as figure, unnest(['n', 'filled', 'general']) as what
        from weeks
        union all select source_key, week, n, 'feedback' from feedback
    )
    select 'own history' as "check", province_code, frame, metric, period, null as source_key
    from own where n >= 2 and abs(value - mean) > 3 * sd
    union all
    select 'peers', province_code, frame, metric, period, null from peers where abs(value - mean) > 3 * sd
    union all
    select 'weekly ' || what, null, null, null, null, source_key
    from counts group by source_key, what
    having count(*) filter (where week > 0) >= 6
       and abs(coalesce(max(figure) filter (where week = 0), 0) - avg(figure) filter (where week > 0))
           > 3 * stddev_samp(figure) filter (where week > 0)"""


class Baselines:
    """Both baselines, asked on each day of a replay."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay

    def ask(self, day: date) -> dict[str, list[Signal]]:
        """Return the alarms of a day by baseline."""
        lake = self._replay.lake
        with duckdb.connect() as connection:
            connection.execute(f"attach '{self._replay.warehouse}' as build (read_only)")
            for table in ("documents", "submissions", "sources"):
                connection.execute(
                    f"create view {table} as from read_parquet('{lake.landed}/{table}/**/*.parquet', "
                    "union_by_name = true, hive_partitioning = false)"
                )
            connection.execute("""create table latest as select * from submissions
                qualify row_number() over (partition by submission_id order by seen_at desc, version_id) = 1""")
            connection.register("bounds", _bounds())
            answers = {
                "fixed ranges": connection.execute(_RANGES, [day] * 4).fetchall(),
                "three sigma": connection.execute(_SIGMA, [day] * 6).fetchall(),
            }
        return {name: [Signal(*row) for row in rows] for name, rows in answers.items()}


def _bounds() -> pa.Table:
    metrics = load_metrics().values()
    return pa.table(
        {
            "code": [m.code for m in metrics],
            "kind": [m.kind for m in metrics],
            "min_year": [m.min_year for m in metrics],
            "max_63": [m.max_year_63 for m in metrics],
            "max_34": [m.max_year_34 for m in metrics],
        }
    )
