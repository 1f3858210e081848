"""Periods that are counted from what a text told before: "sau 6 tháng", "3 năm qua", "từ khi luật có hiệu lực"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from coso.late_patterns import late
from extraction.period_meanings import Moment, months_span

_YEARS = late(r"(\d{4})(?:-\d{2})?\.\.(\d{4})(?:-\d{2})?")
#: Ahead of a count of months that began on a day told before, and of a day that they reach.
_COUNTED_AFTER, _SINCE_THEN = late(r"(?<!\w)sau (?:hơn |gần |tròn )?$"), late(r"(?<!\w)từ (?:đó|khi đó) $")
#: The last day told, up to where the months are.
_BEGAN = late(
    r"(?:từ|ngày) (?:(?:\d{1,2}[/.-])?(?P<month>1[0-2]|0?[1-9])[/.-](?P<year>(?:19|20)\d{2})(?!\d)"
    r"|(?:ngày )?\d{1,2}[/.-](?P<bare>1[0-2]|0?[1-9])(?![\d/.-]*\d))"
    r"(?!.*\d[/.-](?:19|20)\d{2})"
)
_BEGAN_BEHIND = late(
    r"(?: đầu(?: tiên)?)?,? (?:kể |tính )?từ (?:(?:sau )?ngày )?\d{1,2}[/.-](?P<month>1[0-2]|0?[1-9])"
    r"(?:[/.-](?P<year>(?:19|20)\d{2}))?(?! ?(?:đến|tới|-))"
)
#: What began on a day, and the words that tell how far it has gone.
_STARTED = late(
    r"(?:mở cửa|đi vào (?:hoạt động|vận hành)|bắt đầu|thành lập|ra mắt|vận hành|hoạt động|khai trương)[^.;\d]{0,24}"
    r" (?:từ|(?<=lập )ngày|(?<=mắt )ngày|vào ngày) "
    r"(?:sáng |đầu |giữa |cuối )?(?:ngày |tháng )?(?:\d{1,2}[/.-])?(?P<month>1[0-2]|0?[1-9])[/.-]"
    r"(?P<year>(?:19|20)\d{2})"
)
_REACHES = late(r"(?:tính |kể |lũy kế )?(?:đến|tới|hết)(?!\w)")
#: "Bốn tháng đầu chạy mô hình xã mới (từ 7/2025 đến hết 10/2025)"
_SAID_IN_BRACKET = late(
    r"[^.;:()\d]{0,48}\((?:từ )?(?:tháng )?(?P<m1>1[0-2]|0?[1-9])/(?P<y1>(?:19|20)\d{2})(?: đến(?: hết)?| ?-) "
    r"?(?:tháng )?(?P<m2>1[0-2]|0?[1-9])/(?P<y2>(?:19|20)\d{2})\)"
)
#: Characters between the two.
_SAME_STORY = 400
_IN_FORCE = late(
    r"có hiệu lực(?: thi hành| pháp luật)?(?: kể)? từ (?:ngày )?\d{1,2}[/.-](?P<month>1[0-2]|0?[1-9])[/.-]"
    r"(?P<year>(?:19|20)\d{2})"
)
_PARTED = late(r"[\n;]|\. ")
#: Characters between a year and the count of years since it.
_SAME_BREATH = 100


def counted_from_told(
    moment: Moment, told: Sequence[Moment], here: Sequence[Moment], folded: str
) -> Moment | None:
    """Return a mention with the months or years that it counts; None where it means no period without them.

    Args:
        moment: the mention as its own words say it.
        told: the periods of the title and of the text so far.
        here: those of the text so far.
        folded: folded text.
    """
    if moment.form in {"years", "whole_span"}:
        meant = _span_meant(moment, told) or _years_since(moment, here, folded)
        if meant is None:
            return None if moment.form == "whole_span" else moment
        return replace(moment, form="span", notation=meant)
    # "Sau hơn 3 tháng vận hành" counts back from publication.
    if moment.form != "months_over" and (since := _since_told(moment, folded)):
        return since
    if read := _FROM_TEXT.get(moment.form):
        return read(moment, folded)
    if moment.form == "term_so_far":
        return _since_term(moment, told)
    return moment


def _since_term(moment: Moment, told: Sequence[Moment]) -> Moment:
    """Give "từ đầu nhiệm kỳ đến nay" the first year of the term named before; unknown years where none was named."""
    term = _span_meant(moment, told)
    return (
        replace(moment, form="span", notation=f"{term[:4]}..")
        if term
        else replace(moment, form="unknown_years")
    )


def _span_meant(moment: Moment, told: Sequence[Moment]) -> str | None:
    """Return the span named before that "trong cả giai đoạn" or, where it has as many years, "5 năm qua" mean."""
    for span in reversed(told):
        years = _YEARS.fullmatch(span.notation or "")
        if span.form != "span" or years is None:
            continue
        length = int(years[2]) - int(years[1])
        if moment.form in {"whole_span", "term_so_far"} or (
            moment.months and moment.months[0] in {length, length + 1}
        ):
            return span.notation
    return None


def _years_since(years: Moment, told: Sequence[Moment], folded: str) -> str | None:
    """Return the years of "kể từ năm 2014 …, chỉ trong 3 năm": so many from the year named before."""
    since = told[-1] if told else None
    if since is None or since.form != "open" or not since.year or years.form != "years" or not years.months:
        return None
    if years.start - since.end > _SAME_BREATH or _PARTED.search(folded, since.end, years.start):
        return None
    return f"{since.year}..{since.year + years.months[0] - 1}"


def _since_day_before(moment: Moment, folded: str) -> Moment | None:
    """Return the months of "thành lập từ 1/7/2025. Từ đó đến nay, …"; None where no day was told right before."""
    began = _BEGAN.search(folded, max(0, moment.start - _SAME_BREATH), moment.start)
    if began is None:
        return None
    if began["bare"]:
        month = int(began["bare"])
        return replace(moment, form="since_month", months=(month, month))
    return replace(moment, form="span", notation=f"{began['year']}-{int(began['month']):02d}..")


def _since_told(moment: Moment, folded: str) -> Moment | None:
    """Return months with the day told ahead of them, behind them, or as the one something began on."""
    since = (
        _said_in_bracket(moment, folded)
        or _since_day_told(moment, folded)
        or _since_day_behind(moment, folded)
    )
    return since or _since_start(moment, folded)


def _said_in_bracket(moment: Moment, folded: str) -> Moment | None:
    """Return the months that a bracket behind "bốn tháng đầu chạy mô hình xã mới" names."""
    said = _SAID_IN_BRACKET.match(folded, moment.end) if moment.form in {"months", "half"} else None
    if said is None:
        return None
    meant = months_span(int(said["y1"]), int(said["m1"]), int(said["y2"]), int(said["m2"]))
    return replace(moment, form="span", notation=meant) if meant else None


def _since_day_told(moment: Moment, folded: str) -> Moment | None:
    """Return the months of "thành lập từ ngày 1/7/2025. Sau 6 tháng, …", "… Từ đó đến hết tháng 6/2024, …".

    They begin with the month of the day that was told last before them; of a day without its year they have none.
    """
    if moment.months is None:
        return None
    counted = not moment.year and _COUNTED_AFTER.search(folded, max(0, moment.start - 12), moment.start)
    reached = moment.year and _SINCE_THEN.search(folded, max(0, moment.start - 12), moment.start)
    if not (counted or reached) or moment.months[0] != 1:
        return None
    began = _BEGAN.search(folded, max(0, moment.start - _SAME_BREATH), moment.start)
    if began is None:
        return None
    if began["bare"]:
        first = int(began["bare"])
        last = first + moment.months[1] - 1
        return replace(moment, form="since_day", months=(first, last)) if counted and last <= 12 else None
    first = 12 * int(began["year"]) + int(began["month"]) - 1
    last = 12 * moment.year + moment.months[1] - 1 if moment.year else first + moment.months[1] - 1
    if not first <= last:
        return None
    (year_1, month_1), (year_2, month_2) = divmod(first, 12), divmod(last, 12)
    meant = months_span(year_1, month_1 + 1, year_2, month_2 + 1)
    return replace(moment, form="span", notation=meant) if meant else None


def _since_day_behind(moment: Moment, folded: str) -> Moment | None:
    """Return the months of "4 tháng kể từ ngày 1/7/2025"; of a day without its year they have none."""
    if moment.year or moment.months is None or moment.months[0] != 1:
        return None
    began = _BEGAN_BEHIND.match(folded, moment.end)
    if began is None:
        return None
    first, count = int(began["month"]), moment.months[1]
    if not began["year"]:
        last = first + count - 1
        whole = replace(moment, form="since_day", months=(first, last), end=began.end())
        return whole if last <= 12 else None
    year, last = divmod(12 * int(began["year"]) + first + count - 2, 12)
    meant = months_span(int(began["year"]), first, year, last + 1)
    return replace(moment, form="span", notation=meant, end=began.end()) if meant else None


def _since_start(moment: Moment, folded: str) -> Moment | None:
    """Return the months of "mở cửa từ sáng 1/7/2025 … Đến hết ngày 8/10, …": from when it began to when it is told."""
    if (
        moment.year
        or moment.months is None
        or moment.months[0] != 1
        or not _REACHES.match(folded, moment.start)
    ):
        return None
    started = [*_STARTED.finditer(folded, max(0, moment.start - _SAME_STORY), moment.start)]
    if not started:
        return None
    first, year, last = int(started[-1]["month"]), int(started[-1]["year"]), moment.months[1]
    meant = months_span(year, first, year + (last < first), last)
    return replace(moment, form="span", notation=meant) if meant else None


def _since_in_force(moment: Moment, folded: str) -> Moment | None:
    """Return the months since a law told of before: "Luật có hiệu lực từ 1/7/2023 … Từ khi luật có hiệu lực"."""
    told = [*_IN_FORCE.finditer(folded, 0, moment.start)]
    if not told:
        return None
    return replace(moment, form="span", notation=f"{told[-1]['year']}-{int(told[-1]['month']):02d}..")


#: Forms that mean no period but by a day the text told before.
_FROM_TEXT: dict[str, Callable[[Moment, str], Moment | None]] = {
    "since_force": _since_in_force,
    "since_then": _since_day_before,
}
