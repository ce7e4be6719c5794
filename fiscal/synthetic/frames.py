"""Model tables from a function that knows every cell: rows and columns as one set of tables prints them."""

from collections.abc import Callable, Iterable, Iterator

from fiscal.dictionary.classification import functional, level_of
from fiscal.dictionary.tables import RowEntry, catalogue
from fiscal.model.cells import Cell
from fiscal.model.numerals import in_chinese
from fiscal.model.table import Column, Row, Table
from fiscal.synthetic.layouts import SHANGHAI, TOTAL_LAST, printed_columns

Value = Callable[[str, str], Cell]  # (row key, column key) → cell
NOT_IN_SHANGHAI = frozenset({"231", "232"})
NOT_IN_SHANGHAI_BASIC = (
    "e307", "e312", "e313", "e399", "e31005", "e31006", "e31008", "e31009", "e31010", "e31011", "e31012",
)  # fmt: skip
NOT_BASIC = ("e309", "e311")  # 基本建设: project money, not printed in the table of basic expenditure
_NUMBERED = frozenset(
    {
        "general_public_budget", "government_fund", "state_capital", "superior_subsidy", "operating_income",
        "business_income", "subordinate_remittance", "other_income", "finance_account",
    }
)  # fmt: skip


def frame(table: str, profile: str, *, value: Value, codes: Iterable[str] = (), year: int, unit: str = "万元") -> Table:
    """One table with every printed row and column of this profile.

    Shape: `codes` are the function rows (classes, groups and items); tables of other layouts ignore them.
    """
    entry = catalogue()[table]
    columns = tuple(Column(key, label) for key, label in printed_columns(table, profile))
    rows = tuple(_rows(table, profile, value, _Subjects(codes, year)))
    kept = {key for row in rows for key in row.cells}
    return Table(table, entry.title, unit, tuple(column for column in columns if column.key in kept), rows)


class _Subjects:
    """The function rows of one account: codes in printed order with their names of the year."""

    def __init__(self, codes: Iterable[str], year: int) -> None:
        self.codes, self.year = tuple(codes), year

    def name(self, code: str) -> str:
        subject = functional().subject(code, self.year)
        return subject.name if subject else code


def _rows(table: str, profile: str, value: Value, subjects: _Subjects) -> Iterator[Row]:
    layout = catalogue()[table].layout
    keys = [key for key, _ in printed_columns(table, profile)]
    if layout == "two_sided_summary":
        yield from _two_sided(table, profile, value)
    elif table == "budget_general_public_basic":
        yield from (_economic(item, keys, value) for item in basic_items(profile))
        yield _total(keys, value)
    elif layout == "economic_rows_two_panel":
        yield from _panels(profile, value)
    elif layout == "three_public_grid":
        yield Row("data", "", "", "", {key: value("data", key) for key in keys})
    elif table == "appropriation_expenditure_detail":
        yield _total(keys, value)
        yield from (_economic(item, keys, value) for item in catalogue().row_sets["economic_items"])
    else:
        yield from _function_rows(table, profile, value, subjects)


def _total(keys: list[str], value: Value) -> Row:
    return Row("total", "", "合计", "total", {key: value("total", key) for key in keys})


def _function_rows(table: str, profile: str, value: Value, subjects: _Subjects) -> Iterator[Row]:
    keys = [key for key, _ in printed_columns(table, profile)]
    last = table in TOTAL_LAST.get(profile, ())
    if not last:
        yield _total(keys, value)
    for code in subjects.codes:
        yield Row(code, code, subjects.name(code), level_of(code), {key: value(code, key) for key in keys})
    if last:
        yield _total(keys, value)


def _economic(item: RowEntry, keys: list[str], value: Value, side: str = "") -> Row:
    level = item.level or "economic_item"
    return Row(item.key, item.code, item.labels[0], level, {key: value(item.key, key) for key in keys}, side)


def basic_items(profile: str) -> list[RowEntry]:
    """The economic rows of the table of basic expenditure."""
    absent = (*NOT_BASIC, *NOT_IN_SHANGHAI_BASIC) if profile == SHANGHAI else NOT_BASIC
    return [item for item in catalogue().row_sets["economic_items"] if not item.key.startswith(absent)]


def _panels(profile: str, value: Value) -> Iterator[Row]:
    for item in basic_items(profile):
        yield _economic(item, [f"{item.side}_amount"], value, item.side)
    for side, label in (("personnel", "人员经费合计"), ("public", "公用经费合计")):
        key = f"{side}_amount"
        yield Row(f"{side}_total", "", label, "total", {key: value(f"{side}_total", key)}, side)


def _two_sided(table: str, profile: str, value: Value) -> Iterator[Row]:
    keys = [key for key, _ in printed_columns(table, profile)]
    sides = {"left": ("revenue", keys[:1]), "right": ("expenditure", keys[1:])}
    numbers = {"left": 0, "right": 0, "opening": 0}
    for entry in catalogue()[table].rows:
        if (entry.code in NOT_IN_SHANGHAI and profile == SHANGHAI) or entry.key == "appropriation":
            continue  # budgets print the funds either below 财政拨款收入 or, as here, as rows of their own
        side, own = sides[entry.side or "right"]
        label = _numbered(entry, numbers)
        yield Row(entry.key, entry.code, label, level_of(entry.code), {key: value(entry.key, key) for key in own}, side)


def _numbered(entry: RowEntry, numbers: dict[str, int]) -> str:
    """The printed label: income kinds, classes and the funds of the opening balance are numbered."""
    block = "opening" if entry.block == "opening" else (entry.side or "right")
    if not (entry.code or entry.key in _NUMBERED or entry.block):
        return entry.labels[0]
    numbers[block] += 1
    return f"{in_chinese(numbers[block])}、{entry.labels[0]}"
