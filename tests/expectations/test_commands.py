"""The commands of a person who works on alerts: each does what its function does, and says so in one line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from expectation_rows import AS_OF, NOON, Warehouse
from pytest_httpserver import HTTPServer
from test_alerts import Webhook

from coso.errors import ExitCode
from coso.lake import Lake, read_table, write_records
from coso.records import Hold, HoldRelease, RunRow
from coso.settings import PROJECT_ROOT
from expectations.checks import ALL_CHECKS
from expectations.gates import check_marts
from expectations.incidents import update_incidents
from flows.cli.app import main

CHECKS = [ALL_CHECKS["marts.conflict"], ALL_CHECKS["marts.participants"]]


class Commands:
    """Runs commands in this process and keeps what they answer."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str, code: int = ExitCode.OK) -> str:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = self._capsys.readouterr()
        assert (ended.value.code or 0) == code, said.err
        return said.out if code == ExitCode.OK else said.err


@pytest.fixture
def coso(lake: Lake, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.setenv("COSO_HOME", str(lake.home))
    for name in ("COSO_ALERT_URL", "COSO_ALERT_ROUTES", "COSO_BOUNDS", "COSO_TODAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("LOGNAME", "lan")
    return Commands(capsys)


@pytest.fixture
def troubled(lake: Lake, warehouse: Warehouse) -> str:
    """A conflict that holds a metric of Hà Nam, after a good year; the id of its incident."""
    warehouse.value("35", "dialogue_sessions", "2023", 512)
    warehouse.value("35", "dialogue_sessions", "2024", 538, 583)
    result = check_marts(lake, warehouse.path, "run-1", AS_OF, CHECKS)
    (incident,) = update_incidents(lake, [result], NOON).open
    return incident.incident_id


def test_the_list_names_each_incident_and_the_page_of_all_checks(coso: Commands, troubled: str) -> None:
    told = coso("alerts", "list")
    assert troubled[:12] in told
    assert "Hà Nam: Các nguồn đưa số liệu mâu thuẫn" in told
    assert "quality/pages/run-1.html" in told
    assert "1 incidents" in coso("alerts", "list", "--province", "ha nam")
    assert "1 incidents" in coso("alerts", "list", "--province", "Ninh Bình")
    assert "0 incidents" in coso("alerts", "list", "--province", "Hà Tĩnh")
    (row,) = json.loads(coso("alerts", "list", "--format", "json"))
    assert (row["incident_id"], row["state"], row["held"]) == (troubled, "open", True)


def test_one_incident_is_shown_with_all_a_person_needs(coso: Commands, troubled: str) -> None:
    told = coso("alerts", "show", troubled[:10])
    for said in (
        "các nguồn đưa cùng một số", "538", "583", "15/03/2025 12:00", "Câu gốc", "https://bao-a.example",
        "Tốt gần nhất", "512 cuộc (năm 2023)", "bản công bố trước vẫn giữ nguyên", "mở từng bài",
        "marts-consistency.md", "opened",
    ):  # fmt: skip
        assert said in told
    # Each of the articles that contradict each other, with its sentence, its page and the way to its stored page.
    for number, outlet, figure in ((0, "a", 538), (1, "b", 583)):
        assert f"{figure} cuộc – bao-{outlet}" in told
        assert f"“Câu có số {figure}.”" in told
        assert f"https://bao-{outlet}.example/dialogue_sessions" in told
        assert f"coso trace f/35/63/dialogue_sessions/2024/{number}" in told
    assert f"runbook: {(PROJECT_ROOT / 'docs/runbooks/marts-consistency.md').as_uri()}" in told
    english = coso("alerts", "show", troubled, "--lang", "en")
    assert "Sources contradict each other" in english
    assert "512 (2023)" in english
    assert "no incident has the id 'inc-x'" in coso("alerts", "show", "inc-x", code=ExitCode.BAD_INPUT)


def test_an_incident_is_taken_up_muted_and_told_again(coso: Commands, troubled: str) -> None:
    assert "is acknowledged" in coso("alerts", "ack", troubled, "--reason", "đang hỏi tỉnh")
    assert "is muted until" in coso("alerts", "mute", troubled, "--until", "3d", "--reason", "chờ tỉnh")
    assert "is acknowledged" in coso("alerts", "unmute", troubled, "--by", "Hoa")
    log = coso("alerts", "show", troubled)
    for said in ("acknowledged", "đang hỏi tỉnh", "lan", "Hoa"):
        assert said in log
    past = coso("alerts", "mute", troubled, "--until", "2020-01-01", "--reason", "x", code=ExitCode.BAD_INPUT)
    assert "is past" in past
    assert "is no moment" in coso(
        "alerts", "mute", troubled, "--until", "soon", "--reason", "x", code=ExitCode.BAD_INPUT
    )


def test_a_hold_is_listed_and_released_with_reason_who_and_when(
    coso: Commands, troubled: str, lake: Lake
) -> None:
    assert "release the hold first" in coso(
        "alerts", "resolve", troubled, "--reason", "kệ nó", code=ExitCode.BAD_INPUT
    )
    assert "dialogue_sessions" in coso("hold", "list")
    before = datetime.now(UTC)
    told = coso("hold", "release", "Hà Nam", "--metric", "dialogue_sessions", "--reason", "538 đã hỏi tỉnh")
    assert "released: dialogue_sessions of Hà Nam by lan" in told
    (released,) = read_table(lake.quality / "hold_releases", HoldRelease).to_pylist()
    assert (released["who"], released["reason"]) == ("lan", "538 đã hỏi tỉnh")
    assert before <= released["released_at"] <= datetime.now(UTC)
    assert read_table(lake.quality / "holds", Hold).num_rows == 0
    assert "nothing is held of Hà Nam" in coso(
        "hold", "release", "Hà Nam", "--reason", "x", code=ExitCode.BAD_INPUT
    )
    assert "is resolved" in coso("alerts", "resolve", troubled, "--reason", "đã rõ")
    assert "0 incidents" in coso("alerts", "list")
    assert "1 incidents" in coso("alerts", "list", "--all")


def test_a_province_held_in_both_frames_has_to_be_told_apart(coso: Commands, lake: Lake) -> None:
    holds = [Hold("01", frame, "dialogue_sessions", f"inc-{frame}", "vì sao") for frame in ("34", "63")]
    write_records(lake.quality / "holds" / "part.parquet", Hold, list(holds))
    said = coso("hold", "release", "Hà Nội", "--reason", "đúng", code=ExitCode.BAD_INPUT)
    assert "01 (34), 01 (63)" in said
    coso("hold", "release", "Hà Nội", "--frame", "34", "--reason", "đúng")
    assert [one["frame"] for one in read_table(lake.quality / "holds", Hold).to_pylist()] == ["63"]


def test_a_trial_reaches_each_channel_and_names_those_that_fail(
    coso: Commands, httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no channel is set" in coso("alerts", "test", code=ExitCode.BAD_INPUT)
    webhook = Webhook(httpserver)
    assert "channel given: accepted" in coso("alerts", "test", webhook.url)
    routing = tmp_path / "routes.yml"
    routing.write_text(
        f"channels:\n  tot: {{url: '{webhook.url}'}}\n  hong: {{url: '${{NOT_SET}}'}}\n", encoding="utf-8"
    )
    monkeypatch.setenv("COSO_ALERT_ROUTES", str(routing))
    assert "channel tot: accepted" in coso("alerts", "test", "tot")
    assert "NOT_SET is not set" in coso("alerts", "test", "hong", code=ExitCode.BAD_INPUT)
    assert "no channel is called 'xa'; known: tot, hong" in coso(
        "alerts", "test", "xa", code=ExitCode.BAD_INPUT
    )
    assert "NOT_SET is not set" in coso("alerts", "test", code=ExitCode.BAD_INPUT)
    assert len(webhook.messages) == 3
    webhook.refuses = True
    assert "channel tot: the channel did not accept" in coso("alerts", "test", "tot", code=ExitCode.FAILED)


def test_bounds_are_proposed_in_a_file_with_their_reasons(
    coso: Commands, lake: Lake, warehouse: Warehouse, tmp_path: Path
) -> None:
    assert "holds no release" in coso("bounds", "suggest", code=ExitCode.BAD_INPUT)
    _publish(lake, warehouse)
    proposal = tmp_path / "proposal.yml"
    assert "1 figures, 0 sources proposed" in coso("bounds", "suggest", "--to", str(proposal))
    text = proposal.read_text(encoding="utf-8")
    for said in ("province: Hà Nội", "metric: dialogue_sessions", "3 years, 2022 to 2024", "reviewed_by: ''"):
        assert said in text
    assert text.strip() == coso("bounds", "suggest").strip()


def _publish(lake: Lake, warehouse: Warehouse) -> None:
    from publishing import publish  # noqa: PLC0415

    warehouse.series("01", "dialogue_sessions", {"2022": 90_000, "2023": 95_000, "2024": 99_000})
    publish(lake, warehouse.path, run_id="run-1")


def ran(lake: Lake, ended: datetime) -> None:
    row = RunRow(f"run-{ended:%d%H%M}", "pipeline", ended, ended, "completed", None, "{}")
    write_records(lake.quality / "runs" / f"{row.run_id}.parquet", RunRow, [row])


def test_the_dead_man_tells_once_that_no_run_came_and_once_that_one_did(
    coso: Commands, lake: Lake, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = Webhook(httpserver)
    monkeypatch.setenv("COSO_ALERT_URL", webhook.url)
    ran(lake, datetime.now(UTC) - timedelta(hours=30))
    for _ in range(3):
        assert "one is due every 26 hours" in coso("deadman", code=ExitCode.FAILED)
    assert "one is due every 29 hours" in coso("deadman", "--every", "29h", code=ExitCode.FAILED)
    assert [message["type"] for message in webhook.messages] == ["failure"]
    ran(lake, datetime.now(UTC))
    for _ in range(2):
        assert "in time" in coso("deadman")
    assert [message["type"] for message in webhook.messages] == ["failure", "success"]
    assert "no span of time" in coso("deadman", "--every", "soon", code=ExitCode.BAD_INPUT)


def test_the_dead_man_tells_of_runs_that_cannot_be_read(
    coso: Commands, lake: Lake, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = Webhook(httpserver)
    monkeypatch.setenv("COSO_ALERT_URL", webhook.url)
    ran(lake, datetime.now(UTC))
    damaged = lake.quality / "runs" / "run-torn.parquet"
    damaged.write_bytes(b"PAR1")
    for _ in range(2):
        assert f"{damaged} cannot be read" in coso("deadman", code=ExitCode.BAD_INPUT)
    assert [message["type"] for message in webhook.messages] == ["failure"]


def test_every_command_of_a_group_explains_itself(coso: Commands) -> None:
    groups: dict[str, Any] = {"alerts": "list show ack mute unmute resolve test", "hold": "list release"}
    for group, names in groups.items():
        told = coso(group, "--help")
        for name in names.split():
            assert f" {name} " in told
            assert coso(group, name, "--help")
