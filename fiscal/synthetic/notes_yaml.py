"""The notes.yaml of an invented account: its statements, lists, words and reasons."""

from collections.abc import Iterator
from typing import Any

from fiscal.dictionary.classification import functional
from fiscal.model.rounding import round_to
from fiscal.model.table import Table
from fiscal.synthetic.derive import printed
from fiscal.synthetic.figures import BASIC, CHANGED, GPB, Facts, figures, state_changes
from fiscal.synthetic.invented_names import Body
from fiscal.synthetic.ledger import GENERAL, PROJECT, Ledger

REASON = "业务量变化和人员变动"
SECTIONS = (
    "overview", "responsibilities", "organisation", "overall", "revenue", "expenditure", "appropriation", "gpb",
    "gpb_overall", "gpb_structure", "gpb_items", "basic", "three_public", "fund", "state_capital", "operating_expenses",
    "procurement", "assets", "performance", "glossary", "annexes", "tables",
)  # fmt: skip


def notes(
    body: Body, ledger: Ledger, tables: dict[str, Table], *, unit: str, year: int, before: Facts | None
) -> dict[str, Any]:
    """The notes.yaml of an account. `before` holds last year's figures, for the changes."""
    facts = figures(body, ledger, tables, unit)
    if before:
        state_changes(facts, before)
    return {
        "entity": _entity(body),
        "year": year,
        "kind": "final_account",
        "unit": unit,
        "source": "虚构数据（fiscal.synthetic）",
        "statements": facts.statements,
        "lists": dict(_lists(facts, ledger, year)),
        "words": {**_words(body, facts, year), **dict(_directions(facts))},
        "reasons": dict.fromkeys((*CHANGED, "gpb_items"), REASON),
        "organisation": {"nature": body.type, "staff": ledger.counts["staff"], "duties": ["承担虚构的公共服务职责"]},
    }


def _directions(facts: Facts) -> Iterator[tuple[str, str]]:
    for entry in facts.statements:
        if "direction" in entry and entry["slot"].endswith("_change"):
            yield f"{entry['slot'].removesuffix('_change')}_direction", entry["direction"]


def _lists(facts: Facts, ledger: Ledger, year: int) -> Iterator[tuple[str, list[dict[str, str]]]]:
    gpb = facts.tables[GPB]
    yield "gpb_classes", [_class(facts, row.code, row.label) for row in gpb.rows if row.level == "class"]
    yield "gpb_items", [_item(facts, ledger, row.code, year) for row in gpb.rows if row.level == "item"]
    for side in ("personnel", "public"):
        yield f"{side}_items", [{"name": name} for name in _economic_names(facts.tables[BASIC], side)]
    stock = str(ledger.counts["vehicle_stock"])
    yield "vehicle_stock_kinds", [{"kind": "轿车", "count": stock}, {"kind": "越野车", "count": "0"}]
    yield "vehicle_kinds", [{"kind": "应急保障用车", "count": stock}, {"kind": "其他用车", "count": "0"}]
    yield "perf_projects", _projects(facts, ledger)
    yield "sections", [{"key": key} for key in SECTIONS]
    yield "tables_listed", [{"table": table} for table in facts.tables]


def _class(facts: Facts, code: str, name: str) -> dict[str, str]:
    amount = facts.cell(GPB, code, "total")
    share = round_to(amount / facts.values["gpb"] * 100, 2)
    return {"code": code, "name": name, "amount": f"{amount:f}", "share": f"{share:f}"}


def _item(facts: Facts, ledger: Ledger, code: str, year: int) -> dict[str, str]:
    actual, budget = facts.cell(GPB, code, "total"), printed(ledger.budgets[code], facts.unit).number
    names = {"class_name": code[:3], "group_name": code[:5], "item_name": code}
    return {
        **{field: _name(part, year) for field, part in names.items()},
        "code": code,
        "group_code": code[:5],
        "budget": f"{budget:f}",
        "actual": f"{actual:f}",
        "completion": f"{round_to(actual / budget * 100, 2):f}",
        "word": "等于" if actual == budget else "小于",
    }


def _name(code: str, year: int) -> str:
    subject = functional().subject(code, year)
    return subject.name if subject else code


def _economic_names(table: Table, side: str) -> list[str]:
    rows = [row for row in table.rows if row.side == side and row.level == "economic_item"]
    return [row.label for row in rows if any(cell.is_number for cell in row.cells.values())]


def _projects(facts: Facts, ledger: Ledger) -> list[dict[str, str]]:
    """One project evaluation: all general-budget project money of the first project item."""
    by_code: dict[str, int] = {}
    for (code, fund, nature, _), value in ledger.spend.items():
        if (fund, nature) == (GENERAL, PROJECT):
            by_code[code] = by_code.get(code, 0) + value
    code, spent = next(iter(by_code.items()))
    executed, budget = printed(spent, facts.unit).number, printed(ledger.budgets[code], facts.unit).number
    rate = f"{round_to(executed / budget * 100, 2):f}"
    return [
        {
            "name": "专项业务经费",
            "budget": f"{budget:f}",
            "executed": f"{executed:f}",
            "rate": rate,
            "fund": "一般公共预算",
        }
    ]


def _entity(body: Body) -> dict[str, Any]:
    return {
        "name": body.name,
        "type": body.type,
        "has_admin_unit": body.is_admin,
        "has_institution": body.has_units or not body.is_admin,
    }


def _words(body: Body, facts: Facts, year: int) -> dict[str, Any]:
    return {
        "fiscal_year": str(year),
        "entity_name": body.name,
        "entity_type": body.type,
        "has_admin_unit": body.is_admin,
        "has_institution": body.has_units or not body.is_admin,
        "unit_text": facts.unit,
        "total_reason": REASON,
        "foreign_within_domestic": False,
        "small_micro_share_base": "政府采购支出总额",
        "asset_date": f"{year}-12-31",
        "tp_word": "等于" if facts.values["tp"] == facts.values["tp_budget"] else "小于",
    }
