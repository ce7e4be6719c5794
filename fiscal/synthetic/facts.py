"""What the narrative of an invented account states, in the form of notes.yaml: figures, lists and words.

Every figure is taken from a printed cell, so text and tables agree unless an error is planted.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from fiscal.dictionary.classification import functional
from fiscal.model.rounding import round_to
from fiscal.model.table import Table
from fiscal.synthetic.derive import printed
from fiscal.synthetic.ledger import GENERAL, PROJECT, Ledger
from fiscal.synthetic.names import Body

Tables = dict[str, Table]
SUMMARY, APPROPRIATION = "revenue_expenditure_summary", "appropriation_summary"
GPB, BASIC = "general_public_budget_expenditure", "general_public_budget_basic"
# slot, section, table, row, column
AMOUNTS = (
    ("total", "overall", SUMMARY, "revenue_total", "revenue_amount"),
    ("revenue", "revenue", SUMMARY, "revenue_this_year", "revenue_amount"),
    ("rev_general", "revenue", SUMMARY, "general_public_budget", "revenue_amount"),
    ("rev_fund", "revenue", SUMMARY, "government_fund", "revenue_amount"),
    ("rev_state_capital", "revenue", SUMMARY, "state_capital", "revenue_amount"),
    ("rev_superior", "revenue", SUMMARY, "superior_subsidy", "revenue_amount"),
    ("rev_operating", "revenue", SUMMARY, "operating_income", "revenue_amount"),
    ("rev_business", "revenue", SUMMARY, "business_income", "revenue_amount"),
    ("rev_subordinate", "revenue", SUMMARY, "subordinate_remittance", "revenue_amount"),
    ("rev_other", "revenue", SUMMARY, "other_income", "revenue_amount"),
    ("expenditure", "expenditure", "expenditure", "total", "total"),
    ("exp_basic", "expenditure", "expenditure", "total", "basic"),
    ("exp_project", "expenditure", "expenditure", "total", "project"),
    ("exp_superior", "expenditure", "expenditure", "total", "superior_remittance"),
    ("exp_business", "expenditure", "expenditure", "total", "business"),
    ("exp_subordinate", "expenditure", "expenditure", "total", "subordinate_subsidy"),
    ("appropriation", "appropriation", APPROPRIATION, "revenue_total", "revenue_amount"),
    ("gpb", "gpb_overall", GPB, "total", "total"),
    ("basic", "basic", GPB, "total", "basic"),
    ("personnel", "basic", BASIC, "personnel_total", "personnel_amount"),
    ("public", "basic", BASIC, "public_total", "public_amount"),
    ("tp", "three_public", "three_public", "data", "actual_total"),
    ("tp_abroad", "three_public", "three_public", "data", "actual_abroad"),
    ("tp_vehicle", "three_public", "three_public", "data", "actual_vehicle"),
    ("tp_vehicle_purchase", "three_public", "three_public", "data", "actual_vehicle_purchase"),
    ("tp_vehicle_operation", "three_public", "three_public", "data", "actual_vehicle_operation"),
    ("tp_reception", "three_public", "three_public", "data", "actual_reception"),
    ("tp_reception_domestic", "three_public", "three_public", "data", "actual_reception"),
    ("tp_budget", "three_public", "three_public", "data", "budget_total"),
    ("tp_abroad_budget", "three_public", "three_public", "data", "budget_abroad"),
    ("tp_vehicle_budget", "three_public", "three_public", "data", "budget_vehicle"),
    ("tp_reception_budget", "three_public", "three_public", "data", "budget_reception"),
    ("fund_expenditure", "fund", APPROPRIATION, "expenditure_this_year", "expenditure_fund"),
    ("state_capital_expenditure", "state_capital", APPROPRIATION, "expenditure_this_year", "expenditure_state_capital"),
    ("perf_budget", "performance", "expenditure", "total", "total"),
    ("perf_executed", "performance", "expenditure", "total", "total"),
    ("perf_appropriation_executed", "performance", APPROPRIATION, "expenditure_this_year", "expenditure_total"),
    ("perf_tp_actual", "performance", "three_public", "data", "actual_total"),
    ("perf_tp_budget", "performance", "three_public", "data", "budget_total"),
)
REASON = "业务量变化和人员变动"
SECTIONS = (
    "overview", "responsibilities", "organisation", "overall", "revenue", "expenditure", "appropriation", "gpb",
    "gpb_overall", "gpb_structure", "gpb_items", "basic", "three_public", "fund", "state_capital", "operating_expenses",
    "procurement", "assets", "performance", "glossary", "annexes", "tables",
)  # fmt: skip
WHOLES = {"rev_": "revenue", "exp_": "expenditure", "tp_": "tp"}
CHANGED = ("total", "appropriation", "gpb", "tp", "tp_abroad", "tp_vehicle", "tp_reception", "operating_expenses")
COMPLETED = ("tp", "tp_abroad", "tp_vehicle", "tp_reception")
SHARED_PARTS = ("tp_abroad", "tp_vehicle", "tp_reception")


class Facts:
    """Collects the statements of one account; figures are strings as printed, zero is a bare 0."""

    def __init__(self, tables: Tables, unit: str) -> None:
        self.tables, self.unit = tables, unit
        self.values: dict[str, Decimal] = {}
        self.sections: dict[str, str] = {}
        self.statements: list[dict[str, str]] = []
        for slot, section, table, row, column in AMOUNTS:
            self.say(slot, self.cell(table, row, column), section)

    def cell(self, table: str, row: str, column: str) -> Decimal:
        """A printed amount; a blank counts as 0."""
        found = self.tables[table].cell(row, column)
        return found.number if found is not None else Decimal(0)

    def say(self, slot: str, value: Decimal, section: str, unit: str | None = None) -> dict[str, str]:
        """State one figure and remember it."""
        text = f"{value:f}" if value else "0"
        entry = {"slot": slot, "text": text, "unit": self.unit if unit is None else unit, "section": section}
        self.values[slot], self.sections[slot] = value, section
        self.statements.append(entry)
        return entry

    def percent(self, slot: str, part: Decimal, whole: Decimal) -> dict[str, str]:
        """State part / whole in percent, where there is a whole."""
        section = self.sections[slot.rpartition("_")[0].removesuffix("_change")]
        return self.say(slot, round_to(part / whole * 100, 2) if whole else Decimal(0), section, "%")


def notes(
    body: Body, ledger: Ledger, tables: Tables, *, unit: str, year: int, before: "Facts | None"
) -> dict[str, Any]:
    """The notes.yaml of an account. `before` holds last year's figures, for the changes."""
    facts = figures(body, ledger, tables, unit)
    if before:
        _changes(facts, before)
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


def figures(body: Body, ledger: Ledger, tables: Tables, unit: str) -> Facts:
    """The statements of one year without the changes."""
    facts = Facts(tables, unit)
    facts.say("tp_reception_foreign", Decimal(0), "three_public")
    operating = facts.values["public"] if body.is_admin else Decimal(0)
    facts.say("operating_expenses", operating, "operating_expenses")
    for slot in [slot for slot in facts.values if slot.startswith(("rev_", "exp_"))]:
        facts.percent(f"{slot}_share", facts.values[slot], facts.values[WHOLES[slot[:4]]])
    facts.percent("gpb_share", facts.values["gpb"], facts.values["expenditure"])
    _three_public(facts)
    _procurement(facts, ledger)
    for slot, count in ledger.counts.items():
        if slot != "staff":
            facts.say(slot, Decimal(count), "assets" if slot == "equipment" else "three_public", "")
    facts.say("foreign_batches", Decimal(0), "three_public", "")
    facts.say("foreign_persons", Decimal(0), "three_public", "")
    facts.say("vehicles", Decimal(ledger.counts["vehicle_stock"]), "assets", "")
    return facts


def _three_public(facts: Facts) -> None:
    for slot in COMPLETED:
        if facts.values[f"{slot}_budget"]:
            facts.percent(f"{slot}_completion", facts.values[slot], facts.values[f"{slot}_budget"])
    for slot in SHARED_PARTS:
        facts.percent(f"{slot}_share", facts.values[slot], facts.values["tp"])


def _procurement(facts: Facts, ledger: Ledger) -> None:
    """Goods are the equipment of projects, services half of the commissioned work; small firms get a part."""
    spent = dict.fromkeys(("e31002", "e31003", "e31007", "e30227"), 0)
    for (_, _, nature, item), fen in ledger.spend.items():
        if nature == PROJECT and item in spent:
            spent[item] += fen
    goods = printed(spent["e31002"] + spent["e31003"] + spent["e31007"], facts.unit).number
    services = printed(spent["e30227"] // 2, facts.unit).number
    small = printed((spent["e31002"] + spent["e31007"]) // 2, facts.unit).number
    parts = {"procurement": goods + services, "procurement_goods": goods, "procurement_works": Decimal(0),
             "procurement_services": services, "sme": goods, "small_micro": small}  # fmt: skip
    for slot, value in parts.items():
        facts.say(slot, value, "procurement")
    for slot in ("sme", "small_micro"):
        facts.percent(f"{slot}_share", facts.values[slot], facts.values["procurement"])


def _changes(facts: Facts, before: Facts) -> None:
    for slot in CHANGED:
        now, then = facts.values[slot], before.values[slot]
        if not now and not then:
            continue
        direction = "增加" if now > then else "减少" if now < then else "持平"
        entry = facts.say(f"{slot}_change", abs(now - then), facts.sections[slot])
        entry["direction"] = direction
        if then:
            rate = facts.percent(f"{slot}_change_percent", abs(now - then), then)
            rate["direction"] = direction


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
        "has_institution": not body.is_admin,
    }


def _words(body: Body, facts: Facts, year: int) -> dict[str, Any]:
    return {
        "fiscal_year": str(year),
        "entity_name": body.name,
        "entity_type": body.type,
        "has_admin_unit": body.is_admin,
        "has_institution": not body.is_admin,
        "unit_text": facts.unit,
        "total_reason": REASON,
        "foreign_within_domestic": False,
        "small_micro_share_base": "政府采购支出总额",
        "asset_date": f"{year}-12-31",
        "tp_word": "等于" if facts.values["tp"] == facts.values["tp_budget"] else "小于",
    }
