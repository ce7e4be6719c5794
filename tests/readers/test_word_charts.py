"""Chart data inside Word files."""

from fiscal.readers.word import word
from fiscal.readers.word.chart_parts import stored_number
from tests.readers.papers import add_chart, chart_xml, new, save


def points(raw) -> list[tuple[str, str, str, str]]:
    return [(point.chart, point.series, point.category, point.text) for point in raw.charts]


def test_series_categories_and_numbers_as_stored(tmp_path):
    document = new()
    add_chart(document, chart_xml("", {"决算数": {"基本支出": "0.75", "项目支出": "0.25", "经营支出": ""}}), 1)
    document.add_paragraph("（图3：支出决算结构图）")
    raw = word.read(save(document, tmp_path / "a.docx"))
    assert points(raw) == [
        ("图3：支出决算结构图", "决算数", "基本支出", "0.75"),
        ("图3：支出决算结构图", "决算数", "项目支出", "0.25"),
    ]


def test_a_chart_without_caption_keeps_its_title_and_charts_follow_the_text(tmp_path):
    document = new()
    add_chart(document, chart_xml("收入决算结构", {"列1": {"其他收入": "1"}}), 7)
    document.add_paragraph("正文没有图题。")
    document.add_paragraph("又一段。")
    document.add_paragraph("再一段。")
    add_chart(document, chart_xml("图表标题", {"2022年": {"收入": "218.96000000000001"}}), 2)
    raw = word.read(save(document, tmp_path / "a.docx"))
    assert points(raw) == [("收入决算结构", "列1", "其他收入", "1"), ("", "2022年", "收入", "218.96")]


def test_a_blank_point_in_the_middle_does_not_move_the_others(tmp_path):
    document = new()
    add_chart(document, chart_xml("结构", {"列1": {"甲": "0.6", "乙": "", "丙": "0.4"}}), 1)
    raw = word.read(save(document, tmp_path / "a.docx"))
    assert [(category, text) for _, _, category, text in points(raw)] == [("甲", "0.6"), ("丙", "0.4")]


def test_stored_numbers_lose_binary_noise_only():
    assert stored_number("0.88610000000000003") == "0.8861"
    assert stored_number("8.9499999999999996E-2") == "0.0895"
    assert stored_number("21.50") == "21.50"
    assert stored_number("#N/A") == "" and stored_number("NaN") == "" and stored_number("") == ""
