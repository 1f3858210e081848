"""Saved pages with what a person says stands on them: the proof that a source is read as a reader reads it.

Beside ``NAME.html`` lies ``NAME.json``: the address, when the page was saved, who has compared the reading with the
page (``read_by``, empty until somebody has), and the reading. The tests run every such pair.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from coso.errors import BadInputError
from coso.ids import sha256_hex
from scrapers.parse.article import read_article
from scrapers.response import Response
from scrapers.sourcefile import Source
from scrapers.stored import StoredResponse, as_stored

#: What of a reading a golden states.
FIELDS = ("title", "sapo", "text", "captions", "published_on", "author", "tags", "parser_kind")
#: Folder of the saved pages, beside the source files.
SAVED = "saved"


def golden_paths(folder: Path) -> list[Path]:
    """Return every golden under ``folder``, sorted."""
    return sorted(folder.rglob(f"{SAVED}/*/*.json"))


def make_golden(source: Source, url: str, saved_at: datetime, html: bytes) -> dict[str, Any]:
    """Return the golden of a page as the source file reads it now, read by nobody yet."""
    return {
        "url": url,
        "saved_at": saved_at.isoformat(),
        "sha256": sha256_hex(html),
        "read_by": "",
        "read_on": "",
        "reading": _reading(source, _page(source, url, saved_at, html)),
    }


def check_golden(source: Source, path: Path) -> list[str]:
    """Return what is wrong with a golden: nobody has read it, its page is another, or the reading differs.

    Raises:
        BadInputError: the golden or its page cannot be read.
    """
    golden = _load(path)
    try:
        html = path.with_suffix(".html").read_bytes()
        at = datetime.fromisoformat(golden["saved_at"])
        found = _reading(source, _page(source, golden["url"], at, html))
        expected, read_by = golden["reading"], golden["read_by"]
        problems = (
            []
            if golden["sha256"] == sha256_hex(html)
            else [f"{path.stem}.html is not the page that was saved"]
        )
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise BadInputError(
            f"{path}: cannot be used ({error})", "save the page again with coso new-source"
        ) from None
    if not read_by:
        problems.append(
            "nobody has compared the reading with the page; do, mend it, and put your name in read_by"
        )
    differing = [name for name in FIELDS if found.get(name) != expected.get(name)]
    return problems + [
        f"{name}: expected {expected.get(name)!r}, read {found.get(name)!r}" for name in differing
    ]


def _load(path: Path) -> dict[str, Any]:
    try:
        golden = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInputError(f"{path}: is no JSON ({error})", "mend it or save the page again") from None
    if not isinstance(golden, dict):
        raise BadInputError(f"{path}: holds no golden", "save the page again with coso new-source")
    return golden


def _page(source: Source, url: str, saved_at: datetime, html: bytes) -> StoredResponse:
    headers = (("Content-Type", "text/html"),)
    return as_stored(source.key, "article", url, Response(url, 200, "OK", headers, html, saved_at))


def _reading(source: Source, page: StoredResponse) -> dict[str, Any]:
    reading = read_article(source.as_of(page.fetched_at), page)
    if reading.document is None:
        return {"issues": [issue.reason for issue in reading.issues]}
    values = {name: getattr(reading.document, name) for name in FIELDS}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
