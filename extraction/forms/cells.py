"""From the cells of one table to facts, each with its cell; what cannot be decided is kept with the reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coso.dictionary import load_metrics
from coso.forms import PlacedCell
from coso.late_patterns import late
from coso.text import Folded, fold_words
from extraction.facts import Evidence, make_fact
from extraction.forms.clock import Clock
from extraction.forms.counted import Counted, decide_cell, nouns, phrase
from extraction.forms.headings import NO_LEVELS, Heading, take_apart
from extraction.forms.layout import Row, Table
from extraction.forms.rows import Line, arrange, bare_label
from extraction.forms.territories import Map, Seat
from extraction.forms.units import Unit, read_unit, unit_in_brackets
from extraction.forms.values import Value
from extraction.model import Comparison, Fact, Undecided
from extraction.sentences import Sentence

#: Units of the dictionary in which a number may have decimals.
_MEASURED = frozenset({"percent", "VND", "m2", "km", "day"})
_RATE = late(r"(?<!\w)(?:tỉ lệ|tỉ suất|mức độ hài lòng)(?!\w)")
_UNIT_LINE = late(r"\(?(?:đơn vị(?: tính)?|đvt) ?: ?(.+?)\)?$")
#: Taken away from every cell: how often headings are read rightly was measured on sentences, not on forms.
_FORM_DOUBT = 0.05
#: Taken away where a part has no code of its own and is read as a part of its total.
_PART_DOUBT = 0.05
#: Headings of how many there are, and of how many of them did something.
_BASE = late(r"tổng số [^,;:]{2,30}")
_DONE = late(r"(?<!\w)(?:đã|được|hoàn thành|có tổ chức)(?!\w)")
_DIGIT = late(r"\d")
_MOST_LABEL = 300


@dataclass
class _Cell:
    """One cell with figures on its way to a fact."""

    line: Line
    column: int
    placed: PlacedCell
    value: Value
    headings: tuple[Heading, ...]
    roles: frozenset[str]
    unit: Unit | None
    unit_span: tuple[int, int] | None
    seat: Seat
    beside: str | None = None
    counted: Counted | None = None
    period: str | None = None
    subset: bool = False
    comparison: Comparison | None = None


class TableReader:
    """Reads one table.

    Attributes:
        facts: what it gave.
        undecided: cells with numbers that are no facts.
    """

    def __init__(
        self, folded: Folded, table: Table, title: str, context: Sequence[str], clock: Clock, places: Map
    ) -> None:
        self.facts: list[Fact] = []
        self.undecided: list[Undecided] = []
        self._folded = folded
        self._table = table
        self._clock = clock
        self._places = places
        self._title = " ".join([title, *[line for line in context if line != title][:3]])[:400]
        self._heads = {
            column: tuple(take_apart(one.cell.text) for one in cells) for column, cells in table.heads.items()
        }
        self._place_columns = {column for column, role in table.roles.items() if role == "place"}
        self._lines: dict[int, Line] = {}
        self._before: Line | None = None
        self._unit = next(
            (read_unit(match.group(1)) for line in context if (match := _UNIT_LINE.match(fold_words(line)))),
            None,
        )

    def read(self) -> None:
        """Read the cells of every row."""
        lines = arrange(self._table.rows)
        by_places = self._is_by_places(lines)
        cells: list[_Cell] = []
        for line in lines:
            cells += self._cells(line, by_places)
            self._before = line if line.row.figures else self._before
        self._lines = {line.row.number: line for line in lines}
        unsaid = self._unsaid_columns(cells)
        levels = [cell for cell in cells if self._is_level(cell)]
        for cell in levels:
            self._decide(cell, by_places)
            if cell.column in unsaid:
                cell.period = None
        decided = self._without_bases([cell for cell in levels if cell.counted is not None])
        self._mark_parts(decided, by_places)
        decided = self._only_wholes(decided)
        self._tie_changes(cells, decided)
        for cell in decided:
            if cell.column in unsaid:
                self._refuse(
                    cell, "no_period", "“trong kỳ” and “lũy kế” differ, and the title names only one period"
                )
            elif cell.period is None:
                self._refuse(
                    cell, "no_period", "neither heading nor title says the period; name it in the title"
                )
            else:
                self.facts.append(self._fact(cell))

    def _is_by_places(self, lines: list[Line]) -> bool:
        """Whether the rows are places: their column is headed so, or most of them name one."""
        figured = [line for line in lines if line.row.figures and line.row.labels]
        if not figured:
            return False
        columns = {line.row.labels[-1].cell.column for line in figured}
        if columns & self._place_columns:
            return True
        named = sum(self._places.find(bare_label(line.row.labels[-1])) is not None for line in figured[:12])
        return named * 2 > len(figured[:12]) and len(figured) > 1

    def _cells(self, line: Line, by_places: bool) -> list[_Cell]:
        """Return the figures of a row, those that are no number put aside."""
        found: list[_Cell] = []
        seat = self._seat(line, by_places)
        for column, (placed, value) in sorted(line.row.figures.items()):
            heads = self._heads.get(column, ())
            roles = frozenset(role for heading in (*heads, *line.above, *line.own) for role in heading.roles)
            headings = heads if by_places else (*line.above, *line.own, *heads)
            headings, beside = self._base_of_share(line, column, headings, by_places)
            if roles & {"note"} or (value is None and not _is_number_like(placed.cell.text)):
                continue
            cell = _Cell(
                line, column, placed, value or Value(0, 0, 0.0), headings, roles, None, None, seat, beside
            )
            if placed.cell.text.startswith("="):
                self._refuse(
                    cell, "formula_without_value", "open the file, let it calculate, and save it again"
                )
            elif value is None:
                self._refuse(
                    cell, "not_a_number", "the cell holds more than one number, or a number and other words"
                )
            elif not heads and not line.row.labels:
                self._refuse(cell, "no_header", "neither its row nor its column is headed")
            else:
                cell.unit, cell.unit_span = self._unit_of(cell, line.row)
                found.append(cell)
        return found

    def _base_of_share(
        self, line: Line, column: int, headings: tuple[Heading, ...], by_places: bool
    ) -> tuple[tuple[Heading, ...], str | None]:
        """Return the headings of a share, and the unit of the level it is a share of where it names none itself.

        "Tỷ lệ (%)" alone is the share of the column on its left, or of the row above it.
        """
        heads = self._heads.get(column, ())
        if heads and "rate" in heads[-1].roles and not any(heading.text for heading in heads):
            left = next(
                (c for c in range(column - 1, 0, -1) if any(h.text for h in self._heads.get(c, ()))), None
            )
            if left is not None and left not in self._table.roles:
                row = () if by_places else (*line.above, *line.own)
                return (*row, *self._heads[left]), ""
        own = line.own[-1] if line.own else None
        if not by_places and own and "rate" in own.roles and not own.text and self._before is not None:
            unit = self._before.row.unit
            base = (*self._before.above, *self._before.own, *heads)
            return base, unit.cell.text if unit else ""
        return headings, None

    def _seat(self, line: Line, by_places: bool) -> Seat:
        if not by_places:
            return Seat(self._places.home)
        label = bare_label(line.row.labels[-1]) if line.row.labels else ""
        heads = [one.cell.text for column in self._place_columns for one in self._table.heads.get(column, ())]
        return self._places.seat(label, heads) if label else Seat(self._places.home)

    def _unit_of(self, cell: _Cell, row: Row) -> tuple[Unit | None, tuple[int, int] | None]:
        """Return the unit of a cell and where it is written: in the cell, its row, its headings, above the table."""
        value, placed = cell.value, cell.placed
        if value.percent:
            at = placed.start + placed.cell.text.index("%", value.end)
            return Unit("%", percent=True), (at, at + 1)
        if value.unit and (unit := read_unit(value.unit)):
            return unit, self._span(placed, unit.text)
        if row.unit is not None and (unit := read_unit(row.unit.cell.text)):
            return unit, self._span(row.unit, unit.text)
        heads = self._table.heads.get(cell.column, ())
        for one in (*reversed(heads), *reversed(row.labels)):
            _, unit = unit_in_brackets(one.cell.text)
            if unit is not None:
                return unit, self._span(one, unit.text)
        said = fold_words(phrase(cell.headings))
        if "rate" in cell.roles or (_RATE.search(said) and self._unit is None):
            return Unit("%", percent=True), None
        return self._unit, None

    def _span(self, placed: PlacedCell, text: str) -> tuple[int, int] | None:
        at = placed.cell.text.rfind(text)
        return (placed.start + at, placed.start + at + len(text)) if at >= 0 else None

    def _is_level(self, cell: _Cell) -> bool:
        """Whether a cell holds a level; what is a target or a score is put aside, changes are tied later."""
        if cell.roles & {"target", "of_target"}:
            self._refuse(cell, "target", "its heading says that it is a plan, or measured against one")
        elif "score" in cell.roles:
            self._refuse(cell, "no_metric", "its heading says that it is a score")
        elif cell.value.value < 0 and "change" not in cell.roles:
            self._refuse(cell, "doubtful_number", "a level below zero")
        return not cell.roles & (NO_LEVELS | {"score"}) and cell.value.value >= 0

    def _decide(self, cell: _Cell, by_places: bool) -> None:
        counted = self._counted_of(cell.headings, cell, by_places) or self._counted_of_whole(cell, by_places)
        if counted is None:
            said = phrase(cell.headings) or "nothing"
            self._refuse(cell, "no_metric", f"no rule of the lexicon takes “{said}”"[:400])
            return
        doubt = _doubt(counted.code, cell)
        if doubt:
            self._refuse(cell, "doubtful_number", doubt)
            return
        raw = [one.cell.text for one in reversed(self._table.heads.get(cell.column, ()))]
        raw += [] if by_places else [one.cell.text for one in reversed(cell.line.row.labels)]
        raw += [heading.text for heading in reversed(cell.line.above)]
        cell.counted = counted
        cell.period = self._clock.read(cell.roles, raw)
        cell.subset = counted.subset or cell.seat.tier is not None

    def _counted_of(self, headings: Sequence[Heading], cell: _Cell, by_places: bool) -> Counted | None:
        said = phrase(headings)
        if not said:
            return None
        unit = cell.unit.text if cell.unit else ""
        beside = cell.beside
        if beside is None and unit == "%" and not _RATE.search(fold_words(said)):
            beside = "" if by_places or cell.line.row.unit is None else cell.line.row.unit.cell.text
            beside = "" if beside.strip() == "%" else beside
        home = self._places.home
        return decide_cell(said, unit, self._title, home.province if home else None, beside)

    def _counted_of_whole(self, cell: _Cell, by_places: bool) -> Counted | None:
        """Return what the total counts that a part without a code of its own belongs to, as a part of it.

        A part that names a counted thing of its own is no part of another count.
        """
        headings = self._headings_of_whole(cell, by_places)
        whole = self._counted_of(headings, cell, by_places) if headings else None
        if whole is None or (cell.unit is not None and cell.unit.percent):
            return None
        if nouns(phrase(cell.headings)) - nouns(phrase(headings)):
            return None
        return replace(whole, rule="part-of-total", subset=True, sure=whole.sure - _PART_DOUBT)

    def _headings_of_whole(self, cell: _Cell, by_places: bool) -> Sequence[Heading]:
        """Return the headings of the total of a part: of the column on its left in its group, or of the row above."""
        heads = self._table.heads.get(cell.column, ())
        if any("part" in heading.roles for heading in self._heads.get(cell.column, ())):
            for column in range(cell.column - 1, 0, -1):
                beside = self._heads.get(column, ())
                if self._table.heads.get(column, ())[:1] != heads[:1]:
                    break
                if not any("part" in heading.roles for heading in beside):
                    return beside if by_places else (*cell.line.above, *cell.line.own, *beside)
        first = next((i for i, heading in enumerate(cell.headings) if "part" in heading.roles), 0)
        return cell.headings[:first]

    def _unsaid_columns(self, cells: list[_Cell]) -> set[int]:
        """Return the columns "in the period" whose months are unknown.

        Where the period of the form begins in January, "in the period" and "since January" mean the same months. If
        they differ all the same, the form means some shorter period that it does not name.
        """
        if self._clock.period != self._clock.year_to_date():
            return set()
        to_date = {
            (c.line.row.number, _without_times(c)): c.value.value for c in cells if "year_to_date" in c.roles
        }
        return {
            c.column
            for c in cells
            if "in_period" in c.roles
            and to_date.get((c.line.row.number, _without_times(c)), c.value.value) != c.value.value
        }

    def _mark_parts(self, cells: list[_Cell], by_places: bool) -> None:
        """Mark the parts of a total: under "trong đó", or below a row of the same code."""
        for cell in cells:
            assert cell.counted is not None
            code = cell.counted.code
            level = cell.seat.territory.level if cell.seat.territory else None
            cell.subset |= cell.counted.tier not in {None, level}
            if "part" in cell.roles:
                first = next(i for i, heading in enumerate(cell.headings) if "part" in heading.roles)
                whole = self._counted_of(cell.headings[:first], cell, by_places) if first else None
                cell.subset |= whole is not None and whole.code == code
            heads = self._heads.get(cell.column, ())
            for line in () if by_places else (self._lines[row] for row in cell.line.rows):
                whole = self._counted_of((*line.above, *line.own, *heads), cell, by_places)
                cell.subset |= whole is not None and whole.code == code

    def _without_bases(self, cells: list[_Cell]) -> list[_Cell]:
        """Leave out the column that only says out of how many: "Tổng số đơn vị" beside "Số đơn vị đã tổ chức"."""
        done = {
            (cell.line.row.number, cell.counted.code)
            for cell in cells
            if cell.counted and _DONE.search(self._head(cell))
        }
        bases = [
            cell
            for cell in cells
            if cell.counted
            and (cell.line.row.number, cell.counted.code) in done
            and _BASE.fullmatch(self._head(cell))
        ]
        for cell in bases:
            self._refuse(cell, "no_metric", "its heading says only out of how many the column beside it is")
        return [cell for cell in cells if not any(cell is base for base in bases)]

    def _head(self, cell: _Cell) -> str:
        heads = self._table.heads.get(cell.column, ())
        return fold_words(heads[-1].cell.text) if heads else ""

    def _only_wholes(self, cells: list[_Cell]) -> list[_Cell]:
        """Leave out the cells of one code, place and period of which none can be the whole."""
        groups: dict[tuple[object, ...], list[_Cell]] = defaultdict(list)
        for cell in cells:
            assert cell.counted is not None
            if not cell.subset and cell.counted.tier is None and cell.period is not None:
                place = cell.seat.territory.names if cell.seat.territory else None
                groups[cell.counted.code, place, cell.period].append(cell)
        refused: set[int] = set()
        for group in groups.values():
            values = [cell.value.value * (cell.unit.factor if cell.unit else 1) for cell in group]
            if len(set(values)) == 1:
                continue
            totals = [cell for cell in group if any("whole" in heading.roles for heading in cell.line.own)]
            if len(totals) == 1:
                for cell in group:
                    cell.subset |= cell is not totals[0]
                continue
            for cell in group:
                other = group[0] if cell is not group[0] else group[1]
                told = f"read like {self._locator(other)}, with another number; {len(group)} cells do"
                self._refuse(cell, "ambiguous_metric", told)
                refused.add(id(cell))
        return [cell for cell in cells if id(cell) not in refused]

    def _tie_changes(self, cells: list[_Cell], decided: list[_Cell]) -> None:
        """Give each change to the level on its left; one that has none, or no direction, is kept aside."""
        levels: dict[int, list[_Cell]] = defaultdict(list)
        for cell in decided:
            levels[cell.line.row.number].append(cell)
        for cell in cells:
            if "change" not in cell.roles or cell.roles & {"target", "of_target"}:
                continue
            target = self._changed(cell, levels[cell.line.row.number])
            comparison = self._comparison(cell, target, levels[cell.line.row.number]) if target else None
            if target and comparison and target.comparison and comparison.unit == "%":
                first = target.comparison
                if first.pct is None and first.unit != "%" and first.direction == comparison.direction:
                    target.comparison = replace(first, pct=comparison.amount)
                    continue
            if target is None or comparison is None or target.comparison is not None:
                self._refuse(
                    cell, "change", "a change without a sign, or without a level on its left to belong to"
                )
            else:
                target.comparison = comparison

    def _changed(self, cell: _Cell, levels: list[_Cell]) -> _Cell | None:
        """Return the level a change is of: the one on its left, of several periods the one under the same heading."""
        left = [one for one in levels if one.column < cell.column and "same_period" not in one.roles]
        if any(one.period == self._clock.period for one in left):
            # The other levels are of the same months of another year, or since January.
            left = [one for one in left if one.period == self._clock.period or "year_to_date" in one.roles]
        if len({one.period for one in left}) > 1:
            group = self._table.heads.get(cell.column, ())[:1]
            left = [one for one in left if self._table.heads.get(one.column, ())[:1] == group]
        return left[-1] if left and len({one.period for one in left}) == 1 else None

    def _comparison(self, cell: _Cell, level: _Cell, levels: list[_Cell]) -> Comparison | None:
        head = fold_words(" ".join(one.cell.text for one in self._table.heads.get(cell.column, ())))
        directed = cell.value.signed or re.search(r"tăng.{0,8}giảm", head)
        if not directed:
            return None
        percent = cell.value.percent or "%" in head
        unit = "%" if percent else (level.unit.text if level.unit else None)
        base = self._clock.year_before("cùng kì năm trước", level.period)
        if not re.search(r"cùng kì|năm trước", head) and base not in {one.period for one in levels}:
            base = None
        direction = "decrease" if cell.value.value < 0 else "increase"
        return Comparison(direction, abs(cell.value.value), unit, base)

    def _fact(self, cell: _Cell) -> Fact:
        counted = cell.counted
        assert counted is not None
        territory, placed = cell.seat.territory, cell.placed
        start, end = self._table.grid.lines[placed.cell.row]
        evidence = Evidence(
            self._folded,
            placed.start + cell.value.start,
            placed.start + cell.value.end,
            Sentence(start, end, 0),
            cell.unit_span,
        )
        return make_fact(
            evidence,
            value=_scaled(cell.value.value, cell.unit),
            metric=counted.code,
            place=territory.place if territory else None,
            place_code=territory.code if territory else None,
            province=territory.province if territory else None,
            level=territory.level if territory else None,
            tier=cell.seat.tier or counted.tier,
            period=cell.period,
            stock=counted.stock,
            subset=cell.subset,
            approx=cell.value.approx,
            denominator=cell.value.denominator,
            comparison=cell.comparison,
            rule=f"cell:{counted.rule}",
            confidence=round(max(0.05, counted.sure - _FORM_DOUBT), 2),
            metric_note=self._label(cell),
            locator=self._locator(cell),
        )

    def _refuse(self, cell: _Cell, reason: str, detail: str) -> None:
        placed = cell.placed
        self.undecided.append(
            Undecided(
                placed.start,
                placed.end,
                placed.cell.text,
                self._locator(cell),
                self._label(cell),
                reason,
                detail,
            )
        )

    def _locator(self, cell: _Cell) -> str:
        return self._table.grid.grid.locator(cell.placed.cell)

    def _label(self, cell: _Cell) -> str:
        """Return the headings of a cell as written: of its row, then of its column."""
        row = [one.cell.text for one in cell.line.row.labels]
        above = [heading.text for heading in cell.line.above if heading.text]
        column = [one.cell.text for one in self._table.heads.get(cell.column, ())]
        return " / ".join(filter(None, (" › ".join([*above, *row]), " › ".join(column))))[:_MOST_LABEL]


def _is_number_like(text: str) -> bool:
    return bool(_DIGIT.search(text)) or text.startswith("=")


def _without_times(cell: _Cell) -> str:
    return phrase(cell.headings)


def _scaled(value: float, unit: Unit | None) -> float:
    return round(value * unit.factor, 6) if unit else value


def _doubt(code: str, cell: _Cell) -> str | None:
    """Return why a number cannot be what its headings say, None when it can."""
    metric = load_metrics().get(code)
    if metric is None:
        return None
    value, unit = cell.value.value, cell.unit
    if metric.unit == "percent" and not cell.value.percent and 0 < value < 1:
        return "a share between 0 and 1 without a percent sign: of one or of a hundred"
    if metric.unit not in _MEASURED and not value.is_integer() and (unit is None or unit.factor == 1.0):
        return "a count with decimals: its thousands may have been grouped by a comma"
    return None
