"""The shape of a source file: what each key may hold. The reader of the files is ``scrapers.registry``.

Every key is described for people in ``docs/sources.md``; a test keeps the two in step.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import soupsieve
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from scrapers.urls import on_domains

SourceKind = Literal["party_newspaper", "portal", "central", "feedback_portal", "party_site", "front"]
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

_EMPTY_PAGE = LexborHTMLParser("<html></html>")


def _page_selector(css: str) -> str:
    try:
        _EMPTY_PAGE.css(css)
    except SelectolaxError:
        raise ValueError(f"{css!r} is no CSS selector this project can use on a page") from None
    return css


def _fragment_selector(css: str) -> str:
    try:
        soupsieve.compile(css)
    except (soupsieve.SelectorSyntaxError, ValueError) as error:
        raise ValueError(f"{css!r} is no CSS selector ({str(error).splitlines()[0]})") from None
    return css


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression ({error})") from None
    return text


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{url!r} is no http or https address")
    return url


PageSelector = Annotated[
    str, StringConstraints(min_length=1), BeforeValidator(lambda v: _checked(v, _page_selector))
]
FragmentSelector = Annotated[
    str, StringConstraints(min_length=1), BeforeValidator(lambda v: _checked(v, _fragment_selector))
]
Pattern = Annotated[str, StringConstraints(min_length=1), BeforeValidator(lambda v: _checked(v, _pattern))]
WebAddress = Annotated[str, BeforeValidator(lambda v: _checked(v, _web_address))]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")]


def _checked(value: Any, check: Any) -> Any:
    return check(value) if isinstance(value, str) else value


class Part(BaseModel):
    """Base of all parts of a source file: unknown keys are refused, values cannot change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Province(Part):
    """The province a source reports on, in the frame it uses: 63 until 2025-06-30, 34 since."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{2}$")]
    frame: Literal["63", "34"]


class Paging(Part):
    """How further pages of a listing are asked for; exactly one of ``param``, ``pattern``, ``next_selector``."""

    param: str | None = None
    pattern: str | None = None
    next_selector: PageSelector | None = None
    first: int = Field(default=1, ge=0)
    max_pages: int = Field(default=3, ge=1, le=1000)

    @model_validator(mode="after")
    def _one_way(self) -> Paging:
        ways = [way for way in (self.param, self.pattern, self.next_selector) if way]
        if len(ways) != 1:
            raise ValueError("paging needs exactly one of param, pattern, next_selector")
        if self.pattern and "{page}" not in self.pattern:
            raise ValueError("paging.pattern must hold {page}")
        return self


class Discovery(Part):
    """One way by which addresses of articles or feedback items are found."""

    method: Literal["rss", "sitemap", "listing"]
    url: WebAddress | None = None
    link_selector: PageSelector | None = None
    paging: Paging | None = None

    @model_validator(mode="after")
    def _complete(self) -> Discovery:
        if self.url is None and self.method != "sitemap":
            raise ValueError(f"discovery by {self.method} needs a url")
        if self.method != "listing" and (self.link_selector or self.paging):
            raise ValueError("link_selector and paging belong to the method listing")
        return self


class Selector(Part):
    """One alternative for a field: it counts only when it matches between ``min`` and ``max`` elements."""

    css: PageSelector
    min: int = Field(default=1, ge=0)
    max: int = Field(default=1, ge=1)
    attr: str | None = None


class FieldSelector(Part):
    """One alternative for a field of a feedback item: an element, or the value next to a label."""

    css: PageSelector | None = None
    label: str | None = None
    nth: int = Field(default=1, ge=1)
    attr: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> FieldSelector:
        if (self.css is None) == (self.label is None):
            raise ValueError("a field needs either css or label")
        return self


def _short_form(maximum: int) -> BeforeValidator:
    def expand(value: Any) -> Any:
        listed = [value] if isinstance(value, str | dict) else value
        if not isinstance(listed, list):
            return value
        return [{"css": one, "max": maximum} if isinstance(one, str) else one for one in listed]

    return BeforeValidator(expand)


def _field_short_form(value: Any) -> Any:
    listed = [value] if isinstance(value, str | dict) else value
    if not isinstance(listed, list):
        return value
    return [{"css": one} if isinstance(one, str) else one for one in listed]


One = Annotated[tuple[Selector, ...], _short_form(1)]
Few = Annotated[tuple[Selector, ...], _short_form(5)]
Many = Annotated[tuple[Selector, ...], _short_form(60)]
FieldSelectors = Annotated[tuple[FieldSelector, ...], BeforeValidator(_field_short_form)]


class Selectors(Part):
    """Where the parts of an article stand, each a list of alternatives tried in order."""

    title: One = ()
    sapo: Few = ()
    body: One = ()
    date: Few = ()
    author: Few = ()
    tags: Many = ()
    drop: tuple[FragmentSelector, ...] = ()


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


class Feedback(Part):
    """How the items of a citizen-feedback portal are read."""

    channel: str
    external_id: Pattern
    fields: FeedbackFields
    statuses: dict[str, StandardStatus]
    status_when_absent: StandardStatus | None = None
    assumed_deadline_days: int | None = Field(default=None, ge=1, le=365)

    @field_validator("external_id")
    @classmethod
    def _one_group(cls, value: str) -> str:
        if re.compile(value).groups != 1:
            raise ValueError("external_id must hold exactly one group, the portal's own id in the address")
        return value


class Topic(Part):
    """Which titles are fetched whole: those with one of the words, or all of them."""

    all: bool = False
    words: tuple[str, ...] = ()


class Retry(Part):
    """How often and how patiently a failed request is made again."""

    tries: int = Field(default=4, ge=1, le=10)
    base_seconds: float = Field(default=1.0, ge=0)
    max_wait_seconds: float = Field(default=120.0, ge=0)


class Source(Part):
    """One source of the registry, its family's values filled in."""

    key: Key
    name: Annotated[str, StringConstraints(min_length=1)]
    kind: SourceKind
    family: Key
    status: SourceStatus
    home_url: WebAddress
    province: Province | None
    domains: tuple[str, ...] = ()
    successor: str | None = None
    discovery: tuple[Discovery, ...] = Field(min_length=1)
    article_url: Pattern
    selectors: Selectors = Selectors()
    tail_triggers: tuple[str, ...] = ()
    feedback: Feedback | None = None
    topic: Topic = Topic()
    parser_version: int = Field(default=1, ge=1)
    pace_seconds: float = Field(default=3.0, ge=0)
    timeout: float = Field(default=30.0, gt=0, le=600)
    deadline_seconds: float = Field(default=120.0, gt=0, le=3600)
    retry: Retry = Retry()
    max_bytes: int = Field(default=8_000_000, ge=1_000)
    max_decoded_bytes: int = Field(default=40_000_000, ge=1_000)
    max_articles: int = Field(default=300, ge=1)
    reask_days: int = Field(default=14, ge=0)
    schedule: Annotated[str, StringConstraints(pattern=r"^[\d*/,-]+( [\d*/,-]+){4}$")]
    expected_weekly_items: float | None = Field(default=None, ge=0)
    freshness_days: int | None = Field(default=None, ge=1)
    licence: str
    contact: str | None = None
    caveats: tuple[str, ...] = ()
    allow_loopback: bool = False

    @property
    def allowed_domains(self) -> tuple[str, ...]:
        """Hosts the source may be fetched from; a name covers its sub-domains."""
        home = (urlsplit(self.home_url).hostname or "").removeprefix("www.")
        return (home, *self.domains)

    @model_validator(mode="after")
    def _sound(self) -> Source:
        if (self.kind == "feedback_portal") != (self.feedback is not None):
            raise ValueError("the key feedback goes with kind feedback_portal, and only with it")
        if self.kind == "central" and self.province is not None:
            raise ValueError("a central source has province: null")
        if not self.allow_loopback and self.pace_seconds < LEAST_PACE_SECONDS:
            raise ValueError(f"pace_seconds must be at least {LEAST_PACE_SECONDS:g} on the real web")
        for way in self.discovery:
            if way.url and not on_domains(way.url, self.allowed_domains):
                raise ValueError(f"discovery address {way.url} is outside the source's domains")
        return self


#: Keys a family may set for its sources: how a kind of site is read, never who it is.
FAMILY_KEYS = frozenset({"selectors", "tail_triggers", "article_url", "parser_version"})
