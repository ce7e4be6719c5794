"""Killing a batch at random moments and resuming it: the result must be that of an undisturbed run, byte for byte."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from fiscal.synthetic import make_panel, write_account

ACCOUNTS = 12
_NOT_COMPARED = ("run.json", ".lock")  # durations and counts of one run


def run(quick: bool = False) -> list[dict]:
    """Entry of outputs/bench.json: of how many killed and resumed batches the result equals that of an undisturbed one."""
    import tempfile

    kills = 4 if quick else 20
    with tempfile.TemporaryDirectory() as folder:
        accounts = generate(Path(folder) / "in", 4 if quick else ACCOUNTS)
        whole, seconds = undisturbed(accounts, Path(folder) / "whole", pages=True)
        draw = random.Random(2022)
        same = 0
        for number in range(kills):
            out = Path(folder) / f"killed-{number}"
            finish(accounts, out, pages=True, moments=[draw.uniform(0.3, seconds)])
            same += contents(out) == whole
    return [{"name": f"batches_of_{len(list(accounts.iterdir()))}_accounts_with_pages_killed_resumed_and_byte_identical",
             "value": same, "unit": "batches", "baseline": kills, "ratio": round(same / kills, 3), "runs": kills}]  # fmt: skip


def generate(folder: Path, count: int, years: tuple[int, ...] = (2022,)) -> Path:
    """Folders of workbooks of invented offices."""
    for seed in range(count):
        for account in make_panel(seed, years):
            write_account(account, folder / f"office-{seed:05d}" / str(account.year))
    return folder


def undisturbed(accounts: Path, out: Path, *, pages: bool) -> tuple[dict[str, bytes], float]:
    """What a batch makes that nobody kills, and the seconds it takes."""
    start = time.perf_counter()
    finish(accounts, out, pages=pages, moments=[])
    return contents(out), time.perf_counter() - start


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


def contents(out: Path) -> dict[str, bytes]:
    """Every file that a batch leaves, without its staging area and what tells of one run only."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and ".staging" not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files if path.name not in _NOT_COMPARED}


if __name__ == "__main__":
    print(run())
