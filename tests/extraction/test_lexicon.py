"""The words and rules beside the engine agree with each other and with the dictionary."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path
from threading import Barrier

import pytest

from coso.dictionary import load_metrics
from coso.errors import BadInputError
from coso.text import fold_words
from extraction.lexicon import Condition, Rule, _condition, _expand, files, iter_wordings, rules, tags, words
from extraction.nonfacts import find_masks
from extraction.sentences import Sentence


def test_every_code_has_a_rule_and_every_rule_a_code() -> None:
    assert {rule.code for rule in rules()} == set(load_metrics()) | {"other"}


def test_rules_speak_only_of_tags_that_some_wording_has() -> None:
    made = {
        "q.fraction",
        "q.for",
        "q.with",
        "q.otherwise",
        "q.named",
    }  # found in the grammar rather than in words
    known = {tag for _, tags in iter_wordings() for tag in tags} | made
    classes = {tag for tag in known if tag.startswith("u.")} | {"u.boardname"}
    for rule in rules():
        for condition in (*rule.need, *rule.veto):
            for tag in condition.tags:
                if tag.startswith(("f.", "h.")):
                    assert tag[2:] in {*load_metrics(), "other"}, (rule.name, tag)
                elif tag.startswith(("a.", "b.")):
                    assert "u." + tag[2:] in classes, (rule.name, tag)
                else:
                    assert tag in known, (rule.name, tag)


def test_units_of_rules_exist() -> None:
    grammar = {"none", "unknown", "kindnoun", "boardname"}
    classes = {tag[2:] for _, tags in iter_wordings() for tag in tags if tag.startswith("u.")} | grammar
    assert {unit for rule in rules() for unit in rule.units} <= classes


def test_wordings_are_stored_folded() -> None:
    for wording, _ in iter_wordings():
        assert wording == fold_words(wording) == " ".join(wording.split())


def test_no_wording_expands_to_thousands() -> None:
    """Every wording is paid for at each start: braces multiply, and one of 10,000 choices once doubled it."""
    choices = Counter(tags for _, tags in iter_wordings())
    assert choices.total() <= 26_000
    assert choices.most_common(1)[0][1] <= 3_000


def test_the_longest_wording_wins_and_words_are_whole() -> None:
    text = fold_words("Ban Thanh tra nhân dân giám sát, thanh tra viên tiếp tục")
    found = [text[term.start : term.end] for term in words().find(text)]
    assert "ban thanh tra nhân dân" in found
    assert "tiếp" not in found


def test_braces_within_braces_are_expanded_too() -> None:
    assert {*_expand("{ban {của |}dân|tổ}")} == {"ban của dân", "ban dân", "tổ"}


def test_braces_give_every_choice() -> None:
    assert sorted(_expand("{đơn|thư} khiếu nại{| tố cáo}")) == [
        "thư khiếu nại",
        "thư khiếu nại tố cáo",
        "đơn khiếu nại",
        "đơn khiếu nại tố cáo",
    ]


def test_a_condition_without_a_scope_is_refused() -> None:
    with pytest.raises(BadInputError, match="no scope"):
        _condition("act.meet", "reception_visits/1")


def test_a_key_that_comes_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words.yml").write_text("units:\n  u.turn: lượt\n  u.turn: lần\n", encoding="utf-8")
    monkeypatch.setattr(files, "HERE", tmp_path)
    with pytest.raises(BadInputError, match=r"words.yml, line 3: .* given twice"):
        list(iter_wordings())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ngày 9/7", "date"), ("(13/7)", "date"), ("20-5-2019", "date"), ("năm 2024", "year"), ("2020 - 2025", "term"),
        ("6 tháng", "period"), ("120-kl/tw", "document_number"), ("60/2013/nđ-cp", "document_number"),
        ("nghị định 61", "document_number"), ("0235.1022", "phone"), ("1022", "phone"), ("18:10:24", "time"),
        ("quốc lộ 1a", "road"), ("tổ 8", "ordinal"), ("thứ 3", "ordinal"), ("khóa 15", "ordinal"), ("hạng 19", "ordinal"),
        ("lượt xem: 229", "page_counter"), ("101 lượt xem", "page_counter"), ("từ 30 lao động trở lên", "norm"),
        ("ít nhất 5", "norm"), ("2 ngày/tháng", "norm"), ("gấp 2 lần", "times"), ("từ 3 đến 5 cuộc", "range"), ("10 - 12 cuộc", "range"), ("1,2-2,6 triệu", "range"),
        ("5 triệu đến 7 triệu", "range"), ('"5 không, 3 sạch"', "name"), ("đứng 9/63", "rank"),
    ],
)  # fmt: skip
def test_numbers_that_are_no_figures(text: str, kind: str) -> None:
    masks = find_masks(text, [Sentence(0, len(text), 0)])
    digits = [match.start() for match in re.finditer(r"\d", text)]
    assert all(any(mask.start <= at < mask.end for mask in masks) for at in digits)
    assert kind in {mask.kind for mask in masks}


@pytest.mark.parametrize(
    "text",
    [
        "tổ chức 72 lớp",
        "đạt 5/5 vụ",
        "1.743 mô hình",
        "tiếp 12 lượt",
        "kỷ luật 127 đảng viên",
        "tổng số 9.812 đơn",
        "tăng từ 31 đến 45 cuộc",
        "tiếp 12 lượt, tới 5 vụ",
        "đạt 31, tới 45 cuộc",
    ],
)
def test_figures_are_no_dates_or_ordinals(text: str) -> None:
    assert not find_masks(fold_words(text), [Sentence(0, len(text), 0)])


def _implies(narrow: Rule, wide: Rule) -> bool:
    """Whether wherever ``narrow`` holds ``wide`` holds as well, with as many points."""

    def asks_more(one: Condition, other: Condition) -> bool:
        return one.scope == other.scope and one.tags <= other.tags

    return (
        narrow.units <= wide.units
        and narrow.plus <= wide.plus
        and (narrow.subset, narrow.stock) == (wide.subset, wide.stock)
        and all(any(asks_more(mine, theirs) for mine in narrow.need) for theirs in wide.need)
        and len(wide.need) >= len(narrow.need)
        and all(any(asks_more(theirs, mine) for mine in narrow.veto) for theirs in wide.veto)
    )


def test_no_rule_is_implied_by_another_of_its_code() -> None:
    """Such a rule never decides anything, and hides that what it excludes is taken all the same."""
    by_code: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules():
        by_code[rule.code].append(rule)
    idle = [
        f"{one.name} by {other.name}"
        for same in by_code.values()
        for one, other in permutations(same, 2)
        if _implies(one, other)
    ]
    assert idle == []


def test_tags_met_in_several_threads_at_once_get_a_bit_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tags, "_POSITIONS", {})
    together = Barrier(8)

    def meet(thread: int) -> list[int]:
        together.wait()
        met = [tags.bits_of((f"x.{thread}.{number}",)) for number in range(400)]
        assert tags.group_bits(f"x.{thread}.") == sum(met)
        return met

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            bits = [bit for met in pool.map(meet, range(8)) for bit in met]
    finally:
        sys.setswitchinterval(interval)
    assert len(set(bits)) == len(bits) == 3200
