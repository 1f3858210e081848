"""Connections that go only where they may: private addresses are refused, slow answers are cut off."""

from __future__ import annotations

import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import certifi
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.util.wait import wait_for_read

from scrapers.headers import PlainlyReadResponse

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: Bytes asked of a socket at once: each look costs a change of threads.
_BUFFER = 1 << 17


#: Networks whose addresses end in an IPv4 address: NAT64 (RFC 6052) and IPv4-compatible ones (RFC 4291).
_ENDING_IN_IPV4 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))
#: NAT64 of one's own network (RFC 8215), where an IPv4 address may stand anywhere.
_OWN_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")


class AddressRefusedError(Exception):
    """The host's address is private, loopback or otherwise not on the public internet."""


class AnswerTooSlowError(Exception):
    """Bytes kept coming, but the answer was not complete at the deadline."""


def is_public(address: str) -> bool:
    """Say whether an IP address, and the IPv4 address it may carry, is on the public internet."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv4Address):
        return parsed.is_global
    return parsed not in _OWN_NAT64 and (_carried_by(parsed) or parsed).is_global


def _carried_by(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that packets to an IPv6 address go on to."""
    if any(address in network for network in _ENDING_IN_IPV4):
        return ipaddress.IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour


def _refuse_private(addresses: set[str], host: str) -> None:
    private = sorted(address for address in addresses if not is_public(address))
    if private:
        raise AddressRefusedError(f"{host} is at {private[0]}, which is not a public address")


@dataclass(frozen=True)
class _Bounds:
    allow_private: bool
    deadline: float


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


class _Guarded(HTTPConnection):
    """A connection that checks the address before and after connecting: a name may change it in between.

    Args:
        host: name or address.
        port: None for the scheme's own.
        bounds: those of its adapter.
        more: as the standard library's connection has it.
    """

    def __init__(self, host: str, port: int | None, bounds: _Bounds, **more: Any) -> None:
        super().__init__(host, port, **more)
        self._bounds = bounds
        self._create_connection = self._connected

    def _connected(self, address: tuple[str, int], *args: Any) -> socket.socket:
        if self._bounds.allow_private:
            return socket.create_connection(address, *args)
        found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
        _refuse_private({str(info[4][0]) for info in found}, self.host)
        sock = socket.create_connection(address, *args)
        try:
            _refuse_private({sock.getpeername()[0]}, self.host)
        except AddressRefusedError:
            sock.close()
            raise
        return sock

    def response_class(self, sock: socket.socket, *args: Any, **kwargs: Any) -> HTTPResponse:  # type: ignore[override]
        """Return an answer whose status line, headers and body must all come before the deadline."""
        answer = PlainlyReadResponse(sock, *args, **kwargs)
        answer.fp = io.BufferedReader(_TimedSocket(answer.fp.detach(), sock, self._bounds.deadline), _BUFFER)
        return answer

    def is_open(self) -> bool:
        """Say whether the other side has kept the connection open, with nothing to be read from it."""
        return self.sock is not None and not wait_for_read(self.sock, timeout=0.0)


class _GuardedTls(_Guarded, HTTPSConnection):
    pass


@cache
def _trust() -> ssl.SSLContext:
    """Return the one TLS context of this process; reading the authorities takes longer than fetching a page."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


class GuardedAdapter(BaseAdapter):
    """A requests adapter with one guarded connection a host, kept open; for the one thread that uses it.

    The adapter that comes with requests keeps pools for many threads, proxies, retries and decoders, none of which a
    crawl has a use for, and passing through them costs several times the processor time of the request itself.

    Args:
        allow_private: permit private and loopback addresses (local test servers).
        deadline: seconds within which an answer must be complete, counted from the moment it is awaited.
    """

    def __init__(self, *, allow_private: bool, deadline: float) -> None:
        super().__init__()
        self._bounds = _Bounds(allow_private, deadline)
        self._connections: dict[tuple[str, str], _Guarded] = {}

    def send(
        self,
        request: PreparedRequest,
        stream: bool = True,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> Response:
        """Send a request and return the answer with its headers read and its body not yet.

        What goes wrong is raised as the standard library raises it. Certificates are always verified; client
        certificates and proxies are not known. The answer must be read to its end before the next request; if it is
        not, ``close`` first.

        Args:
            request: a prepared request.
            stream: of no effect, as are ``verify``, ``cert`` and ``proxies``.
            timeout: seconds to wait for a connection, and for each further byte.
        """
        connection = self._connection(str(request.url), timeout)
        try:
            connection.request(
                str(request.method), request.path_url, body=request.body, headers=dict(request.headers)
            )
            return _response(request, connection.getresponse())
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Close all connections; the next request opens its own again."""
        for connection in self._connections.values():
            connection.close()

    def _connection(self, url: str, timeout: float) -> _Guarded:
        """Return the connection to a host; one that is closed opens again by itself."""
        parts = urlsplit(url)
        host = parts[:2]
        if host not in self._connections:
            made: Callable[..., _Guarded] = _Guarded
            if parts.scheme == "https":
                made = partial(_GuardedTls, context=_trust())
            self._connections[host] = made(parts.hostname, parts.port, self._bounds)
        connection = self._connections[host]
        connection.timeout = timeout
        if not connection.is_open():
            connection.close()
        elif connection.sock.gettimeout() != timeout:
            connection.sock.settimeout(timeout)
        return connection


def _response(request: PreparedRequest, answer: HTTPResponse) -> Response:
    response = Response()
    response.request = request
    response.url = str(request.url)
    response.status_code = answer.status
    response.reason = answer.reason or ""
    response.headers = CaseInsensitiveDict(answer.headers.items())
    response.raw = answer
    return response
