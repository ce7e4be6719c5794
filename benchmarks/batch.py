"""What an account costs in a batch of 50 and in one of 2,000: read, reconciled and stored; and the memory they take."""

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from shutil import rmtree

import psutil

from benchmarks.killing import generate_one

FEW, MANY = 50, 2000
AIM_PER_SECOND = 15.0
AIM_GROWTH_MB = 100.0
RUNS_FEW = 5
WORKERS = 2


def run(quick: bool = False) -> list[dict]:
    """Entries of outputs/bench.json: cost of an account, accounts a second on two cores, growth of memory."""
    many = MANY // 10 if quick else MANY
    with tempfile.TemporaryDirectory() as folder:
        few_in, many_in, out = Path(folder, "few"), Path(folder, "many"), Path(folder, "out")
        with ProcessPoolExecutor(WORKERS) as pool:
            list(pool.map(generate_one, [few_in] * FEW, range(FEW)))
            list(pool.map(generate_one, [many_in] * many, range(many), chunksize=20))
        runs = [_batch(few_in, out) for _ in range(RUNS_FEW)]
        seconds_few, peak_few = (statistics.median(values) for values in zip(*runs, strict=True))
        seconds_many, peak_many = _batch(many_in, out)
    few, each = seconds_few / FEW * 1000, seconds_many / many * 1000
    growth = peak_many - peak_few
    return [
        _entry(f"batch_cost_of_an_account_at_{many}_beside_{FEW}", each, "ms", (few, few / each)),
        _entry(f"batch_accounts_per_second_at_{many}", 1000 / each, "accounts/s",
               (AIM_PER_SECOND, 1000 / each / AIM_PER_SECOND)),
        _entry(f"batch_peak_memory_at_{many}_over_{FEW}", growth, "MB",
               (AIM_GROWTH_MB, growth / AIM_GROWTH_MB)),
    ]  # fmt: skip


def _batch(accounts: Path, out: Path) -> tuple[float, float]:
    """Seconds of the whole command without its start, and the peak memory in MB of all its processes together."""
    rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "fiscal.cli", "batch", str(accounts), "--out", str(out), "--no-pages", "--jobs",
               str(WORKERS)]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks: list[float] = []
    watcher = threading.Thread(target=_watch, args=(process, peaks))
    watcher.start()
    if process.wait() != 0:
        raise RuntimeError(f"the batch ended with {process.returncode}")
    watcher.join()
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return sum(record["seconds"].values()), max(peaks)


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
    runs = RUNS_FEW if "beside" in name else 1
    return {"name": name, "value": round(value, 2), "unit": unit, "baseline": round(baseline, 2),
            "ratio": round(ratio, 2), "runs": runs}  # fmt: skip
