"""Grouping files into accounts."""

from fiscal.recognise.package import Unreadable, ignored, read_packages
from tests.readers.sheets import revenue, workbook

ROWS = [["合计", "<", (120.5, "0.00"), (100, "0.00")]]
NOTES = """
entity: {name: 青石县图书馆, province: 四川}
year: 2023
kind: final_account
origins: {revenue: {total.total: revenue.total}}
derived: {revenue: {total.appropriation: "0.01"}}
"""


def filled(path, entity="青石县图书馆", year=2023, rows=ROWS):
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet = revenue(rows)
    sheet[2] = [f"部门：{entity}", "", f"{year}年度", "金额单位：万元"]
    return workbook(path, {"收入决算表": sheet})


def test_narrative_and_tables_of_one_folder_are_one_account(tmp_path):
    filled(tmp_path / "表.xlsx")
    (tmp_path / "说明.txt").write_text(
        "青石县图书馆2023年度部门决算\n一、收入决算情况说明\n本年收入合计120.50万元。\n", encoding="utf-8"
    )
    (found,) = read_packages([tmp_path])
    assert (found.path, len(found.files), found.entity, found.year) == (str(tmp_path), 2, "青石县图书馆", 2023)
    assert list(found.tables) == ["revenue"] and len(found.paragraphs) == 3


def test_other_years_and_other_folders_stay_apart(tmp_path):
    filled(tmp_path / "a.xlsx", year=2022)
    filled(tmp_path / "b.xlsx", year=2023)
    filled(tmp_path / "下" / "c.xlsx", year=2023)
    found = list(read_packages([tmp_path]))
    assert [(account.year, len(account.files)) for account in found] == [(2022, 1), (2023, 1), (2023, 1)]
    assert "也有" in found[2].problems[0] and found[1].problems == ()


def test_notes_name_the_account_and_mark_cells(tmp_path):
    filled(tmp_path / "accounts.xlsx")
    (tmp_path / "notes.yaml").write_text(NOTES, encoding="utf-8")
    (found,) = read_packages([tmp_path])
    cells = found.tables["revenue"].row("total").cells
    assert (cells["total"].origin, cells["appropriation"].derived, str(cells["appropriation"].half)) == (
        "revenue.total",
        True,
        "0.01",
    )
    assert found.profile == "sichuan13" and found.notes["year"] == 2023


def test_a_bad_file_costs_itself_alone(tmp_path):
    filled(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_text("不是表格", encoding="utf-8")
    found = list(read_packages([tmp_path, tmp_path / "missing.pdf"]))
    bad = [item.sentence for item in found if isinstance(item, Unreadable)]
    assert len(found) == 3 and "b.xlsx" in bad[0] and "missing.pdf" in bad[1]


def test_a_year_that_contradicts_the_folder_is_told(tmp_path):
    filled(tmp_path / "2021" / "a.xlsx", year=2023)
    (found,) = read_packages([tmp_path])
    assert found.year == 2023 and "所在文件夹是 2021" in found.problems[0]


def test_what_stands_twice_and_differs_is_told(tmp_path):
    filled(tmp_path / "a.xlsx")
    filled(tmp_path / "b.xlsx", rows=[["合计", "<", (121.5, "0.00"), (100, "0.00")]])
    (found,) = read_packages([tmp_path])
    assert len(found.files) == 2
    assert ["120.50" in p and "121.50" in p for p in found.problems] == [True]


def test_odd_files_of_a_folder_are_left_or_told(tmp_path):
    filled(tmp_path / "决算 公开表（最终）.XLSX")
    for name in ("~$决算.xlsx", ".DS_Store", "Thumbs.db", "附件.rar", "附件.ZIP"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    (tmp_path / "folder.pdf").mkdir()
    found = list(read_packages([tmp_path]))
    bad = [item.sentence for item in found if isinstance(item, Unreadable)]
    assert [sentence.split(":")[0] for sentence in bad] == ["附件.ZIP", "附件.rar"]
    assert all("unpack it" in sentence for sentence in bad)
    assert [item.entity for item in found if not isinstance(item, Unreadable)] == ["青石县图书馆"]


def test_notes_of_another_account_are_left_aside_and_told(tmp_path):
    filled(tmp_path / "a.xlsx")
    (tmp_path / "notes.yaml").write_text(NOTES.replace("2023", "2019"), encoding="utf-8")
    (found,) = read_packages([tmp_path])
    assert found.notes == {} and any("未用" in problem for problem in found.problems)


def test_every_file_of_a_folder_is_accounted_for(tmp_path):
    (tmp_path / "说明.txt").write_text("青石县图书馆2022年度部门决算\n支出1.50万元。", encoding="utf-8")
    (tmp_path / "决算表.ods").write_bytes(b"PK\x03\x04")
    (tmp_path / "支出决算表.csv").write_bytes("科目,支出,收入\n".encode("gb18030"))
    (tmp_path / "names.csv").write_text("a,b\n", encoding="utf-8")
    (tmp_path / "~$表.xlsx").write_bytes(b"x")
    (tmp_path / "印章.png").write_bytes(b"x")
    found = list(read_packages([tmp_path]))
    gone = [item for item in found if isinstance(item, Unreadable)]
    assert sorted(item.path.rpartition("/")[2] for item in gone) == ["决算表.ods", "支出决算表.csv"]
    assert all("另存为 .xlsx" in item.sentence for item in gone)
    account = next(item for item in found if not isinstance(item, Unreadable))
    assert sorted(part.place.document for part in account.unread) == ["决算表.ods", "支出决算表.csv"]
    assert [file.path.rpartition("/")[2] for file in ignored([tmp_path])] == ["names.csv", "~$表.xlsx", "印章.png"]


def test_a_link_that_is_not_followed_is_told(tmp_path):
    given, other = tmp_path / "given", tmp_path / "other"
    given.mkdir()
    other.mkdir()
    (other / "说明.txt").write_text("青石县图书馆2022年度部门决算\n支出1.50万元。", encoding="utf-8")
    (given / "folder").symlink_to(other)
    (given / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    (given / "说明.txt").symlink_to(other / "说明.txt")
    assert len(list(read_packages([given]))) == 1
    told = {file.path.rpartition("/")[2]: file.reason for file in ignored([given])}
    assert told.keys() == {"folder", "gone.txt"}
    assert "未读" in told["folder"] and "不存在" in told["gone.txt"]
