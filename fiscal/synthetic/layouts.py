"""How each statutory table is printed: its heads as a tree, per set of tables (profile).

A head without parts is a printed column and carries its key: a column key of tables.yaml, or one of
code, name, line (行次) and label. Two-sided and panelled tables prefix the key with the block it stands in ("0:label").
"""

from dataclasses import dataclass
from functools import cache

from fiscal.dictionary.tables import RowEntry, catalogue

SHANGHAI, BUDGET = "shanghai9", "budget9"
BY_ECONOMIC = ("appropriation_expenditure_detail", "budget_general_public_basic")
FUNDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
MATRICES = ("general_public_budget_expenditure_detail", "general_public_budget_project")
TOTAL_LAST = {SHANGHAI: ("general_public_budget_expenditure",)}
_PURPOSES = (("total", "小计"), ("basic", "基本支出"), ("project", "项目支出"))
_THREE_PUBLIC = (
    ("total", "合计"), ("abroad", "因公出国（境）费"), ("vehicle", "小计"), ("vehicle_purchase", "公务用车购置费"),
    ("vehicle_operation", "公务用车运行维护费"), ("reception", "公务接待费"),
)  # fmt: skip
_PLAIN = {
    "revenue": {
        "total": "本年收入合计", "appropriation": "财政拨款收入", "superior_subsidy": "上级补助收入",
        "operating_income": "事业收入", "business_income": "经营收入", "subordinate_remittance": "附属单位上缴收入",
        "other_income": "其他收入",
    },
    "expenditure": {
        "total": "本年支出合计", "basic": "基本支出", "project": "项目支出", "superior_remittance": "上缴上级支出",
        "business": "经营支出", "subordinate_subsidy": "对附属单位补助支出",
    },
}  # fmt: skip
_PLANNED = {"total": "合计", "basic": "基本支出", "project": "项目支出"}
_BUDGET = {
    "budget_revenue": {
        "total": "合计", "appropriation": "财政拨款收入", "operating_income": "事业收入",
        "business_income": "事业单位经营收入", "other_income": "其他收入",
    },
    "budget_expenditure": {**_PLANNED, "business": "事业单位经营支出"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """One header cell: what it says, the column it heads, or the heads below it."""

    text: str
    key: str = ""
    parts: tuple["Head", ...] = ()

    @property
    def leaves(self) -> tuple["Head", ...]:
        return tuple(leaf for part in self.parts for leaf in part.leaves) if self.parts else (self,)

    @property
    def depth(self) -> int:
        return 1 + max((part.depth for part in self.parts), default=0)


@cache
def heads(table: str, profile: str) -> tuple[Head, ...]:
    """The header of one table as this set of tables prints it."""
    layout = catalogue()[table].layout
    if layout == "two_sided_summary":
        return _two_sided(table, profile)
    if table == "budget_general_public_basic":
        amounts = (("total", "合计"), ("personnel_amount", "人员经费"), ("public_amount", "公用经费"))
        return (_subject(table), *(Head(text, key) for key, text in amounts))
    if layout == "economic_rows_two_panel":
        return _panels(profile)
    if table == "budget_three_public":
        return _grid("budget")
    if layout == "three_public_grid":
        return _interleaved() if profile == SHANGHAI else _budget_then_actual()
    return (_subject(table), *_amounts(table, profile))


def printed_columns(table: str, profile: str) -> tuple[tuple[str, str], ...]:
    """(key, header with parents joined by “/”) of every printed amount column, in order, each once."""
    known = {column.key for column in catalogue()[table].amounts}
    found: dict[str, str] = {}
    for head in heads(table, profile):
        for key, label in _labels(head, ()):
            if key.rpartition(":")[2] in known:
                found.setdefault(key.rpartition(":")[2], label)
    return tuple(found.items())


def _labels(head: Head, above: tuple[str, ...]) -> list[tuple[str, str]]:
    path = (*above, head.text)
    if not head.parts:
        return [(head.key, "/".join(path))]
    return [label for part in head.parts for label in _labels(part, path)]


def _subject(table: str) -> Head:
    code = "经济分类科目编码" if table in BY_ECONOMIC else "功能分类科目编码"
    return Head("项目", parts=(Head(code, "code"), Head("科目名称", "name")))


def _amounts(table: str, profile: str) -> tuple[Head, ...]:
    """Columns of the tables by function, and of the one by economic item and fund."""
    if table in _PLAIN:
        return tuple(Head(text, key) for key, text in _PLAIN[table].items())
    if table == "appropriation_expenditure_detail":
        keys = ("general", "fund", "state_capital")
        return (Head("合计", "total"), *(_fund(text, key) for text, key in zip(FUNDS, keys, strict=True)))
    if table in MATRICES:
        return (Head("合计", "total"), *_economic())
    spent = Head("本年支出", parts=tuple(Head(text, key) for key, text in _PURPOSES))
    if table.startswith("budget_"):
        return tuple(Head(text, key) for key, text in _BUDGET.get(table, _PLANNED).items())
    if table in ("government_fund", "state_capital"):
        return Head("年初结转和结余", "opening"), Head("本年收入", "income"), spent, Head("年末结转和结余", "closing")
    if profile == SHANGHAI:
        return Head("合计", "total"), Head("基本支出", "basic"), Head("项目支出", "project")
    return (spent,)


def _fund(text: str, key: str) -> Head:
    return Head(text, parts=tuple(Head(label, f"{key}_{purpose}") for purpose, label in _PURPOSES))


def _economic() -> list[Head]:
    """One head per economic class: 小计, then its items."""
    items = catalogue().row_sets["economic_items"]
    return [
        Head(row.labels[0], parts=(Head("小计", row.key), *(Head(i.labels[0], i.key) for i in _children(row))))
        for row in items
        if row.level == "economic_class"
    ]


def _children(row: RowEntry) -> list[RowEntry]:
    return [item for item in catalogue().row_sets["economic_items"] if item.parent == row.key]


def _two_sided(table: str, profile: str) -> tuple[Head, ...]:
    said = "预算数" if table.startswith("budget_") else "决算数"
    left = [Head(said, "0:revenue_amount")]
    right = [Head(said, "1:expenditure_amount")]
    if table.endswith("appropriation_summary"):
        keys = ("expenditure_total", "expenditure_general", "expenditure_fund", "expenditure_state_capital")
        right = [Head(text, f"1:{key}") for key, text in zip(keys, ("合计", *FUNDS), strict=True)]
    return Head("收入", parts=_side(0, left, profile)), Head("支出", parts=_side(1, right, profile))


def _side(block: int, amounts: list[Head], profile: str) -> tuple[Head, ...]:
    """行次 stands in the national form only."""
    line = [] if profile in (SHANGHAI, BUDGET) else [Head("行次", f"{block}:line")]
    return (Head("项目", f"{block}:label"), *line, *amounts)


def _panels(profile: str) -> tuple[Head, ...]:
    """One panel of personnel items and one (Shanghai) or two of public items."""
    blocks = [_panel(0, "personnel"), _panel(1, "public")]
    if profile == SHANGHAI:
        return (*blocks[0], *blocks[1])
    return Head("人员经费", parts=blocks[0]), Head("公用经费", parts=(*blocks[1], *_panel(2, "public")))


def _panel(block: int, side: str) -> tuple[Head, ...]:
    return (
        Head("经济分类科目编码", f"{block}:code"),
        Head("科目名称", f"{block}:name"),
        Head("决算数", f"{block}:{side}_amount"),
    )


def _budget_then_actual() -> tuple[Head, ...]:
    return tuple(Head(text, parts=_grid(prefix)) for text, prefix in (("预算数", "budget"), ("决算数", "actual")))


def _grid(prefix: str) -> tuple[Head, ...]:
    part = {key: Head(text, f"{prefix}_{key}") for key, text in _THREE_PUBLIC}
    vehicles = Head("公务用车购置及运行维护费", parts=tuple(part[key] for key, _ in _THREE_PUBLIC[2:5]))
    return part["total"], part["abroad"], vehicles, part["reception"]


def _interleaved() -> tuple[Head, ...]:
    """Shanghai: 预算数 and 决算数 side by side under every item."""
    part = {
        key: Head(text, parts=(Head("预算数", f"budget_{key}"), Head("决算数", f"actual_{key}")))
        for key, text in _THREE_PUBLIC
    }
    vehicles = Head("公务用车购置及运行维护费", parts=tuple(part[key] for key, _ in _THREE_PUBLIC[2:5]))
    return (Head("财政拨款“三公”经费", parts=(part["total"], part["abroad"], vehicles, part["reception"])),)
