"""Alerts through real receivers: each change told once, nothing lost, nothing sent twice."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import apprise
import pytest
from aiosmtpd.controller import Controller
from expectation_rows import NOON
from pytest_httpserver import HTTPServer
from rich.console import Console
from werkzeug import Request, Response

from coso.errors import BadInputError
from coso.lake import Lake, write_records
from coso.records import Incident
from expectations.alerts import DeliveryResult, deliver, room_of
from expectations.events import add_events, event
from expectations.messages import Change, Message, compose, fitted
from expectations.outbox import read_outbox
from expectations.terminal import render_terminal

CONFLICT = Incident(
    incident_id="inc-1", check_id="marts.conflict", severity="critical", status="open", province_code="42",
    frame="63", source_key=None, metric="dialogue_sessions", period="2024",
    title="Hà Tĩnh: Các nguồn đưa số liệu mâu thuẫn", title_en="Hà Tĩnh: Sources contradict each other",
    expected="các nguồn đưa cùng một số\nall sources give one figure", observed="538; 583\n538; 583",
    evidence_fact_id="fact-1", evidence_quote="Toàn tỉnh tổ chức 538 cuộc đối thoại.",
    evidence_url="https://bao-a.example/1", held=True, mend="mở từng bài\nopen the articles", opened_at=NOON,
    last_seen_at=NOON, resolved_at=None,
)  # fmt: skip
SILENT = replace(
    CONFLICT, incident_id="inc-2", check_id="marts.source_silent", severity="warning", metric=None, period=None,
    source_key="bao-a", title="Hà Tĩnh: Nguồn tin im lặng", held=False, evidence_quote=None,
)  # fmt: skip
ELSEWHERE = replace(
    CONFLICT,
    incident_id="inc-3",
    check_id="marts.jump",
    province_code="22",
    title="Quảng Ninh: Số liệu bất thường",
)
NOTE = replace(CONFLICT, incident_id="inc-4", check_id="landed.unread_pages", severity="info")


def store(lake: Lake, *incidents: Incident) -> None:
    write_records(lake.quality / "incidents" / "part.parquet", Incident, list(incidents))


def resolved(incident: Incident) -> Incident:
    return replace(incident, status="resolved", resolved_at=NOON + timedelta(days=1), held=False)


class Webhook:
    """A receiver that keeps what it accepts, and can be told to refuse."""

    def __init__(self, server: HTTPServer) -> None:
        self.messages: list[dict[str, Any]] = []
        self.refuses = False
        server.expect_request("/hook").respond_with_handler(self._receive)
        self.url = f"json://127.0.0.1:{server.port}/hook"

    def _receive(self, request: Request) -> Response:
        if self.refuses:
            return Response(status=503)
        self.messages.append(json.loads(request.data))
        return Response(status=200)

    @property
    def titles(self) -> list[str]:
        return [message["title"] for message in self.messages]


@pytest.fixture
def webhook(httpserver: HTTPServer) -> Webhook:
    return Webhook(httpserver)


def run(lake: Lake, webhook: Webhook, number: int = 0) -> DeliveryResult:
    return deliver(lake, webhook.url, NOON + timedelta(days=number))


def test_one_message_for_one_cause_over_five_runs(lake: Lake, webhook: Webhook) -> None:
    for number in range(5):
        store(lake, replace(CONFLICT, last_seen_at=NOON + timedelta(days=number)))
        run(lake, webhook, number)
    assert webhook.titles == ["[Cơ Sở] Hà Tĩnh: 1 nghiêm trọng"]


def test_the_message_says_what_a_person_needs(lake: Lake, webhook: Webhook) -> None:
    store(lake, CONFLICT)
    run(lake, webhook)
    (message,) = webhook.messages
    vietnamese, english = message["message"].split("— English —")
    for said in (
        "Nghiêm trọng (mới) – Hà Tĩnh: Các nguồn đưa số liệu mâu thuẫn", "Mong đợi: các nguồn đưa cùng một số",
        "Thực tế: 538; 583", "Từ: 15/03/2025 12:00", "Toàn tỉnh tổ chức 538 cuộc đối thoại.",
        "https://bao-a.example/1", "bản công bố trước vẫn giữ nguyên", "Cần làm: mở từng bài",
        "docs/runbooks/marts-consistency.md",
    ):  # fmt: skip
        assert said in vietnamese
    for said in ("Critical (new)", "Expected: all sources give one figure", "To do: open the articles"):
        assert said in english
    assert message["type"] == "failure"


def test_at_most_one_message_a_province_and_run(lake: Lake, webhook: Webhook) -> None:
    # The source is registered under the new frame of the same province.
    store(lake, CONFLICT, replace(SILENT, frame="34"), ELSEWHERE, NOTE)
    result = run(lake, webhook)
    assert sorted(webhook.titles) == [
        "[Cơ Sở] Hà Tĩnh: 1 nghiêm trọng, 1 cảnh báo", "[Cơ Sở] Quảng Ninh: 1 nghiêm trọng",
    ]  # fmt: skip
    assert result == DeliveryResult(sent=2, pending=0, error=None)


def test_relapse_is_told_again_and_so_is_the_end(lake: Lake, webhook: Webhook) -> None:
    for number, state in enumerate((CONFLICT, resolved(CONFLICT), resolved(CONFLICT), CONFLICT, CONFLICT)):
        store(lake, state)
        run(lake, webhook, number)
    assert webhook.titles == [
        "[Cơ Sở] Hà Tĩnh: 1 nghiêm trọng", "[Cơ Sở] Hà Tĩnh: 1 đã hết", "[Cơ Sở] Hà Tĩnh: 1 nghiêm trọng",
    ]  # fmt: skip
    assert "(tái diễn)" in webhook.messages[2]["message"]
    assert webhook.messages[1]["type"] == "success"


def test_nothing_is_lost_while_the_receiver_is_down(lake: Lake, webhook: Webhook) -> None:
    webhook.refuses = True
    store(lake, CONFLICT, ELSEWHERE)
    result = run(lake, webhook, 0)
    assert (result.sent, result.pending) == (0, 2)
    assert "did not accept" in (result.error or "")
    # The first is over before anybody has heard of it; a third one opens meanwhile.
    store(lake, resolved(CONFLICT), SILENT, ELSEWHERE)
    run(lake, webhook, 1)
    webhook.refuses = False
    assert run(lake, webhook, 2) == DeliveryResult(sent=2, pending=0, error=None)
    run(lake, webhook, 3)
    assert sorted(webhook.titles) == [
        "[Cơ Sở] Hà Tĩnh: 1 cảnh báo, 1 đã hết", "[Cơ Sở] Quảng Ninh: 1 nghiêm trọng",
    ]  # fmt: skip
    # It is told as it stands by then: over, and from when to when.
    told = next(message["message"] for message in webhook.messages if "Hà Tĩnh" in message["title"])
    assert "Từ: 15/03/2025 12:00 (GMT+7); hết lúc 16/03/2025 12:00" in told
    assert "(mới) – Hà Tĩnh: Các nguồn" not in told
    assert {one.status for one in read_outbox(lake)} == {"sent"}
    assert max(one.tries for one in read_outbox(lake)) == 3


def test_a_refused_message_does_not_stop_the_others(lake: Lake, httpserver: HTTPServer) -> None:
    accepted: list[str] = []

    def receive(request: Request) -> Response:
        title = json.loads(request.data)["title"]
        if "Hà Tĩnh" in title:
            return Response(status=400)
        accepted.append(title)
        return Response(status=200)

    httpserver.expect_request("/hook").respond_with_handler(receive)
    store(lake, CONFLICT, ELSEWHERE)
    result = deliver(lake, f"json://127.0.0.1:{httpserver.port}/hook", NOON)
    assert (result.sent, result.pending, len(accepted)) == (1, 1, 1)


def test_what_is_explained_by_another_incident_ends_silently(lake: Lake, webhook: Webhook) -> None:
    jump = replace(CONFLICT, incident_id="inc-5", check_id="marts.jump")
    store(lake, jump)
    run(lake, webhook, 0)
    store(lake, resolved(jump), CONFLICT)
    run(lake, webhook, 1)
    assert len(webhook.messages) == 2
    assert "đã hết" not in webhook.titles[1]


def test_a_refused_connection_keeps_the_message(lake: Lake) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    store(lake, CONFLICT)
    result = deliver(lake, f"json://127.0.0.1:{port}/hook", NOON)
    assert (result.sent, result.pending) == (0, 1)


def test_a_channel_that_hangs_is_given_up(lake: Lake) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        store(lake, CONFLICT, ELSEWHERE)
        url = f"json://127.0.0.1:{deaf.getsockname()[1]}/hook?rto=1&cto=1"
        result = deliver(lake, url, NOON, patience=0.2)
    assert (result.sent, result.pending) == (0, 2)
    assert [one.tries for one in read_outbox(lake)] == [1, 0]


def test_an_unreadable_address_is_named(lake: Lake) -> None:
    store(lake, CONFLICT)
    with pytest.raises(BadInputError, match="COSO_ALERT_URL"):
        deliver(lake, "nothing://that exists", NOON)
    assert read_outbox(lake) == []


def test_without_a_channel_nothing_is_queued_and_a_later_one_hears_what_is_open(
    lake: Lake, webhook: Webhook
) -> None:
    store(lake, CONFLICT, resolved(ELSEWHERE))
    assert deliver(lake, None, NOON) == DeliveryResult(0, 0, None)
    assert read_outbox(lake) == []
    run(lake, webhook, 1)
    assert webhook.titles == ["[Cơ Sở] Hà Tĩnh: 1 nghiêm trọng"]


class Mailbox:
    """An SMTP receiver."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(envelope.content)
        return "250 accepted"


@pytest.fixture
def mail() -> Iterator[tuple[Mailbox, str]]:
    mailbox = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield mailbox, f"mailto://127.0.0.1:{port}?from=coso@example.org&to=editor@example.org&mode=insecure"
    controller.stop()


def test_mail_arrives_once_and_whole(lake: Lake, mail: tuple[Mailbox, str]) -> None:
    mailbox, url = mail
    store(lake, CONFLICT)
    deliver(lake, url, NOON)
    deliver(lake, url, NOON)
    (letter,) = mailbox.letters
    read = message_from_bytes(letter, policy=default)
    body = read.get_body(("plain", "html"))
    assert read["subject"] == "[Cơ Sở] Hà Tĩnh: 1 nghiêm trọng"
    assert body is not None
    assert "Toàn tỉnh tổ chức 538 cuộc đối thoại." in body.get_content()


def shown(*incidents: Incident, language: str = "vi") -> str:
    console = Console(width=110, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    console.print(render_terminal(incidents, language))
    return console.export_text()


def test_the_terminal_shows_the_gravest_first_with_its_evidence() -> None:
    text = shown(SILENT, resolved(ELSEWHERE), CONFLICT)
    assert text.index("Nghiêm trọng") < text.index("Cảnh báo")
    assert "538 cuộc đối thoại" in text
    assert "https://bao-a.example/1" in text
    assert "Quảng Ninh" not in text
    assert "Sources contradict each other" in shown(CONFLICT, language="en")
    assert "Không có cảnh báo" in shown()


def test_what_waits_is_told_as_it_stands_when_it_goes(lake: Lake, webhook: Webhook) -> None:
    webhook.refuses = True
    store(lake, CONFLICT, SILENT)
    run(lake, webhook, 0)
    # Meanwhile a third outlet gives a figure, one person takes it up, another mutes the second.
    store(lake, replace(CONFLICT, observed="538; 583; 600\n538; 583; 600"), SILENT)
    add_events(
        lake,
        [
            event("inc-1", "acknowledged", NOON, "Lan"),
            event("inc-2", "muted", NOON, "Hoa", "chờ", muted_until=NOON + timedelta(days=9)),
        ],
    )
    webhook.refuses = False
    assert run(lake, webhook, 1) == DeliveryResult(sent=1, pending=0, error=None)
    (message,) = webhook.messages
    assert message["title"] == "[Cơ Sở] Hà Tĩnh: 1 nghiêm trọng"
    assert "Thực tế: 538; 583; 600" in message["message"]
    assert "Người nhận xử lý: Lan" in message["message"]
    # What is muted is told after the mute, if it still stands; this one does not.
    store(lake, CONFLICT, resolved(SILENT))
    run(lake, webhook, 10)
    assert len(webhook.messages) == 1


def test_what_waited_and_gave_way_to_another_incident_is_not_told(lake: Lake, webhook: Webhook) -> None:
    webhook.refuses = True
    jump = replace(CONFLICT, incident_id="inc-5", check_id="marts.jump", title="Hà Tĩnh: Tăng bất thường")
    store(lake, jump)
    run(lake, webhook, 0)
    webhook.refuses = False
    store(lake, resolved(jump), CONFLICT)
    run(lake, webhook, 1)
    (message,) = webhook.messages
    assert "Tăng bất thường" not in message["message"]


def test_a_message_too_long_for_its_channel_is_cut_at_a_line_and_says_so(
    lake: Lake, webhook: Webhook
) -> None:
    long = [replace(CONFLICT, incident_id=f"inc-{n:03}", evidence_quote="Câu dài. " * 60) for n in range(60)]
    store(lake, *long)
    assert run(lake, webhook).sent == 1
    (message,) = webhook.messages
    body = message["message"]
    assert 30000 < len(body) <= 32768  # what apprise says a webhook takes
    whole = compose("Hà Tĩnh", [Change("opened", one) for one in long]).body
    *kept, note = body.split("\n")
    assert kept == whole.split("\n")[: len(kept)]
    left = [line for line in whole.split("\n")[len(kept) :] if line.strip()]
    assert note == f"… còn {len(left)} dòng / {len(left)} more lines: coso alerts list"


@pytest.mark.parametrize(
    ("room", "body"),
    [
        (None, "một\nhai ba bốn năm sáu\nbảy"),
        (26, "một\nhai ba bốn năm sáu\nbảy"),
        (60, "một\nhai ba bốn năm sáu\nbảy"),
        (12, "một\nhai ba …"),
        (5, "một\n…"),
    ],
)
def test_a_message_fits_the_room_it_has(room: int | None, body: str) -> None:
    assert fitted(Message("t", "một\nhai ba bốn năm sáu\nbảy", "info"), room).body == body


def test_services_that_take_the_title_into_the_message_leave_less_room() -> None:
    service = apprise.Apprise()
    service.add("discord://123456789012345678/abcdefghijklmnop")
    service.add("json://localhost/x")
    assert room_of(service.servers, "x" * 100) == 2000 - 124
    assert room_of([], "x") is None
    split = apprise.Apprise()
    split.add("discord://123456789012345678/abcdefghijklmnop?overflow=split")
    assert room_of(split.servers, "x") is None
