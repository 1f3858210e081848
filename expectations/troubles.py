"""The kinds of trouble the platform itself can be in, in words."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.model import Severity, Words


@dataclass(frozen=True)
class Trouble:
    """A kind of trouble of the platform: what has happened, what was expected, what to do."""

    id: str
    title: Words
    expected: Words
    mend: Words
    runbook: str
    severity: Severity = "critical"


TROUBLES = {
    one.id: one
    for one in (
        Trouble(
            "platform.channel",
            Words("Kênh cảnh báo không nhận tin", "An alert channel does not accept"),
            Words("kênh nhận tin trong thời hạn", "the channel accepts in time"),
            Words(
                "kiểm tra máy nhận, mã truy cập, địa chỉ; tin chờ được gửi ở lần chạy sau",
                "check receiver, token and address; what waits is sent with the next run",
            ),
            "platform.md",
        ),
        Trouble(
            "platform.clock",
            Words("Đồng hồ nhảy", "The clock has jumped"),
            Words("giờ của máy không lùi", "the machine's clock does not go back"),
            Words("chỉnh đồng hồ máy rồi chạy lại", "set the machine's clock, then run again"),
            "platform.md",
        ),
        Trouble(
            "platform.run",
            Words("Lần chạy bị hỏng giữa chừng", "A run has failed"),
            Words("lần chạy đi hết các bước", "a run goes through all its steps"),
            Words(
                "sửa điều lỗi nêu rồi chạy lại bằng coso run; bản công bố trước vẫn giữ nguyên",
                "mend what the error names, then coso run; what was published before stays",
            ),
            "platform.md",
        ),
        Trouble(
            "platform.source",
            Words("Không xử lý được một nguồn", "A source could not be worked on"),
            Words("mỗi nguồn được lấy và đọc hết", "each source is fetched and landed to the end"),
            Words(
                "thử bằng coso sources check; các nguồn khác vẫn được công bố",
                "try coso sources check; the other sources are published",
            ),
            "platform.md",
            "warning",
        ),
        Trouble(
            "platform.lake",
            Words("Không đọc được kho dữ liệu", "The lake cannot be read"),
            Words("COSO_HOME có kho dữ liệu đọc được", "COSO_HOME holds a lake whose runs can be read"),
            Words(
                "xem ổ đĩa và COSO_HOME; khôi phục tệp nêu trên từ bản sao lưu",
                "look at the disk and at COSO_HOME; restore the file that is named from a copy",
            ),
            "platform.md",
        ),
        Trouble(
            "platform.no_run",
            Words("Đến hạn chưa có lần chạy nào", "No run by the time it was due"),
            Words("mỗi kỳ có một lần chạy hoàn tất", "a completed run in every period"),
            Words(
                "xem nhật ký của lịch chạy; chạy lại bằng coso run",
                "read the log of the schedule; run coso run",
            ),
            "platform.md",
        ),
    )
}
