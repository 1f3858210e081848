"""What should have come and has not: reviews by their due day, and sources that fall silent."""

from __future__ import annotations

from expectations.model import Check, Row, RowsTest, Told, Words
from expectations.wording import period_words

_RUNBOOK = "marts-arrival.md"

_MISSING_SQL = """
    select r.row_id, r.province_code, r.frame, r.metric, r.period, r.due_on
    from judged r
    left join fct_metric_value v
        on v.province_code = r.province_code and v.frame = r.frame and v.period = r.period
    where v.period is null"""

_SILENT_SQL = """
    select s.row_id, s.province_code, s.frame, s.source_key, s.metric, s.period, s.name, s.last_on,
           s.freshness_days, a.as_of
    from judged s cross join asked a
    where s.last_on is null or s.last_on < a.as_of - cast(s.freshness_days as integer)"""


def _tell_missing(row: Row) -> Told:
    period = period_words(row["period"])
    return Told(
        Words(
            f"có số liệu {period.vi}, chậm nhất ngày {row['due_on']:%d/%m/%Y}",
            f"figures for {period.en} by {row['due_on']:%Y-%m-%d}",
        ),
        Words("chưa nguồn nào đăng", "no source has published any"),
    )


def _tell_silent(row: Row) -> Told:
    days, name, last = row["freshness_days"], row["name"], row["last_on"]
    if last is None:
        observed = Words(f"{name} chưa có tin nào", f"{name} has given nothing so far")
    else:
        observed = Words(
            f"{name}: tin mới nhất ngày {last:%d/%m/%Y}, đã {(row['as_of'] - last).days} ngày",
            f"{name}: latest item of {last:%Y-%m-%d}, {(row['as_of'] - last).days} days ago",
        )
    return Told(Words(f"có tin mới trong {days} ngày", f"a new item within {days} days"), observed)


CHECKS = (
    Check(
        id="marts.review_missing",
        severity="warning",
        title=Words("Quá hạn chưa thấy báo cáo", "A review is overdue"),
        meaning=Words(
            "Tỉnh đã từng có số liệu sơ kết 6 tháng hoặc tổng kết năm thì kỳ tiếp theo cũng phải có: sơ kết chậm nhất "
            "31/8, tổng kết chậm nhất ngày cuối tháng 2 năm sau.",
            "A province that gave figures for a half-year or a year before gives them again: the half-year review by "
            "31 August, the yearly one by the last day of February of the next year.",
        ),
        mend=Words(
            "tìm bài trên trang của tỉnh; kiểm tra nguồn còn hoạt động; nếu tỉnh không công bố thì ghi nhận",
            "look for the article on the province's sites; check that its sources still work; else note the silence",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("reporters", _MISSING_SQL, _tell_missing),),
    ),
    Check(
        id="marts.source_silent",
        severity="warning",
        title=Words("Nguồn tin im lặng", "A source has fallen silent"),
        meaning=Words(
            "Nguồn không có tin mới quá số ngày quy định trong tệp nguồn thì không được coi là bình thường.",
            "A source without a new item for longer than its file allows is never taken for healthy.",
        ),
        mend=Words(
            "mở trang nguồn; nếu có tin mới thì sửa bộ chọn hoặc danh sách, nếu không thì hỏi cơ quan chủ quản",
            "open the site; if it has news, mend selectors or listing, else ask its owner",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("crawled_sources", _SILENT_SQL, _tell_silent),),
        judges="source",
    ),
)
