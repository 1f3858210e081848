"""Reports as provinces write them, and what other outlets make of them: planted pairs to find, and pairs to leave."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coso.places import provinces

#: Sentences that every province's report has, with slots for its own figures.
SHARED = (
    "Trong {period}, cấp ủy và chính quyền các cấp trong tỉnh {province} đã tiếp {n} lượt công dân đến kiến nghị, phản ánh.",
    "Toàn tỉnh tiếp nhận {n} đơn khiếu nại, tố cáo, trong đó có {n} đơn đủ điều kiện xử lý theo quy định của pháp luật.",
    "Các cơ quan chức năng đã giải quyết {n} vụ việc thuộc thẩm quyền, đạt tỷ lệ {p}% tổng số vụ việc phải giải quyết.",
    "Mặt trận Tổ quốc các cấp chủ trì tổ chức {n} cuộc giám sát và {n} hội nghị phản biện xã hội.",
    "Có {n} cuộc đối thoại giữa người đứng đầu cấp ủy với Nhân dân được tổ chức, thu hút {n} lượt người tham dự.",
    "Các tổ hòa giải ở cơ sở hòa giải thành {n} trên tổng số {n} vụ việc, góp phần giữ gìn đoàn kết trong cộng đồng dân cư.",
    "Ban Thanh tra nhân dân tổ chức {n} cuộc giám sát, phát hiện và kiến nghị xử lý {n} vụ việc.",
    "Thực hiện Nghị định 59/2023/NĐ-CP, 100% xã, phường, thị trấn đã xây dựng quy chế thực hiện dân chủ ở cơ sở.",
    "Nhân dân đóng góp {n} triệu đồng và {n} ngày công xây dựng đường giao thông nông thôn.",
    "Việc công khai các nội dung để Nhân dân biết được thực hiện nghiêm túc, đúng quy định của Luật Thực hiện dân chủ ở cơ sở.",
)
_TEXT = """
an anh bà bản bảo bên bình bộ các cách cần cây chân chỉ cho chung chính chợ cơ con công cùng cũng dài dân
dựng đã đang đầu đến đi địa điều đồng đường đất được gia giao giúp gồm hai hàng hiện hình hòa hội học huy kế khi
khó không kiến kinh làm làng lại lên liên lòng lúa mà mặt mẹ mới mùa mưa nam nay ngày nghề người nhà nhân nhiều nhóm
nông nước ông phát phong phần phối qua quê quyền ra rằng ruộng sau sông sống sức sửa tại tay tâm thành tháng thấy
thêm theo thiết thôn thu thuận thực tiền tin tình tôi tổ trạm trên trong trồng trường từ tuổi tương vải văn vẫn vận
về việc viên vùng vui vườn xã xây xuân xuống yên ý
"""
_SYLLABLES = _TEXT.split()


@dataclass(frozen=True)
class Piece:
    """One document, and the number of the report that it carries."""

    document_id: str
    source_key: str
    day: date
    text: str
    report: int


def pieces(count: int, seed: int, first: date = date(2024, 7, 1), days: int = 60) -> list[Piece]:
    """Return ``count`` reports with what outlets make of them; every second has nothing but the shared sentences."""
    chance = random.Random(seed)
    names = sorted({province.name for province in provinces().values()})
    return [
        piece
        for number in range(count)
        for piece in _Report(
            chance, number, chance.choice(names), first + timedelta(chance.randrange(days))
        ).pieces()
    ]


class _Report:
    def __init__(self, chance: random.Random, number: int, province: str, day: date) -> None:
        self._chance = chance
        self._number = number
        self._day = day
        self._province = province
        period = chance.choice(["6 tháng đầu năm 2024", "quý II/2024", "tháng 6/2024"])
        shared = chance.sample(SHARED[1:8], chance.randint(4, 7))
        self._sentences = [self._filled(one, period) for one in (SHARED[0], *shared, *SHARED[8:])]
        if number % 2:
            own = [self._own(chance.randint(15, 30)) for _ in range(chance.randint(4, 9))]
            self._sentences = [
                line for both in zip(self._sentences, own, strict=False) for line in both
            ] + own[9:]

    def pieces(self) -> Iterator[Piece]:
        """Yield the report as first printed, and each thing that is made of it in turn."""
        yield self._piece("goc", "\n".join(self._sentences))
        made = (self._reprint, self._brief, self._in_a_longer_one, self._version)[self._number // 2 % 4]
        yield made()
        yield self._on_its_own()

    def _reprint(self) -> Piece:
        """Set again: dateline, tone marks, case, separators, the last paragraph cut, a tail of the outlet."""
        lines = [line.replace("hòa", "hoà").replace("tỷ lệ", "tỉ lệ") for line in self._sentences[:-1]]
        return self._piece(
            "in-lai", "\n".join(["(TTXVN) - " + lines[0].upper(), *lines[1:], "Theo báo địa phương./."]), 2
        )

    def _brief(self) -> Piece:
        """Three sentences in a row under a sentence of the outlet's own."""
        start = self._chance.randrange(len(self._sentences) - 2)
        lead = f"Tin từ tỉnh {self._province} cho biết."
        return self._piece("tin-ngan", "\n".join([lead, *self._sentences[start : start + 3]]), 1)

    def _in_a_longer_one(self) -> Piece:
        lines = [self._own(self._chance.randint(20, 35)) for _ in range(20)]
        return self._piece("bai-dai", "\n".join([*lines[:8], *self._sentences, *lines[8:]]), 3)

    def _version(self) -> Piece:
        """The same outlet with one figure corrected, at another address."""
        lines = list(self._sentences)
        at = next(
            i for i, line in enumerate(lines) if "giải quyết" in line or "giám sát" in line or "lượt" in line
        )
        old = next(word for word in lines[at].split() if word.isdecimal())
        lines[at] = lines[at].replace(f" {old} ", f" {int(old) + 7} ", 1)
        return self._piece("goc", "\n".join(lines), 1, "dinh-chinh")

    def _on_its_own(self) -> Piece:
        """What another paper wrote of the same event in its own words, with one sentence of the report: no copy."""
        lines = [self._own(self._chance.randint(15, 30)) for _ in range(7)]
        lines[3] = self._chance.choice(self._sentences)
        piece = self._piece("rieng", "\n".join(lines), 1)
        return Piece(piece.document_id, piece.source_key, piece.day, piece.text, -self._number - 1)

    def _piece(self, outlet: str, text: str, later: int = 0, name: str | None = None) -> Piece:
        key = f"{outlet}-{self._number % 40}" if outlet == "goc" else outlet
        return Piece(
            f"doc-{self._number:05}-{name or outlet}", key, self._day + timedelta(later), text, self._number
        )

    def _filled(self, sentence: str, period: str) -> str:
        while "{n}" in sentence:
            sentence = sentence.replace("{n}", str(self._chance.randint(2, 4000)), 1)
        rate = f"{self._chance.randint(700, 999) / 10:.1f}".replace(".", ",")
        return sentence.replace("{p}", rate).format(period=period, province=self._province)

    def _own(self, words: int) -> str:
        line = " ".join(self._chance.choice(_SYLLABLES) for _ in range(words))
        return f"{line.capitalize()}."
