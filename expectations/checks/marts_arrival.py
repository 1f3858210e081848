"""What should have come and has not: reviews, their metrics, items of sources, and sources that are down."""

from __future__ import annotations

from coso.places import frame_on, members, provinces, successor
from expectations.batches import vietnam_day
from expectations.model import Check, Row, RowsTest, Told, Words
from expectations.wording import metric_words, number, period_words, quantity

_RUNBOOK = "marts-arrival.md"

#: Outcomes that show a source answering; every other one counts against it (``scrapers.outcomes.GOOD``).
ANSWERED = ("stored", "unchanged", "not_modified")

#: Days of attempts in a row without an answer that make an outage. One bad day is an accident.
DOWN_DAYS = 2

#: A metric is expected again when every review of the two years before had it: at least, and at most, so many.
REVIEWS_BEFORE, REVIEWS_MOST = 3, 4

#: Items expected in a week below which a count says nothing, the share of them that is too few, and how far the
#: square roots have to lie apart (a count's has a standard deviation of one half).
VOLUME_LEAST, VOLUME_SHARE, VOLUME_GUARD = 10, 0.4, 2.25

#: Weekdays looked back at, and how many of them have to be ordinary days.
VOLUME_WEEKS, VOLUME_WEEKS_LEAST = 8, 4

_MISSING_SQL = """
    select r.row_id, r.province_code, r.frame, r.metric, r.period, r.due_on, a.as_of
    from judged r cross join asked a
    left join fct_metric_value v
        on v.province_code = r.province_code and v.frame = r.frame and v.period = r.period
    where v.period is null"""

_SILENT_SQL = """
    select s.row_id, s.province_code, s.frame, s.source_key, s.metric, s.period, s.name, s.last_on,
           s.freshness_days, s.sight, a.as_of
    from judged s cross join asked a
    where s.last_on is null or s.last_on < a.as_of - cast(s.freshness_days as integer)"""


_DOWN_SQL = f"""
    with days as (
        select source_key, province_code, frame, name, metric, period, day, mode(outcome) as outcome
        from judged group by all
    ), answers as (
        select source_key, max(day) as answered_on from judged where outcome in {ANSWERED} group by all
    )
    select d.source_key, d.source_key as row_id, d.province_code, d.frame, d.metric, d.period, d.name,
           arg_max(d.outcome, d.day) as outcome, count(*) as days, min(d.day) as first_day,
           any_value(a.answered_on) as answered_on
    from days d left join answers a on a.source_key = d.source_key
    where a.answered_on is null or d.day > a.answered_on
    group by d.source_key, d.province_code, d.frame, d.name, d.metric, d.period
    having count(*) >= {DOWN_DAYS}"""

# The last week, and the last two, that have surely been collected, each day against the same weekday before;
# holidays and days without an answer of the source are no measure, and no item is expected on a holiday. A week
# with far more than usual is no measure either.
_VOLUME_SQL = f"""
    with sources_seen as (
        select source_key, province_code, frame, name, min(day) as first_day from judged group by all
    ), failed as (
        select source_key, {vietnam_day("attempted_at")} as day from outcomes
        group by all having count(*) filter (where outcome in {ANSWERED}) = 0
    ), recent as (
        select source_key, day, count(*) as items
        from judged, asked where day >= as_of - cast({2 + 7 * (2 + VOLUME_WEEKS)} as integer) group by all
    ), counted as (
        select s.*, a.as_of - cast(2 + n as integer) as day, n // 7 as week, coalesce(r.items, 0) as items,
               q.day is not null as quiet, f.day is not null as down
        from sources_seen s
        cross join asked a cross join range(7 * {2 + VOLUME_WEEKS}) days(n)
        left join recent r on r.source_key = s.source_key and r.day = a.as_of - cast(2 + n as integer)
        left join quiet_days q on q.day = a.as_of - cast(2 + n as integer)
        left join failed f on f.source_key = s.source_key and f.day = a.as_of - cast(2 + n as integer)
        where a.as_of - cast(2 + n as integer) >= s.first_day
    ), usual_week as (
        select source_key, median(items) as items
        from (select source_key, week, sum(items) as items from counted where week > 1 group by all) group by all
    ), usual as (
        select c.source_key, dayofweek(c.day) as weekday, avg(c.items) as items, count(*) as weeks
        from counted c where week > 1 and not quiet and not down group by all
    ), compared as (
        select c.source_key, c.province_code, c.frame, c.name, w.weeks as long, sum(c.items) as came, count(*) as days,
               least(sum(if(c.quiet, 0, u.items)), 1.2 * max(w.weeks) * any_value(m.items)) as expected,
               min(u.weeks) as weeks
        from (values (1), (2)) w(weeks)
        join counted c on c.week < w.weeks
        join usual u on u.source_key = c.source_key and u.weekday = dayofweek(c.day)
        join usual_week m on m.source_key = c.source_key
        group by all
    )
    select source_key, source_key as row_id, province_code, frame, null::varchar as metric,
           null::varchar as period, any_value(name) as name, max(long) as long, arg_max(came, long) as came,
           arg_max(expected, long) as expected
    from compared
    where days = 7 * long and weeks >= {VOLUME_WEEKS_LEAST} and expected >= {VOLUME_LEAST}
      and came < {VOLUME_SHARE} * expected and sqrt(expected) - sqrt(came) > {VOLUME_GUARD}
    group by source_key, province_code, frame"""

# A review that has come and whose day is past, held against the reviews before it.
_METRIC_SQL = f"""
    with given as (
        select province_code, frame, period, period_end, max(due_on) as due_on, list(distinct metric) as metrics
        from judged group by all
    ), reviews as (
        select *, row_number() over (partition by province_code, frame order by period_end) as nth from given
    ), due as (
        select r.*, list(b.period) as before
        from reviews r cross join asked a
        join reviews b on b.province_code = r.province_code and b.frame = r.frame
                      and b.nth between r.nth - {REVIEWS_MOST} and r.nth - 1
                      and b.period_end > r.period_end - 740
        where r.due_on < a.as_of
        group by all having count(*) >= {REVIEWS_BEFORE}
    ), lacking as (
        select d.province_code, d.frame, d.period, any_value(d.due_on) as due_on, b.metric,
               any_value(len(d.before)) as reviews, arg_max(b.value, b.period_end) as last_value,
               arg_max(b.chosen_fact_id, b.period_end) as fact_id, arg_max(b.period, b.period_end) as last_period
        from due d
        join judged b on b.province_code = d.province_code and b.frame = d.frame and list_contains(d.before, b.period)
        left join refused_figures q on q.province_code = d.province_code and q.frame = d.frame
                                   and q.metric = b.metric and q.period = d.period
        where not list_contains(d.metrics, b.metric) and q.metric is null
        group by d.province_code, d.frame, d.period, b.metric
        having count(distinct b.period) = any_value(len(d.before))
    )
    select concat_ws('/', province_code, frame, period) as row_id, province_code, frame,
           if(count(*) = 1, min(metric), null) as metric, period, any_value(due_on) as due_on,
           list(metric order by metric) as metrics, any_value(reviews) as reviews,
           min(fact_id) as fact_id, arg_min(last_value, metric) as last_value, min(last_period) as last_period
    from lacking group by province_code, frame, period"""


#: What the latest crawl of a silent source can say of the silence (``coso.records.Crawl``).
_SIGHTS = {
    "news": Words(
        "lần thu thập gần nhất có bài mới nhưng không đúng chủ đề hoặc cũ",
        "its latest crawl brought pages, but older ones",
    ),
    "quiet": Words(
        "đã xem hết danh mục: nguồn im lặng thật", "all its listings were seen: it is proven quiet"
    ),
    "partial": Words("chỉ xem được một phần danh mục", "only some of its listings could be seen"),
    "blind": Words(
        "không xem được danh mục nào: chưa rõ có tin hay không", "none of its listings could be seen: unknown"
    ),
    "closed": Words(
        "lần gần nhất không được phép hoặc ngoài giờ thu thập", "it was not to be visited last time"
    ),
}


def _tell_missing(row: Row) -> Told:
    period, heir = period_words(row["period"]), _heir(row)
    return Told(
        Words(
            f"có số liệu {period.vi}, chậm nhất ngày {row['due_on']:%d/%m/%Y}{heir.vi}",
            f"figures for {period.en} by {row['due_on']:%Y-%m-%d}{heir.en}",
        ),
        Words("chưa nguồn nào đăng", "no source has published any"),
    )


def _heir(row: Row) -> Words:
    """Name who owes the report of a province that has gone into another one by now."""
    code = row["province_code"]
    if row["frame"] != "63" or frame_on(row["as_of"]) == "63" or (code, "63") not in provinces():
        return Words("", "")
    name = successor(code).name
    if len(members(successor(code).code)) == 1:
        return Words("", "")
    return Words(f"; nay thuộc trách nhiệm của {name}", f"; owed by {name} today")


def _tell_silent(row: Row) -> Told:
    days, name, last = row["freshness_days"], row["name"], row["last_on"]
    if last is None:
        observed = Words(f"{name} chưa có tin nào", f"{name} has given nothing so far")
    else:
        observed = Words(
            f"{name}: tin mới nhất ngày {last:%d/%m/%Y}, đã {(row['as_of'] - last).days} ngày",
            f"{name}: latest item of {last:%Y-%m-%d}, {(row['as_of'] - last).days} days ago",
        )
    known = _SIGHTS.get(row["sight"])
    if known:
        observed = Words(f"{observed.vi}; {known.vi}", f"{observed.en}; {known.en}")
    return Told(Words(f"có tin mới trong {days} ngày", f"a new item within {days} days"), observed)


def _tell_down(row: Row) -> Told:
    since, outcome = row["first_day"], row["outcome"]
    return Told(
        Words(f"{row['name']} trả lời", f"{row['name']} answers"),
        Words(
            f"{row['days']} ngày liền không lấy được trang nào, từ {since:%d/%m/%Y} ({outcome})",
            f"no page could be fetched on {row['days']} days in a row, since {since:%Y-%m-%d} ({outcome})",
        ),
    )


def _tell_volume(row: Row) -> Told:
    usual = number(round(row["expected"]))
    return Told(
        Words(
            f"khoảng {usual.vi} tin trong {7 * row['long']} ngày như các tuần trước",
            f"about {usual.en} items in {7 * row['long']} days, as before",
        ),
        Words(f"{row['name']}: {row['came']} tin", f"{row['name']}: {row['came']} items"),
    )


def _tell_metric(row: Row) -> Told:
    names = [metric_words(code) for code in row["metrics"]]
    last, value = period_words(row["last_period"]), quantity(row["last_value"], row["metrics"][0])
    return Told(
        Words(
            f"có {'; '.join(name.vi for name in names)} như {row['reviews']} báo cáo liền trước",
            f"{'; '.join(name.en for name in names)}, as in the {row['reviews']} reviews before",
        ),
        Words(
            f"báo cáo kỳ này không nêu; gần nhất, {last.vi}: {value.vi}",
            f"this review does not give it; the latest, {last.en}: {value.en}",
        ),
    )


CHECKS = (
    Check(
        id="marts.review_missing",
        severity="warning",
        title=Words("Quá hạn chưa thấy báo cáo", "A review is overdue"),
        meaning=Words(
            "Tỉnh đã từng có số liệu sơ kết 6 tháng hoặc tổng kết năm thì kỳ tiếp theo cũng phải có: sơ kết chậm nhất "
            "31/8, tổng kết chậm nhất ngày cuối tháng 2 năm sau. Báo cáo quá hạn thì còn nợ cho đến khi có.",
            "A province that gave figures for a half-year or a year before gives them again: the half-year review by "
            "31 August, the yearly one by the last day of February of the next year. One that is overdue stays owed "
            "until it arrives.",
        ),
        mend=Words(
            "tìm bài trên trang của tỉnh; kiểm tra nguồn còn hoạt động; nếu tỉnh không công bố thì ghi nhận",
            "look for the article on the province's sites; check that its sources still work; else note the silence",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("reporters", _MISSING_SQL, _tell_missing),),
        silenced_by=("marts.source_down",),
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
        absorbed_by=("marts.source_blind",),
        silenced_by=("marts.source_down",),
    ),
    Check(
        id="marts.metric_missing",
        severity="warning",
        title=Words("Báo cáo thiếu chỉ tiêu thường có", "A review lacks a metric it usually has"),
        meaning=Words(
            "Chỉ tiêu có trong mọi báo cáo hai năm trước của tỉnh (từ "
            f"{REVIEWS_BEFORE} báo cáo) thì báo cáo kỳ này cũng "
            "phải có, khi đã quá hạn.",
            "A metric that every review of the province's two years before had "
            f"({REVIEWS_BEFORE} or more) is in this one "
            "too, once its due day is past.",
        ),
        mend=Words(
            "đọc bài: nếu có nêu thì quy tắc đọc đã bỏ sót, nếu không thì tìm bài khác hoặc hỏi cơ quan báo cáo",
            "read the article: if it tells the figure a rule missed it, else look for another article or ask",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("reviews", _METRIC_SQL, _tell_metric),),
        silenced_by=("marts.source_down",),
    ),
    Check(
        id="marts.volume",
        severity="warning",
        title=Words("Lượng tin giảm mạnh", "Far fewer items than usual"),
        meaning=Words(
            f"Số tin một tuần không dưới {VOLUME_SHARE:.0%} mức của cùng ngày trong "
            f"{VOLUME_WEEKS} tuần trước; Tết, ngày "
            "lễ và những ngày nguồn không trả lời không tính.",
            f"A week brings at least {VOLUME_SHARE:.0%} of what the same weekdays of the {VOLUME_WEEKS} weeks before "
            "brought; Tết, holidays and days without an answer do not count.",
        ),
        mend=Words(
            "so danh sách bài trên trang với số đã thu thập; thường do trang đổi danh sách hoặc nguồn cấp tin",
            "compare the site's list with what was collected; often a listing or feed has changed",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("items", _VOLUME_SQL, _tell_volume),),
        judges="source",
        absorbed_by=("marts.source_silent", "marts.source_blind"),
        silenced_by=("marts.source_down",),
    ),
    Check(
        id="marts.source_down",
        severity="warning",
        title=Words("Không truy cập được nguồn tin", "A source is down"),
        meaning=Words(
            f"Không lấy được trang nào của nguồn trong {DOWN_DAYS} ngày thu thập liên "
            "tiếp. Các cảnh báo là hệ quả của việc "
            "này được nén lại.",
            f"No page of the source could be fetched on {DOWN_DAYS} days of collection in a row. Alerts that follow "
            "from it are kept back.",
        ),
        mend=Words(
            "mở trang; nếu trang sống thì xem địa chỉ, chứng chỉ, giới hạn truy cập trong tệp nguồn",
            "open the site; if it lives, look at address, certificate and access limits in the source file",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("attempts", _DOWN_SQL, _tell_down),),
        judges="source",
    ),
)
