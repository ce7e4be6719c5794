"""Budgets in ten forms of other places: every cell is read as what it is, and sound ones stay quiet."""

from collections.abc import Callable

import pytest

import fiscal
from tests.forms.budget_forms import (
    BASIC,
    CLASSES,
    ENTITY,
    FUND,
    GENERAL,
    KEYS,
    LAST_THREE,
    THREE,
    YEAR,
    Column,
    Sheet,
    added,
    basic,
    change,
    grid,
    last,
    project,
    rate,
    subjects,
    total,
    two_sided,
    write,
)

G, F, R, X = "budget_general_public_expenditure", "budget_government_fund", "budget_revenue", "budget_expenditure"
S, A, B, C = "budget_summary", "budget_appropriation_summary", "budget_general_public_basic", "budget_state_capital"
EVERY = {code: line for lines in (GENERAL, FUND) for code, line in sorted(lines.items()) if code != "total"}
EVERY["total"] = ("合计", "334.00", "39.50", "160.00", "525.10")
NATURES = (
    Column(("合计",), "total", total),
    Column(("基本支出",), "basic", basic),
    Column(("项目支出",), "project", project),
)
PARTED = (
    Column(("合计",), "total", total),
    Column(("基本支出", "小计"), "basic", basic),
    Column(("基本支出", "人员经费"), "basic_personnel", lambda line: line[1]),
    Column(("基本支出", "公用经费"), "basic_public", lambda line: line[2]),
    Column(("项目支出",), "project", project),
)
COMPARED = (
    Column(("{last}年执行数",), "previous", last),
    Column(("{year}年预算数", "小计"), "total", total),
    Column(("{year}年预算数", "基本支出"), "basic", basic),
    Column(("{year}年预算数", "项目支出"), "project", project),
    Column(("{year}年预算数比{last}年执行数", "增减额"), "change", change),
    Column(("{year}年预算数比{last}年执行数", "增减%"), "change_percent", rate),
)
BESIDE = (
    Column(("{last}年预算数",), "previous_budget", last),
    Column(("{year}年预算数", "合计"), "total", total),
    Column(("{year}年预算数", "基本支出"), "basic", basic),
    Column(("{year}年预算数", "项目支出"), "project", project),
    Column(("比上年增减", "增减额"), "change", change),
    Column(("比上年增减", "增减率"), "change_percent", rate),
)
UNDER = tuple(Column(("一般公共预算支出", *column.heads), column.key, column.value) for column in NATURES)
ECONOMIC = (
    Column(("{year}年基本支出", "合计"), "total", lambda line: added(line[1], line[2])),
    Column(("{year}年基本支出", "人员经费"), "personnel_amount", lambda line: line[1]),
    Column(("{year}年基本支出", "公用经费"), "public_amount", lambda line: line[2]),
)
PLAIN_ECONOMIC = tuple(Column(column.heads[1:], column.key, column.value) for column in ECONOMIC)


def general(line: tuple) -> str:
    return "" if line in FUND.values() and line[0] != "合计" else added(line[1], line[2], line[3])


def income(kind: str) -> tuple[Column, ...]:
    """The columns of the table of income: appropriation as one, or the three funds with 单位资金 beside them."""
    if kind == "one":
        return (
            Column(("合计",), "total", total),
            Column(("财政拨款收入",), "appropriation", total),
            Column(("事业收入",), "operating_income"),
            Column(("事业单位经营收入",), "business_income"),
            Column(("其他收入",), "other_income"),
        )
    funds = (lambda line: "533.50" if line[0] == "合计" else total(line), lambda line: "")
    named = ("一般公共预算拨款收入", "政府性基金预算拨款收入", "国有资本经营预算拨款收入")
    values = (
        lambda line: "473.50" if line[0] == "合计" else "" if line in FUND.values() else total(line),
        lambda line: "60.00" if line[0] == "合计" else total(line) if line in FUND.values() else "",
        funds[1],
    )
    keys = ("appropriation_general", "appropriation_fund", "appropriation_state_capital")
    if kind == "funds":
        columns = [Column((head,), key, value) for head, key, value in zip(named, keys, values, strict=True)]
        own = [
            Column((head,), key)
            for head, key in (
                ("财政专户管理资金收入", "finance_account"),
                ("事业收入", "operating_income"),
                ("上级补助收入", "superior_subsidy"),
                ("其他收入", "other_income"),
            )
        ]
        return (Column(("合计",), "total", funds[0]), Column(("上年结转",), "carried_in"), *columns, *own)
    heads = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
    columns = [Column(("本年收入", head), key, value) for head, key, value in zip(heads, keys, values, strict=True)]
    return (
        Column(("合计",), "total", funds[0]),
        Column(("本年收入", "小计"), "this_year", funds[0]),
        *columns,
        Column(("本年收入", "财政专户管理资金"), "finance_account"),
        Column(("上年结转结余",), "carried_in"),
    )


def summary(title: str, *, head: str, said: str = "预算数", sums: bool = True, names: tuple[str, str, str]) -> Sheet:
    """`head`: the line above the funds, or ""; `sums`: income and expenditure of the year are printed."""
    left = [(head, "appropriation", "533.50")] if head else []
    left += [
        (f"{mark}{name}", key, text)
        for mark, name, key, text in zip(
            ("1. ", "2. ", "3. ") if head else ("一、", "二、", "三、"),
            names,
            ("general_public_budget", "government_fund", "state_capital"),
            ("473.50", "60.00", ""),
            strict=True,
        )
    ]
    left += [("二、事业收入" if head else "四、事业收入", "operating_income", ""), ("其他收入", "other_income", "")]
    numerals = "一二三四"
    right = [
        (f"{numerals[at]}、{name}", KEYS[name], {"expenditure_amount": text})
        for at, (name, text) in enumerate(CLASSES.items())
    ]
    if sums:
        left += [("本年收入合计", "revenue_this_year", "533.50"), ("上年结转", "opening_balance", "")]
        right += [
            ("本年支出合计", "expenditure_this_year", {"expenditure_amount": "533.50"}),
            ("结转下年", "closing_balance", {}),
        ]
    height = max(len(left), len(right))
    left += [("", "", "")] * (height - len(left))
    right += [("", "", {})] * (height - len(right))
    left.append(("收入总计", "revenue_total", "533.50"))
    right.append(("支出总计", "expenditure_total", {"expenditure_amount": "533.50"}))
    return two_sided(title, S, left, right, [("", "expenditure_amount")], said=said)


def appropriation(title: str, *, years: bool) -> Sheet:
    """`years`: 一、本年收入 with the funds under it and 二、上年结转; otherwise the funds alone."""
    funds = (
        ("一般公共预算拨款", "general_public_budget", "473.50"),
        ("政府性基金预算拨款", "government_fund", "60.00"),
        ("国有资本经营预算拨款", "state_capital", ""),
    )
    marks = ("（一）", "（二）", "（三）") if years else ("一、", "二、", "三、")
    left = [("一、本年收入", "revenue_this_year", "533.50")] if years else []
    left += [(f"{mark}{name}", key, text) for mark, (name, key, text) in zip(marks, funds, strict=True)]
    whole = {"expenditure_total": "533.50", "expenditure_general": "473.50", "expenditure_fund": "60.00"}
    right: list = [("一、本年支出", "expenditure_this_year", whole)] if years else []
    for at, (name, text) in enumerate(CLASSES.items()):
        kind = "expenditure_fund" if name == "城乡社区支出" else "expenditure_general"
        mark = f"（{'一二三四'[at]}）" if years else f"{'一二三四'[at]}、"
        right.append((f"{mark}{name}", KEYS[name], {"expenditure_total": text, kind: text}))
    if years:
        left += [("二、上年结转", "opening_balance", "")]
        right += [("二、结转下年", "closing_balance", {})]
    height = max(len(left), len(right))
    left += [("", "", "")] * (height - len(left)) + [("收入总计", "revenue_total", "533.50")]
    right += [("", "", {})] * (height - len(right)) + [("支出总计", "expenditure_grand_total", whole)]
    columns = [
        ("合计", "expenditure_total"),
        ("一般公共预算", "expenditure_general"),
        ("政府性基金预算", "expenditure_fund"),
        ("国有资本经营预算", "expenditure_state_capital"),
    ]
    return two_sided(title, A, left, right, columns)


POOL = ("一般公共预算拨款收入", "政府性基金预算拨款收入", "国有资本经营预算拨款收入")
MONEY = ("一般公共预算资金", "政府性基金", "国有资本经营预算")
ONE = [("", THREE, "budget_")]
TWO = [("{last}年预算数", LAST_THREE, "previous_"), ("{year}年预算数", THREE, "budget_")]


def form(
    titles: dict[str, str],
    *,
    head: str = "",
    sums: bool = True,
    years: bool = True,
    names: tuple = POOL,
    revenue: str = "funds",
    natures: tuple = NATURES,
    economic: tuple = ECONOMIC,
    three: list = ONE,
    vehicle: str = "公务用车购置及运行费",
    split: bool = False,
    first: bool = False,
) -> list[Sheet]:
    """The tables of one form, in the order that all of them print."""
    more = {"split": split, "first": first}
    return [
        summary(titles[S], head=head, sums=sums, names=names),
        subjects(titles[R], R, income(revenue), EVERY, **more),
        subjects(titles[X], X, NATURES, EVERY, **more),
        appropriation(titles[A], years=years),
        subjects(titles[G], G, natures, GENERAL, **more),
        subjects(titles[B], B, economic, BASIC, first=first),
        grid(titles["three"], three, vehicle=vehicle),
        subjects(titles[F], F, NATURES, FUND, **more),
    ]


def titled(pattern: str, **own: str) -> dict[str, str]:
    names = {
        S: "收支",
        R: "收入",
        X: "支出",
        A: "财政拨款收支",
        G: "一般公共预算支出",
        B: "一般公共预算基本支出",
        "three": "一般公共预算“三公”经费支出",
        F: "政府性基金预算支出",
    }
    return {key: own.get(key) or pattern.format(name) for key, name in names.items()}


FORMS: dict[str, Callable[[], list[Sheet]]] = {
    "central": lambda: form(
        {
            S: "部门收支总表",
            R: "部门收入总表",
            X: "部门支出总表",
            A: "财政拨款收支总表",
            G: "一般公共预算支出表",
            B: "一般公共预算基本支出表",
            "three": "一般公共预算“三公”经费支出表",
            F: "政府性基金预算支出表",
        },
        natures=COMPARED,
        three=TWO,
    ),
    "situation": lambda: form(
        titled(
            "{}总体情况表",
            **{
                G: "一般公共预算支出情况表（按功能分类科目）",
                B: "一般公共预算基本支出情况表（按支出经济分类科目）",
                "three": "一般公共预算“三公”经费支出情况表",
                F: "政府性基金预算支出情况表",
            },
        )
    ),
    "numbered": lambda: form(
        titled(
            "表1 {}表",
            **{S: "公开01表 收支总表", R: "公开02表 收入总表", X: "公开03表 支出总表", A: "公开04表 财政拨款收支总表"},
        ),
        economic=PLAIN_ECONOMIC,
    ),
    "split codes": lambda: form(
        titled(f"{YEAR}年部门{{}}预算表"),
        split=True,
        revenue="one",
        head="一、财政拨款收入",
        names=MONEY,
        sums=False,
        years=False,
        natures=UNDER,
    ),
    "units": lambda: form(
        titled(
            "单位{}预算总表",
            **{
                G: "一般公共预算支出预算表",
                B: "一般公共预算基本支出预算表",
                "three": "“三公”经费预算表",
                F: "政府性基金预算支出预算表",
            },
        ),
        revenue="one",
        natures=PARTED,
    ),
    "parts of basic": lambda: form(
        titled("{}预算表", **{S: "收支预算总表", A: "财政拨款收支预算总表"}), natures=PARTED, first=True
    ),
    "beside last year": lambda: form(
        titled("部门{}预算表", **{S: "部门收支预算总表", A: "财政拨款收支预算总表"}),
        natures=BESIDE,
        three=[("本年预算数", THREE, "budget_")],
    ),
    "this year and carried": lambda: form(
        titled(
            "{}总表",
            **{
                G: "一般公共预算支出表",
                B: "一般公共预算基本支出表",
                "three": "“三公”经费支出表",
                F: "政府性基金支出表",
            },
        ),
        revenue="years",
    ),
    "vehicles kept": lambda: form(
        titled(
            "{}总表",
            **{
                G: "一般公共预算财政拨款支出预算表",
                B: "一般公共预算财政拨款基本支出预算表",
                "three": "财政拨款“三公”经费支出预算表",
                F: "政府性基金预算支出表",
            },
        ),
        vehicle="公务用车购置及运行维护费",
        first=True,
    ),
    "two years of three": lambda: form(
        titled(
            "部门{}总表",
            **{
                G: "部门一般公共预算支出表",
                B: "部门一般公共预算基本支出表",
                "three": "部门“三公”经费支出预算表",
                F: "部门政府性基金预算支出表",
            },
        ),
        three=[("上年预算数", LAST_THREE, "previous_"), ("本年预算数", THREE, "budget_")],
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_cell_of_a_form_is_read_and_a_sound_budget_is_quiet(name, tmp_path):
    sheets = FORMS[name]()
    read = fiscal.read(write(sheets, tmp_path / f"{YEAR}年部门预算.xlsx"))
    assert (read.kind, read.entity, read.year, read.disclosure.unread) == ("budget", ENTITY, YEAR, ())
    got = {
        (table.id, row.key, column.key): cell.text
        for table in read.disclosure.tables.values()
        for row, column, cell in table.cells()
        if cell.is_number
    }
    wanted = {(sheet.table, *key): text for sheet in sheets for key, text in sheet.cells.items()}
    assert {key: got.get(key) for key in wanted if got.get(key) != wanted[key]} == {}
    assert set(got) - set(wanted) == set() and len(wanted) > 130
    found = read.check()
    assert [one.message for one in found if one.severity != "info"] == [] and found.checks["passed"] > 150
