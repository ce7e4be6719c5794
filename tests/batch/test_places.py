"""One account, one place: folders and names that cannot collide."""

import json

from fiscal.batch.places import folders, told_apart
from fiscal.batch.steps import Found
from fiscal.recognise.package import Outline
from tests.batch.accounts import office, run

OUTLINE = Outline("", None, "", frozenset(), frozenset())


def found(path, entity="青岚县文化馆", year=2023, kind="final_account", content="1"):
    return Found(path, path, entity, year, kind, "万元", "key", 0, "", OUTLINE, content)


def names(items, out):
    return [folders(items, out)[item].relative_to(out).as_posix() for item in items]


def test_offices_of_two_counties_whose_folders_share_a_name_have_a_folder_each(tmp_path):
    one, two = found("a/jyj/2023/x.xlsx", "青岚县教育局"), found("b/jyj/2023/x.xlsx", "云泽县教育局")
    first, second = names([one, two], tmp_path)
    assert first == "jyj/2023" and second.startswith("jyj-") and second.endswith("/2023")
    assert names([two, one], tmp_path) == [second, first]


def test_years_of_one_office_share_its_folder_also_when_it_was_renamed(tmp_path):
    items = [found("a/jyj/2022/x.xlsx", year=2022), found("a/jyj/2023/x.xlsx", "青岚县文旅局")]
    assert names(items, tmp_path) == ["jyj/2022", "jyj/2023"]


def test_budget_and_account_of_one_year_stand_side_by_side(tmp_path):
    items = [found("a/jyj/2023/x.xlsx"), found("a/jyj/2023/y.xlsx", kind="budget")]
    assert names(items, tmp_path) == ["jyj/2023", "jyj/2023-budget"]


def test_two_accounts_of_one_folder_and_year_have_a_folder_each(tmp_path):
    first, second = names([found("a/jyj/2023/x.xlsx"), found("a/jyj/2023/y.xlsx", "青岚县图书馆")], tmp_path)
    assert first == "jyj/2023" and second.startswith("jyj/2023-")


def test_a_folder_that_stands_keeps_its_account(tmp_path):
    standing = tmp_path / "jyj/2022/manifest.json"
    standing.parent.mkdir(parents=True)
    standing.write_text(json.dumps({"entity": "云泽县教育局"}), encoding="utf-8")
    first, second = names([found("a/jyj/2023/x.xlsx"), found("b/jyj/2023/x.xlsx", "云泽县教育局")], tmp_path)
    assert first.startswith("jyj-") and second == "jyj/2023"
    standing.write_text("{", encoding="utf-8")
    assert names([found("a/jyj/2023/x.xlsx")], tmp_path) == ["jyj/2023"]


def test_accounts_without_a_name_or_a_year_have_a_folder_each(tmp_path):
    items = [found("a/x.xlsx", "", None), found("a/y.xlsx", "", None), found("b\udcff/z.xlsx", "", 2023)]
    made = names(items, tmp_path)
    assert len(set(made)) == 3 and made[0].endswith("/unknown") and all(name.isascii() for name in made)


def test_one_name_in_two_counties_is_two_accounts_and_told():
    said = []
    items = [
        found("c1/jyj/2023/x.xlsx"),
        found("c2/jyj/2023/x.xlsx", content="2"),
        found("c1/jyj/2022/x.xlsx", year=2022),
    ]
    assert [item.name for item in told_apart(items, said)] == [
        "青岚县文化馆（c1）", "青岚县文化馆（c2）", "青岚县文化馆（c1）"]  # fmt: skip
    assert len(said) == 1 and "青岚县文化馆: accounts of this name stand in c1/jyj, c2/jyj" in said[0]


def test_copies_and_files_of_one_office_are_not_told_apart():
    said = []
    copies = [found("c1/jyj/2023/x.xlsx"), found("c2/jyj/2023/x.xlsx")]
    same_home = [found("c1/2023/x.xlsx"), found("c1/2022/x.xlsx", content="2")]
    assert told_apart(copies, said) == copies and told_apart(same_home, said) == same_home and said == []


def test_pages_of_two_counties_are_never_one(tmp_path):
    """The page, the index, the comparison and the store each know both."""
    office(tmp_path / "in/county1/jyj/2022", 1)
    office(tmp_path / "in/county2/jyj/2022", 2)
    out = tmp_path / "out"
    done = run(tmp_path / "in", out=out, pages=True)
    manifests = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(out.glob("*/*/manifest.json"))]
    assert (done.n_accounts, done.n_pages_made, done.failures) == (2, 2, [])
    assert len({about["entity"] for about in manifests}) == 2
    assert all(about["entity"] in (out / "index.html").read_text(encoding="utf-8") for about in manifests)
    again = run(tmp_path / "in", out=out, pages=True)
    assert (again.n_pages_made, again.n_pages_kept, again.n_stored) == (0, 2, 0)
