"""Incidents of the platform itself: a channel that does not accept, a clock that jumps, a run or source that fails."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from coso.errors import first_line
from coso.ids import content_id
from coso.lake import Lake, write_records
from coso.records import Incident, Record
from coso.settings import VIETNAM_TIME
from expectations.events import add_events, event, read_events
from expectations.incidents import read_incidents
from expectations.model import Words
from expectations.troubles import TROUBLES

#: What is dated this much later than now shows a clock that has jumped.
CLOCK_SLACK = timedelta(minutes=10)

#: Name of the clock in its incident.
CLOCK = "clock"

#: Name of the run in its incident: one incident however many runs in a row fail.
PIPELINE = "pipeline"

#: Of what an error says, so many characters go into an incident.
_SAID = 400


def raise_trouble(lake: Lake, kind: str, about: str, observed: Words, now: datetime) -> Incident:
    """Open the incident of a platform trouble, or see it again; ``about`` names the channel or the part."""
    trouble = TROUBLES[kind]
    incident_id = content_id("inc", [kind, about])
    before = {one.incident_id: one for one in read_incidents(lake)}
    known = before.get(incident_id)
    made = Incident(
        incident_id=incident_id, check_id=kind, severity=trouble.severity, status="open", province_code=None,
        frame=None, source_key=about, metric=None, period=None, title=f"{trouble.title.vi} – {about}",
        title_en=f"{trouble.title.en} – {about}", expected=trouble.expected.stored, observed=observed.stored,
        evidence_fact_id=None, evidence_quote=None, evidence_url=None, held=False, mend=trouble.mend.stored,
        opened_at=known.opened_at if known else now, last_seen_at=now, resolved_at=None,
    )  # fmt: skip
    _store(lake, before | {incident_id: made})
    if known is None or known.status != "open":
        add_events(lake, [event(incident_id, "reopened" if known else "opened", now)])
    return made


def settle_trouble(lake: Lake, kind: str, about: str, now: datetime) -> None:
    """Resolve the incident of a platform trouble, where there is one."""
    incident_id = content_id("inc", [kind, about])
    known = {one.incident_id: one for one in read_incidents(lake)}
    found = known.get(incident_id)
    if found is not None and found.status == "open":
        _store(lake, known | {incident_id: replace(found, status="resolved", resolved_at=now)})
        add_events(lake, [event(incident_id, "resolved", now)])


def note_failed_run(lake: Lake, run_id: str, step: str, error: BaseException, now: datetime) -> Incident:
    """Open the incident of runs that fail, or see it again with what the latest says.

    Args:
        lake: the lake.
        run_id: the run that failed.
        step: where it was.
        error: what it raised; its first line is told.
        now: the clock.
    """
    said = _said(first_line(error) or type(error).__name__)
    words = Words(
        f"lần chạy {run_id} dừng ở bước {step}: {said}", f"run {run_id} failed at the step {step}: {said}"
    )
    return raise_trouble(lake, "platform.run", PIPELINE, words, now)


def note_sources(
    lake: Lake, tried: Collection[str], registered: Collection[str], failed: Mapping[str, str], now: datetime
) -> None:
    """Open an incident for each source that a run could not work on; end those of sources that went well or are gone.

    Args:
        lake: the lake.
        tried: keys of the sources of the run.
        registered: keys of all sources there are.
        failed: what went wrong, by key of the source.
        now: the clock.
    """
    for key, error in sorted(failed.items()):
        said = _said(error)
        raise_trouble(lake, "platform.source", key, Words(said, said), now)
    for one in read_incidents(lake):
        key = one.source_key or ""
        over = key not in failed and (key in tried or key not in registered)
        if one.check_id == "platform.source" and one.status == "open" and over:
            settle_trouble(lake, "platform.source", key, now)


def _said(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SAID else f"{line[: _SAID - 2].rstrip()} …"


def _store(lake: Lake, incidents: dict[str, Incident]) -> None:
    rows: list[Record] = [incidents[key] for key in sorted(incidents)]
    write_records(lake.quality / "incidents" / "part.parquet", Incident, rows)


def watch_clock(lake: Lake, now: datetime) -> None:
    """Open the incident of a clock that was set back while something is dated later than now, else close it."""
    last = max((one.happened_at for one in read_events(lake)), default=now)
    if last <= now + CLOCK_SLACK:
        settle_trouble(lake, "platform.clock", CLOCK, now)
        return
    shown = f"{last.astimezone(VIETNAM_TIME):%d/%m/%Y %H:%M} (GMT+7)"
    said = Words(f"có sự kiện ghi {shown}, sau giờ hiện tại", f"something is dated {shown}, later than now")
    raise_trouble(lake, "platform.clock", CLOCK, said, now)
