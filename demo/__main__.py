"""Serve the sample portals by hand: ``python -m demo [--port 8620] [--sources FOLDER]``."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from coso.errors import CosoError
from demo.server import DEFAULT_BASE_PORT, serve
from demo.sourcefiles import write_sources
from demo.truth import load_truth


def main() -> int:
    """Serve until Ctrl+C; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m demo", description="Serve the sample portals on loopback."
    )
    parser.add_argument(
        "--port", type=int, default=DEFAULT_BASE_PORT, help="port of the first portal; 0: any"
    )
    parser.add_argument("--sources", type=Path, help="also write their source files here, for COSO_SOURCES")
    options = parser.parse_args()
    try:
        with serve(options.port) as web:
            if options.sources:
                write_sources(options.sources, web.ports)
            lines = [f"{outlet:<12} {web.url(outlet)}" for outlet in web.ports]
            lines.append(f"Run the pipeline with COSO_TODAY={load_truth().as_of}. Ctrl+C ends.")
            sys.stdout.write("\n".join(lines) + "\n")
            sys.stdout.flush()
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            signal.pause()
    except KeyboardInterrupt:
        return 0
    except CosoError as error:
        sys.stderr.write(f"{error}\n")
        return int(error.exit_code)
    return 0


if __name__ == "__main__":
    sys.exit(main())
