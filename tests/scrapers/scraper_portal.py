"""A synthetic feedback portal whose pages are full of invented personal data, and a search for it in every file."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyarrow.parquet as pq
from scraper_site import LocalSite

#: Invented; each must be found in the pages and nowhere beyond the sealed archive.
PLANTED = (
    "Trần Thị Mộng Kiều",
    "0987 654 321",
    "0912345678",
    "kieu.mong@example.com",
    "079 188 001 234",
    "51F-123.45",
    "số nhà 47/12",
    "12/03/1988",
    "Lò Văn Khuyết",
)

FIELDS = {
    "title": "h1",
    "content": ".noi-dung",
    "answer": ".tra-loi",
    "category": {"label": "Lĩnh vực"},
    "agency": {"label": "Đơn vị xử lý"},
    "received": {"label": "Ngày gửi"},
    "deadline": {"label": "Hạn xử lý"},
    "answered": {"label": "Ngày trả lời"},
    "status": {"label": "Trạng thái"},
}
STATUSES = {"Đang xử lý": "in_progress", "Đã trả lời": "answered"}


def portal_values(base: str) -> dict[str, Any]:
    """Return what a source file of the portal says beside who it is."""
    return {
        "key": "pakn-thu",
        "kind": "feedback_portal",
        "extends": "feedback",
        "feedback": {
            "channel": "Cổng thử",
            "external_id": r"[?&]id=(\d+)",
            "fields": FIELDS,
            "statuses": STATUSES,
        },
        "article_url": r"[?&]id=\d+",
        "discovery": [{"method": "listing", "url": f"{base}/", "link_selector": ".muc a"}],
    }


def item(number: int, status: str = "Đang xử lý", agency: str = "UBND phường Thử Nghiệm") -> str:
    """Return the page of an item; what must not leave the archive stands in all its parts."""
    name, spaced, phone, mail, identity, plate, house, born, officer = PLANTED
    return f"""<html><head><title>{name} phản ánh</title></head><body>
    <h1>Bà {name} phản ánh hố ga số {number} hỏng</h1><table>
    <tr><th>Người gửi</th><td>{name}</td></tr><tr><th>Điện thoại</th><td>{phone}</td></tr>
    <tr><th>Lĩnh vực</th><td>Hạ tầng</td></tr><tr><th>Đơn vị xử lý</th><td>{agency}</td></tr>
    <tr><th>Ngày gửi</th><td>10/02/2025</td></tr><tr><th>Trạng thái</th><td>{status}</td></tr></table>
    <div class="noi-dung">Tôi là {name}, sinh ngày {born}, CCCD {identity}, ở {house} đường Lê Lợi, xe {plate}.
    Hố ga số {number} bị hỏng nặng đã lâu, đề nghị sửa. Gọi {spaced} hoặc viết {mail}.</div>
    <div class="tra-loi">Kính gửi bà {name}: đã giao ông {officer} kiểm tra.</div></body></html>"""


def put_portal(site: LocalSite, count: int) -> None:
    """Put ``count`` items and their list on the site."""
    names = "".join(f'<a href="/?id={n}">Bà {PLANTED[0]}: hố ga {n}</a>' for n in range(count))
    site.put("/", f'<html><body><div class="muc">{names}</div></body></html>', etag='"list"')
    for number in range(count):
        site.put(f"/?id={number}", item(number), etag=f'"item-{number}"')


def found_in(path: Path) -> set[str]:
    """Return what of the planted data a file holds, in whatever way it is packed."""
    data = path.read_bytes()
    texts = [data.decode("utf-8", errors="ignore")]
    if path.suffix == ".parquet":
        texts += [str(row) for row in pq.read_table(path, partitioning=None).to_pylist()]
    if data[:2] == b"\x1f\x8b":
        texts.append(_unpacked(data))
    if data[:4] == b"PK\x03\x04":
        with ZipFile(path) as packed:
            texts += [packed.read(name).decode("utf-8", errors="ignore") for name in packed.namelist()]
    escaped = {one: one.encode("unicode_escape").decode() for one in PLANTED}
    return {one for one in PLANTED if any(one in text or escaped[one] in text for text in texts)}


def _unpacked(data: bytes) -> str:
    try:
        return gzip.decompress(data).decode("utf-8", errors="ignore")
    except (EOFError, OSError, zlib.error):
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data).decode("utf-8", errors="ignore")
