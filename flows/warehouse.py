"""The warehouse between runs: built upon while it is whole and of this code, else made anew.

A mark beside the database says which parts are whole. It is taken away before a part is built and set again after,
so a build that was killed, at whatever moment, leaves no mark, and the next one begins with an empty database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import coso
from coso.lake import Lake, write_atomically
from coso.settings import DBT_PROJECT

#: Tables before the gate of the marts speaks; those after it are made of them and follow in a part of their own.
TABLES = "tables"
QUALITY = "quality"

#: Mark of the tables after the gate while they fit the tables before it as those were one build ago: they can be
#: built upon. Were the tables built twice meanwhile, nobody would know what the first time changed.
_QUALITY_ONE_BUILD_AGO = "quality_one_build_ago"

#: Reviewed corrections are data, which the build compares with what they were; any other change is one of code.
_DATA_SEED = "corrections.csv"

_PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb")


@contextmanager
def building(lake: Lake, part: str, project: Path = DBT_PROJECT) -> Iterator[bool]:
    """Hold the warehouse while one part of it is built; it counts as whole only when the block ends well.

    Args:
        lake: the lake, held by the caller.
        part: ``tables`` or ``quality``.
        project: the dbt project.

    Yields:
        Whether the part is built upon what is there; false when all of it is to be made.
    """
    code = code_digest(project)
    whole = _whole_parts(lake, code)
    if part == QUALITY:
        _mark(lake, code, whole - {QUALITY, _QUALITY_ONE_BUILD_AGO})
        yield _QUALITY_ONE_BUILD_AGO in whole
        _mark(lake, code, {TABLES, QUALITY})
        return
    if TABLES not in whole:
        for left in lake.warehouse.glob("build.duckdb*"):
            left.unlink()
    _mark(lake, code, set())
    yield TABLES in whole
    _mark(lake, code, {TABLES, _QUALITY_ONE_BUILD_AGO} if {TABLES, QUALITY} <= whole else {TABLES})


def code_digest(project: Path = DBT_PROJECT) -> str:
    """Return a digest of all that makes the tables besides the lake: the dbt project, this package, the engines."""
    digest = hashlib.sha256()
    for name in _PACKAGES:
        digest.update(f"{name} {version(name)}\n".encode())
    digest.update(f"coso {coso.__version__}\n".encode())
    for path in sorted(project.rglob("*")):
        if path.suffix in {".sql", ".yml", ".csv"} and path.name != _DATA_SEED:
            digest.update(f"{path.relative_to(project).as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _mark_file(lake: Lake) -> Path:
    return lake.warehouse / "whole.json"


def _whole_parts(lake: Lake, code: str) -> set[str]:
    """Return the parts that are whole and made by this code."""
    if not (lake.warehouse / "build.duckdb").exists():
        return set()
    try:
        mark = json.loads(_mark_file(lake).read_text(encoding="utf-8"))
        return set(mark["parts"]) if mark["code"] == code else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _mark(lake: Lake, code: str, parts: set[str]) -> None:
    text = json.dumps({"code": code, "parts": sorted(parts)}, indent=1)
    write_atomically(_mark_file(lake), f"{text}\n".encode())
