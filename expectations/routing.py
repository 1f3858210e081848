"""Who hears of what: channels with their audience, read from a routing file.

channels:
  ha-tinh:
    url: ${HA_TINH_MAIL}            # an apprise address; ${NAME} is taken from the environment
    provinces: [Hà Tĩnh]            # by name, as of today; all when left out
    themes: [dialogue, petitions]   # of the metric dictionary; all when left out
    severity: warning               # the least that is told: warning (default) or critical
    when: digest                    # at_once (default), or digest: one message a day about everything
    hour: 8                         # of a digest, in Vietnam
    platform: false                 # whether troubles of the platform itself are told too (default: true
                                    # for a channel of all provinces, else false)
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coso.dictionary import load_metrics
from coso.errors import BadInputError
from coso.places import find_province, provinces, successor
from coso.records import Incident
from coso.yamlfile import read_yaml

_KEYS = {"url", "provinces", "themes", "severity", "when", "hour", "platform"}


@dataclass(frozen=True)
class Route:
    """One channel and its audience.

    Attributes:
        name: name of the channel in the outbox.
        url: apprise address.
        provinces: codes of today's provinces; None for all.
        themes: themes of metrics; None for all.
        severity: the least severity that is told.
        digest_hour: hour of the one message a day, in Vietnam; None to tell at once, province by province.
        platform: whether incidents without a province are told.
    """

    name: str
    url: str
    provinces: frozenset[str] | None = None
    themes: frozenset[str] | None = None
    severity: str = "warning"
    digest_hour: int | None = None
    platform: bool = True

    def wants(self, incident: Incident) -> bool:
        """Whether the channel's audience is to hear of an incident."""
        if incident.severity != "critical" and (
            self.severity == "critical" or incident.severity != "warning"
        ):
            return False
        code = _today(incident)
        if code is None:
            return self.platform
        if self.provinces is not None and code not in self.provinces:
            return False
        metric = load_metrics().get(incident.metric or "")
        return self.themes is None or metric is None or metric.theme in self.themes


def _today(incident: Incident) -> str | None:
    if incident.province_code is None or (incident.province_code, incident.frame or "") not in provinces():
        return incident.province_code
    return successor(incident.province_code).code if incident.frame == "63" else incident.province_code


def read_routing(path: Path, env: Mapping[str, str] | None = None) -> list[Route]:
    """Read a routing file.

    Raises:
        BadInputError: the file is missing or no YAML, or a channel of it cannot be understood.
    """
    routes, problems = read_channels(path, env)
    if problems:
        raise next(iter(problems.values()))
    return routes


def read_channels(
    path: Path, env: Mapping[str, str] | None = None
) -> tuple[list[Route], dict[str, BadInputError]]:
    """Read a routing file; a channel that cannot be understood stops no other.

    Returns:
        The channels, and what is wrong with the others, by name.

    Raises:
        BadInputError: the file is missing, no YAML, or names no channel.
    """
    routes, problems = [], {}
    for name, entry in _entries(path).items():
        try:
            routes.append(_route(path, str(name), entry, os.environ if env is None else env))
        except BadInputError as problem:
            problems[str(name)] = problem
    return routes, problems


def _entries(path: Path) -> dict[Any, Any]:
    content = read_yaml(path)
    channels = content.get("channels") if isinstance(content, dict) else None
    if not isinstance(channels, dict) or not channels:
        raise BadInputError(f"{path}: has no channels", "write them under 'channels:'")
    return channels


def _route(path: Path, name: str, entry: Any, env: Mapping[str, str]) -> Route:
    where = f"{path}: channel {name}"
    if not isinstance(entry, dict) or not isinstance(entry.get("url"), str):
        raise BadInputError(f"{where} has no url", "write an apprise address")
    if unknown := entry.keys() - _KEYS:
        raise BadInputError(
            f"{where} has unknown keys: {', '.join(sorted(unknown))}", f"use {', '.join(sorted(_KEYS))}"
        )
    named = _listed(entry, "provinces", where)
    return Route(
        name=name,
        url=_filled(entry["url"], where, env),
        provinces=None if named is None else frozenset(_province(one, where) for one in named),
        themes=_themes(_listed(entry, "themes", where), where),
        severity=_one_of(entry.get("severity", "warning"), ("warning", "critical"), f"{where}: severity"),
        digest_hour=_digest_hour(entry, where),
        platform=bool(entry.get("platform", named is None)),
    )


def _filled(url: str, where: str, env: Mapping[str, str]) -> str:
    missing = [name for name in re.findall(r"\$\{(\w+)\}", url) if name not in env]
    if missing:
        raise BadInputError(f"{where}: {missing[0]} is not set", "set it in the environment")
    return re.sub(r"\$\{(\w+)\}", lambda match: env[match.group(1)], url)


def _listed(entry: Mapping[str, Any], key: str, where: str) -> list[str] | None:
    value = entry.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or not value:
        raise BadInputError(f"{where}: {key} is no list", f"write {key}: [...], or leave it out for all")
    return [str(one) for one in value]


def _province(name: str, where: str) -> str:
    found = find_province(name)
    if found is None:
        raise BadInputError(f"{where}: province {name!r} is unknown", "write a name as of today")
    return found.code


def _themes(named: list[str] | None, where: str) -> frozenset[str] | None:
    known = {metric.theme for metric in load_metrics().values()}
    for one in named or ():
        _one_of(one, tuple(sorted(known)), f"{where}: theme")
    return None if named is None else frozenset(named)


def _digest_hour(entry: Mapping[str, Any], where: str) -> int | None:
    when = _one_of(entry.get("when", "at_once"), ("at_once", "digest"), f"{where}: when")
    hour = entry.get("hour", 8)
    if not isinstance(hour, int) or not 0 <= hour <= 23:
        raise BadInputError(f"{where}: hour {hour!r} is none", "write a number from 0 to 23")
    return hour if when == "digest" else None


def _one_of(value: object, known: tuple[str, ...], where: str) -> str:
    if value not in known:
        raise BadInputError(f"{where} {value!r} is unknown", f"use one of {', '.join(known)}")
    return str(value)
