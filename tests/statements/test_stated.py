"""What notes.yaml states beside a workbook."""
# ruff: noqa: E501 - sentences and lists of figures stay on one line

from tests.statements.narrated import narrate, values

NOTES = {
    "statements": [
        {"slot": "total", "text": "512.30", "unit": "万元", "section": "overall"},
        {"slot": "total_change", "text": "12.30", "unit": "万元", "section": "overall", "direction": "增长"},
        {"slot": "total_change_percent", "text": "2.46", "unit": "%", "section": "overall", "direction": "增长"},
        {"slot": "gpb", "text": "80.00", "unit": "万元", "section": "gpb_items", "unit_printed": False},
        {"slot": "tp", "text": "7.34", "unit": "万元", "section": "three_public", "width": "0.055"},
        {"slot": "vehicles", "text": "3", "unit": "", "section": "assets"},
    ],
    "lists": {
        "gpb_items": [{"code": "2050202", "item_name": "小学教育", "actual": "7.83", "completion": "100", "word": "等于"}],
        "vehicle_kinds": [{"kind": "轿车", "count": "3"}],
        "sections": [{"key": "overall"}],
    },
    "words": {"fiscal_year": "2023", "has_institution": True, "total_direction": "增加"},
    "charts": [{"chart": "图1", "points": [{"series": "收入", "category": "2023年", "text": "512.30", "unit": "万元", "slot": "total"}]}],
}  # fmt: skip


def test_statements_lists_and_words_are_merged():
    account = narrate(notes=NOTES)
    assert values(account, "total") == ["512.30"] and values(account, "vehicles") == ["3"]
    assert [(s.subject, s.kind) for s in account.claims][:3] == [
        ("total", "amount"), ("total_change", "change"), ("total_change_percent", "change_percent")]  # fmt: skip
    (item,) = account.lists["gpb_items"]
    assert (str(item["actual"]), item["actual"].unit, item["completion"].unit, item["word"]) == (
        "7.83",
        "万元",
        "%",
        "等于",
    )
    assert account.words["has_institution"] == ["true"]
    assert account.claims[0].cell.place.document.endswith("notes.yaml")


def test_widths_counts_and_missing_units_survive():
    account = narrate(notes=NOTES)
    (three,) = account.slots["tp"]
    assert three.derived and str(three.half) == "0.055"
    assert account.slots["vehicles"][0].exact
    assert [entry["unit"] for entry in account.lists["amount_mentions"]].count("") == 1


def test_changes_of_the_notes_are_mentions_too():
    (mention,) = narrate(notes=NOTES).lists["change_mentions"]
    assert (mention["slot"], mention["direction"], mention["rate_direction"], str(mention["now"])) == (
        "total",
        "增加",
        "增加",
        "512.30",
    )


def test_chart_points_of_the_notes_are_tied():
    (point,) = narrate(notes=NOTES).lists["chart_points"]
    assert (point["slot"], str(point["value"]), str(point["stated"])) == ("total", "512.30", "512.30")


def test_text_and_notes_are_both_kept_and_compared_but_lists_not_doubled():
    text = (
        "（三）一般公共预算财政拨款支出决算具体情况",
        "1.教育支出205（类）普通教育02（款）小学教育02（项）：支出决算为7.84万元。",
    )
    account = narrate(*text, notes=NOTES)
    assert len(account.lists["gpb_items"]) == 1
    assert values(account, "gpb_items[2050202].actual") == ["7.84", "7.83"]
    assert [(str(e["value"]), str(e["first"])) for e in account.lists["repeats"]] == [("7.83", "7.84")]


def test_without_notes_nothing_is_added():
    assert narrate(notes={}).claims == ()
