"""What the checks say: one outcome per instance of a rule, and findings people can act on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Protocol

from fiscal.model.cells import Cell
from fiscal.model.display import Displayed

PASSED, ROUNDING, FAILED, SKIPPED = "passed", "rounding", "failed", "skipped"
SEVERITIES = ("error", "warning", "info")
SEVERITY_WORDS = {"error": "需更正", "warning": "请核实", "info": "提示"}
ASKING = ("error", "warning")
OPEN = ("undecided", "unexplained")
WORST_FIRST = ("conflicting", "rounding", "verified", "unconstrained", "unread")  # groups of figures
NAMED = "不符"


class Again(Protocol):
    """Judges one instance of a rule again with some cells replaced; None where it cannot be evaluated then."""

    def __call__(self, swap: Mapping[int, Cell], /) -> "Outcome | None": ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """One instance of a rule: what was compared, and how it came out.

    reason   why it was skipped (missing, unread, unknown, undefined, not applicable, same source, blank), or what
             explains the rounding (interval, nearest, forced last share, last digit, cut off)
    actual   what stands there (left side), expected what it should equal (right side); `difference` = actual - expected
    terms    every cell that took part, actual side first
    weights  of the terms, as if all stood on the actual side; () where the formula is no sum
    again    judges the same instance with some cells replaced (id of a cell → the other one); None: not known
    """

    rule: str
    outcome: str
    severity: str = "error"
    reason: str = ""
    message: str = ""
    actual: Decimal | str | None = None
    expected: Decimal | str | None = None
    difference: Decimal | None = None
    intervals: str = ""
    terms: tuple[Cell, ...] = ()
    weights: tuple = ()
    again: "Again | None" = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Finding(Displayed):
    """One defect, told once: its evidence, and the outcomes that only follow from it.

    evidence      the cells concerned, the one to correct first
    consequences  further outcomes with the same cause
    suggestion    what to change, in Chinese, or ""
    key           stable identifier within the document, for baselines
    suspects      the cells that may be wrong, as the account holds them; the others of the evidence only show it
    cause         kind of edit: digit, decimal_point, rows_shifted, unit, wrong_code, words …; undecided where several
                  corrections do as well, unexplained where none does
    confirmed     the other numbers of the rule, each with the rules that it holds in
    """

    rule: str
    severity: str
    message: str
    expected: str | None = None
    actual: str | None = None
    difference: str | None = None
    evidence: tuple[Cell, ...] = ()
    suggestion: str = ""
    explanation: str = ""
    key: str = ""
    consequences: tuple["Finding", ...] = field(default=())
    cause: str = ""
    suspects: tuple[Cell, ...] = field(default=(), compare=False, repr=False)
    confirmed: tuple[tuple[Cell, tuple[str, ...]], ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a finding says against one printed number.

    number    of the finding in the order of the check, from 1
    is_named  this is the number to correct; else it is one of several that may be
    year      of the account that was checked, where that is another than the one told about
    """

    number: int
    severity: str
    message: str
    suggestion: str
    is_named: bool
    year: int | None = None

    @property
    def word(self) -> str:
        """不符 for the number to correct, 存疑 where it is not known which of several is wrong."""
        return NAMED if self.is_named else "存疑"

    @property
    def told(self) -> str:
        """不符，见第2项; of another account 2022年决算不符."""
        return f"{self.year}年决算{self.word}" if self.year else f"{self.word}，见第{self.number}项"

    @property
    def anchor(self) -> str:
        """The place in a page that says more: the finding, or the link to the account of another year."""
        return f"year-{self.year}" if self.year else f"finding-{self.number}"


def doubts(findings: Iterable[Finding]) -> dict[int, Doubt]:
    """The numbers that findings which ask for something hold for wrong: id of the cell → the first doubt of it."""
    found: dict[int, Doubt] = {}
    for number, one in enumerate(findings, start=1):
        if one.severity not in ASKING:
            continue
        made = Doubt(number, one.severity, one.message, one.suggestion, bool(one.suspects) and one.cause not in OPEN)
        for cell in one.suspects or [cell for cell in one.evidence[:1] if cell.place.table]:
            found.setdefault(id(cell), made)
    return found


def of_year(known: Mapping[int, Doubt], year: int | None) -> dict[int, Doubt]:
    """Doubts of the account of a year as another account tells them."""
    return {key: doubt if doubt.year else replace(doubt, year=year) for key, doubt in known.items()}
