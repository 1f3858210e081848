"""Citizen-feedback portals as a whole: late answers, items that go backwards, bursts, backlogs that stand still."""

from __future__ import annotations

from expectations.model import Check, Row, RowsTest, Told, Words
from expectations.wording import number

_RUNBOOK = "marts-feedback.md"

#: Days of deadlines looked at, least number of items, and the share of late ones that is too much.
OVERDUE_DAYS, OVERDUE_LEAST, OVERDUE_SHARE = 60, 20, 0.35

#: Answers of the last days against those of the months before: times as slow, and days slower, at least.
SLOW_DAYS, SLOW_BEFORE, SLOW_LEAST, SLOW_RATIO, SLOW_MORE = 30, 210, 10, 2.0, 4

#: A week with this many times the usual number of items; square roots as for counts.
BURST_RATIO, BURST_LEAST, BURST_GUARD, BURST_WEEKS = 4.0, 20, 3.0, 12

#: Days without any answer, while at least so many items wait and answers were usual before.
FROZEN_DAYS, FROZEN_OPEN, FROZEN_ANSWERS = 21, 10, 10

_OPEN = ("received", "assigned", "in_progress", "overdue")
_DONE = ("answered", "closed")
_SUBJECT = (
    "source_key, source_key as row_id, province_code, frame, null::varchar as metric, null::varchar as period"
)

#: Holidays between two days: nobody answers then.
_QUIET = "select count(*) from quiet_days q where q.day > {0} and q.day <= {1}"

_OVERDUE_SQL = f"""
    with due as (
        select j.*, coalesce(j.answered_on > j.deadline_on + cast(({_QUIET.format("j.received_on", "j.deadline_on")})
                                 as integer), j.status in {_OPEN}) as late
        from judged j, asked a
        where j.is_last and j.deadline_on < a.as_of and j.deadline_on >= a.as_of - {OVERDUE_DAYS}
    )
    select {_SUBJECT}, any_value(name) as name, count(*) as items, count(*) filter (where late) as late
    from due group by source_key, province_code, frame
    having count(*) >= {OVERDUE_LEAST} and count(*) filter (where late) > {OVERDUE_SHARE} * count(*)"""

_SLOW_SQL = f"""
    with answers as (
        select j.*, datediff('day', j.received_on, j.answered_on)
                    - ({_QUIET.format("j.received_on", "j.answered_on")}) as days,
               datediff('day', j.answered_on, a.as_of) as age
        from judged j, asked a where j.is_last and j.answered_on <= a.as_of
    ), medians as (
        select source_key, province_code, frame, any_value(name) as name,
               median(days) filter (where age < {SLOW_DAYS}) as now_days,
               median(days) filter (where age between {SLOW_DAYS} and {SLOW_BEFORE}) as before_days,
               count(*) filter (where age < {SLOW_DAYS}) as n_now,
               count(*) filter (where age between {SLOW_DAYS} and {SLOW_BEFORE}) as n_before
        from answers group by source_key, province_code, frame
    )
    select {_SUBJECT}, name, now_days, before_days from medians
    where n_now >= {SLOW_LEAST} and n_before >= {3 * SLOW_LEAST}
      and now_days > {SLOW_RATIO} * before_days and now_days >= before_days + {SLOW_MORE}"""

_BACKWARDS_SQL = f"""
    select row_id, source_key, province_code, frame, null::varchar as metric, null::varchar as period, url,
           status_before, status, seen_at
    from judged
    where is_last and status_before in {_DONE} and status in ('received', 'assigned', 'in_progress')"""

_BURST_SQL = f"""
    with weeks as (
        select j.source_key, j.province_code, j.frame, j.name, datediff('day', j.received_on, a.as_of - 1) // 7 as week,
               count(*) as items
        from judged j, asked a
        where j.is_last and j.received_on < a.as_of and j.received_on >= a.as_of - {7 * (1 + BURST_WEEKS)}
        group by all
    ), compared as (
        select source_key, province_code, frame, any_value(name) as name,
               coalesce(max(items) filter (where week = 0), 0) as came,
               median(items) filter (where week > 0) as usual, count(*) filter (where week > 0) as n
        from weeks group by source_key, province_code, frame
    )
    select {_SUBJECT}, name, came, usual from compared
    where n >= {BURST_WEEKS // 2} and came >= {BURST_LEAST} and came > {BURST_RATIO} * usual
      and sqrt(came) - sqrt(usual) > {BURST_GUARD}"""

# Holidays do not count: nobody answers then.
_FROZEN_SQL = f"""
    with latest as (
        select j.source_key, j.province_code, j.frame, any_value(j.name) as name,
               count(*) filter (where j.status in {_OPEN} and j.received_on < a.as_of - {FROZEN_DAYS}) as waiting,
               max(j.answered_on) filter (where j.answered_on <= a.as_of) as answered_on,
               count(*) filter (where j.answered_on <= a.as_of and j.answered_on > a.as_of - 120) as answers,
               any_value(a.as_of) as as_of
        from judged j, asked a where j.is_last group by j.source_key, j.province_code, j.frame
    )
    select {_SUBJECT}, name, waiting, answered_on from latest
    where waiting >= {FROZEN_OPEN} and answers >= {FROZEN_ANSWERS}
      and datediff('day', answered_on, as_of) - (
          select count(*) from quiet_days where day > answered_on and day < as_of) > {FROZEN_DAYS}"""


def _tell_overdue(row: Row) -> Told:
    share = number(round(100 * row["late"] / row["items"]))
    most = number(100 * OVERDUE_SHARE)
    return Told(
        Words(f"không quá {most.vi}% phản ánh trễ hạn", f"at most {most.en}% of items late"),
        Words(
            f"{row['late']} trong {row['items']} phản ánh đến hạn trong {OVERDUE_DAYS} ngày qua bị trễ ({share.vi}%)",
            f"{row['late']} of {row['items']} items due in the last {OVERDUE_DAYS} days are late ({share.en}%)",
        ),
    )


def _tell_slow(row: Row) -> Told:
    before, now = number(row["before_days"]), number(row["now_days"])
    return Told(
        Words(
            f"trả lời trong khoảng {before.vi} ngày như trước",
            f"an answer in about {before.en} days, as before",
        ),
        Words(f"nay {now.vi} ngày (trung vị)", f"now {now.en} days (median)"),
    )


def _tell_backwards(row: Row) -> Told:
    return Told(
        Words("phản ánh đã trả lời thì giữ trạng thái", "an answered item stays answered"),
        Words(
            f"{row['status_before']} → {row['status']}: {row['url']}",
            f"{row['status_before']} → {row['status']}: {row['url']}",
        ),
    )


def _tell_burst(row: Row) -> Told:
    usual = number(row["usual"])
    return Told(
        Words(f"khoảng {usual.vi} phản ánh một tuần", f"about {usual.en} items a week"),
        Words(f"{row['came']} phản ánh trong 7 ngày qua", f"{row['came']} items in the last 7 days"),
    )


def _tell_frozen(row: Row) -> Told:
    return Told(
        Words(f"có trả lời trong {FROZEN_DAYS} ngày", f"some answer within {FROZEN_DAYS} days"),
        Words(
            f"{row['waiting']} phản ánh đang chờ, trả lời gần nhất ngày {row['answered_on']:%d/%m/%Y}",
            f"{row['waiting']} items wait, the latest answer is of {row['answered_on']:%Y-%m-%d}",
        ),
    )


def _check(
    id: str, title: Words, meaning: Words, mend: Words, test: RowsTest, absorbed_by: tuple[str, ...] = ()
) -> Check:
    return Check(
        id=id,
        severity="warning",
        title=title,
        meaning=meaning,
        mend=mend,
        runbook=_RUNBOOK,
        tests=(test,),
        judges="source",
        absorbed_by=absorbed_by,
        silenced_by=("marts.source_down",),
    )


_ASK = Words(
    "đối chiếu vài phản ánh trên cổng; đúng thì báo cơ quan quản lý cổng, sai thì sửa tệp nguồn",
    "compare some items on the portal; if true tell its owner, if misread mend the source file",
)

CHECKS = (
    _check(
        "marts.feedback_overdue",
        Words("Nhiều phản ánh, kiến nghị trễ hạn", "Many feedback items are late"),
        Words(
            f"Trong {OVERDUE_DAYS} ngày qua không quá {OVERDUE_SHARE:.0%} phản ánh đến hạn bị trễ.",
            f"Of the items due in the last {OVERDUE_DAYS} days at most {OVERDUE_SHARE:.0%} are late.",
        ),
        _ASK,
        RowsTest("feedback", _OVERDUE_SQL, _tell_overdue),
        ("marts.feedback_frozen",),
    ),
    _check(
        "marts.feedback_slow",
        Words("Trả lời phản ánh chậm hẳn đi", "Answers have become much slower"),
        Words(
            f"Thời gian trả lời (trung vị {SLOW_DAYS} ngày qua) không quá {SLOW_RATIO:g} lần mức các tháng trước.",
            f"The median time to an answer in the last {SLOW_DAYS} days is at most {SLOW_RATIO:g} times what it was.",
        ),
        _ASK,
        RowsTest("feedback", _SLOW_SQL, _tell_slow),
        ("marts.feedback_frozen", "marts.feedback_overdue"),
    ),
    _check(
        "marts.feedback_backwards",
        Words("Trạng thái phản ánh đi ngược", "A feedback item went backwards"),
        Words(
            "Phản ánh đã trả lời hoặc đã đóng không quay lại tiếp nhận, phân công hay đang xử lý.",
            "An item that was answered or closed does not return to received, assigned or in progress.",
        ),
        Words(
            "mở trang của phản ánh: mở lại thật, cổng lỗi, hay bảng trạng thái của tệp nguồn sai",
            "open the item: truly reopened, an error of the portal, or a wrong status table in the source file",
        ),
        RowsTest("feedback", _BACKWARDS_SQL, _tell_backwards),
    ),
    _check(
        "marts.feedback_burst",
        Words("Phản ánh tăng đột biến", "A burst of feedback items"),
        Words(
            f"Một tuần không có quá {BURST_RATIO:g} lần số phản ánh thường thấy.",
            f"A week brings at most {BURST_RATIO:g} times the usual number of items.",
        ),
        Words(
            "xem nội dung: một sự việc nóng, thư rác, hay cổng đăng lại hàng loạt",
            "read the items: a hot issue, spam, or the portal re-posting many at once",
        ),
        RowsTest("feedback", _BURST_SQL, _tell_burst),
    ),
    _check(
        "marts.feedback_frozen",
        Words("Phản ánh tồn đọng không chuyển động", "A feedback backlog stands still"),
        Words(
            f"Khi có từ {FROZEN_OPEN} phản ánh đang chờ thì trong {FROZEN_DAYS} ngày làm việc phải có trả lời.",
            f"While {FROZEN_OPEN} or more items wait, some answer comes within "
            f"{FROZEN_DAYS} days, holidays not counted.",
        ),
        _ASK,
        RowsTest("feedback", _FROZEN_SQL, _tell_frozen),
    ),
)
