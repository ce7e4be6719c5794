"""The catalogue of tables: what it holds, and how a wrong entry fails."""

import pytest
import yaml

from fiscal.dictionary.labels import normal, squeeze, stem
from fiscal.dictionary.load import DATA
from fiscal.dictionary.tables import catalogue, load
from fiscal.errors import DeclarationError


def broken(tmp_path, change):
    content = yaml.safe_load((DATA / "tables.yaml").read_text(encoding="utf-8"))
    change(content)
    path = tmp_path / "tables.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def test_the_catalogue_holds_the_thirteen_tables_and_the_national_nine():
    tables = catalogue()
    assert len([entry for entry in tables.entries.values() if entry.kind == "final_account"]) == 13
    assert [table for table in tables.entries if table.startswith("budget_")] == [
        entry.id for entry in tables.entries.values() if entry.kind == "budget"
    ]
    own = {table for table in tables.entries if table.startswith("budget_")}
    assert own - set(tables.profiles["budget9"]) == {"budget_projects"}
    assert all(tables[table].kind == "final_account" for e in tables.entries.values() for table in e.stands_for)
    assert len(tables.profiles["national9"]) == 9 and len(tables.profiles["sichuan13"]) == 13
    assert len(tables.row_sets["functional_classes"]) == 26
    assert tables["expenditure"].titles[0] == "支出决算表"
    assert tables["general_public_budget_expenditure_detail"].column("e30101").parents == ("工资福利支出",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda c: c["tables"].append(c["tables"][0]), "revenue_expenditure_summary.*twice"),
        (lambda c: c["tables"][1]["variants"].append("支出决算表"), "expenditure.*belongs to revenue"),
        (lambda c: c["tables"][1].update(layout="spiral"), "revenue.*unknown layout spiral"),
        (lambda c: c["tables"][1]["columns"][2].update(kind="money"), "revenue, column total.*unknown kind"),
        (lambda c: c["tables"][1]["columns"].append(c["tables"][1]["columns"][2]), "column keys used twice: total"),
        (lambda c: c["tables"][1].pop("columns"), "lacks columns"),
        (lambda c: c["profiles"]["national9"]["order"].append("petty_cash"), "national9.*unknown table petty_cash"),
        (lambda c: c["tables"][0]["rows"].append({"row_set": "planets"}), "unknown row set planets"),
    ],
)
def test_a_wrong_entry_fails_at_load_with_file_entry_and_reason(tmp_path, change, words):
    with pytest.raises(DeclarationError, match=f"(?s)tables.yaml.*{words}"):
        load(broken(tmp_path, change))


def test_labels_have_one_form_for_comparison():
    assert squeeze(" 因公出国\n(境) 费 ") == "因公出国（境）费"
    assert normal("二十三、其他支出") == normal("其中：其他支出") == "其他支出"
    assert stem("住房保障支出") == stem("住房保障")
