"""Every statutory table summed from one ledger."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from fiscal.dictionary.tables import catalogue
from fiscal.model.cells import NUMBER, Cell, blank
from fiscal.model.rounding import round_to
from fiscal.model.table import Table
from fiscal.synthetic.frames import frame
from fiscal.synthetic.layouts import MATRICES
from fiscal.synthetic.ledger import (
    BASIC,
    BUSINESS,
    FUND,
    GENERAL,
    OTHER,
    PROJECT,
    STATE_CAPITAL,
    THREE_PUBLIC,
    Ledger,
)
from fiscal.synthetic.sums import ALL, APPROPRIATIONS, TOTAL, Sums, over

Amount = Callable[[str, str], int]  # (row key, column key) → 分
FEN = {"元": 100, "万元": 1_000_000}
NOTES = {
    "government_fund": "说明：本部门本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。",
    "state_capital": "说明：本部门本年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。",
    "state_capital_expenditure": "说明：本部门本年度没有国有资本经营预算财政拨款支出，故本表无数据。",
    "three_public": "说明：本部门本年度没有财政拨款“三公”经费支出，故本表无数据。",
    "budget_government_fund": "说明：本部门本年度没有政府性基金预算财政拨款安排的支出，故本表无数据。",
    "budget_state_capital": "说明：本部门本年度没有国有资本经营预算财政拨款安排的支出，故本表无数据。",
    "general_public_budget_project": "说明：本部门本年度没有一般公共预算财政拨款项目支出，故本表无数据。",
}
_NATURES = {"total": ALL, "basic": BASIC, "project": PROJECT, "business": BUSINESS}
_FUND_OF = {"general": GENERAL, "fund": FUND, "state_capital": STATE_CAPITAL}
_ROW_FUND = {"general_public_budget": GENERAL, "government_fund": FUND, "state_capital": STATE_CAPITAL}
_OPENINGS = {"opening_general": GENERAL, "opening_fund": FUND, "opening_state_capital": STATE_CAPITAL}


@dataclass(frozen=True)
class Books:
    """A ledger with its sums and the place whose forms are printed."""

    ledger: Ledger
    sums: Sums
    profile: str
    unit: str
    year: int


def tables(ledger: Ledger, *, profile: str, unit: str, year: int) -> dict[str, Table]:
    """The statutory set of a profile. Zero is printed as a blank, as the forms do."""
    order = catalogue().profiles[profile]
    matrices = any(table in order for table in MATRICES)
    books = Books(ledger, Sums(ledger, matrices=matrices), profile, unit, year)
    return {table: _table(table, books) for table in order}


def _table(table: str, books: Books) -> Table:
    amount, funds = _AMOUNTS[table](books)
    codes = books.sums.subjects(*funds) if funds else []
    empty = blank(books.unit)

    def value(row: str, column: str) -> Cell:
        fen = amount(row, column)
        return printed(fen, books.unit) if fen else empty

    made = _filled(frame(table, books.profile, value=value, codes=codes, year=books.year, unit=books.unit))
    if made.empty and table in NOTES:
        return replace(made, note=NOTES[table])
    return made


def _filled(table: Table) -> Table:
    """The table without subjects that it has no amount for; fixed rows stay."""
    lists = table.id == "budget_general_public_basic"  # of what there is; accounts print every economic item
    rows = [
        row
        for row in table.rows
        if (row.key != row.code and not (lists and row.code)) or any(cell.is_number for cell in row.cells.values())
    ]
    return replace(table, rows=tuple(rows))


def printed(fen: int, unit: str) -> Cell:
    """An amount as the forms print it: two decimals, rounded half up."""
    value = round_to(Decimal(fen) / FEN[unit], 2)
    return Cell(NUMBER, value, unit, f"{value:f}")


def _summary(books: Books) -> tuple[Amount, tuple[str, ...]]:
    sums, ledger = books.sums, books.ledger
    fixed = {
        "revenue_this_year": sums.income[TOTAL, ALL], "expenditure_this_year": sums.spend[TOTAL, ALL, ALL],
        "non_appropriation_surplus_used": ledger.balance_used, "surplus_distribution": ledger.distribution,
        "opening_balance": sums.opening[TOTAL, ALL], "closing_balance": sums.closing[TOTAL, ALL],
    }  # fmt: skip
    total = fixed["revenue_this_year"] + ledger.balance_used + fixed["opening_balance"]
    fixed |= {"revenue_total": total, "expenditure_total": total}
    classes = {row.key: row.code for row in catalogue().row_sets["functional_classes"]}

    def amount(row: str, column: str) -> int:
        if row in classes:
            return sums.spend[classes[row], ALL, ALL]
        return fixed[row] if row in fixed else sums.income[TOTAL, _ROW_FUND.get(row, row)]

    return amount, ()


def _appropriation_summary(books: Books) -> tuple[Amount, tuple[str, ...]]:
    sums = books.sums
    classes = {row.key: row.code for row in catalogue().row_sets["functional_classes"]}

    def left(row: str) -> int:
        if row in _ROW_FUND:
            return sums.income[TOTAL, _ROW_FUND[row]]
        if row in _OPENINGS:
            return sums.opening[TOTAL, _OPENINGS[row]]
        income, opening = (over(book, TOTAL, APPROPRIATIONS) for book in (sums.income, sums.opening))
        return {"revenue_this_year": income, "opening_balance": opening, "revenue_total": income + opening}[row]

    def right(row: str, column: str) -> int:
        funds = _funds(column)
        spent = sum(sums.spend[classes.get(row, TOTAL), fund, ALL] for fund in funds)
        closing = over(sums.closing, TOTAL, funds)
        return {"closing_balance": closing, "expenditure_grand_total": spent + closing}.get(row, spent)

    return lambda row, column: left(row) if column == "revenue_amount" else right(row, column), ()


def _funds(column: str) -> tuple[str, ...]:
    """The funds of a column such as expenditure_fund; all three for a total."""
    fund = _FUND_OF.get(column.removeprefix("expenditure_"))
    return (fund,) if fund else APPROPRIATIONS


def _revenue(books: Books) -> tuple[Amount, tuple[str, ...]]:
    sums = books.sums

    def amount(row: str, column: str) -> int:
        if column == "appropriation":
            return over(sums.income, row, APPROPRIATIONS)
        return sums.income[row, ALL if column == "total" else column]

    return amount, (*APPROPRIATIONS, "operating_income", "other_income", "business_income")


def _expenditure(books: Books) -> tuple[Amount, tuple[str, ...]]:
    spend = books.sums.spend
    funds = (*APPROPRIATIONS, OTHER)
    return lambda row, column: spend[row, ALL, _NATURES.get(column, column)], funds


def _by_subject(fund: str) -> Callable[[Books], tuple[Amount, tuple[str, ...]]]:
    """Tables of one fund by functional subject, with or without its flow."""

    def make(books: Books) -> tuple[Amount, tuple[str, ...]]:
        sums = books.sums
        flows = {"opening": sums.opening, "income": sums.income, "closing": sums.closing}

        def amount(row: str, column: str) -> int:
            return flows[column][row, fund] if column in flows else sums.spend[row, fund, _NATURES[column]]

        return amount, (fund,)

    return make


def _matrix(nature: str) -> Callable[[Books], tuple[Amount, tuple[str, ...]]]:
    """Functional subjects by economic items of the general public budget."""

    def make(books: Books) -> tuple[Amount, tuple[str, ...]]:
        sums = books.sums

        def amount(row: str, column: str) -> int:
            if column == "total":
                return sums.spend[row, GENERAL, nature]
            return sums.economic[row, GENERAL, nature, column]

        return amount, (GENERAL,)

    return make


def _economic_by_fund(books: Books) -> tuple[Amount, tuple[str, ...]]:
    sums = books.sums

    def one(row: str, fund: str, nature: str) -> int:
        return sums.spend[TOTAL, fund, nature] if row == TOTAL else sums.economic[TOTAL, fund, nature, row]

    def amount(row: str, column: str) -> int:
        if column == "total":
            return sum(one(row, fund, ALL) for fund in APPROPRIATIONS)
        fund, _, nature = column.rpartition("_")
        return one(row, _FUND_OF[fund], _NATURES[nature])

    return amount, ()


def _basic(books: Books) -> tuple[Amount, tuple[str, ...]]:
    economic = books.sums.economic
    personnel = sum(economic[TOTAL, GENERAL, BASIC, item] for item in ("e301", "e303"))
    totals = {"personnel_total": personnel, "public_total": books.sums.spend[TOTAL, GENERAL, BASIC] - personnel}
    return lambda row, _: totals.get(row, economic[TOTAL, GENERAL, BASIC, row]), ()


def _three_public(books: Books) -> tuple[Amount, tuple[str, ...]]:
    economic, budgets = books.sums.economic, books.ledger.budgets
    figures = {f"actual_{name}": economic[TOTAL, GENERAL, ALL, item] for name, item in THREE_PUBLIC.items()}
    figures |= {f"budget_{name}": budgets[name] for name in THREE_PUBLIC}
    for prefix in ("actual", "budget"):
        vehicle = figures[f"{prefix}_vehicle_purchase"] + figures[f"{prefix}_vehicle_operation"]
        figures[f"{prefix}_vehicle"] = vehicle
        figures[f"{prefix}_total"] = vehicle + figures[f"{prefix}_abroad"] + figures[f"{prefix}_reception"]
    return lambda _, column: figures[column], ()


def _basic_list(books: Books) -> tuple[Amount, tuple[str, ...]]:
    """Budgets list the economic items one below the other, with a column for personnel and one for public money."""
    economic = books.sums.economic
    every = {one.key: one for one in catalogue().row_sets["economic_items"]}

    def amount(row: str, column: str) -> int:
        items = [key for key, one in every.items() if one.level == "economic_class"] if row == TOTAL else [row]
        side = column.removesuffix("_amount")
        return sum(economic[TOTAL, GENERAL, BASIC, key] for key in items if side in ("total", every[key].side))

    return amount, ()


_AMOUNTS: dict[str, Callable[[Books], tuple[Amount, tuple[str, ...]]]] = {
    "revenue_expenditure_summary": _summary,
    "revenue": _revenue,
    "expenditure": _expenditure,
    "appropriation_summary": _appropriation_summary,
    "appropriation_expenditure_detail": _economic_by_fund,
    "general_public_budget_expenditure": _by_subject(GENERAL),
    "general_public_budget_expenditure_detail": _matrix(ALL),
    "general_public_budget_basic": _basic,
    "general_public_budget_project": _matrix(PROJECT),
    "government_fund": _by_subject(FUND),
    "state_capital": _by_subject(STATE_CAPITAL),
    "state_capital_expenditure": _by_subject(STATE_CAPITAL),
    "three_public": _three_public,
    "budget_summary": _summary,
    "budget_revenue": _revenue,
    "budget_expenditure": _expenditure,
    "budget_appropriation_summary": _appropriation_summary,
    "budget_general_public_expenditure": _by_subject(GENERAL),
    "budget_general_public_basic": _basic_list,
    "budget_three_public": _three_public,
    "budget_government_fund": _by_subject(FUND),
    "budget_state_capital": _by_subject(STATE_CAPITAL),
}
