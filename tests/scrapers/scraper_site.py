"""A small web on loopback whose every answer is scripted, and a clock that needs no waiting."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from scrapers.pace import Clock


@dataclass
class Reply:
    """One scripted answer; ``raw`` writes to the socket itself."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    raw: Callable[[Any], None] | None = None
    stated_length: int | None = None


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    form: tuple[tuple[str, str], ...] = ()


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are part of the tests."""


class LocalSite:
    """Answers from scripts: a path has one reply, or several that are used up in order (the last stays).

    ``made`` holds functions that make the answer, by path without its query.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.scheme = "https" if context else "http"
        self.routes: dict[str, list[Reply]] = {}
        self.made: dict[str, Callable[[Request], Reply]] = {}
        self.requests: list[Request] = []
        self.etags: dict[str, str] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # head and body go out as two packets

            def do_GET(self) -> None:
                site.answer(self)

            def do_POST(self) -> None:
                site.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = QuietServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    @property
    def base(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server.server_address[1]}"

    def put(self, path: str, *replies: Reply | str | bytes, etag: str | None = None) -> None:
        made = []
        for reply in replies:
            if isinstance(reply, Reply):
                made.append(reply)
                continue
            body = reply.encode() if isinstance(reply, str) else reply
            kind = "application/xml" if path.endswith((".xml", "/rss")) else "text/html; charset=utf-8"
            kind = "text/plain" if path.endswith(".txt") else kind
            made.append(Reply(200, body, {"Content-Type": kind}))
        self.routes[path] = made
        if etag:
            self.etags[path] = etag

    def asked(self, path: str) -> int:
        return sum(request.path == path for request in self.requests)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        sent = handler.rfile.read(int(handler.headers.get("Content-Length") or 0)).decode()
        form = tuple(parse_qsl(sent, keep_blank_values=True))
        self.requests.append(Request(handler.path, dict(handler.headers.items()), form))
        made = self.made.get(handler.path.partition("?")[0])
        replies = [made(self.requests[-1])] if made else self.routes.get(handler.path)
        reply = (
            Reply(404, b"<h1>404</h1>") if not replies else replies.pop(0) if len(replies) > 1 else replies[0]
        )
        if reply.raw:
            handler.close_connection = True
            reply.raw(handler)
            return
        etag = self.etags.get(handler.path)
        if etag and handler.headers.get("If-None-Match") == etag:
            reply = Reply(304, b"", {"ETag": etag})
        elif etag:
            reply.headers["ETag"] = etag
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if reply.status != 304:
            handler.send_header("Content-Length", str(reply.stated_length or len(reply.body)))
        if reply.stated_length:
            handler.send_header("Connection", "close")
        handler.end_headers()
        try:
            handler.wfile.write(reply.body)
        except OSError:
            handler.close_connection = True

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class FakeTime:
    """Time that passes only when someone sleeps, and a millisecond at each look."""

    def __init__(self, start: datetime = datetime(2024, 12, 20, 3, 0, tzinfo=UTC)) -> None:
        self.at = start
        self.slept: list[float] = []
        self.clock = Clock(self.now, self.monotonic, self.sleep)
        self._start = start

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def monotonic(self) -> float:
        return (self.now() - self._start).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)


def gzipped(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)


def write_slowly(pieces: list[bytes]) -> Callable[[Any], None]:
    """Send the pieces one by one, each flushed, until the other side hangs up."""

    def write(handler: Any) -> None:
        try:
            handler.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for piece in pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
        except OSError:
            pass

    return write
