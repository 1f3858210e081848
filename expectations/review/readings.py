"""Facts with the article they stand in, as they are landed today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from coso.errors import BadInputError
from coso.ids import sha256_hex
from coso.lake import Lake, read_rows
from coso.records import Document, Fact, QuarantinedRow, Syndication


@dataclass(frozen=True, slots=True)
class Article:
    """What a reviewer wants to know of a document; its text stays where it is.

    Attributes:
        document_id: id of the document.
        source_key: its source.
        url: its address.
        title: its title.
        published_on: day of publication in Vietnam.
        fetched_at: when it was captured.
        is_current: whether no later version of it was captured, at its address or another, so that the warehouse
            takes its figures.
    """

    document_id: str
    source_key: str
    url: str
    title: str
    published_on: date | None
    fetched_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact and its article."""

    fact: Fact
    article: Article

    @property
    def sentence_offset(self) -> int:
        """First code point of the number in its sentence."""
        return self.fact.char_start - self.fact.sentence_start

    @property
    def sentence_digest(self) -> str:
        """SHA-256 of the sentence."""
        return sha256_hex(self.fact.sentence.encode("utf-8"))


def readings_below(lake: Lake, confidence: float) -> list[Reading]:
    """Return the facts of current articles that are less sure than ``confidence``, without those in quarantine."""
    found = _facts(lake, pc.field("confidence") < confidence)
    return [reading for reading in _with_articles(lake, found) if reading.article.is_current]


def fact_ids(lake: Lake) -> set[str]:
    """Return the ids of all landed facts."""
    return {row["fact_id"] for row in read_rows(lake.landed / "facts", Fact, ["fact_id"])}


def readings_of(lake: Lake, ids: Collection[str]) -> list[Reading]:
    """Return the facts with some ids, as far as they stand in current articles and not in quarantine."""
    found = _facts(lake, _one_of("fact_id", ids)) if ids else []
    return [reading for reading in _with_articles(lake, found) if reading.article.is_current]


def readings_on(lake: Lake, urls: Collection[str]) -> list[Reading]:
    """Return all facts of the articles at some addresses, earlier versions of the articles among them."""
    articles = _articles(lake, urls)
    found = _facts(lake, _one_of("document_id", articles)) if articles else []
    return [Reading(fact, articles[fact.document_id]) for fact in found]


def find_reading(lake: Lake, fact_id: str) -> Reading:
    """Return one fact with its article; the beginning of its id will do.

    Raises:
        BadInputError: no fact, or more than one, has such an id.
    """
    found = _facts(lake, pc.starts_with(pc.field("fact_id"), fact_id)) if fact_id else []
    if len(found) == 1:
        return _with_articles(lake, found)[0]
    if not found:
        raise BadInputError(
            f"no fact of {lake.landed} has the id {fact_id!r}", "see `coso review list` or `coso facts`"
        )
    raise BadInputError(f"{len(found)} facts have ids that begin with {fact_id!r}", "write more of the id")


def _with_articles(lake: Lake, facts: list[Fact]) -> list[Reading]:
    ids = {fact.document_id for fact in facts}
    named = read_rows(lake.landed / "documents", Document, ["url"], _one_of("document_id", ids))
    articles = _articles(lake, {row["url"] for row in named}) if ids else {}
    return [Reading(fact, articles[fact.document_id]) for fact in facts if fact.document_id in articles]


def _articles(lake: Lake, urls: Collection[str]) -> dict[str, Article]:
    """Return the articles at some addresses by document id, later captures of the same one counting."""
    names = ["document_id", "source_key", "url", "title", "published_on", "fetched_at"]
    rows = read_rows(lake.landed / "documents", Document, names, _one_of("url", urls))
    superseded = _superseded(lake, {row["document_id"] for row in rows})
    # An outlet that changes its article replaces it: int_document_reports of the warehouse says so in this way.
    rows.sort(key=lambda row: (-row["fetched_at"].timestamp(), row["document_id"]))
    newest: dict[tuple[str, str], str] = {}
    articles: dict[str, Article] = {}
    for row in rows:
        document_id = row["document_id"]
        newest.setdefault((row["source_key"], row["url"]), document_id)
        is_current = newest[row["source_key"], row["url"]] == document_id and document_id not in superseded
        articles.setdefault(document_id, Article(**row, is_current=is_current))
    return articles


def _superseded(lake: Lake, ids: Collection[str]) -> set[str]:
    """Return those of some documents that their outlet printed again at another address, if that is landed still."""
    names, wanted = ["document_id", "superseded_by"], pc.field("superseded_by").is_valid()
    rows = read_rows(lake.landed / "syndications", Syndication, names, wanted & _one_of("document_id", ids))
    later = {row["superseded_by"] for row in rows}
    landed = read_rows(lake.landed / "documents", Document, ["document_id"], _one_of("document_id", later))
    still = {row["document_id"] for row in landed}
    return {row["document_id"] for row in rows if row["superseded_by"] in still}


def _facts(lake: Lake, wanted: Any) -> list[Fact]:
    refused = read_rows(
        lake.quality / "quarantine", QuarantinedRow, ["row_id"], pc.field("table_name") == "facts"
    )
    out = {row["row_id"] for row in refused}
    rows = read_rows(lake.landed / "facts", Fact, where=wanted)
    found = {row["fact_id"]: Fact(**row) for row in rows if row["fact_id"] not in out}
    return [found[fact_id] for fact_id in sorted(found)]


def _one_of(column: str, values: Collection[str]) -> Any:
    return pc.field(column).isin(pa.array([*values], pa.string()))
