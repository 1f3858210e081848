"""``coso import``: files that a person brings, read and published like any page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from coso.errors import BadInputError, ExitCode
from coso.lake import Lake
from coso.settings import load_settings
from flows.cli.lakes import next_step
from flows.cli.terminal import out


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_)


def import_(
    paths: Annotated[
        list[Path], typer.Argument(help="Report forms (.xlsx, .docx, .pdf) or saved pages (.html, .txt).")
    ],
    province: Annotated[str, typer.Option(help="Province they report on, such as 'Hà Nam'.")],
    published_on: Annotated[
        str | None, typer.Option(help="Day of publication, YYYY-MM-DD, where the file does not say it.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Address the page was saved from, for one file.")] = None,
) -> None:
    """Bring report forms and saved pages into the lake: archived as they are, then read like any page.

    Each number in a form's cells becomes a figure that names its cell, or a row that says why it could not be
    decided.

    `coso run --no-fetch` then checks and publishes what was read, together with everything else. Ends with 1 when a
    file could not be read.
    """
    from flows import importing

    if url is not None and len(paths) > 1:
        raise BadInputError("--url goes with one file", "import the files one by one")
    settings = load_settings()
    lake = Lake(settings.home)
    with lake.exclusive("import"):
        result = importing.bring(settings, paths, province, _day(published_on), url)
    for name, detail in result.unread.items():
        out.print(f"{name}: could not be read ({detail}); it is kept in the archive", soft_wrap=True)
    for name, details in result.noted.items():
        out.print(f"{name}: {'; '.join(details)}", soft_wrap=True)
    out.print(
        f"{result.stored} files archived, {result.known} known before; source {result.source_key}: "
        f"{result.facts} facts in {result.documents} documents, {result.undecided} cells undecided. "
        f"{next_step(lake)}",
        soft_wrap=True,
    )
    if result.unread:
        raise typer.Exit(ExitCode.FAILED)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInputError(f"--published-on {text!r} is not a date", "write it as YYYY-MM-DD") from None
