"""The polite client over real HTTP: every way an answer can go wrong ends as a class, within bounds."""

from __future__ import annotations

import gzip
import ipaddress
import random
import ssl
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scraper_site import FakeTime, LocalSite, Reply, write_slowly

from scrapers.client import Fetched, OpenGate, PoliteClient, Validators, user_agent
from scrapers.connection import is_public
from scrapers.encoding import decode_beginning
from scrapers.outcomes import OutcomeClass
from scrapers.pace import HostPace
from scrapers.sourcefile import Source

Make = Callable[..., Source]
Fetch = Callable[..., Fetched]


@pytest.fixture
def fetch(site: LocalSite, make_source: Make, fake_time: FakeTime, pace: HostPace) -> Fetch:
    def run(path: str = "/a", validators: Validators | None = None, **changes: object) -> Fetched:
        client = PoliteClient(make_source(**changes), "tests@example.invalid", fake_time.clock, pace)
        try:
            return client.fetch(path if "://" in path else site.base + path, OpenGate(), validators)
        finally:
            client.close()

    return run


def test_says_who_it_is_and_asks_for_gzip_only(site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", "<p>x</p>")
    assert fetch().outcome is OutcomeClass.STORED
    sent = site.requests[-1].headers
    assert sent["User-Agent"] == user_agent("tests@example.invalid")
    assert "tests@example.invalid" in sent["User-Agent"]
    assert sent["Accept-Encoding"] == "gzip"
    assert "Cookie" not in sent


def test_keeps_the_servers_own_bytes_and_headers(site: LocalSite, fetch: Fetch) -> None:
    packed = gzip.compress(b"<p>x</p>" * 100, mtime=0)
    site.put("/a", Reply(200, packed, {"Content-Encoding": "gzip", "ETag": 'W/"v1"', "Set-Cookie": "a=1"}))
    response = fetch().response
    assert response is not None
    assert response.payload == packed
    assert response.header("etag") == 'W/"v1"'


def test_conditional_request_sends_validators_verbatim(site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", "x", etag='W/"strange \\ tag"')
    validators = Validators('W/"strange \\ tag"', "Thu, 19 Dec 2024 11:10:24 GMT")
    assert fetch("/a", validators).outcome is OutcomeClass.NOT_MODIFIED
    assert site.requests[-1].headers["If-None-Match"] == 'W/"strange \\ tag"'
    assert site.requests[-1].headers["If-Modified-Since"] == "Thu, 19 Dec 2024 11:10:24 GMT"


def test_304_that_nobody_asked_for_is_not_believed(site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", Reply(304))
    assert fetch().outcome is OutcomeClass.UNEXPECTED_STATUS


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_passing_trouble_is_tried_again(
    status: int, site: LocalSite, fetch: Fetch, fake_time: FakeTime
) -> None:
    site.put("/a", Reply(status), Reply(status), Reply(200, b"<p>x</p>"))
    fetched = fetch()
    assert (fetched.outcome, fetched.tries) == (OutcomeClass.STORED, 3)
    assert 1 <= fake_time.slept[0] < fake_time.slept[1]


def test_retry_after_in_seconds_and_as_a_date(site: LocalSite, fetch: Fetch, fake_time: FakeTime) -> None:
    dated = {"Retry-After": "Fri, 20 Dec 2024 03:00:40 GMT"}
    site.put("/a", Reply(503, b"", {"Retry-After": "17"}), Reply(503, b"", dated), Reply(200, b"x"))
    assert fetch().outcome is OutcomeClass.STORED
    assert fake_time.slept[0] == 17
    assert 22 < fake_time.slept[1] < 23  # forty seconds past the hour, seventeen of them gone


def test_a_wait_too_long_ends_the_tries(site: LocalSite, fetch: Fetch, fake_time: FakeTime) -> None:
    site.put("/a", Reply(503, b"", {"Retry-After": "86400"}))
    fetched = fetch()
    assert (fetched.outcome, fetched.tries, fake_time.slept) == (OutcomeClass.SERVER_ERROR, 1, [])


def test_tries_are_bounded(site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", Reply(503))
    assert fetch().tries == 3
    assert site.asked("/a") == 3


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, OutcomeClass.NOT_FOUND),
        (410, OutcomeClass.GONE),
        (403, OutcomeClass.CLIENT_ERROR),
        (301, OutcomeClass.UNEXPECTED_STATUS),
    ],
)
def test_status_classes(status: int, outcome: OutcomeClass, site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", Reply(status, b"no"))
    fetched = fetch()
    assert (fetched.outcome, fetched.tries) == (outcome, 1)
    assert fetched.response is not None


def test_redirect_within_the_domain_is_followed(site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", Reply(302, b"", {"Location": "/b"}))
    site.put("/b", "here")
    response = fetch().response
    assert response is not None
    assert response.url == site.base + "/b"


@pytest.mark.parametrize("target", ["http://elsewhere.example/x", "/a", "/loop1"])
def test_redirects_that_leave_or_loop_are_refused(target: str, site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", Reply(302, b"", {"Location": target}))
    for n in range(1, 9):
        site.put(f"/loop{n}", Reply(302, b"", {"Location": f"/loop{n + 1}"}))
    assert fetch().outcome is OutcomeClass.REDIRECT_REFUSED
    assert len(site.requests) <= 6


def test_private_addresses_are_refused_unless_the_source_says_so(site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", "x")
    fetched = fetch(allow_loopback=False, pace_seconds=1)
    assert fetched.outcome is OutcomeClass.ADDRESS_REFUSED
    assert site.requests == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:192.168.1.1", False),
        ("0.0.0.0", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::1", False),
        ("2002:7f00:1::", False),
        ("::127.0.0.1", False),
        ("64:ff9b::71a0:101", True),
        ("2002:71a0:101::1", True),
        ("113.160.1.1", True),
        ("2001:ee0::1", True),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_announced_and_unannounced_oversize(site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", Reply(200, b"x" * 5000))
    assert fetch(max_bytes=1000).outcome is OutcomeClass.TOO_LARGE
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    site.put("/b", Reply(raw=write_slowly([head, *[b"x" * 1000] * 50])))
    fetched = fetch("/b", max_bytes=1000)
    assert fetched.outcome is OutcomeClass.TOO_LARGE
    assert fetched.response is None


def test_gzip_bomb_is_kept_as_sent_and_never_unpacked_beyond_the_bound(site: LocalSite, fetch: Fetch) -> None:
    bomb = gzip.compress(b"\0" * 3_000_000)
    site.put("/a", Reply(200, bomb, {"Content-Encoding": "gzip"}))
    fetched = fetch(max_decoded_bytes=100_000)
    assert fetched.outcome is OutcomeClass.TOO_LARGE
    assert fetched.response is not None
    assert fetched.response.payload == bomb


def test_truncated_gzip_is_kept_with_its_class(site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", Reply(200, gzip.compress(b"<p>" * 999)[:-9], {"Content-Encoding": "gzip"}))
    fetched = fetch()
    assert fetched.outcome is OutcomeClass.BAD_ENCODING
    assert fetched.response is not None


def test_an_answer_that_breaks_off_is_tried_again(site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", Reply(200, b"half", stated_length=4000), Reply(200, b"whole"))
    fetched = fetch()
    assert (fetched.outcome, fetched.tries) == (OutcomeClass.STORED, 2)


def test_drip_is_cut_at_the_deadline(site: LocalSite, fetch: Fetch) -> None:
    """The clock of the test advances a millisecond a look, so a hundred pieces outlast a deadline of 50 ms."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.put("/a", Reply(raw=write_slowly([head, *[b"1\r\nx\r\n"] * 100_000])))
    fetched = fetch(deadline_seconds=0.05)
    assert fetched.outcome is OutcomeClass.TOO_SLOW


def test_headers_that_never_end_are_cut(site: LocalSite, fetch: Fetch) -> None:
    def endless(handler: object) -> None:
        connection = handler.connection  # type: ignore[attr-defined]
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-A: ")
            connection.recv(1)  # blocks until the client hangs up
        except OSError:
            pass

    site.put("/a", Reply(raw=endless))
    assert fetch(deadline_seconds=0.2, timeout=30).outcome is OutcomeClass.TOO_SLOW


def test_silence_is_a_timeout(site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", Reply(raw=lambda handler: handler.connection.recv(1)))
    fetched = fetch(timeout=0.1, retry={"tries": 2})
    assert (fetched.outcome, fetched.tries) == (OutcomeClass.TIMEOUT, 2)


def test_nobody_there_and_no_such_host(site: LocalSite, fetch: Fetch) -> None:
    refused = fetch("http://127.0.0.1:1/a", retry={"tries": 1})
    assert refused.outcome is OutcomeClass.CONNECTION_FAILED
    assert refused.detail
    assert "\n" not in refused.detail
    nameless = fetch("http://no-such-host.invalid/", retry={"tries": 1}, domains=["no-such-host.invalid"])
    assert nameless.outcome is OutcomeClass.CONNECTION_FAILED


def test_nonsense_instead_of_http(site: LocalSite, fetch: Fetch) -> None:
    site.put("/a", Reply(raw=lambda handler: handler.connection.sendall(b"\x00\xff\x00 nonsense\r\n\r\n")))
    assert fetch(retry={"tries": 1}).outcome is OutcomeClass.CONNECTION_FAILED


def test_pace_counts_from_request_to_request(fake_time: FakeTime, pace: HostPace) -> None:
    pace.wait("a", 2)
    pace.wait("b", 2)
    fake_time.at = fake_time.at.replace(second=1)  # a request took a second
    pace.wait("a", 2)
    pace.wait("a", 2)
    assert [round(seconds) for seconds in fake_time.slept] == [1, 2]


@pytest.mark.parametrize("trouble", ["oversize", "drip", "hung up"])
def test_what_is_left_of_an_answer_is_never_taken_for_the_next(
    trouble: str, site: LocalSite, make_source: Make, fake_time: FakeTime, pace: HostPace
) -> None:
    """Requests share a connection: one that was not read to its end, or was closed meanwhile, is not used again."""
    chunks = [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n"] * 2_000]

    def hangs_up(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")

    replies = {
        "oversize": (Reply(200, b"x" * 90_000), OutcomeClass.TOO_LARGE),
        "drip": (Reply(raw=write_slowly(chunks)), OutcomeClass.TOO_SLOW),
        "hung up": (Reply(raw=hangs_up), OutcomeClass.STORED),
    }
    site.put("/odd", replies[trouble][0])
    site.put("/a", "<p>whole</p>")
    source = make_source(max_bytes=9_000, deadline_seconds=0.5)
    client = PoliteClient(source, "tests@example.invalid", fake_time.clock, pace)
    try:
        ends = [client.fetch(site.base + path, OpenGate()) for path in ("/a", "/odd", "/a", "/a")]
    finally:
        client.close()
    assert [end.outcome for end in ends] == ["stored", replies[trouble][1], "stored", "stored"]
    assert [end.body for end in ends if end is not ends[1]] == [b"<p>whole</p>"] * 3


def test_a_host_in_tls_that_is_vouched_for(
    fetch: Fetch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr("scrapers.connection._trust", lambda: trusting)
    secure = LocalSite(context)
    secure.put("/a", "<p>x</p>")
    try:
        assert fetch(f"{secure.base}/a").body == b"<p>x</p>"
    finally:
        secure.close()


def page_of(number: int) -> bytes:
    words = random.Random(number).choices(
        ["xã", "dân", "chủ", "cơ", "sở", "tiếp", "công", "dân", "đối", "thoại"], k=6_000
    )
    return f"<p>{' '.join(words)} {number}</p>".encode()


@pytest.mark.parametrize("length", [1 << 10, 1 << 13])
def test_the_beginning_of_a_packed_page_tells_that_it_is_whole(length: int) -> None:
    body = page_of(1)
    packed = gzip.compress(body)
    beginning = decode_beginning(packed, "gzip", 10**6, length)
    assert beginning is not None
    assert length // 2 < len(beginning) <= length
    assert body.startswith(beginning)
    assert decode_beginning(packed, "gzip", len(body) - 1, length) is None  # longer than allowed
    assert decode_beginning(packed, "gzip, gzip", 10**6, length) is None
    assert decode_beginning(b"\x1f\x8b nonsense" + packed[12:], "gzip", 10**6, length) is None
    assert (
        decode_beginning(gzip.compress(bytes(10**5)), "gzip", 10**6, length) is None
    )  # packed too well for a page


def test_a_cut_page_does_not_look_whole() -> None:
    """Four bytes of packed text state a length that a page may have by a chance of one in thousands."""
    packed = gzip.compress(page_of(2))
    cuts = range(len(packed) // 2, len(packed) - 4)
    taken = sum(decode_beginning(packed[:cut], "gzip", 10**7, 1 << 10) is not None for cut in cuts)
    assert len(cuts) > 2_000
    assert taken <= len(cuts) // 500


def test_only_who_says_that_a_beginning_suffices_is_spared_the_rest(
    site: LocalSite, make_source: Make, fake_time: FakeTime, pace: HostPace
) -> None:
    body = page_of(3)
    site.put("/a", Reply(200, gzip.compress(body), {"Content-Encoding": "gzip"}))
    client = PoliteClient(make_source(), "tests@example.invalid", fake_time.clock, pace)
    shown: list[bytes] = []

    def never(beginning: bytes) -> bool:
        shown.append(beginning)
        return False

    try:
        spared = client.fetch(site.base + "/a", OpenGate(), suffices=lambda _: True)
        whole = client.fetch(site.base + "/a", OpenGate(), suffices=never)
    finally:
        client.close()
    assert (spared.outcome, spared.sufficed, whole.sufficed) == (OutcomeClass.STORED, True, False)
    assert spared.body is not None
    assert len(spared.body) < len(body) == len(whole.body or b"")
    assert shown
    assert all(body.startswith(beginning) for beginning in shown)


def test_cookies_are_not_kept(
    site: LocalSite, make_source: Make, fake_time: FakeTime, pace: HostPace
) -> None:
    site.put("/a", Reply(200, b"x", {"Set-Cookie": "id=1; Path=/"}))
    client = PoliteClient(make_source(), "tests@example.invalid", fake_time.clock, pace)
    client.fetch(site.base + "/a", OpenGate())
    client.fetch(site.base + "/a", OpenGate())
    client.close()
    assert "Cookie" not in site.requests[-1].headers


def test_a_certificate_nobody_vouches_for(fetch: Fetch, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*self_signed(tmp_path))
    secure = LocalSite(context)
    try:
        fetched = fetch(f"{secure.base}/a")
    finally:
        secure.close()
    assert (fetched.outcome, fetched.tries) == (OutcomeClass.TLS_FAILED, 1)
    assert secure.requests == []


def self_signed(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for 127.0.0.1 that no authority signed, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2099, 1, 1))  # noqa: DTZ001
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = builder.add_extension(address, critical=False).sign(key, hashes.SHA256())
    paths = folder / "site.crt", folder / "site.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return paths
