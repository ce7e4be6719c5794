"""Pages of accounts beside the two commands for each notebook one by one: papermill, then jupyter nbconvert."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.killing import generate
from fiscal.batch.engine.notebooks import chapters, declared

ACCOUNTS = 100
BASELINE_NOTEBOOKS = 4


def run(quick: bool = False) -> list[dict]:
    """Entries of outputs/bench.json: one account, and a hundred, as pages.

    The two commands would take hours for a hundred accounts. They are timed for every chapter of one account (quick:
    for four chapters) and multiplied; `runs` counts the notebooks that were really run that way.
    """
    n = ACCOUNTS // 10 if quick else ACCOUNTS
    with tempfile.TemporaryDirectory() as folder:
        one, many = generate(Path(folder, "one"), 1), generate(Path(folder, "many"), n)
        timed = chapters()[:BASELINE_NOTEBOOKS] if quick else chapters()
        account = next(one.glob("*/*"))
        commands = statistics.mean(_commands(chapter, account, Path(folder)) for chapter in timed) * len(chapters())
        single = statistics.median(_ours(one, Path(folder, f"single-{number}")) for number in range(3))
        hundred = _ours(many, Path(folder, "hundred"))
    return [
        {"name": "report_one_account_beside_two_commands_per_notebook", "value": round(single, 2), "unit": "s",
         "baseline": round(commands, 2), "ratio": round(commands / single, 2), "runs": len(timed)},
        {"name": f"report_{n}_accounts_beside_two_commands_extrapolated", "value": round(n / hundred, 3),
         "unit": "accounts/s", "baseline": round(1 / commands, 4), "ratio": round(n * commands / hundred, 2),
         "runs": len(timed)},
    ]  # fmt: skip


def _ours(accounts: Path, out: Path) -> float:
    """Seconds of the whole command: start, reading, checking, storing and pages."""
    return _seconds([sys.executable, "-m", "fiscal.cli", "batch", str(accounts), "--out", str(out)])


def _commands(chapter: Path, account: Path, folder: Path) -> float:
    """Seconds of papermill and nbconvert for one notebook on one account."""
    executed = folder / chapter.name
    values = {"account_path": str(account), "previous_path": ""}
    parameters = [part for name in declared(chapter) & values.keys() for part in ("-p", name, values[name])]
    bin_folder = Path(sys.executable).parent
    papermill = [str(bin_folder / "papermill"), "--no-progress-bar", "-k", "python3", *parameters]
    convert = [str(bin_folder / "jupyter"), "nbconvert", "--to", "html"]
    return _seconds([*papermill, str(chapter), str(executed)]) + _seconds([*convert, str(executed)])


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start
