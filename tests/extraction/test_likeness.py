"""Figures that no rule takes are read by likeness; what they are read as, how sure that is, and what the weights rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import likeness_fitting
import pytest

from coso.dictionary import load_metrics
from coso.errors import BadInputError
from coso.settings import Settings
from extraction import likeness, read_text
from extraction.decide import Decision
from extraction.document import Clues
from extraction.reader import prepare, read_drafts

#: Three codes and none, and clues that speak for them.
WEIGHTS = """any	mediators:-1.0 none:0.0 villages:-1.0
a	villages:3.0
b	mediators:1.8 villages:0.5
c	mediators:7.0
d	none:9.0
"""
#: Told as no line of rules.yml asks for it.
UNTAKEN = [
    (
        "Nửa đầu năm 2024, các tổ hòa giải trong tỉnh đã dàn xếp êm đẹp 861 chuyện xích mích.",
        "861",
        "mediation_cases_successful",
    ),
    (
        "Sáu tháng đầu năm, đại biểu HĐND tỉnh tiếp xúc cử tri ở 32 nơi với 3.145 người tới nghe.",
        "32",
        "voter_meetings",
    ),
]
#: Resembles others a little only.
SOMEWHAT = "Năm 2023, các hòa giải viên đã giúp 512 đôi bên bắt tay làm lành."


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let other weights be read for a test."""
    path = tmp_path / "weights.tsv"
    path.write_text(WEIGHTS, encoding="utf-8")
    monkeypatch.setattr(likeness, "WEIGHTS", path)
    likeness._weights.cache_clear()
    yield path
    likeness._weights.cache_clear()


def _clues(names: str) -> list[Clues]:
    return [Clues(tuple(names))]


def _ruled(margin: float, code: str = "villages", like: int | None = None) -> Decision:
    return Decision(code, f"{code}/1", 12.0, margin, like=like)


@pytest.mark.parametrize(("text", "number", "code"), UNTAKEN)
def test_a_figure_no_rule_takes_gets_the_code_it_resembles(text: str, number: str, code: str) -> None:
    document = prepare(text, None, "2024-07-10", "Nghệ An")
    without = [
        draft.decision.code
        for draft in read_drafts(document, guessing=False)
        if draft.figure.start == text.index(number)
    ]
    assert without != [code], "a rule takes it by now: tell it otherwise"
    facts = read_text(text, published="2024-07-10", source_province="Nghệ An").facts
    (fact,) = [fact for fact in facts if fact.start == text.index(number)]
    assert (fact.metric, fact.rule) == (code, likeness.RULE)


def test_some_resemblance_counts_beside_figures_of_rules_only_and_waits_for_review() -> None:
    assert read_text(SOMEWHAT, source_province="Nghệ An").facts == ()
    taken, resembling = sorted(
        read_text(f"{SOMEWHAT} Cả tỉnh có 812 tổ hòa giải.", source_province="Nghệ An").facts,
        key=lambda fact: -fact.value,
    )
    assert (taken.metric, resembling.metric) == ("mediation_teams", "mediation_cases_successful")
    assert resembling.rule == likeness.RULE
    assert resembling.confidence < Settings.review_below < taken.confidence


def test_numbers_of_other_matters_resemble_none() -> None:
    text = (
        "Năm 2024, toàn tỉnh trồng 1.204 ha rừng, xuất khẩu 35.000 tấn gạo, đón 2,1 triệu lượt khách du lịch."
    )
    assert read_text(text, source_province="Nghệ An").facts == ()


def test_the_trace_tells_which_clues_spoke() -> None:
    text, _, code = UNTAKEN[0]
    trace = "\n".join(read_text(text, published="2024-07-10", source_province="Nghệ An", explain=True).trace)
    assert f"code {code}: by likeness, " in trace
    assert "=" in trace.split("by likeness, ")[1].split("\n")[0]


def test_the_weights_are_those_of_the_passages_as_they_are() -> None:
    note = likeness.WEIGHTS.read_text(encoding="utf-8").split("\n", 1)[0]
    digest = likeness_fitting.digest_of(likeness_fitting.seen_sets())
    assert digest in note, "passages have changed: run python tests/extraction/likeness_fitting.py"


def test_nothing_is_fitted_to_passages_that_nobody_looks_into() -> None:
    names = {path.stem for path in likeness_fitting.seen_sets()}
    assert {"dev", "tuning", "offtopic"} <= names
    assert not [
        name for name in names if name.endswith("_kept") or "blind" in name or name == "offtopic_third"
    ]


def test_weights_are_of_codes_of_the_dictionary() -> None:
    assert set(likeness._weights().codes) <= {*load_metrics(), likeness.NONE}


def test_a_broken_row_names_file_row_and_mend(weights: Path) -> None:
    weights.write_text("# fitted\nany\tnone:1.0 villages:0.5\nunit=village\tvillages\n", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"weights\.tsv, row 3: .*is not a clue, a tab.*make weights"):
        likeness.resemblance(_clues("a"))


@pytest.mark.usefixtures("weights")
def test_without_a_rule_a_code_must_lead_the_next_by_something() -> None:
    clear = likeness.reconsidered(None, _clues("a"))
    assert clear is not None
    assert (clear.code, clear.rule, round(clear.margin, 3)) == ("villages", likeness.RULE, 2.0)
    assert likeness.reconsidered(None, _clues("b?")) is None, "too near to none"
    assert likeness.reconsidered(None, _clues("abb")) is None, "too near to another code"
    assert likeness.reconsidered(None, []) is None


@pytest.mark.usefixtures("weights")
@pytest.mark.parametrize(
    ("margin", "clues", "code", "doubted"),
    [
        (12.0, "a", "villages", False),
        (12.0, "b", "villages", True),
        (12.0, "c", "villages", True),
        (12.0, "cb", "mediators", False),
        (9.0, "c", "mediators", False),
        (9.0, "b", "villages", True),
        (12.0, "", "villages", True),
        (9.0, "d", None, False),
    ],
)
def test_a_rule_is_doubted_where_another_code_resembles_more_and_overruled_where_that_is_clear(
    margin: float, clues: str, code: str | None, doubted: bool
) -> None:
    found = likeness.reconsidered(_ruled(margin), _clues(clues))
    assert (found.code if found else None, bool(found and found.doubted)) == (code, doubted)


@pytest.mark.usefixtures("weights")
def test_a_figure_told_like_another_keeps_its_code_whatever_speaks_for_none() -> None:
    found = likeness.reconsidered(_ruled(9.0, like=3), _clues("d"))
    assert found is not None
    assert found.doubted


@pytest.mark.usefixtures("weights")
def test_a_matter_without_code_counts_as_none() -> None:
    found = likeness.reconsidered(_ruled(9.0, code="other"), [])
    assert found is not None
    assert not found.doubted


@pytest.mark.usefixtures("weights")
def test_a_code_that_no_passage_has_been_fitted_for_is_left_to_its_rules() -> None:
    found = likeness.reconsidered(_ruled(9.0, code="people_inspection_boards"), _clues("c"))
    assert found is not None
    assert (found.code, found.doubted) == ("people_inspection_boards", False)


@pytest.mark.slow
def test_weights_fitted_without_a_batch_read_what_its_rules_leave() -> None:
    """Fitted to all seen passages but two batches, more than half of what is read of those must be right."""
    held_out = {"fresh_ab", "fresh_v"}
    paths = likeness_fitting.seen_sets()
    weights = likeness_fitting.fit([*likeness_fitting.cases_of(p for p in paths if p.stem not in held_out)])
    left = [c for c in likeness_fitting.cases_of(p for p in paths if p.stem in held_out) if not c.taken]
    right = wrong = 0
    for case in left:
        best = _best(weights, case.clues)
        right += best != likeness.NONE and best in case.codes
        wrong += best != likeness.NONE and best not in case.codes
    assert right > 20
    assert right > wrong


def _best(weights: Mapping[str, Mapping[str, float]], clues: Mapping[str, float]) -> str:
    """Return the code that most speaks for, added up clue by clue."""
    speaks = dict(weights[likeness.ANY])
    for clue, strength in clues.items():
        for code, weight in weights.get(clue, {}).items():
            speaks[code] += weight * strength
    return max(speaks, key=speaks.__getitem__)
