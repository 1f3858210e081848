"""What ``coso extract`` and ``python -m extraction`` do: files in, one JSON fact a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from coso.errors import BadInputError
from extraction.batches import read_many
from extraction.contract import to_json
from extraction.files import HtmlReader, read_inputs


def run(
    paths: Iterable[Path | str],
    published: str | None,
    province: str | None,
    explain: bool,
    out: TextIO,
    html_reader: HtmlReader | None = None,
    processes: int | None = None,
) -> int:
    """Read files and write their facts to ``out``; return how many there were.

    Args:
        paths: .txt, .html and .jsonl files.
        published: publication day of documents that do not say it.
        province: province of the outlet of documents that do not say it.
        explain: write, for every number, what was found around it and which rule took it, instead of JSON.
        out: where to write.
        html_reader: reader of saved pages.
        processes: how many processes read many documents; None for one a core.

    Raises:
        BadInputError: a file cannot be read, or the province is unknown.
        ReadingError: the reading of a document failed; names it.
    """
    _check_province(province)
    count = 0
    inputs = read_inputs(paths, html_reader=html_reader, published=published, province=province)
    for item, reading in read_many(inputs, processes=processes, explain=explain):
        count += len(reading.facts)
        if explain:
            out.write(f"# {item.doc}\n" + "".join(f"{line}\n" for line in reading.trace))
            continue
        for fact in reading.facts:
            out.write(json.dumps(to_json(item.doc, fact), ensure_ascii=False) + "\n")
    return count


def _check_province(province: str | None) -> None:
    if province is None:
        return
    from coso.places import find_province  # noqa: PLC0415 - tables load only when they are asked

    if find_province(province) is None:
        raise BadInputError(
            f"province {province!r} is unknown", "write its name as in dbt_project/seeds/provinces_63.csv"
        )
