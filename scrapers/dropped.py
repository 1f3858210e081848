"""Files that a person brings: archived as they are, under a source of their own, and read like any page.

Such a source is never crawled. Its file lies in the lake (``COSO_HOME/imports``), one a province, so that a replay
reads what was brought with the same rules as everything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

from coso.errors import BadInputError
from coso.ids import content_id, sha256_hex
from coso.lake import Lake, write_atomically
from coso.records import Capture, Outcome
from scrapers.archive import CrawlArchive
from scrapers.client import user_agent
from scrapers.land import captures_of
from scrapers.outcomes import OutcomeClass
from scrapers.registry import load_registry
from scrapers.response import Response
from scrapers.sourcefile import Province, Source
from scrapers.sourceparts import values_of
from scrapers.stored import PUBLISHED_HEADER, capture_id
from scrapers.urls import canonical_url

#: Types of file that can be read, and what the archive calls them.
CONTENT_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
#: Endings of the files that hold report forms; they are archived as the attachments of a portal are.
FORMS = frozenset({".xlsx", ".xlsm", ".docx", ".pdf"})

#: Host of files that name no address of their own; reserved never to exist (RFC 2606).
NO_ADDRESS = "https://import.invalid"


@dataclass(frozen=True)
class Brought:
    """A file in the archive, and whether it was put there just now."""

    capture: Capture
    is_new: bool


def imports_folder(lake: Lake) -> Path:
    """Return the folder of the sources of imported files."""
    return lake.home / "imports"


def source_for(lake: Lake, province: Province, name: str) -> Source:
    """Return the source of files imported for a province; its file is written when it is the first.

    Args:
        lake: the lake.
        province: code and frame of the province.
        name: name of the province.
    """
    key = f"import-{province.code}-{province.frame}"
    path = imports_folder(lake) / f"{key}.yml"
    values = {
        "key": key,
        "name": f"Tệp do người dùng nhập: {name}",
        "kind": "portal",
        "extends": "general",
        "status": "legacy",
        "home_url": f"{NO_ADDRESS}/",
        "province": values_of(province),
        "discovery": [{"method": "sitemap"}],
        "article_url": ".",
        "report": {},
        "schedule": "0 0 1 1 *",
        "licence": "As stated by whoever brought the file.",
        "caveats": ["Never crawled: holds only files that a person brought."],
    }
    write_atomically(path, yaml.safe_dump(values, allow_unicode=True, sort_keys=False).encode())
    return load_registry(imports_folder(lake)).get(key)


def archive_file(
    lake: Lake,
    source: Source,
    path: Path,
    *,
    url: str | None,
    published_on: date | None,
    run_id: str,
    contact: str,
) -> Brought:
    """Put a file into the archive, its bytes as they are; one that is there already is not stored again.

    Args:
        lake: the lake.
        source: source of imported files, of :func:`source_for`.
        path: an HTML or plain-text file, or a report form as XLSX, DOCX or PDF.
        url: address the file was saved from, if known.
        published_on: publication day, where the file does not say it or is to be overruled.
        run_id: run that imports.
        contact: contact of the installation.

    Raises:
        BadInputError: the file is missing, empty, or of a type that cannot be read; or ``url`` is no web address.
    """
    response = _as_response(path, read_file(path), url, published_on)
    known = {capture.capture_id: capture for capture in captures_of(lake, source.key)}
    held = known.get(capture_id(source.key, response.url, response.payload))
    if held is not None:
        return Brought(held, is_new=False)
    with CrawlArchive(lake, source.key, run_id, user_agent(contact)) as archive:
        kind = "attachment" if path.suffix.lower() in FORMS else "article"
        capture = archive.store(kind, response.url, response)
        archive.log(_outcome(run_id, capture), capture)
    return Brought(capture, is_new=True)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that can be imported.

    Raises:
        BadInputError: it is missing, empty, or of a type that cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path} cannot be read ({error.strerror})", "name a file that exists") from None
    if path.suffix.lower() not in CONTENT_TYPES:
        raise BadInputError(
            f"{path}: files of type {path.suffix or 'unknown'} cannot be imported",
            f"save it as one of {', '.join(CONTENT_TYPES)}",
        )
    if not data.strip():
        raise BadInputError(f"{path} is empty", "save the page again")
    return data


def _as_response(path: Path, data: bytes, url: str | None, published_on: date | None) -> Response:
    headers = [("Content-Type", CONTENT_TYPES[path.suffix.lower()])]
    if published_on:
        headers.append((PUBLISHED_HEADER, published_on.isoformat()))
    address = (
        _web_address(url) if url else f"{NO_ADDRESS}/{sha256_hex(data)[:16]}/{path.name.replace(' ', '-')}"
    )
    return Response(address, 200, "OK", tuple(headers), data, datetime.now(UTC))


def _web_address(url: str) -> str:
    """Return an address in its one spelling, by which the page can be found, and erased, like any other."""
    address = canonical_url(url)
    if address is None:
        raise BadInputError(f"--url {url!r} is no web address", "give it as in the address bar")
    return address


def _outcome(run_id: str, capture: Capture) -> Outcome:
    return Outcome(
        outcome_id=content_id("out", [run_id, capture.source_key, capture.url, "imported"]),
        run_id=run_id,
        source_key=capture.source_key,
        kind=capture.kind,
        url=capture.url,
        attempted_at=capture.fetched_at,
        outcome=OutcomeClass.STORED,
        http_status=200,
        capture_id=capture.capture_id,
        tries=0,
        elapsed_ms=0,
        detail="brought by a person",
    )
