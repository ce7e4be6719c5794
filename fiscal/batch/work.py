"""What a worker process does for one account: run chapters, export the page, write its manifest."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat

from fiscal import __version__
from fiscal.account import Account, keep, read
from fiscal.batch.engine.fork_engine import one_process
from fiscal.batch.engine.notebooks import chapters_of, declared, run
from fiscal.batch.staging import Staging
from fiscal.batch.standing import MANIFEST, PAGE, is_made
from fiscal.batch.steps import Pair, accounts
from fiscal.errors import RunError
from fiscal.model.printable import printable
from fiscal.paths import for_notebook, write_text
from fiscal.report.search import told

FORM, FORM_TITLE = "findings.html", "核对意见（可打印）"


@dataclass(frozen=True)
class Job:
    """One page to make: plain data, so that it can be sent to a worker.

    key     hash of inputs, last year's inputs, code and notebooks: a page with this key need not be made again
    entity  the name the account is kept under; home is a mark of the folder it comes from
    links   (words, target) of the pages and files beside it, as seen from `folder`
    staged  where the account and last year's lie as they were read
    beside_path  the budget of its year; of a budget, the account of the year before
    """

    account_path: str
    previous_path: str
    title: str
    folder: str
    key: str
    entity: str = ""
    home: str = ""
    links: tuple[tuple[str, str], ...] = ()
    staged: tuple[Staging, Pair] | None = None
    kind: str = ""
    beside_path: str = ""

    @property
    def chapters(self) -> list[str]:
        """The notebooks of its page."""
        return [str(path) for path in chapters_of(self.kind, bool(self.beside_path))]

    @property
    def is_made(self) -> bool:
        """Its page stands there, made from the same."""
        return is_made(Path(self.folder, PAGE), Path(self.folder, MANIFEST), self.key)


def make_page(job: Job, notebooks: list[str]) -> list[str]:
    """Run the notebooks, then export; returns what failed."""
    failures = run_chapters(job, notebooks)
    return failures + export_page(job, bool(failures))


def run_chapters(job: Job, notebooks: list[str]) -> list[str]:
    """Run these notebooks on the account of `job`; returns what failed: notebook, cell and error.

    The account is read and checked once here; the process forked for the notebooks finds it in memory.
    """
    account, previous = _accounts(job)
    assert account.check(previous).doubts is not None  # known now, known to each notebook
    folder = Path(job.folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: getattr(job, name) for name in ("account_path", "previous_path", "beside_path")}
    values = {name: for_notebook(path) for name, path in paths.items()}
    failures = []
    with one_process():
        for notebook in map(Path, notebooks):
            known = declared(notebook)
            try:
                run(notebook, folder / notebook.name, {name: value for name, value in values.items() if name in known})
            except RunError as error:
                failures.append(str(error))
    return failures


def export_page(job: Job, failed: bool) -> list[str]:
    """Make one page of the executed notebooks. The manifest carries the key only when nothing failed."""
    from fiscal.report.export import export
    from fiscal.report.findings_page import write_findings

    account, previous = _accounts(job)
    folder = Path(job.folder)
    paths = (folder / Path(path).name for path in job.chapters)
    notebooks = [nbformat.read(path, as_version=4) for path in paths if path.is_file()]
    export(account, previous, notebooks, folder / PAGE, links=[*job.links, (FORM_TITLE, FORM)])
    write_findings(account, account.check(previous), folder / FORM, links=[*job.links, ("完整报告", PAGE)])
    kept = {"entity": job.entity or account.entity, "home": job.home}
    manifest = summary(account, previous) | kept | {"key": "" if failed else job.key, "fiscal": __version__}
    write_text(folder / MANIFEST, printable(json.dumps(manifest, ensure_ascii=False, indent=1)))
    return []


def summary(account: Account, previous: Account | None) -> dict:
    """What the index shows of an account: who, when, total, change, findings, figures, checks; what to search."""
    found = account.check(previous)
    summary = "budget_summary" if account.kind == "budget" else "revenue_expenditure_summary"
    total = account.amount(summary, "revenue_total", "revenue_amount") or account.stated("total")
    before = previous.amount(summary, "revenue_total", "revenue_amount") if previous else None
    severities = [finding.severity for finding in found]
    return {
        "entity": account.entity,
        "year": account.year,
        "kind": account.kind,
        "unit": account.unit,
        "total": str(total) if total is not None else None,
        "previous_total": str(before) if before is not None else None,
        "findings": {severity: severities.count(severity) for severity in ("error", "warning", "info")},
        "figures": found.figures,
        "checks": found.checks,
        "tables": len(account.tables),
        "coverage": account.notes.get("coverage") or "",
        **told(account, found),
    }


@lru_cache(maxsize=1)
def _accounts(job: Job) -> tuple[Account, Account | None]:
    """The account and last year's; `read` of their paths, in the notebooks, gives these very ones."""
    account, previous = accounts(*job.staged) if job.staged else (None, None)
    account = keep(job.account_path, account or read(job.account_path))
    beside = account.budget or account.executed
    if job.beside_path and beside is not None:
        keep(job.beside_path, beside)
    return account, keep(job.previous_path, previous or read(job.previous_path)) if job.previous_path else None
