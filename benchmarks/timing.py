"""How long a call takes, several times over."""

import time
from collections.abc import Callable


def milliseconds(call: Callable[[], object], runs: int, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """One time for each of `runs` calls, after one that is not counted.

    `clock` may be processor time, because other work on the machine slows a call by chance.
    """
    call()
    times = []
    for _ in range(runs):
        start = clock()
        call()
        times.append(1000 * (clock() - start))
    return times
