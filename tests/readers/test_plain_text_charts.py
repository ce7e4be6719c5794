"""Chart series left at the end of a text."""

from pathlib import Path

import pytest

from fiscal.readers.text import plain_text

FOUNDING = Path(__file__).resolve().parents[3] / "shared" / "samples" / "000_ee669e7e648d99f5.txt"


def read(tmp_path, text: str):
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    return plain_text.read(path)


def points(raw) -> list[tuple[str, str, str, str]]:
    return [(point.chart, point.series, point.category, point.text) for point in raw.charts]


def test_series_of_a_share_chart_follow_its_categories(tmp_path):
    raw = read(
        tmp_path, "（图3：支出决算结构图）\n正文。\n列1\t\n基本支出\t项目支出\t上缴上级支出\t0.75\t0.25\t\n\n8\n"
    )
    assert points(raw) == [
        ("图3：支出决算结构图", "列1", "基本支出", "0.75"),
        ("图3：支出决算结构图", "列1", "项目支出", "0.25"),
    ]
    joined = "\n".join(paragraph.text for paragraph in raw.paragraphs)
    assert [joined[point.place.offset :][:4] for point in raw.charts] == ["0.75", "0.25"]
    assert raw.paragraphs[-1].role == "chart"


def test_series_without_categories_and_with_two(tmp_path):
    text = "2021年\t\n10.50\t2022年\t\n11.00\t\n\n2021年\t\n收入\t支出\t1\t2\t2022年\t\n收入\t支出\t3\t4\t\n"
    assert [point[1:] for point in points(read(tmp_path, text))] == [
        ("2021年", "", "10.50"), ("2022年", "", "11.00"),
        ("2021年", "收入", "1"), ("2021年", "支出", "2"), ("2022年", "收入", "3"), ("2022年", "支出", "4"),
    ]  # fmt: skip


def test_charts_that_differ_are_not_guessed_between_captions(tmp_path):
    captions = "（图1：收、支决算总计变动情况图）\n（图4：财政拨款收、支决算总计变动情况）\n"
    one = "2021年\t\n收入\t支出\t1\t1\t2022年\t\n收入\t支出\t3\t3\t\n\n"
    same = points(read(tmp_path, captions + one + one))
    assert {point[0] for point in same} == {"图1：收、支决算总计变动情况图", "图4：财政拨款收、支决算总计变动情况"}
    other = points(read(tmp_path, captions + one + one.replace("3", "4")))
    assert {point[0] for point in other} == {""}


def test_a_table_with_tabs_is_no_chart(tmp_path):
    raw = read(tmp_path, "项目\t决算数\t预算数\n收入\t10.00\t9.00\n支出\t9.00\t9.00\n")
    assert raw.charts == () and len(raw.grids) == 1


@pytest.mark.samples
@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding text is not present")
def test_every_chart_of_the_founding_text():
    raw = plain_text.read(FOUNDING)
    values: dict[str, list[str]] = {}
    for point in raw.charts:
        values.setdefault(point.chart[:2], []).append(point.text)
    assert values == {
        "图1": ["218.96", "218.96", "197.43", "197.43"],
        "图2": ["0.9782", "0.0218"],
        "图3": ["0.8677", "0.1323"],
        "图4": ["197.43", "197.43", "218.96", "218.96"],
        "图5": ["197.43", "214.18"],
        "图6": ["0.8861", "0.0393", "0.0233", "0.0513"],
        "图7": ["0", "0.8116", "0.1884"],
    }
    assert {(p.series, p.category) for p in raw.charts if p.text == "0.8116"} == {
        ("列1", "公务用车购置及运行维护费支出")
    }


@pytest.mark.samples
@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding text is not present")
def test_the_self_evaluation_of_the_founding_text_and_its_list_of_tables():
    raw = plain_text.read(FOUNDING)
    assert len(raw.grids) == 1 and (len(raw.grids[0].cells), len(raw.grids[0].cells[0])) == (19, 6)
    assert [cell.text for cell in raw.grids[0].cells[2][1:5] if cell] == [
        "预算数：",
        "218.96万元",
        "执行数：",
        "218.96万元",
    ]
    tables = [
        paragraph for paragraph in raw.paragraphs if paragraph.role == "contents" and paragraph.text.endswith("表")
    ]
    assert len(tables) == 14  # the heading of the part and thirteen titles
    assert not any("bookmark" in paragraph.text for paragraph in raw.paragraphs)
