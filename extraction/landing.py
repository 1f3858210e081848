"""Landed rows: what was read from documents, in the record contracts of the lake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coso.ids import content_id
from coso.periods import parse_period
from coso.places import Province, find_province, province
from coso.records import (
    READ_FROM_DOCUMENTS,
    Document,
    Event,
    Fact,
    Mention,
    Record,
    Statement,
    UndecidedCell,
)
from extraction import model, read_text
from extraction.batches import in_order
from extraction.forms import read_form
from extraction.frames import reported_of


def read_documents(documents: Sequence[Document]) -> dict[str, list[Record]]:
    """Read every document; return the rows of each landed table, sorted by id."""
    tables: dict[str, list[Record]] = {name: [] for name in READ_FROM_DOCUMENTS}
    for document, reading in in_order(_read, documents, name=_name):
        tables["facts"] += [_fact(document, fact) for fact in reading.facts]
        tables["undecided_cells"] += [_undecided(document, cell) for cell in reading.undecided]
        tables["events"] += [_event(document, event) for event in reading.events]
        for name, spans in (
            ("officials", reading.officials),
            ("citations", reading.citations),
            ("initiatives", reading.initiatives),
        ):
            tables[name] += [_mention(document, span) for span in spans]
        for name, spans in (("shortcomings", reading.shortcomings), ("commitments", reading.commitments)):
            tables[name] += [_statement(document, span) for span in spans]
    return {name: _unique(rows) for name, rows in tables.items()}


def _name(document: Document) -> str:
    return f"document {document.document_id} ({document.url})"


def _read(document: Document) -> model.Reading:
    outlet = _outlet(document)
    read = read_form if document.parser_kind == "form" else read_text
    return read(
        document.text,
        title=document.title,
        published=document.published_on.isoformat() if document.published_on else None,
        source_province=outlet.name if outlet else None,
    )


def _unique(rows: list[Record]) -> list[Record]:
    by_id = {getattr(row, _id_column(row)): row for row in rows}
    return [by_id[key] for key in sorted(by_id)]


def _id_column(row: Record) -> str:
    return next(iter(type(row).__annotations__))


def _outlet(document: Document) -> Province | None:
    if not document.province_code or not document.frame:
        return None
    return province(document.province_code, document.frame)


def _fact(document: Document, fact: model.Fact) -> Fact:
    period = parse_period(fact.period) if fact.period else None
    reported = reported_of(
        fact, _outlet(document), period.last_day if period else None, document.published_on
    )
    comparison = fact.comparison
    return Fact(
        fact_id=content_id("fct", (document.document_id, fact.start, fact.end, fact.metric)),
        document_id=document.document_id,
        source_key=document.source_key,
        char_start=fact.start,
        char_end=fact.end,
        quote=fact.quote,
        sentence_start=fact.sentence_start,
        sentence=fact.sentence,
        locator=fact.locator,
        value=fact.value,
        unit=fact.unit,
        metric=fact.metric,
        metric_note=fact.metric_note,
        place=fact.place,
        place_code=fact.place_code,
        province_code=reported.code,
        frame=reported.frame,
        level=reported.level,
        tier=fact.tier,
        period=fact.period,
        period_start=period.first_day if period else None,
        period_end=period.last_day if period else None,
        stock=fact.stock,
        subset=fact.subset,
        approx=fact.approx,
        denominator=fact.denominator,
        comparison_direction=comparison.direction if comparison else None,
        comparison_amount=comparison.amount if comparison else None,
        comparison_unit=comparison.unit if comparison else None,
        comparison_baseline=comparison.baseline if comparison else None,
        rule=fact.rule,
        confidence=fact.confidence,
    )


def _province_of_event(
    name: str | None, held: date | None, published: date | None
) -> tuple[str | None, str | None]:
    """Return code and frame of a province as of the day of an event, else as of publication."""
    found = find_province(name, held or published) if name else None
    return (found.code, found.frame) if found else (None, None)


def _undecided(document: Document, cell: model.Undecided) -> UndecidedCell:
    return UndecidedCell(
        cell_id=content_id("cell", (document.document_id, cell.start, cell.end)),
        document_id=document.document_id,
        source_key=document.source_key,
        locator=cell.locator,
        char_start=cell.start,
        char_end=cell.end,
        quote=cell.quote,
        label=cell.label,
        reason=cell.reason,
        detail=cell.detail,
    )


def _event(document: Document, event: model.Conference) -> Event:
    held = date.fromisoformat(event.held_on) if event.held_on else None
    code, frame = _province_of_event(event.province, held, document.published_on)
    return Event(
        event_id=content_id("evt", (document.document_id, event.start, event.end)),
        document_id=document.document_id,
        source_key=document.source_key,
        char_start=event.start,
        char_end=event.end,
        quote=event.quote,
        kind=event.kind,
        held_on=held,
        organiser=event.organiser,
        chair=event.chair,
        period=event.period,
        province_code=code,
        frame=frame,
    )


def _mention(document: Document, span: model.Span) -> Mention:
    return Mention(
        mention_id=content_id("mnt", (document.document_id, span.kind, span.start, span.end)),
        document_id=document.document_id,
        source_key=document.source_key,
        char_start=span.start,
        char_end=span.end,
        quote=span.quote,
        kind=span.kind,
        name=span.name,
        role=span.role,
        dated=date.fromisoformat(span.dated) if span.dated else None,
    )


def _statement(document: Document, span: model.Span) -> Statement:
    return Statement(
        statement_id=content_id("stm", (document.document_id, span.kind, span.start, span.end)),
        document_id=document.document_id,
        source_key=document.source_key,
        char_start=span.start,
        char_end=span.end,
        quote=span.quote,
        kind=span.kind,
        period=span.period,
    )
