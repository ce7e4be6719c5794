"""Loading beforehand what forked processes will need."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

_USED = (
    "fiscal.batch.engine.notebooks", "fiscal.batch.engine.shell", "fiscal.charts", "fiscal.metrics", "sqlite3",
    *(f"IPython.core.{name}" for name in ("application", "completerlib", "logger", "magics", "oinspect")),
)  # fmt: skip


@contextmanager
def loaded() -> Iterator[None]:
    """Notebooks and pools that are started in here find loaded what they need."""
    preload()
    try:
        yield
    finally:
        gc.unfreeze()


def preload() -> None:
    """Load in this process what every notebook uses, and keep the collector away from it.

    Not pyplot: its inline backend attaches itself to the notebook that imports it.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in _USED:
        import_module(name)
    _first_uses()
    gc.collect()
    gc.freeze()


def _first_uses() -> None:
    """What is slow the first time: templates, phrases, the font, looking for backends in all installed packages."""
    from matplotlib.backends.registry import backend_registry
    from matplotlib.figure import Figure
    from nbformat.v4 import new_notebook

    from fiscal.charts.style import font
    from fiscal.charts.svg import svg
    from fiscal.dictionary.glossary import terms
    from fiscal.dictionary.templates import phrases
    from fiscal.report.export import chapter

    backend_registry.list_all()
    figure = Figure()
    figure.text(0, 0, "决算", fontproperties=font(10))
    svg(figure)
    phrases(), terms()
    chapter(new_notebook())
