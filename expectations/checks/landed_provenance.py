"""The archive behind the landed rows: every row's page is still there, whole."""

from __future__ import annotations

from expectations.model import Check, Row, RowsTest, Told, Words

_ARCHIVE_SQL = """
    select row_id, province_code, frame, source_key, metric, period, capture_id, url,
           case when stored_id is null then 'no_capture'
                when not regexp_full_match(payload_sha256, '[0-9a-f]{64}') then 'no_digest'
                when bytes is null then 'no_file'
                else 'cut_short' end as trouble, warc_file
    from judged
    where stored_id is null or not regexp_full_match(payload_sha256, '[0-9a-f]{64}')
       or bytes is null or warc_offset < 0 or warc_length <= 0 or warc_offset + warc_length > bytes"""

_TROUBLE = {
    "no_capture": Words("không có bản lưu {capture_id}", "there is no stored page {capture_id}"),
    "no_digest": Words("bản lưu {capture_id} không có mã băm", "stored page {capture_id} has no digest"),
    "no_file": Words("không còn tệp {warc_file}", "file {warc_file} is gone"),
    "cut_short": Words("tệp {warc_file} bị cụt", "file {warc_file} is cut short"),
}


def _tell(row: Row) -> Told:
    trouble = _TROUBLE[row["trouble"]]
    return Told(
        Words(f"trang {row['url']} còn trong kho lưu", f"page {row['url']} is in the archive"),
        Words(trouble.vi.format(**row), trouble.en.format(**row)),
    )


CHECKS = (
    Check(
        id="landed.archive",
        severity="critical",
        title=Words("Mất bản lưu của trang gốc", "The stored page of a row is gone"),
        meaning=Words(
            "Mỗi bài, mỗi phản ánh trỏ tới bản lưu nguyên vẹn của trang đã đọc; thiếu thì không kiểm chứng được.",
            "Every article and feedback item points at the whole stored page it was read from; without it nothing "
            "can be proved.",
        ),
        mend=Words(
            "khôi phục tệp trong raw/warc từ bản sao, hoặc thu thập lại trang",
            "restore the file under raw/warc from a copy, or collect the page again",
        ),
        runbook="landed-evidence.md",
        tests=tuple(
            RowsTest(f"{table}.archived", _ARCHIVE_SQL, _tell) for table in ("documents", "submissions")
        ),
        quarantines=True,
        judges="source",
    ),
)
