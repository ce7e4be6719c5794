"""What looks misplaced across accounts is named; nothing is stopped by it."""

from fiscal.batch.notices import notices, without_rivals
from fiscal.batch.steps import Found
from fiscal.recognise.package import Outline
from fiscal.store.rows import document_id

OUTLINE = Outline("", None, "", frozenset(), frozenset())


def found(path="in/2022/a.xlsx", entity="青岚县文化馆", year=2022, unit="万元", kind="final_account"):
    return Found(path, path, entity, year, kind, unit, "key", 0, "", OUTLINE)


def test_a_year_that_contradicts_the_folder():
    (sentence,) = notices([found("in/2021/a.xlsx")])
    assert sentence.startswith("in/2021/a.xlsx: the folder says 2021, the account says 2022, which counts — move it")
    assert notices([found(), found("in/misc/a.xlsx"), found("in/2021/a.xlsx", year=None)]) == []


def test_names_that_differ_by_one_character():
    for other in ("青岗县文化馆", "青岚县文化", "青岚县文化馆馆"):
        (sentence,) = notices([found(), found(entity=other)])
        assert sentence.split(" — ")[0] == (
            "entity names differ by one character: " + " / ".join(sorted(["青岚县文化馆", other]))
        )


def test_names_of_a_series_are_meant_to_differ():
    for one, other in (("第一小学", "第二小学"), ("城东街道", "城西街道"), ("第3中学", "第4中学")):
        assert notices([found(entity=one), found(entity=other)]) == []
    assert len(notices([found(entity="第一小学"), found(entity="第—小学")])) == 1


def test_names_that_differ_by_more_or_by_spaces_are_left_alone():
    assert notices([found(), found(entity="青岚县图书馆"), found(entity="青岚县 文化馆")]) == []


def test_years_of_one_entity_in_different_units():
    (sentence,) = notices([found(), found("in/2021/a.xlsx", year=2021, unit="元")])
    assert sentence.split(" — ")[0] == "青岚县文化馆: years in different units: 2022 in 万元, 2021 in 元"


def test_the_first_of_rivals_is_kept_and_the_others_named():
    said: list[str] = []
    kept = without_rivals([found("in/a.xlsx"), found("in/b.xlsx")], {}, said)
    assert [item.path for item in kept] == ["in/a.xlsx"]
    (sentence,) = said
    assert sentence.split(" — ")[0] == "in/b.xlsx: claims to be 青岚县文化馆 2022 like in/a.xlsx; left out"


def test_of_rivals_the_one_whose_folder_agrees_with_its_year_is_kept():
    kept = without_rivals([found("in/2019/a.xlsx"), found("in/2022/a.xlsx")], {}, [])
    assert [item.path for item in kept] == ["in/2022/a.xlsx"]


def test_of_rivals_the_stored_one_is_kept():
    stored = {document_id("青岚县文化馆", 2022, "final_account"): {"path": "in/b.xlsx"}}
    kept = without_rivals([found("in/a.xlsx"), found("in/b.xlsx")], stored, [])
    assert [item.path for item in kept] == ["in/b.xlsx"]


def test_budget_and_final_account_are_no_rivals():
    assert len(without_rivals([found(), found("in/b.xlsx", kind="budget")], {}, [])) == 2


def test_accounts_without_a_name_are_told_and_are_no_rivals():
    nameless = [found("in/a/2022/a.xlsx", entity=""), found("in/b/2022/b.xlsx", entity="")]
    said = []
    assert without_rivals(nameless, {}, said) == nameless and said == []
    assert [sentence.split(":")[0] for sentence in notices(nameless)] == ["in/a/2022/a.xlsx", "in/b/2022/b.xlsx"]
