"""What must stand beside an amount, and what the glossary must explain."""

import re
from dataclasses import replace

import pytest

from fiscal.checks.wording.run_text import run_text
from fiscal.model.cells import Place
from fiscal.model.text import Claim, Narrative
from fiscal.model.unread import Unread

from .builders import disclosure, narrative, number, table
from .test_text_rules import account, paragraphs

SPENT = "2022年“三公”经费支出决算为1.10万元，完成预算100%，与上年持平。"


def of_costs(*texts: str, slots: dict[str, object] | None = None, **fields) -> list[str]:
    """Rules that fire on a section on the three public costs with these slots."""
    stated = narrative(slots or {})
    cells = [Claim(slot, "amount", cell, "three_public") for slot, found in stated.slots.items() for cell in found]
    words = Narrative(paragraphs(SPENT, *texts, section="three_public"), tuple(cells), stated.slots)
    return [outcome.rule for outcome in run_text(account(**fields), words)]


def test_reception_needs_batches_and_persons():
    assert of_costs("公务接待费支出1.10万元。", slots={"tp_reception": "1.10"}) == ["MD1"]
    assert of_costs("公务接待费支出1.10万元，国内接待5批次。", slots={"tp_reception": "1.10"}) == ["MD1"]
    assert of_costs("公务接待费支出1.10万元，国内接待5批次、30人次。", slots={"tp_reception": "1.10"}) == []
    assert of_costs("公务接待费支出0万元。", slots={"tp_reception": "0"}) == []


def test_foreign_guests_do_not_stand_for_domestic_reception():
    texts = ("公务接待费支出1.10万元。", "外事接待0批次，0人。")
    assert of_costs(*texts, slots={"tp_reception": "1.10"}) == ["MD1"]


def test_guests_from_abroad_in_the_same_sentence_hide_no_counts():
    told = "主要用于工作餐，公务接待6批次、41人次，其中：接待外宾0批次、0人次。"
    assert of_costs("公务接待费支出1.10万元。", told, slots={"tp_reception": "1.10"}) == []


def test_travel_abroad_needs_groups_and_persons():
    assert of_costs("因公出国（境）费支出3.00万元。", slots={"tp_abroad": "3.00"}) == ["MD2"]
    assert of_costs("因公出国（境）费支出3.00万元，团组1个，2人次。", slots={"tp_abroad": "3.00"}) == []


def test_running_costs_need_the_stock_of_cars():
    assert of_costs("公务用车运行维护费支出4.00万元。", slots={"tp_vehicle_operation": "4.00"}) == ["MD3"]
    texts = ("公务用车运行维护费支出4.00万元，公务用车保有量1辆。",)
    assert of_costs(*texts, slots={"tp_vehicle_operation": "4.00"}) == []


def test_a_merged_cost_of_cars_does_not_disclose_the_purchase():
    slots = {"tp_vehicle": "4.00", "tp_vehicle_operation": "4.00"}
    stock = "公务用车购置及运行维护费支出4.00万元，公务用车保有量1辆。"
    assert of_costs(stock, slots=slots) == ["MD14"]
    assert of_costs(stock, "全年未购置公务用车。", slots=slots) == []
    assert of_costs(stock, "其中：公务用车购置费0万元。", slots=slots) == []
    assert of_costs(stock, "以上支出全部为公务用车运行费。", slots=slots) == []


def test_budgets_and_texts_with_unread_pages_are_asked_for_nothing():
    slots = {"tp_reception": "1.10"}
    assert of_costs("公务接待费1.10万元。", slots=slots, kind="budget") == []
    assert of_costs("公务接待费1.10万元。", slots=slots, unread=(Unread("page"),)) == []


def test_the_summary_of_a_county_is_asked_for_no_counts():
    slots = {"tp_reception": "1.10"}
    assert of_costs("由财政部门汇总，公务接待费1.10万元。", slots=slots) == []
    assert of_costs("公务接待费1.10万元。", slots=slots, entity="清河县") == []


def test_a_notice_alone_is_warned_an_account_is_held_to_the_law():
    stated = narrative({"tp_reception": "1.10"})
    cells = (Claim("tp_reception", "amount", stated.slots["tp_reception"][0], "three_public"),)
    costs = paragraphs("公务接待费1.10万元。", section="three_public")
    rest = (*paragraphs("收入。", section="revenue"), *paragraphs("支出。", section="expenditure"))

    def severities(words) -> list[str]:
        return [one.severity for one in run_text(account(kind="final_account"), Narrative(words, cells, stated.slots))]

    assert (severities(costs), severities((*costs, *rest))) == (["warning"], ["error"])


def test_counts_are_searched_in_the_whole_text():
    stated = narrative({"tp_vehicle_operation": "4.00"})
    cells = (Claim("tp_vehicle_operation", "amount", stated.slots["tp_vehicle_operation"][0], "three_public"),)
    other = paragraphs("截至年末，公务用车保有1辆。", section="assets")
    words = Narrative((*paragraphs("车辆运行费4.00万元。", section="three_public"), *other), cells, stated.slots)
    assert run_text(account(), words) == []


def test_procurement_names_goods_works_and_services():
    def told(text: str) -> list[str]:
        stated = narrative({"procurement": "5.00"})
        words = Narrative(paragraphs(text, section="procurement"), (), stated.slots)
        return [outcome.expected or "" for outcome in run_text(account(), words) if outcome.rule == "MD15"]

    assert told("政府采购支出总额5.00万元，其中：政府采购货物支出5.00万元。") == ["工程、服务采购各多少"]
    assert told("政府采购支出总额5.00万元，其中：货物5.00万元，工程0万元，服务0万元。") == []
    assert told("") == []


def test_procurement_names_what_small_and_medium_firms_won_since_the_law_asks_for_it():
    def told(text: str, year: int = 2022) -> int:
        words = Narrative(paragraphs(text, section="procurement"), (), narrative({"procurement": "5.00"}).slots)
        return sum(one.rule == "MD16" for one in run_text(replace(account(), year=year), words))

    assert told("政府采购支出总额5.00万元，均为货物。") == 1
    assert told("政府采购支出总额5.00万元，授予中小企业合同金额5.00万元。") == 0
    assert told("政府采购支出总额5.00万元，均为货物。", year=2018) == told("") == 0


def test_costs_are_to_be_compared_with_budget_and_last_year():
    stated = narrative({"tp": "1.10"})
    cells = (Claim("tp", "amount", stated.slots["tp"][0], "three_public"),)
    bare = Narrative(paragraphs("“三公”经费支出1.10万元。", section="three_public"), cells, stated.slots)
    found = run_text(account(), bare)
    assert [outcome.rule for outcome in found] == ["MD11", "MD11"]
    assert "没有写与预算数的比较" in found[0].message
    assert of_costs(slots={"tp": "1.10"}) == []


def test_shanghai_wants_the_part_for_foreign_guests():
    texts = ("公务接待费支出1.10万元，国内接待5批次、30人次。",)
    slots = {"tp": "1.10", "tp_reception": "1.10"}
    assert of_costs(*texts, slots=slots, profile="shanghai9") == ["MD13"]
    assert of_costs(*texts, slots=slots) == []


def changed(text: str, value: str = "20.44") -> list[str]:
    cell = number(value)
    words = Narrative(
        paragraphs(text, section="operating_expenses"),
        (Claim("operating_expenses_change", "change", cell, "operating_expenses"),),
    )
    return [outcome.rule for outcome in run_text(account(), words)]


def test_a_change_needs_a_reason():
    assert changed("机关运行经费支出22.90万元，比2021年减少20.44万元。") == ["MD5"]
    assert changed("机关运行经费支出22.90万元，比2021年减少20.44万元。主要原因是厉行节约。") == []
    assert changed("机关运行经费支出22.90万元，与2021年持平。", "0") == []


def test_a_gap_to_the_budget_needs_a_reason():
    cell = number("95.74%")
    rate = (Claim("tp_completion", "completion", cell, "three_public"),)
    bare = Narrative(paragraphs("“三公”经费支出决算为5.84万元，完成预算95.74%。", section="three_public"), rate)
    assert [outcome.rule for outcome in run_text(account(), bare)] == ["MD6"]
    told = Narrative(paragraphs("“三公”经费完成预算95.74%，主要原因是厉行节约。", section="three_public"), rate)
    assert run_text(account(), told) == []
    other = Narrative(paragraphs("完成预算95.74%，小于预算数的主要情况：接待减少。", section="three_public"), rate)
    assert run_text(account(), other) == []


GLOSSARY = (
    "9.一般公共服务支出201（类）政府办公厅（室）及相关机构事务03（款）行政运行01（项）：指行政单位的基本支出。",
    "10.卫生健康支出210（类）行政事业单位医疗11（款）行政单位医疗01（项）：指行政单位医疗经费。",
)


def explained(*codes: str) -> list[str]:
    entries = [{"code": code, "actual": number("8.00")} for code in codes]
    words = Narrative(paragraphs(*GLOSSARY, section="glossary"), lists={"gpb_items": entries})
    return sorted(outcome.rule for outcome in run_text(account(), words))


def test_the_glossary_explains_what_the_accounts_use():
    assert explained("2010301", "2101101") == []
    assert explained("2010301", "2101102") == ["MD12", "NC6"]
    assert explained() == []
    assert explained("2210201", "2080505") == []  # a glossary that explains none of the items is of another kind


def vehicles(stock: int, owned: int, **kinds: int) -> list[str]:
    entries = [{"kind": kind, "count": number(str(n), unit="")} for kind, n in kinds.items()]
    slots = {"vehicle_stock": [number(str(stock), unit="")], "vehicles": [number(str(owned), unit="")]}
    return [outcome.rule for outcome in run_text(account(), Narrative(slots=slots, lists={"vehicle_kinds": entries}))]


def test_vehicles_in_two_places_but_for_kinds_that_are_no_official_cars():
    assert vehicles(8, 9, 应急保障用车=9) == ["TI19"]
    assert vehicles(8, 9, 应急保障用车=8, 特种专业技术用车=1) == []
    assert vehicles(9, 9, 应急保障用车=9) == []
    assert vehicles(8, 9, 应急保障用车=7) == []  # the kinds do not add up: another finding


def evaluated(text: str, spent: str = "50.00", left: str = "4.00") -> list[str]:
    tables = (
        table("expenditure", {"total": {"total": "90.00", "basic": "40.00", "project": spent}}),
        table("revenue_expenditure_summary", {"closing_balance": {"expenditure_amount": left}}),
    )
    claims = tuple(
        Claim("涉及资金", "amount", number(found, place=Place(text=clause)), "performance", sentence=text)
        for clause, found in re.findall(r"(共?涉及[^，。]*?(\d+\.\d+)万元)", text)
    )
    account = disclosure(*tables)
    return [outcome.rule for outcome in run_text(account, Narrative(claims=claims)) if outcome.rule == "TI23"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("对3个项目开展绩效自评，涉及资金58.20万元。", ["TI23"]),
        ("组织评价项目2个，共涉及财政拨款资金500.00万元，占项目支出的100%。", ["TI23"]),
        ("对3个项目开展绩效自评，涉及资金50.00万元。", []),
        ("对3个项目开展绩效自评，涉及资金53.90万元。", []),  # the budget, of which 4.00 are left
        ("对整体支出和3个项目开展绩效自评，涉及资金90.00万元。", []),
        ("对2个项目开展绩效自评，涉及年初预算资金80.00万元。", []),
    ],
)
def test_evaluated_projects_take_no_more_money_than_projects_have(text, told):
    assert evaluated(text) == told
