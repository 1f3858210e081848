"""Trying sources: which may be tried, all of them side by side, and the verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coso.errors import BadInputError, CosoError
from coso.lake import Lake
from coso.settings import Settings
from flows.registry import active_registry

if TYPE_CHECKING:
    from scrapers.sourcecheck import SourceVerdict
    from scrapers.sourcefile import Source

#: Sources tried at once; each is a host of its own with its own pace.
AT_ONCE = 8


@dataclass(frozen=True)
class Tried:
    """A source that was tried: its verdict, or why it could not be tried at all."""

    source_key: str
    verdict: SourceVerdict | None
    error: str | None = None

    @property
    def word(self) -> str:
        """passed, unknown, warning, failed or not tried."""
        return self.verdict.verdict if self.verdict else "not tried"


def sources_to_try(settings: Settings, keys: Sequence[str], *, live: bool) -> list[Source]:
    """Return the named sources, or all that are neither legacy nor dead.

    Args:
        settings: settings of the installation.
        keys: keys of sources; none means all.
        live: whether sources on the real web may be tried; else only those of local test servers.

    Raises:
        BadInputError: a key is unknown, or sources are on the real web and ``live`` is not given.
    """
    registry = active_registry(settings)
    if keys:
        chosen = [registry.get(key) for key in dict.fromkeys(keys)]
        away = [source.key for source in chosen if not source.allow_loopback]
        if away and not live:
            raise BadInputError(f"{', '.join(away)}: on the real web", "add --live to go there")
        return chosen
    active = [source for source in registry.sources if source.status not in {"legacy", "dead"}]
    chosen = [source for source in active if live or source.allow_loopback]
    if not chosen:
        raise BadInputError(
            f"all {len(active)} active sources are on the real web",
            "add --live to go there, or run coso demo",
        )
    return chosen


def check_sources(settings: Settings, sources: Sequence[Source]) -> Iterator[Tried]:
    """Try sources side by side and store each verdict; the caller holds the lake.

    Yields:
        Each source as its check ends. One that cannot be tried says why and stops no other.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        futures = {pool.submit(_check, settings, source): source.key for source in sources}
        for future in as_completed(futures):
            yield future.result()


def _check(settings: Settings, source: Source) -> Tried:
    from scrapers.sourcecheck import check_source

    try:
        return Tried(source.key, check_source(source, Lake(settings.home), settings))
    except CosoError as error:
        return Tried(source.key, None, str(error))
    except Exception as error:  # noqa: BLE001 - a fault of ours at one source stops no other
        return Tried(source.key, None, f"a fault of this program: {type(error).__name__}: {error}")
