"""The lists that a final account breaks its wholes into. A new list is an entry here."""

from dataclasses import dataclass

from fiscal.metrics.headlines import HEADLINE, Source


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole and how it divides: fixed parts, or the rows of one level of a table.

    level   class or economic_class: the parts are the rows of that level in `table`, amounts in `column`
    stated  list slot of the narrative with name, code, amount and share, for what the table does not give
    """

    measure: str
    title: str
    table: str
    whole: Source
    parts: tuple[Source, ...] = ()
    level: str = ""
    column: str = "total"
    stated: str = ""


_SUMMARY = "revenue_expenditure_summary"
_INCOME = (
    ("general_public_budget", "一般公共预算财政拨款收入", "rev_general"),
    ("government_fund", "政府性基金预算财政拨款收入", "rev_fund"),
    ("state_capital", "国有资本经营预算财政拨款收入", "rev_state_capital"),
    ("superior_subsidy", "上级补助收入", "rev_superior"),
    ("operating_income", "事业收入", "rev_operating"),
    ("business_income", "经营收入", "rev_business"),
    ("subordinate_remittance", "附属单位上缴收入", "rev_subordinate"),
    ("other_income", "其他收入", "rev_other"),
)
_NATURE = (
    ("basic", "基本支出", "exp_basic"),
    ("project", "项目支出", "exp_project"),
    ("superior_remittance", "上缴上级支出", "exp_superior"),
    ("business", "经营支出", "exp_business"),
    ("subordinate_subsidy", "对附属单位补助支出", "exp_subordinate"),
)
_FUNDS = (
    ("general", "一般公共预算财政拨款", "gpb"),
    ("fund", "政府性基金预算财政拨款", "fund_expenditure"),
    ("state_capital", "国有资本经营预算财政拨款", "state_capital_expenditure"),
)


def _rows(table: str, column: str, parts: tuple[tuple[str, str, str], ...]) -> tuple[Source, ...]:
    return tuple(Source(key, label, slot, ((table, key, column),)) for key, label, slot in parts)


def _columns(table: str, row: str, parts: tuple[tuple[str, str, str], ...], prefix: str = "") -> tuple[Source, ...]:
    return tuple(Source(key, label, slot, ((table, row, prefix + key),)) for key, label, slot in parts)


BREAKDOWNS = (
    Breakdown("income", "收入决算结构", _SUMMARY, HEADLINE["revenue"], _rows(_SUMMARY, "revenue_amount", _INCOME)),
    Breakdown(
        "expenditure", "支出决算结构", "expenditure", HEADLINE["expenditure"],
        _columns("expenditure", "total", _NATURE),
    ),
    Breakdown(
        "expenditure_function", "支出决算结构（按功能分类）", "expenditure", HEADLINE["expenditure"], level="class",
    ),
    Breakdown(
        "appropriation", "财政拨款支出结构（按资金）", "appropriation_summary",
        Source(
            "appropriation_expenditure", "财政拨款支出",
            cells=(("appropriation_summary", "expenditure_this_year", "expenditure_total"),),
        ),
        _columns("appropriation_summary", "expenditure_this_year", _FUNDS, "expenditure_"),
    ),
    Breakdown(
        "gpb_function", "一般公共预算财政拨款支出决算结构", "general_public_budget_expenditure", HEADLINE["gpb"],
        level="class", stated="gpb_classes",
    ),
    Breakdown(
        "basic", "一般公共预算基本支出结构", "general_public_budget_basic", HEADLINE["gpb_basic"],
        (HEADLINE["personnel"], HEADLINE["public"]),
    ),
    Breakdown(
        "basic_economic", "基本支出结构（按经济分类）", "general_public_budget_basic", HEADLINE["gpb_basic"],
        level="economic_class", column="",
    ),
    Breakdown(
        "three_public", "“三公”经费支出结构", "three_public", HEADLINE["tp"],
        (HEADLINE["tp_abroad"], HEADLINE["tp_vehicle"], HEADLINE["tp_reception"]),
    ),
)  # fmt: skip
BY_MEASURE = {breakdown.measure: breakdown for breakdown in BREAKDOWNS}
