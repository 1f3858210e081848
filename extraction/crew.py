"""Processes that work on batches of documents, and are started again when one of them dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import Generic, NamedTuple, TypeVar

from extraction.failures import failed, reason_of

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Documents handed to a process at once.
_BATCH = 64
#: Batches that wait for each process, so that memory stays the same however many documents there are.
_AHEAD = 3


class Failure(NamedTuple):
    """Why the work on an item failed."""

    reason: str


class Crew(Generic[Item, Result]):
    """Processes that work on batches; as many batches are under way as keep them all busy."""

    def __init__(self, work: Callable[[Item], Result], name: Callable[[Item], str], count: int) -> None:
        self.work, self.name, self.count = work, name, count
        self.pool = self._start(count)
        self.waiting: deque[tuple[list[Item], Future[list[Result | Failure]]]] = deque()

    def run(self, items: Iterator[Item]) -> Iterator[tuple[Item, Result]]:
        """Yield items with their results; a failure comes in its turn, after the results before it."""
        trouble: Exception | None = None
        try:
            while True:
                while trouble is None and len(self.waiting) < self.count * _AHEAD:
                    batch, trouble = _take(items)
                    if batch:
                        self._submit(batch)
                    if len(batch) < _BATCH:
                        break
                if not self.waiting:
                    break
                yield from self._finish(*self.waiting.popleft())
        finally:
            self.pool.shutdown(wait=False, cancel_futures=True)
        if trouble is not None:
            raise trouble

    def _start(self, count: int) -> ProcessPoolExecutor:
        # A new interpreter a process: nothing of this one, such as threads and open files, is copied into it.
        return ProcessPoolExecutor(count, mp_context=get_context("spawn"))

    def _submit(self, batch: list[Item]) -> None:
        try:
            future = self.pool.submit(_work_on, self.work, batch)
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        self.waiting.append((batch, future))

    def _finish(
        self, batch: list[Item], future: Future[list[Result | Failure]]
    ) -> Iterator[tuple[Item, Result]]:
        try:
            results = future.result()
        except BrokenProcessPool:
            yield from self._one_by_one(batch)
            self._start_again()
            return
        for item, result in zip(batch, results, strict=False):
            if isinstance(result, Failure):
                raise failed(self.name(item), result.reason)
            yield item, result

    def _one_by_one(self, batch: list[Item]) -> Iterator[tuple[Item, Result]]:
        """Work on the items of a batch one at a time, after a process died, to tell which of them it died of."""
        with self._start(1) as pool:
            for item in batch:
                try:
                    (result,) = pool.submit(_work_on, self.work, [item]).result()
                except BrokenProcessPool:
                    raise failed(self.name(item), "the process that read it died") from None
                if isinstance(result, Failure):
                    raise failed(self.name(item), result.reason)
                yield item, result

    def _start_again(self) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)
        self.pool = self._start(self.count)
        batches = [batch for batch, _ in self.waiting]
        self.waiting.clear()
        for batch in batches:
            self._submit(batch)


def _take(items: Iterator[Item]) -> tuple[list[Item], Exception | None]:
    """Return the next batch, and what went wrong on the way if anything did."""
    batch: list[Item] = []
    try:
        for item in islice(items, _BATCH):
            batch.append(item)
    except Exception as error:  # noqa: BLE001 - raised again once the results before it are out
        return batch, error
    return batch, None


def _work_on(work: Callable[[Item], Result], batch: list[Item]) -> list[Result | Failure]:
    """Return the results of a batch up to the first failure."""
    results: list[Result | Failure] = []
    for item in batch:
        try:
            results.append(work(item))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told with its document
            results.append(Failure(reason_of(error)))
            break
    return results
