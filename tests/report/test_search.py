"""The search page holds what can be searched of every account, escaped, with links to the very place."""

import json
import re

from fiscal.judged import Findings
from fiscal.model.finding import Finding
from fiscal.report.search import told, write_search
from tests.narrative.office import office


def test_findings_and_items_of_an_account():
    found = Findings((Finding("r", "error", "两处不一致"),), (), {})
    said = told(office(), found)
    assert said["told"] == [[1, "error", "两处不一致"]]
    assert ["2010350", "事业运行", "176.79万元", "c-expenditure-"] in said["items"]


def test_the_page_holds_all_accounts_and_an_item_once(tmp_path):
    item = ["2010350", "事业运行", "1.00万元", "c-expenditure-"]
    about = {"year": 2023, "page": "甲/2023/report.html", "told": [[1, "info", "</script>"]], "items": [item]}
    accounts = [{**about, "entity": name} for name in ("甲局", "乙局")]
    write_search(accounts, tmp_path)
    text = (tmp_path / "search.html").read_text(encoding="utf-8")
    data = json.loads(re.search(r'id="data">(.*?)</script>', text)[1])
    assert data["accounts"][0] == ["甲局", "2023年度决算", "%E7%94%B2/2023/report.html"]
    assert data["findings"] == [[0, 1, "info", "</script>"], [1, 1, "info", "</script>"]]
    assert data["items"] == [["2010350", "事业运行", [[0, "1.00万元"], [1, "1.00万元"]], "c-expenditure-"]]
