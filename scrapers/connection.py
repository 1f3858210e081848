"""Connections that go only where they may: private addresses are refused, slow answers are cut off."""

from __future__ import annotations

import io
import ipaddress
import socket
import ssl
import time
from functools import cache
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import certifi
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: Bytes asked of a socket at once: each look costs a change of threads.
_BUFFER = 1 << 17


class AddressRefusedError(Exception):
    """The host's address is private, loopback or otherwise not on the public internet."""


class AnswerTooSlowError(Exception):
    """Bytes kept coming, but the answer was not complete at the deadline."""


def is_public(address: str) -> bool:
    """Say whether an IP address is on the public internet."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_global


def _refuse_private(addresses: set[str], host: str) -> None:
    private = sorted(address for address in addresses if not is_public(address))
    if private:
        raise AddressRefusedError(f"{host} is at {private[0]}, which is not a public address")


class _TimedSocket(io.RawIOBase):
    """The reading side of a socket up to a moment: a server that drips bytes never trips the read timeout."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, seconds: float) -> None:
        self._raw = raw
        self._sock = sock
        self._patience = sock.gettimeout()
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        left = self._end - time.monotonic()
        if self._patience is not None and left >= self._patience:
            return self._raw.readinto(buffer)
        try:
            if left <= 0:
                raise TimeoutError
            self._sock.settimeout(left)
            return self._raw.readinto(buffer)
        except TimeoutError:
            raise AnswerTooSlowError(f"answer not complete after {self._seconds:g} s") from None

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedAnswer(HTTPResponse):
    """An answer whose status line, headers and body must all come within ``deadline`` seconds."""

    deadline = 60.0

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_TimedSocket(self.fp.detach(), sock, self.deadline), _BUFFER)


class _Guarded(HTTPConnection):
    """Checks the address before and after connecting: a name may change its address in between."""

    allow_private = False

    def _new_conn(self) -> socket.socket:
        if self.allow_private:
            return super()._new_conn()
        try:
            found = socket.getaddrinfo(self._dns_host, self.port, type=socket.SOCK_STREAM)
        except socket.gaierror:
            return super()._new_conn()  # which names the failure
        _refuse_private({str(info[4][0]) for info in found}, self.host)
        sock = super()._new_conn()
        try:
            _refuse_private({sock.getpeername()[0]}, self.host)
        except AddressRefusedError:
            sock.close()
            raise
        return sock


class _GuardedTls(_Guarded, HTTPSConnection):
    pass


@cache
def _trust() -> ssl.SSLContext:
    """Return the one TLS context of this process; reading the authorities takes longer than fetching a page."""
    context = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
    context.load_verify_locations(certifi.where())
    return context


class GuardedAdapter(BaseAdapter):
    """A requests adapter with one guarded connection a host, kept open; for the one thread that uses it.

    The adapter that comes with requests keeps pools for many threads, proxies, retries and cookies, none of which a
    crawl has a use for, and passing through them costs as much processor time as the request itself.

    Args:
        allow_private: permit private and loopback addresses (local test servers).
        deadline: seconds within which an answer must be complete, counted from the moment it is awaited.
    """

    def __init__(self, *, allow_private: bool, deadline: float) -> None:
        super().__init__()
        answer = type("_Answer", (_TimedAnswer,), {"deadline": deadline})
        bounds = {"allow_private": allow_private, "response_class": answer}
        self._plain = type("_Plain", (_Guarded,), bounds)
        self._tls = type("_Tls", (_GuardedTls,), bounds)
        self._open: dict[tuple[str, str], HTTPConnection] = {}

    def send(
        self,
        request: PreparedRequest,
        stream: bool = True,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> Response:
        """Send a request and return the answer with its headers read and its body not yet, whatever ``stream`` says.

        Certificates are always verified; client certificates and proxies are not known. The answer must be read to
        its end before the next request; if it is not, ``close`` first.

        Args:
            request: a prepared request.
            stream: of no effect, as are ``verify``, ``cert`` and ``proxies``.
            timeout: seconds to wait for a connection, and for each further byte.
        """
        connection = self._connection(str(request.url))
        connection.timeout = timeout
        try:
            connection.request(
                str(request.method),
                request.path_url,
                body=request.body,
                headers=dict(request.headers),
                preload_content=False,
                decode_content=False,
            )
            return _response(request, connection.getresponse())
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Close all connections."""
        for connection in self._open.values():
            connection.close()

    def _connection(self, url: str) -> HTTPConnection:
        """Return the connection to a host; one that the other side has closed meanwhile opens again by itself."""
        parts = urlsplit(url)
        connection = self._open.get(parts[:2])
        if connection is None:
            if parts.scheme == "https":
                connection = self._tls(parts.hostname, parts.port, ssl_context=_trust())
            else:
                connection = self._plain(parts.hostname, parts.port)
            self._open[parts[:2]] = connection
        elif not connection.is_connected:
            connection.close()
        return connection


def _response(request: PreparedRequest, answer: BaseHTTPResponse) -> Response:
    response = Response()
    response.request = request
    response.url = str(request.url)
    response.status_code = answer.status
    response.reason = answer.reason or ""
    response.headers = CaseInsensitiveDict(answer.headers)
    response.raw = answer
    return response
