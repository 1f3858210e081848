"""``coso new-source``: the draft of a source file from one article."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coso.settings import load_settings
from flows.cli.terminal import out

#: Where drafts go when COSO_SOURCES names no folder.
_DRAFTS = Path("sources")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("new-source")(new_source)


def new_source(
    url: Annotated[str, typer.Argument(help="Address of an article of the new source.")],
    key: Annotated[
        str | None, typer.Option(help="Key of the source; by default made of the host's name.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Folder of source files; default COSO_SOURCES, else ./sources.")
    ] = None,
    local: Annotated[
        bool, typer.Option("--local", help="The address is a test server on this machine.")
    ] = False,
) -> None:
    """Draft a source from one article: source file, saved page, and a golden that fails until a person has read it.

    The page is fetched as politely as in a crawl; robots.txt is obeyed. The draft's status is `unverified`.
    """
    from scrapers.scaffold import new_source as draft

    settings = load_settings()
    files = draft(
        url, folder or settings.sources or _DRAFTS, key=key, settings=settings, allow_loopback=local
    )
    for path, what in (
        (files.source, "source file: mend province, ways and licence"),
        (files.page, "the page as it was served"),
        (files.golden, "its reading: compare with the page, mend, put your name into read_by"),
    ):
        out.print(f"{path}  {what}", soft_wrap=True)
    where = files.source.parent
    out.print(f"Next: COSO_SOURCES={where} coso sources goldens", soft_wrap=True)
