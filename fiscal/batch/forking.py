"""Forked processes: whether this system has them, and loading beforehand what they will need."""

import gc
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor

CAN_FORK = sys.platform.startswith("linux")


def process_pool(jobs: int) -> ProcessPoolExecutor:
    """Processes forked from this one where that is possible, so that they need not import anything."""
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork") if CAN_FORK else None)


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
