"""Years with their role, names of the body, leftovers, words about the document."""

from tests.statements.narrated import narrate

OVERALL = "一、收入支出决算总体情况说明"


def years(*lines: str, year: int = 2023) -> list[tuple[str, str]]:
    entries = narrate(*lines, year=year).lists.get("document_years", [])
    return [(str(entry["year"]), entry.get("role", "")) for entry in entries]


def test_roles_of_years():
    text = "2023年度收、支总计5.00万元。与2022年相比，收、支总计各增加1.00万元。主要原因是补发2021年奖金。"
    assert years(OVERALL, text) == [("2023", "current"), ("2022", "previous"), ("2021", "")]


def test_a_stale_year_keeps_the_role_the_sentence_gives_it():  # YD1, YD2
    assert years(OVERALL, "2022年度收、支总计5.00万元。与2021年相比，各增加1.00万元。") == [
        ("2022", "current"),
        ("2021", "previous"),
    ]


def test_last_years_level_beside_this_years():  # P33
    assert years(OVERALL, "2022年收、支总计4.00万元，2023年收、支总计5.00万元。") == [
        ("2022", "previous"),
        ("2023", "current"),
    ]


def test_headings_and_dates_are_current_policies_and_budgets_have_no_role():
    assert years("第二部分 2023年度部门决算情况说明") == [("2023", "current")]
    assert years("（三）国有资产占有使用情况", "截至2023年12月31日，共有车辆1辆。") == [("2023", "current")]
    assert years("一、主要职能", "落实《2021—2025年规划》和2019年文件。") == [("2025", ""), ("2019", "")]


def test_the_fiscal_year_comes_from_the_headings_when_nobody_knows_it():
    account = narrate("2023年度部门决算", "第二部分 2023年度部门决算情况说明", year=None)
    assert account.words["fiscal_year"] == ["2023"]
    assert "fiscal_year" not in narrate("没有年度。", year=None).words


def test_names_of_the_body_where_only_the_body_can_stand():
    name = "某市某县人民政府服务中心"
    account = narrate(
        f"2023年，{name}机关运行经费支出1.00万元。",
        "截至2023年12月31日，某市某区政务服务中心共有车辆1辆。",
        "市财政局为主管部门。",
        entity=name,
    )
    assert [entry["name"] for entry in account.lists["entity_mentions"]] == [name, "某市某区政务服务中心"]


def test_leftovers_of_the_form():
    account = narrate(OVERALL, "2023年度收、支总计XX万元，增加（减少）1.00万元。", "无支出的，仍保留该表格格式。")
    assert len(account.words["leftover_placeholder"]) == 2
    assert "leftover_placeholder" not in narrate(OVERALL, "2023年度收、支总计5.00万元。").words


def test_kind_of_body():
    account = narrate("二、机构设置", "本中心为区政府下属公益一类事业单位。")
    assert account.words["entity_type"] == ["事业单位"]
    assert narrate("二、机构设置", "从决算单位构成看，决算包括：局本级决算、下属事业单位决算。").words[
        "has_institution"
    ] == ["true"]
    assert "entity_type" not in narrate(OVERALL, "2023年度收、支总计5.00万元。").words


def test_sections_and_listed_tables():
    account = narrate(
        OVERALL, "2023年度收、支总计5.00万元。", "（一）一般公共预算财政拨款支出决算总体情况", listed=("revenue",)
    )
    assert [entry["key"] for entry in account.lists["sections"]] == ["overall", "gpb_overall", "gpb", "tables"]
    assert account.lists["tables_listed"] == [{"table": "revenue"}]
