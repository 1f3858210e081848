"""``coso trace``: from a published figure back to the sentence on the stored page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from coso.approximation import approx_direction
from coso.lake import Lake
from coso.settings import load_settings
from flows.cli.figures import AskedRelease, the_release
from flows.cli.lakes import the_lake
from flows.cli.terminal import marked_number, out

if TYPE_CHECKING:
    from flows.tracing import Proof


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(trace)


def trace(
    fact_id: Annotated[str, typer.Argument(help="Fact id, the last column of `coso facts`.")],
    release: AskedRelease = None,
) -> None:
    """Follow a figure, published or in quarantine, back to the sentence on the stored page.

    Opens the archive at the record's offset, checks its digest, parses the page again and compares the text:
    what is shown was read from those bytes, or the command fails. Of a page that was destroyed on purpose it says
    when, by whom and why.
    """
    from flows import tracing

    settings = load_settings()
    lake = the_lake()
    row, where = _find(lake, fact_id, release)
    proof = tracing.prove(lake, settings, row)
    number = marked_number(row["value"], approx_direction(row["approx"]))
    title = f"{row['metric']} = {number} {row['unit'] or ''}".rstrip()
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


def _find(lake: Lake, fact_id: str, release: str | None) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a figure and where it is: in quarantine, and why, or in which release.

    Args:
        lake: the lake.
        fact_id: the figure.
        release: name of the release to look in, None for the quarantine and the current one.

    Raises:
        BadInputError: it is in none of them.
    """
    from flows import tracing
    from publishing.reading import observation

    kept_out = None if release else tracing.quarantined(lake, fact_id)
    if kept_out is not None:
        return kept_out, {
            "quarantine": "; ".join(reason.replace("\n", " / ") for reason in kept_out["reasons"])
        }
    asked = the_release(release)
    return observation(asked, fact_id), {"release": asked.name}


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
