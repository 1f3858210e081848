"""The Frictionless descriptor of a release: every file, column and type, for tools and people."""

from __future__ import annotations

from typing import Any

from publishing.tables import KEYS, Table

#: DuckDB types to Frictionless field types.
_FIELD_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "HUGEINT": "integer",
    "DOUBLE": "number",
    "FLOAT": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "TIMESTAMP WITH TIME ZONE": "datetime",
}


def field_type(duckdb_type: str) -> str:
    """Return the Frictionless type of a DuckDB type; decimals are numbers, nested types any."""
    if duckdb_type.startswith("DECIMAL"):
        return "number"
    return _FIELD_TYPES.get(duckdb_type, "any")


def describe_release(name: str, digest: str, tables: list[Table]) -> dict[str, Any]:
    """Return the descriptor of a release.

    Args:
        name: release name.
        digest: content digest, as the package's id.
        tables: published tables, in the order of their files.
    """
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": f"coso-{name.lower()}",
        "id": digest,
        "title": "Cơ Sở: reported figures on grassroots democracy in Vietnam",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(c.name, c.type, c.description) for c in table.columns]}
    names = {column.name for column in table.columns}
    key = KEYS.get(table.name, ())
    if key and set(key) <= names:
        schema["primaryKey"] = list(key)
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": f"csv/{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(name: str, kind: str, description: str) -> dict[str, str]:
    entry = {"name": name, "type": field_type(kind)}
    if entry["type"] == "datetime":
        entry["format"] = "%Y-%m-%dT%H:%M:%S.%fZ"
    if description:
        entry["description"] = description
    return entry
