# %% [markdown]
# # Dialogues with the people, from a release
#
# A notebook as plain Python: run it as a script, or cell by cell in any editor that knows `# %%`. It needs DuckDB only
# and reads the current release of `COSO_HOME`, or the database named by `COSO_RELEASE`.

# %%
"""Which provinces held more or fewer dialogues than a year earlier, per 100,000 people, and how sure that is."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import duckdb

RELEASE = Path(
    os.environ.get("COSO_RELEASE")
    or Path(os.environ.get("COSO_HOME", "data")) / "published" / "current" / "coso.duckdb"
)
METRIC = os.environ.get("COSO_METRIC", "dialogue_sessions")


def ask(sql: str, *values: object) -> list[dict[str, Any]]:
    """Return the rows of a question, by column name; the release is opened for reading only."""
    with duckdb.connect(str(RELEASE), read_only=True) as connection:
        cursor = connection.execute(sql, list(values))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def show(title: str, lines: list[str]) -> None:
    """Write a titled block."""
    sys.stdout.write("\n".join([f"\n## {title}", *(lines or ["(nothing in this release)"]), ""]))


# %% [markdown]
# ## What there is
# Look at the coverage before the figures.

# %%
coverage = ask(
    """select frame, period, status, n_reporting, n_provinces, population_coverage_percent as people
       from national_summary where metric = ? order by period_end desc, frame desc limit 10""",
    METRIC,
)
show(
    f"Coverage of {METRIC}",
    [
        f"{row['period']:10} map of {row['frame']}: {row['n_reporting']} of {row['n_provinces']} provinces, "
        f"{row['people']:.1f} % of the people, {row['status']}"
        for row in coverage
    ],
)

# %% [markdown]
# ## Per 100,000 people
# The latest period of each map, as bars. `basis` and `agreement` belong to the figure.

# %%
latest = ask(
    """select frame, province_vi, period, value, per_100k, basis, agreement from metric_trend
       where metric = ? and per_100k is not null
       qualify period_end = max(period_end) over (partition by frame)
       order by frame desc, per_100k desc, province_vi""",
    METRIC,
)
widest = max((row["per_100k"] for row in latest), default=1) or 1
show(
    "Latest figures per 100,000 people",
    [
        f"{row['frame']} {row['province_vi']:18} {'█' * round(30 * row['per_100k'] / widest):30} "
        f"{row['per_100k']:9.2f}  ({row['value']:g} in {row['period']}, {row['basis']}, {row['agreement']})"
        for row in latest
    ],
)

# %% [markdown]
# ## Changes
# Against the same months a year earlier, on one map.

# %%
changes = ask(
    """select frame, province_vi, previous_period, previous_value, previous_basis, period, value, change_percent
       from metric_trend where metric = ? and change is not null order by change_percent, value_key""",
    METRIC,
)
show(
    "Changes against a year earlier",
    [
        f"{row['frame']} {row['province_vi']:18} {row['previous_value']:g} → {row['value']:g} "
        f"({row['change_percent']:+.1f} %, {row['previous_period']} {row['previous_basis']} → {row['period']})"
        for row in changes
    ],
)

# %% [markdown]
# ## Who says so
# The sentence behind each figure of the latest period as reported.

# %%
witnesses = ask(
    """select v.province_key, v.period, o.source_name, o.published_on, o.sentence, o.url
       from fct_metric_value as v join fct_metric_observation as o on o.fact_id = v.chosen_fact_id
       where v.metric = ? order by v.period_end desc, v.province_key limit 5""",
    METRIC,
)
show(
    "Evidence",
    [
        f"{row['province_key']} {row['period']}: “{row['sentence']}” "
        f"{row['source_name']}, {row['published_on']}, {row['url']}"
        for row in witnesses
    ],
)
