"""Layouts that changed: selectors and listings that no longer find what they used to, with the markup then and now."""

from __future__ import annotations

from typing import Any

from expectations.model import Check, Row, RowsTest, Told, Words

_RUNBOOK = "landed-sources.md"

#: So many of the drifts of a source are told one by one; the others are counted.
_TOLD = 3

#: What is lost first: the listing leads nowhere, pages cannot be read, a selector finds nothing, a field stays empty.
_RANK = "case measure when 'links' then 1 when 'pages' then 2 when 'selector' then 3 else 4 end"

#: Drifts after which something is missing: no other selector finds the part. A field that stays empty follows from
#: its selector, or was told by ``landed.fill_rate``.
_LOST = "drift_id is not null and covered_by is null and measure <> 'field'"


def _sql(which: str) -> str:
    """Return the query for the drifts of a kind, one row a source, the gravest first."""
    return f"""
    select arg_min(drift_id, (rank, -pages, drift_id)) as row_id, source_key, province_code, frame,
           null::varchar as metric, null::varchar as period, any_value(name) as name, min(measured_on) as since,
           list({{'measure': measure, 'part': part, 'selector': selector, 'old_rate': old_rate, 'new_rate': new_rate,
                  'pages': pages, 'covered_by': covered_by, 'old_markup': old_markup, 'new_markup': new_markup}}
                order by rank, pages desc, drift_id) as drifts
    from (select *, {_RANK} as rank from judged where {which})
    group by source_key, province_code, frame"""


def _tell(row: Row) -> Told:
    drifts: list[dict[str, Any]] = row["drifts"]
    before = [_before(one) for one in drifts[:_TOLD]]
    now = [_now(one) for one in drifts[:_TOLD]]
    rest = len(drifts) - _TOLD
    more = Words(f"; và {rest} chỗ khác", f"; and {rest} more") if rest > 0 else Words("", "")
    return Told(
        Words("; ".join(one.vi for one in before), "; ".join(one.en for one in before)),
        Words(
            f"{row['name']}, từ {row['since']:%d/%m/%Y}: " + "; ".join(one.vi for one in now) + more.vi,
            f"{row['name']}, since {row['since']:%Y-%m-%d}: " + "; ".join(one.en for one in now) + more.en,
        ),
    )


def _before(drift: dict[str, Any]) -> Words:
    what, rate = _what(drift), _rate(drift, drift["old_rate"])
    markup = drift["old_markup"]
    seen = Words(f", khuôn cũ {markup}", f", markup then {markup}") if markup else Words("", "")
    return Words(f"{what.vi}: {rate.vi}{seen.vi}", f"{what.en}: {rate.en}{seen.en}")


def _now(drift: dict[str, Any]) -> Words:
    what, rate = _what(drift), _rate(drift, drift["new_rate"])
    vi, en = f"{what.vi}: {rate.vi}, {drift['pages']} trang", f"{what.en}: {rate.en}, {drift['pages']} pages"
    if drift["new_markup"]:
        vi, en = f"{vi}, nay là {drift['new_markup']}", f"{en}, markup now {drift['new_markup']}"
    if drift["covered_by"]:
        vi, en = (
            f"{vi}, còn đọc được bằng {drift['covered_by']}",
            f"{en}, still found by {drift['covered_by']}",
        )
    return Words(vi, en)


def _what(drift: dict[str, Any]) -> Words:
    part, selector = drift["part"], drift["selector"]
    if drift["measure"] == "links":
        shown = f" ({selector})" if selector else ""
        return Words(f"đường dẫn ở {part}{shown}", f"links on {part}{shown}")
    if drift["measure"] == "pages":
        return Words(f"trang đọc được ({part})", f"pages read ({part})")
    if drift["measure"] == "field":
        return Words(f"trường {part} có giá trị", f"field {part} filled")
    return Words(f"bộ chọn {part} {selector}", f"selector {part} {selector}")


def _rate(drift: dict[str, Any], rate: float) -> Words:
    if drift["measure"] == "links":
        return Words(f"{rate:.0f} mỗi trang", f"{rate:.0f} a page")
    return Words(f"khớp {rate:.0%}", f"{rate:.0%} match")


CHECKS = (
    Check(
        id="landed.layout_lost",
        severity="warning",
        title=Words("Trang đổi khuôn: bộ chọn không còn khớp", "A layout changed: selectors no longer match"),
        meaning=Words(
            "Bộ chọn, danh mục của nguồn vẫn khớp như trước đây (so với chính các lần thu thập trước của nguồn); "
            "không khớp mà không có bộ chọn nào thay được thì phần đó của trang bị mất.",
            "A source's selectors and listings match as they did in its own earlier crawls; where they do not and no "
            "other selector finds the part, it is lost.",
        ),
        mend=Words(
            "mở trang mới, viết lại bộ chọn trong tệp nguồn theo khuôn mới, rồi coso replay",
            "open a recent page, rewrite the selector in the source file for the new markup, then run coso replay",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("readings", _sql(_LOST), _tell),),
        judges="source",
    ),
    Check(
        id="landed.layout_varied",
        severity="info",
        title=Words(
            "Trang đổi khuôn: bộ chọn khác còn đọc được", "A layout changed: another selector still reads it"
        ),
        meaning=Words(
            "Bộ chọn thôi khớp nhưng bộ chọn dự phòng vẫn tìm thấy phần đó, hoặc một trường bỗng trống: chưa mất "
            "gì, cần xem trước khi mất nốt.",
            "A selector stopped matching but a second one still finds the part, or a field has become empty: nothing "
            "is lost yet, to be looked at before it is.",
        ),
        mend=Words(
            "thêm bộ chọn theo khuôn mới vào tệp nguồn, bỏ bộ chọn cũ",
            "add a selector for the new markup to the source file, remove the old one",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("readings", _sql(f"drift_id is not null and not ({_LOST})"), _tell),),
        judges="source",
        absorbed_by=("landed.layout_lost",),
    ),
)
