"""How a source's pages are read, against how they were read before: damage and drift."""

from __future__ import annotations

from expectations.model import Check, Row, RowsTest, Told, Words
from expectations.wording import number

_RUNBOOK = "landed-sources.md"

#: Days that count as recent, and days before them that they are held against.
RECENT_DAYS, BEFORE_DAYS = 14, 120

#: Documents that a share needs: recent ones, and ones before.
RECENT_LEAST, BEFORE_LEAST = 8, 30

#: A column that was filled at least this often, and is now so much less often (shares).
FILLED_BEFORE, FILLED_DROP = 0.8, 0.4

#: Recent share of pages read by the general fallback that is too much, when it was no more than so before.
FALLBACK_NOW, FALLBACK_BEFORE = 0.5, 0.2

#: Facts: documents with one, as expected from before and from other sources now; as for volumes.
FACTS_DAYS, FACTS_LEAST, FACTS_SHARE, FACTS_GUARD = 28, 6, 0.35, 2.0

#: Optional columns of documents that a parser fills as a rule.
FILLED_COLUMNS = ("published_on", "sapo", "author", "tags", "captions")

#: Letters of Vietnamese read in a wrong encoding, or lost.
_DAMAGE = "(�|Ã[\u0080-\u00bf¡-¿]|áº[\u0080-\u00bf¡-¿]|á»[\u0080-\u00bf¡-¿]|Æ°|Ä‘|â€)"
DAMAGE_LEAST = 3

#: What every damaged text has in it: looked for first, which is many times quicker than the pattern.
_MAY_BE_DAMAGED = " or ".join(
    f"contains(title, '{sign}') or contains(text, '{sign}')"
    for sign in ("�", "Ã", "áº", "á»", "Æ°", "Ä‘", "â€")
)

#: A text of this many characters without a single Vietnamese letter has lost them.
PLAIN_LENGTH = 400

#: Such a text takes little more than a byte a character; Vietnamese takes 1.3. Bytes are quicker to count than letters.
PLAIN_BYTES = 1.1

_RECENT = f"age < {RECENT_DAYS}"
_BEFORE = f"age >= {RECENT_DAYS} and age < {RECENT_DAYS + BEFORE_DAYS}"
_SUBJECT = "source_key, province_code, frame, null::varchar as metric, null::varchar as period"

_FILL_SQL = f"""
    with cells as (
        select source_key, province_code, frame, age, unnest({list(FILLED_COLUMNS)}) as "column",
               unnest([{", ".join(f"{name} is not null" for name in FILLED_COLUMNS)}]) as filled
        from judged
    ), shares as (
        select source_key, province_code, frame, "column",
               count(*) filter (where {_RECENT}) as n_now, count(*) filter (where {_BEFORE}) as n_before,
               avg(cast(filled as integer)) filter (where {_RECENT}) as now_share,
               avg(cast(filled as integer)) filter (where {_BEFORE}) as before_share
        from cells group by all
    )
    select source_key || '/' || "column" as row_id, {_SUBJECT}, "column", now_share, before_share
    from shares
    where n_now >= {RECENT_LEAST} and n_before >= {BEFORE_LEAST}
      and before_share >= {FILLED_BEFORE} and now_share <= before_share - {FILLED_DROP}"""

_FALLBACK_SQL = f"""
    with shares as (
        select source_key, province_code, frame,
               count(*) filter (where {_RECENT}) as n_now, count(*) filter (where {_BEFORE}) as n_before,
               avg(cast(parser_kind = 'general' as integer)) filter (where {_RECENT}) as now_share,
               avg(cast(parser_kind = 'general' as integer)) filter (where {_BEFORE}) as before_share
        from judged group by all
    )
    select source_key as row_id, {_SUBJECT}, now_share, before_share from shares
    where n_now >= {RECENT_LEAST} and n_before >= {BEFORE_LEAST}
      and now_share >= {FALLBACK_NOW} and before_share <= {FALLBACK_BEFORE}"""

# Reviews have their season: what other sources give now against before tells how much of the change is common.
_FACTS_SQL = f"""
    with counted as (
        select source_key, province_code, frame,
               count(*) filter (where age < {FACTS_DAYS}) as n_now,
               count(*) filter (where age < {FACTS_DAYS} and has_facts) as facts_now,
               count(*) filter (where age >= {FACTS_DAYS}) as n_before,
               count(*) filter (where age >= {FACTS_DAYS} and has_facts) as facts_before
        from judged where age < {FACTS_DAYS + BEFORE_DAYS} group by all
    ), season as (
        select *, sum(facts_now) over () - facts_now as others_now, sum(n_now) over () - n_now as others_n_now,
               sum(facts_before) over () - facts_before as others_before,
               sum(n_before) over () - n_before as others_n_before
        from counted
    ), compared as (
        select *, n_now * facts_before / nullif(n_before, 0)
            * least(coalesce((others_now / nullif(others_n_now, 0))
                             / nullif(others_before / nullif(others_n_before, 0), 0), 1), 1) as expected
        from season where n_before >= {BEFORE_LEAST} and n_now >= {RECENT_LEAST}
    )
    select source_key as row_id, {_SUBJECT}, n_now, facts_now, expected from compared
    where expected >= {FACTS_LEAST} and facts_now < {FACTS_SHARE} * expected
      and sqrt(expected) - sqrt(facts_now) > {FACTS_GUARD}"""

_DAMAGE_SQL = f"""
    select row_id, {_SUBJECT.replace("null::varchar as ", "")}, title, url,
           regexp_extract(title || ' ' || text, '.{{0,20}}{_DAMAGE}.{{0,20}}') as sample
    from judged
    where ({_MAY_BE_DAMAGED}) and length(regexp_extract_all(title || ' ' || text, '{_DAMAGE}')) >= {DAMAGE_LEAST}
       or (length(text) >= {PLAIN_LENGTH} and strlen(text) < {PLAIN_BYTES} * length(text)
           and text = strip_accents(text) and not contains(text, 'đ'))"""


def _tell_fill(row: Row) -> Told:
    before, now = _percent(row["before_share"]), _percent(row["now_share"])
    return Told(
        Words(
            f"cột {row['column']} có ở {before} bài như trước",
            f"column {row['column']} in {before} of pages, as before",
        ),
        Words(f"nay chỉ {now}", f"now only {now}"),
    )


def _tell_fallback(row: Row) -> Told:
    before, now = _percent(row["before_share"]), _percent(row["now_share"])
    return Told(
        Words("bộ chọn của nguồn đọc được trang", "the source's selectors read its pages"),
        Words(
            f"{now} bài phải đọc bằng cách chung (trước: {before})",
            f"{now} of pages needed the general way (before: {before})",
        ),
    )


def _tell_facts(row: Row) -> Told:
    usual = number(round(row["expected"]))
    return Told(
        Words(
            f"khoảng {usual.vi} trong {row['n_now']} bài có số liệu",
            f"figures in about {usual.en} of {row['n_now']} articles",
        ),
        Words(f"{row['facts_now']} bài", f"{row['facts_now']} articles"),
    )


def _tell_damage(row: Row) -> Told:
    sample = row["sample"] or row["title"]
    return Told(
        Words("chữ tiếng Việt nguyên vẹn", "whole Vietnamese letters"),
        Words(f"chữ hỏng hoặc mất dấu: «{sample}»", f"broken or lost letters: “{sample}”"),
    )


def _percent(share: float) -> str:
    return f"{share:.0%}"


CHECKS = (
    Check(
        id="landed.encoding",
        severity="warning",
        title=Words("Chữ tiếng Việt bị hỏng", "Vietnamese letters are damaged"),
        meaning=Words(
            "Văn bản đọc sai bảng mã làm hỏng tên chỉ tiêu, địa danh và câu trích.",
            "A text read in a wrong encoding spoils names, places and quotes.",
        ),
        mend=Words(
            "xem bảng mã trang khai báo và bảng mã thật; ghi bảng mã vào tệp nguồn rồi đọc lại",
            "compare the declared encoding with the true one; set it in the source file, then read again",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("documents", _DAMAGE_SQL, _tell_damage),),
        quarantines=True,
    ),
    Check(
        id="landed.fill_rate",
        severity="warning",
        title=Words("Trường dữ liệu bỗng trống", "A field has become empty"),
        meaning=Words(
            f"Trường trước đây có ở từ {FILLED_BEFORE:.0%} bài của một nguồn không "
            f"giảm quá {100 * FILLED_DROP:.0f} điểm "
            f"trong {RECENT_DAYS} ngày.",
            f"A field that {FILLED_BEFORE:.0%} or more of a source's pages had "
            f"does not fall by {100 * FILLED_DROP:.0f} "
            f"points in {RECENT_DAYS} days.",
        ),
        mend=Words(
            "mở một bài mới, sửa bộ chọn trong tệp nguồn",
            "open a recent page, mend the selector in the source file",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("documents.ages", _FILL_SQL, _tell_fill),),
        judges="source",
        absorbed_by=("landed.selector_drift", "landed.layout_lost"),
    ),
    Check(
        id="landed.selector_drift",
        severity="warning",
        title=Words("Bộ chọn của nguồn không còn khớp", "A source's selectors no longer fit"),
        meaning=Words(
            f"Trang phải đọc bằng cách chung không vượt {FALLBACK_NOW:.0%} khi "
            "trước đó hiếm gặp: trang đã đổi khuôn.",
            f"Pages that need the general reader stay under {FALLBACK_NOW:.0%} "
            "where they were rare: else the site has a "
            "new layout.",
        ),
        mend=Words(
            "viết lại bộ chọn trong tệp nguồn, rồi coso replay", "rewrite the selectors, then run coso replay"
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("documents.ages", _FALLBACK_SQL, _tell_fallback),),
        judges="source",
        absorbed_by=("landed.layout_lost",),
    ),
    Check(
        id="landed.fact_share",
        severity="warning",
        title=Words("Bài không còn cho số liệu", "Articles no longer give figures"),
        meaning=Words(
            f"Số bài có số liệu của một nguồn trong {FACTS_DAYS} ngày không dưới "
            f"{FACTS_SHARE:.0%} mức chờ đợi, đã tính mùa "
            "báo cáo theo các nguồn khác.",
            f"A source's articles with figures in {FACTS_DAYS} days are at least "
            f"{FACTS_SHARE:.0%} of what is expected from "
            "before and from the season other sources show.",
        ),
        mend=Words(
            "đọc vài bài: phần thân bị cắt, trang trả phí, hay cách viết mới mà bộ đọc chưa biết",
            "read some articles: body cut off, paywall, or a wording that the rules do not know",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("documents.ages", _FACTS_SQL, _tell_facts),),
        judges="source",
        absorbed_by=("landed.selector_drift", "landed.layout_lost"),
    ),
)
