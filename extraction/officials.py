"""Officials with their offices, read from each word for an office to the name before or behind it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from coso import places
from coso.late_patterns import late
from coso.text import Folded, fold_words
from extraction.model import Span
from extraction.patterns import CAPITAL
from extraction.spans import make_span

#: What an office is called by, folded; words of its rank ("Phó", "Quyền") stand before it.
OFFICES = (
    "bí thư", "chủ tịch", "trưởng", "giám đốc", "chánh văn phòng", "chánh thanh tra", "chánh án",
    "chủ nhiệm", "thủ tướng",
    "ủy viên", "thường trực", "tổng thanh tra", "tư lệnh", "chính ủy", "chính trị viên", "kiểm sát viên",
    "thanh tra viên",
    "tổng biên tập", "thư kí", "tổ phó", "thôn phó", "xóm phó", "hiệu phó", "phó ban", "phó đoàn",
    "phó phòng", "phó văn phòng",
    "phó cục", "phó vụ", "đại biểu quốc hội", "đại biểu hđnd", "đại biểu hội đồng nhân dân", "uvbtv",
    "uvtv", "pct",
)  # fmt: skip
#: What stands right before such a word and belongs to it: a rank, or what one leads ("Chỉ huy trưởng", "Tổ trưởng").
_RANK = late(
    r"(?<!\w)(?:(?:quyền|q\.|nguyên|cựu|tân|phó|p\.|đồng|tổng|chỉ huy|tham mưu|bộ|thứ|viện|cục|vụ|hiệu|tổ"
    r"|đội|đồn|trạm"
    r"|hạt|thôn|xóm|ấp|bản|khu|khối|làng|buôn|(?:chi )?hội|chi cục|kế toán|thủ|(?:đại|tiểu|trung|sư) đoàn"
    r"|(?:tỉnh|huyện|thành|thị|quận|đảng|chi|trung ương)(?= $)) ?)+$"
)
#: As far back as such words reach, in characters.
_RANK_REACH = 40
_WORD_END = late(r"(?!\w)")
#: "thường trực 24/24 giờ" is no office.
_NO_OFFICE = late(r"(?:trưởng thành|thường trực (?:\d|cấp cứu|chiến đấu|chống|phòng chống)|thư kí tòa)(?!\w)")

_LETTERS = "a-zà-ỹđćčĕĭŏŭñ"
_MARK = "'’ʼ‘`"
#: A part of a name, "H'Bơ" and "K'Brểu" too.
_PART = rf"[{CAPITAL}ČÑŎĬ][{_LETTERS}]*(?:[{_MARK}] ?[{CAPITAL}{_LETTERS}][{_LETTERS}]*)?(?![\w{_MARK}])"
_MARKED = late(rf"[{_MARK}] ?")
_LONGEST_NAME = 6
_RUN = rf"{_PART}(?: {_PART}){{0,{_LONGEST_NAME}}}"
#: Family names of the Kinh and of other peoples.
_FAMILIES = frozenset(
    fold_words(
        """
    nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý lí đinh đào đoàn trịnh mai tô hà
    cao trương lương lưu tạ quách thái châu chu tăng kiều vương triệu nông hứa la lâm phùng đàm tống từ khúc
    nghiêm doãn bế thạch danh kim sơn đồng cù mạc lã nhữ ninh giang tôn ung văn viên phí bạch thiều khương
    trà ôn âu đậu biện bành cung diệp hàn hạ hình kha khổng liêu lục mã mẫn ngụy ông ong tiêu thân thi tiết
    trang tường xa bá cái cáp chế cổ đổng đường giáp lang lều mạnh nhâm quế sầm thẩm ứng vòng vạn khuất
    khiếu cam cảnh đái đới nhan phương sử trác trình tất thích lại lạc thiệu tòng thào giàng sùng lò vàng
    hầu ma điểu y rơ lù chảo quang quàng cầm bàn pờ lầu vi lô lữ rah siu kpă ksor nay a u zơ alăng pơloong
    chamaléa pi thị trượng đàng phàn tẩn chẩu chẩn sần vừ mùa hạng cứ tán trắng hờ bríu bh'riu hôih thàng
    rmah niê kbuôr puih rơmah rcom rơchăm xồng moong lềm lường lèo tráng sải cháng ly mua kháng hảng chang
    thò lỳ giả lùng phu ka k'să cil kră liêng
    """
    ).split()
)
#: Second parts of names that tell them whatever the family: "Chamaléa Thị Thủy".
_MIDDLE = frozenset({"thị", "văn"})
#: Words that open as names do and are bodies: "Đoàn Thanh niên", "Trưởng Đoàn Kiểm tra", "Ban Quản lý".
_BODY_FIRST = late(
    r"(?:thanh (?:niên|tra)|kiểm (?:tra|sát|toán)|giám sát|kinh tế|công (?:tác|an|đoàn)|dân (?:vận|tộc)"
    r"|quản lí|chỉ (?:đạo|huy)"
    r"|văn (?:hóa|phòng|thư)|cao (?:su|đẳng|tốc)|giang hồ|sơn (?:la|tây)|kim loại|quang trung|thái lan"
    r"|hà nội|đại (?:biểu|học))"
    r"(?!\w)"
)
_TITLE = (
    r"(?:(?:[Tt]hiếu|[Tt]rung|[Tt]hượng|[Đđ]ại) (?:tướng|tá|úy|uý)|(?:PGS|GS|TSKH|TS|T[Hh][Ss]|BS|KS|LS"
    r"|NGƯT|NGND|CKI{1,2})"
    r"(?:[.,]\s?|\s)|[Pp]hó [Gg]iáo sư|[Gg]iáo sư|[Tt]iến s[ĩỹ]|[Tt]hạc s[ĩỹ]|[Bb]ác s[ĩỹ]|[Kk]ỹ sư"
    r"|[Ll]uật sư|[Ll]inh mục"
    r"|[Hh]òa thượng|[Tt]hượng tọa|[Đđ]ại đức|[Nn]i sư|[Mm]ục sư)[,.]?\s?"
)
_ADDRESS = r"(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à|[Đđ]/[Cc]|[Đđ]c|ĐC|[Cc]hị|[Aa]nh|[Cc]ô|[Tt]hầy|[Cc]ác vị)"
#: A name right before an office, with what it is told by: "Đồng chí Lê An, ", "; Tòng Thị Phóng - ", "ông Lê An (".
_NAME_BEFORE = late(
    rf"(?P<address>(?<!\w){_ADDRESS}:?\s+(?:{_TITLE})*|(?P<title>(?<!\w){_TITLE}))?(?P<run>(?<![\w{_MARK}]){_RUN})"
    r"\s*(?:,|[-–—]|\()\s*(?:(?:hiện |hiện nay |nay )?là |hiện giữ chức )?$"
)
#: As far back as a name, its address and its titles reach, in characters.
_NAME_REACH = 100
#: What a list of people and a clause open with.
_OPENS = late(r"(?:^|[:;.\n•*+“\"(]|[-–—]|(?<!\w)(?:và|là|gồm|có|với|do|cùng|chí|ông|bà|của|theo|Theo))\s*$")
_KINDS = (
    r"tỉnh|huyện|quận|thị xã|thành phố|t\.?p|xã|phường|thị trấn|thôn|ấp|bản|làng|buôn|khu phố|xóm"
    r"|(?:tỉnh|huyện|thành|thị|quận|đảng) ủy"
)
#: What stands before the name of a school, a street or a firm.
_INSTITUTION = (
    r"đường|tiểu học|đại học|thcs|thpt|(?<!môi )trường(?: chính trị)?|công ti|doanh nghiệp|mang tên"
    r"|quảng trường|liệt sĩ|cp|tnhh|mtv"
)
#: Words before a name in capitals that is no person's.
_OF_ELSE = late(rf"(?<!\w)(?:{_KINDS}|{_INSTITUTION}|gia đình|hộ|tại|ở)\.? $")
_OF_INSTITUTION = late(rf"(?<!\w)(?:{_INSTITUTION})$")
#: The words in small letters that bodies and offices are named with.
_BODY_WORDS = (
    r"tỉnh|huyện|xã|phường|thị|trấn|thành|phố|quận|thôn|ấp|bản|làng|buôn|xóm|khu|khối|tổ|dân|vực|đặc"
    r"|thường|trực|trưởng|phó|kiêm|và"
    r"|ủy|uỷ|ban|nhân|hội|đồng|đảng|bộ|chi|đoàn|thể|viên|ương|vụ|vận|chức|giáo|tra|án|sát|pháp|chính|an"
    r"|động|phòng|đội|biên|quân|sự"
    r"|tịch|thư|bí|phủ|quốc|trận|nước|nông|phụ|nữ|cựu|chiến|binh|niên|thanh|liên|hiệp|lao|công|nghiệp|tế"
    r"|dục|đào|tạo|hóa|thao"
    r"|lịch|nguyên|môi|trường|dựng|thông|vận|tải|tài|kế|hoạch|đầu|tư|khoa|học|nghệ|thương|mại|nội|ngoại"
    r"|triển|lý|lí|kinh"
    r"|chỉ|đạo|giám|điều|hành|thực|hiện|quy|chế|chủ|ở|cơ|sở|tiếp|tác|mặt|kiểm|toán|lực|lượng|vũ|trang|trị"
    r"|tuyên|dự|khuyết|khóa|khoá"
    r"|nhiệm|kỳ|kì|cục|viện|trung|tâm|văn|sư|phạm|trú|trợ|bảo|hiểm|xây|cao|đẳng|tiểu|mầm|non|thuế|hải"
    r"|quan|thi|lâm|thủy|sản|kho|bạc"
    r"|ngân|hàng|báo|đài|truyền|hình|phát|thanh|tôn|tộc|thiểu|số|miền|núi|cải|cách|tư|cứu|chữa|cháy|hợp"
    r"|tác|rừng|hạ|tầng|đô|đất|đai"
    r"|cấp|toàn|các|đại|biểu|ty|cổ|phần|điện|tổng|tập|lợi|chuyên|trách|phụ|tham|mưu|tối|huy|tin|sách|su"
    r"|phong|tín|dụng|phát|thôn|một|của|quản|trại|quyền|đốc|chánh"
)
_ROLE_WORD = late(
    rf" (?:(?:{_BODY_WORDS})(?!\w)|[{CAPITAL}](?:[^\s,.;:()“”\"]|,(?=[{CAPITAL}]))*(?:(?<=T[PXT])\.)?|\d+"
    rf"|[-–](?= [{CAPITAL}])"
    r"|\([^()\n]{1,40}\))"
)
_RUN_HERE = late(_RUN)
#: Between an office and the name behind it.
_SEPARATOR = late(
    rf"(?P<address>(?:,? (?:là )?(?:[Đđ]ồng chí|[Đđ]/[Cc])|, (?:[Ôô]ng|[Bb]à)| là (?:ông"
    rf"|bà)):? )?(?(address)|(?: |, (?={_TITLE})))(?P<title>(?:{_TITLE})*)"
)
_ADDRESSED = late(r",? (?:[Đđ]ồng chí|[Đđ]/[Cc]|[Ôô]ng|[Bb]à) ")
_NEXT_OFFICE = late(r", ")
_TERRITORY = late(rf"(?<!\w)(?P<kind>{_KINDS})\.?$")
_SMALL = frozenset({"xã", "phường", "thị trấn", "đảng ủy"})
_VILLAGES = frozenset({"thôn", "ấp", "bản", "làng", "buôn", "khu phố", "xóm"})
_DASHED = late(rf"{_RUN} ?[-–] ?{_PART}(?: {_PART})?")
#: Families so common that behind the name of a place they begin a person's: "xã Sơn Kim Nguyễn Văn An".
_COMMON = frozenset(
    fold_words(
        """
    nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đào đoàn trịnh trương lương
    """
    ).split()
)
_LONGEST_PLACE = 4
_BEHIND = late(
    r"(?:(?! và (?:ông|bà|đồng chí|các) )(?:[^.;:\n“”]|(?<=(?<!\w)T[PXT])\.|(?<=(?<!\w)[QPH])\.)){0,160}"
)
#: No office goes on over a word of what its holder does.
_DOES = (
    r"làm trưởng đoàn|cho hay|nói|kể|nhắc|nhận xét|chủ tọa|dẫn|phân tích|l[ýí] giải|giải (?:thích|trình"
    r"|đáp)|tâm sự|bày tỏ"
    r"|lưu ý|thông báo|trình bày|trao|(?<!hư )k[íý](?! túc)|thay mặt|có mặt|khai mạc|bế mạc|cùng|năm \d{4}"
    r"|chủ trì|dự(?! khuyết| án)|tham dự"
    r"|phát biểu|đề (?:nghị|xuất)|cho|nhấn mạnh|kết luận|yêu cầu|khẳng định|chia sẻ|báo cáo|làm|ghi nhận"
    r"|đánh giá"
    r"|thông tin(?! và truyền)|đồng chủ trì|nêu|trong|tại|về|trả lời|đã|sẽ|đang|vừa|cũng|luôn|rất|được|bị"
    r"|có|là|thì|mà|vì|để|khi|với|từ"
    r"|qua|sau|trước|nên|nhưng|do|bởi|không|chưa|còn|trực tiếp|theo|ngay|trên|vào|đến|tới|như|hoặc|rằng"
    r"|vui mừng|phấn khởi|mong muốn"
    r"|hoan nghênh|biểu dương|khen|cảm ơn|tin tưởng|hứa|cam kết|giao(?! thông| dịch)|phân công|thống nhất"
    r"|xác nhận|thừa nhận|nhìn nhận|góp ý"
    r"|hỏi|đáp|mở đầu|tham (?:gia|luận)|khuyến khích|làm rõ|tóm tắt|nghe|lắng nghe|gặp|thăm|tặng|bộc bạch"
    r"|nhất trí|đồng tình|gửi|chúc"
    r"|mời|hỗ trợ|tuyên bố|giới thiệu|đọc|quán triệt|truyền đạt|phổ biến|ra mắt|hướng dẫn|tích cực"
    r"|thường xuyên|đại diện|ban hành|kiến nghị|hiến|cười|đón|mong|công bố|đồng ý|phê bình|thị sát"
    r"|tiên phong|gương mẫu"
)
#: The same, but for "Ban chỉ đạo", "Đoàn kiểm tra".
_DOES_ALONE = (
    r"điều hành|chỉ đạo|kiểm tra|giám sát|tiếp|đối thoại|tổ chức|vận động|tiếp thu|triển khai|thẩm tra"
    r"|tiếp nhận"
    r"|trao đổi|quản lí|tuyên truyền"
)
_ROLE_STOP = late(
    rf"[\s,]+(?:{_DOES}|(?<!an )(?<!oàn )(?<!tổ )(?<!sở )(?<!òng )(?<!cục )(?:{_DOES_ALONE})"
    rf"|và lãnh đạo)(?![{_LETTERS}])"
)
#: Two words in small letters that no body is named with.
_OTHER_WORDS = late(rf" (?:(?!(?:{_BODY_WORDS}|{_DOES})(?!\w))(?![{CAPITAL}])[{_LETTERS}]+(?:[ ,.]|$)){{2}}")
_ASIDE = late(
    r"\s*(?:\((?:bìa|ảnh|thứ|đứng|ngồi|người|hàng|áo|giữa|trái|phải)|\d+ tuổi|năm nay|hôm nay"
    r"|sinh (?:năm|ngày)|nguyên là)"
)
_AND_PERSON = late(rf"(?:,| và| cùng|,? [-–—])\s+(?:{_ADDRESS} )?(?P<title>(?:{_TITLE})*)(?P<run>{_RUN})")
#: Where a list of offices ends and the sentence goes on; a body's name goes on in "Văn hóa, Thể thao và Du lịch".
_COMMA = late(
    r",\s+(?!(?:phó|trưởng|ủy viên|uỷ viên|nguyên|bí thư|chủ tịch|giám đốc|thành viên|kiêm|đại biểu|quyền) )"
    rf"(?:(?![{CAPITAL}])|(?=(?P<next>[{CAPITAL}][^,.;:]{{0,60}})))"
)
#: An office told without whose it is, up to the comma behind which that may be told: "Phó Trưởng ban, Ban Dân vận".
_OF_NOBODY = late(rf"(?<!\w)(?:{'|'.join(OFFICES)}|trưởng (?:ban|đoàn|phòng))$")
_BODY = late(
    r"(?:ban|ủy ban|ubnd|hđnd|hội|sở|phòng|chi cục|văn phòng|thanh tra|đảng ủy|huyện ủy|ubmttq)(?!\w)"
)
_ENUMERATED = late(rf"[{CAPITAL}][^\s,]* [^\s,]+(?: [^\s,]+){{0,2}} và [{CAPITAL}]")


class _Office(NamedTuple):
    """A word for an office.

    Attributes:
        start: first character, of its rank where it has one.
        end: character after the word.
    """

    start: int
    end: int


def find_officials(folded: Folded) -> list[Span]:
    """Return the officials named with an office; each name once, where it is first given one."""
    officials: dict[str, Span] = {}
    told = 0
    for office in _offices(folded):
        if office.start < told:
            continue
        found = _named_before(folded, office, told) or _named_behind(folded, office)
        if found is None:
            continue
        name, role, start, end = found
        told = end
        if name not in officials:
            officials[name] = make_span(folded, start, end, "official", name=name, role=role)
    return sorted(officials.values(), key=lambda span: span.start)


_Found = tuple[str, str, int, int]


def _offices(folded: Folded) -> list[_Office]:
    """Return the words for offices in a text, with the words of rank before them."""
    text = folded.text
    found: list[_Office] = []
    for _, first, last in _finder().find_matches_as_indexes(text):
        if not _WORD_END.match(text, last) or _NO_OFFICE.match(text, first):
            continue
        rank = _RANK.search(text[max(0, first - _RANK_REACH) : first])
        start = first - len(rank.group()) if rank else first
        if start and text[start - 1].isalnum():
            continue
        if found and start < found[-1].end:
            found[-1] = _Office(found[-1].start, last)  # "Phó Trưởng ban Thường trực" is one
        else:
            found.append(_Office(start, last))
    return found


@lru_cache(maxsize=1)
def _finder() -> AhoCorasick:
    return AhoCorasick(OFFICES, matchkind=MatchKind.LeftmostLongest)


def _named_before(folded: Folded, office: _Office, told: int) -> _Found | None:
    """Return the official whose office stands behind the name."""
    text = folded.plain
    low = max(told, office.start - _NAME_REACH)
    match = _NAME_BEFORE.search(text, low, office.start)
    if match is None:
        return None
    run, start = match["run"], match.start("run")
    if not match["address"]:
        begin = _begin_of_name(run, text[max(0, start - 24) : start])
        run, start = run[begin:], start + begin
    if not _is_name(run):
        return None
    role, end = _role_from(folded, office.start)
    if match.group().rstrip().endswith("(") and "(" not in role:
        role, _, _ = role.partition(")")
        end = office.start + len(role)
    return (run, role, start, end) if role else None


def _is_name(run: str) -> bool:
    """Whether words in capitals may be a whole name: two or more, or one such as "K'Brểu"."""
    return 2 <= run.count(" ") + 1 <= _LONGEST_NAME or any(mark in run for mark in _MARK)


def _begin_of_name(run: str, before: str) -> int:
    """Return where in a run of words in capitals that nothing addresses a name begins; its end where none does."""
    if _OF_ELSE.search(fold_words(before)):
        return len(run)
    words = fold_words(run).split(" ")
    at = 0
    for index, word in enumerate(words):
        if _opens_name(words[index:], word):
            return at
        at += len(word) + 1
    told_of_place = any(_is_place(" ".join(words[index:])) for index in range(len(words)))
    return 0 if _OPENS.search(before) and not told_of_place else len(run)


def _opens_name(words: list[str], first: str) -> bool:
    """Whether words in capitals, folded, are a name by their family or their middle part."""
    if len(words) < 2:
        return any(mark in first for mark in _MARK)
    known = (
        first in _FAMILIES or words[1] in _MIDDLE or any(mark in word for word in words[:2] for mark in _MARK)
    )
    return known and not _is_place(" ".join(words))


def _is_place(name: str) -> bool:
    """Whether a folded name is that of a province or a district."""
    keys = (places.name_key(name), places.name_key(_MARKED.sub("' ", name)))
    return any(key in places.districts() for key in keys) or places.find_province(name) is not None


def _named_behind(folded: Folded, office: _Office) -> _Found | None:
    """Return the official whose name stands behind the office: "Phó Chủ tịch UBND tỉnh Lê An"."""
    text = folded.plain
    at = office.end
    while True:
        name = _name_at(folded, office, at)
        if name:
            role = text[office.start : at].strip(" ,")
            return None if _ROLE_STOP.search(role) else (name[0], role, office.start, name[1])
        place = _place_at(text, at)
        if place:
            at = place
        elif word := _ROLE_WORD.match(text, at):
            at = word.end()
        else:
            following = _listed_behind(folded, at)
            if following is None:
                return None
            at = following
        if at - office.start > 160:
            return None


def _listed_behind(folded: Folded, at: int) -> int | None:
    """Return up to where a comma carries on a role: over the next office, or into the rest of a body's name."""
    comma = _NEXT_OFFICE.match(folded.plain, at)
    if comma is None:
        return None
    enumerated = _ENUMERATED.match(folded.plain, comma.end())
    return enumerated.end() - 2 if enumerated else _office_at(folded, comma.end())


def _office_at(folded: Folded, start: int) -> int | None:
    """Return where the word for an office ends that begins at ``start``, its rank first; None when none does."""
    near = folded.text[start : start + _RANK_REACH]
    hit = next(iter(_finder().find_matches_as_indexes(near)), None)
    if hit is None or (hit[1] and not _RANK.fullmatch(near, 0, hit[1])):
        return None
    return start + hit[2]


def _name_at(folded: Folded, office: _Office, at: int) -> tuple[str, int] | None:
    """Return the name that stands behind an office at ``at`` and where it ends."""
    text = folded.plain
    separator = _SEPARATOR.match(text, at)
    if separator is None:
        return None
    run = _RUN_HERE.match(text, separator.end())
    if run is None:
        return None
    words = fold_words(run.group()).split(" ")
    if not (separator["address"] or separator["title"]):
        if not _opens_name(words, words[0]) or _BODY_FIRST.match(folded.text, run.start()):
            return None
        last = run.end() - len(words[-1])
        if _BODY_FIRST.match(folded.text, last) or _place_at(text, at):
            return None
        if _OF_INSTITUTION.search(fold_words(text[max(0, at - 16) : at])):
            return None
    return (run.group(), run.end()) if _is_name(run.group()) else None


def _place_at(text: str, at: int) -> int | None:
    """Return where the name of a place ends that stands behind its kind at ``at``; None when none does.

    "Chủ tịch UBND huyện Kim Bảng Lê An" tells of Lê An.
    """
    kind = _TERRITORY.search(fold_words(text[max(0, at - 12) : at]))
    run = _RUN_HERE.match(text, at + 1) if kind and text.startswith(" ", at) else None
    if kind is None or run is None:
        return None
    dashed = _DASHED.match(text, at + 1)
    if dashed and _is_place(fold_words(dashed.group())):
        return dashed.end()
    words = run.group().split(" ")
    count = _words_of_place(words, kind["kind"], addressed=bool(_ADDRESSED.match(text, run.end())))
    return at + 1 + len(" ".join(words[:count])) if count else None


def _words_of_place(words: list[str], kind: str, addressed: bool) -> int:
    """Return how many of some words in capitals behind the kind of a place are its name, 0 where they name a person.

    "xã Lê Lợi" and "xã Lê Văn An" differ by what is known of places; where who is meant is addressed behind them
    ("xã Sơn Kim, ông Lê An"), they name the place.
    """
    if addressed:
        return len(words)
    for count in range(min(_LONGEST_PLACE, len(words)), 0, -1):
        name, rest = " ".join(words[:count]), words[count:]
        known = places.name_key(name) in places.communes() if kind in _SMALL else _is_place(fold_words(name))
        # "xã Phan" is one, and "Chủ tịch UBND xã Phan Thị Hoa" still tells of Phan Thị Hoa.
        if known and not (rest and fold_words(rest[0]) in _MIDDLE) and _may_be_left(rest):
            return count
    folded = fold_words(" ".join(words)).split(" ")
    near = kind in _SMALL or kind in _VILLAGES
    if near and len(words) > 2 and _begins_behind(folded):
        return 2
    return len(words) if near and len(words) == 2 else 0


def _may_be_left(rest: list[str]) -> bool:
    """Whether what stands behind the name of a place is a person's name, or nothing."""
    return len(rest) != 1 or any(mark in rest[0] for mark in _MARK)


def _begins_behind(words: list[str]) -> bool:
    """Whether behind a place of two words that nobody knows a name begins: "xã Sơn Kim Tòng Thị Phóng"."""
    if len(words) == 3:
        return any(mark in words[2] for mark in _MARK)
    alone = len(words[0]) == 1 or words[0] in _COMMON or words[1] in _MIDDLE
    return not alone and _opens_name(words[2:], words[2])


def _role_from(folded: Folded, start: int) -> tuple[str, int]:
    """Return the offices that are listed from ``start`` on, and where they end."""
    match = _BEHIND.match(folded.plain, start)
    role = match.group() if match else ""
    stops = [len(role)]
    stops += [
        stop.start()
        for stop in (_ROLE_STOP.search(role), _OTHER_WORDS.search(role), _ASIDE.search(role))
        if stop
    ]
    stops += [person.start() for person in _AND_PERSON.finditer(role) if _is_person(person)]
    stops += [comma.start() for comma in _COMMA.finditer(role) if not _goes_on(folded, start, comma)]
    role = role[: min(stops)].rstrip(" ,-–—(")
    return role, start + len(role)


def _is_person(match: re.Match[str]) -> bool:
    words = fold_words(match["run"]).split(" ")
    return bool(match["title"]) or (
        _opens_name(words, words[0]) and not _BODY_FIRST.match(fold_words(match.string), match.start("run"))
    )


def _goes_on(folded: Folded, start: int, comma: re.Match[str]) -> bool:
    """Whether behind a comma in a role an office follows, or the rest of a body's name."""
    following = comma["next"]
    if not following:
        return False
    behind = start + comma.end()
    told = folded.text[start : start + comma.start()]
    whose = _OF_NOBODY.search(told) and _BODY.match(folded.text, behind)
    return bool(whose or _office_at(folded, behind) or _ENUMERATED.match(following))
