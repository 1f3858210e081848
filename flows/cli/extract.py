"""``coso extract``: reading the facts of files, outside the lake."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coso.errors import BadInputError


class Format(StrEnum):
    """How facts are written."""

    JSONL = "jsonl"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(extract)


def extract(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Files .txt or .html, or .jsonl with id and text a line; - for standard input.",
            allow_dash=True,
        ),
    ],
    published_on: Annotated[
        str | None, typer.Option(help="Day of publication, YYYY-MM-DD, where the file does not say it.")
    ] = None,
    province: Annotated[str | None, typer.Option(help="Province of the outlet, such as 'Hà Nam'.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How to write them.")] = Format.JSONL,
    explain: Annotated[bool, typer.Option(help="Show tokens, matches, bindings and why instead.")] = False,
) -> None:
    """Read the facts of files and print one a line, each with its span in the text as given."""
    from extraction.command import run

    if published_on is not None:
        _check_day(published_on)
    run(paths, published_on, province, explain, sys.stdout, _read_html)


def _check_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise BadInputError(f"--published-on {text!r} is not a date", "write it as YYYY-MM-DD") from None


def _read_html(data: bytes) -> tuple[str | None, str, str | None]:
    from scrapers.parse import read_html

    return read_html(data)
