"""The steps of a run as plain functions: each calls one room; those that gather rows return their counts.

Prefect wraps them in :mod:`flows.pipeline`; ``coso replay`` and the tests call them bare.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coso.errors import BadInputError
from coso.lake import ensure_tables, read_table, reject_misfits, standing_rejections
from coso.records import Hold, from_table
from flows.run import Run

if TYPE_CHECKING:
    from expectations.alerts import DeliveryResult
    from expectations.gates import GateResult
    from expectations.incidents import IncidentUpdate
    from flows.dbt import Dbt, DbtResult
    from publishing import PublishResult
    from scrapers.sourcefile import Source


def prepare(run: Run) -> None:
    """Put files aside that fit no table, make the tables readable, and finish what a killed run began."""
    from scrapers.archive import recover
    from scrapers.erasure import finish_erasures
    from scrapers.keyring import Keyring

    reject_misfits(run.lake)
    ensure_tables(run.lake)
    Keyring.of(run.lake).erase_destroyed()
    recover(run.lake)
    finish_erasures(run.lake)


def check_settings() -> None:
    """Read the files that settings name and a gate will need, so that a wrong one is told before anything is fetched.

    Raises:
        BadInputError: the file that COSO_BOUNDS names cannot be read.
    """
    from coso.settings import load_settings
    from expectations.bounds import read_bounds

    if (bounds := load_settings().bounds) is not None:
        read_bounds(bounds)


def cut_short(run: Run) -> list[Source]:
    """Return the sources of which a killed run or erasure left landed rows missing or half made, or a file is damaged.

    They have to be landed and read again, whether or not this run fetches them.
    """
    from extraction.partitions import unread_sources
    from scrapers.partitions import unlanded_sources

    damaged = {row.source_key for row in standing_rejections(run.lake)}
    keys = unlanded_sources(run.lake) | unread_sources(run.lake) | damaged
    return [source for source in run.registry().sources if source.key in keys]


def require_whole(run: Run, made_anew: Collection[str]) -> None:
    """Stop a run that would publish without the rows of a landed file that was damaged.

    Args:
        run: the run.
        made_anew: keys of the sources that were landed and read in this run without a failure: their tables are whole.

    Raises:
        BadInputError: a file that was set aside is not landed again, and nothing else stands for its rows.
    """
    lost = [
        row for row in standing_rejections(run.lake) if row.source_key and row.source_key not in made_anew
    ]
    if not lost:
        return
    first, more = lost[0], f" and {len(lost) - 1} more" if len(lost) > 1 else ""
    kept = run.lake.home / first.kept_as
    raise BadInputError(
        f"{run.lake.home / first.file}{more} was set aside ({first.reason}) and could not be made anew: nothing is "
        f"published without its rows",
        f"mend what keeps source {first.source_key} from being landed (see the log, the registry and its archive), or "
        f"restore the file from a copy; to give its rows up move {kept} out of the lake",
    )


def collect_source(run: Run, source: Source) -> Counter[str]:
    """Fetch what is new at one source; return counts of outcomes.

    A run of the schedule leaves a source alone whose own schedule has not come, and counts ``not_due``.
    """
    from coso.settings import load_settings
    from flows.due import is_due
    from scrapers.collect import collect_source as collect

    if run.scheduled and not is_due(run.lake, source, datetime.now(UTC)):
        return Counter(not_due=1)
    result = collect(source, run.lake, run.run_id, load_settings())
    return Counter({str(outcome): count for outcome, count in result.counts.items()})


def left_alone(run: Run, sources: Iterable[Source]) -> dict[str, str]:
    """Return the sources whose host asked to be left alone until later, by key, with what it asked for."""
    from scrapers.pauses import Pauses
    from scrapers.urls import host_of

    pauses = Pauses(run.lake)
    standing = {source.key: pauses.standing(host_of(source.home_url)) for source in sources}
    return {key: str(pause) for key, pause in standing.items() if pause}


def land_source(run: Run, source: Source, *, rebuild: bool = False) -> Counter[str]:
    """Bring a source's landed documents and submissions up to its archive; return counts.

    Args:
        run: the run.
        source: the source.
        rebuild: read every page again, instead of those of new archive files.
    """
    from scrapers.land import land_source as land

    result = land(source, run.lake, rebuild=rebuild)
    return Counter(documents=result.documents, submissions=result.submissions, parse_issues=result.issues)


def land_registry(run: Run) -> None:
    """Land the sources as they stand in the registry."""
    from scrapers.land import land_registry as land

    land(run.registry(), run.lake)


def note_drift(run: Run) -> int:
    """Note which selectors, fields and listings work far worse than they used to; return how many."""
    from scrapers.drift import note_drift as note

    return len(note(run.lake))


def read_source(run: Run, source_key: str) -> Counter[str]:
    """Read the facts of a source's new documents; return counts of rows."""
    from extraction.partitions import read_source as read

    return Counter(read(run.lake, source_key))


def group_reports(run: Run) -> Counter[str]:
    """Find out which documents carry the same report; return counts."""
    from extraction.reports import group_reports as group

    result = group(run.lake)
    return Counter(compared=result.compared, reports_carried_again=result.reports)


def load_checks() -> None:
    """Import Great Expectations, which takes seconds, apart from the checks themselves."""
    importlib.import_module("great_expectations")


def check_landed(run: Run) -> GateResult:
    """Judge the landed rows; those that fail are quarantined."""
    from expectations.gates import check_landed as check

    return check(run.lake, run.run_id, run.today)


def check_marts(run: Run) -> GateResult:
    """Judge the marts; a critical failure holds its province."""
    from coso.settings import load_settings
    from expectations.bounds import REVIEWED
    from expectations.gates import check_marts as check

    bounds = load_settings().bounds or REVIEWED
    return check(run.lake, run.warehouse, run.run_id, run.today, bounds=bounds)


def read_settings(run: Run) -> None:
    """Read what people wrote by hand and a later step needs, so that a slip of the pen costs seconds and no fetching.

    Raises:
        BadInputError: the registry or the reviewed bounds cannot be read, or name a source that there is not.
    """
    from coso.settings import load_settings
    from expectations.bounds import REVIEWED, read_bounds

    registry = run.registry()
    given = load_settings().bounds
    read_bounds(given or REVIEWED, sources={one.key for one in registry.sources} if given else None)
    run.sources()


def tell_failure(run: Run, step: str, error: Exception) -> DeliveryResult:
    """Note that the run failed as an incident of the platform, and send it with all that waits to the channels.

    Args:
        run: the run.
        step: where it was.
        error: what it raised.
    """
    from expectations.platform import note_failed_run

    note_failed_run(run.lake, run.run_id, step, error, datetime.now(UTC))
    return alert(run)


def tell_success(run: Run) -> DeliveryResult | None:
    """End the incident of runs that failed and tell the channels; None where there was none."""
    from expectations.incidents import read_incidents
    from expectations.platform import PIPELINE, settle_trouble

    failing = any(one.check_id == "platform.run" and one.status == "open" for one in read_incidents(run.lake))
    if not failing:
        return None
    settle_trouble(run.lake, "platform.run", PIPELINE, datetime.now(UTC))
    return alert(run)


def note_sources(run: Run, tried: Collection[str], failed: Mapping[str, str]) -> None:
    """Note which sources the run could not work on; the alerts that follow tell of them.

    Args:
        run: the run.
        tried: keys of the sources that were fetched or landed.
        failed: what went wrong, by key of the source.
    """
    from expectations.platform import note_sources as note

    registered = {source.key for source in run.registry().sources}
    note(run.lake, tried, registered, failed, datetime.now(UTC))


def update_incidents(run: Run, gates: list[GateResult]) -> IncidentUpdate:
    """Open, keep and resolve incidents by what the gates of this run saw."""
    from expectations.incidents import update_incidents as update

    return update(run.lake, gates, datetime.now(UTC))


def alert(run: Run) -> DeliveryResult:
    """Tell the configured channels what opened, came back or was resolved; return the sum of what was done."""
    from coso.settings import load_settings
    from expectations.alerts import DeliveryResult, deliver_all

    settings = load_settings()
    done = deliver_all(run.lake, settings.alert_url, settings.alert_routes, datetime.now(UTC)).values()
    errors = [one.error for one in done if one.error]
    return DeliveryResult(
        sum(one.sent for one in done), sum(one.pending for one in done), " | ".join(errors) or None
    )


def build_tables(run: Run, dbt: Dbt) -> DbtResult:
    """Build every table but those that tell of the checks, with what reviewers decided by now."""
    from expectations.review.rulings import write_corrections
    from flows.dbt import build_tables as build

    write_corrections(run.lake)
    return build(run, dbt)


def build_quality_tables(run: Run, dbt: Dbt) -> DbtResult:
    """Build the tables that tell of the checks."""
    from flows.dbt import build_quality_tables as build

    return build(run, dbt)


def publish(run: Run) -> PublishResult:
    """Publish the build, without the provinces that are held."""
    from publishing import publish as make
    from publishing.history import prune

    holds = from_table(Hold, read_table(run.lake.quality / "holds", Hold))
    result = make(run.lake, run.warehouse, holds, run_id=run.run_id)
    prune(run.lake, datetime.now(UTC))
    return result
