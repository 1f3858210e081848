"""The page of a release: what it carries, and what a browser makes of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from publishing.dashboard import write_dashboard
from publishing.tables import read_tables

TRICKY = "Tổ chức 520 cuộc </script><b id=x>đối thoại</b> & tiếp dân"

#: Debian's name and the vendors' own.
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of a small release."""
    folder = tmp_path_factory.mktemp("dashboard")
    with duckdb.connect(str(folder / "coso.duckdb")) as con:
        con.execute(
            f"""
            create table dim_province as select * from (values
                ('63', '35', 'Hà Nam'), ('63', '42', 'Hà Tĩnh'), ('63', '22', 'Quảng Ninh'), ('34', '42', 'Hà Tĩnh')
            ) as p (frame, province_code, name_vi);
            create table dim_metric as select * from (values
                ('dialogue_sessions', 'Số cuộc đối thoại', 'Dialogues', 'cuộc', 'dialogue'),
                ('unused', 'Không ai báo cáo', 'Unused', 'cuộc', 'dialogue')
            ) as m (metric, name_vi, name_en, unit_vi, theme);
            create table dim_period as select '2024' as period, 'Năm 2024' as label_vi;
            create table metric_trend as select
                province_code, frame, period, value::double as value, per_100k::double as per_100k,
                change_percent::double as change_percent, 'dialogue_sessions' as metric, 'year' as period_kind,
                make_date(period::integer, 12, 31) as period_end,
                'single' as agreement, false as is_approximate, 'as_reported' as basis, false as is_stale
            from (values
                ('35', '63', '2024', 227.0, 26.5, -50.0), ('42', '63', '2024', 520.0, 40.25, null),
                ('35', '63', '2023', 454.0, 53.0, null), ('42', '34', '2025', 600.0, 46.4, 15.4)
            ) as t (province_code, frame, period, value, per_100k, change_percent);
            create table province_metric_table as select
                '42' as province_code, '63' as frame, 'dialogue_sessions' as metric, '2024' as period, 2 as n_sources,
                'https://bao.example/a' as url, '{TRICKY}' as sentence;
            create table fct_publication_hold as select 1 as held where false;
            """
        )
        write_dashboard(con, read_tables(con, "coso", "main"), folder / "dashboard.html", "2025-03-17-abc")
    return folder / "dashboard.html"


def test_a_sentence_cannot_end_the_data(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "<b id=x>" not in text
    assert "\\u003c/script>\\u003cb id=x>đối thoại" in text
    assert not re.search(r"(?:src|href)=\"?https?:", text)


def test_a_long_history_is_cut_and_opens_with_what_is_left(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "select province_code, frame, metric, period, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 from metric_trend"
    monkeypatch.setattr("publishing.dashboard._FIGURES", f"{query} order by period_end desc limit 1")
    monkeypatch.setattr("publishing.dashboard.MOST_FIGURES", 1)
    with duckdb.connect(str(page.with_name("coso.duckdb")), read_only=True) as con:
        write_dashboard(con, read_tables(con, "coso", "main"), tmp_path / "cut.html", "r")
    text = (tmp_path / "cut.html").read_text(encoding="utf-8")
    assert '"most":1,' in text
    assert '"start":{"metric":"dialogue_sessions","frame":"34","period":"2025","measure":"value"}' in text


def test_a_release_without_the_tables_for_people_has_no_page(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "coso.duckdb")) as con:
        con.execute("create table dim_province as select '63' as frame")
        write_dashboard(con, read_tables(con, "coso", "main"), tmp_path / "dashboard.html", "r")
    assert not (tmp_path / "dashboard.html").exists()


def shown(page: Path, folder: Path, choice: str) -> str:
    """Return the page as a browser has it after its script has run."""
    assert BROWSER
    command = [
        BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={folder}", "--dump-dom", f"{page.as_uri()}#{choice}",
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium here (apt install chromium)")
@pytest.mark.parametrize(
    ("choice", "expected", "missing"),
    [
        (
            "metric=dialogue_sessions&frame=63&period=2024",
            [("Hà Tĩnh", "520"), ("Hà Nam", "227")],
            "Quảng Ninh",
        ),
        ("frame=63&period=2024&measure=rate", [("Hà Tĩnh", "40,25"), ("Hà Nam", "26,5")], "Quảng Ninh"),
        ("frame=34", [("Hà Tĩnh", "600")], None),
        ("metric=nonsense&period=1066", [("Hà Tĩnh", "520"), ("Hà Nam", "227")], "Quảng Ninh"),
    ],
)
def test_a_browser_shows_the_provinces_in_order(
    page: Path, tmp_path: Path, choice: str, expected: list[tuple[str, str]], missing: str | None
) -> None:
    text = shown(page, tmp_path, choice)
    rows = re.findall(r'<button type="button">([^<]+)</button>.*?<td class="number">([^<]+)<', text)
    assert rows == expected
    (said,) = re.findall(r'id="missing">([^<]*)<', text)
    assert said == (f"Chưa thấy số liệu / no figure: {missing}" if missing else "")
    if choice.startswith("metric=dialogue"):
        assert 'href="https://bao.example/a"' in text
        assert "-50&nbsp;%" in text or "-50 %" in text
