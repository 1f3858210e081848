"""``coso sources``: the registry, listed and explained."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
import yaml

from coso.settings import load_settings
from flows.cli.terminal import out, table
from flows.registry import active_registry

if TYPE_CHECKING:
    from scrapers.sourcefile import Source


class Format(StrEnum):
    """How sources are written."""

    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(sources)


def sources(
    key: Annotated[str | None, typer.Argument(help="Key of one source to explain.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind, such as party_newspaper.")] = None,
    province: Annotated[str | None, typer.Option(help="Only this province code.")] = None,
    status: Annotated[
        str | None, typer.Option(help="Only this status: verified, unverified, legacy, dead.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to write them.")] = Format.TABLE,
) -> None:
    """List the sources of the registry, or explain one."""
    registry = active_registry(load_settings())
    if key is not None:
        source = registry.get(key)
        out.print(
            yaml.safe_dump(
                source.model_dump(mode="json", exclude_none=True), allow_unicode=True, sort_keys=False
            )
        )
        return
    wanted = {"kind": kind, "status": status}
    rows = [
        _row(s) for s in registry.sources if province is None or (s.province and s.province.code == province)
    ]
    rows = [row for row in rows if all(value in {None, row[name]} for name, value in wanted.items())]
    if form is Format.JSON:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        cells = [
            (r["key"], r["name"], " ".join(r["provinces"]), r["kind"], r["family"], r["status"]) for r in rows
        ]
        out.print(
            table(f"{len(rows)} sources", ("key", "name", "province", "kind", "family", "status"), cells)
        )


def _row(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "name": source.name,
        "provinces": [source.province.code] if source.province else [],
        "kind": str(source.kind),
        "family": source.family,
        "status": str(source.status),
        "url": source.home_url,
    }
