"""A small account built by hand: tables of printed texts, statements as slots."""

from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from fiscal.model.cells import Cell, count
from fiscal.model.money import FACTORS, convert, parse_amount
from fiscal.model.table import Column, Row, Table
from fiscal.model.text import Narrative


def cell(text: str, unit: str = "万元", **marks) -> Cell:
    return parse_amount(text, unit=unit, **marks)


def table(name: str, columns: str, rows: list[tuple], unit: str = "万元") -> Table:
    """Rows as (key, label, level, text per column); a code is a key of digits."""
    keys = columns.split()
    made = [
        Row(key, key if key.isdigit() else "", label, level, {k: cell(t, unit) for k, t in zip(keys, texts)})
        for key, label, level, *texts in rows
    ]
    return Table(name, name, unit, tuple(Column(k, k) for k in keys), tuple(made))


@dataclass
class Fake:
    """Everything metrics ask of an account."""

    year: int = 2022
    entity: str = "示例办公室"
    unit: str = "万元"
    tables: dict[str, Table] = field(default_factory=dict)
    narrative: Narrative = field(default_factory=Narrative)
    notes: dict = field(default_factory=dict)
    doubts: dict = field(default_factory=dict)

    def table(self, name):
        return self.tables.get(name)

    def amount(self, name, row, column):
        found = self.tables.get(name)
        return found.cell(row, column) if found else None

    def stated(self, slot):
        return next(iter(self.narrative.slots.get(slot, [])), None)

    @property
    def cells(self) -> pd.DataFrame:
        lines = [
            (
                self.entity,
                self.year,
                t.id,
                r.key,
                r.code,
                r.label,
                r.level,
                c.key,
                x.state,
                x.value,
                _yuan(x),
                x.unit,
                str(x) if x.is_number else "",
            )
            for t in self.tables.values()
            for r, c, x in t.cells()
        ]
        names = "entity year table row_key row_code row_label level column state value amount_yuan unit printed"
        return pd.DataFrame(lines, columns=names.split())


def _yuan(x: Cell) -> Decimal | None:
    return convert(x.value, x.unit, "元") if x.value is not None and x.unit in FACTORS else None


def slots(**texts: str) -> dict[str, list[Cell]]:
    """Slot → cell: “97.82%” is a percent, “15 n” a count, all else an amount in 万元."""
    return {name: [count(t[:-2]) if t.endswith(" n") else cell(t)] for name, t in texts.items()}


def founding() -> Fake:
    """The figures of a one-fund bureau with a small government fund and three public expenses; 2021 is not there."""
    classes = [("一般公共服务支出", "201", "189.78", "88.61%"), ("教育支出", "205", "0", "0%"),
               ("社会保障和就业支出", "208", "8.42", "3.93%"), ("卫生健康支出", "210", "4.99", "2.33%"),
               ("住房保障支出", "221", "10.99", "5.13%")]  # fmt: skip
    stated = slots(
        total="218.96", total_change="21.53", total_change_percent="10.91%", revenue="218.96", rev_general="214.18",
        rev_general_share="97.82%", rev_fund="4.78", rev_fund_share="2.18%", rev_state_capital="0",
        rev_state_capital_share="0%", rev_superior="0", rev_operating="0", rev_business="0", rev_subordinate="0",
        rev_other="0", expenditure="218.96", exp_basic="190.00", exp_basic_share="86.77%", exp_project="28.96",
        exp_project_share="13.23%", exp_superior="0", exp_business="0", exp_subordinate="0", appropriation="218.96",
        appropriation_change="21.53", appropriation_change_percent="10.91%", gpb="214.18", gpb_share="97.82%",
        gpb_change="16.75", gpb_change_percent="8.48%", gpb_completion="100%", basic="190.00", personnel="167.10",
        public="22.90", tp="5.84", tp_completion="95.74%", tp_change="1.5", tp_change_percent="20.44%", tp_abroad="0",
        tp_abroad_share="0%", tp_vehicle="4.74", tp_vehicle_share="81.16%", tp_vehicle_completion="94.80%",
        tp_vehicle_change="0.98", tp_vehicle_change_percent="17.13%", tp_vehicle_operation="4.74",
        tp_reception="1.1", tp_reception_share="18.84%", tp_reception_completion="100%", tp_reception_change="0.52",
        tp_reception_change_percent="32.10%", vehicle_stock="1 n", reception_batches="15 n", reception_persons="116 n",
        abroad_groups="0 n", fund_expenditure="4.78", state_capital_expenditure="0", operating_expenses="22.90",
        operating_expenses_change="20.44", operating_expenses_change_percent="47.16%",
    )  # fmt: skip
    words = {f"{slot}_direction": [word] for slot, word in (
        ("total", "增加"), ("appropriation", "增加"), ("gpb", "增加"), ("tp", "减少"), ("tp_vehicle", "减少"),
        ("tp_reception", "减少"), ("operating_expenses", "减少"))}  # fmt: skip
    gpb = [{"name": n, "code": c, "amount": cell(a), "share": cell(s)} for n, c, a, s in classes]
    names = "budget_total budget_vehicle budget_reception actual_total actual_abroad actual_vehicle actual_reception"
    grid = table("three_public", names, [("data", "", "", "6.10", "5.00", "1.10", "5.84", "0.00", "4.74", "1.10")])
    items = table("expenditure", "total basic project superior_remittance business subordinate_subsidy", [
        ("total", "合计", "total", "218.96", "190.00", "28.96", "", "", ""),
        ("201", "一般公共服务支出", "class", "189.78", "165.60", "24.18", "", "", ""),
        ("20103", "政府办公厅（室）及相关机构事务", "group", "189.78", "165.60", "24.18", "", "", ""),
        ("2010305", "专项业务及机关事务管理", "item", "7.83", "7.83", "", "", "", ""),
        ("2010350", "事业运行", "item", "157.77", "157.77", "", "", "", ""),
        ("2010399", "其他政府办公厅（室）及相关机构事务支出", "item", "24.18", "", "24.18", "", "", ""),
        ("208", "社会保障和就业支出", "class", "8.42", "8.42", "", "", "", ""),
        ("20805", "行政事业单位养老支出", "group", "8.03", "8.03", "", "", "", ""),
        ("2080505", "机关事业单位基本养老保险缴费支出", "item", "8.03", "8.03", "", "", "", ""),
        ("20899", "其他社会保障和就业支出", "group", "0.39", "0.39", "", "", "", ""),
        ("2089999", "其他社会保障和就业支出", "item", "0.39", "0.39", "", "", "", ""),
        ("210", "卫生健康支出", "class", "4.99", "4.99", "", "", "", ""),
        ("21011", "行政事业单位医疗", "group", "4.99", "4.99", "", "", "", ""),
        ("2101102", "事业单位医疗", "item", "4.99", "4.99", "", "", "", ""),
        ("212", "城乡社区支出", "class", "4.78", "", "4.78", "", "", ""),
        ("21208", "国有土地使用权出让收入安排的支出", "group", "4.78", "", "4.78", "", "", ""),
        ("2120899", "其他国有土地使用权出让收入安排的支出", "item", "4.78", "", "4.78", "", "", ""),
        ("221", "住房保障支出", "class", "10.99", "10.99", "", "", "", ""),
        ("22102", "住房改革支出", "group", "10.99", "10.99", "", "", "", ""),
        ("2210201", "住房公积金", "item", "10.99", "10.99", "", "", "", ""),
    ])  # fmt: skip
    narrative = Narrative(slots=stated, words=words, lists={"gpb_classes": gpb})
    return Fake(tables={"three_public": grid, "expenditure": items}, narrative=narrative,
                notes={"organisation": {"staff": 16}})  # fmt: skip


def office(year: int, classes: dict[str, tuple[str, str]], *, total: str, **fields) -> Fake:
    """An invented office: code → (name, amount) of expenditure, and its grand total."""
    rows = [(code, name, "class", amount) for code, (name, amount) in classes.items()]
    spent = table("expenditure", "total", [("total", "合计", "total", total), *rows])
    both = [("revenue_total", "总计", "", total, ""), ("expenditure_this_year", "本年支出合计", "", "", total)]
    summary = table("revenue_expenditure_summary", "revenue_amount expenditure_amount", both)
    return Fake(year, tables={"expenditure": spent, "revenue_expenditure_summary": summary}, **fields)
