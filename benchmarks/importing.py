"""How long `import fiscal` takes, then one workbook read and reconciled, then the findings of a long document."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.reading import made
from benchmarks.timing import milliseconds

RUNS = 9
AIM_WORKBOOK_MS = 150.0
AIM_DOCUMENT_MS = 300.0


def run() -> list[dict]:
    """Entries of outputs/bench.json."""
    empty, ours, pandas = (_import(code) for code in ("pass", "import fiscal", "import pandas"))
    with tempfile.TemporaryDirectory() as folder:
        workbook, document = _workbook(Path(folder)), _document(Path(folder))
    return [
        _entry("import_fiscal_beside_pandas", ours - empty, pandas - empty),
        _entry("read_and_reconcile_a_workbook", workbook, AIM_WORKBOOK_MS),
        _entry("statements_checks_and_findings_of_25_pages", document, AIM_DOCUMENT_MS),
    ]


def _import(code: str) -> float:
    """Milliseconds of processor time of a fresh interpreter that does this."""
    return median(milliseconds(lambda: subprocess.run([sys.executable, "-c", code], check=True), RUNS, _children))


def _children() -> float:
    """Processor seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _workbook(folder: Path) -> float:
    import fiscal
    from fiscal.synthetic import make_account, write_account

    path = write_account(make_account(3, 2022), folder)
    return median(milliseconds(lambda: list(fiscal.read(path).check()), RUNS, time.process_time))


def _document(folder: Path) -> float:
    """Everything after reading the file: statements, checks and findings of an account of 25 printed pages."""
    import fiscal
    from fiscal.account import Account

    disclosure = fiscal.read(made(folder / "account.pdf")).disclosure
    return median(milliseconds(lambda: list(Account(disclosure).check()), RUNS, time.process_time))


def _entry(name: str, value: float, baseline: float) -> dict:
    """`ratio` is how many times faster than the baseline or aim."""
    return {"name": name, "value": round(value, 1), "unit": "ms", "baseline": round(baseline, 1),
            "ratio": round(baseline / value, 2), "runs": RUNS}  # fmt: skip
