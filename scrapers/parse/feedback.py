"""Items of citizen-feedback portals: one row an item and version, personal data dropped at the door."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coso.ids import content_id
from coso.records import ParseIssue, Submission
from coso.text import fold_words
from scrapers.parse.article import UnreadableError, issue, readable_tree
from scrapers.parse.dates import dates_in
from scrapers.parse.fields import Use, in_page_chrome, node_text, tidy
from scrapers.privacy import mask_text
from scrapers.sourcefile import Feedback, FeedbackFields, FieldSelector, Source
from scrapers.stored import StoredResponse

#: What stands for the words of a denunciation, which are never kept (Law on Denunciations: the denouncer is protected).
WITHHELD = "[tố cáo: không lưu nội dung]"
_DENUNCIATION = re.compile(r"\btố cáo\b")
_LABELS = "th, td, dt, label, strong, b, span, p, li, div"
#: Longest text that can be a label with its value.
_LABELLED_CHARS = 400
#: Fields that an item shows only once it is answered, and the statuses in which it is.
_ANSWER_FIELDS = frozenset({"answer", "answered"})
_ANSWERED = frozenset({"answered", "closed"})


@dataclass(frozen=True)
class FeedbackReading:
    """What an item's page gave: a submission or none, what was wrong with it, and which selectors matched."""

    submission: Submission | None
    issues: tuple[ParseIssue, ...] = ()
    uses: tuple[Use, ...] = ()


def read_feedback(source: Source, page: StoredResponse) -> FeedbackReading:
    """Read one archived item page. Pure: the same page and source give the same reading."""
    assert source.feedback is not None
    uses: tuple[Use, ...] = ()
    try:
        tree = readable_tree(page, source)
        item = _Item(source, source.feedback, page, tree)
        uses = item.uses()
        return FeedbackReading(item.read(), tuple(item.issues), uses)
    except UnreadableError as problem:
        return FeedbackReading(None, (issue(page, problem.reason, mask_text(problem.detail)),), uses)


def standard_status(feedback: Feedback, raw: str) -> str | None:
    """Return the standard status of a status as published, None when the source's map does not know it."""
    wanted = fold_words(tidy(raw))
    return next((value for key, value in feedback.statuses.items() if fold_words(tidy(key)) == wanted), None)


def is_answered(row: Submission) -> bool:
    """Say whether the portal gives an item as answered, so that its answer should be there to read."""
    return row.status in _ANSWERED


class _Item:
    def __init__(
        self, source: Source, feedback: Feedback, page: StoredResponse, tree: LexborHTMLParser
    ) -> None:
        self._source = source
        self._feedback = feedback
        self._page = page
        self._tree = tree
        self.issues: list[ParseIssue] = []

    def read(self) -> Submission:
        fields = self._feedback.fields
        title = self._text(fields.title)
        if title is None:
            raise UnreadableError(
                "no_title", "the item's page shows no title where the source file says it stands"
            )
        category = self._text(fields.category)
        secret = bool(_DENUNCIATION.search(fold_words(f"{title} {category or ''}")))
        received, answered = self._day(fields.received), self._day(fields.answered)
        deadline, basis = self._deadline(received)
        status_raw, status = self._status()
        self._note_status(status_raw)
        row = Submission(
            submission_id="",
            version_id="",
            capture_id=self._page.capture_id,
            source_key=self._source.key,
            external_id=self._external_id(),
            url=self._page.url,
            channel=self._feedback.channel,
            category_raw=mask_text(category) if category else None,
            title_masked=WITHHELD if secret else mask_text(title),
            content_masked=None if secret else self._masked(fields.content),
            answer_masked=None if secret else self._masked(fields.answer),
            agency=self._masked(fields.agency),
            received_on=received,
            deadline_on=deadline,
            deadline_basis=basis,
            answered_on=answered,
            status_raw=mask_text(status_raw),
            status=status,
            on_time=on_time(deadline, answered, self._page.fetched_at.date(), status),
            attachments=self._count(fields.attachments),
            province_code=self._source.province.code if self._source.province else None,
            frame=self._source.province.frame if self._source.province else None,
            seen_at=self._page.fetched_at,
        )
        return with_ids(row)

    def uses(self) -> tuple[Use, ...]:
        """Try every alternative of every field that an item in this state shows.

        The newest items are the unanswered ones: answers missing there are no sign of another layout.
        """
        wanted = self._feedback.fields
        return tuple(
            Use(name, one.css or f"label {one.label}", self._text((one,)) is not None)
            for name in (part.name for part in fields(FeedbackFields))
            if self._is_shown(name)
            for one in getattr(wanted, name)
        )

    def _is_shown(self, name: str) -> bool:
        if name == "status":
            return self._feedback.status_when_absent is None
        return name not in _ANSWER_FIELDS or self._status()[1] in _ANSWERED

    def _external_id(self) -> str:
        match = re.search(self._feedback.external_id, self._page.url)
        if match is None or not match[1]:
            path = urlsplit(self._page.url).path
            raise UnreadableError(
                "no_external_id", f"{path} does not hold the id {self._feedback.external_id}"
            )
        return match[1]

    def _status(self) -> tuple[str, str]:
        """Return the status as published, and the standard one."""
        raw = self._text(self._feedback.fields.status)
        if raw is None:
            return "", self._feedback.status_when_absent or "unknown"
        return raw, standard_status(self._feedback, raw) or "unknown"

    def _note_status(self, raw: str) -> None:
        if not raw and self._feedback.status_when_absent is None:
            self.issues.append(issue(self._page, "no_status", "the item's page shows no status"))
        elif raw and standard_status(self._feedback, raw) is None:
            self.issues.append(
                issue(self._page, "unknown_status", f"status {mask_text(raw)!r} is not in the source's map")
            )

    def _deadline(self, received: date | None) -> tuple[date | None, str]:
        stated = self._day(self._feedback.fields.deadline)
        if stated:
            return stated, "stated"
        days = self._feedback.assumed_deadline_days
        if days and received:
            return received + timedelta(days=days), "assumed"
        return None, "unknown"

    def _day(self, alternatives: tuple[FieldSelector, ...]) -> date | None:
        days = dates_in(self._text(alternatives) or "")
        return days[0] if days else None

    def _masked(self, alternatives: tuple[FieldSelector, ...]) -> str | None:
        text = self._text(alternatives)
        return mask_text(text) if text else None

    def _text(self, alternatives: tuple[FieldSelector, ...]) -> str | None:
        for one in alternatives:
            text = self._labelled(one.label) if one.label else self._selected(one)
            if text:
                return text
        return None

    def _selected(self, one: FieldSelector) -> str | None:
        nodes = [node for node in self._tree.css(one.css or "") if not in_page_chrome(node)]
        return node_text(nodes[one.nth - 1], one.attr) if len(nodes) >= one.nth else None

    def _labelled(self, label: str) -> str | None:
        """Return the value beside a label: the next cell, the next term, or the rest of the line."""
        wanted = fold_words(label)
        for node in self._tree.css(_LABELS):
            text = node_text(node)
            folded = fold_words(text)
            if not folded.startswith(wanted) or len(text) > _LABELLED_CHARS:
                continue
            rest = text[len(wanted) :].strip()
            if rest.startswith(":") and rest.strip(": "):
                return rest.lstrip(": ")
            if rest in {"", ":"}:
                value = _after(node)
                if value:
                    return value
        return None

    def _count(self, alternatives: tuple[FieldSelector, ...]) -> int:
        for one in alternatives:
            found = len(self._tree.css(one.css)) if one.css else 0
            if found:
                return found
        return 0


def _after(node: LexborNode) -> str | None:
    """Return the text that follows a label inside its parent: an element, or bare text."""
    following = node.next
    while following is not None:
        raw = following.text_content if following.is_text_node else None
        text = tidy(raw or "") if following.is_text_node else node_text(following)
        if text.strip(": "):
            return text.lstrip(": ")
        following = following.next
    return None


def on_time(deadline: date | None, answered: date | None, seen_on: date, status: str) -> str:
    """Return yes, no or unknown: answered by the deadline, or not answered when it had passed."""
    if status == "overdue":
        return "no"
    if deadline is None:
        return "unknown"
    if answered is not None:
        return "yes" if answered <= deadline else "no"
    open_still = status in {"received", "assigned", "in_progress"}
    return "no" if open_still and seen_on > deadline else "unknown"


def with_ids(row: Submission) -> Submission:
    """Return the row with its ids: of the item, and of this version of it."""
    item = content_id("sub", [row.source_key, row.external_id])
    published = [getattr(row, name) for name in Submission.__slots__ if name not in _NOT_PUBLISHED]
    return replace(row, submission_id=item, version_id=content_id("ver", [item, *published]))


#: Columns that say how we came by the row, not what the portal published.
_NOT_PUBLISHED = frozenset({"submission_id", "version_id", "capture_id", "url", "seen_at"})
