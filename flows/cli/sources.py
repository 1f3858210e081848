"""``coso sources``: the registry, listed and explained, tried against the sites, and its saved pages read again."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
import yaml
from rich.markup import escape
from rich.table import Table
from typer.core import TyperGroup

from coso.errors import BadInputError, ExitCode
from coso.lake import Lake, read_table
from coso.records import Crawl, SourceCheck, from_table
from coso.settings import Settings, load_settings
from flows.cli.terminal import out, table
from flows.registry import active_registry, known_registry, sources_folder

if TYPE_CHECKING:
    from scrapers.registry import Registry
    from scrapers.sourcefile import Source


class Format(StrEnum):
    """How sources are written."""

    TABLE = "table"
    JSON = "json"


class _ListByDefault(TyperGroup):
    """A group whose first word may be left out: ``coso sources KEY`` is ``coso sources list KEY``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the word in unless the first one is a command or asks for help."""
        first = args[0] if args else ""
        if first not in self.commands and first != "--help":
            args = ["list", *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(cls=_ListByDefault, help="List, explain, and try the sources of the registry.")
    group.command("list")(list_)
    group.command()(check)
    group.command()(goldens)
    app.add_typer(group, name="sources")


def list_(
    key: Annotated[str | None, typer.Argument(help="Key of one source to explain.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind, such as party_newspaper.")] = None,
    province: Annotated[
        str | None, typer.Option(help="Only this province: its name, or its code of today.")
    ] = None,
    status: Annotated[
        str | None, typer.Option(help="Only this status: verified, unverified, legacy, dead.")
    ] = None,
    family: Annotated[str | None, typer.Option(help="Only this family of sites, such as f5.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How to write them.")] = Format.TABLE,
) -> None:
    """List the sources of the registry, or explain one (the word `list` may be left out).

    In a lake of the demo the sample portals are listed beside the packaged sources.
    """
    settings = load_settings()
    registry = known_registry(settings)
    wanted = {"kind": kind, "status": status, "family": family}
    if key is not None:
        given = [f"--{name}" for name, value in {**wanted, "province": province}.items() if value is not None]
        if given:
            raise BadInputError(
                f"{', '.join(given)} beside the key {key!r}", "give the key alone, or filters alone"
            )
        _explain(settings, registry, registry.get(key), form)
        return
    for name, value in wanted.items():
        _require_known(name, value)
    chosen = [source for source in registry.sources if _is_of(source, province)]
    rows = [_row(source) for source in chosen]
    rows = [row for row in rows if all(value in {None, row[name]} for name, value in wanted.items())]
    if form is Format.JSON:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return
    cells = [
        (r["key"], r["name"], " ".join(r["provinces"]), r["kind"], r["family"], r["status"]) for r in rows
    ]
    out.print(table(f"{len(rows)} sources", ("key", "name", "province", "kind", "family", "status"), cells))
    _print_coverage(registry)


def check(
    keys: Annotated[
        list[str] | None, typer.Argument(help="Keys of sources; default all active ones.")
    ] = None,
    live: Annotated[
        bool, typer.Option("--live", help="Go to the real web; without it only local test servers are tried.")
    ] = False,
) -> None:
    """Try sources: robots.txt, discovery, age of the newest item, selectors' counts; print and store the verdicts.

    Ends with 1 when a source failed or could not be tried.
    """
    from flows import checking

    settings = load_settings()
    sources = checking.sources_to_try(settings, keys or (), live=live)
    tried = []
    with Lake(settings.home).exclusive("sources check"):
        for one in checking.check_sources(settings, sources):
            tried.append(one)
            rows = one.verdict.rows if one.verdict else ()
            cells = [(row.aspect, row.verdict, row.figure, row.detail) for row in rows]
            out.print(
                _verdicts(f"{one.source_key}: {one.word}", cells)
                if cells
                else f"{one.source_key}: {one.error}"
            )
    counts = {word: sum(one.word == word for one in tried) for word in sorted({one.word for one in tried})}
    out.print(f"{len(tried)} sources: " + ", ".join(f"{count} {word}" for word, count in counts.items()))
    if {"failed", "not tried"} & counts.keys():
        raise typer.Exit(ExitCode.FAILED)


def goldens() -> None:
    """Read every saved page of the registry again and compare with what a person said stands on it.

    Ends with 1 when one differs, or nobody has compared it yet.
    """
    from scrapers.goldens import check_golden, golden_paths
    from scrapers.registry import PACKAGED_SOURCES

    settings = load_settings()
    registry = active_registry(settings)
    paths = golden_paths(sources_folder(settings) or PACKAGED_SOURCES)
    wrong = 0
    for path in paths:
        problems = check_golden(registry.get(path.parent.name), path)
        wrong += bool(problems)
        for problem in problems:
            out.print(f"{path.parent.name}/{path.stem}: {problem}", soft_wrap=True, markup=False)
    out.print(f"{len(paths)} saved pages, {wrong} to look at")
    if wrong:
        raise typer.Exit(ExitCode.FAILED)


def _explain(settings: Settings, registry: Registry, source: Source, form: Format) -> None:
    """Print a source as it is after its family filled it in, who it is, and what was last seen of it."""
    from scrapers.sourceparts import values_of

    values = values_of(source)
    if form is Format.JSON:
        sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=1) + "\n")
        return
    out.print(yaml.safe_dump(values, allow_unicode=True, sort_keys=False), markup=False, soft_wrap=True)
    out.print(f"file: {registry.origins[source.key]}", soft_wrap=True)
    for words in _who(settings, registry, source):
        out.print(words, markup=False, soft_wrap=True)
    lake = Lake(settings.home)
    files = f"{source.key}--*.parquet"
    crawls = from_table(Crawl, read_table(lake.crawls, Crawl, files))
    if crawls:
        last = max(crawls, key=lambda crawl: crawl.ended_at)
        out.print(
            f"last crawl: {last.ended_at:%Y-%m-%d %H:%M} UTC, sight {last.sight}, {last.found} found, "
            f"{last.wanted} wanted, {last.fresh} new" + (f"; not seen: {last.detail}" if last.detail else ""),
            soft_wrap=True,
        )
    checks = from_table(SourceCheck, read_table(lake.quality / "source_checks", SourceCheck, files))
    newest = max((check.checked_at for check in checks), default=None)
    rows = [(r.aspect, r.verdict, r.figure, r.detail) for r in checks if r.checked_at == newest]
    if newest:
        out.print(_verdicts(f"tried on {newest:%Y-%m-%d}", rows))
    else:
        out.print(f"never tried: coso sources check --live {source.key}")


def _who(settings: Settings, registry: Registry, source: Source) -> Iterator[str]:
    """Yield what the codes of a source mean: its province, who carries it on, and whether it may be asked today."""
    from coso.places import provinces
    from scrapers.coverage import province_today

    if source.province:
        today = provinces()[province_today(source) or "", "34"]
        named = provinces()[source.province.code, source.province.frame]
        moved = (named.code, named.name) != (today.code, today.name)
        since = f", since July 2025 in {today.name} ({today.code})" if moved else ""
        yield f"reports on: {named.name} ({named.code} of the {named.frame} provinces){since}"
    if source.successor:
        carried = [one.key for one in registry.sources if source.successor in one.allowed_domains]
        yield f"carried on by: {source.successor}" + (f", source {', '.join(carried)}" if carried else "")
    refusal = source.permission.forbids(settings.today) if source.permission else None
    if refusal:
        yield f"not asked for anything: {refusal}"


def _verdicts(title: str, rows: Iterable[Sequence[object]]) -> Table:
    # Selectors hold brackets, which would be taken for markup.
    cells = [[escape(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return table(title, ("aspect", "verdict", "figure", "seen"), cells, numbers=("figure",))


def _print_coverage(registry: Registry) -> None:
    from scrapers.coverage import coverage_of

    coverage = coverage_of(registry.sources)
    told = [f"{coverage.covered} of {len(coverage.papers)} provinces have at least one paper"]
    if coverage.without:
        told.append(f"none: {', '.join(coverage.without)}")
    told += [f"{count} {status}" for status, count in coverage.statuses.items()]
    if "verified" not in coverage.statuses:
        told.append("none verified: nobody has compared a live page of any source with its reading")
    out.print("; ".join(told), soft_wrap=True)


def _is_of(source: Source, province: str | None) -> bool:
    """Say whether a source reports on a province, given by the code it is bound to, its code of today, or a name."""
    from coso.places import find_province, provinces
    from scrapers.coverage import province_today

    if province is None:
        return True
    if province.isdigit():
        if not any(code == province for code, _ in provinces()):
            raise BadInputError(
                f"no province has the code {province}", "give its name, or its code of two digits"
            )
        return source.province is not None and province in {source.province.code, province_today(source)}
    found = find_province(province)
    if found is None:
        raise BadInputError(f"no province is called {province!r}", "give its name, or its code of two digits")
    return province_today(source) == found.code


def _require_known(name: str, value: str | None) -> None:
    """Refuse a word that no source could have; one that none happens to have gives an empty list."""
    from scrapers.registry import FAMILIES
    from scrapers.sourcefile import SourceKind, SourceStatus

    families = sorted(path.stem for path in FAMILIES.glob("*.yml"))
    known = {"kind": get_args(SourceKind), "status": get_args(SourceStatus), "family": families}[name]
    if value is not None and value not in known:
        raise BadInputError(f"{value!r} is no {name} of a source", f"use one of {', '.join(known)}")


def _row(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "name": source.name,
        "provinces": [source.province.code] if source.province else [],
        "frame": source.province.frame if source.province else None,
        "kind": str(source.kind),
        "family": source.family,
        "status": str(source.status),
        "url": source.home_url,
        "successor": source.successor,
    }
