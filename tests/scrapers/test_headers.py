"""Headers read the quick way say what the standard library reads."""

from __future__ import annotations

import http.client
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.headers import read_headers

NAMES = st.sampled_from(
    [b"Content-Type", b"ETag", b"Set-Cookie", b"X Y", b"", b"X:", b"From ", b"\xc4\x90", b"a\x0bb"]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            b" text/html; charset=utf-8",
            b'\t"x" ',
            b"",
            b"   ",
            b" \xc3\xa1",
            b" a\r b",
            b" a\x85b",
            b" =?utf-8?b?eA==?=",
        ]
    ),
    st.binary(max_size=12),
)
LINES = st.one_of(
    st.tuples(NAMES, st.just(b":"), VALUES, st.sampled_from([b"\r\n", b"\n"])).map(b"".join),
    st.sampled_from([b" folded\r\n", b"no colon\r\n", b"From x@y\r\n", b"\tfolded\n", b"--part\r\n"]),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(LINES, max_size=6), st.sampled_from([b"\r\n", b"\n", b""]))
def test_any_headers_are_read_as_the_standard_library_reads_them(lines: list[bytes], end: bytes) -> None:
    sent = b"".join(lines) + end + b"<html>"
    ours, theirs = BytesIO(sent), BytesIO(sent)
    assert read_headers(ours).items() == http.client.parse_headers(theirs).items()
    assert ours.read() == theirs.read()


@pytest.mark.parametrize("sent", [b"A: b\r\n" * 101, b"A: " + b"b" * 70_000 + b"\r\n"])
def test_endless_headers_are_refused(sent: bytes) -> None:
    with pytest.raises(http.client.HTTPException):
        http.client.parse_headers(BytesIO(sent))
    with pytest.raises(http.client.HTTPException):
        read_headers(BytesIO(sent))
