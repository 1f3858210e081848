"""Who hears of what and when; the platform's own troubles; the dead man's signal."""

from __future__ import annotations

import socket
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from expectation_rows import NOON
from pytest_httpserver import HTTPServer
from test_alerts import CONFLICT, ELSEWHERE, SILENT, Webhook, resolved, store

from coso.errors import BadInputError, EnvironmentProblemError, ExitCode
from coso.lake import Lake, write_records
from coso.records import RunRow
from expectations import deadman
from expectations.alerts import deliver, deliver_all, deliver_routes
from expectations.events import add_events, event
from expectations.incidents import read_incidents
from expectations.outbox import incident_of, read_outbox
from expectations.routing import Route, read_routing


def at(days: float) -> datetime:
    return NOON + timedelta(days=days)


@pytest.fixture
def webhook(httpserver: HTTPServer) -> Webhook:
    return Webhook(httpserver)


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "routing.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_routing_file_says_who_hears_what(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "channels:\n  tinh:\n    url: ${MAIL}\n    provinces: [Hà Nam, Hà Tĩnh]\n    themes: [dialogue]\n"
        "    severity: critical\n    when: digest\n    hour: 7\n  tat-ca: {url: 'json://localhost/a'}\n",
    )
    narrow, wide = read_routing(path, {"MAIL": "mailto://a@b.example"})
    # Hà Nam is part of Ninh Bình (37) today.
    assert narrow == Route(
        "tinh",
        "mailto://a@b.example",
        frozenset({"37", "42"}),
        frozenset({"dialogue"}),
        "critical",
        7,
        platform=False,
    )
    assert (wide.provinces, wide.digest_hour, wide.platform) == (None, None, True)
    assert narrow.wants(CONFLICT)
    assert narrow.wants(replace(CONFLICT, province_code="35"))
    assert not narrow.wants(ELSEWHERE)
    assert not narrow.wants(replace(CONFLICT, metric="petitions_received"))
    assert not narrow.wants(replace(CONFLICT, severity="warning"))
    assert not narrow.wants(replace(CONFLICT, province_code=None, frame=None))
    assert wide.wants(SILENT)
    assert not wide.wants(replace(CONFLICT, severity="info"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("channels: [", r"routing.yml, line \d: broken YAML"),
        ("channels:\n  a: {url: x}\n  a: {url: y}", r"routing.yml, line 3: .*key 'a' given twice"),
        ("a: 1", "has no channels"),
        ("channels: {a: {}}", "channel a has no url"),
        ("channels: {a: {url: '${GONE}'}}", "GONE is not set"),
        ("channels: {a: {url: x, provinces: [Xứ Lạ]}}", "'Xứ Lạ' is unknown"),
        ("channels: {a: {url: x, themes: [tea]}}", "theme 'tea' is unknown"),
        ("channels: {a: {url: x, hours: 3}}", "unknown keys: hours"),
        ("channels: {a: {url: x, when: digest, hour: 25}}", "hour 25"),
        ("", "has no channels"),
        ("channels:", "has no channels"),
        ("channels: []", "has no channels"),
        ("channel: {a: {url: x}}", "has no channels"),
        (
            "channels: {a: {url: x}}\nroutes: {b: {to: a}}",
            "routing.yml has unknown keys: routes; use channels",
        ),
        ("channels: {a: }", "channel a is no entry"),
        ("channels: {a: 'json://x'}", "channel a is no entry"),
        ("channels: {a: {url: }}", "channel a has no url"),
        ("channels: {a: {url: [x, y]}}", "channel a has no url; write one"),
        ("channels: {a: {url: x, 1: 2, hours: 3}}", "unknown keys: 1, hours"),
        ("channels: {a: {url: '${EMPTY}'}}", "EMPTY is not set"),
        ("channels: {a: {url: 'json://${HOST/x'}}", "names nothing"),
        # What is left empty is no choice of all.
        ("channels: {a: {url: x, provinces: }}", "provinces is no list"),
        ("channels: {a: {url: x, provinces: []}}", "provinces is no list"),
        ("channels: {a: {url: x, provinces: Hà Tĩnh}}", "provinces is no list"),
        ("channels: {a: {url: x, provinces: [42]}}", "provinces holds 42, which is no name"),
        ("channels: {a: {url: x, provinces: [~]}}", "provinces holds None, which is no name"),
        ("channels: {a: {url: x, themes: }}", "themes is no list"),
        ("channels: {a: {url: x, severity: }}", "severity None is unknown; use one of warning, critical"),
        ("channels: {a: {url: x, severity: [critical]}}", "severity .* is unknown"),
        ("channels: {a: {url: x, when: daily}}", "when 'daily' is unknown"),
        ("channels: {a: {url: x, hour: 7}}", "an hour is of a digest; add 'when: digest'"),
        ("channels: {a: {url: x, when: digest, hour: true}}", "hour True"),
        ("channels: {a: {url: x, platform: 'no'}}", "platform 'no' is neither; write true or false"),
    ],
)
def test_a_routing_file_that_cannot_be_understood_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        read_routing(write(tmp_path, text), {"EMPTY": ""})


def test_one_message_a_province_and_day_however_many_runs(lake: Lake, webhook: Webhook) -> None:
    store(lake, CONFLICT)
    deliver(lake, webhook.url, at(0))
    jump = replace(ELSEWHERE, incident_id="inc-9", province_code="42", metric="petitions_received")
    store(lake, CONFLICT, jump)
    assert deliver(lake, webhook.url, at(0.2)).pending == 1
    store(lake, resolved(CONFLICT), jump)
    result = deliver(lake, webhook.url, at(0.3))
    # What waits for tomorrow is no failure.
    assert (result.sent, result.pending, result.error) == (0, 2, None)
    deliver(lake, webhook.url, at(1))
    assert webhook.titles == ["[Cơ Sở] Hà Tĩnh: 1 nghiêm trọng", "[Cơ Sở] Hà Tĩnh: 1 nghiêm trọng, 1 đã hết"]


def test_a_digest_is_one_message_after_its_hour(lake: Lake, webhook: Webhook) -> None:
    route = Route("digest", webhook.url, digest_hour=13)  # NOON is 12:00 in Vietnam
    store(lake, CONFLICT, ELSEWHERE)
    assert deliver_routes(lake, [route], at(0))["digest"].sent == 0
    assert deliver_routes(lake, [route], at(0.1))["digest"].sent == 1
    assert webhook.titles == ["[Cơ Sở] Bản tin ngày: 2 nghiêm trọng"]


def test_each_channel_has_its_own_outbox_and_a_dead_one_stops_no_other(lake: Lake, webhook: Webhook) -> None:
    routes = [Route("hong", "nothing://that exists"), Route("tot", webhook.url)]
    store(lake, CONFLICT)
    results = deliver_routes(lake, routes, at(0))
    assert (results["tot"].sent, results["hong"].sent) == (2, 0)
    assert "not an address" in (results["hong"].error or "")
    # That a channel is dead is itself an incident, which the other hears of.
    assert set(webhook.titles) == {"[Cơ Sở] Hà Tĩnh: 1 nghiêm trọng", "[Cơ Sở] Nền tảng: 1 nghiêm trọng"}
    deliver_routes(lake, [Route("hong", webhook.url), routes[1]], at(1))
    told = [(one.channel, incident_of(one).check_id) for one in read_outbox(lake) if one.status == "sent"]
    assert ("tot", "platform.channel") in told
    assert ("hong", "marts.conflict") in told
    assert ("hong", "platform.channel") not in told
    (trouble,) = (one for one in read_incidents(lake) if one.check_id == "platform.channel")
    assert trouble.status == "resolved"


def test_a_channel_that_refuses_is_an_incident_until_it_accepts(lake: Lake, webhook: Webhook) -> None:
    store(lake, CONFLICT)
    webhook.refuses = True
    deliver(lake, webhook.url, at(0))
    assert [(o.check_id, o.status) for o in read_incidents(lake) if o.check_id != "marts.conflict"] == [
        ("platform.channel", "open")
    ]
    webhook.refuses = False
    deliver(lake, webhook.url, at(0.1))
    assert {o.status for o in read_incidents(lake) if o.check_id == "platform.channel"} == {"resolved"}
    assert len(webhook.messages) == 1


def test_nobody_is_told_of_what_is_muted_until_the_mute_ends(lake: Lake, webhook: Webhook) -> None:
    store(lake, CONFLICT)
    add_events(lake, [event("inc-1", "muted", at(0), "Lan", "đang hỏi tỉnh", muted_until=at(3))])
    deliver(lake, webhook.url, at(1))
    assert webhook.titles == []
    deliver(lake, webhook.url, at(4))
    assert webhook.titles == ["[Cơ Sở] Hà Tĩnh: 1 nghiêm trọng"]


def test_a_relapse_says_when(lake: Lake, webhook: Webhook) -> None:
    for number, state in enumerate((CONFLICT, resolved(CONFLICT), replace(CONFLICT, last_seen_at=at(2)))):
        store(lake, state)
        deliver(lake, webhook.url, at(number))
    assert "Từ: 15/03/2025 12:00 (GMT+7); tái diễn lúc 17/03/2025 12:00" in webhook.messages[2]["message"]


def test_a_clock_set_back_is_an_incident_until_it_is_right(lake: Lake) -> None:
    add_events(lake, [event("inc-1", "opened", at(30))])
    deliver(lake, None, at(0))
    (trouble,) = read_incidents(lake)
    assert (trouble.check_id, trouble.status) == ("platform.clock", "open")
    assert "14/04/2025" in trouble.observed
    deliver(lake, None, at(30))
    assert [one.status for one in read_incidents(lake)] == ["resolved"]


def test_a_clock_set_back_sends_nothing_twice(lake: Lake, webhook: Webhook) -> None:
    store(lake, CONFLICT)
    deliver(lake, webhook.url, at(30))
    deliver(lake, webhook.url, at(0))
    store(lake, CONFLICT, ELSEWHERE)
    deliver(lake, webhook.url, at(1))
    assert len(webhook.messages) == 2


def ran(lake: Lake, ended: datetime, status: str = "completed") -> None:
    row = RunRow(f"run-{ended:%d%H}", "pipeline", ended, ended, status, None, "{}")
    write_records(lake.quality / "runs" / f"{row.run_id}.parquet", RunRow, [row])


def test_a_run_that_does_not_come_is_told_once_from_outside(lake: Lake, webhook: Webhook) -> None:
    day = timedelta(hours=26)
    missing = deadman.check(lake, day, at(0))
    assert missing is not None
    assert missing.kind == "never_ran"
    ran(lake, at(0))
    ran(lake, at(1), "failed")
    assert deadman.check(lake, day, at(1)) is None
    late = deadman.check(lake, day, at(1.5))
    assert late is not None
    assert (late.kind, late.last_run) == ("no_run", at(0))
    assert deadman.tell_once(lake, late, webhook.url)
    assert not deadman.tell_once(lake, deadman.check(lake, day, at(2)), webhook.url)
    ran(lake, at(2.1))
    back = deadman.check(lake, day, at(2.2))
    assert back is None
    assert deadman.tell_once(lake, back, webhook.url)
    assert not deadman.tell_once(lake, back, webhook.url)
    assert deadman.tell_once(lake, deadman.check(lake, day, at(4)), webhook.url)
    assert [message["type"] for message in webhook.messages] == ["failure", "success", "failure"]


def test_a_clock_that_jumped_is_an_alert_and_no_silence(lake: Lake) -> None:
    ran(lake, at(10))
    alert = deadman.check(lake, timedelta(hours=26), at(0))
    assert alert is not None
    assert alert.kind == "clock"


def test_the_signal_is_a_process_of_its_own(
    lake: Lake, webhook: Webhook, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(lake, at(0))
    arguments = ["--home", str(lake.home), "--every", "1h", "--url", webhook.url]
    assert deadman.main(arguments) == 1
    assert "one is due every 1 hours" in capsys.readouterr().err
    assert len(webhook.messages) == 1
    assert deadman.main(["--home", str(lake.home), "--every", "soon"]) == 3


def test_a_damaged_table_of_runs_is_told_once_and_by_name(lake: Lake, webhook: Webhook) -> None:
    ran(lake, at(0))
    damaged = lake.quality / "runs" / "run-torn.parquet"
    damaged.write_bytes(b"PAR1")
    for _ in range(2):
        alert = deadman.check(lake, timedelta(hours=26), at(0))
        assert alert is not None
        deadman.tell_all(lake, alert, [Route("tot", webhook.url)])
    (message,) = webhook.messages
    assert message["title"] == "[Cơ Sở] Nền tảng: Không đọc được kho dữ liệu / The lake cannot be read"
    assert f"{damaged} cannot be read as a file of its table" in message["message"]
    assert "restore it from a copy" in message["message"]
    damaged.unlink()
    deadman.tell_all(lake, deadman.check(lake, timedelta(hours=26), at(0)), [Route("tot", webhook.url)])
    assert webhook.messages[-1]["type"] == "success"


def test_a_lake_that_is_not_there_is_told_and_not_made(
    lake: Lake, webhook: Webhook, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = lake.home / "mistyped"
    assert deadman.main(["--home", str(missing), "--url", webhook.url]) == ExitCode.ENVIRONMENT
    assert f"there is no lake at {missing}: no such folder" in capsys.readouterr().err
    assert not missing.exists()
    (message,) = webhook.messages
    assert f"there is no lake at {missing}" in message["message"]


def test_a_note_that_cannot_be_kept_hides_no_alert(lake: Lake, webhook: Webhook) -> None:
    """On a full disk, say: a folder where the notes belong refuses them like one."""
    (lake.quality / "deadman" / "mot").mkdir(parents=True)
    alert = deadman.check(lake, timedelta(hours=26), at(0))
    with pytest.raises(EnvironmentProblemError, match="mot cannot be written"):
        deadman.tell_all(lake, alert, [Route("mot", webhook.url), Route("hai", webhook.url)])
    assert len(webhook.messages) == 2


def watch(lake: Lake, url: str) -> int:
    """Look once, in a process of its own."""
    command = [sys.executable, "-m", "expectations.deadman", "--home", str(lake.home), "--url", url]
    return subprocess.run(command, check=False, capture_output=True, timeout=60).returncode


@pytest.mark.slow
def test_another_process_tells_once_that_no_run_came_and_once_that_one_did(
    lake: Lake, webhook: Webhook
) -> None:
    now = datetime.now(UTC)
    ran(lake, now - timedelta(days=3))
    # The signal comes while a run hangs and holds the lake.
    with lake.exclusive("run"):
        assert [watch(lake, webhook.url) for _ in range(2)] == [1, 1]
    assert [message["type"] for message in webhook.messages] == ["failure"]
    ran(lake, now)
    assert watch(lake, webhook.url) == 0
    # The clock is set back: the last run lies in the future.
    ran(lake, now + timedelta(days=400))
    assert watch(lake, webhook.url) == 1
    assert [message["type"] for message in webhook.messages] == ["failure", "success", "failure"]
    assert "clock has jumped" in webhook.messages[2]["message"]


def test_a_channel_of_the_dead_man_that_fails_stops_no_other_and_is_tried_again(
    lake: Lake, webhook: Webhook
) -> None:
    routes = [
        Route("hong", "nothing://that exists"),
        Route("tinh", "nothing://either", platform=False),
        Route("tot", webhook.url),
    ]
    alert = deadman.check(lake, timedelta(hours=26), at(0))
    for _ in range(2):
        with pytest.raises(BadInputError, match="channel hong: this is not an address"):
            deadman.tell_all(lake, alert, routes)
    deadman.tell_all(lake, alert, [Route("hong", webhook.url)])
    assert len(webhook.messages) == 2


def open_troubles(lake: Lake) -> set[str | None]:
    return {
        one.source_key
        for one in read_incidents(lake)
        if one.check_id == "platform.channel" and one.status == "open"
    }


def test_each_trouble_of_a_channel_is_an_incident_that_the_others_hear_of(
    lake: Lake, webhook: Webhook, tmp_path: Path
) -> None:
    store(lake, CONFLICT)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        hanging = f"json://127.0.0.1:{deaf.getsockname()[1]}/hook?rto=1&cto=1"
        routing = write(
            tmp_path,
            f"channels:\n  la: {{url: 'nothing://x'}}\n  trong: {{url: '${{NOT_SET}}'}}\n  treo: {{url: '{hanging}'}}\n"
            f"  tot: {{url: '{webhook.url}'}}\n",
        )
        results = deliver_all(lake, None, routing, at(0), patience=0.3)
    assert {name: result.error is None for name, result in results.items()} == {
        "trong": False, "la": False, "treo": False, "tot": True,
    }  # fmt: skip
    assert open_troubles(lake) == {"la", "trong", "treo"}
    platform = next(message for message in webhook.messages if "Nền tảng" in message["title"])
    for said in ("Kênh cảnh báo không nhận tin – la", "NOT_SET is not set", "– treo"):
        assert said in platform["message"]
    # What is mended, or no longer configured, is over.
    routing = write(tmp_path, f"channels:\n  la: {{url: '{webhook.url}'}}\n  tot: {{url: '{webhook.url}'}}\n")
    deliver_all(lake, None, routing, at(1), patience=0.3)
    assert open_troubles(lake) == set()


def test_a_routing_file_that_cannot_be_read_leaves_the_other_channel_working(
    lake: Lake, webhook: Webhook, tmp_path: Path
) -> None:
    store(lake, CONFLICT)
    results = deliver_all(lake, webhook.url, write(tmp_path, "channels: ["), at(0))
    assert results["default"].sent == 2
    assert "broken YAML" in (results["routing.yml"].error or "")
    assert open_troubles(lake) == {"routing.yml"}
    deliver_all(lake, webhook.url, None, at(1))
    assert open_troubles(lake) == set()
    assert deliver_all(lake, None, None, at(2)) == {}


def test_what_a_half_edited_routing_file_keeps_back_goes_once_it_is_mended(
    lake: Lake, webhook: Webhook, tmp_path: Path
) -> None:
    good = f"channels:\n  tinh: {{url: '{webhook.url}', provinces: [Hà Tĩnh]}}\n"
    store(lake, CONFLICT)
    deliver_all(lake, None, write(tmp_path, good), at(0))
    # One channel cannot be understood, then the file cannot be read at all; meanwhile one ends, another opens.
    for day, half in ((1, good.replace("[Hà Tĩnh]", "")), (2, f"{good}routes: [")):
        store(lake, resolved(CONFLICT), SILENT)
        (result,) = deliver_all(lake, None, write(tmp_path, half), at(day)).values()
        assert "routing.yml" in (result.error or "")
    assert len(webhook.messages) == 1
    deliver_all(lake, None, write(tmp_path, good), at(3))
    assert webhook.titles[1:] == ["[Cơ Sở] Hà Tĩnh: 1 cảnh báo, 1 đã hết"]
    assert open_troubles(lake) == set()


def test_a_channel_of_the_file_does_not_share_the_outbox_of_the_default_one(
    lake: Lake, webhook: Webhook, tmp_path: Path
) -> None:
    store(lake, CONFLICT)
    routing = write(tmp_path, "channels: {default: {url: 'json://127.0.0.1:9/x'}}")
    results = deliver_all(lake, webhook.url, routing, at(0))
    assert results["default"].error is None
    assert "give it another name" in (results["routing.yml/default"].error or "")
    assert sorted(webhook.titles) == ["[Cơ Sở] Hà Tĩnh: 1 nghiêm trọng", "[Cơ Sở] Nền tảng: 1 nghiêm trọng"]
