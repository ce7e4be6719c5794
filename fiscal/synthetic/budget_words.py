"""The words of an invented budget in printed order: duties, explanation (编制说明), three public expenses, tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from fiscal.dictionary.classification import functional
from fiscal.synthetic.invent import SyntheticAccount

SUMMARY, GENERAL, THREE = "budget_summary", "budget_general_public_expenditure", "budget_three_public"
_INCOME = (("operating_income", "事业收入"), ("business_income", "事业单位经营收入"), ("other_income", "其他收入"))
_TP = (("abroad", "因公出国（境）费"), ("vehicle", "公务用车购置及运行费"), ("reception", "公务接待费"))


@dataclass(frozen=True, slots=True)
class Line:
    """One printed paragraph. role: title, part, heading (level 2 or 3) or body."""

    role: str
    text: str
    level: int = 0


def budget_blocks(budget: SyntheticAccount) -> Iterator[Line]:
    """The parts below the title; the heading of the tables comes last."""
    yield Line("part", "一、主要职能")
    yield Line("body", f"{budget.entity}承担虚构的公共服务职责。")
    yield Line("part", "二、部门预算编制说明")
    yield Line("body", _whole(budget))
    yield Line("body", "财政拨款支出主要内容如下：")
    codes = [row.code for row in budget.tables[GENERAL].rows if row.level == "item"]
    yield from (Line("body", _item(budget, code, number)) for number, code in enumerate(codes, 1))
    yield Line("part", "三、其他相关情况说明")
    yield Line("heading", f"（一）{budget.year}年“三公”经费预算情况说明", 2)
    yield Line("body", _three_public(budget))
    yield Line("part", "四、部门预算表")


def _whole(budget: SyntheticAccount) -> str:
    income = _told(budget, SUMMARY, "revenue_total", "revenue_amount", compared=False)
    fiscal = _told(budget, "budget_appropriation_summary", "revenue_total", "revenue_amount")
    other = "；".join(f"{name}{_amount(budget, SUMMARY, row, 'revenue_amount'):f}万元" for row, name in _INCOME)
    spent = _told(budget, SUMMARY, "expenditure_total", "expenditure_amount", compared=False)
    general = _told(budget, GENERAL, "total", "total")
    return (
        f"{budget.year}年，{budget.entity}收入预算{income}，其中：财政拨款收入{fiscal}；{other}。"
        f"支出预算{spent}，其中：一般公共预算拨款支出预算{general}。"
    )


def _item(budget: SyntheticAccount, code: str, number: int) -> str:
    levels = zip((code[:3], code[:5], code), ("类", "款", "项"), strict=True)
    named = "".join(f"{_name(part, budget.year)}（{level}）" for part, level in levels)
    return (
        f"{number}.“{named}”科目{_amount(budget, GENERAL, code, 'total'):f}万元，主要用于{_name(code, budget.year)}。"
    )


def _three_public(budget: SyntheticAccount) -> str:
    parts = "".join(
        f"（{'一二三'[place]}）{name}{_told(budget, THREE, 'data', f'budget_{key}')}。"
        for place, (key, name) in enumerate(_TP)
    )
    return f"{budget.year}年“三公”经费预算数为{_told(budget, THREE, 'data', 'budget_total')}。其中：{parts}"


def _told(budget: SyntheticAccount, table: str, row: str, column: str, *, compared: bool = True) -> str:
    """The amount and, where last year's budget was made too, how it changed."""
    now = _amount(budget, table, row, column)
    if budget.previous is None or not compared:
        return f"{now:f}万元"
    change = now - _amount(budget.previous, table, row, column)
    word = "持平" if not change else f"{'增加' if change > 0 else '减少'}{abs(change):f}万元"
    return f"{now:f}万元，比{budget.year - 1}年预算{word}"


def _amount(budget: SyntheticAccount, table: str, row: str, column: str) -> Decimal:
    """In 万元, as sentences state it whatever the unit of the tables."""
    cell = budget.amount(table, row, column)
    value = cell.number if cell is not None and cell.is_number else Decimal("0.00")
    return value if budget.unit == "万元" else (value / 10_000).quantize(Decimal("0.01"))


def _name(code: str, year: int) -> str:
    subject = functional().subject(code, year)
    return subject.name if subject else code
