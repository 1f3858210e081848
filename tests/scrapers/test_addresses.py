"""One spelling for one page, and bodies unpacked within bounds."""

from __future__ import annotations

import contextlib
import gzip
import zlib
from urllib.parse import urlsplit, urlunsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.encoding import BodyError, OversizedBodyError, TruncatedBodyError, decode_body
from scrapers.urls import _spelled, canonical_url, host_of, on_domains, path_and_query, slug_words

relaxed = settings(deadline=None)

SPELLINGS = [
    ("HTTPS://Bao.Example:443/a/../b.html#top", "https://bao.example/b.html"),
    ("/tin-1.html?utm_source=rss&utm_medium=x", "https://bao.example/tin-1.html"),
    ("tin-1.html?a=1&fbclid=zz&b=2", "https://bao.example/muc/tin-1.html?a=1&b=2"),
    ("//m.bao.example/x", "https://m.bao.example/x"),
    ("?page=2", "https://bao.example/muc/?page=2"),
    ("/đối-thoại.html", "https://bao.example/%C4%91%E1%BB%91i-tho%E1%BA%A1i.html"),
    (" /a b.html ", "https://bao.example/a%20b.html"),
    ("https://bao.example", "https://bao.example/"),
    ("javascript:void(0)", None),
    ("mailto:a@b.example", None),
    ("http://", None),
    ("http://[bad/", None),
    ("http://x.example:99999/", None),
]


@pytest.mark.parametrize(("given_url", "expected"), SPELLINGS)
def test_spelling(given_url: str, expected: str | None) -> None:
    assert canonical_url(given_url, "https://bao.example/muc/") == expected


@relaxed
@given(st.text(max_size=40), st.text(alphabet="abc=&%?#é ", max_size=30))
def test_canonical_twice_is_canonical_once(path: str, query: str) -> None:
    once = canonical_url(f"https://bao.example/{path}?{query}")
    assert once is None or canonical_url(once) == once


PIECES = st.sampled_from(
    [
        *(
            "http://",
            "https://",
            "HTTP://",
            "//",
            "user@",
            "[::1]",
            "a.vn",
            "bao.example",
            "B.vn",
            "xn--a.",
            ".",
            "..",
        ),
        *(
            ":80",
            ":443",
            ":8080",
            ":0",
            ":49152",
            ":65536",
            "/",
            "/.",
            "/..",
            "x.html",
            "a-b_c",
            "%41",
            "é",
            ";",
            "~",
        ),
        *("?", "a=1", "utm_source=x", "&", "#t", " "),
    ]
)
ADDRESSES = st.one_of(
    st.lists(PIECES, max_size=6).map("".join),
    st.tuples(
        st.sampled_from(["http://a.vn", "https://b.a.vn:8080", "http://1.2.3.4:49152", ""]),
        st.lists(PIECES, max_size=4),
    ).map(lambda parts: f"{parts[0]}/{''.join(parts[1])}"),
)


@settings(deadline=None, max_examples=500)
@given(
    ADDRESSES,
    st.sampled_from([None, "http://a.vn/x/y?q=1", "https://b.vn:8080/", "http://a.vn", "http://A.vn/x"]),
)
def test_the_quick_ways_with_plain_addresses_give_what_taking_them_apart_gives(
    url: str, base: str | None
) -> None:
    with contextlib.suppress(ValueError):
        assert canonical_url(url, base) == _spelled(url, base)
    with contextlib.suppress(ValueError):
        parts = urlsplit(url)
        assert host_of(url) == parts.netloc.lower()
        assert path_and_query(url) == urlunsplit(("", "", parts.path, parts.query, ""))
        assert on_domains(url, ["a.vn"]) == (
            (parts.hostname or "") == "a.vn" or (parts.hostname or "").endswith(".a.vn")
        )


def test_domains_and_slugs() -> None:
    assert on_domains("https://phuyen.baodaklak.vn/x", ["baodaklak.vn"])
    assert not on_domains("https://notbaodaklak.vn/x", ["baodaklak.vn"])
    assert not on_domains("https://baodaklak.vn.spam.example/x", ["baodaklak.vn"])
    assert slug_words("https://b.example/chinh-tri/dan-chu-o-co-so-post123.html") == "dan chu o co so"


@relaxed
@given(
    st.binary(max_size=2000),
    st.sampled_from(["gzip", "x-gzip", "deflate", "identity", "", "gzip, gzip", "raw"]),
)
def test_every_encoding_is_undone(body: bytes, name: str) -> None:
    packed = body
    for part in name.split(", "):
        if "gzip" in part:
            packed = gzip.compress(packed)
        elif part == "deflate":
            packed = zlib.compress(packed)
        elif part == "raw":
            packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
            packed = packer.compress(packed) + packer.flush()
    header = "deflate" if name == "raw" else name
    assert decode_body(packed, header, 5000) == body


@relaxed
@given(st.binary(min_size=50, max_size=500), st.integers(1, 30))
def test_cut_short_is_never_taken_for_whole(body: bytes, cut: int) -> None:
    with pytest.raises(TruncatedBodyError):
        decode_body(gzip.compress(body)[:-cut], "gzip", 5000)


def test_bounds_and_strangers() -> None:
    with pytest.raises(OversizedBodyError):
        decode_body(gzip.compress(b"x" * 101), "gzip", 100)
    with pytest.raises(OversizedBodyError):
        decode_body(b"x" * 101, None, 100)
    with pytest.raises(BodyError, match="br"):
        decode_body(b"x", "br", 100)
    two = gzip.compress(b"a") + gzip.compress(b"b") + b"\0" * 10
    assert decode_body(two, "gzip", 100) == b"ab"
