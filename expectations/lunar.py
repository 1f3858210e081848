"""The first day of the Vietnamese lunar year, computed for any year from the sun and the moon.

Months begin on the day of the new moon in Vietnam's time (UTC+7). The eleventh month holds the winter solstice; where
thirteen months begin between two of them, the first without a major solar term is the leap month. Positions follow
J. Meeus, Astronomical Algorithms (2nd ed.), chapters 25 (sun, to 0.01 degrees) and 49 (phases of the moon, to minutes),
and ΔT the polynomial of Espenak and Meeus for 2005 to 2050.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from functools import cache

#: Vietnam's time in days.
_ZONE = 7 / 24

#: Julian day of 2000-01-01 12:00.
_J2000 = 2451545.0

#: Terms of the time of a new moon in days: factor, power of the earth's eccentricity, multiples of the sun's
#: anomaly, the moon's anomaly and the moon's argument of latitude.
_NEW_MOON = (
    (-0.40720, 0, 0, 1, 0), (0.17241, 1, 1, 0, 0), (0.01608, 0, 0, 2, 0), (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0), (-0.00514, 1, 1, 1, 0), (0.00208, 2, 2, 0, 0), (-0.00111, 0, 0, 1, -2),
    (-0.00057, 0, 0, 1, 2), (0.00056, 1, 1, 2, 0), (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2),
    (0.00038, 1, 1, 0, -2), (-0.00024, 1, -1, 2, 0),
)  # fmt: skip


@cache
def tet(year: int) -> date:
    """Return the first day of the lunar year that begins in a solar year."""
    first, last = _eleventh_month(year - 1), _eleventh_month(year)
    months = list(range(first, last))
    leap = next((k for k in months[1:] if not _has_major_term(k)), None) if len(months) == 13 else None
    regular = [k for k in months if k != leap]
    return _new_moon_day(regular[2])


def _eleventh_month(year: int) -> int:
    """Return the number of the lunation whose month holds the winter solstice of a year."""
    solstice = next(day for day in _days(date(year, 12, 20), 5) if _sector(day + timedelta(days=1)) == 9)
    k = round((year + 1 - 2000) * 12.3685) + 1
    while _new_moon_day(k) > solstice:
        k -= 1
    return k


def _days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


def _has_major_term(k: int) -> bool:
    """Whether the sun passes a multiple of 30 degrees within a month."""
    return _sector(_new_moon_day(k)) != _sector(_new_moon_day(k + 1))


def _sector(day: date) -> int:
    """Return which twelfth of its way the sun is in as a day begins in Vietnam; 9 begins with the winter solstice."""
    julian = day.toordinal() + 1721424.5 - _ZONE
    return int(_sun_longitude(julian + _delta_t(day.year)) // 30)


def _sun_longitude(julian: float) -> float:
    """Return the sun's apparent longitude in degrees."""
    t = (julian - _J2000) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = math.radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t) * math.sin(anomaly)
        + (0.019993 - 0.000101 * t) * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    node = math.radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(node)) % 360


@cache
def _new_moon_day(k: int) -> date:
    """Return the day in Vietnam on which the new moon of a lunation falls; the first of 2000 has number 0."""
    t = k / 1236.85
    eccentricity = 1 - 0.002516 * t - 0.0000074 * t * t
    sun = 2.5534 + 29.10535670 * k - 0.0000014 * t * t
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
    latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
    time = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    time += sum(
        factor * eccentricity**power * math.sin(math.radians(a * sun + b * moon + c * latitude))
        for factor, power, a, b, c in _NEW_MOON
    )
    local = time - _delta_t(2000 + int(k / 12.3685)) + _ZONE
    return (datetime(2000, 1, 1, 12) + timedelta(days=local - _J2000)).date()  # noqa: DTZ001 - already local


def _delta_t(year: int) -> float:
    """Return how much terrestrial time is ahead of universal time, in days."""
    t = year - 2000
    return (62.92 + 0.32217 * t + 0.005589 * t * t) / 86400
