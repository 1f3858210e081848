"""What an alert says: what was expected, what came, since when, the evidence, what is held, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from coso.records import Incident
from coso.settings import VIETNAM_TIME
from expectations.checks import ALL_CHECKS
from expectations.events import Standing
from expectations.model import BROKEN_PREFIX, Words
from expectations.troubles import TROUBLES
from expectations.wording import province_name

SEVERITY = {
    "critical": Words("Nghiêm trọng", "Critical"),
    "warning": Words("Cảnh báo", "Warning"),
    "info": Words("Thông tin", "Info"),
}
CHANGE = {
    "opened": Words("mới", "new"),
    "reopened": Words("tái diễn", "again"),
    "resolved": Words("đã hết", "over"),
}
#: Enough of an id to tell incidents apart at a glance; commands take any beginning that is unambiguous.
SHORT_ID = 12

PLATFORM = Words("Nền tảng", "Platform")
DIGEST = Words("Bản tin ngày", "Daily digest")


@dataclass(frozen=True)
class Change:
    """A change of one incident that somebody has to hear of.

    Attributes:
        change: opened, reopened or resolved.
        incident: the incident as it is now.
        standing: how it stands by its log: when it came back, who has taken it up.
    """

    change: str
    incident: Incident
    standing: Standing = field(default_factory=Standing)


@dataclass(frozen=True)
class Message:
    """One message of one province.

    Attributes:
        title: subject line.
        body: Vietnamese first, English below.
        kind: apprise's type of message: failure, warning or success.
    """

    title: str
    body: str
    kind: str


def addressee(incident: Incident) -> str:
    """Return the name under which an incident is rolled up: its province, or the platform."""
    return province_name(incident.province_code, incident.frame) if incident.province_code else PLATFORM.vi


def compose(name: str, changes: Sequence[Change]) -> Message:
    """Write the message of one province about several changes."""
    body = "\n\n".join(
        (
            *(_paragraph(change, "vi") for change in changes),
            "— English —",
            *(_paragraph(change, "en") for change in changes),
        )
    )
    return Message(f"[Cơ Sở] {name}: {_summary(changes)}", body, _kind(changes))


def fitted(message: Message, room: int | None) -> Message:
    """Cut a message to what a channel takes, at the end of a line, with how much is left out and where to read it.

    Args:
        message: the message.
        room: characters that its body may have; None for any number.
    """
    if room is None or len(message.body) <= room:
        return message
    lines = message.body.split("\n")
    kept, used = 0, len(_left_out(lines))
    while kept < len(lines) and used + len(lines[kept]) + 1 <= room:
        used += len(lines[kept]) + 1
        kept += 1
    note = _left_out(lines[kept:])
    body = "\n".join([*lines[:kept], note])
    if not kept:  # not even the first line has room: as much of it as there is
        first = lines[0][: max(room - len(note) - 3, 0)]
        body = f"{first} …\n{note}" if first else f"{message.body[: room - 1]}…"
    return replace(message, body=body)


def _left_out(lines: Sequence[str]) -> str:
    count = sum(bool(line.strip()) for line in lines)
    return f"… còn {count} dòng / {count} more lines: coso alerts list"


def _summary(changes: Sequence[Change]) -> str:
    parts = []
    for severity in ("critical", "warning"):
        fresh = [c for c in changes if c.change != "resolved" and c.incident.severity == severity]
        if fresh:
            parts.append(f"{len(fresh)} {SEVERITY[severity].vi.lower()}")
    over = sum(change.change == "resolved" for change in changes)
    if over:
        parts.append(f"{over} {CHANGE['resolved'].vi}")
    return ", ".join(parts)


def _kind(changes: Sequence[Change]) -> str:
    fresh = [change.incident.severity for change in changes if change.change != "resolved"]
    if not fresh:
        return "success"
    return "failure" if "critical" in fresh else "warning"


def _paragraph(change: Change, language: str) -> str:
    incident = change.incident
    title = incident.title if language == "vi" else incident.title_en
    head = f"{_in(SEVERITY[incident.severity], language)} ({_in(CHANGE[change.change], language)}) – {title}"
    relapse = None
    if change.change == "reopened":
        relapse = change.standing.reopened_at or incident.last_seen_at
    said = details(incident, language, relapse)
    shown = f"coso alerts show {incident.incident_id[:SHORT_ID]}"
    said.append((_in(Words("Chi tiết", "In full"), language), shown))
    if change.standing.acknowledged_by and incident.status == "open":
        said.append(
            (_in(Words("Người nhận xử lý", "Taken up by"), language), change.standing.acknowledged_by)
        )
    return "\n".join([head, *(f"  {label}: {text}" for label, text in said)])


def details(incident: Incident, language: str, relapse: datetime | None = None) -> list[tuple[str, str]]:
    """Return what there is to say of an incident, as labels and texts of one language (``vi`` or ``en``).

    Args:
        incident: the incident.
        language: ``vi`` or ``en``.
        relapse: when it came back, where it did.
    """
    runbook = runbook_of(incident)
    said = [
        (Words("Mong đợi", "Expected"), _stored(incident.expected, language)),
        (Words("Thực tế", "Observed"), _stored(incident.observed, language)),
        (Words("Từ", "Since"), _since(incident, language, relapse)),
        (Words("Câu gốc", "Sentence"), f"“{incident.evidence_quote}”" if incident.evidence_quote else None),
        (Words("Trang", "Page"), incident.evidence_url),
        (Words("Tốt gần nhất", "Last healthy"), _stored(incident.last_healthy or "", language)),
        (Words("Đang giữ lại", "Held"), _in(_held(incident), language)),
        (Words("Cần làm", "To do"), _stored(incident.mend, language)),
        (Words("Hướng dẫn", "Runbook"), f"docs/runbooks/{runbook}" if runbook else None),
    ]
    return [(_in(label, language), text) for label, text in said if text]


def runbook_of(incident: Incident) -> str | None:
    """Return the runbook of an incident's check; None for a check that no longer exists."""
    if incident.check_id.startswith(BROKEN_PREFIX):
        return "broken-check.md"
    if incident.check_id in TROUBLES:
        return TROUBLES[incident.check_id].runbook
    check = ALL_CHECKS.get(incident.check_id)
    return check.runbook if check else None


def _since(incident: Incident, language: str, relapse: datetime | None) -> str:
    text = _moment(incident.opened_at)
    if relapse is not None:
        text = f"{text}; {_in(Words('tái diễn lúc', 'again at'), language)} {_moment(relapse)}"
    if incident.resolved_at is None:
        return text
    until = Words("hết lúc", "over at")
    return f"{text}; {_in(until, language)} {_moment(incident.resolved_at)}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM_TIME):%d/%m/%Y %H:%M} (GMT+7)"


def _held(incident: Incident) -> Words:
    if incident.status != "open":
        return Words("không", "nothing")
    if incident.held:
        return Words(
            "số liệu mới của chỉ tiêu này trong tỉnh; bản công bố trước vẫn giữ nguyên",
            "the province's new figures of this metric; what was published before stays",
        )
    check = ALL_CHECKS.get(incident.check_id)
    if check is not None and check.quarantines:
        return Words("các dòng sai, trong khu cách ly", "the failing rows, in quarantine")
    if incident.severity == "critical" and incident.check_id not in TROUBLES:
        return Words("bản công bố mới của cả nước", "the new release of all provinces")
    return Words("không", "nothing")


def _stored(text: str, language: str) -> str:
    return _in(Words.read(text), language)


def _in(words: Words, language: str) -> str:
    return words.vi if language == "vi" else words.en
