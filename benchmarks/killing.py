"""Killing a batch at random moments and resuming it: the result must be that of an undisturbed run, byte for byte."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fiscal.synthetic import make_panel, write_account

_NOT_COMPARED = ("run.json", ".lock")  # durations and counts of one run
# with pages or without → number of accounts, kills
PLANS = {False: (12, 10), True: (3, 10)}
QUICK = {False: (4, 3), True: (1, 3)}


def run(quick: bool = False) -> list[dict]:
    """Entries of outputs/bench.json: how many killed and resumed batches end as one that nobody disturbed."""
    plans = QUICK if quick else PLANS
    return [_killed(pages, *plan) for pages, plan in plans.items()]


def _killed(pages: bool, n: int, kills: int) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        accounts, out = generate(Path(folder) / "in", n), Path(folder) / "out"
        whole, seconds = undisturbed(accounts, out, pages=pages)
        draw = random.Random(2022)
        same = 0
        for _ in range(kills):
            finish(accounts, out, pages=pages, moments=[draw.uniform(0.3, seconds)])
            same += taken(out) == whole
    name = f"killed_and_resumed_identical_of_{n}_accounts_{'with' if pages else 'without'}_pages"
    return {"name": name, "value": same, "unit": "batches", "baseline": kills, "ratio": round(same / kills, 3),
            "runs": kills}  # fmt: skip


def generate(folder: Path, count: int, years: tuple[int, ...] = (2022,)) -> Path:
    """Folders of workbooks of invented offices."""
    for seed in range(count):
        generate_one(folder, seed, years)
    return folder


def generate_one(folder: Path, seed: int, years: tuple[int, ...] = (2022,)) -> None:
    """The workbooks of one invented office, in a folder for each year."""
    for account in make_panel(seed, years):
        write_account(account, folder / f"office-{seed:05d}" / str(account.year))


def undisturbed(accounts: Path, out: Path, *, pages: bool) -> tuple[dict[str, bytes], float]:
    """What a batch makes that nobody kills, and the seconds it takes. `out` is free again: pages name their store."""
    start = time.perf_counter()
    finish(accounts, out, pages=pages, moments=[])
    seconds = time.perf_counter() - start
    return taken(out), seconds


def finish(accounts: Path, out: Path, *, pages: bool, moments: list[float]) -> None:
    """Start a batch, kill it after each number of seconds and start it again; let the last one end."""
    for moment in moments:
        process = _start(accounts, out, pages)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    last = _start(accounts, out, pages)
    if last.wait() != 0:
        raise RuntimeError(f"the resumed batch ended with {last.returncode}")


def _start(accounts: Path, out: Path, pages: bool) -> subprocess.Popen:
    arguments = ["batch", str(accounts), "--out", str(out), "--jobs", "2", "--pages" if pages else "--no-pages"]
    return subprocess.Popen([sys.executable, "-m", "fiscal.cli", *arguments], start_new_session=True,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip


def taken(out: Path) -> dict[str, bytes]:
    """What a batch left, and nothing of it left."""
    found = contents(out)
    shutil.rmtree(out)
    return found


def contents(out: Path) -> dict[str, bytes]:
    """Every file that a batch leaves, without its staging area and what tells of one run only."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and ".staging" not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files if path.name not in _NOT_COMPARED}


if __name__ == "__main__":
    print(run())
