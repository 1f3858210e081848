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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coso.dictionary import load_metrics
from coso.errors import BadInputError
from coso.places import find_province, provinces, successor
from coso.records import Incident
from coso.yamlfile import read_yaml

_KEYS = ("url", "provinces", "themes", "severity", "when", "hour", "platform")

#: What the environment fills in.
_PLACE = re.compile(r"\$\{(\w+)\}")


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
    if not isinstance(content, dict) or not isinstance(channels, dict) or not channels:
        raise BadInputError(f"{path}: has no channels", "write them under 'channels:', each with its url")
    _only(content, ("channels",), str(path))
    return channels


def _route(path: Path, name: str, entry: Any, env: Mapping[str, str]) -> Route:
    where = f"{path}: channel {name}"
    if not isinstance(entry, dict):
        raise BadInputError(f"{where} is no entry of keys and values", "write 'url:' and an apprise address")
    _only(entry, _KEYS, where)
    if not isinstance(entry.get("url"), str) or not entry["url"].strip():
        raise BadInputError(f"{where} has no url", "write one apprise address")
    named = _listed(entry, "provinces", where)
    return Route(
        name=name,
        url=_filled(entry["url"], where, env),
        provinces=None if named is None else frozenset(_province(one, where) for one in named),
        themes=_themes(_listed(entry, "themes", where), where),
        severity=_one_of(entry.get("severity", "warning"), ("warning", "critical"), f"{where}: severity"),
        digest_hour=_digest_hour(entry, where),
        platform=_flag(entry, "platform", where, default=named is None),
    )


def _only(entry: Mapping[Any, Any], keys: Sequence[str], where: str) -> None:
    if unknown := sorted(str(key) for key in entry if key not in keys):
        raise BadInputError(f"{where} has unknown keys: {', '.join(unknown)}", f"use {', '.join(keys)}")


def _filled(url: str, where: str, env: Mapping[str, str]) -> str:
    """Put what the environment holds into an address; no error shows the address, which may hold a secret."""
    missing = [name for name in _PLACE.findall(url) if not env.get(name)]
    if missing:
        raise BadInputError(f"{where}: {missing[0]} is not set", "set it in the environment")
    if "${" in _PLACE.sub("", url):
        raise BadInputError(f"{where}: its url holds a '${{' that names nothing", "write ${NAME}")
    return _PLACE.sub(lambda match: env[match.group(1)], url)


def _listed(entry: Mapping[str, Any], key: str, where: str) -> list[str] | None:
    """Return a list of words, None where the key is left out; a key with nothing behind it is not "all"."""
    if key not in entry:
        return None
    value = entry[key]
    if not isinstance(value, list) or not value:
        raise BadInputError(f"{where}: {key} is no list", f"write {key}: [...], or leave it out for all")
    odd = [one for one in value if not isinstance(one, str)]
    if odd:
        raise BadInputError(
            f"{where}: {key} holds {odd[0]!r}, which is no name", "write it in quotation marks"
        )
    return value


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
    if "hour" in entry and when != "digest":
        raise BadInputError(f"{where}: an hour is of a digest", "add 'when: digest', or leave the hour out")
    hour = entry.get("hour", 8)
    if isinstance(hour, bool) or not isinstance(hour, int) or not 0 <= hour <= 23:
        raise BadInputError(f"{where}: hour {hour!r} is none", "write a number from 0 to 23")
    return hour if when == "digest" else None


def _flag(entry: Mapping[str, Any], key: str, where: str, *, default: bool) -> bool:
    value = entry.get(key, default)
    if not isinstance(value, bool):
        raise BadInputError(
            f"{where}: {key} {value!r} is neither", "write true or false, without quotation marks"
        )
    return value


def _one_of(value: object, known: tuple[str, ...], where: str) -> str:
    if value not in known:
        raise BadInputError(f"{where} {value!r} is unknown", f"use one of {', '.join(known)}")
    return str(value)
