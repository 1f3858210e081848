"""Evidence of landed rows: the quoted characters, and days that can be true."""

from __future__ import annotations

from coso.records import READ_FROM_DOCUMENTS
from expectations.model import Check, Row, RowsTest, Told, Words

_RUNBOOK = "landed-evidence.md"

#: No report on grassroots democracy is older than Directive 30-CT/TW of 18 February 1998.
FIRST_DAY = "1998-01-01"

#: Year-end conferences review a year that has not closed, and some reports close a month or two before its end.
#: A period that ends later than this many days after publication is a plan or was misread.
LEAD_DAYS = 120

_QUOTED = tuple(name for name in READ_FROM_DOCUMENTS if name != "facts")


def _tell_span(row: Row) -> Told:
    found = row.get("found_text")
    vi = f"tìm thấy «{found}»" if found is not None else "không có văn bản"
    en = f"found “{found}”" if found is not None else "there is no such document"
    return Told(
        Words(
            f"văn bản ở vị trí {row['char_start']}–{row['char_end']} là «{row['quote']}»",
            f"the text at {row['char_start']}–{row['char_end']} is “{row['quote']}”",
        ),
        Words(vi, en),
    )


def _span_sql(with_sentence: bool) -> str:
    sentence = (
        "or substring(d.text, f.sentence_start + 1, length(f.sentence)) is distinct from f.sentence"
        if with_sentence
        else ""
    )
    return f"""
        select f.row_id, f.province_code, f.frame, f.source_key, f.metric, f.period, f.quote,
               f.char_start, f.char_end,
               substring(d.text, f.char_start + 1, f.char_end - f.char_start) as found_text
        from judged f
        left join (select distinct document_id, text from documents) d on d.document_id = f.document_id
        where f.char_start < 0 or f.char_end <= f.char_start
           or substring(d.text, f.char_start + 1, f.char_end - f.char_start) is distinct from f.quote
           {sentence}"""


_PUBLICATION_SQL = f"""
    select row_id, province_code, frame, source_key, metric, period, published_on, fetched_on
    from judged
    where published_on > fetched_on or published_on < date '{FIRST_DAY}'"""


def _tell_publication(row: Row) -> Told:
    return Told(
        Words(
            f"ngày đăng từ năm 1998 đến ngày thu thập {row['fetched_on']}",
            f"published between 1998 and the day of capture, {row['fetched_on']}",
        ),
        Words(f"ngày đăng {row['published_on']}", f"published on {row['published_on']}"),
    )


_PERIOD_SQL = f"""
    select row_id, province_code, frame, source_key, metric, period, row_id as fact_id,
           period_start, period_end, published_on
    from judged
    where period_start < date '{FIRST_DAY}' or period_end < period_start
       or period_start > published_on or period_end > published_on + {LEAD_DAYS}"""


def _tell_period(row: Row) -> Told:
    return Told(
        Words(
            f"kỳ bắt đầu từ năm 1998, không sau ngày đăng ({row['published_on'] or 'không rõ'}) "
            f"và kết thúc muộn nhất {LEAD_DAYS} ngày sau đó",
            f"a period from 1998 on that begins before publication ({row['published_on'] or 'unknown'}) "
            f"and ends at most {LEAD_DAYS} days after it",
        ),
        Words(
            f"kỳ {row['period']}: {row['period_start']} – {row['period_end'] or '…'}",
            f"period {row['period']}: {row['period_start']} – {row['period_end'] or '…'}",
        ),
    )


CHECKS = (
    Check(
        id="landed.span",
        severity="critical",
        title=Words("Trích dẫn không khớp văn bản gốc", "A quote does not match the stored text"),
        meaning=Words(
            "Mỗi số liệu phải trỏ đúng các ký tự trong văn bản đã lưu; không khớp thì không còn bằng chứng.",
            "Every figure points at the very characters it was read from; without them it has no evidence.",
        ),
        mend=Words("trích xuất lại văn bản (coso replay)", "extract the document again (coso replay)"),
        runbook=_RUNBOOK,
        tests=(
            RowsTest("facts", _span_sql(with_sentence=True), _tell_span),
            *(RowsTest(table, _span_sql(with_sentence=False), _tell_span) for table in _QUOTED),
        ),
        quarantines=True,
    ),
    Check(
        id="landed.publication_day",
        severity="warning",
        title=Words("Ngày đăng không thể đúng", "A publication day cannot be true"),
        meaning=Words(
            "Bài không thể đăng sau ngày được thu thập; lỗi thường gặp là đọc nhầm đồng hồ của trang.",
            "An article is not published after it was captured; the usual cause is the page's clock read as its date.",
        ),
        mend=Words(
            "xem quy tắc đã đọc ngày (published_rule) và sửa tệp nguồn",
            "look at the rule that gave the day (published_rule) and mend the source file",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("documents", _PUBLICATION_SQL, _tell_publication),),
        quarantines=True,
    ),
    Check(
        id="landed.period",
        severity="warning",
        title=Words("Kỳ báo cáo không thể đúng", "A reporting period cannot be true"),
        meaning=Words(
            "Kỳ báo cáo không thể trước năm 1998, không bắt đầu sau ngày đăng và không kết thúc quá lâu sau đó.",
            "A period is not before 1998, does not begin after publication and does not end long after it.",
        ),
        mend=Words(
            "đọc câu gốc: có thể là kế hoạch, hoặc kỳ bị hiểu sai",
            "read the sentence: it may be a plan, or the period was misread",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("figures", _PERIOD_SQL, _tell_period),),
        quarantines=True,
    ),
)
