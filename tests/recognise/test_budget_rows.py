"""Rows of budgets that are laid out otherwise: costs one below the other, projects, units."""

import openpyxl

import fiscal
from tests.forms.budget_forms import ENTITY


def book_of(path, *sheets: list[list]):
    """A workbook of these sheets, rows as given."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        made = book.create_sheet(str(number))
        for row in rows:
            made.append(row)
    book.save(path)
    return path


def texts(read, table):
    return {(row.key, key): cell.text for row in read.table(table).rows for key, cell in row.cells.items() if cell.text}


def test_three_public_items_as_rows_projects_and_units(tmp_path):
    """Costs one below the other, a total in the column of kinds, and rows of units, whose codes are no subjects."""
    whose = [f"部门：{ENTITY}", "", "", "", "单位：万元"]
    path = book_of(
        tmp_path / "2024年部门预算.xlsx",
        [
            ["2024年一般公共预算“三公”经费支出预算表"],
            whose,
            ["项目", "2023年预算数", "2024年预算数", "增减额"],
            ["合计", "4.50", "4.20", "-0.30"],
            ["1.因公出国（境）费用", "0", "0", "0"],
            ["2.公务接待费", "1.30", "1.20", "-0.10"],
            ["3.公务用车费", "3.20", "3.00", "-0.20"],
            ["其中：（1）公务用车运行维护费", "3.20", "3.00", "-0.20"],
            ["（2）公务用车购置", "0", "0", "0"],
        ],
        [
            ["部门收入总体情况表"],
            whose,
            ["部门（单位）代码", "部门（单位）名称", "合计", "一般公共预算", "政府性基金预算"],
            ["", "合计", "533.50", "473.50", "60.00"],
            ["205", ENTITY, "333.50", "273.50", "60.00"],
            ["205002", "澜滨县第一中学", "200.00", "200.00", ""],
        ],
        [
            ["2024年项目支出表"],
            whose,
            ["项目类别", "项目名称", "项目单位", "合计", "一般公共预算", "政府性基金预算"],
            ["合计", "", "", "160.00", "100.00", "60.00"],
            ["特定目标类", "校舍维修", "本级", "100.00", "100.00", ""],
            ["特定目标类", "校园征地", "本级", "60.00", "", "60.00"],
        ],
        [
            ["2024年项目支出绩效目标表"],
            whose,
            ["项目名称", "校舍维修", "年度资金总额", "100.00"],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "维修学校数", "12所"],
        ],
    )
    read = fiscal.read(path)
    assert texts(read, "budget_three_public") == {
        ("data", "budget_total"): "4.20",
        ("data", "budget_abroad"): "0",
        ("data", "budget_reception"): "1.20",
        ("data", "budget_vehicle"): "3.00",
        ("data", "budget_vehicle_operation"): "3.00",
        ("data", "budget_vehicle_purchase"): "0",
    }
    units = texts(read, "budget_revenue")
    assert units["澜滨县第一中学", "total"] == "200.00" and units["total", "appropriation_general"] == "473.50"
    projects = texts(read, "budget_projects")
    assert projects["total", "total"] == "160.00" and projects["校园征地", "fund"] == "60.00"
    assert set(read.disclosure.tables) == {"budget_three_public", "budget_revenue", "budget_projects"}
    assert read.disclosure.unread == () and [one.message for one in read.check()] == []
