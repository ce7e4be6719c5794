"""The fork engine: the same outputs as a kernel, nothing left from one notebook to the next."""

import sys

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from fiscal.batch.engine import notebooks
from fiscal.batch.engine.fork_engine import one_process
from fiscal.batch.engine.forking import loaded
from fiscal.errors import RunError

SOURCES = [
    "import pandas as pd\nfrom IPython.display import clear_output, display, update_display",
    "print('out')\npd.DataFrame({'a': [1, 2]})",
    "1 + 1;",
    "from matplotlib.figure import Figure\nFigure()",
    "import matplotlib.pyplot as plt\nplt.plot([2, 1])\nNone",
    "handle = display('x', display_id='q')\nupdate_display('y', display_id='q')",
    "print('a')\nclear_output()\nprint('b')",
    "import sys\nprint('err', file=sys.stderr)",
    "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
    "__name__, _",
]


def write(path, sources):
    cells = [new_code_cell(source) for source in sources]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


def run(path, **options):
    return papermill.execute_notebook(str(path), None, engine_name="fiscal", progress_bar=False, **options)


@pytest.mark.parametrize("loaded", [False, True], ids=["fresh", "pyplot loaded before"])
def test_outputs_are_those_of_a_kernel(tmp_path, loaded):
    if loaded:
        import matplotlib.pyplot as plt

        plt.close(plt.figure())
    path = write(tmp_path / "n.ipynb", SOURCES)
    forked, stock = run(path), papermill.execute_notebook(str(path), None, progress_bar=False)
    for ours, theirs in zip(forked.cells, stock.cells, strict=True):
        assert ours.outputs == theirs.outputs
        assert ours.execution_count == theirs.execution_count


def test_no_state_leaks_between_notebooks(tmp_path):
    first = ["import builtins, os, matplotlib, random", "builtins.leak = 1; os.environ['LEAK'] = '1'",
             "matplotlib.rcParams['font.size'] = 99", "mine = 1"]  # fmt: skip
    second = ["import builtins, os, matplotlib", "hasattr(builtins, 'leak'), os.environ.get('LEAK'), 'mine' in dir()",
              "matplotlib.rcParams['font.size'] == 99"]  # fmt: skip
    run(write(tmp_path / "a.ipynb", first))
    after = run(write(tmp_path / "b.ipynb", second))
    assert after.cells[1].outputs[0].data["text/plain"] == "(False, None, False)"
    assert after.cells[2].outputs[0].data["text/plain"] == "False"


def test_forked_notebooks_draw_different_random_numbers(tmp_path):
    path = write(tmp_path / "n.ipynb", ["import random, numpy\nrandom.random(), numpy.random.rand()"])
    one, two = (run(path).cells[0].outputs[0].data["text/plain"] for _ in range(2))
    assert one != two


def test_a_failing_cell_stops_the_notebook(tmp_path):
    path = write(tmp_path / "n.ipynb", ["1", "1 / 0", "print('never')"])
    with pytest.raises(PapermillExecutionError, match="ZeroDivisionError"):
        run(path)


def test_a_cell_that_does_not_end_is_named(tmp_path):
    path = write(tmp_path / "n.ipynb", ["1", "import time\ntime.sleep(60)"])
    with pytest.raises(RunError, match="cell 1: did not end within 1 s"):
        run(path, execution_timeout=1)


def test_a_process_that_dies_is_named(tmp_path):
    path = write(tmp_path / "n.ipynb", ["import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"])
    with pytest.raises(RunError, match="cell 0: its process died"):
        run(path)


def test_unknown_parameters_are_refused(tmp_path):
    path = write(tmp_path / "01_n.ipynb", ["year: int = 2022  # 决算年度"])
    node = nbformat.read(path, as_version=4)
    node.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(node, path)
    with pytest.raises(RunError, match="no parameter yaer"):
        notebooks.run(path, None, {"yaer": 2021})


def test_a_failing_notebook_is_named_with_its_cell_and_kept(tmp_path):
    path, target = write(tmp_path / "01_n.ipynb", ["1", "1 / 0"]), tmp_path / "executed.ipynb"
    with pytest.raises(RunError, match=r"01_n\.ipynb: cell 2 failed: ZeroDivisionError"):
        notebooks.run(path, target, {})
    assert target.exists()


def test_a_forked_notebook_finds_everything_loaded(tmp_path):
    with loaded():
        before = set(sys.modules)
        path = write(tmp_path / "n.ipynb", ["import fiscal, sys", "fiscal.charts", "print(*sys.modules)"])
        after = run(path).cells[2].outputs[0].text.split()
    assert set(after) - before <= {"bdb"}


def test_notebooks_of_one_process_have_shells_of_their_own(tmp_path):
    first = ["import os, matplotlib, sys", "mine = 1; os.environ['LEAK'] = '1'; os.chdir('/'); print(os.getpid())",
             "matplotlib.rcParams['font.size'] = 99"]  # fmt: skip
    second = ["import os, matplotlib", "print(os.getpid())",
              "os.environ.get('LEAK'), 'mine' in dir(), os.getcwd() == '/'",
              "matplotlib.rcParams['font.size'] == 99", "_, In[1]"]  # fmt: skip
    with one_process():
        one, two = run(write(tmp_path / "a.ipynb", first)), run(write(tmp_path / "b.ipynb", second))
    assert one.cells[1].outputs[0].text == two.cells[1].outputs[0].text
    assert two.cells[2].outputs[0].data["text/plain"] == "(None, False, False)"
    assert two.cells[3].outputs[0].data["text/plain"] == "False"
    assert two.cells[4].outputs[0].data["text/plain"] == "(False, 'import os, matplotlib')"


def test_a_notebook_that_ends_the_process_costs_itself_alone(tmp_path):
    with one_process():
        with pytest.raises(RunError, match="its process died"):
            run(write(tmp_path / "a.ipynb", ["import os", "os._exit(3)"]))
        with pytest.raises(PapermillExecutionError, match="ZeroDivisionError"):
            run(write(tmp_path / "b.ipynb", ["1 / 0"]))
        assert run(write(tmp_path / "c.ipynb", ["1 + 1"])).cells[0].outputs[0].data["text/plain"] == "2"
