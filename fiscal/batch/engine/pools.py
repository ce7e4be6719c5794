"""Where tasks run: processes of this machine, or a Dask cluster at an address. One interface, one code path."""

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Protocol
from uuid import uuid4

from fiscal.batch.engine import helper
from fiscal.errors import RunError
from fiscal.sandbox import Children

PATIENCE = "15s"
AHEAD = 4  # tasks handed out per worker of a cluster, so that memory does not grow with the number of documents


class Pool(Protocol):
    """Runs a function over items, side by side.

    width  how many items run at the same time
    """

    @property
    def width(self) -> int: ...

    def each(self, function: Callable, items: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
        """Yield (item, result or exception) as they come, in any order."""


class Processes(Children):
    """Processes of this machine, each document within its limits. One that dies costs the item it held."""


class Cluster:
    """A Dask scheduler at an address; its workers see the same files. Lost workers' tasks are run again by Dask.

    A helper process that dies costs the item it held, after a second try.
    """

    def __init__(self, address: str) -> None:
        if ":" not in address:
            raise RunError(address, "is no address of a scheduler", "give it as tcp://host:8786")
        try:
            from distributed import Client
        except ImportError as error:
            raise RunError(
                address, "dask.distributed is not installed", "pip install 'fiscal-notebooks[cluster]'"
            ) from error
        try:
            self.client = Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise RunError(address, "no scheduler answers there", "start one: dask scheduler") from error

    @property
    def width(self) -> int:
        return max(1, sum(self.client.nthreads().values()))

    def each(self, function: Callable, items: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
        from distributed import as_completed

        queue, items_of = iter(items), dict[Any, tuple]()
        first = [self._submit(function, item, items_of) for item in islice(queue, self.width * AHEAD)]
        waiting = as_completed(first, loop=self.client.loop)
        for future in waiting:
            item = items_of.pop(future.key)
            error = future.exception()
            yield item, error if error else pickle.loads(future.result())
            future.release()
            for following in islice(queue, 1):
                waiting.add(self._submit(function, following, items_of))

    def _submit(self, function: Callable, item: tuple, items_of: dict[Any, tuple]) -> Any:
        key = f"{function.__name__}-{uuid4().hex}"  # the scheduler learns how long tasks of one name take
        future = self.client.submit(helper.run, *helper.pack(function, item), key=key, retries=1)
        items_of[future.key] = item
        return future

    def close(self) -> None:
        self.client.close()


@contextmanager
def open_pool(jobs: int = 0, scheduler: str | None = None) -> Iterator[Pool]:
    """Processes of this machine (`jobs`, default one per core), or the cluster at `scheduler`."""
    if not scheduler:
        yield Processes(jobs or os.cpu_count() or 1)
        return
    cluster = Cluster(scheduler)
    try:
        yield cluster
    finally:
        cluster.close()
