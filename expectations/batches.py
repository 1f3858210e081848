"""The relations that checks judge, by name.

Each gives its rows a ``row_id`` and the columns that say whom a row concerns, so that failing rows of any check
can be read alike. ``X`` is a landed or mart table, ``X.something`` its rows with more about them, ``X.columns`` the
table as it is; ``columns`` the columns that the landed tables have. Great Expectations takes some 40 ms a batch, so
checks share them.
"""

from __future__ import annotations

from functools import lru_cache

from coso.records import LANDED, arrow_schema, describe
from coso.settings import VIETNAM_ZONE

#: Columns that every batch has, apart from ``row_id``.
SUBJECT = ("province_code", "frame", "source_key", "metric", "period")

#: What identifies the content of a row, table by table: a record's first column, but for versions of one item.
ROW_KEYS = {table: next(iter(describe(kind))) for table, kind in LANDED.items()} | {
    "submissions": "version_id"
}

#: Columns that may differ between two rows of one id: the same content read from another capture or address.
_PROVENANCE = {
    "capture_id",
    "url",
    "fetched_at",
    "seen_at",
    "author",
    "tags",
    "captions",
    "parser",
    "parser_kind",
}


#: Units written in other sizes than the dictionary's, and the factor between them.
_CONVERSION = """
    case when d.unit = 'm2' and lower(f.unit) in ('ha', 'hecta', 'héc ta', 'héc-ta') then 10000
         when d.unit = 'm2' and lower(f.unit) in ('km2', 'km²') then 1000000
         when d.unit = 'km' and lower(f.unit) in ('m', 'mét') then 0.001 else 1 end"""

_COLUMNS = f"""
    select table_name as row_id, column_name, {", ".join(f"null::varchar as {name}" for name in SUBJECT)}
    from duckdb_columns() where table_name in {tuple(LANDED)}"""


def vietnam_day(moment: str) -> str:
    """Return SQL for the day in Vietnam of a moment in UTC, such as that of a capture, given as SQL too."""
    return f"cast({moment} at time zone '{VIETNAM_ZONE}' as date)"


@lru_cache(maxsize=1)
def landed_batches() -> dict[str, str]:
    """Return the queries behind the landed gate's batches."""
    batches: dict[str, str] = {"columns": _COLUMNS}
    for table in LANDED:
        batches[table] = _with_subject(table)
    batches["documents"] = (
        f"select *, {vietnam_day('fetched_at')} as fetched_on from ({_with_subject('documents')})"
    )
    batches["submissions"] = (
        f"select *, {vietnam_day('seen_at')} as seen_on from ({_with_subject('submissions')})"
    )
    # A figure with its dictionary entry and the day it was published; most rules of arithmetic need both.
    batches["figures"] = f"""
        select f.*, f.fact_id as row_id, d.kind, d.unit as metric_unit, f.value * {_CONVERSION} as standard_value,
               case when f.frame = '34' then d.max_year_34 else d.max_year_63 end as max_year,
               p.published_on
        from facts f join metrics d on d.code = f.metric
        left join (select document_id, min(published_on) as published_on from documents group by 1) p
            on p.document_id = f.document_id"""
    # Rows read from a stored response, with the response, and how long the archive file is that holds it.
    for table in ("documents", "submissions"):
        batches[f"{table}.archived"] = f"""
            select r.row_id, {", ".join(f"r.{name}" for name in SUBJECT)}, r.capture_id, r.url,
                   c.capture_id as stored_id, c.payload_sha256, c.warc_file, c.warc_offset, c.warc_length, w.bytes
            from ({_with_subject(table)}) r
            left join captures c on c.capture_id = r.capture_id
            left join warc_files w on w.warc_file = c.warc_file"""
    # Documents with the age of their capture against the source's latest, and whether a fact was read from them.
    batches["documents.ages"] = f"""
        select d.*, datediff('day', d.fetched_on, max(d.fetched_on) over (partition by d.source_key)) as age,
               f.document_id is not null as has_facts
        from ({batches["documents"]}) d
        left join (select distinct document_id from facts) f on f.document_id = d.document_id"""
    # How a source's pages are read, with what works worse than before; a source without a drift has one empty row.
    batches["readings"] = """
        select coalesce(d.drift_id, s.source_key) as row_id, s.source_key, s.province_code, s.frame, s.name,
               null::varchar as metric, null::varchar as period, d.* exclude (source_key)
        from sources s
        join (select distinct source_key from reading_rates) r on r.source_key = s.source_key
        left join drifts d on d.source_key = s.source_key"""
    return batches


#: Values of single-year periods, and below them what the provinces merged in July 2025 reported before: the sum of
#: the members where all of them gave the figure. Sums are compared with, never judged.
_HISTORIES = """
    select * from (with own as (
        select v.province_code, v.frame, v.metric, v.period, v.value, v.chosen_fact_id, d.kind, d.unit as metric_unit,
               cast(left(v.period, 4) as integer) as year, substr(v.period, 5) as period_kind
        from fct_metric_value v join metrics d on d.code = v.metric
        where regexp_matches(v.period, '^[0-9][0-9][0-9][0-9](-(H[12]|9M|Q[1-4]|YTD[0-9]+|[0-9]+))?$')
    ), sizes as (
        select province_code, frame, count(*) as n_members from lineage where earlier_frame <> frame group by all
    ), sums as (
        select l.province_code, l.frame, o.metric, o.period, sum(o.value) as value, o.kind, o.metric_unit, o.year,
               o.period_kind
        from own o
        join lineage l on l.earlier_code = o.province_code and l.earlier_frame = o.frame and l.frame <> o.frame
        join sizes s on s.province_code = l.province_code and s.frame = l.frame
        where o.kind <> 'rate'
        group by l.province_code, l.frame, o.metric, o.period, o.kind, o.metric_unit, o.year, o.period_kind,
                 s.n_members
        having count(*) = s.n_members
    )
    select *, null::varchar as source_key, concat_ws('/', province_code, frame, metric, period) as row_id,
           true as is_judged
    from own
    union all by name
    select *, null::varchar as source_key, null::varchar as row_id, false as is_judged from sums)"""


MARTS_BATCHES: dict[str, str] = {
    "fct_metric_value.columns": "select * from fct_metric_value",
    "fct_metric_observation.columns": "select * from fct_metric_observation",
    "values": """
        select *, null::varchar as source_key,
               concat_ws('/', province_code, frame, metric, period) as row_id
        from fct_metric_value""",
    # Values of single-year periods with the dictionary entry; series are compared within a kind of period.
    "series": """
        select v.*, null::varchar as source_key,
               concat_ws('/', v.province_code, v.frame, v.metric, v.period) as row_id,
               d.kind, d.unit as metric_unit, d.part_of, d.numerator, d.denominator,
               coalesce(b.least, d.min_year) as min_year, b.metric is not null as is_reviewed,
               coalesce(b.most, if(v.frame = '34', d.max_year_34, d.max_year_63)) as max_year,
               cast(left(v.period, 4) as integer) as year, substr(v.period, 5) as period_kind
        from fct_metric_value v join metrics d on d.code = v.metric
        left join figure_bounds b
            on b.province_code = v.province_code and b.frame = v.frame and b.metric = v.metric
        where regexp_matches(v.period, '^[0-9][0-9][0-9][0-9](-(H[12]|9M|Q[1-4]|YTD[0-9]+|[0-9]+))?$')""",
    "histories": _HISTORIES,
    # Values with the reading that was chosen for them.
    "witnessed": """
        select v.*, null::varchar as source_key,
               concat_ws('/', v.province_code, v.frame, v.metric, v.period) as row_id,
               d.kind, cast(left(v.period, 4) as integer) as year, substr(v.period, 5) as period_kind,
               o.sentence, o.document_id, o.level
        from fct_metric_value v join metrics d on d.code = v.metric
        left join fct_metric_observation o on o.fact_id = v.chosen_fact_id""",
    "comparisons": """
        select *, null::varchar as source_key, fact_id as row_id from fct_metric_comparison""",
    # A unit reports a kind of review when it, or a province merged into it, gave figures for an earlier one.
    "reporters": """
        select distinct e.province_code, e.frame, null::varchar as source_key, null::varchar as metric,
               e.period, e.due_on, concat_ws('/', e.province_code, e.frame, e.period) as row_id
        from expected_reports e
        join lineage l on l.province_code = e.province_code and l.frame = e.frame
        join fct_metric_value v on v.province_code = l.earlier_code and v.frame = l.earlier_frame
        where substr(v.period, 5) = substr(e.period, 5) and v.period < e.period""",
    # Reviews that a unit gave, and the latest of each kind that was due.
    "reviews": """
        select v.province_code, v.frame, null::varchar as source_key, v.metric, v.period, v.period_end,
               v.value, v.chosen_fact_id, e.due_on,
               concat_ws('/', v.province_code, v.frame, v.metric, v.period) as row_id
        from fct_metric_value v
        left join expected_reports e
            on e.province_code = v.province_code and e.frame = v.frame and e.period = v.period and e.is_latest
        where regexp_matches(v.period, '^[0-9][0-9][0-9][0-9](-H1)?$')""",
    "attempts": f"""
        select o.source_key, o.source_key as row_id, s.province_code, s.frame, s.name, null::varchar as metric,
               null::varchar as period, o.outcome, o.attempted_at, {vietnam_day("o.attempted_at")} as day
        from outcomes o join sources s on s.source_key = o.source_key
        where o.outcome not in ('interrupted', 'robots_denied')""",
    "crawls": f"""
        select c.source_key, c.crawl_id as row_id, s.province_code, s.frame, s.name, null::varchar as metric,
               null::varchar as period, c.sight, c.detail, c.ended_at,
               {vietnam_day("c.ended_at")} as day
        from crawls c join sources s on s.source_key = c.source_key
        where s.status not in ('legacy', 'dead')""",
    # What sources refused for its size; one that refused nothing has one empty row.
    "refusals": """
        select s.source_key, s.source_key as row_id, s.province_code, s.frame, s.name, null::varchar as metric,
               null::varchar as period, r.* exclude (source_key)
        from sources s
        join (select distinct source_key from outcomes) o on o.source_key = s.source_key
        left join refusals r on r.source_key = s.source_key""",
    "items": """
        select i.source_key, i.source_key as row_id, s.province_code, s.frame, s.name, null::varchar as metric,
               null::varchar as period, i.day
        from source_items i join sources s on s.source_key = i.source_key""",
    # Every state of every feedback item, in order, with the source's name.
    "feedback": """
        select f.submission_id, f.version_id as row_id, f.source_key, f.province_code, f.frame, f.url,
               f.received_on, f.deadline_on, f.answered_on, f.status, f.seen_at, s.name,
               null::varchar as metric, null::varchar as period,
               lag(f.status) over by_sight as status_before,
               row_number() over (partition by f.submission_id order by f.seen_at desc, f.version_id) = 1 as is_last
        from submissions f left join sources s on s.source_key = f.source_key
        window by_sight as (partition by f.submission_id order by f.seen_at, f.version_id)""",
    "crawled_sources": """
        select s.source_key, s.source_key as row_id, s.province_code, s.frame, s.name,
               coalesce(b.days, s.freshness_days) as freshness_days,
               null::varchar as metric, null::varchar as period, i.last_on, c.sight
        from sources s
        join (select distinct source_key from outcomes) o on o.source_key = s.source_key
        left join (select source_key, max(day) as last_on from source_items group by 1) i
            on i.source_key = s.source_key
        left join source_bounds b on b.source_key = s.source_key
        left join (select source_key, arg_max(sight, ended_at) as sight from crawls group by 1) c
            on c.source_key = s.source_key
        where s.status <> 'dead' and coalesce(b.days, s.freshness_days) is not null""",
}


def batches_of(gate: str) -> dict[str, str]:
    """Return the queries behind a gate's batches, by name."""
    return landed_batches() if gate == "landed" else MARTS_BATCHES


def _with_subject(table: str) -> str:
    columns = arrow_schema(LANDED[table]).names
    missing = [f"null::varchar as {name}" for name in SUBJECT if name not in columns]
    return f"select {', '.join([f'{ROW_KEYS[table]} as row_id', *missing, '*'])} from {table}"


def contents(table: str) -> str:
    """Return a query for the distinct contents of those rows of a landed table that share a ``row_id`` with others."""
    columns = [name for name in arrow_schema(LANDED[table]).names if name not in _PROVENANCE]
    return (
        f"select distinct row_id, {', '.join(dict.fromkeys([*SUBJECT, *columns]))} from judged "
        "where row_id in (select row_id from judged group by row_id having count(*) > 1)"
    )
