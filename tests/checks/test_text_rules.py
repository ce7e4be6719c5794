"""Rules over words: each fires on its slip, is silent on the right wording, and has nothing to say to an empty text."""

from dataclasses import replace

import pytest

from fiscal.checks.wording.run_text import run_text
from fiscal.dictionary.word_rules import text_rules
from fiscal.model.cells import UNKNOWN, Cell, Place
from fiscal.model.disclosure import Disclosure
from fiscal.model.text import Claim, Narrative, Paragraph

from .builders import disclosure, number, table

ENTITY = "示例市临溪区政务服务局"


def paragraphs(*texts: str | tuple[str, str], section: str = "overall") -> tuple[Paragraph, ...]:
    """Body paragraphs one after the other; a pair is (role, text)."""
    made, offset = [], 0
    for text in texts:
        role, words = text if isinstance(text, tuple) else ("body", text)
        made.append(Paragraph(words, Place(section=section, offset=offset), role))
        offset += len(words) + 1
    return tuple(made)


def account(**fields) -> Disclosure:
    return Disclosure(**{"path": "demo", "entity": ENTITY, "year": 2022, "format": "docx", **fields})


def rules_of(*texts: str | tuple[str, str], section: str = "overall", of: Disclosure | None = None) -> list[str]:
    words = Narrative(paragraphs(*texts, section=section))
    return [outcome.rule for outcome in run_text(of or account(), words)]


def only(rule: str, text: str, section: str) -> list[str]:
    return [found for found in rules_of(text, section=section) if found == rule]


# rule, section, a text with the slip, the same text without it
SLIPS = (
    ("YD6", "assets", "截至2022年11月31日，共有车辆1辆。", "截至2022年11月30日，共有车辆1辆。"),
    ("YD6", "overall", "20222年度收、支总计8.00万元。", "2022年度收、支总计8.00万元。"),
    ("YD6", "overall", "202年度收、支总计8.00万元。", "2020年度收、支总计8.00万元。"),
    ("YD6", "assets", "截至2023年2月29日。", "截至2024年2月29日。"),
    ("YD7", "performance", "本部门在2021年度预算编制阶段开展了评估。", "本部门在2022年度预算编制阶段开展了评估。"),
    (
        "NC1",
        "gpb_structure",
        "主要用于：医疗卫生与计划生育支出3.00万元，占5.00%。",
        "主要用于：卫生健康支出3.00万元，占5.00%。",
    ),
    ("NC1", "glossary", "行政事业单位离退休（款）：指离退休经费。", "行政事业单位养老支出（款）：指养老经费。"),
    (
        "NC2",
        "glossary",
        "卫生健康支出210（类）行政单位医疗11（款）事业单位医疗02（项）：指医疗经费。",
        "卫生健康支出210（类）行政事业单位医疗11（款）事业单位医疗02（项）：指医疗经费。",
    ),
    (
        "NC3",
        "gpb_items",
        "社会工作事务（款）行政运行（款）支出3.00万元。",
        "社会工作事务（款）行政运行（项）支出3.00万元。",
    ),
    (
        "NC4",
        "gpb_items",
        "住房改革支出（款）购房补帖（项）：用于补贴。",
        "住房改革支出（款）购房补贴（项）：用于补贴。",
    ),
    (
        "NC5",
        "gpb_items",
        "住房公积金（项）。主要用于：事业单位医疗保险支出。",
        "住房公积金（项）。主要用于：缴纳住房公积金。",
    ),
    ("NE2", "overall", "示例市临溪区政务服局2022年度收、支总计8.00万元。", f"{ENTITY}2022年度收、支总计8.00万元。"),
    ("NE2", "overall", f"2022年，四川省{ENTITY}支出8.00万元。", f"2022年，{ENTITY}支出8.00万元。"),
    ("NE3", "performance", "预算编制阶段，我办开展了评估。", "预算编制阶段，我局开展了评估。"),
    ("NE4", "performance", "服务水平居全县第一。", "服务水平居各区县第一。"),
    ("TL1", "operating_expenses", "机关运行经费支出XXX万元。", "机关运行经费支出8.00万元。"),
    ("TL2", "overall", "收、支总计增加（减少）1.00万元。", "收、支总计增加1.00万元。"),
    ("TL3", "overall", "主要原因是人员增加。（如持平作持平表述）", "主要原因是人员增加。"),
    (
        "TL4",
        "fund",
        "无政府性基金预算财政拨款支出。政府性基金预算财政拨款支出4.78万元。",
        "无政府性基金预算财政拨款支出。",
    ),
    ("TL6", "basic", "主要包括：办公费、印刷费……其他支出。", "主要包括：办公费、印刷费、其他支出。"),
    ("TL7", "overall", "错误！未定义书签。收、支总计8.00万元。", "收、支总计8.00万元。"),
    ("TL8", "overall", "收、支总计8.00万元（待核实）。", "收、支总计8.00万元（含结转）。"),
    ("PU1", "overall", "主要原因是人员增加。。", "主要原因是人员增加。"),
    ("PU2", "overall", "“便民服务项目支出8.00万元。", "“便民服务”项目支出8.00万元。"),
    ("PU7", "overall", "“三公经费支出8.00万元。", "“三公”经费支出8.00万元。"),
    ("PU2", "overall", "支出8.00万元（不含结转。", "支出8.00万元（不含结转）。"),
    ("PU3", "overall", "主要原因是厉行节约,减少开支。", "主要原因是厉行节约，减少开支。"),
    ("PU3", "overall", "支出8.00万元（不含结转)。", "支出1,008.00万元（不含结转）。"),
    ("PU4", "fund", "2022年政府性基金预算财政拨款支出4.78万元", "2022年政府性基金预算财政拨款支出4.78万元。"),
    (
        "PU4",
        "overall",
        "预算数高于上年。“之所以高于上年，是因为本年新设了三个监测站，经批准增加了一部分运行经费",
        "预算数高于上年。“之所以高于上年，是因为本年新设了三个监测站，经批准增加了一部分运行经费。”",
    ),
    ("PU4", "gpb_structure", "住房保障支出1.00万元，占5.13%，", "住房保障支出1.00万元，占5.13%。"),
    ("PU5", "expenditure", "基本支出190.00万元，占86.77；项目支出1.00万元。", "基本支出190.00万元，占86.77%；其他无。"),
    ("PU5", "expenditure", "基本支出190.00，占86.77%。", "基本支出190.00万元，占86.77%。"),
    ("PU5", "overall", "总计8.00万元，增长8.48%%。", "总计8.00万元，提高8.48个百分点。"),
    ("PU6", "fund", "支出4. 78万元。", "支出4.78 万元。"),
    ("PU9", "three_public", "2022年三公经费支出8.00万元。", "2022年“三公”经费支出8.00万元。"),
    ("PU7", "three_public", "2022年”三公“经费支出8.00万元。", "2022年“三公经费”支出8.00万元。"),
    ("FR1", "overall", "主要变动原因是。", "主要变动原因是人员增加。"),
    ("FR1", "overall", "主要原因：。", "主要原因："),
    ("FR2", "gpb_items", "主要用于等。", "主要用于办公等。"),
    ("FR2", "gpb_items", "主要用于：支出。全年预算为1.00万元。", "主要用于："),
    ("FR3", "fund", "政府性基金预算财政拨款支出万元。", "以下金额单位均为万元，不再注明。"),
    ("FR3", "gpb_overall", "占本年支出合计的%。", "占本年支出合计的97.82%。"),
    ("FR3", "assets", "共有车辆辆，其他用车0辆。", "共有车辆0辆，其他用车0辆。"),
    ("FR4", "expenditure", "基本支出支出190.00万元。", "基本支出190.00万元。"),
    ("FR4", "three_public", "维修费、维修费、过路过桥费等。", "维修费、保险费、过路过桥费等。"),
    ("FR4", "three_public", "主要原因是厉行节约，厉行节约，减少开支。", "主要原因是厉行节约，减少开支。"),
    ("FR4", "three_public", "其中：其中：国内接待1.00万元。", "其中：国内接待1.00万元。"),
    ("FR5", "three_public", "主要原因是厉行节约。主要原因是厉行节约。", "主要原因是厉行节约。主要原因是人员减少。"),
    ("FR6", "overall", "财政拔款收、支总计8.00万元。", "财政拨款收、支总计8.00万元。"),
    ("FR6", "overall", "会计核算入帐。", "会计核算入账，救灾帐篷采购。"),
    (
        "FR7",
        "three_public",
        "公务接待费支出1.10万元。主要原因是公务用车燃油费减少。",
        "公务接待费支出1.10万元。主要原因是来访接待减少。",
    ),
    ("FR8", "fund", "政府性基金预算财政拨款支出收入4.78万元。", "政府性基金预算财政拨款收入支出决算4.78万元。"),
    ("FR8", "expenditure", "2022年本年收入合计8.00万元。", "2022年本年支出合计8.00万元。"),
    ("FR9", "overall", "主要原因是支出减少。", "主要原因是人员支出减少。"),
    (
        "TI18",
        "operating_expenses",
        "比上年减少1.00万元，下降2.00%。主要原因是接待批次增加。",
        "比上年减少1.00万元，下降2.00%。主要原因是接待批次减少。",
    ),
    (
        "TI18",
        "three_public",
        "比上年增加1.00万元，主要原因是从严控制接待。",
        "比上年减少1.00万元，主要原因是从严控制接待。",
    ),
    (
        "TI18",
        "three_public",
        "与上年持平，持平的主要原因是车辆减少。",
        "与上年持平，主要原因是厉行节约，车辆没有增减。",
    ),
    (
        "TI18",
        "three_public",
        "支出决算小于预算数，主要原因是用车任务增加。",
        "支出决算小于预算数，主要原因是压减用车。",
    ),
    ("TI18", "overall", "支出增长1.00%，主要原因是厉行节约。", "支出增长1.00%，主要原因是厉行节约前提下的业务安排。"),
    ("TI18", "overall", "支出减少1.00万元，主要原因是新增公务用车。", "支出减少1.00万元，主要原因是未新增公务用车。"),
    (
        "TI18",
        "overall",
        "费用增加1.00万元，主要原因是厉行节约。",
        "费用增加1.00万元，主要原因是有接待任务发生，经费厉行节约。",
    ),
    ("TI18", "overall", "收入减少1.00万元，主要原因是项目增加。", "收入减少1.00万元，主要原因是退休人员增加。"),
    ("TI18", "overall", "比上年增加1.00万元，主要原因是会议减少。", "比上年增加1.00万元，主要原因是上年会议减少。"),
    (
        "TI18",
        "three_public",
        "接待费增加1.00万元，主要原因是压减接待。",
        "接待费增加1.00万元，主要原因是接待多，车辆费1.00万元，减少。",
    ),
    ("TL2", "overall", "比上年减增加1.00万元。", "比上年增加1.00万元。"),
    ("TL2", "overall", "决算数大小于预算数。", "决算数小于预算数。"),
    ("TL2", "assets", "截至年末，部门（单位）共有车辆1辆。", "本部门对各部门（单位）共有车辆统一管理。"),
    ("FR3", "expenditure", "基本支出1.00万元，占本年支出%。", "基本支出1.00万元，占本年支出1%。"),
    ("PU5", "three_public", "接待费支出1.10万（含外宾0元）。", "接待费支出1.10万元，惠及群众1.2万人。"),
    ("PU5", "three_public", "接待费支出1.10万万元。", "接待费支出1.10万元。"),
    ("PU5", "three_public", "接待费支出3万余万元。", "接待费支出3万余元。"),
    ("NC7", "gpb_items", "行政事业单位养老支出（款）（项）8.00万元。", "住房改革支出（款）住房公积金（项）8.00万元。"),
    ("PU8", "gpb_items", "2“.教育支出”8.00万元。", "2.“教育支出”8.00万元。"),
    ("NC4", "fund", "主要用于财政事物（款）1.00万元。", "用于体育事业的彩票公益金支出（项）1.00万元。"),
    ("NC4", "gpb", "“财政事物”（款）1.00万元。", "“财政事务”（款）1.00万元。"),
    (
        "NC5",
        "glossary",
        "3.住房公积金（2210201）：用于职工基本医疗保险。",
        "3.住房公积金（2210201）：为职工缴存的公积金。",
    ),
    ("TI20", "overall", "支出增加2.10万元。原因是新增设备9.60万元。", "支出增加2.10万元。原因是新增设备1.60万元。"),
    (
        "TI20",
        "overall",
        "支出增加2.10万元。原因是维修费增加9.60万元。",
        "支出增加2.10万元。原因是维修费增加9.60万元，会议费减少7.50万元。",
    ),
)


@pytest.mark.parametrize(("rule", "section", "wrong", "right"), SLIPS)
def test_a_slip_is_found_and_the_right_wording_is_not(rule, section, wrong, right):
    assert only(rule, wrong, section), wrong
    assert not only(rule, right, section), right


@pytest.mark.parametrize("text", ["", "本部门严格执行财务制度。"])
def test_a_text_without_slips_has_no_findings(text):
    assert rules_of(text) == []


def test_a_unit_that_calls_itself_a_department_is_told_once_as_a_remark():
    text = "本部门共有车辆1辆，本部门没有设备。"
    found = run_text(account(level="unit"), Narrative(paragraphs(text, section="assets")))
    assert [(one.rule, one.severity) for one in found] == [("NE5", "info")]
    assert rules_of(text, section="assets", of=account(level="department")) == []


def test_no_paragraphs_no_findings():
    assert run_text(account(), Narrative()) == []


def test_recognised_pictures_are_not_judged():
    assert rules_of("主要原因是人员增加。。", of=account(format="scan")) == []


def test_every_rule_has_a_test():
    elsewhere = {
        "ST3",
        "ST4",
        "ST6",
        "ST8",
        "NC6",
        "MD1",
        "MD2",
        "MD3",
        "MD5",
        "MD6",
        "MD11",
        "MD12",
        "MD13",
        "TA12",
        "TI19",
        "TI21",
        "TI23",
        "MD14",
        "MD15",
        "MD16",
        "NE5",
        "ST9",
        "ST10",
        "ST11",
        "TI22",
        "YD8",
    }
    tested = {slip[0] for slip in SLIPS} | elsewhere | {"TI17"}
    assert set(text_rules()) <= tested


def test_message_quotes_the_words_and_says_what_to_do():
    words = Narrative(paragraphs("2022年政府性基金预算财政拨款支出万元。", section="fund"))
    found = run_text(account(), words)[0]
    assert found.message == "“…年政府性基金预算财政拨款支出万元。”缺少数字"
    assert found.reason == "补上数字；没有发生的写0"
    assert found.terms[0].place.offset == 18


def test_the_same_leftover_is_told_once_with_all_its_places():
    words = Narrative(paragraphs("收入XX万元。", "支出XX万元。"))
    (found,) = run_text(account(), words)
    assert found.message.endswith("（共2处）")
    assert [cell.place.offset for cell in found.terms] == [2, 10]


def test_purchase_share_above_the_whole_is_impossible():
    cell = Cell("number", number("105.13%").value, "%", "105.13%", Place(section="procurement", offset=3))
    words = Narrative((), (Claim("sme_share", "share", cell, "procurement"),))
    (found,) = run_text(account(), words)
    assert (found.rule, found.message) == ("TI17", "“占105.13%”超出可能的范围，占比不会超过100%")
    below = replace(cell, value=number("99.00%").value)
    assert run_text(account(), Narrative((), (Claim("sme_share", "share", below, "procurement"),))) == []


def test_a_cell_that_is_no_number_is_named_with_its_row():
    made = table("expenditure", {"total": {"total": "8.00"}})
    row = made.rows[0]
    bad = replace(row, cells={"total": Cell(UNKNOWN, None, "万元", "8.0o")})
    kept = replace(row, cells={"total": Cell(UNKNOWN, None, "万元", "未公开")})
    wrong = run_text(disclosure(replace(made, rows=(bad,))), Narrative())
    assert [o.rule for o in wrong] == ["TA12"]
    assert "“合计/total”" in wrong[0].message
    assert "“8.0o”" in wrong[0].message
    assert run_text(disclosure(replace(made, rows=(kept,))), Narrative()) == []


@pytest.mark.parametrize("rule", [rule for rule in text_rules().values() if rule.patterns], ids=lambda rule: rule.id)
def test_the_example_of_a_rule_is_told_and_its_correction_is_not(rule):
    assert any(pattern.search(rule.wrong) for pattern in rule.patterns)
    assert not any(pattern.search(rule.right) for pattern in rule.patterns)
