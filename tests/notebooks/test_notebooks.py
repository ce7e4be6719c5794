"""The chapters: thin, parameterised, without outputs, each running alone."""

import ast
import re
from pathlib import Path

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from fiscal import show
from fiscal.batch.engine.notebooks import chapters, declared, run
from fiscal.errors import ReadError

ROOT = Path(__file__).parents[2]
EXPLORE = ROOT / "notebooks/00_explore.ipynb"
NOTEBOOKS = sorted(set((ROOT / "notebooks").glob("[0-9]*.ipynb")) - {EXPLORE})
ACROSS = ROOT / "notebooks/across_departments.ipynb"
YEARS = ROOT / "notebooks/across_years.ipynb"
DATA = {name: str(ROOT / f"data/raw/suining-hotline/{year}") for name, year in (("now", 2022), ("before", 2021))}
FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp, ast.Try, ast.ListComp)


def code(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_there_is_one_notebook_per_chapter_in_order():
    assert [path.name[:3] for path in NOTEBOOKS] == [f"{i:02d}_" for i in range(1, 15)]
    assert [path.name for path in chapters()] == [path.name for path in NOTEBOOKS]


@pytest.mark.parametrize("path", [*NOTEBOOKS, EXPLORE, ACROSS, YEARS], ids=lambda p: p.stem)
class TestNotebook:
    def test_is_valid_without_outputs_and_with_stable_ids(self, path):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        about = notebook.metadata["fiscal"]
        assert [cell.id for cell in notebook.cells] == [
            f"{about['chapter']}-{i:02d}" for i in range(1, len(notebook.cells) + 1)
        ]
        assert all(cell.outputs == [] and cell.execution_count is None for cell in code(path))

    def test_first_code_cell_declares_typed_parameters_with_a_note(self, path):
        cells = code(path)
        assert [cell.metadata.get("tags", []) for cell in cells[:2]] == [["parameters"], []]
        lines = cells[0].source.splitlines()
        assert all(re.fullmatch(r"\w+: (str = \"[^\"]*\"|int = \d+)  # .+", line) for line in lines)

    def test_cells_are_thin_and_hold_no_logic(self, path):
        for cell in code(path):
            assert len(cell.source.splitlines()) <= 8
            tree = ast.parse(cell.source)
            assert not [node for node in ast.walk(tree) if isinstance(node, FORBIDDEN)]
            imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
            assert set(imported) <= {"fiscal"}
            assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]

    def test_it_begins_with_its_title_and_a_sentence(self, path):
        first = nbformat.read(path, as_version=4).cells[0]
        assert first.cell_type == "markdown"
        assert re.match(r"# .+\n\n.+。", first.source)


def test_the_comparison_is_no_chapter_and_declares_what_it_takes():
    assert ACROSS not in chapters()
    assert declared(ACROSS) == {"store_path", "year", "expected_path", "as_of"}


def test_exploring_is_no_chapter_and_begins_with_an_own_file():
    assert EXPLORE not in chapters()
    assert declared(EXPLORE) == {"account_path", "previous_path", "entity", "year", "store_path"}


def test_the_start_leads_to_every_notebook():
    text = "".join(cell.source for cell in nbformat.read(ROOT / "notebooks/start.ipynb", as_version=4).cells)
    linked = set(re.findall(r"\]\((\w+\.ipynb)\)", text))
    assert linked == {path.name for path in (ROOT / "notebooks").glob("*.ipynb")} - {"start.ipynb"}


class TestParameters:
    def of(self, **chosen):
        return show.accounts(*DATA.values(), **chosen)[0]

    def test_another_year_of_the_same_entity(self):
        account, previous = show.accounts(DATA["now"], DATA["before"], year=2021)
        assert (account.year, previous) == (2021, None)

    @pytest.mark.parametrize("entity", ["demo-office", "临溪区政务服务中心"])
    def test_another_entity_by_folder_or_name_and_its_newest_year(self, entity):
        account, previous = show.accounts(DATA["now"], DATA["before"], entity=entity)
        assert (account.entity, account.year, previous.year) == ("临溪区政务服务中心", 2023, 2022)

    def test_what_is_not_there_is_a_sentence_with_what_is(self):
        with pytest.raises(ReadError, match="没有 2019 年度的资料 — 有：2021、2022"):
            self.of(year=2019)
        with pytest.raises(ReadError, match="没有单位 别的局 的资料 — 有：demo-office、suining-hotline"):
            self.of(entity="别的局")

    def test_a_parameter_that_is_not_declared_is_refused_in_plain_papermill(self, tmp_path):
        with pytest.raises(PapermillExecutionError, match="没有名为 yaer 的参数 — 可用的参数：account_path、entity"):
            papermill.execute_notebook(NOTEBOOKS[0], tmp_path / "o.ipynb", {"yaer": 2021}, progress_bar=False)


def test_the_years_are_no_chapter_and_take_an_entity_and_an_index():
    assert YEARS not in chapters()
    assert declared(YEARS) == {"store_path", "entity", "prices_path"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
class TestChapter:
    def test_takes_an_account_and_last_years(self, path):
        assert declared(path) - {"beside_path"} == {"account_path", "previous_path", "entity", "year"}

    def test_it_runs_alone(self, path):
        given = {"account_path": DATA["now"], "previous_path": DATA["before"]}
        own = "beside_path" in declared(path)  # of budgets: the pair that comes with the project
        executed = run(path, None, {} if own else given)
        shown = [output for cell in executed.cells for output in cell.get("outputs", [])]
        assert len(shown) >= 2
        assert all("text/html" in output.data for output in shown)


def test_a_number_of_the_account_reaches_the_chapter():
    executed = run(NOTEBOOKS[1], None, {"account_path": DATA["now"], "previous_path": DATA["before"]})
    pages = "".join(o.data["text/html"] for cell in executed.cells for o in cell.get("outputs", []))
    assert ">218.96万元</a>" in pages and 'href="#c-expenditure-total-basic"' in pages


def test_plan_and_outcome_stand_beside_each_other_in_their_chapter():
    """demo-office 2022: of 41.16 planned for 2010302 were 35.43 spent; the fund's plan of 36.72 was raised to 40.80."""
    executed = run(NOTEBOOKS[13], None, {})
    page = "".join(o.data["text/html"] for cell in executed.cells for o in cell.get("outputs", []))
    assert "对照：所述预算 12 项，一致 12。" in page
    assert all(f">{text}<" in page for text in ("41.16", "35.43", "36.72", "40.80", "4.08"))


@pytest.mark.parametrize("chapter", ["01_overview", "06_three_public_expenses", "12_multi_year"])
def test_a_chapter_runs_without_last_year(chapter):
    path = next(path for path in NOTEBOOKS if path.stem == chapter)
    executed = run(path, None, {"account_path": DATA["now"], "previous_path": ""})
    assert all(o.output_type != "error" for cell in executed.cells for o in cell.get("outputs", []))
