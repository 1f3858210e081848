"""Proving a published figure from the archive: same bytes, same text, same characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coso.errors import CosoError
from coso.lake import Lake, read_rows
from coso.records import Capture, Document
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


def _capture(lake: Lake, capture_id: str) -> Capture:
    import pyarrow.compute as pc

    found = read_rows(lake.captures, Capture, where=pc.field("capture_id") == capture_id)
    if not found:
        raise CosoError(
            f"{lake.captures} has no capture {capture_id}", "restore raw/ from a copy; it is append only"
        )
    return Capture(**found[0])
