"""Serves packed pages from memory on many loopback hosts, in a process of its own so that it costs no peer anything.

It does as little as a server can, since it shares the machine with whoever is measured: answers are made before the
first request, and one loop serves all connections.
"""

from __future__ import annotations

import asyncio
import gzip
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from benchmarks.scrapers.pages import Page, listing_of

_END_OF_HEAD = b"\r\n\r\n"
#: Timers of the loop go off at whole milliseconds, up to one too late: half of that is taken off.
_TIMER_LATE = 0.0005
_NOTHING = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 0\r\n\r\n"


@contextmanager
def serving(pages: list[Page], latency: float = 0.0) -> Iterator[int]:
    """Serve the pages on every address of 127.0.0.0/8, each answer after ``latency`` seconds; yield the port."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(
        target=_serve, args=(pages, latency, theirs), daemon=True
    )
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


class _Connection(asyncio.Protocol):
    def __init__(self, answers: dict[bytes, bytes], latency: float) -> None:
        self._answers = answers
        self._latency = latency
        self._asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *asked, self._asked = (self._asked + data).split(_END_OF_HEAD)
        for head in asked:
            answer = self._answers.get(head.split(b" ", 2)[1], _NOTHING)
            if self._latency:
                asyncio.get_running_loop().call_later(
                    self._latency - _TIMER_LATE, self._transport.write, answer
                )
            else:
                self._transport.write(answer)


def _serve(pages: list[Page], latency: float, pipe: Connection) -> None:
    bodies = {page.path: gzip.compress(page.html.encode(), 6) for page in pages}
    bodies["/"] = gzip.compress(listing_of(pages).encode())
    answers = {path.encode(): _answer(body) for path, body in bodies.items()}

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(answers, latency), "0.0.0.0", 0, backlog=512)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


def _answer(body: bytes) -> bytes:
    head = (
        "HTTP/1.1 200 OK\r\nServer: benchmark\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
