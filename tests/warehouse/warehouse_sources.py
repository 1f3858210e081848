"""The dbt source description of the lake, derived from ``coso.records`` so that a column is described once.

``python tests/warehouse/warehouse_sources.py`` writes it; a test fails when the file in the tree is another.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa

from coso.records import LANDED, QUALITY, RAW, Record, arrow_schema, describe
from coso.settings import DBT_PROJECT

TARGET = DBT_PROJECT / "models" / "sources" / "_sources.yml"

_HEADER = """\
# Derived from coso/records.py by tests/warehouse/warehouse_sources.py; change the records, then run that file.
#
# Hidden folders are leftovers of a run that was killed while it replaced a partition: they are passed over.
# `_file` and `_row` are the place that a row came from. Dollar signs in COSO_HOME are doubled for the
# template, quote marks for SQL.
version: 2

sources:"""

_LOCATION = (
    "(select * exclude (file_row_number), filename as _file, file_row_number as _row "
    "from read_parquet('{home}/{zone}/$name/**/*.parquet', "
    "hive_partitioning=false, union_by_name=false, file_row_number=true) "
    "where not contains(replace(filename, '{home}', ''), '/.'))"
)
_HOME = """{{ env_var('COSO_HOME') | replace("'", "''") | replace('$', '$$') }}"""

_ZONES = {
    "landed": ("Records read from captures: a pure function of the raw zone and the code version.", LANDED),
    "raw": ("What was fetched, and how each attempt to fetch ended.", RAW),
    "quality": ("What the checks said.", QUALITY),
}

_TYPES = {
    pa.string(): "varchar",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us", tz="UTC"): "timestamp with time zone",
}


def render() -> str:
    """Return the text of the source description."""
    lines = [_HEADER]
    for zone, (summary, tables) in _ZONES.items():
        location = _LOCATION.format(home=_HOME, zone=zone)
        lines += [
            f"  - name: {zone}",
            f"    description: {json.dumps(summary)}",
            "    config:",
            "      meta:",
            "        formatter: template",
            f"        external_location: {json.dumps(location)}",
            "    tables:",
        ]
        for name, kind in tables.items():
            lines += _table(name, kind)
    return "\n".join(lines) + "\n"


def _table(name: str, kind: type[Record]) -> list[str]:
    schema = arrow_schema(kind)
    summary = (kind.__doc__ or "").replace("``", "").split("\n")[0]
    lines = [
        f"      - name: {name}",
        f"        description: {json.dumps(summary, ensure_ascii=False)}",
        "        columns:",
    ]
    for column, text in describe(kind).items():
        description = json.dumps(text, ensure_ascii=False)
        data_type = _TYPES[schema.field(column).type]
        lines.append(f"          - {{name: {column}, data_type: {data_type}, description: {description}}}")
    return lines


if __name__ == "__main__":
    Path(TARGET).write_text(render(), encoding="utf-8")
