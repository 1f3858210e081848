"""Paging of ASP.NET WebForms: the page's own form is sent back with an event, as its script would do it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.sourcefile import Postback
from scrapers.stored import StoredResponse
from scrapers.urls import canonical_url

_EVENT = re.compile(r"__doPostBack\(\s*(['\"])(?P<target>.*?)\1\s*,\s*(['\"])(?P<argument>.*?)\3\s*\)")
_NOT_SENT = frozenset({"submit", "button", "image", "reset", "file"})
#: Largest form that is sent back, in characters: view states of real pages stay far below.
MAX_FORM_CHARS = 2_000_000


@dataclass(frozen=True)
class FormRequest:
    """A form to send.

    Attributes:
        address: where it goes.
        name: the address with the number of the page and the event after ``#``, under which the answer is on record;
            what follows ``#`` is never sent.
        fields: names and values in the order of the page.
    """

    address: str
    name: str
    fields: tuple[tuple[str, str], ...]


def next_postback(
    page: StoredResponse, tree: LexborHTMLParser, paging: Postback, number: int
) -> FormRequest | None:
    """Return the form that asks for page ``number`` of a listing, None where the page offers no such page."""
    if paging.target is not None:
        filled = (text.replace("{page}", str(number)) for text in (paging.target, paging.argument or ""))
        target, argument = filled
        node = tree.css_first("input[name='__VIEWSTATE']")
    else:
        event = _event_of_page(tree, paging.selector or "", number)
        if event is None:
            return None
        node, target, argument = event
    form = _form_around(node) or tree.css_first("form")
    return _request(page, form, number, target, argument) if form else None


def _event_of_page(tree: LexborHTMLParser, selector: str, number: int) -> tuple[LexborNode, str, str] | None:
    """Return the event of the element that names the page, or of the only one there is ("xem thêm", "trang sau")."""
    events: list[tuple[LexborNode, str, str]] = []
    for node in tree.css(selector):
        script = unescape(f"{node.attributes.get('href') or ''} {node.attributes.get('onclick') or ''}")
        match = _EVENT.search(script)
        if match:
            events.append((node, match["target"], match["argument"]))
    numbered = re.compile(rf"(?<!\d){number}(?!\d)")
    for event in events:
        if event[0].text(strip=True) == str(number) or numbered.search(event[2]):
            return event
    return events[0] if len(events) == 1 and not _is_page_number(events[0]) else None


def _is_page_number(event: tuple[LexborNode, str, str]) -> bool:
    return event[0].text(strip=True).isdigit() or bool(re.search(r"\d", event[2]))


def _form_around(node: LexborNode | None) -> LexborNode | None:
    while node is not None and node.tag != "form":
        node = node.parent
    return node


def _request(
    page: StoredResponse, form: LexborNode, number: int, target: str, argument: str
) -> FormRequest | None:
    address = canonical_url(form.attributes.get("action") or "", page.final_url)
    fields = [pair for pair in _controls(form) if pair[0] not in {"__EVENTTARGET", "__EVENTARGUMENT"}]
    fields = [("__EVENTTARGET", target), ("__EVENTARGUMENT", argument), *fields]
    if address is None or sum(len(name) + len(value) for name, value in fields) > MAX_FORM_CHARS:
        return None
    return FormRequest(
        address, f"{address}#{number}:{quote(f'{target}={argument}', safe='$=')}", tuple(fields)
    )


def _controls(form: LexborNode) -> list[tuple[str, str]]:
    """Return what a browser would send of the form's controls when a script submits it."""
    found: list[tuple[str, str]] = []
    for node in form.css("input[name], select[name], textarea[name]"):
        name, kind = node.attributes.get("name") or "", (node.attributes.get("type") or "text").lower()
        if "disabled" in node.attributes or kind in _NOT_SENT:
            continue
        if node.tag == "select":
            chosen = node.css_first("option[selected]") or node.css_first("option")
            if chosen is not None:
                value = chosen.attributes.get("value")
                found.append((name, chosen.text(strip=True) if value is None else value))
        elif node.tag == "textarea":
            found.append((name, node.text()))
        elif kind not in {"checkbox", "radio"} or "checked" in node.attributes:
            found.append(
                (name, node.attributes.get("value") or ("on" if kind in {"checkbox", "radio"} else ""))
            )
    return found
