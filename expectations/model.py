"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from coso.ids import content_id

Gate = Literal["landed", "marts"]
Severity = Literal["critical", "warning", "info"]
Status = Literal["passed", "failed", "broken", "not_applicable"]

#: Severities, the gravest first.
SEVERITIES: tuple[str, ...] = get_args(Severity)

#: A failing row as the database gives it.
Row = Mapping[str, Any]

#: Whom rows concern: province code, frame, source key.
Subject = tuple[str | None, str | None, str | None]

#: Check ids of incidents about checks that raised are this and the id of the check.
BROKEN_PREFIX = "platform.broken/"


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    vi: str
    en: str

    @property
    def stored(self) -> str:
        """Both in one column: a line of Vietnamese, then a line of English."""
        return f"{self.vi}\n{self.en}"

    @classmethod
    def read(cls, stored: str) -> Words:
        """Read what ``stored`` wrote; a single line serves for both languages."""
        vi, _, en = stored.partition("\n")
        return cls(vi, en or vi)


@dataclass(frozen=True)
class Told:
    """A failing row in words: what was expected and what came."""

    expected: Words
    observed: Words


Teller = Callable[[Row], Told]


@dataclass(frozen=True)
class RowsTest:
    """A query whose every row is a failure.

    Attributes:
        batch: name of the relation judged (``expectations.batches``).
        sql: query over ``judged``, the rows of the batch. Its rows carry ``row_id``, ``province_code`` and
            ``frame``, and where they apply ``source_key``, ``metric``, ``period``, ``fact_id`` (the evidence),
            ``related`` and ``related_whole`` (other metrics that take part) and ``baseline_period``.
        tell: puts a failing row in words.
    """

    batch: str
    sql: str
    tell: Teller


@dataclass(frozen=True)
class BuiltInTest:
    """One of Great Expectations' own expectations.

    Attributes:
        batch: name of the relation judged (``expectations.batches``).
        expectation: class name in ``great_expectations.expectations``.
        arguments: its arguments.
        tell: puts a failing row in words; for expectations about the whole table, its result.
    """

    batch: str
    expectation: str
    arguments: Mapping[str, Any]
    tell: Teller


Test = RowsTest | BuiltInTest


@dataclass(frozen=True)
class Check:
    """One rule that reports have to keep, with all a reader needs to act on a failure.

    Attributes:
        id: stable name, ``gate.rule``.
        severity: at the marts gate a critical failure holds the metrics concerned of that province.
        title: what has happened when it fails, in one line.
        meaning: what the rule says and why.
        mend: what to do.
        runbook: file under ``docs/runbooks``.
        tests: the queries and expectations it is made of.
        quarantines: whether failing rows are kept out of the warehouse.
        judges: whether verdicts are given for each province or for each source.
        absorbed_by: checks that see the same cause more exactly; where one of them fails for the same
            province, metric and period, this one opens no incident of its own.
        silenced_by: checks that explain it; where one of them fails for the same source, or for a source of the
            same province, this one says nothing, and its incidents stay as they are.
    """

    id: str
    severity: Severity
    title: Words
    meaning: Words
    mend: Words
    runbook: str
    tests: tuple[Test, ...]
    quarantines: bool = False
    judges: Literal["province", "source"] = "province"
    absorbed_by: tuple[str, ...] = ()
    silenced_by: tuple[str, ...] = ()

    @property
    def gate(self) -> Gate:
        """The gate it belongs to, from its id."""
        return "landed" if self.id.startswith("landed.") else "marts"

    @property
    def batches(self) -> tuple[str, ...]:
        """The relations it judges."""
        return tuple(dict.fromkeys(test.batch for test in self.tests))


@dataclass(frozen=True)
class Finding:
    """One failing row of one check.

    Attributes:
        row_id: id of the row within its batch.
        fact_id: fact that shows it.
        told: the failure in words.
        figures: (metric, period) of every figure that takes part, for telling whether two checks see one cause.
        basis: the very figures it rests on; a person's decision stands as long as they do.
    """

    check_id: str
    severity: Severity
    batch: str
    row_id: str
    province_code: str | None
    frame: str | None
    source_key: str | None
    metric: str | None
    period: str | None
    fact_id: str | None
    told: Told
    figures: frozenset[tuple[str | None, str | None]]
    basis: str = ""

    @property
    def incident_id(self) -> str:
        """Id of the cause: the same in every run, for every row that shows it."""
        cause = (self.check_id, self.province_code, self.frame, self.metric, self.period, self.source_key)
        return content_id("inc", cause)


@dataclass
class Outcome:
    """What one check said in one run.

    Attributes:
        check: the check.
        findings: its failing rows.
        error: why it could not be judged; None when it could.
        judged: rows looked at, by (province code, frame, source key).
    """

    check: Check
    findings: list[Finding] = field(default_factory=list)
    error: str | None = None
    judged: dict[Subject, int] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """The verdict over all provinces."""
        if self.error is not None:
            return "broken"
        if self.findings:
            return "failed"
        return "passed" if self.judged else "not_applicable"
