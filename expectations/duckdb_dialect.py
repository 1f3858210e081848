"""DuckDB as Great Expectations needs it.

Great Expectations fetches rows after SQLAlchemy has given the connection back and rolled it back; DuckDB then
has no result left, and every expectation fails with "list index out of range". The gates only read, so a
dialect without transactions is safe and lets the rows be fetched.
"""

from __future__ import annotations

from typing import Any

from duckdb_engine import Dialect
from sqlalchemy.dialects import registry

#: Name of the dialect in connection strings: ``duckdb+gx:////absolute/path.duckdb``.
URL_SCHEME = "duckdb+gx"


class ReadOnlyDialect(Dialect):
    """The DuckDB dialect without transactions, in UTC, and without a progress bar on standard output."""

    supports_statement_cache = False

    def connect(self, *arguments: Any, **options: Any) -> Any:
        """Connect; progress bar and time zone can only be set connection by connection.

        DuckDB would take the time zone of the machine, and write times of refused rows in it.
        """
        connection: Any = super().connect(*arguments, **options)
        connection.execute("set enable_progress_bar = false")
        connection.execute("set timezone = 'UTC'")
        return connection

    def do_begin(self, connection: Any) -> None:
        """Begin nothing."""

    def do_commit(self, connection: Any) -> None:
        """Commit nothing."""

    def do_rollback(self, connection: Any) -> None:
        """Roll nothing back, so that results stay readable."""


def register() -> None:
    """Make the dialect known to SQLAlchemy; doing it twice changes nothing."""
    registry.register("duckdb.gx", __name__, ReadOnlyDialect.__name__)
