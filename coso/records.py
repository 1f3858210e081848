"""The record contracts: what each landed table holds, column by column.

One class is one table. The Arrow schema, the dbt source description and the data dictionary are derived
from these classes, so a column is described once. Times are UTC; days are days in Vietnam.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, TypeVar

if TYPE_CHECKING:
    import pyarrow as pa


class Record:
    """Base of all records: a frozen dataclass whose columns are ``Annotated[type, description]``."""

    __slots__ = ()


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Capture(Record):
    """One stored response. Table ``raw/captures``, partition ``date`` (UTC day of the fetch)."""

    capture_id: Annotated[str, "Id of source, address and payload digest."]
    source_key: Annotated[str, "Key of the source in the registry."]
    kind: Annotated[
        str,
        "What was asked for: robots, feed, sitemap, listing, article, attachment, list_page, detail, crawl.",
    ]
    url: Annotated[str, "Address asked for, in canonical spelling."]
    final_url: Annotated[str, "Address that answered, after redirects."]
    fetched_at: Annotated[datetime, "When the response had been received."]
    http_status: Annotated[int, "HTTP status code."]
    content_type: Annotated[str | None, "Content-Type header as sent."]
    content_encoding: Annotated[
        str | None, "Content-Encoding header as sent; the payload is stored undecoded."
    ]
    etag: Annotated[
        str | None, "ETag header, verbatim, weak mark included; encrypted (sealed:...) where the payload is."
    ]
    last_modified: Annotated[str | None, "Last-Modified header, verbatim."]
    payload_sha256: Annotated[
        str,
        "SHA-256 of the payload bytes as the server sent them; of an encrypted payload the HMAC-SHA-256 under its key.",
    ]
    payload_bytes: Annotated[int, "Length of the payload as sent, in bytes."]
    warc_file: Annotated[str, "WARC file, relative to COSO_HOME."]
    warc_offset: Annotated[int, "Byte offset of the record in the WARC file."]
    warc_length: Annotated[int, "Length of the compressed record in the WARC file, in bytes."]


@dataclass(frozen=True, slots=True)
class Outcome(Record):
    """One attempt to fetch, whatever happened. Table ``raw/outcomes``, partition ``date``."""

    outcome_id: Annotated[str, "Id of run, source, address and ordinal of the attempt."]
    run_id: Annotated[str, "Run that made the attempt."]
    source_key: Annotated[str, "Key of the source in the registry."]
    kind: Annotated[str, "What was asked for, as in captures."]
    url: Annotated[str, "Address asked for, in canonical spelling."]
    attempted_at: Annotated[datetime, "When the attempt ended."]
    outcome: Annotated[str, "Class of the outcome, see scrapers.outcomes.OutcomeClass."]
    http_status: Annotated[int | None, "HTTP status code, when there was a response."]
    capture_id: Annotated[str | None, "The stored response; on not_modified the earlier one it confirms."]
    tries: Annotated[int, "Requests made, retries included."]
    elapsed_ms: Annotated[int, "Wall time of all requests, in milliseconds."]
    detail: Annotated[str | None, "What went wrong, in one line."]


@dataclass(frozen=True, slots=True)
class Crawl(Record):
    """One crawl that came to its end, and how far it could see. Table ``raw/crawls``, partition ``date``."""

    crawl_id: Annotated[str, "Id of run, source and ordinal of the crawl."]
    run_id: Annotated[str, "Run that crawled."]
    source_key: Annotated[str, "Key of the source in the registry."]
    started_at: Annotated[datetime, "When it began."]
    ended_at: Annotated[datetime, "When it ended."]
    sight: Annotated[
        str,
        "news (something new), quiet (all ways seen, nothing new), partial (nothing new where it could see), "
        "blind (no way could be seen), closed (not visited: hours or permission).",
    ]
    ways: Annotated[int, "Ways of discovery walked."]
    ways_seen: Annotated[int, "Of these, ways that showed all they have within their bounds."]
    found: Annotated[int, "Addresses of articles or items found."]
    wanted: Annotated[int, "Of these, let through by the topic filter."]
    fresh: Annotated[int, "Of these, never asked for before."]
    spam: Annotated[int, "Links left aside because their titles advertise gambling."]
    stored: Annotated[int, "Answers archived."]
    detail: Annotated[str | None, "The ways that could not be seen, and where each ended."]


@dataclass(frozen=True, slots=True)
class Tombstone(Record):
    """One key destroyed with what it sealed, or one address erased. Table ``raw/tombstones``; rows are only added."""

    tombstone_id: Annotated[str, "Id of source and key, or of source and address."]
    source_key: Annotated[str, "Source whose archived pages can no longer be read."]
    key_id: Annotated[str, "Key that was destroyed; of an erased address `address.` and its SHA-256."]
    key_made_at: Annotated[
        datetime | None, "When the key was made; empty when it was lost before, and of an address."
    ]
    destroyed_at: Annotated[datetime, "When it was destroyed."]
    destroyed_by: Annotated[str, "Who destroyed it."]
    reason: Annotated[str, "Why, in their words."]
    captures: Annotated[int, "Archived answers that went."]
    files: Annotated[int, "Archive files that held them."]


@dataclass(frozen=True, slots=True)
class SourceRow(Record):
    """One source of the registry as it stood at the run. Table ``landed/sources``."""

    source_key: Annotated[str, "Key of the source."]
    name: Annotated[str, "Name as readers know it."]
    kind: Annotated[str, "party_newspaper, portal, central, feedback_portal, report_portal, ..."]
    family: Annotated[str, "CMS family whose selectors it uses."]
    status: Annotated[str, "verified, unverified, legacy or dead."]
    home_url: Annotated[str, "Address of its front page."]
    province_code: Annotated[str | None, "Province it reports on, in its frame; empty for central sites."]
    frame: Annotated[str | None, "Frame of the province code: 63 or 34."]
    expected_weekly_items: Annotated[float | None, "Items a week expected, from the source file."]
    freshness_days: Annotated[int | None, "Days without a new item after which the source counts as silent."]
    is_demo: Annotated[bool, "Whether it is one of the sample portals."]
    licence: Annotated[str, "What is known about the right to use its pages."]
    caveats: Annotated[
        str | None,
        "What a reader of its figures should know and what of it was not verified, separated by ' | '.",
    ]


@dataclass(frozen=True, slots=True)
class Document(Record):
    """One article as read from a capture. Table ``landed/documents``, partitions ``source``, ``date``."""

    document_id: Annotated[str, "Id of source, title, text and publication day."]
    capture_id: Annotated[str, "Capture it was read from."]
    source_key: Annotated[str, "Key of the source."]
    url: Annotated[str, "Address of the article."]
    title: Annotated[str, "Title."]
    sapo: Annotated[str | None, "Lead paragraph; removed from the text where the body repeats it."]
    text: Annotated[str, "Canonical text: lead and body paragraphs, one a line. Spans count its code points."]
    captions: Annotated[str | None, "Picture captions, one a line, kept apart from the text."]
    published_on: Annotated[date | None, "Publication day in Vietnam."]
    published_rule: Annotated[
        str | None, "Witness of the day: stated, json_ld, meta, visible, id, url, url_month."
    ]
    author: Annotated[str | None, "Author line."]
    tags: Annotated[str | None, "Keywords, separated by ' | '."]
    parser: Annotated[str, "Parser and its version, such as f1@1."]
    parser_kind: Annotated[
        str,
        "selectors; general when the fallback read the page; plain for imported text; form for report forms.",
    ]
    province_code: Annotated[str | None, "Province of the outlet, in its frame."]
    frame: Annotated[str | None, "Frame of the province code: 63 or 34."]
    fetched_at: Annotated[datetime, "When the capture was made."]


@dataclass(frozen=True, slots=True)
class Fact(Record):
    """One reported figure with its evidence. Table ``landed/facts``, partitions ``source``, ``date``."""

    fact_id: Annotated[str, "Id of document, span and metric."]
    document_id: Annotated[str, "Document it was read from."]
    source_key: Annotated[str, "Source of the document."]
    char_start: Annotated[int, "First code point of the number in the document's text."]
    char_end: Annotated[int, "Code point after the number."]
    quote: Annotated[str, "Exactly text[char_start:char_end]."]
    sentence_start: Annotated[int, "First code point of the sentence around the number."]
    sentence: Annotated[str, "The sentence around the number, exactly as in the text."]
    locator: Annotated[
        str | None,
        "Cell of a report form: sheet and cell, or page, table, row and column; empty in running text.",
    ]
    value: Annotated[float, "The number, multiplier word applied, in the unit written; percents as percents."]
    unit: Annotated[str | None, "Counted noun as written."]
    metric: Annotated[str, "Metric code of the dictionary."]
    metric_note: Annotated[str | None, "Free remark on kind or actor."]
    place: Annotated[str | None, "Place as reported: most specific name, then the chain up to the province."]
    place_code: Annotated[str | None, "Official code of the most specific place, where known."]
    province_code: Annotated[str | None, "Province of the place, in the frame of the period."]
    frame: Annotated[str | None, "Frame of the province code: 63 until 2025-06-30, 34 since."]
    level: Annotated[str | None, "province, district, commune, village, region, national, organisation."]
    tier: Annotated[str | None, "Tier that acted, when a figure is split by tier."]
    period: Annotated[str | None, "Period in the notation of docs/periods.md, such as 2024-H1."]
    period_start: Annotated[date | None, "First day of the period."]
    period_end: Annotated[date | None, "Last day of the period; empty when open."]
    stock: Annotated[bool, "As-of figure rather than a flow."]
    subset: Annotated[bool, "Covers only a part of its own metric for that place and period."]
    approx: Annotated[
        str | None,
        "Word of approximation: hơn, trên (the number is larger), gần, dưới, ngót (smaller), khoảng, ước, ...",
    ]
    denominator: Annotated[float | None, "The y of x/y."]
    comparison_direction: Annotated[str | None, "increase or decrease against the baseline."]
    comparison_amount: Annotated[float | None, "Size of the change, in comparison_unit."]
    comparison_unit: Annotated[str | None, "Unit of the change; % for relative changes."]
    comparison_baseline: Annotated[str | None, "Period compared with."]
    rule: Annotated[str, "Rule that read the fact."]
    confidence: Annotated[float, "Probability that value, metric, period and place are right, 0 to 1."]


@dataclass(frozen=True, slots=True)
class UndecidedCell(Record):
    """One cell of a report form with a number that is no fact. Table ``landed/undecided_cells``: nothing is lost."""

    cell_id: Annotated[str, "Id of document and span."]
    document_id: Annotated[str, "Form it stands in."]
    source_key: Annotated[str, "Source of the form."]
    locator: Annotated[str, "Sheet and cell, or page, table, row and column."]
    char_start: Annotated[int, "First code point of the cell in the document's text."]
    char_end: Annotated[int, "Code point after the cell."]
    quote: Annotated[str, "Exactly text[char_start:char_end]."]
    label: Annotated[str, "Headings of its row and its column."]
    reason: Annotated[
        str,
        "no_metric, ambiguous_metric, no_period, target, change, not_a_number, doubtful_number, "
        "formula_without_value or no_header.",
    ]
    detail: Annotated[str, "What was found, and what would mend it."]


@dataclass(frozen=True, slots=True)
class Event(Record):
    """One reported conference. Table ``landed/events``."""

    event_id: Annotated[str, "Id of document and span."]
    document_id: Annotated[str, "Document it was read from."]
    source_key: Annotated[str, "Source of the document."]
    char_start: Annotated[int, "First code point of the evidence."]
    char_end: Annotated[int, "Code point after the evidence."]
    quote: Annotated[str, "Exactly text[char_start:char_end]."]
    kind: Annotated[str, "half_year_review, annual_review, quarter_review, term_review, other_conference."]
    held_on: Annotated[date | None, "Day of the conference."]
    organiser: Annotated[str | None, "Organiser as written."]
    chair: Annotated[str | None, "Who chaired it, as written."]
    period: Annotated[str | None, "Period under review."]
    province_code: Annotated[str | None, "Province, in its frame; empty for central conferences."]
    frame: Annotated[str | None, "Frame of the province code."]


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """Something named in a document. Tables ``landed/{officials,citations,initiatives}``."""

    mention_id: Annotated[str, "Id of document, kind and span."]
    document_id: Annotated[str, "Document it was read from."]
    source_key: Annotated[str, "Source of the document."]
    char_start: Annotated[int, "First code point of the evidence."]
    char_end: Annotated[int, "Code point after the evidence."]
    quote: Annotated[str, "Exactly text[char_start:char_end]."]
    kind: Annotated[str, "official, citation or initiative."]
    name: Annotated[str, "Name of the person, number or title of the document, name of the initiative."]
    role: Annotated[str | None, "Office of the person, or issuer of the document."]
    dated: Annotated[date | None, "Date of the cited document."]


@dataclass(frozen=True, slots=True)
class Statement(Record):
    """One stated shortcoming or commitment. Tables ``landed/{shortcomings,commitments}``."""

    statement_id: Annotated[str, "Id of document, kind and span."]
    document_id: Annotated[str, "Document it was read from."]
    source_key: Annotated[str, "Source of the document."]
    char_start: Annotated[int, "First code point of the evidence."]
    char_end: Annotated[int, "Code point after the evidence."]
    quote: Annotated[str, "Exactly text[char_start:char_end]."]
    kind: Annotated[str, "shortcoming or commitment."]
    period: Annotated[str | None, "Period it is about."]


@dataclass(frozen=True, slots=True)
class Syndication(Record):
    """A document whose report another document carries too. Table ``landed/syndications``, rewritten by each run."""

    document_id: Annotated[str, "The document."]
    report_id: Annotated[str, "Smallest document id among all that carry the report."]
    source_key: Annotated[str, "Source of the document."]
    nearest_id: Annotated[str, "Document of the same report that is most like it."]
    similarity: Annotated[float, "Share of the shorter text's five-word runs that the other has, 0 to 1."]
    relation: Annotated[
        str,
        "How it and the nearest go together: reprint, excerpt (one is a part of the other) or version (one outlet).",
    ]
    superseded_by: Annotated[
        str | None, "Latest version of it that the same outlet printed at another address soon after."
    ]


@dataclass(frozen=True, slots=True)
class Submission(Record):
    """One citizen-feedback item in one state. Table ``landed/submissions``; personal data is dropped."""

    submission_id: Annotated[str, "Id of source and external id."]
    version_id: Annotated[str, "Id of all published fields: changes when the item changes."]
    capture_id: Annotated[str, "Capture it was read from."]
    source_key: Annotated[str, "Key of the source."]
    external_id: Annotated[str, "The portal's own id."]
    url: Annotated[str, "Address of the item."]
    channel: Annotated[str, "Channel as the portal names it."]
    category_raw: Annotated[str | None, "Category as published."]
    title_masked: Annotated[str, "Title with personal data masked."]
    content_masked: Annotated[str | None, "Content with personal data masked; empty for denunciations."]
    answer_masked: Annotated[str | None, "Answer with personal data masked."]
    agency: Annotated[str | None, "Body in charge."]
    received_on: Annotated[date | None, "Day of receipt."]
    deadline_on: Annotated[date | None, "Day by which an answer is due."]
    deadline_basis: Annotated[str, "stated, assumed or unknown."]
    answered_on: Annotated[date | None, "Day of the answer."]
    status_raw: Annotated[str, "Status as published."]
    status: Annotated[
        str, "received, assigned, in_progress, answered, closed, rejected, transferred, overdue or unknown."
    ]
    on_time: Annotated[str, "yes, no or unknown."]
    attachments: Annotated[int, "Number of attachments."]
    province_code: Annotated[str | None, "Province of the portal, in its frame."]
    frame: Annotated[str | None, "Frame of the province code."]
    seen_at: Annotated[datetime, "When the capture was made."]


@dataclass(frozen=True, slots=True)
class ParseIssue(Record):
    """A capture that could not be read. Table ``landed/parse_issues``: nothing is lost silently."""

    issue_id: Annotated[str, "Id of capture and reason."]
    capture_id: Annotated[str, "Capture that could not be read."]
    source_key: Annotated[str, "Key of the source."]
    url: Annotated[str, "Address of the page."]
    reason: Annotated[
        str, "Class of the problem: empty_page, no_title, bad_encoding, truncated, challenge, ..."
    ]
    detail: Annotated[str, "What was found, and where."]


@dataclass(frozen=True, slots=True)
class Verdict(Record):
    """What one check said of one province or source in one run. Table ``quality/verdicts``."""

    verdict_id: Annotated[str, "Id of run, check, province and source."]
    run_id: Annotated[str, "Run that asked."]
    gate: Annotated[str, "landed or marts."]
    check_id: Annotated[str, "Id of the check."]
    severity: Annotated[str, "critical, warning or info."]
    status: Annotated[str, "passed, failed, broken or not_applicable."]
    province_code: Annotated[str | None, "Province judged."]
    frame: Annotated[str | None, "Frame of the province code."]
    source_key: Annotated[str | None, "Source judged."]
    checked_rows: Annotated[int, "Rows looked at."]
    failing_rows: Annotated[int, "Rows that failed."]
    detail: Annotated[str | None, "Sample of the failing keys, or the error of a broken check."]
    checked_at: Annotated[datetime, "When."]


@dataclass(frozen=True, slots=True)
class QuarantinedRow(Record):
    """A landed row kept out of the warehouse. Table ``quality/quarantine``, rewritten by each run."""

    quarantine_id: Annotated[str, "Id of table, row and check."]
    table_name: Annotated[str, "Landed table of the row."]
    row_id: Annotated[str, "Id of the row."]
    check_id: Annotated[str, "Check that refused it."]
    reason: Annotated[str, "Why, in plain words."]
    source_key: Annotated[str | None, "Source of the row."]
    province_code: Annotated[str | None, "Province of the row."]
    frame: Annotated[str | None, "Frame of the province code."]
    row_json: Annotated[str, "The whole row, as JSON."]


@dataclass(frozen=True, slots=True)
class RejectedFile(Record):
    """A landed file that could not be taken in, whole. Table ``quality/rejected_files``, rewritten by each run."""

    file_id: Annotated[str, "Id of path and reason."]
    table_name: Annotated[str, "Landed table of the file."]
    source_key: Annotated[str | None, "Source of the file, from its folder."]
    file: Annotated[str, "Where it lay, relative to COSO_HOME."]
    kept_as: Annotated[str, "Where it is kept now, relative to COSO_HOME."]
    problem: Annotated[str, "unreadable, columns or types."]
    reason: Annotated[str, "What is wrong with it, in plain words."]


@dataclass(frozen=True, slots=True)
class ReadingRate(Record):
    """How often one selector, field or way worked in one crawl. Table ``quality/reading_rates``, by source and day."""

    rate_id: Annotated[str, "Id of source, archive file, measure, part and selector."]
    source_key: Annotated[str, "Key of the source."]
    run_id: Annotated[
        str, "Name of the crawl's archive file, which is its run, numbered where it crawled again."
    ]
    measured_on: Annotated[date, "UTC day of the captures."]
    fetched_at: Annotated[datetime, "When the last of these pages was fetched."]
    measure: Annotated[
        str, "selector, field (of what was read), pages (that could be read) or links (of a listing)."
    ]
    part: Annotated[str, "Field, kind of page, or address of the listing."]
    selector: Annotated[str | None, "Selector measured."]
    tried: Annotated[int, "Pages looked at."]
    hits: Annotated[
        int, "Pages where it matched as often as it should, or was filled; of links, their number."
    ]
    hit_capture_id: Annotated[str | None, "First capture of the file where it worked."]
    missed_capture_id: Annotated[str | None, "First capture of the file where it did not."]


@dataclass(frozen=True, slots=True)
class Drift(Record):
    """A selector, field or listing that works worse than before. Table ``quality/drifts``, rewritten by each run."""

    drift_id: Annotated[str, "Id of source, measure, part and selector: one a cause, not a run."]
    source_key: Annotated[str, "Key of the source."]
    run_id: Annotated[str, "Crawl that shows it."]
    measured_on: Annotated[date, "UTC day of that crawl."]
    measure: Annotated[str, "selector, field, pages or links, as in reading_rates."]
    part: Annotated[str, "Field, kind of page, or address of the listing."]
    selector: Annotated[str | None, "Selector that no longer matches."]
    old_rate: Annotated[float, "Hits a page before."]
    new_rate: Annotated[float, "Hits a page now."]
    pages: Annotated[int, "Pages that show it."]
    covered_by: Annotated[str | None, "Selector that still finds the part; empty when none does."]
    old_markup: Annotated[str | None, "Elements it used to match, outermost first."]
    new_markup: Annotated[str | None, "What stands in their place now."]
    old_capture_id: Annotated[str | None, "A page on which it worked."]
    new_capture_id: Annotated[str | None, "A page on which it does not."]
    new_url: Annotated[str | None, "Address of that page."]


@dataclass(frozen=True, slots=True)
class SourceCheck(Record):
    """One aspect of one check of a source. Table ``quality/source_checks``, one file a check."""

    check_row_id: Annotated[str, "Id of check and aspect."]
    run_id: Annotated[str, "Id of the check, which is also the run of its captures."]
    source_key: Annotated[str, "Key of the source."]
    checked_at: Annotated[datetime, "When the check ended."]
    aspect: Annotated[str, "robots, discovery, freshness or selectors."]
    verdict: Annotated[str, "passed, warning, failed or unknown."]
    figure: Annotated[
        float | None, "Links found, age of the newest item in days, share of selectors that match."
    ]
    detail: Annotated[str, "What was seen, in one line."]


@dataclass(frozen=True, slots=True)
class Incident(Record):
    """One cause of trouble with its life. Table ``quality/incidents``, rewritten by each run."""

    incident_id: Annotated[str, "Id of check, province, metric, period and source: one a cause, not a run."]
    check_id: Annotated[str, "Check that found it."]
    severity: Annotated[str, "critical, warning or info."]
    status: Annotated[str, "open or resolved."]
    province_code: Annotated[str | None, "Province concerned."]
    frame: Annotated[str | None, "Frame of the province code."]
    source_key: Annotated[str | None, "Source concerned."]
    metric: Annotated[str | None, "Metric concerned."]
    period: Annotated[str | None, "Period concerned."]
    title: Annotated[str, "What happened, in one line of Vietnamese."]
    title_en: Annotated[str, "The same in English."]
    expected: Annotated[str, "What was expected."]
    observed: Annotated[str, "What came."]
    evidence_fact_id: Annotated[str | None, "Fact that shows it."]
    evidence_quote: Annotated[str | None, "Sentence that shows it."]
    evidence_url: Annotated[str | None, "Page that shows it."]
    held: Annotated[bool, "Whether it holds the province's publication."]
    mend: Annotated[str, "What to do about it."]
    opened_at: Annotated[datetime, "When it was first seen."]
    last_seen_at: Annotated[datetime, "When it was last seen."]
    resolved_at: Annotated[datetime | None, "When it was no longer seen."]
    last_healthy: Annotated[str | None, "The last good value or state before it, Vietnamese first."] = None


@dataclass(frozen=True, slots=True)
class Hold(Record):
    """Values of a province kept from publication. Table ``quality/holds``, rewritten by each run."""

    province_code: Annotated[str, "Province held."]
    frame: Annotated[str, "Frame of the province code."]
    metric: Annotated[str | None, "Metric held; empty when all values of the province are."]
    incident_id: Annotated[str, "Incident that holds it."]
    reason: Annotated[str, "Why, in plain words."]


@dataclass(frozen=True, slots=True)
class IncidentEvent(Record):
    """One step in an incident's life. Table ``quality/incident_events``; steps are added, never changed."""

    event_id: Annotated[str, "Id of incident, kind, moment and who."]
    incident_id: Annotated[str, "Incident it happened to."]
    kind: Annotated[
        str, "opened, changed, acknowledged, muted, unmuted, resolved, reopened or hold_released."
    ]
    who: Annotated[str, "Who did it; coso when a run did."]
    reason: Annotated[str | None, "Why, in their words."]
    muted_until: Annotated[datetime | None, "Until when nobody is told of it."]
    basis: Annotated[str | None, "Id of the figures it rested on then: a decision stands as long as they do."]
    happened_at: Annotated[datetime, "When."]


@dataclass(frozen=True, slots=True)
class HoldRelease(Record):
    """One hold that a person released. Table ``quality/hold_releases``; it stands while the figures are the same."""

    release_id: Annotated[str, "Id of incident, metric and basis."]
    incident_id: Annotated[str, "Incident that held the values."]
    province_code: Annotated[str, "Province released."]
    frame: Annotated[str, "Frame of the province code."]
    metric: Annotated[str | None, "Metric released; empty when all values of the province are."]
    basis: Annotated[str, "Id of the figures that the incident rested on."]
    reason: Annotated[str, "Why, in their words."]
    who: Annotated[str, "Who released it."]
    released_at: Annotated[datetime, "When."]


@dataclass(frozen=True, slots=True)
class ReviewDecision(Record):
    """What a person decided about one fact. Table ``quality/review_decisions``; decisions are added, never changed."""

    decision_id: Annotated[str, "Id of fact, verdict, corrected fields, who and when."]
    fact_id: Annotated[str, "Fact as it was called when it was reviewed."]
    document_id: Annotated[str, "Document of the fact."]
    source_key: Annotated[str, "Source of the document."]
    url: Annotated[str, "Address of the article."]
    char_start: Annotated[int, "First code point of the number in the document's text."]
    char_end: Annotated[int, "Code point after the number."]
    sentence_offset: Annotated[int, "First code point of the number in its sentence."]
    sentence_sha256: Annotated[str, "SHA-256 of the sentence: finds the figure again where ids have changed."]
    verdict: Annotated[str, "accepted, corrected or rejected."]
    read_metric: Annotated[str, "Metric as it was read."]
    read_value: Annotated[float, "Value as it was read."]
    read_period: Annotated[str | None, "Period as it was read."]
    read_place: Annotated[str | None, "Place as it was read."]
    read_province_code: Annotated[str | None, "Province as it was read, in its frame."]
    read_frame: Annotated[str | None, "Frame of that province code."]
    read_level: Annotated[str | None, "Level of the place as it was read."]
    read_subset: Annotated[bool, "Whether it was read as a part of its metric."]
    read_rule: Annotated[str, "Rule that read it."]
    read_confidence: Annotated[float, "How sure the engine was, 0 to 1."]
    new_metric: Annotated[str | None, "Metric it is corrected to; empty where it stays as read, as below."]
    new_value: Annotated[float | None, "Value it is corrected to, in the unit written."]
    new_period: Annotated[str | None, "Period it is corrected to."]
    new_place: Annotated[str | None, "Place it is corrected to."]
    new_place_code: Annotated[str | None, "Official code of that place, where known."]
    new_province_code: Annotated[str | None, "Province of that place, in the frame of the period."]
    new_frame: Annotated[str | None, "Frame of that province code."]
    new_level: Annotated[str | None, "Level of that place."]
    new_subset: Annotated[bool | None, "Whether it is a part of its metric, where that is corrected."]
    reviewer: Annotated[str, "Who decided."]
    reason: Annotated[str, "Why, in their words."]
    decided_at: Annotated[datetime, "When."]


@dataclass(frozen=True, slots=True)
class ReviewCorrection(Record):
    """One effect of a review decision on one fact. Table ``quality/review_corrections``, rewritten by each run."""

    correction_id: Annotated[str, "Id of the decision and its action."]
    fact_id: Annotated[str, "Fact of today's reading; that of the decision where there is none today."]
    action: Annotated[
        str, "confirm, drop_reading, replace_value, set_metric, set_period, set_place or set_subset."
    ]
    standing: Annotated[
        str, "applied, already_right, reading_differs, reading_gone or overruled (by a later decision)."
    ]
    is_disputed: Annotated[bool, "Whether reviewers differ about this fact."]
    old_value: Annotated[str, "What was read when it was reviewed, as text; empty where nothing was."]
    new_value: Annotated[str | None, "What it is corrected to, as text."]
    place_code: Annotated[str | None, "Of set_place: official code of the place, where known."]
    province_code: Annotated[str | None, "Of set_place: province of the place, in its frame."]
    frame: Annotated[str | None, "Of set_place: frame of the province code."]
    level: Annotated[str | None, "Of set_place: level of the place."]
    reason: Annotated[str, "Why, in the reviewer's words."]
    reviewer: Annotated[str, "Who decided."]
    reviewed_on: Annotated[date, "Day of the decision in Vietnam."]
    evidence_url: Annotated[str, "Page that the decision was made on."]


@dataclass(frozen=True, slots=True)
class Delivery(Record):
    """One change of one incident on its way to one channel. Table ``quality/deliveries``."""

    delivery_id: Annotated[str, "Id of channel, incident and ordinal."]
    channel: Annotated[str, "Name of the channel."]
    incident_id: Annotated[str, "Incident that changed."]
    ordinal: Annotated[int, "Number of the change in the incident's life on this channel, from 1."]
    change: Annotated[str, "opened, reopened or resolved."]
    status: Annotated[str, "pending, sent, or silent when another open incident tells more."]
    incident_json: Annotated[str, "The incident as it stood, as JSON."]
    queued_at: Annotated[datetime, "When the change was seen."]
    tries: Annotated[int, "Attempts to send it."]
    sent_at: Annotated[datetime | None, "When the channel accepted it."]


@dataclass(frozen=True, slots=True)
class RunRow(Record):
    """One run of the pipeline. Table ``quality/runs``, one file a run."""

    run_id: Annotated[str, "Id of the run."]
    flow: Annotated[str, "Flow that ran."]
    started_at: Annotated[datetime, "When it started."]
    ended_at: Annotated[datetime | None, "When it ended."]
    status: Annotated[str, "completed, failed or interrupted (by a person)."]
    release: Annotated[str | None, "Release that was current after it."]
    counts: Annotated[str, "Counts of what was done, as JSON."]


#: Landed tables and the record each holds.
LANDED: dict[str, type[Record]] = {
    "sources": SourceRow,
    "documents": Document,
    "facts": Fact,
    "undecided_cells": UndecidedCell,
    "events": Event,
    "officials": Mention,
    "citations": Mention,
    "initiatives": Mention,
    "shortcomings": Statement,
    "commitments": Statement,
    "submissions": Submission,
    "syndications": Syndication,
    "parse_issues": ParseIssue,
}

#: Landed tables that are read from the text of documents: each row names the document and the span it quotes.
READ_FROM_DOCUMENTS = (
    "facts",
    "undecided_cells",
    "events",
    "officials",
    "citations",
    "initiatives",
    "shortcomings",
    "commitments",
)

#: Tables of the raw zone.
RAW: dict[str, type[Record]] = {
    "captures": Capture,
    "outcomes": Outcome,
    "crawls": Crawl,
    "tombstones": Tombstone,
}

#: Tables of the quality zone.
QUALITY: dict[str, type[Record]] = {
    "verdicts": Verdict,
    "quarantine": QuarantinedRow,
    "rejected_files": RejectedFile,
    "reading_rates": ReadingRate,
    "drifts": Drift,
    "source_checks": SourceCheck,
    "incidents": Incident,
    "holds": Hold,
    "incident_events": IncidentEvent,
    "hold_releases": HoldRelease,
    "review_decisions": ReviewDecision,
    "review_corrections": ReviewCorrection,
    "deliveries": Delivery,
    "runs": RunRow,
}


#: Reading the hints of a class takes longer than writing a small table of it.
_SCHEMAS: dict[type[Record], pa.Schema] = {}


def arrow_schema(kind: type[Record]) -> pa.Schema:
    """Return the Arrow schema of a record; columns that may be empty are nullable."""
    import pyarrow as pa

    if kind not in _SCHEMAS:
        columns = _columns(kind)
        _SCHEMAS[kind] = pa.schema(
            [pa.field(name, *_arrow_type(hint)) for name, (hint, _) in columns.items()]
        )
    return _SCHEMAS[kind]


def describe(kind: type[Record]) -> dict[str, str]:
    """Return the description of each column of a record."""
    return {name: text for name, (_, text) in _columns(kind).items()}


def to_table(kind: type[Record], rows: Iterable[Record]) -> pa.Table:
    """Build an Arrow table from records of one kind.

    Raises:
        pyarrow.ArrowInvalid: a value does not fit its column.
    """
    import pyarrow as pa

    schema = arrow_schema(kind)
    listed = list(rows)
    arrays = [
        pa.array([getattr(row, name) for row in listed], type=schema.field(name).type)
        for name in schema.names
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def from_table(kind: type[R], table: pa.Table) -> list[R]:
    """Build records of one kind from an Arrow table with its columns."""
    return [kind(**row) for row in table.select(arrow_schema(kind).names).to_pylist()]


def _columns(kind: type[Record]) -> dict[str, tuple[typing.Any, str]]:
    hints = typing.get_type_hints(kind, include_extras=True)
    return {name: (hint.__origin__, hint.__metadata__[0]) for name, hint in hints.items()}


def _arrow_type(hint: typing.Any) -> tuple[pa.DataType, bool]:
    if isinstance(hint, types.UnionType):
        (inner,) = (part for part in hint.__args__ if part is not type(None))
        return _arrow_types()[inner], True
    return _arrow_types()[hint], False


@cache
def _arrow_types() -> dict[type, pa.DataType]:
    import pyarrow as pa

    return {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        date: pa.date32(),
        datetime: pa.timestamp("us", tz="UTC"),
    }
