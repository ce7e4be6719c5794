"""One case for each family of identities: family, rule, what makes it fit, what breaks it, what leaves it open."""

from tests.checks.builders import disclosure, narrative, table

SUMMARY = "revenue_expenditure_summary"


def expenditure(**cells):
    return table("expenditure", {"total": cells}, columns=("total", "basic", "project"))


def said(slots=None, words=None, lists=None):
    return narrative(slots, words=words, lists=lists)


def summary(**rows):
    """A summary table from row=(text) pairs; the column follows from the side of the row."""
    left = {"general_public_budget", "revenue_this_year", "opening_balance", "revenue_total", "operating_income"}
    cells = {row: {("revenue" if row in left else "expenditure") + "_amount": text} for row, text in rows.items()}
    return table(SUMMARY, cells, columns=("revenue_amount", "expenditure_amount"))


FLOW = {"opening": "2.00", "income": "5.00", "total": "6.00", "closing": "1.00", "basic": "", "project": "6.00"}
CLASSES = {"name": "教育支出", "code": "205", "amount": "3.00", "share": "30.00%"}
HEALTH = {"name": "卫生健康支出", "code": "210", "amount": "7.00", "share": "70.00%"}
PREVIOUS = (
    disclosure(summary(closing_balance="3.00", revenue_total="197.43"), year=2021),
    narrative({"vehicle_stock": 1}),
)

# family, rule, and the arguments that make it fit, break and impossible to evaluate
CASES = [
    (
        "I.BALANCE",
        "intra.summary.balance",
        {"tables": [summary(revenue_total="5.00", expenditure_total="5.00")]},
        {"tables": [summary(revenue_total="5.00", expenditure_total="5.10")]},
        {"tables": [summary(revenue_total="5.00")]},
    ),
    (
        "I.FLOW",
        "intra.fund.flow",
        {"tables": [table("government_fund", {"total": FLOW})]},
        {"tables": [table("government_fund", {"total": FLOW | {"closing": "1.20"}})]},
        {"tables": [table("government_fund", {"total": {"total": "6.00"}})]},
    ),
    (
        "I.SUM",
        "intra.three_public.actual_sum",
        {
            "tables": [
                table(
                    "three_public",
                    {
                        "data": {
                            "actual_total": "5.66",
                            "actual_abroad": "0",
                            "actual_vehicle": "4.74",
                            "actual_reception": "0.92",
                        }
                    },
                )
            ]
        },
        {
            "tables": [
                table(
                    "three_public",
                    {
                        "data": {
                            "actual_total": "5.86",
                            "actual_abroad": "0",
                            "actual_vehicle": "4.74",
                            "actual_reception": "0.92",
                        }
                    },
                )
            ]
        },
        {"tables": [table("three_public", {"data": {"actual_total": "5.86"}})]},
    ),
    (
        "I.WITHIN",
        "stmt.appropriation.within_total",
        {"said": said({"appropriation": "5.00", "total": "6.00"})},
        {"said": said({"appropriation": "7.00", "total": "6.00"})},
        {"said": said({"total": "6.00"})},
    ),
    (
        "I.TABLES",
        "cross.expenditure.total",
        {"tables": [summary(expenditure_this_year="7.00"), expenditure(total="7.00")]},
        {"tables": [summary(expenditure_this_year="7.00"), expenditure(total="7.01")]},
        {"tables": [expenditure(total="7.00")]},
    ),
    (
        "I.TEXT_TABLE",
        "stmt.expenditure.table",
        {"tables": [expenditure(total="7.00")], "said": said({"expenditure": "7.00"})},
        {"tables": [expenditure(total="7.00")], "said": said({"expenditure": "7.10"})},
        {"tables": [expenditure(total="7.00")]},
    ),
    (
        "I.SAME",
        "stmt.repeated.same",
        {"said": said({"gpb": ["214.18", "214.18"]})},
        {"said": said({"gpb": ["214.18", "214.81"]})},
        {"said": said({"gpb": "214.18"})},
    ),
    (
        "I.SHARE",
        "stmt.share.exp_basic",
        {"said": said({"exp_basic_share": "86.77%", "exp_basic": "190.00", "expenditure": "218.96"})},
        {"said": said({"exp_basic_share": "87.77%", "exp_basic": "190.00", "expenditure": "218.96"})},
        {"said": said({"exp_basic_share": "86.77%"})},
    ),
    (
        "I.SHARE100",
        "stmt.share.gpb_classes_100",
        {
            "said": said(
                {"gpb": "10.00"},
                lists={"gpb_classes": [CLASSES, HEALTH]},
            )
        },
        {
            "said": said(
                {"gpb": "10.00"},
                lists={"gpb_classes": [CLASSES, HEALTH | {"share": "70.02%"}]},
            )
        },
        {"said": said({"gpb": "10.00"})},
    ),
    (
        "I.DELTA",
        "yoy.change.total",
        {
            "tables": [summary(revenue_total="218.96")],
            "previous": PREVIOUS,
            "said": said({"total_change": "21.53"}, words={"total_direction": "增加"}),
        },
        {
            "tables": [summary(revenue_total="218.96")],
            "previous": PREVIOUS,
            "said": said({"total_change": "31.53"}, words={"total_direction": "增加"}),
        },
        {"tables": [summary(revenue_total="218.96")]},
    ),
    (
        "I.RATE",
        "stmt.change.gpb",
        {
            "said": said(
                {"gpb": "214.18", "gpb_change": "16.75", "gpb_change_percent": "8.48%"}, words={"gpb_direction": "增加"}
            )
        },
        {
            "said": said(
                {"gpb": "214.18", "gpb_change": "16.75", "gpb_change_percent": "7.82%"}, words={"gpb_direction": "增加"}
            )
        },
        {"said": said({"gpb": "214.18", "gpb_change_percent": "8.48%"}, words={"gpb_direction": "增加"})},
    ),
    (
        "I.SIGN",
        "yoy.direction.total",
        {
            "tables": [summary(revenue_total="218.96")],
            "previous": PREVIOUS,
            "said": said(words={"total_direction": "增加"}),
        },
        {
            "tables": [summary(revenue_total="190.00")],
            "previous": PREVIOUS,
            "said": said(words={"total_direction": "增加"}),
        },
        {"tables": [summary(revenue_total="218.96")], "said": said(words={"total_direction": "增加"})},
    ),
    (
        "I.FLAT",
        "stmt.change.zero_wording",
        {"said": said({"total_change": "0"}, words={"total_direction": "持平"})},
        {"said": said({"total_change": "0"}, words={"total_direction": "增加"})},
        {"said": said()},
    ),
    (
        "I.COMPL",
        "stmt.completion.tp",
        {"said": said({"tp": "5.66", "tp_budget": "6.10", "tp_completion": "92.79%"})},
        {"said": said({"tp": "5.66", "tp_budget": "6.10", "tp_completion": "95.79%"})},
        {"said": said({"tp": "5.66", "tp_completion": "92.79%"})},
    ),
    (
        "I.BUDGETDIR",
        "stmt.completion.word_tp",
        {"said": said({"tp": "5.66", "tp_budget": "6.10"}, words={"tp_word": "小于"})},
        {"said": said({"tp": "5.66", "tp_budget": "6.10"}, words={"tp_word": "大于"})},
        {"said": said({"tp": "5.66"}, words={"tp_word": "小于"})},
    ),
    (
        "I.CARRY",
        "yoy.summary.opening",
        {"tables": [summary(opening_balance="3.00")], "previous": PREVIOUS},
        {"tables": [summary(opening_balance="3.30")], "previous": PREVIOUS},
        {"tables": [summary(opening_balance="3.00")]},
    ),
    (
        "I.YEAR",
        "stmt.assets.date",
        {"said": said(words={"asset_date": "2022-12-31"})},
        {"said": said(words={"asset_date": "2021-12-31"})},
        {"said": said()},
    ),
    (
        "I.COUNT",
        "stmt.vehicles.stock",
        {"said": said({"vehicles": 3, "vehicle_stock": 2})},
        {"said": said({"vehicles": 3, "vehicle_stock": 4})},
        {"said": said({"vehicles": 3})},
    ),
    (
        "I.NAMECODE",
        "stmt.gpb.items_code_name",
        {"said": said(lists={"gpb_items": [{"item_name": "事业运行", "code": "2010350"}]})},
        {"said": said(lists={"gpb_items": [{"item_name": "行政运行", "code": "2010350"}]})},
        {"said": said()},
    ),
    (
        "I.NONEG",
        "intra.function.non_negative",
        {"tables": [table("expenditure", {"205": {"total": "1.00"}})]},
        {"tables": [table("expenditure", {"205": {"total": "-1.00"}})]},
        {"tables": []},
    ),
    (
        "I.ENTITY",
        "disc.entity.consistent",
        {"said": said(lists={"entity_mentions": [{"name": "某省示例单位"}]})},
        {"said": said(lists={"entity_mentions": [{"name": "其他单位"}]})},
        {"said": said()},
    ),
    (
        "I.UNIT",
        "disc.unit.stated",
        {"said": said(lists={"amount_mentions": [{"value": "1.00", "unit": "万元"}]})},
        {"said": said(lists={"amount_mentions": [{"value": "1.00", "unit": ""}]})},
        {"said": said()},
    ),
    (
        "I.PRESENT",
        "disc.tables.empty_note",
        {"tables": [table("three_public", {"data": {}}, columns=("actual_total",), note="无")]},
        {"tables": [table("three_public", {"data": {}}, columns=("actual_total",))]},
        {"tables": []},
    ),
    (
        "I.PRESENT",
        "disc.tables.empty_note_false",
        {"tables": [table("three_public", {"data": {"actual_total": "1.00"}}, note="注：本表反映“三公”经费情况。")]},
        {"tables": [table("three_public", {"data": {"actual_total": "1.00"}}, note="注：没有此项，本表无数据。")]},
        {"tables": []},
    ),
    (
        "I.PLAUSIBLE",
        "stmt.operating.institution_none",
        {"said": said({"operating_expenses": "0"}, words={"entity_type": "事业单位"})},
        {"said": said({"operating_expenses": "22.90"}, words={"entity_type": "事业单位"})},
        {"said": said()},
    ),
]
