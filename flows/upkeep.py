"""The Prefect flows beside the pipeline: trying the sources, and walking a source's past.

Import this module only after :func:`flows.prefect_home.settle`.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from prefect import flow, get_run_logger
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact

from coso.lake import Lake
from coso.settings import load_settings
from flows import backfilling, checking

#: A progress artifact is written at most once in so many requests.
_TOLD_EVERY = 25


@flow(name="check sources")
def check_sources(source_keys: list[str] | None = None, live: bool = True) -> dict[str, int]:
    """Try every active source, or those named, and store the verdicts in ``quality/source_checks``.

    Args:
        source_keys: sources to try; all active ones by default.
        live: whether to go to the real web.

    Returns:
        Sources per verdict.

    Raises:
        BusyError: another process writes the lake.
        BadInputError: a source is unknown, or none may be tried.
    """
    settings = load_settings()
    sources = checking.sources_to_try(settings, source_keys or (), live=live)
    with Lake(settings.home).exclusive("check sources"):
        tried = sorted(checking.check_sources(settings, sources), key=lambda one: one.source_key)
    create_table_artifact(key="source-checks", table=[_cells(one) for one in tried])
    return dict(Counter(one.word for one in tried))


@flow(name="backfill")
def backfill(source: str, since: date, until: date, max_pages: int | None = None) -> dict[str, int]:
    """Fetch what a source published from ``since`` to ``until``, as far as its visiting hours allow.

    Args:
        source: key of the source.
        since: first day.
        until: last day.
        max_pages: most articles to ask for now.

    Returns:
        Rows landed and read, answers stored, and pages left for the next time.

    Raises:
        BusyError: another process writes the lake.
        BadInputError: the source is unknown, or the days are in the wrong order.
    """
    settings = load_settings()
    artifact: Any = create_progress_artifact(progress=0.0, key="backfill", description=f"{source}: listings")

    def tell(progress: Any) -> None:
        if progress.planned is None or progress.done % _TOLD_EVERY:
            return
        share = 100 * progress.done / (progress.done + progress.planned)
        update_progress_artifact(artifact_id=artifact, progress=share)

    with Lake(settings.home).exclusive("backfill"):
        result = backfilling.backfill(settings, source, since, until, max_pages=max_pages, on_progress=tell)
    if result.fetched.stopped:
        get_run_logger().warning("%s: %s", source, result.fetched.stopped)
    return {**result.rows, "stored": result.fetched.stored, "left": result.fetched.left}


def _cells(one: checking.Tried) -> dict[str, str]:
    told = {row.aspect: row.verdict for row in one.verdict.rows} if one.verdict else {}
    return {"source": one.source_key, "verdict": one.word, **told, "error": one.error or ""}
