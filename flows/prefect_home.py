"""Prefect's surroundings: everything it writes lies under ``COSO_HOME``, and it reports to nobody.

Prefect reads its settings when it is imported, so :func:`settle` must run before that.
"""

from __future__ import annotations

import os

from coso.lake import Lake


def settle(lake: Lake, *, log_level: str = "ERROR") -> None:
    """Set Prefect's environment for this process and its children; what a user set already stays.

    Args:
        lake: the lake whose ``prefect`` folder becomes Prefect's home.
        log_level: level of Prefect's own messages on the terminal.
    """
    lake.prefect.mkdir(parents=True, exist_ok=True)
    os.environ["PREFECT_HOME"] = str(lake.prefect)
    for name, value in _defaults(lake, log_level).items():
        os.environ.setdefault(name, value)


def _defaults(lake: Lake, log_level: str) -> dict[str, str]:
    return {
        "PREFECT_RESULTS_LOCAL_STORAGE_PATH": str(lake.prefect / "results"),
        "PREFECT_LOGGING_LEVEL": log_level,
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        # Task runs are recorded in batches: one by one the recorder is slower than the tasks.
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "200",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    }
