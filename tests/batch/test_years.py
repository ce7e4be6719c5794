"""The pages over the years at the end of a run: made, linked, kept, one failure alone."""

import json
import re

import pytest

from fiscal.batch.engine.notebooks import named
from fiscal.batch.engine.notebooks import run as run_notebook
from fiscal.batch.engine.pools import Processes
from fiscal.batch.many import Wanted, batch
from fiscal.batch.store_pages import make_years, plan_years
from fiscal.synthetic import make_panel, write_account
from tests.batch.accounts import office, stamps


def run(*paths, out, **options):
    return batch(Wanted(tuple(map(str, paths)), out, out / "processed", jobs=1, **options))


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """One office with three years, one with a single year."""
    root = tmp_path_factory.mktemp("years")
    for account in make_panel(7, (2021, 2022, 2023)):
        write_account(account, root / "data/long" / str(account.year), with_notes=False)
    office(root / "data/short/2023", 8, 2023)
    return run(root / "data", out=root / "out"), root / "out", root / "data"


def test_an_entity_with_several_years_has_a_page_and_one_with_a_single_year_none(done):
    result, out, _ = done
    assert result.failures == []
    assert [path.parent.name for path in out.glob("*/years.html")] == ["long"]
    text = (out / "long/years.html").read_text(encoding="utf-8")
    assert "2021—2023年的决算有3份" in text and 'role="alert"' not in text
    assert all(f'href="{year}/report.html"' in text for year in (2021, 2022, 2023))


def test_index_and_league_lead_to_it(done):
    _, out, _ = done
    assert (out / "index.html").read_text(encoding="utf-8").count('href="long/years.html"') == 3
    assert 'href="long/years.html"' in (out / "comparison.html").read_text(encoding="utf-8")


def test_what_has_not_changed_is_kept(done):
    _, out, data = done
    before = {name: stamp for name, stamp in stamps(out).items() if "years" in name}
    assert len(before) == 3  # page, executed notebook, key
    assert run(data, out=out).failures == []
    assert {name: stamp for name, stamp in stamps(out).items() if "years" in name} == before


def make(out):
    todo = [job for job in plan_years(out / "processed", out) if not job.is_made]
    return list(make_years(todo, out, Processes(1)))


def test_a_page_that_fails_costs_itself_alone_and_is_tried_again(done, tmp_path, monkeypatch):
    _, out, _ = done
    key, page = out / "long/.years.json", out / "long/years.html"
    key.write_text(json.dumps({"key": "of another state"}), encoding="utf-8")
    broken = tmp_path / "across_years.ipynb"
    whole = json.loads((out / "long/across_years.ipynb").read_text(encoding="utf-8"))
    whole["cells"][3]["source"] = ["raise ValueError('no figures')"]
    broken.write_text(json.dumps(whole), encoding="utf-8")
    monkeypatch.setattr("fiscal.batch.store_pages.named", lambda name: broken)
    ((_, (said,)),) = make(out)
    assert "no figures" in said and not page.exists()
    assert (out / "long/2023/report.html").exists()
    monkeypatch.undo()
    ((_, said),) = make(out)
    assert said == [] and page.exists()


def test_an_index_of_ones_own_is_taken(done, tmp_path):
    _, out, _ = done
    own = tmp_path / "own.csv"
    own.write_text("year,index\n2022,200\n2023,100\n", encoding="utf-8")
    entity = json.loads((out / "long/2023/manifest.json").read_text(encoding="utf-8"))["entity"]
    values = {"store_path": str(out / "processed"), "entity": entity, "prices_path": str(own)}
    executed = run_notebook(named("across_years.ipynb"), None, values)
    shown = [output.data["text/html"] for cell in executed.cells for output in cell.get("outputs", [])]
    amounts = [re.findall(r"<td[^>]*>([\d,.]+)</td>", row) for row in shown[2].split("<tr")[2:6]]
    printed, real = (float(amounts[i][0].replace(",", "")) for i in (0, 2))
    assert real == pytest.approx(2 * printed)  # 2021 in prices of 2023, which doubled in 2022
