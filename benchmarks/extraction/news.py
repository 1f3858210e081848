"""Generated Vietnamese news about everything but our subject."""

from __future__ import annotations

import random

_PLACES = ("Hà Giang", "Nghệ An", "Quảng Trị", "Đồng Tháp", "Kon Tum", "Hải Dương", "Cà Mau", "Bình Định")
_GENERAL = (
    "Giá cà phê tại {place} sáng nay tăng {n} đồng, lên {big} đồng mỗi kg, mức cao nhất trong {m} tuần qua.",
    "Đội chủ nhà mở tỷ số ở phút {m} sau pha phối hợp đẹp mắt, trước hơn {big} khán giả trên sân.",
    "Cơ quan khí tượng dự báo từ đêm {m}/{mo}, khu vực {place} có mưa to, lượng mưa phổ biến {n} mm.",
    "Kim ngạch xuất khẩu thủy sản {mo} tháng đạt {d} tỷ USD, tăng {p}% so với cùng kỳ năm trước.",
    "Bệnh viện đa khoa tỉnh {place} vừa phẫu thuật thành công cho bệnh nhân {m} tuổi bị đa chấn thương.",
    "Dự án cao tốc qua {place} dài {m} km đã giải ngân {p}% kế hoạch vốn, còn {n} hộ chưa bàn giao mặt bằng.",
    "Nhà trường cho biết năm học này có {n} thí sinh đăng ký xét tuyển, điểm chuẩn dự kiến {d} điểm.",
    "Theo nhà sản xuất, mẫu xe mới có công suất {n} mã lực và tiêu thụ {d} lít nhiên liệu cho 100 km.",
    "Liên hoan phim quy tụ {m} tác phẩm đến từ {mo} quốc gia, kéo dài {mo} ngày tại thành phố biển.",
    "Nông dân {place} phấn khởi vì vụ lúa năm nay cho năng suất {d} tấn mỗi ha, bán được giá.",
    "Người dân địa phương cho rằng cảnh quan ven sông đã thay đổi nhiều kể từ khi con đường mới hoàn thành.",
    "Công an {place} bắt giữ {m} đối tượng, thu {n} viên ma túy tổng hợp cùng nhiều tang vật liên quan.",
    "Ngân hàng thông báo giảm lãi suất cho vay {d} điểm phần trăm, áp dụng từ ngày {m}/{mo}.",
    "Các nghệ nhân trẻ đang tìm cách giữ nghề, đưa sản phẩm truyền thống lên sàn thương mại điện tử.",
)


def general_articles(count: int, seed: int = 1) -> list[str]:
    """Return articles of about 3,500 characters about everything but our subject."""
    return _articles(_GENERAL, count, seed)


def general_sentence(dice: random.Random) -> str:
    """Return one sentence of such articles."""
    return _sentence(dice.choice(_GENERAL), dice)


def _articles(templates: tuple[str, ...], count: int, seed: int) -> list[str]:
    dice = random.Random(seed)
    return [_article(templates, dice) for _ in range(count)]


def _article(templates: tuple[str, ...], dice: random.Random) -> str:
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < 3500:
        paragraphs.append(" ".join(_sentence(dice.choice(templates), dice) for _ in range(3)))
    return "\n".join(paragraphs)


def _sentence(template: str, dice: random.Random) -> str:
    return template.format(
        place=dice.choice(_PLACES),
        n=dice.randint(20, 900),
        big=f"{dice.randint(1, 90)}.{dice.randint(100, 999)}",
        m=dice.randint(2, 29),
        mo=dice.randint(2, 11),
        d=f"{dice.randint(1, 30)},{dice.randint(1, 9)}",
        p=f"{dice.randint(5, 99)},{dice.randint(1, 9)}",
    )
