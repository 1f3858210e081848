"""Prose and truth agree figure by figure, and every sentence is our own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coso.errors import BadInputError
from coso.settings import PROJECT_ROOT
from demo.prose import NO_FACT, Article, load_articles, write_number
from demo.truth import load_truth

SEEDS = PROJECT_ROOT.parent / "shared" / "seeds"
ARTICLES = {article.key: article for article in load_articles()}
ON_TOPIC = {key: article for key, article in ARTICLES.items() if not article.off_topic}

#: Dates, periods, years and the 2 of m2: the only digits that may stand in the prose without a mark.
_TIMES = re.compile(
    r"\b(?:ngày|sáng|chiều) \d{1,2}/\d{1,2}(?:/\d{4})?|\bnăm \d{4}\b|\b\d{4} - \d{4}\b"
    r"|\b6 tháng\b|\bm2\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"\{[^{}]+\}")

#: Names of bodies, laws and offices: they can be written in one way only, so they are no one's sentences.
_NAMES = (
    "Ban Chỉ đạo thực hiện quy chế dân chủ ở cơ sở",
    "Luật Thực hiện dân chủ ở cơ sở",
    "thực hiện quy chế dân chủ ở cơ sở",
    "thực hiện dân chủ ở cơ sở",
    "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội",
    "Mặt trận Tổ quốc, các tổ chức chính trị - xã hội",
    "Mặt trận Tổ quốc và các đoàn thể",
    "Phó Bí thư Thường trực Tỉnh ủy",
    "Trưởng Ban Dân vận Tỉnh ủy",
    "người đứng đầu cấp ủy, chính quyền",
    "phong trào thi đua “Dân vận khéo”",
)


@pytest.mark.parametrize("key", sorted(ON_TOPIC))
def test_every_number_in_the_prose_is_of_the_truth_or_marked_as_no_fact(key: str) -> None:
    rest = _TIMES.sub("", _MARK.sub("", ON_TOPIC[key].template))
    assert not re.search(r"\d", rest), re.findall(r".{0,20}\d.{0,20}", rest)


def test_every_figure_of_the_truth_is_in_the_prose() -> None:
    used = {use.figure for article in ARTICLES.values() for use in article.uses}
    truth = load_truth()
    assert [f for f in (*truth.figures, *truth.parts) if f not in used] == []


def test_every_change_of_the_truth_is_in_the_prose() -> None:
    told = {use.figure for article in ARTICLES.values() for use in article.uses if use.is_change}
    assert told == {figure for figure in load_truth().figures if figure.change}


@pytest.mark.parametrize("key", sorted(ON_TOPIC))
def test_figures_stand_in_the_text_as_papers_write_them(key: str) -> None:
    article = ON_TOPIC[key]
    for use in article.uses:
        value = use.figure.change.amount if use.is_change and use.figure.change else None
        written = write_number(value) if value is not None else use.figure.written
        assert (written or write_number(use.figure.value_at(article.outlet))) in article.text


def test_central_and_off_topic_articles_hold_no_province_fact() -> None:
    silent = [a for a in ARTICLES.values() if a.off_topic or a.page.startswith("central-")]
    assert len(silent) == 12
    assert all(not article.uses for article in silent)


def test_plans_are_in_the_prose_so_that_taking_them_for_facts_shows() -> None:
    reviews = [a for a in ON_TOPIC.values() if a.outlet != "trung-uong"]
    assert all("{plan:" in article.template for article in reviews)
    kinds = {kind for a in ON_TOPIC.values() for kind in re.findall(r"\{(\w+):", a.template)}
    assert kinds == set(NO_FACT)


def test_reviews_are_as_long_as_real_ones() -> None:
    lengths = {k: len(a.text.split()) for k, a in ON_TOPIC.items() if a.outlet != "trung-uong"}
    assert all(350 <= length <= 900 for length in lengths.values()), lengths


def test_numbers_are_written_the_vietnamese_way() -> None:
    assert [write_number(v) for v in (7.0, 1743.0, 94.5, 438500.0)] == ["7", "1.743", "94,5", "438.500"]


def test_unknown_figures_in_the_prose_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = PROJECT_ROOT / "demo" / "articles" / "ha-nam" / "2024.yml"
    target = tmp_path / "ha-nam" / "2024.yml"
    target.parent.mkdir()
    text = source.read_text(encoding="utf-8").replace("{dialogue_sessions}", "{dialogue_sesions}")
    target.write_text(text, encoding="utf-8")
    monkeypatch.setattr("demo.prose.ARTICLES", tmp_path)
    with pytest.raises(BadInputError, match="dialogue_sesions"):
        load_articles.__wrapped__()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the reference articles are not beside this checkout")
def test_no_eight_words_in_a_row_are_shared_with_the_reference_articles() -> None:
    theirs: set[tuple[str, ...]] = set()
    for path in sorted(SEEDS.glob("*.txt")):
        theirs |= _shingles(path.read_text(encoding="utf-8"))
    assert len(theirs) > 1000
    shared = {key: found for key, a in ARTICLES.items() if (found := _shared(a, theirs))}
    assert shared == {}


def _shared(article: Article, theirs: set[tuple[str, ...]]) -> list[str]:
    pieces = [article.title, article.sapo, *(p.text for p in article.paragraphs)]
    return [" ".join(s) for piece in pieces for s in _shingles(piece) if s in theirs]


def _shingles(text: str) -> set[tuple[str, ...]]:
    plain = text.lower()
    for number, name in enumerate(_NAMES):
        plain = plain.replace(name.lower(), f" name{number} ")
    words = re.findall(r"[\w.,/%-]*\w", plain)
    return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}
