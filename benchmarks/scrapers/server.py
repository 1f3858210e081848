"""Serves packed pages from memory on many loopback hosts, in a process of its own so that it costs no peer anything."""

from __future__ import annotations

import gzip
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection

from benchmarks.scrapers.pages import Page, listing_of


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


def _serve(pages: list[Page], latency: float, pipe: Connection) -> None:
    packed = {page.path: gzip.compress(page.html.encode(), 6) for page in pages}
    packed["/"] = gzip.compress(listing_of(pages).encode())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 1 << 16

        def do_GET(self) -> None:
            time.sleep(latency)
            body = packed.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if body:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)
    pipe.send(server.server_address[1])
    server.serve_forever()
