"""Numbers, periods and names as readers write them, in Vietnamese and in English."""

from __future__ import annotations

import re

from coso.dictionary import load_metrics
from coso.places import name_key, provinces, successor
from coso.text import strip_marks
from expectations.model import Words

_PART = {
    "H1": Words("6 tháng đầu năm {y}", "the first half of {y}"),
    "H2": Words("6 tháng cuối năm {y}", "the second half of {y}"),
    "9M": Words("9 tháng năm {y}", "the first nine months of {y}"),
}
_PERIOD = re.compile(r"(\d{4})(?:-(H[12]|9M|Q[1-4]|YTD\d{1,2}|\d{2}))?")
_ROMAN = ("I", "II", "III", "IV")


def number(value: float | None) -> Words:
    """Write a number: 1.786,5 in Vietnamese, 1,786.5 in English; an absent one as a dash."""
    if value is None:
        return Words("–", "–")
    english = f"{value:,.2f}".rstrip("0").rstrip(".")
    return Words(english.translate(str.maketrans(",.", ".,")), english)


def quantity(value: float | None, code: str | None) -> Words:
    """Write a value of a metric, in Vietnamese with its unit; percents take the sign."""
    metric = load_metrics().get(code or "")
    figure = number(value)
    if metric is None:
        return figure
    if metric.unit == "percent":
        return Words(f"{figure.vi}%", f"{figure.en}%")
    return Words(f"{figure.vi} {metric.unit_vi}", figure.en)


def period_words(notation: str | None) -> Words:
    """Write a period in words; what is no period of one year stays as it is."""
    match = _PERIOD.fullmatch(notation or "")
    if not match:
        return Words(notation or "–", notation or "–")
    year, part = match.groups()
    if part is None:
        return Words(f"năm {year}", year)
    if part in _PART:
        return Words(_PART[part].vi.format(y=year), _PART[part].en.format(y=year))
    if part[0] == "Q":
        return Words(f"quý {_ROMAN[int(part[1]) - 1]} năm {year}", f"the {part} of {year}")
    if part.startswith("YTD"):
        return Words(f"{int(part[3:])} tháng đầu năm {year}", f"the first {int(part[3:])} months of {year}")
    return Words(f"tháng {int(part)} năm {year}", f"{year}-{part}")


def metric_words(code: str | None) -> Words:
    """Return the names of a metric; an unknown code stays as it is."""
    metric = load_metrics().get(code or "")
    return Words(metric.name_vi, metric.name_en) if metric else Words(code or "–", code or "–")


def province_name(code: str | None, frame: str | None) -> str:
    """Return the name of a province; an unknown code stays as it is."""
    found = provinces().get((code or "", frame or ""))
    return found.name if found else (code or "–")


def is_province(wanted: str, code: str | None, frame: str | None) -> bool:
    """Whether a person's code or name means a province; the name of today means what was merged into it, too.

    >>> is_province("Ninh Bình", "35", "63"), is_province("ha nam", "35", "63"), is_province("37", "35", "63")
    (True, True, False)
    """
    if code is None or (code, frame or "") not in provinces():
        return False
    names = {provinces()[code, frame or ""].name} | ({successor(code).name} if frame == "63" else set())
    plain = {strip_marks(name_key(name)) for name in names}
    return wanted == code or strip_marks(name_key(wanted)) in plain
