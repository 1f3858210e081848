"""Prefect's surroundings: everything it writes lies under ``COSO_HOME``, and it reports to nobody.

Prefect reads its settings when it is imported, so :func:`settle` must run before that.
"""

from __future__ import annotations

import os

from coso.lake import Lake


def settle(lake: Lake) -> None:
    """Set Prefect's environment for this process and its children; what a user set already stays.

    Args:
        lake: the lake whose ``prefect`` folder becomes Prefect's home.
    """
    lake.prefect.mkdir(parents=True, exist_ok=True)
    os.environ["PREFECT_HOME"] = str(lake.prefect)
    for name, value in _defaults(lake).items():
        os.environ.setdefault(name, value)


def _defaults(lake: Lake) -> dict[str, str]:
    return {
        "PREFECT_RESULTS_LOCAL_STORAGE_PATH": str(lake.prefect / "results"),
        # Logs go to the server, where its UI shows them; the terminal belongs to the command line.
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_FLOW_RUNS_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_TASK_RUNS_LEVEL": "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        # Task runs are recorded in batches: one by one the recorder is slower than the tasks.
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "200",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    }
