"""How far a command is: a bar with rate and time left on a terminal, now and then a plain line elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Step = Callable[[str], None]
EVERY = 30.0  # seconds between plain lines, so that a log of an hour stays a page long


def progress(label: str, total: int | None) -> AbstractContextManager[Step]:
    """Shows itself on stderr; call the step with the name of each thing done. `total` None: not known."""
    return _bar(label, total) if sys.stderr.isatty() else _lines(label, total)


@contextmanager
def _bar(label: str, total: int | None) -> Iterator[Step]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.table import Column

    rate = TextColumn("{task.fields[rate]}", justify="right")
    name = TextColumn("{task.fields[name]}", table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1))
    columns = (TextColumn("{task.description}"), BarColumn(20), MofNCompleteColumn(), rate, TimeRemainingColumn(), name)
    with Progress(*columns, console=Console(stderr=True), transient=True, expand=True) as bars:
        task = bars.add_task(label, total=total, name="", rate="")

        def step(name: str) -> None:
            speed = bars.tasks[0].speed
            bars.update(task, advance=1, name=name, rate=f"{speed:.1f}/s" if speed else "")

        yield step


@contextmanager
def _lines(label: str, total: int | None) -> Iterator[Step]:
    done, start = 0, time.monotonic()
    said = start

    def step(name: str) -> None:
        nonlocal done, said
        done, now = done + 1, time.monotonic()
        if now - said >= EVERY:
            said = now
            print(line(label, done, total=total, seconds=now - start), file=sys.stderr, flush=True)

    yield step


def line(label: str, done: int, *, total: int | None, seconds: float) -> str:
    """One plain line: "checking 核对: 1200 of 10000, 14.2/s, 10 min left"."""
    rate = done / seconds
    if total is None:
        return f"{label}: {done}, {rate:.1f}/s"
    left = (total - done) / rate
    return f"{label}: {done} of {total}, {rate:.1f}/s, {_time(left)} left"


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
