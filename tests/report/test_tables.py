"""Tables print cells as published, escape every text, and carry headers for screen readers."""

import re
from dataclasses import replace

from fiscal.model.finding import Finding, doubts
from fiscal.model.table import Row
from fiscal.report.account.statutory import table_html
from fiscal.report.kit.markup import Raw, tag
from tests.narrative.office import cell, office, table


def html_of(name: str, marked=None) -> str:
    return table_html(office().table(name), marked)


def test_elements_escape_what_is_not_raw():
    assert tag("p", "<b>&", title='"x"') == '<p title="&quot;x&quot;">&lt;b&gt;&amp;</p>'
    assert tag("p", Raw("<b>x</b>"), class_="a", data_v=3, hidden=True, id=None) == (
        '<p class="a" data-v="3" hidden><b>x</b></p>'
    )


def test_caption_holds_the_unit_once_and_cells_are_as_printed():
    text = html_of("expenditure")
    assert text.count("万元") == 1
    assert '<td id="c-expenditure-total-basic">241.08</td>' in text


def test_blank_zero_and_unknown_stay_three_things():
    assert '<td id="c-expenditure-2010350-project" class="blank"></td>' in html_of("expenditure")
    assert '<td id="c-expenditure-2210201-basic" class="unknown">未公开</td>' in html_of("expenditure")
    assert ">0.00</td>" in html_of("revenue_expenditure_summary")


def test_headers_have_scope_and_levels_are_indented():
    text = html_of("expenditure")
    assert '<th scope="col">基本支出</th>' in text
    assert '<th scope="row" class="l3">事业运行</th>' in text
    assert '<tr class="total">' in text and '<tr class="class">' in text


def test_parents_of_headers_span_their_columns():
    text = html_of("three_public")
    assert '<th scope="colgroup" class="group" colspan="3">决算数</th>' in text
    assert '<th scope="col" class="left" rowspan="2">项目</th>' in text


def test_two_sided_tables_keep_their_halves_on_one_line():
    two = table("s", "总表", {"revenue_amount": "收入/决算数", "expenditure_amount": "支出/决算数"}, [])
    sides = [
        Row("a", "", "甲收入", "", {"revenue_amount": cell("1.00")}, "revenue"),
        Row("b", "", "乙支出", "", {"expenditure_amount": cell("0.40")}, "expenditure"),
        Row("c", "", "丙支出", "", {"expenditure_amount": cell("0.60")}, "expenditure"),
        Row("revenue_total", "", "总计", "", {"revenue_amount": cell("1.00")}, "revenue"),
        Row("expenditure_total", "", "总计", "", {"expenditure_amount": cell("1.00")}, "expenditure"),
    ]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table_html(replace(two, rows=tuple(sides))))[2:]
    texts = [re.sub(r"<[^>]+>", "|", row) for row in rows]
    assert [re.sub(r"\|+", "|", text) for text in texts] == [
        "|甲收入|1.00|乙支出|0.40|", "|丙支出|0.60|", "|总计|1.00|总计|1.00|",
    ]  # fmt: skip


def test_a_number_that_a_finding_holds_for_wrong_is_marked_and_leads_to_it():
    account = office()
    bad, fine = (account.amount("expenditure", "2010399", column) for column in ("total", "project"))
    small = Finding("a", "info", "小事", evidence=(fine,), suspects=(fine,))
    wrong = Finding("b", "error", "与公开09表 85.23 不符", evidence=(bad, fine), suspects=(bad,), cause="digit")
    text = table_html(account.table("expenditure"), doubts([small, wrong]))
    assert re.findall(r'<td[^>]*class="bad[^>]*>.*?</td>', text) == [
        '<td id="c-expenditure-2010399-total" title="与公开09表 85.23 不符" class="bad error">85.32<span class="mark">'
        '<a href="#finding-2" title="与公开09表 85.23 不符" class="see error">不符，见第2项</a></span></td>'
    ]


def test_where_one_of_several_is_wrong_each_is_only_doubted():
    account = office()
    pair = tuple(account.amount("expenditure", "2010399", column) for column in ("total", "project"))
    found = doubts([Finding("b", "error", "两处不一致", evidence=pair, suspects=pair, cause="undecided")])
    assert [found[id(cell)].word for cell in pair] == ["存疑", "存疑"]


def test_a_label_with_markup_is_text():
    evil = table("expenditure", "<script>", {"total": "合计"}, [("x", "", "<img src=x onerror=1>", "", "1.00")])
    text = table_html(evil)
    assert "<script>" not in text and "<img" not in text


def test_columns_without_numbers_of_a_very_wide_table_are_named_instead():
    wide = {f"e{i}": f"科目{i}" for i in range(20)}
    texts = ["1.00", *(["未公开"] * 9), *([""] * 10)]
    text = table_html(table("d", "明细表", wide, [("total", "", "合计", "total", *texts)]))
    assert "另有9栏全部未公开" in text and "另有10栏全部空白" in text
    assert text.count("<td") == 1


def test_every_id_stands_once():
    twice = table(
        "f", "基金表", {"total": "合计"}, [("208", "208", "甲", "class", "1.00"), ("208", "208", "甲", "class", "2.00")]
    )
    assert table_html(twice).count('id="c-f-208-total"') == 1


def test_panels_pair_by_code_and_end_with_their_totals():
    two = table("b", "基本支出表", {"personnel_amount": "人员经费/决算数", "public_amount": "公用经费/决算数"}, [])
    rows = [
        Row("e302", "302", "商品和服务支出", "economic_class", {"public_amount": cell("1.00")}, "public"),
        Row("e301", "301", "工资福利支出", "economic_class", {"personnel_amount": cell("2.00")}, "personnel"),
        Row("e30201", "30201", "办公费", "economic_item", {"public_amount": cell("1.00")}, "public"),
        Row("personnel_total", "", "人员经费合计", "", {"personnel_amount": cell("2.00")}, "personnel"),
        Row("public_total", "", "公用经费合计", "", {"public_amount": cell("1.00")}, "public"),
    ]
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", table_html(replace(two, rows=tuple(rows))))[2:]
    texts = [re.sub(r"(<[^>]+>)+", "|", line) for line in lines]
    assert texts == [
        "|301 工资福利支出|2.00|302 商品和服务支出|1.00|",
        "|30201 办公费|1.00|",
        "|人员经费合计|2.00|公用经费合计|1.00|",
    ]


def silent_table(count: int, *, amount: str = "未公开") -> str:
    rows = [Row(f"r{i}", f"{30100 + i}", f"科目{i}", "item", {"total": cell(amount)}) for i in range(count)]
    total = Row("total", "", "合计", "total", {"total": cell("9.00")})
    return table_html(replace(table("s", "明细表", {"total": "合计"}, []), rows=(total, *rows)))


def test_many_rows_without_any_known_number_are_folded_and_counted_but_stay_in_the_page():
    text = silent_table(30)
    assert text.count('<tr class="silent">') == 30 and "显示各栏未公开的 30 行" in text
    assert text.count(">未公开</td>") == 30 and '<tr class="total">' in text


def test_a_few_such_rows_and_rows_that_are_zero_are_not_folded():
    assert "silent" not in silent_table(29)
    assert "silent" not in silent_table(30, amount="0.00") and "silent" not in silent_table(30, amount="")
