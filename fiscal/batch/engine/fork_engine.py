"""A papermill engine that forks a loaded process per notebook instead of starting a kernel.

`papermill --engine fiscal` or `engine_name="fiscal"`. Each notebook has a process of its own, so no state leaks; the
libraries that the parent has imported are there already, so none is imported again. Where there is no fork
(Windows, macOS) the stock engine runs instead. papermill loads this module as it is itself loaded, so import papermill
first.
"""

import multiprocessing
import os
import random
import signal
import sys
from multiprocessing.connection import Connection
from typing import Any

import nbformat
from papermill.engines import Engine, NBClientEngine

from fiscal.errors import RunError
from fiscal.model.printable import encodable
from fiscal.sandbox import CAN_FORK, die_with_parent, leave


class ForkEngine(Engine):
    """Runs the cells of a notebook in a forked child and takes their outputs over a pipe."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, *, record_times: bool = True, **options: Any) -> Any:
        """As papermill calls it. Without `record_times` the same run twice gives the same bytes."""
        done = super().execute_notebook(nb, kernel_name, **options)
        return done if record_times else _without_times(done)

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, *, execution_timeout: float | None = None,
                                 **options: Any) -> None:  # fmt: skip
        """Run every code cell; `execution_timeout` is in seconds for each cell (none by default)."""
        if not CAN_FORK:
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, execution_timeout=execution_timeout, **options)
            return
        sources = [(i, cell.source) for i, cell in enumerate(nb_man.nb.cells) if cell.cell_type == "code"]
        receiver, sender = multiprocessing.Pipe(duplex=False)
        child = os.fork()
        if child == 0:
            receiver.close()
            _in_child(sender, sources)
        sender.close()
        try:
            _follow(receiver, nb_man, execution_timeout)
        except BaseException:
            os.kill(child, signal.SIGKILL)
            raise
        finally:
            receiver.close()
            os.waitpid(child, 0)


def _without_times(nb: Any) -> Any:
    """The notebook without when and where it ran; what ran, with which parameters and how it ended stays."""
    for cell in nb.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"  # papermill draws one
    for part in (nb, *nb.cells):
        record = part.metadata.get("papermill", {})
        for name in ("start_time", "end_time", "duration", "input_path", "output_path"):
            record.pop(name, None)
    return nb


def _encodable(part: Any) -> Any:
    """The output with texts that a file can hold: names of files may be in any encoding."""
    if isinstance(part, dict):
        return {key: _encodable(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_encodable(value) for value in part]
    return encodable(part) if isinstance(part, str) else part


def _in_child(sender: Connection, sources: list[tuple[int, str]]) -> None:
    """Run the cells and leave the process; never returns."""
    from fiscal.batch.engine.shell import run_cells
    from fiscal.report.kit.page import style_once

    status = 1
    try:
        die_with_parent()
        leave()
        _reseed()
        style_once()
        for message in run_cells(sources, os.getcwd()):
            sender.send(message)
        status = 0
    finally:
        sender.close()
        os._exit(status)


def _reseed() -> None:
    """Forked processes must not draw the same random numbers."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _follow(receiver: Connection, nb_man: Any, timeout: float | None) -> None:
    """Write outputs into the notebook as they come."""
    number, running = 0, None
    while True:
        if timeout is not None and not receiver.poll(timeout):
            raise RunError(f"cell {running}", f"did not end within {timeout:g} s", "raise execution_timeout")
        try:
            index, outputs, succeeded = receiver.recv()
        except EOFError:
            break
        cell = nb_man.nb.cells[index]
        if outputs is None:
            running = index
            nb_man.cell_start(cell, index)
            continue
        number, running = number + 1, None
        cell.outputs = [nbformat.from_dict(_encodable(output)) for output in outputs]
        cell.execution_count = number
        (nb_man.cell_complete if succeeded else nb_man.cell_exception)(cell, index)
    if running is not None:
        raise RunError(f"cell {running}", "its process died", "run the notebook in JupyterLab to see why")
