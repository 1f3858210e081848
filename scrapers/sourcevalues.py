"""Kinds of values in source files, each with the check it undergoes and the words it is refused with."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from scrapers.schedule import cron_line

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_EMPTY_PAGE = LexborHTMLParser("<html></html>")


def _page_selector(css: str) -> str:
    try:
        _EMPTY_PAGE.css(css)
    except SelectolaxError:
        raise ValueError(f"{css!r} is no CSS selector this project can use on a page") from None
    return css


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression ({error})") from None
    return text


def _pattern_of_id(text: str) -> str:
    if re.compile(_pattern(text)).groups != 1:
        raise ValueError(f"{text!r} must hold exactly one group, the portal's own id in the address")
    return text


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{url!r} is no http or https address")
    return url


def of_form(pattern: str, told: str) -> Callable[[str], str]:
    """Return a check that a text matches a pattern; ``told`` says in words what it asks for."""

    def check(text: str) -> str:
        if re.fullmatch(pattern, text) is None:
            raise ValueError(f"{text!r} is not of the form: {told}")
        return text

    return check


#: What any office or firm may register a name under: as a domain of a source it would let the whole country in.
_OPEN_TO_ALL = re.compile(r"(?:(?:com|edu|gov|info|int|name|net|org)\.)?[a-z]{2,}")


def _host(text: str) -> str:
    if _OPEN_TO_ALL.fullmatch(text.lower()):
        raise ValueError(f"{text!r} is no single site's; name the site's own host")
    if re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+", text.lower()) is None:
        raise ValueError(f"{text!r} is no host name; write it as baothu.vn, without https:// and path")
    return text


@dataclass(frozen=True, slots=True)
class Before:
    """A check, or a rewriting of a short form, that a value undergoes before its type is looked at."""

    apply: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, kind: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema  # noqa: PLC0415 - only who checks a file needs it

        return core_schema.no_info_before_validator_function(self.apply, handler(kind))


@dataclass(frozen=True, slots=True)
class After:
    """A check that a value undergoes once it is of its type."""

    apply: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, kind: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema  # noqa: PLC0415 - only who checks a file needs it

        return core_schema.no_info_after_validator_function(self.apply, handler(kind))


def checked(check: Callable[[str], str]) -> Before:
    """Return what lets a text undergo a check; a value of another type is refused by its type."""
    return Before(lambda value: check(value) if isinstance(value, str) else value)


def within(least: float, most: float = math.inf) -> After:
    """Return what refuses a number outside two bounds, both of which are allowed."""

    def check(value: float) -> float:
        if not least <= value <= most:
            bounds = f"at least {least:g}" if most == math.inf else f"between {least:g} and {most:g}"
            raise ValueError(f"{value:g} is not {bounds}")
        return value

    return After(check)


def _filled(value: Any) -> Any:
    if not value:
        raise ValueError("must not be empty")
    return value


NOT_EMPTY = After(_filled)
#: No server answers in less, in seconds.
LEAST_SECONDS = 0.001


Text = Annotated[str, NOT_EMPTY]
PageSelector = Annotated[str, NOT_EMPTY, checked(_page_selector)]
Pattern = Annotated[str, NOT_EMPTY, checked(_pattern)]
PatternOfId = Annotated[str, NOT_EMPTY, checked(_pattern_of_id)]
WebAddress = Annotated[str, checked(_web_address)]
Host = Annotated[str, checked(_host)]
Key = Annotated[
    str, checked(of_form(r"[a-z0-9][a-z0-9-]{1,60}", "small letters, digits and hyphens, 2 to 61 of them"))
]
Count = Annotated[int, within(1)]
CronLine = Annotated[str, checked(cron_line)]
