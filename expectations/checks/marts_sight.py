"""Sources of which nothing can be seen: unknown, as opposed to those proven to be quiet."""

from __future__ import annotations

from expectations.batches import vietnam_day
from expectations.checks.marts_arrival import DOWN_DAYS
from expectations.model import Check, Row, RowsTest, Told, Words

#: Crawls after which one knows whether the source had news; ``closed`` crawls say nothing either way.
_SEEING = ("news", "quiet", "partial")

_BLIND_SQL = f"""
    with seen as (
        select source_key, max(ended_at) filter (where sight in {_SEEING}) as seen_at from judged group by all
    )
    select j.source_key as row_id, j.source_key, j.province_code, j.frame, j.metric, j.period,
           any_value(j.name) as name, count(distinct j.day) as days, min(j.day) as first_day,
           arg_max(j.detail, j.ended_at) as detail, any_value({vietnam_day("s.seen_at")}) as seen_on
    from judged j join seen s on s.source_key = j.source_key
    where j.sight = 'blind' and (s.seen_at is null or j.ended_at > s.seen_at)
    group by j.source_key, j.province_code, j.frame, j.metric, j.period
    having count(distinct j.day) >= {DOWN_DAYS}"""


def _tell_blind(row: Row) -> Told:
    since, seen = row["first_day"], row["seen_on"]
    last = (
        Words(f", lần cuối thấy được {seen:%d/%m/%Y}", f", last seen on {seen:%Y-%m-%d}")
        if seen
        else Words(", chưa lần nào thấy được", ", never seen so far")
    )
    ways = f": {row['detail']}" if row["detail"] else ""
    return Told(
        Words(
            f"thấy được danh mục của {row['name']}, dù có tin mới hay không",
            f"the listings of {row['name']} can be seen, whether they hold news or not",
        ),
        Words(
            f"{row['days']} ngày thu thập liền không danh mục nào dẫn tới bài, từ {since:%d/%m/%Y}{last.vi}{ways}",
            f"on {row['days']} days of collection no way led to an article, since {since:%Y-%m-%d}{last.en}{ways}",
        ),
    )


CHECKS = (
    Check(
        id="marts.source_blind",
        severity="warning",
        title=Words("Không thấy được danh mục của nguồn", "Nothing can be seen of a source"),
        meaning=Words(
            f"Trong {DOWN_DAYS} ngày thu thập liền, không danh mục, nguồn cấp tin hay sơ đồ trang nào của nguồn dẫn "
            "tới bài: không biết nguồn có tin hay không. Nguồn đã xem hết mà không có tin mới thì là im lặng thật.",
            f"On {DOWN_DAYS} days of collection no listing, feed or sitemap of the source led to any article: whether "
            "it has news is unknown. One that was seen whole without news is proven quiet.",
        ),
        mend=Words(
            "coso sources check --live KHÓA; sửa discovery hoặc article_url trong tệp nguồn",
            "run coso sources check --live KEY; mend discovery or article_url in the source file",
        ),
        runbook="marts-arrival.md",
        tests=(RowsTest("crawls", _BLIND_SQL, _tell_blind),),
        judges="source",
        absorbed_by=("marts.pages_too_large",),
        silenced_by=("marts.source_down",),
    ),
)
