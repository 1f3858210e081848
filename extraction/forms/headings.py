"""What a heading says apart from what is counted: the words of ``headings.yml``, compiled for matching."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coso.errors import BadInputError
from coso.late_patterns import late
from coso.text import fold_words
from coso.yamlfile import read_yaml
from extraction import when
from extraction.forms.units import unit_in_brackets
from extraction.lexicon import expand_wordings

_FILE = Path(__file__).with_name("headings.yml")
#: Roles of numbers that are no level of their metric.
NO_LEVELS = frozenset({"change", "target", "of_target", "score"})
#: Roles that say over which months a number runs.
TIMES = ("year_to_date", "same_period", "prior_period", "in_period")
#: Roles of columns without figures of their own.
COLUMNS = frozenset({"ordinal", "unit", "label", "place", "note"})
#: These open a heading; then they say what all of it is about.
_OPENING = ("of_target", "change", "target")
#: These stand anywhere in one; what one has taken is not looked at again.
_ORDER = (*_OPENING, *TIMES)
_ALONE = frozenset({"part", "whole", "empty", "rate", "score", *COLUMNS})
#: Forms of mentions of a period that a heading may be about; they are read by the clock.
_NAMED = frozenset({"half", "nine", "months", "quarter", "month"})
_YEAR_ALONE = late(r"(?:19|20)\d{2}")
_EDGE = " ,;:.-()/\n"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken apart.

    Attributes:
        text: what is left of it for the counted thing, as written.
        roles: what else it says.
    """

    text: str
    roles: frozenset[str]


def with_year(text: str) -> str:
    """Return a heading that is a year alone, as in rows of years, the way years are written out."""
    return f"năm {text.strip()}" if _YEAR_ALONE.fullmatch(text.strip()) else text


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


@lru_cache(maxsize=8192)
def take_apart(text: str) -> Heading:
    """Return the roles of a heading and the words of it that speak of the counted thing."""
    plain, _ = unit_in_brackets(with_year(" ".join(text.split())))
    folded = fold_words(plain)
    whole = folded.strip(_EDGE + "+%") if folded.strip(_EDGE) != "%" else "%"
    for role in sorted(_ALONE):
        if whole in patterns()[role].wordings or folded.strip() in patterns()[role].wordings:
            return Heading("", frozenset({role}))
    roles: set[str] = set()
    for moment in when.find_moments(folded):
        if moment.notation or moment.year or (moment.form in _NAMED and moment.months != (1, 12)):
            plain, folded = (
                _blanked(plain, moment.start, moment.end),
                _blanked(folded, moment.start, moment.end),
            )
    for role in _ORDER:
        words = patterns()[role]
        match = words.opens.match(folded) if role in _OPENING else words.search.search(folded)
        if match:
            roles.add(role)
            plain, folded = _blanked(plain, *match.span()), _blanked(folded, *match.span())
    part = patterns()["part"].opens.match(folded)
    if part:
        roles.add("part")
        plain = plain[part.end() :]
    rest = " ".join(plain.split()).strip(_EDGE)
    return Heading("" if fold_words(rest) in patterns()["empty"].wordings else rest, frozenset(roles))


def column_role(text: str) -> str | None:
    """Return which kind of column without figures a heading names, None when it names another."""
    folded = " ".join(fold_words(text).split()).strip(_EDGE)
    return next((role for role in sorted(COLUMNS) if folded in patterns()[role].wordings), None)


def say_as_articles(label: str) -> str:
    """Return a label with the wordings only forms use put as articles put them."""
    folded = fold_words(label)
    for wording, better in instead().items():
        match = re.search(rf"(?<!\w){re.escape(wording)}(?!\w)", folded)
        if match:
            label = label[: match.start()] + better + label[match.end() :]
            folded = fold_words(label)
    return label


@dataclass(frozen=True)
class _Words:
    """The wordings of one role: as a set, to be found anywhere, and at the beginning of a heading."""

    wordings: frozenset[str]
    search: re.Pattern[str]
    opens: re.Pattern[str]


@lru_cache(maxsize=1)
def patterns() -> dict[str, _Words]:
    """Return the wordings of each role.

    Raises:
        BadInputError: a role is missing or unknown.
    """
    known = {*_ORDER, *_ALONE}
    given = {name: text for name, text in _load().items() if name not in {"instead", "uncounted"}}
    if given.keys() != known:
        raise BadInputError(
            f"{_FILE.name}: roles {sorted(given.keys() ^ known)} are missing or unknown",
            "see the file's head",
        )
    return {role: _words(str(text)) for role, text in given.items()}


@lru_cache(maxsize=1)
def instead() -> dict[str, str]:
    """Return wordings of forms with those of articles."""
    given = _load()["instead"]
    assert isinstance(given, dict)
    return {fold_words(str(key)): str(value) for key, value in given.items()}


@lru_cache(maxsize=1)
def uncounted() -> re.Pattern[str]:
    """Return what finds wordings that the dictionary counts nothing by, though they name what it counts."""
    given = _load()["uncounted"]
    assert isinstance(given, list)
    return late("|".join(f"(?:{one})" for one in given))


def _words(text: str) -> _Words:
    wordings = frozenset(expand_wordings(text))
    ordered = sorted(wordings, key=lambda one: (-len(one), one))
    either = "|".join(re.escape(one) for one in ordered)
    return _Words(
        wordings,
        late(rf"(?<!\w)(?:{either})(?!\w)"),
        late(rf"\s*[-–+•]?\s*(?:{either})(?!\w)[\s:,-]*"),
    )


@lru_cache(maxsize=1)
def _load() -> dict[str, object]:
    return dict(read_yaml(_FILE))
