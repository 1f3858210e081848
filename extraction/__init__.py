"""The extraction engine: a document's text in, facts with their exact evidence out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from extraction.model import Comparison, Conference, Fact, Reading, Span

if TYPE_CHECKING:
    from extraction.files import Input

__all__ = ["Comparison", "Conference", "Fact", "Reading", "Span", "read_many", "read_text"]

_PASSED_OVER = "passed over: it says too little of our subject, or has no digit near it"


def read_text(
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    source_province: str | None = None,
    explain: bool = False,
) -> Reading:
    """Read one text.

    Args:
        text: the text; spans count its code points exactly as given.
        title: title, used for place, period and subject, never for facts.
        published: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        source_province: province of the outlet, the place of phrases such as "toàn tỉnh".
        explain: whether to keep, for each number, why it was read as it was.

    Raises:
        ValueError: ``published`` is no day, month or year of the calendar.
    """
    from extraction.screen import may_speak_of_democracy  # noqa: PLC0415 - the cheap question comes first

    if not may_speak_of_democracy(text, title):
        return Reading(trace=(_PASSED_OVER,)) if explain else Reading()
    from extraction.whole import read_whole  # noqa: PLC0415 - words and rules load at first use

    return read_whole(text, title, published, source_province, explain)


def read_many(
    inputs: Iterable[Input], *, processes: int | None = None, explain: bool = False
) -> Iterator[tuple[Input, Reading]]:
    """Read documents in several processes; yield each with what was read from it, in their order.

    Args:
        inputs: the documents; taken as they are needed, so that they may be any number.
        processes: how many processes to use; None for one a core, 1 for none but this one.
        explain: whether to keep, for each number, why it was read as it was.

    Raises:
        ReadingError: the reading of a document failed, or ended its process; names the document.
    """
    from extraction import batches  # noqa: PLC0415 - one text needs none of it

    return batches.read_many(inputs, processes=processes, explain=explain)
