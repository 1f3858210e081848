"""``python -m extraction PATH...``: read files from the shell without the rest of the platform."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from coso.errors import CosoError, ExitCode
from extraction.command import run


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m extraction",
        description="Read the figures in Vietnamese articles; print one JSON fact a line.",
    )
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help=".txt or .jsonl files; - for standard input"
    )
    parser.add_argument(
        "--published", metavar="DAY", help="YYYY, YYYY-MM or YYYY-MM-DD, where a file does not say it"
    )
    parser.add_argument(
        "--province", metavar="NAME", help="province of the outlet, where a file does not say it"
    )
    parser.add_argument("--format", choices=["jsonl"], default="jsonl", help="form of the output")
    parser.add_argument(
        "--explain", action="store_true", help="tell for each number why it was read as it was"
    )
    parser.add_argument(
        "--processes", type=int, metavar="N", help="processes that read many documents; one a core by default"
    )
    given = parser.parse_args(arguments)
    try:
        run(given.paths, given.published, given.province, given.explain, sys.stdout, None, given.processes)
    except CosoError as error:
        sys.stderr.write(f"{error}\n")
        return int(error.exit_code)
    except BrokenPipeError:
        return int(ExitCode.FAILED)
    return int(ExitCode.OK)


if __name__ == "__main__":
    sys.exit(main())
