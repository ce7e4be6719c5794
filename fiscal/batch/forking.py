"""Forked processes: whether this system has them, and loading beforehand what they will need."""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor

CAN_FORK = sys.platform.startswith("linux")
_PR_SET_PDEATHSIG = 1


def process_pool(jobs: int) -> ProcessPoolExecutor:
    """Processes forked from this one where that is possible, so that they need not import anything."""
    if not CAN_FORK:
        return ProcessPoolExecutor(jobs)
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork"), initializer=_begin)


def _begin() -> None:
    """A worker ends with its parent, and its collector does not touch, and so copy, the memory that both share."""
    die_with_parent()
    gc.freeze()


def die_with_parent() -> None:
    """Leave no process behind when the one that forked this is killed."""
    if CAN_FORK:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def preload() -> None:
    """Import in this process what every notebook uses, and keep the collector away from it.

    Not pyplot: its inline backend attaches itself to the notebook that imports it.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import nbformat.v4

    import fiscal.batch.notebooks
    import fiscal.batch.shell
    import fiscal.charts
    import fiscal.metrics  # noqa: F401
    from fiscal.report.export import chapter

    chapter(nbformat.v4.new_notebook())  # compiles the templates
    gc.collect()
    gc.freeze()
