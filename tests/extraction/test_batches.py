"""Many documents, several processes: order, bounded memory, and failures that name their document."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice

import pytest

from coso.errors import BadInputError
from extraction import read_many, read_text
from extraction.batches import in_order
from extraction.failures import ReadingError
from extraction.files import Input

MANY = 700


def _double(number: int) -> int:
    return 2 * number


def _fail_at_500(number: int) -> int:
    if number == 500:
        raise ValueError("no such number")
    return number


def _die_at_500(number: int) -> int:
    if number == 500:
        os._exit(9)
    return number


def _name(number: int) -> str:
    return f"document {number}"


def test_results_come_in_the_order_of_the_documents() -> None:
    found = list(in_order(_double, range(MANY), name=_name, processes=2))
    assert found == [(number, 2 * number) for number in range(MANY)]


def test_documents_are_taken_only_as_they_are_needed() -> None:
    taken = 0

    def numbers() -> Iterator[int]:
        nonlocal taken
        for number in range(1, 100_001):
            taken = number
            yield number

    results = in_order(_double, numbers(), name=_name, processes=2)
    assert next(results) == (1, 2)
    assert taken < 1000
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_failure_names_its_document_after_the_results_before_it(processes: int) -> None:
    results = in_order(_fail_at_500, range(MANY), name=_name, processes=processes)
    got = [number for number, _ in islice(results, 500)]
    assert got == list(range(500))
    with pytest.raises(ReadingError, match=r"document 500: reading failed \(ValueError: no such number\)"):
        next(results)


def test_the_death_of_a_process_names_the_document_it_died_of() -> None:
    with pytest.raises(ReadingError, match=r"document 500: .*died"):
        list(in_order(_die_at_500, range(MANY), name=_name, processes=2))


def test_bad_input_is_told_after_the_results_before_it() -> None:
    def numbers() -> Iterator[int]:
        yield from range(600)
        raise BadInputError("list.jsonl:601: is not JSON", "mend the line")

    results = in_order(_double, numbers(), name=_name, processes=2)
    assert [number for number, _ in islice(results, 600)] == list(range(600))
    with pytest.raises(BadInputError, match="601"):
        next(results)


def test_several_processes_read_what_one_reads() -> None:
    text = "Năm 2024, toàn tỉnh tiếp {} lượt công dân, giải quyết 41/50 đơn khiếu nại, đạt 82%."
    inputs = [Input(f"{n}.txt", text.format(n), None, None, "Nghệ An") for n in range(300)]
    read = list(read_many(inputs, processes=2))
    assert [item for item, _ in read] == inputs
    assert all(reading == read_text(item.text, source_province="Nghệ An") for item, reading in read)
