"""A papermill engine that forks a loaded process per notebook instead of starting a kernel.

`papermill --engine fiscal` or `engine_name="fiscal"`. Each notebook has a process of its own, so no state leaks, or,
inside `one_process`, only a shell of its own: that is for the chapters of one account, which keep no state. The
libraries that the parent has imported are there already, so none is imported again. Where there is no fork
(Windows, macOS) the stock engine runs instead. papermill loads this module as it is itself loaded, so import papermill
first.
"""

import multiprocessing
import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

import nbformat
from papermill.engines import Engine, NBClientEngine

from fiscal.errors import RunError
from fiscal.model.printable import encodable
from fiscal.sandbox import CAN_FORK, die_with_parent, leave

START = 60.0  # seconds a shell may take to start


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
        stage = _Stage.shared or _Stage()
        try:
            stage.run(sources, nb_man, execution_timeout)
        except BaseException:
            stage.end()
            raise
        if stage is not _Stage.shared:
            stage.end()


class _Stage:
    """A forked process that runs notebooks one after the other, each in a fresh shell."""

    shared: "_Stage | None" = None

    def __init__(self) -> None:
        self.connection, theirs = multiprocessing.Pipe()
        self.child = os.fork()
        if self.child == 0:
            self.connection.close()
            _in_child(theirs)
        theirs.close()

    def run(self, sources: list[tuple[int, str]], nb_man: Any, timeout: float | None) -> None:
        self.connection.send(sources)
        _follow(self.connection, nb_man, timeout)

    def end(self) -> None:
        if _Stage.shared is self:
            _Stage.shared = None
        self.connection.close()
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)


@contextmanager
def one_process() -> Iterator[None]:
    """Notebooks that are run in here share a process, until one of them breaks it; those after it have their own."""
    _Stage.shared = _Stage() if CAN_FORK else None
    try:
        yield
    finally:
        if _Stage.shared:
            _Stage.shared.end()


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


def _in_child(connection: Connection) -> None:
    """Run the cells of notebooks and leave the process; never returns."""
    from fiscal.batch.engine.shell import run_cells
    from fiscal.report.kit.page import style_once

    status = 1
    try:
        die_with_parent()
        leave()
        as_it_was, folder = _settings(), os.getcwd()
        while True:
            sources = connection.recv()
            _reseed()
            as_it_was()
            style_once()
            for message in run_cells(sources, folder):
                connection.send(message)
            connection.send(None)
    except EOFError:
        status = 0
    finally:
        connection.close()
        os._exit(status)


def _settings() -> Callable[[], None]:
    """What sets back the surroundings that a notebook may have changed."""
    known, streams = dict(os.environ), (sys.stdout, sys.stderr)
    drawing = dict(sys.modules["matplotlib"].rcParams) if "matplotlib" in sys.modules else {}

    def set_back() -> None:
        os.environ.clear()
        os.environ.update(known)
        sys.stdout, sys.stderr = streams
        if drawing:
            sys.modules["matplotlib"].rcParams.update(drawing)

    return set_back


def _reseed() -> None:
    """Forked processes must not draw the same random numbers."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _follow(receiver: Connection, nb_man: Any, timeout: float | None) -> None:
    """Write outputs into the notebook as they come."""
    number, running = 0, None
    while True:
        if timeout is not None and not receiver.poll(timeout if running is not None else timeout + START):
            raise RunError(f"cell {running}", f"did not end within {timeout:g} s", "raise execution_timeout")
        try:
            message = receiver.recv()
        except EOFError:
            raise RunError(f"cell {running}", "its process died", "run the notebook in JupyterLab to see why") from None
        if message is None:
            return
        index, outputs, succeeded = message
        cell = nb_man.nb.cells[index]
        if outputs is None:
            running = index
            nb_man.cell_start(cell, index)
            continue
        number, running = number + 1, None
        cell.outputs = [nbformat.from_dict(_encodable(output)) for output in outputs]
        cell.execution_count = number
        (nb_man.cell_complete if succeeded else nb_man.cell_exception)(cell, index)
