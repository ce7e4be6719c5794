"""How long reconciling takes, and how many one-digit slips it notices."""

from decimal import Decimal
from functools import partial
from math import log

from benchmarks.mutation import founding, synthetic
from benchmarks.timing import milliseconds
from fiscal.checks.findings.compose import findings
from fiscal.checks.identities.runner import run as run_checks
from fiscal.model.cells import NUMBER, Cell, Place
from fiscal.model.disclosure import Disclosure
from fiscal.model.table import Column, Row, Table
from fiscal.model.text import Narrative

RUNS = 9
AIM_MS = 60.0
AIM_NOTICED = 0.9
AIM_EXPONENT = 1.2  # how the time for findings may grow with the number of failures
FAILURES = (100, 800)
GPB = "general_public_budget_expenditure"


def run() -> list[dict]:
    """Entries of outputs/bench.json: reconcile one full account, make its findings, notice changed digits."""
    from fiscal.synthetic.invent import Style, make_panel

    before, account = make_panel(3, (2021, 2022), style=Style("sichuan13", "万元", True))
    pair, previous = (account.disclosure, account.narrative), (before.disclosure, before.narrative)
    outcomes = run_checks(*pair, previous=previous)
    entries = [
        _entry("reconcile_13_tables", min(milliseconds(lambda: run_checks(*pair, previous=previous), RUNS)), AIM_MS),
        _entry("findings_13_tables", min(milliseconds(lambda: findings(outcomes, *pair), RUNS)), AIM_MS),
    ]
    entries.append(_growth())
    noticed = {"noticed_synthetic_digits": synthetic(("national9",), every=12)}
    text = founding(every=6)
    if text is not None:
        noticed["noticed_founding_digits"] = text
    return entries + [
        {"name": name, "value": round(score.share, 4), "unit": "share", "baseline": AIM_NOTICED,
         "ratio": round(score.share / AIM_NOTICED, 3), "runs": score.tried}
        for name, score in noticed.items()
    ]  # fmt: skip


def _growth() -> dict:
    """How the time grows from 100 to 800 failures: rows of one table, each with a wrong sum of its own."""
    seconds = []
    for number in FAILURES:
        account = wrong_sums(number)
        outcomes = run_checks(*account)
        seconds.append(min(milliseconds(partial(findings, outcomes, *account), 3)))
    exponent = log(seconds[1] / seconds[0]) / log(FAILURES[1] / FAILURES[0])
    return {"name": "findings_growth_100_to_800_failures", "value": round(exponent, 3), "unit": "exponent",
            "baseline": AIM_EXPONENT, "ratio": round(AIM_EXPONENT / exponent, 2), "runs": 3}  # fmt: skip


def wrong_sums(number: int) -> tuple[Disclosure, Narrative]:
    """A table in which every third row has a wrong sum, each by another amount: so many failures."""
    unit, columns = "万元", (Column("total", "合计"), Column("basic", "基本支出"), Column("project", "项目支出"))
    rows = []
    for index in range(3 * number):
        code = f"{201 + index % 30}{index // 30 % 99 + 1:02d}{index % 90 + 1:02d}"
        basic, project = Decimal(500 + 3 * index), Decimal(500 + 4 * index)
        values = (basic + project - (0 if index % 3 else 37 + index), basic, project)
        cells = {
            column.key: Cell(NUMBER, value, unit, f"{value:f}", Place(table=GPB, row=code, column=column.label))
            for column, value in zip(columns, values, strict=True)
        }
        rows.append(Row(code, code, f"科目{index}", "item", cells))
    table = Table(GPB, "一般公共预算财政拨款支出决算表", unit, columns, tuple(rows))
    return Disclosure(path="demo", entity="示例单位", year=2022, tables={table.id: table}), Narrative()


def _entry(name: str, value: float, baseline: float) -> dict:
    """`ratio` is how many times faster than the aim."""
    return {
        "name": name, "value": round(value, 2), "unit": "ms", "baseline": baseline,
        "ratio": round(baseline / value, 2), "runs": RUNS,
    }  # fmt: skip
