"""Words that mean a whole territory without naming it: "toàn tỉnh", "trên địa bàn huyện", "cả nước", regions."""

from __future__ import annotations

from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from coso.late_patterns import late
from extraction.territories import Mention, Territory

_REGIONS = {
    "tây nguyên": "Tây Nguyên",
    "miền trung-tây nguyên": "Miền Trung - Tây Nguyên",
    "miền trung, tây nguyên": "Miền Trung - Tây Nguyên",
    "miền trung và tây nguyên": "Miền Trung - Tây Nguyên",
    "đồng bằng sông cửu long": "Đồng bằng sông Cửu Long",
    "đồng bằng sông hồng": "Đồng bằng sông Hồng",
    "đông nam bộ": "Đông Nam Bộ",
    "miền núi phía bắc": "Miền núi phía Bắc",
    "bắc trung bộ": "Bắc Trung Bộ",
    "duyên hải miền trung": "Duyên hải miền Trung",
    "tây bắc": "Tây Bắc",
    "miền trung": "Miền Trung",
}
#: What marks the name of a region among the words that mean a whole territory.
_NAMED = "named region"
#: What a region is named behind.
_REGION_BEHIND = ("tỉnh ", "thành phố ", "tỉnh, thành ", "khu vực ", "các địa phương ", "vùng ")
#: What the province's deputies bring together comes from all of it, wherever they met the voters.
_DELEGATION = tuple(
    f"{body} tỉnh {verb}"
    for body in ("đoàn đbqh", "đoàn đại biểu quốc hội", "thường trực hđnd", "thường trực hội đồng nhân dân")
    for verb in (
        "tổng hợp",
        "đã tổng hợp",
        "tập hợp",
        "đã tập hợp",
        "gom",
        "đã gom",
        "tiếp nhận",
        "đã tiếp nhận",
    )
)
#: Words that mean a whole territory without naming it.
_WIDE = {
    "whole province": ("toàn tỉnh", "cả tỉnh", "trên địa bàn tỉnh"),
    "province": (
        "địa bàn tỉnh", "trong tỉnh", "cấp tỉnh", "ubnd tỉnh", "tỉnh ủy", "của tỉnh",
        "các cấp trong tỉnh", "mttq tỉnh", "ngành thanh tra tỉnh", "tỉnh ta", "tỉnh nhà", "đảng bộ tỉnh",
        "thanh tra tỉnh", "mặt trận tỉnh", "mặt trận các cấp trong tỉnh", "bình diện tỉnh", "qui mô tỉnh",
        "phạm vi tỉnh", "tiếp công dân tỉnh", "tiếp dân tỉnh", "lãnh đạo tỉnh", "khắp tỉnh", *_DELEGATION,
    ),
    "district": (
        "toàn huyện", "trên địa bàn huyện", "trong huyện", "của huyện", "ubnd huyện", "huyện ủy", "mttq huyện",
        "toàn quận", "toàn thị xã", "thị ủy", "ubnd thị xã", "trên địa bàn quận", "ubnd quận", "trên địa bàn thị xã",
        "huyện nhà", "quận nhà", "thị xã nhà", "cả huyện", "cả quận", "cả thị xã", "huyện này", "mặt trận huyện",
        "mặt trận quận", "ở cấp huyện", "qui mô huyện", "phạm vi huyện", "khắp huyện",
    ),
    "city": (
        "toàn thành phố", "thành ủy", "trên địa bàn thành phố", "của thành phố", "ubnd thành phố", "mttq thành phố",
        "thanh tra thành phố", "phạm vi thành phố", "bình diện thành phố", "qui mô thành phố",
    ),
    "whole commune": (
        "toàn xã", "toàn phường", "toàn thị trấn", "cả xã", "trên địa bàn xã", "trên địa bàn phường",
        "trên địa bàn thị trấn", "nhân dân trong xã", "người dân trong xã", "bà con trong xã", "các thôn trong xã",
        "cả phường", "xã nhà", "phường nhà", "thị trấn nhà",
    ),
    "whole village": (
        "toàn thôn", "cả thôn", "toàn ấp", "cả ấp", "toàn bản", "toàn xóm", "cả xóm", "toàn khu phố",
        "cả khu phố", "toàn buôn", "cả buôn", "trên địa bàn thôn", "bà con trong thôn", "bà con trong ấp",
        "bà con trong bản", "bà con trong xóm", "người dân trong thôn", "người dân trong ấp",
    ),
    "villages": ("các thôn", "các ấp", "các bản", "các xóm", "các khu phố", "các tổ dân phố", "các buôn", "các khóm"),
    "here": ("nơi đây", "ở đây", "tại đây", "địa phương này"),
    "commune": (
        "mttq xã", "ubnd xã", "đảng ủy xã", "ubnd phường", "đảng ủy phường", "mttq phường", "xã này", "phường này",
        "ubnd thị trấn", "của xã", "của phường", "mặt trận xã", "mặt trận phường", "lãnh đạo xã", "lãnh đạo phường",
    ),
    "region": ("toàn cụm", "trong cụm", "của cụm", "toàn vùng", "trong vùng", "cả vùng", "toàn khu vực"),
    "national": ("cả nước", "toàn quốc", "63 tỉnh, thành phố", "34 tỉnh, thành phố"),
}  # fmt: skip
#: A tier that is itself the subject: "…, huyện đang có 95 tổ hòa giải"; or who receives for the province, told beside
#: its districts: "huyện A tiếp 102 lượt; lãnh đạo tỉnh tiếp 30 lượt".
_TIER = (
    r"(?:tỉnh|huyện|quận|thị xã|thành phố|xã|phường|thị trấn|địa phương|thôn|ấp|bản|xóm|khu phố|buôn)"
    r"(?= (?:đã |đang |hiện |cũng |còn )?"
    r"(?:có|tiếp|tiếp nhận|nhận|tổ chức|mở|thành lập|giải quyết|xử lí|vận động|huy động|hòa giải|duy trì|xây dựng"
    r"|thực hiện|triển khai|làm|chuyển|ghi nhận|thụ lí|phân loại|góp|hiến|đóng góp|bê tông hóa|tráng"
    r"|nâng cấp|mở rộng)(?!\w))"
    r"|(?:lãnh đạo tỉnh|ban tiếp công dân tỉnh|các sở(?:, ban)?(?:, ngành)?)(?= (?:đã )?tiếp(?!\w))"
)
#: "Ở xã, 12 thôn đều có tổ hòa giải" goes up from one of them.
_AT_TIER = late(r"(?:\. |\n)(?:ở|tại) (?P<tier>xã|phường|huyện), ")
#: It opens the text or a part of a sentence; looking for the mark ahead of it is quicker than for its first letter.
_OPENING_TIER, _TIER_SUBJECT = (
    late(_TIER),
    late(rf"(?:[,;:.] |\n|năm (?:19|20)\d\d |tháng \d{{1,2}} )({_TIER})"),
)
_TIER_BEFORE = late(
    r"(?<!\w)(?:tỉnh|huyện|quận|thị xã|thành phố|thị|cấp \w+|xã|phường|thị trấn|ngành|thôn|ấp|bản|buôn), $"
)
_TIERS_MEAN = {
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "thành phố": "city",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "địa phương": "here",
    **dict.fromkeys(("thôn", "ấp", "bản", "xóm", "khu phố", "buôn"), "whole village"),
}
_OF_RANK = late(r"(?:mô hình|điển hình|tiêu biểu|danh hiệu|đạt|giải|công nhận) $")
#: "24 ý kiến thuộc thẩm quyền cấp tỉnh", "thuộc thẩm quyền cấp huyện 71, cấp tỉnh 24" say who is to answer, not where.
_OF_COMPETENCE = late(r"(?:thẩm quyền|trách nhiệm) [^.;:]{0,60}$")
#: One place described: ", huyện vùng biên của tỉnh", "là xã điểm của tỉnh", but not "các huyện của tỉnh".
_ONE_OF = late(
    r"(?:[,(–-] ?|(?<!\w)(?:là|như|là một|một|trong những|một trong những|một trong các) )"
    r"(?:huyện|xã|thị xã|phường|thị trấn|địa phương|thôn|bản|vùng|trung tâm)(?! (?:có|đã|tiếp|nhận|tổ chức)(?!\w))"
    r"(?: [^,.;:()\d]{1,40})? $"
)
_RANKED = late(r"(?:đầu|nhất|hạng|thứ \w+|tốp \w+|top \w+|so với|nhì) $")


@lru_cache(maxsize=1)
def _wide_words() -> tuple[list[str], AhoCorasick]:
    pairs = [(word, wide) for wide, words in _WIDE.items() for word in words]
    pairs += [(region, _NAMED) for region in _REGIONS]
    return [wide for _, wide in pairs], AhoCorasick([word for word, _ in pairs])


def find_wide(folded: str) -> list[Mention]:
    """Return the words for whole territories, in no order."""
    kinds, automaton = _wide_words()
    found: list[Mention] = []
    regions: list[tuple[int, int, int]] = []
    for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        if kinds[index] == _NAMED:
            if folded.endswith(_REGION_BEHIND, 0, start):
                regions.append((start, index, end))
            continue
        if (start and folded[start - 1].isalnum()) or (end < len(folded) and folded[end].isalnum()):
            continue
        if folded.startswith("cấp tỉnh", start) and _OF_RANK.search(folded, max(0, start - 16), start):
            continue  # "12 mô hình cấp tỉnh" are a district's.
        if folded.startswith("của ", start) and _ONE_OF.search(folded, max(0, start - 60), start):
            continue  # "Tại Hạ Lang, huyện vùng biên của tỉnh, …" goes on about the district
        competent = folded.startswith(("cấp tỉnh", "của tỉnh"), start)
        if competent and _OF_COMPETENCE.search(folded, max(0, start - 80), start):
            continue
        nation = kinds[index] == "national"
        if nation and _RANKED.search(folded, max(0, start - 16), start):
            continue  # "đứng đầu cả nước" says a rank, not where.
        territory = Territory(("Việt Nam",), "national") if nation else None
        found.append(Mention(start, end, territory, wide=None if nation else kinds[index]))
    opening = _OPENING_TIER.match(folded)
    tiers = [opening.span()] if opening else []
    tiers += [match.span(1) for match in _TIER_SUBJECT.finditer(folded)]
    tiers += [match.span("tier") for match in _AT_TIER.finditer(folded)]
    for start, end in tiers:
        # "Chính quyền huyện, xã tiếp 168 lượt" names two tiers at once.
        if not (folded.endswith(", ", 0, start) and _TIER_BEFORE.search(folded, max(0, start - 14), start)):
            found.append(Mention(start, end, None, wide=_TIERS_MEAN.get(folded[start:end], "province")))
    last = 0
    for start, _, end in sorted(regions):
        if start >= last:
            last = end
            found.append(Mention(start, end, Territory((_REGIONS[folded[start:end]],), "region")))
    return found
