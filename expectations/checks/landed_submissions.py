"""Citizen-feedback items and pages that could not be read."""

from __future__ import annotations

from expectations.model import Check, Row, RowsTest, Told, Words

_RUNBOOK = "landed-submissions.md"

_DATES_SQL = """
    select row_id, province_code, frame, source_key, metric, period,
           received_on, answered_on, deadline_on, seen_on
    from judged
    where answered_on < received_on or deadline_on < received_on or received_on > seen_on
       or answered_on > seen_on"""

_STATUS_SQL = """
    select row_id, province_code, frame, source_key, metric, period, status_raw
    from judged where status = 'unknown'"""

_UNREAD_SQL = """
    select row_id, province_code, frame, source_key, metric, period, url, reason, detail
    from judged where reason != 'damaged_archive'"""

_LOST_SQL = """
    select row_id, province_code, frame, source_key, metric, period, url, reason, detail
    from judged where reason = 'damaged_archive'"""


def _tell_dates(row: Row) -> Told:
    received, due, answered = (row[name] or "–" for name in ("received_on", "deadline_on", "answered_on"))
    return Told(
        Words(
            f"tiếp nhận ≤ trả lời, hạn trả lời và ngày thu thập {row['seen_on']}",
            f"received ≤ answered, deadline and day of capture {row['seen_on']}",
        ),
        Words(
            f"tiếp nhận {received}, hạn {due}, trả lời {answered}",
            f"received {received}, due {due}, answered {answered}",
        ),
    )


def _tell_status(row: Row) -> Told:
    return Told(
        Words("trạng thái đã có trong bảng chuyển đổi", "a status of the mapping"),
        Words(f"trạng thái lạ «{row['status_raw']}»", f"unknown status “{row['status_raw']}”"),
    )


def _tell_unread(row: Row) -> Told:
    return Told(
        Words("trang đọc được", "a page that can be read"),
        Words(f"{row['reason']}: {row['detail']}", f"{row['reason']}: {row['detail']}"),
    )


def _tell_lost(row: Row) -> Told:
    return Told(
        Words("bản lưu đọc được", "a stored page that can be read"),
        Words(f"bản lưu hỏng: {row['detail']}", f"the stored page is damaged: {row['detail']}"),
    )


CHECKS = (
    Check(
        id="landed.submission_dates",
        severity="warning",
        title=Words(
            "Ngày của phản ánh, kiến nghị mâu thuẫn", "The days of a feedback item contradict each other"
        ),
        meaning=Words(
            "Phản ánh không thể được trả lời trước khi tiếp nhận, hoặc tiếp nhận sau ngày thu thập.",
            "An item is not answered before it was received, nor received after it was captured.",
        ),
        mend=Words(
            "mở trang của phản ánh; nếu cổng ghi sai thì báo cho cổng, nếu đọc sai thì sửa tệp nguồn",
            "open the item's page; tell the portal if it is wrong there, mend the source file if it was misread",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("submissions", _DATES_SQL, _tell_dates),),
        quarantines=True,
    ),
    Check(
        id="landed.submission_status",
        severity="warning",
        title=Words("Cổng phản ánh dùng trạng thái lạ", "A feedback portal uses an unknown status"),
        meaning=Words(
            "Trạng thái trên cổng phải có trong bảng chuyển đổi, nếu không thời hạn và tỷ lệ trả lời sẽ sai.",
            "A status of the portal has to be in the mapping, or answer rates and deadlines go wrong.",
        ),
        mend=Words("thêm trạng thái vào tệp nguồn của cổng", "add the status to the portal's source file"),
        runbook=_RUNBOOK,
        tests=(RowsTest("submissions", _STATUS_SQL, _tell_status),),
        judges="source",
    ),
    Check(
        id="landed.unread_pages",
        severity="info",
        title=Words("Có trang không đọc được", "Some pages could not be read"),
        meaning=Words(
            "Trang đã lưu nhưng không đọc được nội dung: trang trống, hỏng, hoặc không phải bài viết.",
            "Pages that were stored but gave nothing: empty, damaged or no article.",
        ),
        mend=Words(
            "xem lý do từng trang; sửa bộ chọn nếu nhiều trang cùng lỗi",
            "see the reasons; mend the selectors if many pages share one",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("parse_issues", _UNREAD_SQL, _tell_unread),),
        judges="source",
    ),
    Check(
        id="landed.lost_pages",
        severity="warning",
        title=Words("Có trang đã lưu bị hỏng", "Stored pages are damaged"),
        meaning=Words(
            "Trang đã tải và lưu không còn đọc lại được; số liệu của trang không còn chứng minh được nên bị bỏ ra.",
            "Stored pages cannot be read again: their figures can no longer be proved and are left out.",
        ),
        mend=Words(
            "khôi phục raw/warc từ bản sao lưu, rồi coso replay; nếu không có thì tải lại bằng coso backfill",
            "restore raw/warc from a copy, then coso replay; without one, fetch again with coso backfill",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("parse_issues", _LOST_SQL, _tell_lost),),
        judges="source",
    ),
)
