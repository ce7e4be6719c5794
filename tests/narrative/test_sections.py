"""The sentences of an invented office, word by word."""

from dataclasses import replace

import pytest

from fiscal.model.cells import NUMBER, UNKNOWN, Cell
from fiscal.model.money import parse_amount
from fiscal.model.text import Paragraph
from fiscal.narrative import Figure, anchor, sections
from tests.narrative.office import office


def texts(account, key: str, **options) -> list[str]:
    found = next(section for section in sections(account, **options) if section.key == key)
    return [str(paragraph) for paragraph in found.paragraphs]


def test_shares_come_from_the_table_where_the_text_states_none():
    assert texts(office(), "expenditure") == [
        "2023年本年支出合计326.40万元，其中：基本支出241.08万元，占73.86%；项目支出85.32万元，占26.14%。"
    ]


def test_a_stated_figure_is_quoted_with_its_own_digits():
    slots = {"exp_basic_share": [parse_amount("73.9%")]}
    assert "基本支出241.08万元，占73.9%；" in texts(office(slots=slots), "expenditure")[0]


def test_every_figure_links_to_its_cell():
    section = next(s for s in sections(office()) if s.key == "expenditure")
    figures = [piece for piece in section.paragraphs[0].pieces if isinstance(piece, Figure)]
    summary = ("revenue_expenditure_summary", "expenditure_this_year", "expenditure_amount")
    assert figures[0].anchor == anchor(*summary)
    assert figures[0].source == "《收入支出决算总表》本年支出合计 · 支出/决算数"
    assert figures[1].anchor == "c-expenditure-total-basic"
    assert figures[1].cell.place.cell == "D5"
    assert figures[2].cell.derived and figures[2].anchor == ""


def hidden(account, table: str, row: str, **cells):
    """The account with cells of one row marked 未公开, or left blank."""
    made = {key: Cell(state, None, "万元", "") for key, state in cells.items()}
    account.disclosure.tables[table].row(row).cells.update(made)
    return account


def test_an_unknown_number_is_said_and_a_missing_change_too():
    summary = "revenue_expenditure_summary"
    account = hidden(office(), summary, "revenue_total", revenue_amount=UNKNOWN)
    hidden(account, summary, "expenditure_total", expenditure_amount=UNKNOWN)
    assert texts(account, "overall") == ["2023年度收、支总计未公开。与2022年相比的增减额未公开。"]


def test_an_unknown_share_leaves_no_hole():
    account = hidden(office(), "expenditure", "total", project=UNKNOWN)
    assert texts(account, "expenditure")[0].endswith("；项目支出未公开。")


def test_a_printed_zero_is_printed_and_a_blank_is_not():
    revenue = texts(office(), "revenue")[0]
    assert revenue.startswith("2023年本年收入合计326.40万元，其中：一般公共预算财政拨款收入326.40万元，占100.00%；")
    assert revenue.endswith("；其他收入0.00万元，占0.00%。")
    abroad = texts(office(), "tp_details")[1]
    assert abroad == "1.无因公出国（境）经费支出。"


def test_a_form_left_blank_is_said_to_be_blank():
    account = hidden(office(), "expenditure", "total", total="blank", basic="blank", project="blank")
    hidden(account, "revenue_expenditure_summary", "expenditure_this_year", expenditure_amount="blank")
    assert texts(account, "expenditure") == ["2023年本年支出合计空白。"]


def test_a_figure_that_another_place_contradicts_brings_the_contradiction_along():
    account = office()
    account.disclosure.tables["expenditure"].row("total").cells["total"] = parse_amount("336.40")
    section = next(s for s in sections(account) if s.key == "expenditure")
    figure = next(piece for piece in section.paragraphs[0].pieces if isinstance(piece, Figure))
    assert (figure.text, figure.conflict) == ("326.40万元", "《支出决算表》合计 · 合计写作336.40万元")


def test_a_stated_share_that_the_amounts_refute_is_not_repeated():
    slots = {"exp_basic_share": [parse_amount("83.86%")]}
    section = next(s for s in sections(office(slots=slots)) if s.key == "expenditure")
    share = [piece for piece in section.paragraphs[0].pieces if isinstance(piece, Figure)][2]
    assert (share.text, share.conflict) == ("73.86%", "决算情况说明写作83.86%")


def test_an_empty_table_is_said_as_none():
    assert texts(office(), "fund") == ["示例办公室2023年度无政府性基金预算财政拨款收入和支出。"]


@pytest.mark.parametrize(
    ("change", "percent", "direction", "said"),
    [
        ("12.15", "3.87%", "增加", "收、支总计各增加12.15万元，增长3.87%。"),
        ("12.15", "3.59%", "减少", "收、支总计各减少12.15万元，下降3.59%。"),
        ("0", "0%", "持平", "收、支总计各持平。"),
    ],
)
def test_direction_words_follow_the_stated_direction(change, percent, direction, said):
    slots = {"total_change": [parse_amount(change)], "total_change_percent": [parse_amount(percent)]}
    account = office(slots=slots, words={"total_direction": [direction]}, notes={"reasons": {"total": "人员增加。"}})
    assert texts(account, "overall")[0].endswith(f"与2022年相比，{said}主要变动原因是人员增加。")


def test_last_years_account_gives_the_change():
    before = office(year=2022)
    table = before.disclosure.tables["revenue_expenditure_summary"]
    table.row("revenue_total").cells["revenue_amount"] = Cell(NUMBER, parse_amount("314.25").value, "万元", "314.25")
    text = texts(office(), "overall", previous=before)[0]
    assert text == "2023年度收、支总计326.40万元。与2022年相比，收、支总计各增加12.15万元，增长3.87%。"


def test_items_carry_names_and_codes_one_paragraph_each():
    head, first, _, last = texts(office(), "gpb_items")
    assert head == "2023年一般公共预算支出决算数为326.40万元。其中："
    name = "1.一般公共服务支出201（类）政府办公厅（室）及相关机构事务03（款）事业运行50（项）"
    assert first == f"{name}：支出决算为176.79万元。"
    assert last == "3.住房保障支出221（类）住房改革支出02（款）住房公积金01（项）：支出决算为64.29万元。"


def test_budget_and_outcome_are_compared():
    text = texts(office(), "tp_overall")[0]
    assert text == "2023年“三公”经费财政拨款支出决算为6.02万元，完成预算94.06%。决算数小于预算数。"


def test_duties_that_are_nowhere_are_said_to_be_absent():
    assert texts(office(), "organisation") == ["资料中没有说明机构设置。"]
    assert texts(office(), "responsibilities") == ["资料中没有说明主要职能。"]


def test_duties_are_quoted_from_the_document_where_the_notes_are_silent():
    account = office()
    said = ["第一部分 部门概况", "一、主要职责", "（一）办理热线。", "（二）督查督办。", "二、机构设置", "设三个股。"]
    paragraphs = tuple(Paragraph(text) for text in said)
    account.disclosure = replace(
        account.disclosure, paragraphs=(Paragraph("一、主要职责", role="contents"), *paragraphs)
    )
    assert texts(account, "responsibilities") == ["（一）办理热线。", "（二）督查督办。"]
    assert texts(account, "organisation") == ["设三个股。"]


def test_the_sections_stand_in_order_with_their_numbers():
    found = sections(office())
    second = [s.heading for s in found if s.part == "决算情况说明" and s.level == 2]
    assert len(second) == 10
    assert second[4] == "五、一般公共预算财政拨款支出决算情况说明"
    parts = [s.heading for s in found if s.level == 3][:3]
    assert [p[:3] for p in parts] == ["（一）", "（二）", "（三）"]


def test_section_text_begins_with_its_heading():
    section = next(s for s in sections(office()) if s.key == "state_capital")
    assert section.text() == "九、国有资本经营预算支出决算情况说明\n2023年国有资本经营预算财政拨款支出未公开。"


def test_remarks_are_a_section_of_their_own():
    account = office(notes={"remarks": ["项目自评写30万元，支出表为28.96万元"]})
    assert texts(account, "remarks") == ["项目自评写30万元，支出表为28.96万元。"]
    assert not [s for s in sections(office()) if s.key == "remarks"]


def test_conflicting_facts_quote_both_figures_as_figures():
    conflict = {"what": "项目执行30万元，大于项目支出85.32万元", "slots": ["exp_project"]}
    account = office(notes={"performance": {"conflicts": [conflict]}})
    section = next(s for s in sections(account) if s.key == "remarks")
    figures = [piece for piece in section.paragraphs[0].pieces if isinstance(piece, Figure)]
    assert [f.text for f in figures] == ["85.32万元"]
    assert figures[0].anchor == "c-expenditure-total-project"


def test_noted_counts_keep_what_the_document_calls_approximate():
    workload = [
        {"name": "图文信息", "count": 20, "unit": "条", "approximate": True},
        {"name": "日报", "count": 235, "unit": "期"},
    ]
    section = next(s for s in sections(office(notes={"workload": workload})) if s.key == "workload")
    assert [line[1] for line in section.grids[0].lines] == ["20余条", "235期"]
