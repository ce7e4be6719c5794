"""Hypothesis strategies: one statutory table printed in many ways, and the numbers that must be read back."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st

from fiscal.dictionary.classification import functional
from fiscal.dictionary.tables import catalogue
from tests.readers.grids import grid

CODED = {
    "revenue": "收入决算表",
    "expenditure": "支出决算表",
    "general_public_budget_expenditure": "一般公共预算财政拨款支出决算表",
    "government_fund": "政府性基金预算财政拨款收入支出决算表",
    "state_capital_expenditure": "国有资本经营预算财政拨款支出决算表",
}
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def amounts():
    """(printed text, number that must be read or None)."""
    number = st.decimals(min_value=0, max_value=99_999_999, places=2)
    plain = number.map(lambda value: (f"{value:.2f}", f"{value:.2f}"))
    separated = number.map(lambda value: (f"{value:,.2f}", f"{value:.2f}"))
    wide = number.map(lambda value: (f"{value:,.2f}".translate(WIDE), f"{value:.2f}"))
    negative = number.filter(bool).map(lambda value: (f"（{value:.2f}）", f"{-value:.2f}"))
    empty = st.sampled_from([("", None), ("", None), ("—", None), ("-", None), ("未公开", None), ("0.00", "0.00")])
    return st.one_of(plain, plain, separated, wide, negative, empty)


@st.composite
def subjects(draw):
    """(code, name) of some classes with their sections and items, in order."""
    book = functional().by_code
    classes = draw(
        st.lists(st.sampled_from(sorted(c for c in book if len(c) == 3)), min_size=1, max_size=3, unique=True)
    )
    found = []
    for code in sorted(classes):
        found.append(code)
        groups = sorted(c for c in book if len(c) == 5 and c.startswith(code))[:2]
        for group in groups:
            items = sorted(c for c in book if len(c) == 7 and c.startswith(group))[: draw(st.integers(1, 3))]
            found += [group, *items]
    return [(code, book[code][-1].name) for code in found]


def code_cells(code, style):
    """One code in one cell, in three, or merged over three."""
    if style == "one":
        return [code]
    if style == "merged":
        return [code, "<", "<"]
    own = [code[:3], code[3:5], code[5:7]]
    if style == "first_only":
        return [code, "", ""]
    if style == "own":
        level = (len(code) - 3) // 2
        return [part if i == level else "" for i, part in enumerate(own)]
    return own


@st.composite
def coded_table(draw):
    """(table id, grids, expected numbers) of a table with functional subjects."""
    table = draw(st.sampled_from(sorted(CODED)))
    columns = [c for c in catalogue()[table].amounts if not c.optional]
    columns = draw(st.permutations(columns))
    style = draw(st.sampled_from(["one", "three", "merged", "own", "first_only"]))
    rows, expected = draw(_rows(columns, style))
    header = _header(columns, style, draw(st.booleans()))
    unit = draw(st.sampled_from(["万元", "元"]))
    before = [CODED[table], "公开02表", f"部门：某市档案馆　金额单位：{unit}"]
    pages = draw(_pages(rows, header))
    grids = [grid(page, before=before if number == 0 else [], page=number + 1) for number, page in enumerate(pages)]
    return table, unit, grids, expected


@st.composite
def _rows(draw, columns, style):
    listed = [("total", "合计"), *draw(subjects())]
    if draw(st.booleans()):
        listed = listed[1:] + listed[:1]
    rows, expected = [], {}
    for code, name in listed:
        printed = [draw(amounts()) for _ in columns]
        cells = (
            ["合计", *["<"] * (len(code_cells("201", style)))] if code == "total" else [*code_cells(code, style), name]
        )
        rows.append([*cells, *[text for text, _ in printed]])
        expected |= {(code, c.key): value for c, (_, value) in zip(columns, printed) if value is not None}
    return rows, expected


def _header(columns, style, numbered):
    codes = 1 if style == "one" else 3
    deep = any(column.parents[0] for column in columns)
    top = ["项目", *["<"] * codes]
    low = ["功能分类科目编码", *["<"] * (codes - 1), "科目名称"]
    last = None
    for column in columns:
        parent = column.parents[0] if column.parents[0] else None
        parent = next((p for p in column.parents if p), None) if deep else parent
        top.append("<" if parent and parent == last else parent or column.headers[0])
        low.append(column.headers[0] if parent else "^")
        last = parent
    rows = [top, low]
    if numbered:
        rows.append([*(["类", "款", "项"] if codes == 3 else [""]), "栏次", *[str(i + 1) for i in range(len(columns))]])
    return rows


@st.composite
def _pages(draw, rows, header):
    """The rows over one to three pages, headers repeated or not, with blank spill-over rows."""
    cuts = sorted(draw(st.sets(st.integers(1, len(rows)), max_size=2)))
    edges = [0, *[cut for cut in cuts if cut < len(rows)], len(rows)]
    repeated = draw(st.booleans())
    pages = []
    for start, end in pairwise(edges):
        page = list(rows[start:end])
        if draw(st.booleans()):
            page.append([""] * len(rows[0]))
        pages.append([*header, *page] if not pages or repeated else page)
    return pages


@st.composite
def sided_table(draw):
    """(table id, grids, expected) of a two-sided summary."""
    table = draw(st.sampled_from(["revenue_expenditure_summary", "appropriation_summary"]))
    entry = catalogue()[table]
    left = [row for row in entry.rows if row.side == "left"]
    right = [row for row in entry.rows if row not in left]
    ends = [row for row in right if row.side == "right"]
    right = [row for row in right if row.side != "right"] + ends
    lined = draw(st.booleans())
    lcols = [c for c in entry.amounts if c.side == "left" and not c.optional]
    rcols = [c for c in entry.amounts if c.side == "right" and not c.optional]
    height = max(len(left), len(right))
    rows, expected = [], {}
    for number in range(height):
        line = []
        for side, columns in ((left, lcols), (right, rcols)):
            row = side[number] if number < len(side) else None
            printed = [draw(amounts()) if row else ("", None) for _ in columns]
            line += [
                row.labels[0] if row else "",
                *([str(number + 1)] if lined else []),
                *[text for text, _ in printed],
            ]
            expected |= {
                (row.key, c.key): value for c, (_, value) in zip(columns, printed) if row and value is not None
            }
        rows.append(line)
    extra = ["行次"] if lined else []
    top = ["收入", *["<"] * (len(lcols) + lined), "支出", *["<"] * (len(rcols) + lined)]
    low = ["项目", *extra, *[c.headers[0] for c in lcols], "项目", *extra, *[c.headers[0] for c in rcols]]
    pages = draw(_pages(rows, [top, low]))
    grids = [
        grid(page, before=[entry.title, "单位：万元"] if n == 0 else [], page=n + 1) for n, page in enumerate(pages)
    ]
    return table, "万元", grids, expected


@st.composite
def panel_table(draw):
    """(table id, grids, expected) of the basic-expenditure table in two or three panels, or as a single list."""
    entry = catalogue()["general_public_budget_basic"]
    items = [row for row in entry.rows if row.code]
    personnel = [row for row in items if row.side == "personnel"]
    public = [row for row in items if row.side == "public"]
    shape = draw(st.sampled_from(["two", "three", "list"]))
    sides = {"two": [personnel, public], "three": [personnel, public[:28], public[28:]], "list": [personnel + public]}[
        shape
    ]
    rows, expected = [], {}
    for number in range(max(map(len, sides))):
        line = []
        for side in sides:
            row = side[number] if number < len(side) else None
            text, value = draw(amounts()) if row else ("", None)
            line += [row.code, row.labels[0], text] if row else ["", "", ""]
            if row and value is not None:
                expected[row.key, f"{row.side}_amount"] = value
        rows.append(line)
    if shape != "list":
        rows.append(["人员经费合计", "<", "10.00", "公用经费合计", *["<"] * (3 * len(sides) - 5), "20.00"])
        expected |= {("personnel_total", "personnel_amount"): "10.00", ("public_total", "public_amount"): "20.00"}
    header = [["经济分类科目编码", "科目名称", "决算数"] * len(sides)]
    pages = draw(_pages(rows, header))
    grids = [
        grid(page, before=[entry.title, "单位：万元"] if n == 0 else [], page=n + 1) for n, page in enumerate(pages)
    ]
    return "general_public_budget_basic", "万元", grids, expected


@st.composite
def matrix_table(draw):
    """(table id, grids, expected) of functional rows × economic columns, on several pages side by side."""
    table = "general_public_budget_expenditure_detail"
    items = [c for c in catalogue()[table].columns if c.code]
    titles = {c.code: c.headers[0] for c in items}
    listed = [("total", "合计"), *draw(subjects())]
    breadth = draw(st.integers(12, 40))
    grids, expected = [], {}
    for number, start in enumerate(range(0, len(items), breadth)):
        part = items[start : start + breadth]
        top, low, last = ["项目", "<"], ["科目编码", "科目名称"], None
        if number == 0:
            top, low = [*top, "合计"], [*low, "^"]
        for column in part:
            klass = column.code[:3]
            top.append("<" if klass == last else titles[klass])
            low.append("小计" if column.code == klass else column.headers[0])
            last = klass
        rows = []
        for code, name in listed:
            keys = (["total"] if number == 0 else []) + [c.key for c in part]
            printed = [draw(amounts()) if draw(st.integers(0, 9)) == 0 else ("", None) for _ in keys]
            rows.append(["" if code == "total" else code, name, *[text for text, _ in printed]])
            expected |= {(code, key): value for key, (_, value) in zip(keys, printed) if value is not None}
        grids.append(grid([top, low, *rows], before=[catalogue()[table].title] if number == 0 else [], page=number + 1))
    return table, "万元", grids, expected


@st.composite
def three_public_table(draw):
    """(table id, grids, expected) of the 三公 grid: national, interleaved or as a list."""
    items = ["total", "abroad", "vehicle", "vehicle_purchase", "vehicle_operation", "reception"]
    heads = dict(zip(items, ["合计", "因公出国（境）费", "小计", "公务用车购置费", "公务用车运行维护费", "公务接待费"]))
    values = {f"{g}_{i}": draw(amounts()) for g in ("budget", "actual") for i in items}
    shape = draw(st.sampled_from(["national", "interleaved", "list"]))
    vehicle = "公务用车购置及运行维护费"
    if shape == "national":
        rows = [["预算数", *["<"] * 5, "决算数", *["<"] * 5],
                ["合计", heads["abroad"], vehicle, "<", "<", heads["reception"]] * 2,
                ["^", "^", "小计", heads["vehicle_purchase"], heads["vehicle_operation"], "^"] * 2,
                [values[f"{g}_{i}"][0] for g in ("budget", "actual") for i in items]]  # fmt: skip
    elif shape == "interleaved":
        parts = ["小计", "<", heads["vehicle_purchase"], "<", heads["vehicle_operation"], "<"]
        rows = [["合计", "<", heads["abroad"], "<", vehicle, *["<"] * 5, heads["reception"], "<"],
                ["^", None, "^", None, *parts, "^", None],
                ["预算数", "决算数"] * 6,
                [values[f"{g}_{i}"][0] for i in items for g in ("budget", "actual")]]  # fmt: skip
    else:
        named = {
            **heads,
            "vehicle": "2.公务用车购置及运行维护费",
            "vehicle_purchase": "（1）公务用车购置费",
            "vehicle_operation": "（2）公务用车运行维护费",
            "abroad": "1.因公出国（境）费",
            "reception": "3.公务接待费",
        }
        rows = [
            ["项目", "预算数", "决算数"],
            *[[named[i], values[f"budget_{i}"][0], values[f"actual_{i}"][0]] for i in items],
        ]
    expected = {("data", key): value for key, (_, value) in values.items() if value is not None}
    return "three_public", "万元", [grid(rows, before=["财政拨款“三公”经费支出决算表", "单位：万元"])], expected


def exact(numbers):
    """Expected texts as they print after reading."""
    return {key: str(Decimal(value)) for key, value in numbers.items()}
