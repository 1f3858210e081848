"""The relations that checks judge, by name.

Each gives its rows a ``row_id`` and the columns that say whom a row concerns, so that failing rows of any check
can be read alike. ``X`` is a landed or mart table; ``X.columns`` the table as it is, for checks of its columns;
``X.contents`` its distinct contents, for checks of its key.
"""

from __future__ import annotations

from functools import lru_cache

from coso.records import LANDED, arrow_schema

#: Columns that every batch has, apart from ``row_id``.
SUBJECT = ("province_code", "frame", "source_key", "metric", "period")

#: What identifies the content of a row, table by table.
ROW_KEYS = {
    "sources": "source_key",
    "documents": "document_id",
    "facts": "fact_id",
    "events": "event_id",
    "officials": "mention_id",
    "citations": "mention_id",
    "initiatives": "mention_id",
    "shortcomings": "statement_id",
    "commitments": "statement_id",
    "submissions": "version_id",
    "parse_issues": "issue_id",
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

#: The day of a capture in Vietnam; captures carry UTC.
_VIETNAM_DAY = "cast({0} at time zone 'Asia/Ho_Chi_Minh' as date)"

#: Units written in other sizes than the dictionary's, and the factor between them.
_CONVERSION = """
    case when d.unit = 'm2' and lower(f.unit) in ('ha', 'hecta', 'héc ta', 'héc-ta') then 10000
         when d.unit = 'm2' and lower(f.unit) in ('km2', 'km²') then 1000000
         when d.unit = 'km' and lower(f.unit) in ('m', 'mét') then 0.001 else 1 end"""


@lru_cache(maxsize=1)
def landed_batches() -> dict[str, str]:
    """Return the queries behind the landed gate's batches."""
    batches: dict[str, str] = {}
    for table in LANDED:
        batches[table] = _with_subject(table)
        batches[f"{table}.columns"] = f"select * from {table}"
        batches[f"{table}.contents"] = _contents(table)
    batches["documents"] = (
        f"select *, {_VIETNAM_DAY.format('fetched_at')} as fetched_on from ({_with_subject('documents')})"
    )
    batches["submissions"] = (
        f"select *, {_VIETNAM_DAY.format('seen_at')} as seen_on from ({_with_subject('submissions')})"
    )
    # A figure with its dictionary entry and the day it was published; most rules of arithmetic need both.
    batches["figures"] = f"""
        select f.*, f.fact_id as row_id, d.kind, d.unit as metric_unit, f.value * {_CONVERSION} as standard_value,
               case when f.frame = '34' then d.max_year_34 else d.max_year_63 end as max_year,
               p.published_on
        from facts f join metrics d on d.code = f.metric
        left join (select document_id, min(published_on) as published_on from documents group by 1) p
            on p.document_id = f.document_id"""
    return batches


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
               d.kind, d.unit as metric_unit, d.part_of, d.numerator, d.denominator, d.min_year,
               case when v.frame = '34' then d.max_year_34 else d.max_year_63 end as max_year,
               cast(left(v.period, 4) as integer) as year, substr(v.period, 5) as period_kind
        from fct_metric_value v join metrics d on d.code = v.metric
        where regexp_matches(v.period, '^[0-9][0-9][0-9][0-9](-(H[12]|9M|Q[1-4]|YTD[0-9]+|[0-9]+))?$')""",
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
    "crawled_sources": """
        select s.source_key, s.source_key as row_id, s.province_code, s.frame, s.name, s.freshness_days,
               null::varchar as metric, null::varchar as period, i.last_on
        from sources s
        join (select distinct source_key from outcomes) o on o.source_key = s.source_key
        left join (select source_key, max(day) as last_on from source_items group by 1) i
            on i.source_key = s.source_key
        where s.status <> 'dead' and s.freshness_days is not null""",
}


def batches_of(gate: str) -> dict[str, str]:
    """Return the queries behind a gate's batches, by name."""
    return landed_batches() if gate == "landed" else MARTS_BATCHES


def _with_subject(table: str) -> str:
    columns = arrow_schema(LANDED[table]).names
    missing = [f"null::varchar as {name}" for name in SUBJECT if name not in columns]
    return f"select {', '.join([f'{ROW_KEYS[table]} as row_id', *missing, '*'])} from {table}"


def _contents(table: str) -> str:
    columns = [name for name in arrow_schema(LANDED[table]).names if name not in _PROVENANCE]
    return f"select distinct row_id, {', '.join(dict.fromkeys([*SUBJECT, *columns]))} from ({_with_subject(table)})"
