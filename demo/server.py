"""Serves the sample portals on loopback, one port each."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coso.errors import BusyError, EnvironmentProblemError
from demo.pages import HTML, Page, Pages
from demo.portals import build_portal, missing_page
from demo.truth import load_truth

HOST = "127.0.0.1"
#: Port of the first portal; the others follow it in the order of ``outlets`` in ``demo/truth.yml``.
DEFAULT_BASE_PORT = 8620
#: How late a slow page is, in seconds.
SLOW_SECONDS = 0.6
_START_SECONDS = 15.0


@dataclass(frozen=True)
class SampleWeb:
    """The running sample web: the port of each portal, by outlet."""

    ports: Mapping[str, int]

    def url(self, outlet: str, path: str = "/") -> str:
        """Return the address of a page of one portal."""
        return f"http://{HOST}:{self.ports[outlet]}{path}"


@contextmanager
def serve(base_port: int = DEFAULT_BASE_PORT) -> Iterator[SampleWeb]:
    """Serve all sample portals in a background thread while the context lasts.

    Args:
        base_port: port of the first portal, the others follow; 0 takes any free ports.

    Raises:
        BusyError: a port is in use.
        EnvironmentProblemError: a port may not be used, or the servers do not start.
    """
    builders = {outlet: partial(build_portal, outlet) for outlet in load_truth().outlets}
    with serve_sites(builders, base_port) as web:
        yield web


@contextmanager
def serve_sites(builders: Mapping[str, Callable[[str], Pages]], base_port: int = 0) -> Iterator[SampleWeb]:
    """Serve any sites in a background thread while the context lasts, each on a port of its own.

    Args:
        builders: for each site, what makes its pages from its origin.
        base_port: port of the first site, the others follow; 0 takes any free ports.

    Raises:
        BusyError: a port is in use.
        EnvironmentProblemError: a port may not be used, or the servers do not start.
    """
    sockets = _bind_all(list(builders), base_port)
    ports = {outlet: sock.getsockname()[1] for outlet, sock in sockets.items()}
    servers = [
        _Server(_config(_application(builders[outlet](f"http://{HOST}:{ports[outlet]}"))), sock)
        for outlet, sock in sockets.items()
    ]
    thread = threading.Thread(target=_run, args=(servers,), name="sample-web", daemon=True)
    thread.start()
    try:
        _wait_until_up(servers, thread)
        yield SampleWeb(ports)
    finally:
        for server in servers:
            server.should_exit = True
        thread.join(timeout=_START_SECONDS)
        for sock in sockets.values():
            sock.close()


class _Server(uvicorn.Server):
    """A uvicorn server bound to one socket; signals stay with the main thread."""

    def __init__(self, config: uvicorn.Config, sock: socket.socket) -> None:
        super().__init__(config)
        self.sock = sock


def _run(servers: list[_Server]) -> None:
    async def together() -> None:
        await asyncio.gather(*(server.serve(sockets=[server.sock]) for server in servers))

    asyncio.run(together())


def _config(application: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        application, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1
    )


def _wait_until_up(servers: list[_Server], thread: threading.Thread) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not all(server.started for server in servers):
        if not thread.is_alive() or time.monotonic() > deadline:
            raise EnvironmentProblemError("the sample portals do not start", "look at the messages above")
        time.sleep(0.01)


def _bind_all(outlets: list[str], base_port: int) -> dict[str, socket.socket]:
    bound: dict[str, socket.socket] = {}
    try:
        for offset, outlet in enumerate(outlets):
            bound[outlet] = _bind(base_port + offset if base_port else 0)
    except (BusyError, EnvironmentProblemError):
        for sock in bound.values():
            sock.close()
        raise
    return bound


def _bind(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((HOST, port))
        sock.listen(128)
    except (OSError, OverflowError) as error:
        sock.close()
        raise _port_error(port, error) from None
    return sock


def _port_error(port: int, error: OSError | OverflowError) -> BusyError | EnvironmentProblemError:
    mend = "choose another base port (python -m demo --port N, coso demo --port N)"
    if isinstance(error, OverflowError):
        return EnvironmentProblemError(f"port {port} does not exist", mend)
    if isinstance(error, PermissionError):
        return EnvironmentProblemError(f"port {port} on {HOST} may not be used by you", mend)
    return BusyError(f"port {port} on {HOST} is in use", f"stop what uses it, or {mend}")


@dataclass
class _Portal:
    """Answers the requests of one portal. ``failed`` remembers which pages have failed their once."""

    pages: Pages
    failed: set[str] = field(default_factory=set)

    async def answer(self, request: Request) -> Response:
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        page = self.pages.get(target)
        if page is None or page.conduct == "gone":
            return Response(missing_page(), status_code=404, media_type=HTML)
        if page.conduct == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        if page.conduct == "fail_once" and target not in self.failed:
            self.failed.add(target)
            return Response(b"503", status_code=503, media_type=HTML, headers={"Retry-After": "0"})
        return _respond(page, request)


def _application(pages: Pages) -> Starlette:
    portal = _Portal(pages)
    return Starlette(routes=[Route("/{path:path}", portal.answer, methods=["GET", "HEAD"])])


def _respond(page: Page, request: Request) -> Response:
    packed = page.may_be_packed and "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        "Content-Type": page.content_type,
        # A packed answer is another sequence of bytes, so its tag is weak, as nginx does it.
        "ETag": f"W/{page.etag}" if packed else page.etag,
        "Last-Modified": page.last_modified,
        "Vary": "Accept-Encoding",
    }
    if _is_unchanged(page, request):
        return Response(status_code=304, headers={k: v for k, v in headers.items() if k != "Content-Type"})
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(page.packed if packed else page.body, status_code=page.status, headers=headers)


def _is_unchanged(page: Page, request: Request) -> bool:
    """Compare as RFC 9110, 13.2.2: If-None-Match first, weakly; If-Modified-Since only without it."""
    offered = request.headers.get("if-none-match")
    if offered is not None:
        tags = [tag.strip().removeprefix("W/") for tag in offered.split(",")]
        return "*" in tags or page.etag in tags
    return request.headers.get("if-modified-since") == page.last_modified
