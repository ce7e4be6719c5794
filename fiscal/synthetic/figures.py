"""The figures that the narrative of an invented account states, in the form of notes.yaml.

Every figure is taken from a printed cell, so text and tables agree unless an error is planted.
"""

from decimal import Decimal

from fiscal.model.rounding import round_to
from fiscal.model.table import Table
from fiscal.synthetic.derive import printed
from fiscal.synthetic.invented_names import Body
from fiscal.synthetic.ledger import BASIC as RUNNING
from fiscal.synthetic.ledger import GENERAL, PROJECT, Ledger

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
    ("perf_executed", "performance", "expenditure", "total", "total"),
    ("perf_appropriation_executed", "performance", APPROPRIATION, "expenditure_this_year", "expenditure_total"),
    ("perf_tp_actual", "performance", "three_public", "data", "actual_total"),
    ("perf_tp_budget", "performance", "three_public", "data", "budget_total"),
)
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


def figures(body: Body, ledger: Ledger, tables: Tables, unit: str) -> Facts:
    """The statements of one year without the changes."""
    facts = Facts(tables, unit)
    facts.say("tp_reception_foreign", Decimal(0), "three_public")
    facts.say("perf_budget", _budget(ledger, unit), "performance")
    facts.say("operating_expenses", _operating(body, ledger, unit), "operating_expenses")
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


def _budget(ledger: Ledger, unit: str) -> Decimal:
    """What was to be spent in all (部门整体支出预算): the spending and what was left of the budgets of its items."""
    left = sum(fen for name, fen in ledger.budgets.items() if name.isdecimal())
    left -= sum(fen for (_, fund, _, _), fen in ledger.spend.items() if fund == GENERAL)
    return printed(sum(ledger.spend.values()) + left, unit).number


def _operating(body: Body, ledger: Ledger, unit: str) -> Decimal:
    """What administrations spend on themselves (机关运行经费): the public part of their running costs."""
    spent = [
        fen
        for (code, fund, nature, item), fen in ledger.spend.items()
        if (code, fund, nature) == (body.running, GENERAL, RUNNING) and not item.startswith(("e301", "e303"))
    ]
    return printed(sum(spent), unit).number if body.is_admin else Decimal(0)


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


def state_changes(facts: Facts, before: Facts) -> None:
    """State the change of each compared figure against last year; nothing where both years are 0."""
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
