"""Figures that no rule takes are read by likeness; what they are read as, how sure that is, and what the weights rest on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import likeness_fitting
import numpy as np
import pytest

from coso.dictionary import load_metrics
from coso.errors import BadInputError
from extraction import likeness, read_text, reader
from extraction.decide import Decision
from extraction.document import Clues, Sight
from extraction.likeness import network
from extraction.likeness.clues import named
from extraction.reader import prepare, read_drafts
from extraction.words import Words

#: Two codes and none, and clues that speak for them: each unit for the code it is named for.
CODES = ["mediators", "none", "villages"]
USUAL = [-1.0, 0.0, -1.0]
MOVES = {"a": [0, 0, 3], "b": [1.3, 0, 0], "c": [7, 0, 0], "d": [0, 9, 0], "e": [2.8, 0, 3], "f": [3, 0, 0]}
#: Keeps all units above zero.
LIFT = 50
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
#: Resembles others; no rule takes it.
SOMEWHAT = "Năm 2023, các hòa giải viên đã giúp 512 đôi bên bắt tay làm lành."


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let another network be read for a test."""
    path = tmp_path / "network.npz"
    fitted = likeness_fitting.Fitted(
        list(MOVES),
        CODES,
        np.array(list(MOVES.values())),
        np.array([LIFT] * 3),
        np.eye(3),
        np.array(USUAL) - LIFT,
    )
    likeness_fitting.write(fitted, "fitted by hand", path)
    monkeypatch.setattr(network, "NETWORK", path)
    network.forget()
    yield path
    network.forget()


def _clues(names: str) -> Clues:
    return Clues(Words(), others=tuple(names))


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


def test_resemblance_counts_for_more_beside_figures_of_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    beside = f"{SOMEWHAT} Cả tỉnh có 812 tổ hòa giải."
    (lead,) = [
        draft.decision.margin
        for draft in read_drafts(prepare(beside, None, None, "Nghệ An"))
        if draft.decision.rule == likeness.RULE
    ]
    monkeypatch.setattr(reader, "_ALONE", lead + 0.5)
    assert read_text(SOMEWHAT, source_province="Nghệ An").facts == ()
    taken, resembling = sorted(
        read_text(beside, source_province="Nghệ An").facts, key=lambda fact: -fact.value
    )
    assert (taken.metric, resembling.metric) == ("mediation_teams", "mediation_cases_successful")
    assert resembling.rule == likeness.RULE
    assert resembling.confidence < taken.confidence
    monkeypatch.setattr(reader, "_ALONE", lead - 0.5)
    assert [fact.metric for fact in read_text(SOMEWHAT, source_province="Nghệ An").facts] == [
        "mediation_cases_successful"
    ]


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


def test_the_network_is_that_of_the_passages_as_they_are() -> None:
    digest = likeness_fitting.digest_of(likeness_fitting.seen_sets())
    assert digest in network.read_network().note, "passages have changed: run make weights"


def test_nothing_is_fitted_to_passages_that_nobody_looks_into() -> None:
    names = {path.stem for path in likeness_fitting.seen_sets()}
    assert {"dev", "tuning", "offtopic"} <= names
    assert not [
        name for name in names if name.endswith("_kept") or "blind" in name or name == "offtopic_third"
    ]


def test_the_network_speaks_for_codes_of_the_dictionary() -> None:
    assert set(network.read_network().codes) <= {*load_metrics(), likeness.NONE}


def test_what_is_asked_at_once_is_what_the_clues_add_up_to_one_by_one() -> None:
    """The engine looks clues up by slots and bits; their names, which fitting and traces use, must mean the same."""
    text = "Năm 2024, Hà Nội có 1.204 tổ hòa giải, nhận 861 vụ việc; riêng quận Ba Đình (30 tổ) hòa giải thành 44 vụ."
    seen: list[Sight] = []
    read_drafts(prepare(text, "Hòa giải ở cơ sở", "2025-01-10", "Hà Nội"), seen.append)
    net = network.read_network()
    asked = [sight.clues for sight in seen if sight.clues is not None]
    assert len(asked) >= 4
    for clues in asked:
        units = net.start.copy()
        for name, strength in named(clues):
            units += strength * net.rows[net.ordinals.get(name, 0)]
        assert np.allclose(net.spoken(units), network.spoken_for(clues), atol=1e-3)


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_a_broken_network_names_file_and_mend(small: Path, content: bytes | None) -> None:
    if content is None:
        small.unlink()
    else:
        small.write_bytes(content)
    with pytest.raises(BadInputError, match=r"network\.npz is no network of clues: .*make weights"):
        likeness.resemblance(_clues("a"))


def test_parts_of_a_network_that_do_not_fit_together_are_told(small: Path) -> None:
    with np.load(small) as file:
        parts = {name: file[name] for name in file.files}
    np.savez(small, **{**parts, "clues": np.frombuffer(b"a\nb", dtype=np.uint8)})
    with pytest.raises(BadInputError, match=r"network\.npz is no network of clues: 2 clues, \(6, 3\) moves"):
        likeness.resemblance(_clues("a"))


@pytest.mark.usefixtures("small")
def test_without_a_rule_a_code_must_lead_the_next_by_something() -> None:
    clear = likeness.reconsidered(None, _clues("a"))
    assert clear is not None
    assert (clear.code, clear.rule) == ("villages", likeness.RULE)
    assert clear.margin == pytest.approx(2.0, abs=0.1)
    assert likeness.reconsidered(None, _clues("b?")) is None, "too near to none"
    assert likeness.reconsidered(None, _clues("e")) is None, "too near to another code"
    assert likeness.reconsidered(None, _clues("")) is None


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("margin", "clues", "code", "doubted"),
    [
        (16.0, "a", "villages", False),
        (16.0, "b", "villages", True),
        (16.0, "f", "villages", True),
        (16.0, "c", "mediators", False),
        (9.0, "f", "mediators", False),
        (9.0, "b", "villages", True),
        (16.0, "", "villages", True),
        (9.0, "d", None, False),
    ],
)
def test_a_rule_is_doubted_where_another_code_resembles_more_and_overruled_where_that_is_clear(
    margin: float, clues: str, code: str | None, doubted: bool
) -> None:
    found = likeness.reconsidered(_ruled(margin), _clues(clues))
    assert (found.code if found else None, bool(found and found.doubted)) == (code, doubted)


@pytest.mark.usefixtures("small")
def test_a_figure_told_like_another_keeps_its_code_whatever_speaks_for_none() -> None:
    found = likeness.reconsidered(_ruled(9.0, like=3), _clues("d"))
    assert found is not None
    assert found.doubted


@pytest.mark.usefixtures("small")
def test_a_matter_without_code_counts_as_none() -> None:
    found = likeness.reconsidered(_ruled(9.0, code="other"), _clues(""))
    assert found is not None
    assert not found.doubted


@pytest.mark.usefixtures("small")
def test_a_code_that_no_passage_has_been_fitted_for_is_left_to_its_rules() -> None:
    found = likeness.reconsidered(_ruled(9.0, code="people_inspection_boards"), _clues("c"))
    assert found is not None
    assert (found.code, found.doubted) == ("people_inspection_boards", False)


@pytest.mark.slow
def test_a_network_fitted_without_a_batch_reads_what_its_rules_leave() -> None:
    """Fitted to all seen passages but two batches, more than half of what is read of those must be right."""
    held_out = {"fresh_ab", "fresh_v"}
    paths = likeness_fitting.seen_sets()
    fitted = likeness_fitting.fit([*likeness_fitting.cases_of(p for p in paths if p.stem not in held_out)])
    left = [c for c in likeness_fitting.cases_of(p for p in paths if p.stem in held_out) if not c.taken]
    right = wrong = 0
    for case in left:
        best = fitted.codes[int(fitted.spoken_for(case.clues).argmax())]
        right += best != likeness.NONE and best in case.codes
        wrong += best != likeness.NONE and best not in case.codes
    assert right > 20
    assert right > wrong
