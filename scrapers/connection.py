"""Connections that go only where they may: private addresses are refused, slow headers are cut off."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse


class AddressRefusedError(Exception):
    """The host's address is private, loopback or otherwise not on the public internet."""


class HeadersTooSlowError(Exception):
    """The status line and headers were not complete at the deadline."""


def is_public(address: str) -> bool:
    """Say whether an IP address is on the public internet."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_global


def _refuse_private(addresses: set[str], host: str) -> None:
    private = sorted(address for address in addresses if not is_public(address))
    if private:
        raise AddressRefusedError(f"{host} is at {private[0]}, which is not a public address")


@contextmanager
def _cut_off(sock: socket.socket, seconds: float) -> Iterator[None]:
    """Shut ``sock`` after ``seconds``: a server that drips header bytes never trips the read timeout."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # closed already

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    problem = HeadersTooSlowError(f"headers not complete after {seconds:g} s")
    try:
        yield
    except Exception:
        if late.is_set():
            raise problem from None
        raise
    finally:
        timer.cancel()
    if late.is_set():  # half a header reads like a whole one once the socket is shut
        raise problem


class _Guarded(HTTPConnection):
    """Checks the address before and after connecting: a name may change its address in between."""

    header_deadline = 60.0
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

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 itself declares it
        if self.sock is None:
            return super().getresponse()
        with _cut_off(self.sock, self.header_deadline):
            return super().getresponse()


class _GuardedTls(_Guarded, HTTPSConnection):
    pass


class GuardedAdapter(HTTPAdapter):
    """A requests adapter whose connections are guarded.

    Args:
        allow_private: permit private and loopback addresses (local test servers).
        header_deadline: seconds within which status line and headers must be complete.
    """

    def __init__(self, *, allow_private: bool, header_deadline: float) -> None:
        bounds = {"allow_private": allow_private, "header_deadline": header_deadline}
        plain = type("_Plain", (_Guarded,), bounds)
        tls = type("_Tls", (_GuardedTls,), bounds)
        self._pools: dict[str, Any] = {
            "http": type("_PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("_TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
        }
        super().__init__(pool_connections=4, pool_maxsize=4)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools with guarded connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools
