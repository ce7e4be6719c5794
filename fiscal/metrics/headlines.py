"""Which printed figure answers a question: the table cell first, then what the narrative states."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import pandas as pd

from fiscal.model.cells import Cell
from fiscal.model.money import FACTORS, convert
from fiscal.model.table import Table
from fiscal.model.text import Narrative

UNKNOWN, MISSING, BLANK = "unknown", "missing", "blank"
WHY = {
    UNKNOWN: "未公开",
    MISSING: "资料中没有",
    BLANK: "无此项",
    "zero_base": "基数为0",
    "negative_base": "基数为负",
    "no_previous": "没有上年决算",
    "no_account": "没有决算",
    "no_index": "没有价格指数",
    "no_budget": "没有预算数",
    "no_count": "没有数量",
    "zero_count": "数量为0",
    "too_few": "可比单位太少",
    "no_spread": "各单位相同",
}


class AccountLike(Protocol):
    """What metrics need of an account; `fiscal.account.Account` is one, `metrics.stored.Stored` another."""

    @property
    def entity(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def notes(self) -> dict: ...
    @property
    def narrative(self) -> Any: ...

    def table(self, name: str) -> Table | None: ...
    def amount(self, table: str, row: str, column: str) -> Cell | None: ...
    def stated(self, slot: str) -> Cell | None: ...


@dataclass(frozen=True, slots=True)
class Source:
    """Where a measure may stand: cells of tables in order of preference, then a slot of the narrative."""

    key: str
    label: str
    slot: str = ""
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The figure that answers, its origin (table, stated or "") and why there is no number ("" if there is one)."""

    cell: Cell | None
    origin: str = ""

    @property
    def why_blank(self) -> str:
        if self.cell is None:
            return MISSING
        return "" if self.cell.is_number else self.cell.state

    def amount(self, unit: str) -> Decimal | None:
        """The number in `unit`, as printed where the units agree; None unless there is one."""
        if self.cell is None or self.cell.value is None:
            return None
        return convert(self.cell.value, self.cell.unit, unit) if self.cell.unit in FACTORS else self.cell.value


_SUMMARY, _GRID, _BASIC = "revenue_expenditure_summary", "three_public", "general_public_budget_basic"
_GPB = "general_public_budget_expenditure"


def _basic(row: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((_BASIC, row, column) for column in ("amount", "personnel_amount", "public_amount"))


HEADLINES = (
    Source("total", "收、支总计", "total", ((_SUMMARY, "revenue_total", "revenue_amount"),)),
    Source("revenue", "本年收入", "revenue", ((_SUMMARY, "revenue_this_year", "revenue_amount"),)),
    Source(
        "expenditure",
        "本年支出",
        "expenditure",
        ((_SUMMARY, "expenditure_this_year", "expenditure_amount"), ("expenditure", "total", "total")),
    ),
    Source("exp_basic", "基本支出", "exp_basic", (("expenditure", "total", "basic"),)),
    Source("exp_project", "项目支出", "exp_project", (("expenditure", "total", "project"),)),
    Source(
        "appropriation",
        "财政拨款收、支总计",
        "appropriation",
        (("appropriation_summary", "revenue_total", "revenue_amount"),),
    ),
    Source(
        "gpb",
        "一般公共预算财政拨款支出",
        "gpb",
        ((_GPB, "total", "total"), ("appropriation_summary", "expenditure_this_year", "expenditure_general")),
    ),
    Source("gpb_basic", "一般公共预算基本支出", "basic", (*_basic("total"), (_GPB, "total", "basic"))),
    Source("personnel", "人员经费", "personnel", _basic("personnel_total")),
    Source("public", "公用经费", "public", _basic("public_total")),
    Source("fund", "政府性基金预算支出", "fund_expenditure", (("government_fund", "total", "total"),)),
    Source(
        "state_capital",
        "国有资本经营预算支出",
        "state_capital_expenditure",
        (("state_capital_expenditure", "total", "total"), ("state_capital", "total", "total")),
    ),
    Source("tp", "“三公”经费", "tp", ((_GRID, "data", "actual_total"),)),
    Source("tp_abroad", "因公出国（境）费", "tp_abroad", ((_GRID, "data", "actual_abroad"),)),
    Source("tp_vehicle", "公务用车购置及运行维护费", "tp_vehicle", ((_GRID, "data", "actual_vehicle"),)),
    Source(
        "tp_vehicle_purchase", "公务用车购置费", "tp_vehicle_purchase", ((_GRID, "data", "actual_vehicle_purchase"),),
    ),
    Source(
        "tp_vehicle_operation",
        "公务用车运行维护费",
        "tp_vehicle_operation",
        ((_GRID, "data", "actual_vehicle_operation"),),
    ),
    Source("tp_reception", "公务接待费", "tp_reception", ((_GRID, "data", "actual_reception"),)),
    Source("operating_expenses", "机关运行经费", "operating_expenses"),
    Source("procurement", "政府采购支出", "procurement"),
    Source("opening_balance", "年初结转和结余", cells=((_SUMMARY, "opening_balance", "revenue_amount"),)),
    Source("closing_balance", "年末结转和结余", cells=((_SUMMARY, "closing_balance", "expenditure_amount"),)),
)  # fmt: skip
HEADLINE = {source.key: source for source in HEADLINES}


def find(account: AccountLike, source: Source) -> Found:
    """The first number among the cells of a measure, else the stated one, else the first unknown or blank."""
    cells = [account.amount(*where) for where in source.cells]
    seen = [Found(cell, "table") for cell in cells if cell is not None]
    stated = account.stated(source.slot) if source.slot else None
    if stated is not None:
        seen.append(Found(stated, "stated"))
    numbers = [found for found in seen if found.cell is not None and found.cell.is_number]
    unknowns = [found for found in seen if found.cell is not None and found.cell.is_unknown]
    return next(iter([*numbers, *unknowns, *seen]), Found(None))


def headline(account: AccountLike, key: str) -> Found:
    """The figure of one headline measure, by its key in HEADLINES."""
    return find(account, HEADLINE[key])


def amounts(account: AccountLike) -> pd.DataFrame:
    """The headline figures of an account, and where each was found.

    Shape:  one row per measure of HEADLINES: entity, year, measure, label, amount, unit, amount_yuan, origin,
            why_blank, cell.
    Units:  `amount` in the unit of the account, `amount_yuan` in 元, both Decimal.
    Blanks: amount None with `why_blank` unknown (未公开), blank (nothing of the kind) or missing (not in the document).
    Source: table cell, else the narrative (`origin` table or stated).
    """
    lines = [_line(account, source) for source in HEADLINES]
    return pd.DataFrame(lines).astype({"amount": object, "amount_yuan": object})


def history(accounts: Iterable[AccountLike]) -> pd.DataFrame:
    """`amounts` of several accounts, below each other: the headline figures of several years or departments."""
    frames = [amounts(account) for account in accounts]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _line(account: AccountLike, source: Source) -> dict[str, Any]:
    found = find(account, source)
    return {
        **identity(account), "measure": source.key, "label": source.label, "amount": found.amount(account.unit),
        "unit": account.unit, "amount_yuan": found.amount("元"), "origin": found.origin, "why_blank": found.why_blank,
        "cell": found.cell,
    }  # fmt: skip


def identity(account: AccountLike) -> dict[str, Any]:
    """Entity and year, the first two columns of every measure frame."""
    return {"entity": account.entity, "year": account.year}


def frame(lines: Iterable[dict[str, Any]], columns: Iterable[str]) -> pd.DataFrame:
    """Rows to a measure frame: fixed columns, Decimals kept as objects, computed rates as nullable floats."""
    names = list(columns)
    made = pd.DataFrame(list(lines), columns=names, dtype=object)
    rates = {name: "Float64" for name in names if name.endswith(("_rate", "_pp")) and not name.startswith("printed")}
    return made.astype(rates)


def direction(narrative: Narrative, slot: str) -> str:
    """The word of direction stated beside a change (增加, 减少, 持平), or ""."""
    words = narrative.words.get(f"{slot}_direction") or narrative.words.get(f"{slot}_change_direction")
    if words:
        return words[0]
    subjects = (f"{slot}_change", f"{slot}_change_percent")
    return next((s.direction for s in narrative.claims if s.subject in subjects and s.direction), "")
