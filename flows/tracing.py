"""Proving a published figure from the archive: same bytes, same text, same characters."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from coso.errors import CosoError
from coso.lake import Lake, read_rows, read_table
from coso.records import Capture, Document, QuarantinedRow, from_table
from coso.settings import Settings
from flows.registry import active_registry


@dataclass(frozen=True)
class Proof:
    """The stored page behind a figure, or that it was destroyed, when and why."""

    capture: Capture
    document: Document | None
    destroyed: str | None = None


def prove(lake: Lake, settings: Settings, row: dict[str, Any]) -> Proof:
    """Open the archive for one observation and find its quote again.

    Args:
        lake: the lake that holds the archive.
        settings: settings of the installation.
        row: a row of ``fct_metric_observation``.

    Raises:
        CosoError: the capture is gone, its bytes do not match their digest, or the text is not what was read.
    """
    from scrapers.archive import open_capture
    from scrapers.forms import read_document
    from scrapers.keyring import told
    from scrapers.warc import DestroyedRecordError

    capture = _capture(lake, str(row["capture_id"]))
    try:
        response = open_capture(lake, capture)
    except DestroyedRecordError as error:
        return Proof(capture, None, told(error.tombstone))
    document = read_document(active_registry(settings).get(capture.source_key), response).document
    start, end = int(row["char_start"]), int(row["char_end"])
    if document is None or document.text[start:end] != row["quote"]:
        raise CosoError(
            f"{capture.warc_file} at {capture.warc_offset} no longer reads as {row['quote']!r}",
            "the parser changed since: run `coso replay`, then `coso run`",
        )
    return Proof(capture, document)


def quarantined(lake: Lake, fact_id: str) -> dict[str, Any] | None:
    """Return a fact in quarantine as a row that :func:`prove` takes; None where no such fact is there.

    The row has the columns of ``fct_metric_observation`` that a trace shows, and ``reasons``: why it is kept out.
    """
    import pyarrow.compute as pc

    table = read_table(lake.quality / "quarantine", QuarantinedRow)
    rows = [
        row
        for row in from_table(QuarantinedRow, table)
        if row.table_name == "facts" and row.row_id == fact_id
    ]
    if not rows:
        return None
    fact: dict[str, Any] = json.loads(rows[0].row_json)
    wanted = pc.field("document_id") == fact["document_id"]
    columns = ["capture_id", "title", "published_on"]
    pages = read_rows(lake.landed / "documents", Document, columns, wanted)
    if not pages:
        raise CosoError(f"the page that {fact_id} was read from is not landed", "run `coso replay`")
    return {**fact, **pages[0], "reasons": [row.reason for row in rows]}


def _capture(lake: Lake, capture_id: str) -> Capture:
    import pyarrow.compute as pc

    found = read_rows(lake.captures, Capture, where=pc.field("capture_id") == capture_id)
    if not found:
        raise CosoError(
            f"{lake.captures} has no capture {capture_id}", "restore raw/ from a copy; it is append only"
        )
    return Capture(**found[0])
