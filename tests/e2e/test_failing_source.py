"""A source that a run cannot work on, for a reason of this machine, is told while the others are published."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_platform import platform

from coso.errors import ExitCode
from coso.lake import read_table
from coso.records import Incident, from_table

BROKEN = "demo-bao-ha-nam"


@pytest.mark.slow
@pytest.mark.xdist_group("prefect")
def test_the_people_alerted_hear_of_a_source_whose_archive_cannot_be_written(
    portals: dict[str, int], alerts: tuple[str, list[dict[str, str]]], tmp_path: Path
) -> None:
    url, told = alerts
    here = platform(tmp_path / "lake", portals, COSO_ALERT_URL=url)
    before = len(told)
    (here.lake.warc).mkdir(parents=True)
    (here.lake.warc / f"source={BROKEN}").write_text("a file where a folder belongs", encoding="utf-8")
    done = here.coso("run")
    assert done.returncode == ExitCode.FAILED
    assert f"1 sources could not be fetched: {BROKEN}" in done.stderr
    assert here.rows("select count(*) > 0 from fct_metric_value") == [(True,)]
    found = from_table(Incident, read_table(here.lake.quality / "incidents", Incident))
    assert [one.source_key for one in found if one.check_id == "platform.source"] == [BROKEN]
    assert any(f"Không xử lý được một nguồn – {BROKEN}" in one["message"] for one in told[before:])
