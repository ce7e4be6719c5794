"""What an account costs in a batch of 50 and in one of 2,000: read, reconciled and stored; and the memory they take."""

import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import psutil

from benchmarks.killing import generate_one

TWO, FEW, MANY = 2, 50, 2000
AIM_PER_SECOND = 15.0
AIM_GROWTH_MB = 100.0
RUNS = 3
WORKERS = 2


def run(quick: bool = False) -> list[dict]:
    """Entries of outputs/bench.json: cost of an account, accounts a second on two cores, growth of memory.

    The cost is processor time without what a batch of two accounts takes, so without starting; the rate is of the
    whole command by the clock.
    """
    many = MANY // 10 if quick else MANY
    with tempfile.TemporaryDirectory() as folder:
        with ProcessPoolExecutor(WORKERS) as pool:
            for n in (TWO, FEW, many):
                list(pool.map(generate_one, [Path(folder, str(n))] * n, range(n), chunksize=10))
        out = Path(folder, "out")
        start, few = (_median(Path(folder, str(n)), out) for n in (TWO, FEW))
        whole = _batch(Path(folder, str(many)), out)
    cost_few, cost_many = (1000 * (b.cpu - start.cpu) / (n - TWO) for b, n in ((few, FEW), (whole, many)))
    rate, growth = many / whole.seconds, whole.peak - few.peak
    return [
        _entry(f"batch_processor_time_of_an_account_at_{many}_beside_{FEW}", cost_many, "ms",
               (cost_few, cost_few / cost_many)),
        _entry(f"batch_accounts_per_second_at_{many}_on_{WORKERS}_cores", rate, "accounts/s",
               (AIM_PER_SECOND, rate / AIM_PER_SECOND)),
        _entry(f"batch_peak_memory_at_{many}_over_{FEW}", growth, "MB", (AIM_GROWTH_MB, growth / AIM_GROWTH_MB)),
    ]  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """Of one batch: seconds by the clock, processor seconds and peak memory in MB of all its processes together."""

    seconds: float
    cpu: float
    peak: float


def _median(accounts: Path, out: Path) -> Cost:
    costs = [_batch(accounts, out) for _ in range(RUNS)]
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in ("seconds", "cpu", "peak")))


def _batch(accounts: Path, out: Path) -> Cost:
    rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "fiscal.cli", "batch", str(accounts), "--out", str(out), "--no-pages", "--jobs",
               str(WORKERS)]  # fmt: skip
    start, cpu, peaks = time.perf_counter(), _cpu(), [0.0]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watcher = threading.Thread(target=_watch, args=(process, peaks))
    watcher.start()
    if process.wait() != 0:
        raise RuntimeError(f"the batch ended with {process.returncode}")
    seconds = time.perf_counter() - start
    watcher.join()
    return Cost(seconds, _cpu() - cpu, max(peaks))


def _cpu() -> float:
    """Processor seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: subprocess.Popen, peaks: list[float]) -> None:
    """Memory of the process and its children, proportionally where they share it, four times a second."""
    while process.poll() is None:
        try:
            family = [root := psutil.Process(process.pid), *root.children(recursive=True)]
            peaks.append(sum(one.memory_full_info().pss for one in family) / 2**20)
        except psutil.Error:
            pass  # one of them ended while it was asked
        time.sleep(0.25)


def _entry(name: str, value: float, unit: str, against: tuple[float, float]) -> dict:
    """`against` is the baseline or aim, and how the value relates to it."""
    baseline, ratio = against
    return {"name": name, "value": round(value, 2), "unit": unit, "baseline": round(baseline, 2),
            "ratio": round(ratio, 2), "runs": RUNS if "beside" in name else 1}  # fmt: skip
