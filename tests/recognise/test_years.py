"""The year is what titles and sentences agree on."""

from fiscal.recognise.years import year_of, years_in

FINAL = "final_account"


def test_neither_a_date_nor_a_year_of_comparison_dates_an_account():
    body = [
        "2021年“三公”经费支出4.00万元，较2020年决算数减少1.00万元。",
        "公务接待费1.00万元，较2020年决算数减少0.50万元。",
    ]
    assert year_of([], ["清河县水务局“三公”经费决算公开", "2022年9月1日"], body, kind=FINAL) == 2021
    assert years_in("截至公开之日2022年9月1日") == []


def test_many_sentences_outweigh_a_title_and_a_title_outweighs_one():
    title = ["清河县水务局2020年度部门决算"]
    body = ["2021年度收入总计9.00万元，与2020年度相比增加1.00万元。", "2021年度机关运行经费支出3.00万元。"]
    assert year_of([], title, body, kind=FINAL) == 2021
    assert year_of([], title, body[1:], kind=FINAL) == 2020


def test_of_two_years_in_a_title_the_kind_decides():
    title = ["清河县水务局2021年“三公”经费决算及2022年“三公”经费预算公开"]
    assert year_of([], title, ["2022年“三公”经费预算安排3.00万元。"], kind=FINAL) == 2021
    assert year_of([], title, [], kind="budget") == 2022


def test_a_budget_is_not_dated_by_last_years_execution():
    body = [
        "2024年收入预算9.00万元，比2023年预算增加1.00万元。",
        "2023年决算支出8.00万元。",
        "2023年支出决算7.00万元。",
    ]
    assert year_of([], ["清河县水务局部门预算"], body, kind="budget") == 2024


def test_next_years_budget_in_front_does_not_date_the_account():
    title = ["一、2022年“三公”经费预算安排情况", "二、2021年“三公”经费决算情况"]
    body = [
        "2022年度“三公”经费预算总计3.00万元。2022年度“三公”经费预算较2021年度增加1.00万元。",
        "2021年度“三公”经费合计支出2.00万元。",
    ]
    assert year_of([], title, body, kind=FINAL) == 2021
    assert years_in("清河县水务局2021度部门决算报表") == [2021]


def test_nothing_dated_gives_no_year():
    assert year_of([], ["部门决算"], ["收入总计9.00万元。"], kind=FINAL) is None
