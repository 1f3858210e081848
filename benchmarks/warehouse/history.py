"""Landed tables of many days, written in bulk: every day brings the same, so history is all that grows."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from coso.lake import Lake, ensure_tables, write_records
from coso.records import LANDED, RAW, Record, SourceRow, arrow_schema
from coso.settings import REFERENCE

#: A day: 13 outlets bring 5 articles each of 16 figures, and 5 pages are fetched for each figure.
OUTLETS_A_DAY = 13
ARTICLES_AN_OUTLET = 5
FIGURES_AN_ARTICLE = 16
ARTICLES_A_DAY = OUTLETS_A_DAY * ARTICLES_AN_OUTLET
FACTS_A_DAY = ARTICLES_A_DAY * FIGURES_AN_ARTICLE
CAPTURES_A_FACT = 5

#: Years that the articles look back on, each with its year, halves and nine months.
_FIRST_YEAR, _YEARS, _PERIODS_A_YEAR = 2010, 15, 4
_PERIODS = _YEARS * _PERIODS_A_YEAR

_PREFIX = "Chỉ tiêu thứ 00 trong kỳ này toàn tỉnh thực hiện được "
_QUOTE_LENGTH = 7
_SENTENCE_LENGTH = len(_PREFIX) + _QUOTE_LENGTH + len(" lượt. ")


@dataclass(frozen=True)
class History:
    """A lake to which whole days are added."""

    lake: Lake

    def begin(self) -> None:
        """Make the empty tables and the registry: a paper for each of the 63, and ten central outlets."""
        ensure_tables(self.lake)
        codes = [
            row[0] for row in duckdb.sql(f"select code from {_seed('provinces_63')} order by 1").fetchall()
        ]
        papers = [_source(f"paper-{code}", code) for code in codes]
        central = [_source(f"central-{number}", None) for number in range(10)]
        rows = sorted(papers + central, key=lambda row: row.source_key)
        write_records(self.lake.landed / "sources" / "part.parquet", SourceRow, list(rows))

    def add_days(self, first: int, last: int) -> None:
        """Land the days ``first`` to ``last - 1``, one partition an outlet and day."""
        with duckdb.connect() as connection:
            # One thread writes a partition whole before the next; many would leave several files each.
            connection.execute(
                "set threads = 1; set timezone = 'UTC'; set partitioned_write_max_open_files = 4"
            )
            connection.execute(_ARTICLES, [first * ARTICLES_A_DAY, last * ARTICLES_A_DAY])
            connection.execute(_FACTS)
            for table, query in (("documents", _DOCUMENTS), ("facts", _FACT_ROWS), ("citations", _CITATIONS)):
                self._write(
                    connection,
                    self.lake.landed / table,
                    _cast(connection, query, LANDED[table]),
                    "source, date",
                )
            pages = FACTS_A_DAY * CAPTURES_A_FACT
            connection.execute(_PAGES, [first * pages, last * pages, pages])
            for table, query in (("captures", _CAPTURES), ("outcomes", _OUTCOMES)):
                self._write(
                    connection, self.lake.home / "raw" / table, _cast(connection, query, RAW[table]), "date"
                )

    @staticmethod
    def _write(connection: duckdb.DuckDBPyConnection, folder: Path, query: str, partitions: str) -> None:
        connection.execute(
            f"copy ({query}) to '{folder}' (format parquet, compression zstd, partition_by ({partitions}), "
            "filename_pattern 'part_{uuid}', overwrite_or_ignore)"
        )


def _cast(connection: duckdb.DuckDBPyConnection, query: str, kind: type[Record]) -> str:
    """Return the query with exactly the columns and types of a record, then what partitions are made by.

    Columns that the query does not give are empty.
    """
    types = {
        "int64": "bigint",
        "double": "double",
        "bool": "boolean",
        "date32[day]": "date",
        "string": "varchar",
    }
    schema = arrow_schema(kind)
    given = [row[0] for row in connection.execute(f"describe {query}").fetchall()]
    columns = [
        f"cast({field.name if field.name in given else 'null'} as {types.get(str(field.type), 'timestamptz')}) "
        f"as {field.name}"
        for field in schema
    ]
    columns += [name for name in given if name not in schema.names]
    return f"select {', '.join(columns)} from ({query})"


def _seed(name: str) -> str:
    return f"read_csv('{REFERENCE / f'{name}.csv'}', all_varchar = true)"


def _source(key: str, province: str | None) -> SourceRow:
    name = f"Báo {hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()[:6]}"
    kind = "party_newspaper" if province else "central"
    frame = "63" if province else None
    return SourceRow(
        key,
        name,
        kind,
        "f1",
        "verified",
        f"https://{key}.example",
        province,
        frame,
        5.0,
        14,
        False,
        "none",
        None,
    )


#: Articles by number: the outlets take turns; an outlet goes through periods, then groups of metrics, then again
#: as a central outlet tells the same figures.
_ARTICLES = f"""
create temp table articles as
with numbered as (
    select
        n,
        n // {ARTICLES_A_DAY} as day_number,
        (n // {ARTICLES_A_DAY}) * {OUTLETS_A_DAY} + (n % {ARTICLES_A_DAY}) // {ARTICLES_AN_OUTLET} as turn
    from range(?, ?) as numbers (n)
),
placed as (
    select *, turn % 63 as province_number, (turn // 63) * {ARTICLES_AN_OUTLET} + n % {ARTICLES_AN_OUTLET} as told
    from numbered
),
provinces as (
    select code, row_number() over (order by code) - 1 as number from {_seed("provinces_63")}
)
select
    n, day_number, told, code as province_code, province_number,
    told % {_PERIODS} as period_number,
    (told // {_PERIODS}) % 8 as group_number,
    if((told // {_PERIODS * 8}) % 2 = 0, 'paper-' || code, 'central-' || province_number % 10) as source_key,
    'doc-' || md5('article ' || n) as document_id,
    date '2019-01-01' + cast(day_number as integer) as landed_on
from placed join provinces on province_number = number
order by day_number, source_key, n
"""

_FACTS = f"""
create temp table told as
with metrics as (
    select code as metric, kind, unit_vi, row_number() over (order by code) - 1 as number
    from {_seed("metrics")}
)
select
    articles.*, place, metric, kind,
    {_FIRST_YEAR} + period_number // {_PERIODS_A_YEAR} as year,
    ['', '-H1', '-9M', '-H2'][period_number % {_PERIODS_A_YEAR} + 1] as part,
    -- One telling in forty differs from the others.
    1 + hash(province_number, period_number, metric) % if(kind = 'rate', 99, 5000)
        + if(hash(n, metric) % 40 = 0, 1, 0) as number
from articles cross join range({FIGURES_AN_ARTICLE}) as places (place)
join metrics on number = (group_number * {FIGURES_AN_ARTICLE} + place) % 128
order by n, place
"""

_DOCUMENTS = f"""
select
    document_id, 'cap-' || document_id as capture_id, any_value(source_key) as source_key,
    'https://' || any_value(source_key) || '.example/' || n as url, 'Báo cáo số ' || n as title, null as sapo,
    string_agg(
        replace('{_PREFIX}', '00', lpad(place::varchar, 2, '0')) || lpad(number::varchar, {_QUOTE_LENGTH}, '0')
        || ' lượt. ', '' order by place
    ) as text,
    null as captions, date '2025-02-01' as published_on, 'meta' as published_rule, null as author, null as tags,
    'f1@1' as parser, 'selectors' as parser_kind, any_value(province_code) as province_code, '63' as frame,
    any_value(landed_on) + time '05:00:00' as fetched_at,
    any_value(source_key) as source, any_value(landed_on) as date
from told group by n, document_id order by date, source, n
"""

_FACT_ROWS = f"""
select
    'fact-' || md5(document_id || place) as fact_id, document_id, source_key,
    place * {_SENTENCE_LENGTH} + {len(_PREFIX)} as char_start,
    place * {_SENTENCE_LENGTH} + {len(_PREFIX) + _QUOTE_LENGTH} as char_end,
    lpad(number::varchar, {_QUOTE_LENGTH}, '0') as quote,
    place * {_SENTENCE_LENGTH} as sentence_start,
    replace('{_PREFIX}', '00', lpad(place::varchar, 2, '0')) || lpad(number::varchar, {_QUOTE_LENGTH}, '0')
        || ' lượt.' as sentence,
    number as value, if(kind = 'rate', '%', null) as unit, metric, null as metric_note, null as place,
    null as place_code, province_code, '63' as frame, 'province' as level, null as tier, year || part as period,
    make_date(year, if(part = '-H2', 7, 1), 1) as period_start,
    last_day(make_date(year, case part when '-H1' then 6 when '-9M' then 9 else 12 end, 1)) as period_end,
    kind = 'stock' as stock, false as subset, null as approx, null as denominator,
    if(place % 4 = 0, 'increase', null) as comparison_direction, if(place % 4 = 0, 10, null) as comparison_amount,
    if(place % 4 = 0, '%', null) as comparison_unit, if(place % 4 = 0, (year - 1) || part, null) as comparison_baseline,
    'benchmark' as rule, 0.95 as confidence, source_key as source, landed_on as date
from (select * exclude (place), place from told) order by date, source, n, place
"""

_CITATIONS = """
select
    'men-' || md5(document_id) as mention_id, document_id, source_key, 0 as char_start, 8 as char_end,
    'Chỉ tiêu' as quote, 'citation' as kind, 'Chỉ tiêu' as name, null as role, null as dated,
    source_key as source, landed_on as date
from articles where n % 2 = 0 order by date, source, n
"""

_PAGES = """
create temp table pages as
select
    n, day_number, date '2019-01-01' + cast(day_number as integer) as landed_on,
    'paper-' || lpad((n % 63)::varchar, 2, '0') as source_key, 'cap-' || left(md5('page ' || n), 20) as capture_id
from (select n, n // $3 as day_number from range($1, $2) as numbers (n))
order by day_number, n
"""

_CAPTURES = """
select
    capture_id, source_key, 'article' as kind, 'https://' || source_key || '.example/' || n as url,
    'https://' || source_key || '.example/' || n as final_url, landed_on + time '04:00:00' as fetched_at,
    200 as http_status, 'text/html' as content_type, 'gzip' as content_encoding, null as etag, null as last_modified,
    md5('page ' || n) as payload_sha256, 20000 + n % 5000 as payload_bytes,
    'raw/warc/source=' || source_key || '/a.warc.gz' as warc_file, n * 100 as warc_offset, 100 as warc_length,
    landed_on as date
from pages
"""

_OUTCOMES = """
select
    'out-' || left(md5('attempt ' || n), 20) as outcome_id, 'run-' || day_number as run_id, source_key,
    'article' as kind, 'https://' || source_key || '.example/' || n as url,
    landed_on + time '04:00:00' + interval 1 second * (n % 3600) as attempted_at,
    if(n % 20 = 0, 'timeout', 'stored') as outcome, if(n % 20 = 0, null, 200) as http_status,
    if(n % 20 = 0, null, capture_id) as capture_id, 1 as tries, 100 as elapsed_ms, null as detail, landed_on as date
from pages
"""


def main(home: str, first: str, last: str) -> None:
    """Add days to the lake at ``home``, which is begun with day 0."""
    history = History(Lake(Path(home)))
    if first == "0":
        history.begin()
    history.add_days(int(first), int(last))


if __name__ == "__main__":
    main(*sys.argv[1:])
