"""Pages that a source refuses to take in because they are larger than its bounds allow."""

from __future__ import annotations

from expectations.model import Check, Row, RowsTest, Told, Words

_TOO_LARGE_SQL = """
    select source_key as row_id, source_key, province_code, frame, metric, period, any_value(name) as name,
           max(day) as day, sum(refused) as refused, sum(refused + taken) as asked,
           arg_min(url, part) as url, arg_min(detail, part) as detail
    from judged where refused > taken
    group by source_key, province_code, frame, metric, period"""


def _tell_too_large(row: Row) -> Told:
    refused, asked, day = row["refused"], row["asked"], row["day"]
    example = f"{row['url']} ({row['detail']})"
    return Told(
        Words(
            f"trang của {row['name']} nằm trong giới hạn kích thước của tệp nguồn",
            f"pages of {row['name']} are within the bounds of size of its source file",
        ),
        Words(
            f"lần thu thập {day:%d/%m/%Y} bỏ {refused} trong {asked} trang vì quá lớn, như {example}",
            f"the crawl of {day:%Y-%m-%d} refused {refused} of {asked} pages as too large, such as {example}",
        ),
    )


CHECKS = (
    Check(
        id="marts.pages_too_large",
        severity="warning",
        title=Words("Trang bị bỏ vì quá lớn", "Pages are refused as too large"),
        meaning=Words(
            "Trong lần thu thập gần nhất nhiều nhất một nửa số danh mục, bài hoặc tệp đính kèm mới vượt giới hạn kích "
            "thước của nguồn: trang bị bỏ thì không được lưu hoặc không được đọc, số liệu mất theo.",
            "Of the lists, of the articles or of the attachments that the latest crawl asked for anew at most half are "
            "beyond the source's bounds of size: what is refused is not stored, or not read, and its figures are lost.",
        ),
        mend=Words(
            "mở một trang; nếu lớn thật thì tăng max_bytes hoặc max_decoded_bytes trong tệp nguồn, lần chạy hôm sau sẽ "
            "tải lại; nếu không thì trang đang hỏng hoặc bị chèn nội dung",
            "open one of them; if it is rightly so large raise max_bytes or max_decoded_bytes in the source file, and "
            "it is asked for again a day later; else the site is broken or was tampered with",
        ),
        runbook="marts-arrival.md",
        tests=(RowsTest("refusals", _TOO_LARGE_SQL, _tell_too_large),),
        judges="source",
    ),
)
