"""``coso trace``: from a published figure back to the sentence on the stored page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from coso.lake import Lake
from coso.settings import load_settings
from flows.cli.figures import the_release
from flows.cli.lakes import the_lake
from flows.cli.terminal import out, vietnamese_number

if TYPE_CHECKING:
    from flows.tracing import Proof


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(trace)


def trace(fact_id: Annotated[str, typer.Argument(help="Fact id, the last column of `coso facts`.")]) -> None:
    """Follow a figure, published or in quarantine, back to the sentence on the stored page.

    Opens the archive at the record's offset, checks its digest, parses the page again and compares the text:
    what is shown was read from those bytes, or the command fails. Of a page that was destroyed on purpose it says
    when, by whom and why.
    """
    from flows import tracing

    settings = load_settings()
    lake = the_lake()
    row, where = _find(lake, fact_id)
    proof = tracing.prove(lake, settings, row)
    title = f"{row['metric']} = {vietnamese_number(row['value'])} {row['unit'] or ''}".rstrip()
    out.print(f"[bold]{title}[/bold]  {row['place']}  {row['period']}  (rule {row['rule']})")
    out.print(_sentence(row))
    lines = {
        "page": proof.capture.url,
        **({"cell": row["locator"]} if row["locator"] else {}),
        "title": row["title"],
        "published": row["published_on"],
        "captured": f"{proof.capture.fetched_at:%Y-%m-%d %H:%M:%S} UTC",
        "archive": f"{proof.capture.warc_file}, offset {proof.capture.warc_offset}, {proof.capture.warc_length} bytes",
        **_proven(row, proof),
        **where,
    }
    for name, value in lines.items():
        out.print(f"  [dim]{name:<10}[/dim]{value}", soft_wrap=True)


def _find(lake: Lake, fact_id: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a figure and where it is: in quarantine, and why, or in which release.

    Raises:
        BadInputError: it is in neither.
    """
    from flows import tracing
    from publishing.reading import observation

    kept_out = tracing.quarantined(lake, fact_id)
    if kept_out is not None:
        return kept_out, {
            "quarantine": "; ".join(reason.replace("\n", " / ") for reason in kept_out["reasons"])
        }
    release = the_release()
    return observation(release, fact_id), {"release": release.name}


def _proven(row: dict[str, object], proof: Proof) -> dict[str, str]:
    if proof.destroyed:
        return {"proof": f"none: the stored page was {proof.destroyed}"}
    return {
        "digest": f"sha256 {proof.capture.payload_sha256}: the archived bytes match",
        "text": f"characters {row['char_start']} to {row['char_end']} of the text read from those bytes are the quote",
    }


def _sentence(row: dict[str, object]) -> Text:
    sentence, quote = str(row["sentence"]), str(row["quote"])
    start = int(str(row["char_start"])) - int(str(row["sentence_start"]))
    text = Text(f"“{sentence}”")
    text.stylize("bold reverse", start + 1, start + 1 + len(quote))
    return text
