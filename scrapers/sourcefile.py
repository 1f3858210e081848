"""The shape of a source file: what each key may hold. The reader of the files is ``scrapers.registry``.

The parts are plain values with their bounds written beside them (``scrapers.sourcevalues``), so that whoever reads a
source's pages needs nothing to hold one; ``scrapers.sourceparts`` checks them when a part is made of what a file says.
Every key is described for people in ``docs/sources.md``; a test keeps the two in step.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal
from urllib.parse import quote, urlsplit

from coso.settings import VIETNAM_TIME
from scrapers.sourcevalues import (
    LEAST_SECONDS,
    NOT_EMPTY,
    Before,
    Count,
    CronLine,
    Host,
    Key,
    PageSelector,
    Pattern,
    PatternOfId,
    Text,
    WebAddress,
    checked,
    of_form,
    within,
)
from scrapers.urls import on_domains, path_and_query

if TYPE_CHECKING:
    from pydantic import ConfigDict

SourceKind = Literal[
    "party_newspaper", "portal", "central", "feedback_portal", "report_portal", "party_site", "front"
]
SourceStatus = Literal["verified", "unverified", "legacy", "dead"]
StandardStatus = Literal[
    "received",
    "assigned",
    "in_progress",
    "answered",
    "closed",
    "rejected",
    "transferred",
    "overdue",
    "unknown",
]

#: The least pause between two requests to one host on the real web, in seconds.
LEAST_PACE_SECONDS = 1.0


class Part:
    """Base of all parts of a source file: unknown keys are refused, values cannot change."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Province(Part):
    """The province a source reports on, in the frame it uses: 63 until 2025-06-30, 34 since."""

    code: Annotated[str, checked(of_form(r"\d{2}", "two digits in quotes"))]
    frame: Literal["63", "34"]

    def __post_init__(self) -> None:
        from coso.places import provinces  # noqa: PLC0415 - who reads pages makes no source

        if (self.code, self.frame) not in provinces():
            raise ValueError(
                f"code {self.code} is that of none of the {self.frame} provinces; see provinces_{self.frame}.csv"
            )


@dataclass(frozen=True, kw_only=True)
class Postback(Part):
    """Paging of ASP.NET pages: the form of the page is sent back, view state and all, with an event.

    Either ``selector`` names the elements whose ``__doPostBack('target','argument')`` leads to further pages, or
    ``target`` and ``argument`` state the event, ``{page}`` standing for the number of the page.
    """

    selector: PageSelector | None = None
    target: str | None = None
    argument: str | None = None

    def __post_init__(self) -> None:
        if (self.selector is None) == (self.target is None):
            raise ValueError("postback needs either selector or target")
        if self.target is not None and "{page}" not in f"{self.target}{self.argument}":
            raise ValueError("postback.target or postback.argument must hold {page}")


@dataclass(frozen=True, kw_only=True)
class Paging(Part):
    """How further pages are asked for; exactly one of ``param``, ``pattern``, ``next_selector``, ``postback``."""

    param: str | None = None
    pattern: str | None = None
    next_selector: PageSelector | None = None
    next_attr: str = "href"
    postback: Postback | None = None
    first: Annotated[int, within(0)] = 1
    max_pages: Annotated[int, within(1, 1000)] = 3
    archive_pages: Annotated[int, within(1, 5000)] = 200

    def __post_init__(self) -> None:
        ways = [way for way in (self.param, self.pattern, self.next_selector, self.postback) if way]
        if len(ways) != 1:
            raise ValueError("paging needs exactly one of param, pattern, next_selector, postback")
        if self.pattern and "{page}" not in self.pattern:
            raise ValueError("paging.pattern must hold {page}")


@dataclass(frozen=True, kw_only=True)
class Endpoint(Part):
    """Where links stand in the JSON an endpoint answers; paths are keys joined by dots."""

    items: str = ""
    link: str | None = None
    title: str | None = None
    summary: str | None = None
    next: str | None = None
    html: str | None = None

    def __post_init__(self) -> None:
        if (self.link is None) == (self.html is None):
            raise ValueError("endpoint needs either link or html")


#: What is searched for where a source does not say: the law's own name for the matter, and two older ones.
QUERIES = ("dân chủ ở cơ sở", "quy chế dân chủ", "dân chủ cơ sở")


@dataclass(frozen=True, kw_only=True)
class Discovery(Part):
    """One way by which addresses of articles or feedback items are found."""

    method: Literal["rss", "sitemap", "listing", "search", "json"]
    url: WebAddress | None = None
    link_selector: PageSelector | None = None
    paging: Paging | None = None
    queries: tuple[Text, ...] = ()
    endpoint: Endpoint | None = None

    def __post_init__(self) -> None:
        if self.url is None and self.method != "sitemap":
            raise ValueError(f"discovery by {self.method} needs a url")
        paged = self.method in {"listing", "search", "json"}
        if not paged and (self.link_selector or self.paging):
            raise ValueError("link_selector and paging belong to the methods listing, search and json")
        if (self.method == "search") != ("{query}" in (self.url or "")):
            raise ValueError("discovery by search, and only it, needs {query} in its url")
        if self.queries and self.method != "search":
            raise ValueError("queries belong to the method search")
        if (self.method == "json") != (self.endpoint is not None):
            raise ValueError("the key endpoint goes with the method json, and only with it")
        if self.method == "json" and self.paging and (self.paging.next_selector or self.paging.postback):
            raise ValueError("paging of a json endpoint is by param, pattern or endpoint.next")

    @property
    def addresses(self) -> tuple[str, ...]:
        """First addresses to ask for; of a search one for each query, none for the sitemaps robots.txt names."""
        if self.url is None:
            return ()
        if self.method != "search":
            return (self.url,)
        return tuple(self.url.replace("{query}", quote(query, safe="")) for query in self.queries or QUERIES)


@dataclass(frozen=True, kw_only=True)
class ArchiveWay(Part):
    """Pages of the past that are addressed by their day: ``{yyyy}``, ``{mm}``, ``{dd}`` stand in the address."""

    url: WebAddress
    step: Literal["day", "month"] = "day"
    link_selector: PageSelector | None = None
    paging: Paging | None = None

    def __post_init__(self) -> None:
        needed = {"day": ("{yyyy}", "{mm}", "{dd}"), "month": ("{yyyy}", "{mm}")}[self.step]
        if any(part not in self.url for part in needed):
            raise ValueError(f"an archive by {self.step} needs {', '.join(needed)} in its url")


@dataclass(frozen=True, kw_only=True)
class Permission(Part):
    """What the owner of the site has said to us, and from when until when it holds."""

    status: Literal["granted", "refused", "asked"]
    given_on: date
    expires_on: date | None = None
    by: Text
    note: str | None = None

    def __post_init__(self) -> None:
        if self.expires_on is not None and self.expires_on < self.given_on:
            raise ValueError(
                f"expires_on {self.expires_on.isoformat()} is before given_on {self.given_on.isoformat()}"
            )

    def forbids(self, today: date) -> str | None:
        """Return why nothing may be fetched on ``today``, or None when this permission forbids nothing."""
        if self.status == "refused":
            return f"refused by {self.by} on {self.given_on.isoformat()}"
        if self.expires_on is not None and today > self.expires_on:
            return f"the permission of {self.by} expired on {self.expires_on.isoformat()}"
        return None


@dataclass(frozen=True, kw_only=True)
class VisitingHours(Part):
    """Hours of the day, Vietnam time, in which a source may be visited; they may span midnight."""

    opens: time
    closes: time

    def are_on(self, moment: datetime) -> bool:
        """Say whether ``moment``, in any zone, lies within the hours; equal ends mean the whole day."""
        at = moment.astimezone(VIETNAM_TIME).time()
        if self.opens < self.closes:
            return self.opens <= at < self.closes
        return at >= self.opens or at < self.closes


_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"


def _hours(value: Any) -> Any:
    match = re.fullmatch(rf"({_TIME})-({_TIME})", value) if isinstance(value, str) else None
    if isinstance(value, str) and match is None:
        raise ValueError(f"{value!r} are no hours; write them as 22:00-06:00")
    return {"opens": match[1], "closes": match[2]} if match else value


Hours = Annotated[VisitingHours, Before(_hours)]


@dataclass(frozen=True, kw_only=True)
class Selector(Part):
    """One alternative for a field: it counts only when it matches between ``min`` and ``max`` elements."""

    css: PageSelector
    min: Annotated[int, within(0)] = 1
    max: Count = 1
    attr: str | None = None

    def __post_init__(self) -> None:
        if self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}: {self.css!r} would never count")


@dataclass(frozen=True, kw_only=True)
class FieldSelector(Part):
    """One alternative for a field of a feedback item: an element, or the value next to a label."""

    css: PageSelector | None = None
    label: str | None = None
    nth: Count = 1
    attr: str | None = None

    def __post_init__(self) -> None:
        if (self.css is None) == (self.label is None):
            raise ValueError("a field needs either css or label")


def _short_form(maximum: int) -> Before:
    def expand(value: Any) -> Any:
        listed = [value] if isinstance(value, str | dict) else value
        if not isinstance(listed, list):
            return value
        return [{"css": one, "max": maximum} if isinstance(one, str) else one for one in listed]

    return Before(expand)


def _field_short_form(value: Any) -> Any:
    listed = [value] if isinstance(value, str | dict) else value
    if not isinstance(listed, list):
        return value
    return [{"css": one} if isinstance(one, str) else one for one in listed]


One = Annotated[tuple[Selector, ...], _short_form(1)]
Few = Annotated[tuple[Selector, ...], _short_form(5)]
Many = Annotated[tuple[Selector, ...], _short_form(60)]
FieldSelectors = Annotated[tuple[FieldSelector, ...], Before(_field_short_form)]


@dataclass(frozen=True, kw_only=True)
class Selectors(Part):
    """Where the parts of an article stand, each a list of alternatives tried in order."""

    title: One = ()
    sapo: Few = ()
    body: One = ()
    date: Few = ()
    author: Few = ()
    tags: Many = ()
    drop: tuple[PageSelector, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FeedbackFields(Part):
    """Where the parts of a feedback item stand on its own page."""

    title: FieldSelectors
    content: FieldSelectors = ()
    answer: FieldSelectors = ()
    category: FieldSelectors = ()
    agency: FieldSelectors = ()
    received: FieldSelectors = ()
    deadline: FieldSelectors = ()
    answered: FieldSelectors = ()
    status: FieldSelectors
    attachments: FieldSelectors = ()


@dataclass(frozen=True, kw_only=True)
class Feedback(Part):
    """How the items of a citizen-feedback portal are read."""

    channel: str
    external_id: PatternOfId
    fields: FeedbackFields
    statuses: dict[str, StandardStatus]
    status_when_absent: StandardStatus | None = None
    assumed_deadline_days: Annotated[int, within(1, 365)] | None = None


@dataclass(frozen=True, kw_only=True)
class Report(Part):
    """How report forms are found: as tables of the pages themselves, and as files the pages link to."""

    attachments: PageSelector = "a[href]"
    attachment_url: Pattern = r"(?i)\.(?:xlsx|xlsm|docx|pdf|xls|doc)(?:$|[?&#])"
    max_attachments: Annotated[int, within(0, 200)] = 20


@dataclass(frozen=True, kw_only=True)
class EarlierParser(Part):
    """How pages were read until their markup changed; what was fetched up to that day is read so for ever."""

    version: Count
    until: date
    family: Key
    article_url: Pattern
    selectors: Selectors = Selectors()
    tail_triggers: tuple[str, ...] = ()
    feedback: Feedback | None = None


@dataclass(frozen=True, kw_only=True)
class Topic(Part):
    """Which titles are fetched whole: those with one of the words, or all of them."""

    all: bool = False
    words: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Retry(Part):
    """How often and how patiently a failed request is made again."""

    tries: Annotated[int, within(1, 10)] = 4
    base_seconds: Annotated[float, within(0)] = 1.0
    max_wait_seconds: Annotated[float, within(0)] = 120.0


@dataclass(frozen=True, kw_only=True)
class Source(Part):
    """One source of the registry, its family's values filled in."""

    key: Key
    name: Text
    kind: SourceKind
    family: Key
    status: SourceStatus
    home_url: WebAddress
    province: Province | None
    domains: tuple[Host, ...] = ()
    successor: Host | None = None
    discovery: Annotated[tuple[Discovery, ...], NOT_EMPTY]
    archive: tuple[ArchiveWay, ...] = ()
    article_url: Pattern
    selectors: Selectors = Selectors()
    tail_triggers: tuple[str, ...] = ()
    feedback: Feedback | None = None
    report: Report | None = None
    topic: Topic = Topic()
    parser_version: Count = 1
    earlier_parsers: tuple[EarlierParser, ...] = ()
    pace_seconds: Annotated[float, within(0)] = 3.0
    visiting_hours: Hours | None = None
    permission: Permission | None = None
    timeout: Annotated[float, within(LEAST_SECONDS, 600)] = 30.0
    deadline_seconds: Annotated[float, within(LEAST_SECONDS, 3600)] = 120.0
    retry: Retry = Retry()
    max_bytes: Annotated[int, within(1_000)] = 8_000_000
    max_decoded_bytes: Annotated[int, within(1_000)] = 40_000_000
    max_articles: Count = 300
    reask_days: Annotated[int, within(0)] = 14
    schedule: CronLine
    expected_weekly_items: Annotated[float, within(0)] | None = None
    freshness_days: Count | None = None
    licence: str
    contact: str | None = None
    caveats: tuple[str, ...] = ()
    allow_loopback: bool = False
    personal_data: bool | None = None

    @property
    def carries_personal_data(self) -> bool:
        """Whether its pages are sealed in the archive: those of feedback portals always are."""
        return self.kind == "feedback_portal" or bool(self.personal_data)

    @cached_property
    def allowed_domains(self) -> tuple[str, ...]:
        """Hosts the source may be fetched from; a name covers its sub-domains."""
        home = (urlsplit(self.home_url).hostname or "").removeprefix("www.")
        return (home, *self.domains)

    def is_article(self, url: str) -> bool:
        """Say whether an address is that of one of its articles or items."""
        return (
            on_domains(url, self.allowed_domains)
            and re.search(self.article_url, path_and_query(url)) is not None
        )

    def as_of(self, fetched_at: datetime) -> Source:
        """Return the source as it reads a page fetched at a moment: by the parser of that day in Vietnam."""
        day = fetched_at.astimezone(VIETNAM_TIME).date() if self.earlier_parsers else date.max
        parser = next((one for one in self.earlier_parsers if day <= one.until), None)
        if parser is None:
            return self
        return replace(
            self,
            family=parser.family,
            parser_version=parser.version,
            article_url=parser.article_url,
            selectors=parser.selectors,
            tail_triggers=parser.tail_triggers,
            feedback=parser.feedback,
            earlier_parsers=(),
        )

    def __post_init__(self) -> None:
        if (self.kind == "feedback_portal") != (self.feedback is not None):
            raise ValueError("the key feedback goes with kind feedback_portal, and only with it")
        if self.report is None and self.kind == "report_portal":
            raise ValueError(
                "a report_portal needs the key report; report: {} reads tables and usual attachments"
            )
        if self.report is not None and self.feedback is not None:
            raise ValueError("the keys report and feedback exclude each other")
        if self.kind == "central" and self.province is not None:
            raise ValueError("a central source has province: null")
        if self.kind == "feedback_portal" and self.personal_data is False:
            raise ValueError("personal_data cannot be false for a feedback_portal: citizens write there")
        if not self.allow_loopback and self.pace_seconds < LEAST_PACE_SECONDS:
            raise ValueError(f"pace_seconds must be at least {LEAST_PACE_SECONDS:g} on the real web")
        self._check_earlier_parsers()
        for url in (*(way.url for way in self.discovery if way.url), *(way.url for way in self.archive)):
            if not on_domains(url, self.allowed_domains):
                raise ValueError(f"discovery address {url} is outside the source's domains")

    def _check_earlier_parsers(self) -> None:
        versions = [*(one.version for one in self.earlier_parsers), self.parser_version]
        ends = [one.until for one in self.earlier_parsers]
        if sorted(set(versions)) != versions or sorted(set(ends)) != ends:
            raise ValueError(
                "earlier_parsers go from the oldest to the newest, each with a later until and a higher version, "
                f"all below parser_version, which is {self.parser_version}"
            )


#: Keys a family may set for its sources: how a kind of site is read, never who it is.
FAMILY_KEYS = frozenset({"selectors", "tail_triggers", "article_url", "parser_version", "feedback"})
