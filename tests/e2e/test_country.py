"""A whole country by the real way: 63 provinces, three years, 40 metrics, and the 34 provinces since July 2025.

What its papers tell (``country_prose``) is fetched over HTTP, archived, read, checked, built and published, and every
row of the release is held against what was planted.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pytest
from country_figures import YEARS, Country, Key, codes, plant, rules
from country_prose import Story, own_source, stories
from country_web import AS_OF, misprint, reprint, serve_country, write_country_sources
from sample_platform import Platform, platform_of

from coso.places import members
from coso.settings import DBT_PROJECT, load_settings
from flows import steps
from flows.run import new_run
from publishing import current_release, verify

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("country")]

#: The article that first appears with a wrong number and is mended by its paper before the run.
MISPRINTED = Key("63", "35", "dialogue_sessions", "2024")
#: A figure that every source gets wrong by so much, and nobody mends; a reviewed correction does.
WRONG_EVERYWHERE, BY = Key("63", "36", "training_participants", "2023"), 9
SECONDS = 900


@dataclass(frozen=True)
class Told:
    """All that the country's papers tell, and the figures as they tell them."""

    country: Country
    stories: tuple[Story, ...]

    @cached_property
    def values(self) -> dict[Key, tuple[float, int]]:
        """Each figure told, and the number of sources that tell it."""
        sources: dict[Key, set[str]] = defaultdict(set)
        for story in self.stories:
            for telling in story.tellings:
                sources[telling.key].add(telling.source_key)
        return {key: (self.country.values[key], len(told_by)) for key, told_by in sources.items()}


@dataclass(frozen=True)
class CountryRun:
    """The platform after its run, what the run said, and what had been told."""

    platform: Platform
    done: subprocess.CompletedProcess[str]
    told: Told

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the current release."""
        return list(self.platform.rows(sql))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> CountryRun:
    planted = plant(codes("63")).values
    country = Country({**planted, WRONG_EVERYWHERE: planted[WRONG_EVERYWHERE] + BY})
    told = Told(country, tuple(stories(country)))
    home = tmp_path_factory.mktemp("country") / "lake"
    with serve_country(told.stories) as web:
        here = platform_of(home, write_country_sources(home / "sources", web.ports), AS_OF)
        source_key = own_source(MISPRINTED.frame, MISPRINTED.code)
        reprint(web, source_key, _with_the_misprint(told))
        _collect_alone(here, source_key)
        reprint(web, source_key, told.stories)
        done = here.coso("run", timeout=SECONDS)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return CountryRun(here, done, told)


def _with_the_misprint(told: Told) -> list[Story]:
    right = told.country.values[MISPRINTED]
    own = own_source(MISPRINTED.frame, MISPRINTED.code)
    return [
        misprint(story, MISPRINTED, right, right + 9)
        if story.source_key == own and any(t.key == MISPRINTED for t in story.tellings)
        else story
        for story in told.stories
    ]


def _collect_alone(here: Platform, source_key: str) -> None:
    settings = load_settings({k: v for k, v in here.env.items() if k.startswith("COSO_")})
    run = new_run(replace(settings), [source_key])
    steps.prepare(run)
    (source,) = run.sources()
    assert steps.collect_source(run, source)["stored"] > 1


def test_every_planted_value_comes_out_and_none_other(run: CountryRun) -> None:
    published = {
        Key(frame, code, metric, period): (value, sources, agreement)
        for frame, code, metric, period, value, sources, agreement in run.rows(
            "select frame, province_code, metric, period, value, n_sources, agreement from fct_metric_value"
        )
    }
    planted = {
        key: (value, sources, "agree" if sources > 1 else "single")
        for key, (value, sources) in run.told.values.items()
    }
    assert _differences(published, planted) == []
    years = [key for key in planted if key.frame == "63" and key.period in {str(y) for y in YEARS}]
    assert len(years) == 3 * 63 * 40


def test_every_reading_of_a_province_is_a_telling_and_every_telling_is_read(run: CountryRun) -> None:
    read = {
        (source_key, Key(frame, code, metric, period), value)
        for source_key, frame, code, metric, period, value in run.rows(
            "select source_key, frame, province_code, metric, period, value_standard"
            " from fct_metric_observation where is_reconcilable"
        )
    }
    told = {(t.source_key, t.key, t.value) for story in run.told.stories for t in story.tellings}
    assert sorted(read - told) == []
    assert sorted(told - read) == []


def test_figures_of_districts_and_parts_are_read_and_stand_for_no_province(run: CountryRun) -> None:
    reasons: Counter[Any] = Counter(
        dict(
            run.rows(
                "select not_reconcilable_because, count(*) from fct_metric_observation"
                " where not is_reconcilable and metric != 'other' group by all"
            )
        )
    )
    assert reasons["not_province_level"] > 500
    assert reasons["subset"] + reasons["tier"] > 500


def test_numbers_that_are_nobodys_figure_are_not_read(run: CountryRun) -> None:
    noise = {sentence for story in run.told.stories for sentence in story.noise}
    read = run.rows(
        "select distinct metric, sentence from fct_metric_observation"
        " where metric != 'other' and level is distinct from 'national'"
    )
    assert [row for row in read if row[1] in noise] == []


def test_the_old_provinces_add_up_to_the_new_ones(run: CountryRun) -> None:
    published = {
        (code, metric, period): (status, value, partial)
        for code, metric, period, status, value, partial in run.rows(
            "select province_code, metric, period, status, value, partial_sum from fct_province_rollup"
        )
    }
    assert _differences(published, _rolled_up(run.told)) == []


def test_the_provinces_add_up_to_the_country_on_both_maps(run: CountryRun) -> None:
    published = {
        (frame, metric, period): value
        for frame, metric, period, value in run.rows(
            "select frame, metric, period, national_value from national_summary"
            " where status = 'complete' and period_kind = 'year'"
        )
    }
    planted: dict[tuple[str, str, str], float] = defaultdict(float)
    for key, (value, _) in run.told.values.items():
        if not _is_rate(key.metric) and "-" not in key.period:
            for frame in {key.frame, "34"}:
                planted[frame, key.metric, key.period] += value
    assert _differences(published, {key: round(value, 6) for key, value in planted.items()}) == []


def test_stated_changes_are_read_and_fit_what_was_reported_before(run: CountryRun) -> None:
    rows = run.rows(
        "select o.source_key, o.frame, o.province_code, o.metric, o.period, c.direction, c.stated_amount,"
        " c.stated_unit, c.status from fct_metric_comparison as c"
        " inner join fct_metric_observation as o using (fact_id) where o.is_reconcilable"
    )
    assert {row[-1] for row in rows} == {"consistent"}
    read = Counter(
        (source, Key(frame, code, metric, period), direction, amount, unit == "%")
        for source, frame, code, metric, period, direction, amount, unit, _ in rows
    )
    told = Counter(
        (c.source_key, c.key, c.direction, c.amount, c.unit == "%")
        for s in run.told.stories
        for c in s.changes
    )
    assert sorted((read - told).elements()) == []
    assert sorted((told - read).elements()) == []


def test_a_mended_article_replaces_its_misprint(run: CountryRun) -> None:
    right = run.told.country.values[MISPRINTED]
    rows = run.rows(
        "select value, not_reconcilable_because from fct_metric_observation"
        f" where province_key = '63-{MISPRINTED.code}' and metric = '{MISPRINTED.metric}'"
        f" and period = '{MISPRINTED.period}' and source_key = '{own_source('63', MISPRINTED.code)}'"
    )
    assert (right + 9, "superseded_document") in rows
    assert (right, None) in rows


def test_a_reviewed_correction_mends_what_no_paper_mends(run: CountryRun, tmp_path: Path) -> None:
    said = run.told.country.values[WRONG_EVERYWHERE]
    warehouse = _build_with(run.platform, f"{said:g}", f"{said - BY:g}", tmp_path)
    columns = "province_key, metric, period, value"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        corrected = connection.execute(f"select {columns} from marts.fct_metric_value").fetchall()
        applied = connection.execute("select status from marts.fct_correction").fetchall()
    published = run.rows(f"select {columns} from fct_metric_value")
    key = (f"63-{WRONG_EVERYWHERE.code}", WRONG_EVERYWHERE.metric, WRONG_EVERYWHERE.period)
    assert set(corrected) - set(published) == {(*key, said - BY)}
    assert set(published) - set(corrected) == {(*key, said)}
    assert {status for (status,) in applied} == {"applied"}


def _build_with(here: Platform, old: str, new: str, folder: Path) -> Path:
    """Build the values again with one reviewed correction; return the warehouse."""
    project = Path(shutil.copytree(DBT_PROJECT, folder / "project"))
    place = f",63-{WRONG_EVERYWHERE.code},{WRONG_EVERYWHERE.metric},{WRONG_EVERYWHERE.period}"
    with (project / "seeds" / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write(
            f"by-nine,{place},replace_value,{old},{new},đọc lại báo cáo,Ban biên tập,2024-05-02,https://a.example\n"
        )
    command: list[str | Path] = [Path(sys.executable).with_name("dbt"), "--quiet", "build"]
    command += ["--select", "+fct_metric_value", "+fct_correction"]
    command += ["--exclude-resource-type", "unit_test", "--exclude-resource-type", "test"]
    command += ["--project-dir", project, "--profiles-dir", project]
    command += ["--target-path", folder / "target", "--log-path", folder / "logs"]
    warehouse = folder / "build.duckdb"
    done = subprocess.run(
        command,
        env=here.env | {"COSO_WAREHOUSE": str(warehouse)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    return warehouse


def test_an_honest_country_raises_no_alarm(run: CountryRun) -> None:
    incidents = run.rows(
        "select check_id, province_code, metric, period, observed from fct_quality_incident order by all"
    )
    assert incidents == []
    assert run.rows("select * from fct_publication_hold") == []
    assert run.rows("select * from fct_quarantine") == []


def test_dbt_builds_without_a_warning(run: CountryRun) -> None:
    log = (run.platform.lake.logs / "dbt" / "dbt.log").read_text(encoding="utf-8")
    ends = re.findall(r"Done\. PASS=\d+ WARN=(\d+) ERROR=(\d+) SKIP=(\d+)", log)
    assert ends
    assert {count for end in ends for count in end} == {"0"}


def test_the_release_verifies_and_the_run_says_where_its_time_went(run: CountryRun) -> None:
    release = current_release(run.platform.lake)
    assert release is not None
    assert verify(release)
    assert "time: " in run.done.stdout


def _differences(got: dict[Any, Any], wanted: dict[Any, Any]) -> list[tuple[Any, Any, Any]]:
    """Return up to twenty keys whose values differ, with what came and what was wanted."""
    keys: Iterable[Any] = sorted(got.keys() | wanted.keys())
    return [(key, got.get(key), wanted.get(key)) for key in keys if got.get(key) != wanted.get(key)][:20]


def _is_rate(metric: str) -> bool:
    return "percent" in rules()[metric] or "rate" in rules()[metric]


def _rolled_up(told: Told) -> dict[tuple[str, str, str], tuple[str, float | None, float | None]]:
    """Return, for each new province, metric and old period, the status and the sum of its members' figures."""
    expected = {}
    asked = {(key.metric, key.period) for key in told.values if key.frame == "63"}
    for code in codes("34"):
        old = members(code)
        for metric, period in asked:
            found = [told.values.get(Key("63", member.code, metric, period)) for member in old]
            values = [value[0] for value in found if value]
            if values:
                expected[code, metric, period] = _rolled(metric, values, len(old))
    return expected


def _rolled(metric: str, values: list[float], n_members: int) -> tuple[str, float | None, float | None]:
    total = round(sum(values), 6)
    if n_members == 1:
        return "same_territory", total, None
    if _is_rate(metric):
        return "not_summed", None, None
    return ("complete", total, None) if len(values) == n_members else ("partial", None, total)
