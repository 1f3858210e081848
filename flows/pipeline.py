"""The Prefect flows: collect, extract, validate, transform, publish, and the pipeline that joins them.

A task is a source or a batch, never a page: what Prefect stores about a task costs more than fetching a page.
Import this module only after :func:`flows.prefect_home.settle`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_link_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.task_runners import ThreadPoolTaskRunner

from coso.collector import loaded_set_aside
from coso.errors import CosoError, first_line
from coso.room import NoRoomError, full_disk
from coso.settings import load_settings
from expectations.alerts import DeliveryResult
from expectations.gates import GateResult
from expectations.incidents import IncidentUpdate
from flows import steps
from flows.announcing import announce
from flows.dbt import Dbt, DbtResult
from flows.progress import reporter
from flows.run import Run, new_run, record_run
from flows.timing import Stopwatch
from publishing import PublishResult
from scrapers.sourcefile import Source

#: Sources fetched at once. Each is one host with its own pace, so this bounds memory, not politeness.
_FETCHERS: Any = ThreadPoolTaskRunner(max_workers=8)
#: Sources landed or read at once: each holds its rows until the last archive file is read.
_READERS: Any = ThreadPoolTaskRunner(max_workers=2)


class BlockedError(CosoError):
    """The checks let nothing be published."""


@dataclass(frozen=True)
class Summary:
    """What one run did.

    Attributes:
        run_id: the run.
        release: name of the newest release.
        changed: whether it is new.
        outcomes: attempts by class of outcome, and rows landed.
        rows: rows read, by table.
        incidents: incidents opened, reopened and resolved.
        failed_sources: what went wrong, by key of the source.
        seconds: wall time by part.
        left_alone: sources whose host asked for no request before a moment to come, by key, in words.
    """

    run_id: str
    release: str
    changed: bool
    outcomes: dict[str, int]
    rows: dict[str, int]
    incidents: dict[str, int]
    failed_sources: dict[str, str]
    seconds: dict[str, float]
    left_alone: dict[str, str]


@task(
    name="fetch source",
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_jitter_factor=0.5,
    cache_policy=NO_CACHE,
)
def fetch_source(run: Run, source: Source) -> Counter[str]:
    """Fetch what is new at one source."""
    return steps.collect_source(run, source)


@task(name="land source", cache_policy=NO_CACHE)
def land_source(run: Run, source: Source) -> Counter[str]:
    """Parse one source's archive into documents and submissions."""
    return steps.land_source(run, source)


@task(name="read source", cache_policy=NO_CACHE)
def read_source(run: Run, source_key: str) -> Counter[str]:
    """Read the facts of one source's documents."""
    return steps.read_source(run, source_key)


@task(name="group reports", cache_policy=NO_CACHE)
def group_reports(run: Run) -> Counter[str]:
    """Find out which documents carry the same report."""
    return steps.group_reports(run)


@task(name="check landed rows", cache_policy=NO_CACHE)
def check_landed(run: Run) -> GateResult:
    """Judge the landed rows."""
    return steps.check_landed(run)


@task(name="check marts", cache_policy=NO_CACHE)
def check_marts(run: Run) -> GateResult:
    """Judge the marts."""
    return steps.check_marts(run)


@task(name="build tables", cache_policy=NO_CACHE)
def build_tables(run: Run, dbt: Dbt) -> DbtResult:
    """Build every table but those that tell of the checks."""
    return steps.build_tables(run, dbt)


@task(name="build quality tables", cache_policy=NO_CACHE)
def build_quality_tables(run: Run, dbt: Dbt) -> DbtResult:
    """Build the tables that tell of the checks."""
    return steps.build_quality_tables(run, dbt)


@task(name="publish release", cache_policy=NO_CACHE)
def publish_release(run: Run) -> PublishResult:
    """Publish the build without the provinces that are held."""
    return steps.publish(run)


@flow(name="collect", task_runner=_FETCHERS, validate_parameters=False)
def collect(run: Run, sources: list[Source]) -> tuple[Counter[str], dict[str, str]]:
    """Fetch every source; one source's failure stops no other.

    Returns:
        Counts of outcomes, and the error of each source that failed.
    """
    reporter().stage("collect", len(sources))
    return _gather(run, {source.key: fetch_source.submit(run, source) for source in sources})


@flow(name="land", task_runner=_READERS, validate_parameters=False)
def land(run: Run, sources: list[Source]) -> tuple[Counter[str], dict[str, str]]:
    """Land what came of every source; one source's failure stops no other.

    Returns:
        Counts of landed rows, and the error of each source that failed.
    """
    reporter().stage("land", len(sources))
    landed = _gather(run, {source.key: land_source.submit(run, source) for source in sources})
    steps.land_registry(run)
    steps.note_drift(run)
    return landed


@flow(name="extract", task_runner=_READERS, validate_parameters=False)
def extract(run: Run, sources: list[Source]) -> Counter[str]:
    """Read the facts of every document that is new or that newer code reads differently."""
    reporter().stage("extract", len(sources))
    counts, failed = _gather(run, {source.key: read_source.submit(run, source.key) for source in sources})
    if failed:
        raise CosoError(
            f"facts of {', '.join(failed)} could not be read ({next(iter(failed.values()))})", "see the log"
        )
    return counts + group_reports(run)


@flow(name="validate", validate_parameters=False)
def validate(run: Run, gate: str) -> GateResult:
    """Ask one gate, ``landed`` or ``marts``."""
    reporter().stage(f"validate {gate}", 1)
    verdict = check_landed(run) if gate == "landed" else check_marts(run)
    reporter().advance(gate)
    return verdict


@flow(name="transform", validate_parameters=False)
def transform(run: Run, dbt: Dbt, part: str) -> DbtResult:
    """Build the tables: ``tables`` before the marts gate, ``quality`` after it."""
    reporter().stage(f"transform {part}", 1)
    result = build_tables(run, dbt) if part == "tables" else build_quality_tables(run, dbt)
    reporter().advance(f"{result.succeeded} nodes")
    return result


@task(name="update incidents", cache_policy=NO_CACHE)
def update_incidents(run: Run, gates: list[GateResult]) -> IncidentUpdate:
    """Open, keep and resolve incidents by what the gates saw."""
    return steps.update_incidents(run, gates)


@task(name="send alerts", cache_policy=NO_CACHE)
def send_alerts(run: Run) -> DeliveryResult:
    """Tell the configured channel; what it refuses waits for the next run."""
    return steps.alert(run)


@flow(name="publish", validate_parameters=False)
def publish(run: Run) -> PublishResult:
    """Publish what may be published."""
    reporter().stage("publish", 1)
    result = publish_release(run)
    create_link_artifact(key="release", link=result.release.path.as_uri(), description=result.release.name)
    rows = [{"table": name, "rows": count} for name, count in result.release.tables.items()]
    create_table_artifact(key="release-tables", table=rows, description=f"Release {result.release.name}")
    reporter().advance(result.release.name)
    return result


@flow(name="pipeline", validate_parameters=False)
def pipeline(
    source_keys: list[str] | None = None, run: Run | None = None, *, scheduled: bool = False
) -> Summary:
    """Run everything once, as the only writer of the lake.

    Args:
        source_keys: sources to fetch; all active ones by default.
        run: the run to be; a new one from the settings by default, as when started by the schedule.
        scheduled: fetch each source only when its own schedule has come.

    Raises:
        BusyError: another process writes the lake.
        NoRoomError: the disk is full; what was archived, landed and published stays.
        CosoError: a step failed; what was published before stays.
    """
    run = run or new_run(load_settings(), source_keys or (), scheduled=scheduled)
    started, watch = datetime.now(UTC), Stopwatch()
    with run.lake.exclusive("run"):
        try:
            with Dbt(run) as dbt, loaded_set_aside():
                summary = _run_all(run, dbt, watch)
        except KeyboardInterrupt:
            record_run(run, "pipeline", started, "interrupted", None, {})
            raise
        except Exception as error:  # whatever it is, it is recorded, told and raised again
            full = full_disk(run.home, error)
            _record_failure(run, started)
            if not isinstance(error, BlockedError):  # of what blocks it the checks have told
                _tell_of_end(run, partial(steps.tell_failure, run, watch.latest, full or error))
            if full:
                raise full from None
            raise
        record_run(run, "pipeline", started, "completed", summary.release, asdict(summary))
        _tell_of_end(run, partial(steps.tell_success, run))
    return summary


def _record_failure(run: Run, started: datetime) -> None:
    """Record that a run failed; where even that cannot be written the run's own error is the one to show."""
    try:
        record_run(run, "pipeline", started, "failed", None, {})
    except NoRoomError as problem:
        get_run_logger().error(f"that the run failed could not be recorded ({problem})")


def _tell_of_end(run: Run, tell: Callable[[], DeliveryResult | None]) -> None:
    """Tell how a run ended; what goes wrong with the telling is logged and hides neither end nor error."""
    began = datetime.now(UTC)
    try:
        delivery = tell()
        if delivery is not None:
            announce(run.lake, began)
            _log(delivery)
    except Exception as problem:  # noqa: BLE001 - the run's own error is the one to show
        get_run_logger().error(f"how the run ended could not be told ({first_line(problem)})")


def _run_all(run: Run, dbt: Dbt, watch: Stopwatch) -> Summary:
    with watch.part("read settings"):
        steps.read_settings(run)
    with watch.part("prepare"):
        steps.check_settings()
        steps.prepare(run)
        sources = run.sources()
    with watch.part("collect"):
        outcomes, failed = collect(run, sources)
    with watch.part("land"):
        to_land = list({source.key: source for source in (*sources, *steps.cut_short(run))}.values())
        landed_rows, unread = land(run, to_land)
    with watch.part("extract"):
        rows = extract(run, to_land)
        steps.require_whole(run, {source.key for source in to_land} - unread.keys())
    with watch.part("start Great Expectations"):
        steps.load_checks()
    with watch.part("validate"):
        landed = validate(run, "landed")
    with watch.part("transform"):
        built = transform(run, dbt, "tables")
    steps.note_sources(run, [source.key for source in to_land], failed | unread)
    with watch.part("validate"):
        marts = validate(run, "marts")
        told = _tell(run, [landed, marts])
    with watch.part("transform"):
        told_of = transform(run, dbt, "quality")
    for result in (built, told_of):
        watch.add("start dbt", result.start_seconds)
        watch.add("transform", -result.start_seconds)
    if landed.blocked or marts.blocked:
        raise BlockedError(
            "nothing was published: a critical trouble concerns no single province", "see `coso status`"
        )
    with watch.part("publish"):
        published = publish(run)
    return Summary(
        run_id=run.run_id,
        release=published.release.name,
        changed=published.changed,
        outcomes=dict(outcomes + landed_rows),
        rows=dict(rows),
        incidents={
            "opened": len(told.opened),
            "reopened": len(told.reopened),
            "resolved": len(told.resolved),
        },
        failed_sources=failed | unread,
        seconds=watch.seconds,
        left_alone=steps.left_alone(run, sources),
    )


def _tell(run: Run, gates: list[GateResult]) -> IncidentUpdate:
    """Update the incidents and send the alerts; a channel that fails stops nothing, its messages wait."""
    began = datetime.now(UTC)
    update = update_incidents(run, gates)
    delivery = send_alerts(run)
    _log(delivery)
    announce(run.lake, began)
    return update


def _log(delivery: DeliveryResult) -> None:
    if delivery.error:
        get_run_logger().error(delivery.error)


def _gather(run: Run, futures: dict[str, PrefectFuture[Counter[str]]]) -> tuple[Counter[str], dict[str, str]]:
    """Wait for the sources and sort out what went wrong, source by source; a full disk is no fault of one source.

    Raises:
        NoRoomError: the disk is full.
    """
    counts: Counter[str] = Counter()
    failed: dict[str, str] = {}
    full: NoRoomError | None = None
    for key, future in futures.items():
        result: Any = future.result(raise_on_failure=False)
        if isinstance(result, BaseException):
            full = full or full_disk(run.home, result)
            failed[key] = " ".join(str(result).split()) or type(result).__name__
        else:
            counts.update(result)
        reporter().advance(key)
    if full:
        raise full
    return counts, failed
