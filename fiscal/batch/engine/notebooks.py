"""The chapter notebooks: where they are, which parameters they declare, and running one with papermill."""

import logging
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from fiscal.batch.engine.fork_engine import ForkEngine
from fiscal.errors import RunError

papermill_engines.register("fiscal", ForkEngine)
logging.getLogger("papermill").setLevel(logging.ERROR)

_HOMES = (Path(__file__).resolve().parents[3] / "notebooks", Path(sys.prefix) / "share" / "fiscal" / "notebooks")
TIMEOUT = 300.0


@cache
def chapters() -> tuple[Path, ...]:
    """The chapter notebooks in order (00 is none): in the checkout, or where the package is installed."""
    for home in _HOMES:
        found = tuple(sorted(set(home.glob("[0-9][0-9]_*.ipynb")) - set(home.glob("00_*"))))
        if found:
            return found
    raise RunError(str(_HOMES[0]), "no notebooks found", "run from a checkout, or reinstall the package")


@cache
def _about(notebook: Path) -> tuple[tuple[str, ...], str]:
    """The kinds of document a chapter is about, and what it needs beside the account."""
    about = nbformat.read(notebook, as_version=4).metadata.get("fiscal", {})
    return tuple(about.get("kinds", ("final_account", "unknown"))), about.get("needs", "")


def chapters_of(kind: str, has_budget: bool) -> list[Path]:
    """The chapters for one document: those of its kind, with those on plan and outcome where its budget is known."""
    known = [(path, *_about(path)) for path in chapters()]
    return [path for path, kinds, needs in known if kind in kinds and (has_budget or needs != "budget")]


def everyone() -> list[Path]:
    """All notebooks, chapters and others."""
    return sorted(chapters()[0].parent.glob("*.ipynb"))


def named(name: str) -> Path:
    """A notebook that is no chapter, by its file name."""
    found = next((home / name for home in _HOMES if (home / name).is_file()), None)
    if found is None:
        raise RunError(name, "not found", "run from a checkout, or reinstall the package")
    return found


@cache
def declared(notebook: Path) -> frozenset[str]:
    """Names of the parameters that a notebook declares."""
    return frozenset(papermill.inspect_notebook(str(notebook)))


def run(notebook: Path, target: Path | None, parameters: Mapping[str, Any]) -> nbformat.NotebookNode:
    """Run one notebook; the executed one is kept at `target`, also when a cell fails.

    Errors: RunError naming the notebook and the cell when a cell fails or a parameter is not declared.
    """
    unknown = sorted(set(parameters) - declared(notebook))
    if unknown:
        known = ", ".join(sorted(declared(notebook))) or "none"
        raise RunError(notebook.name, f"no parameter {', '.join(unknown)}", f"it declares: {known}")
    try:
        return papermill.execute_notebook(
            str(notebook), str(target) if target else None, dict(parameters), engine_name="fiscal",
            progress_bar=False, execution_timeout=TIMEOUT, kernel_name="python3",
            request_save_on_cell_execute=False, record_times=False,
        )  # fmt: skip
    except PapermillExecutionError as error:
        what = f"cell {error.exec_count} failed: {error.ename}: {error.evalue}"
        raise RunError(notebook.name, what, "open the executed notebook to see the traceback") from error
    except RunError as error:
        raise RunError(f"{notebook.name}, {error.where}", error.what, error.next_step) from error
