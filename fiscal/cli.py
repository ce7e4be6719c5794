"""The `fiscal` command: arguments in, one call of `fiscal.batch` out."""

import atexit
import gc
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from fiscal import __version__
from fiscal.batch.progress import progress
from fiscal.errors import FiscalError
from fiscal.model.printable import printable

FORMS = {"text": ".txt", "json": ".json", "html": ".html", "xlsx": ".xlsx", "docx": ".docx"}
FORMS_BY_ENDING = {ending: form for form, ending in FORMS.items()}
SEVERITIES = {"error": 1, "warning": 2, "info": 3, "never": 0}
# a process that ends need not look for what it could free; DuckDB, though, counts what is left, and says so
atexit.register(lambda: None if "_duckdb" in sys.modules else gc.freeze())
MOST_NOTICES = 20  # on the screen; run.json has them all
RULES = click.option(
    "--rules", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML file with identities (勾稽关系) of your own.",
)  # fmt: skip
JOBS = click.option("--jobs", type=click.IntRange(min=1), help="Processes; default: one per core.")
PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH…")
EXPECTED = click.option(
    "--expected", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Who should publish by when (应公开名单): CSV of entity,year,by,parent. Default: expected.csv of a folder.",
)  # fmt: skip


class Command(click.Group):
    """A group whose commands turn errors a user can act on into one sentence and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FiscalError as error:
            _say(error)
            ctx.exit(2)
        except KeyboardInterrupt:
            _say("interrupted (已中断)")
            ctx.exit(130)


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="fiscal")
def main() -> None:
    """Read, reconcile and explain final accounts (部门决算) of Chinese government departments.

    PATH is a file (.xlsx .xls .pdf .docx .html .txt) or a folder, searched through. Files of one folder that name the
    same entity and year are one account.
    """


@main.command()
@PATHS
@click.option("--format", "form", type=click.Choice(list(FORMS)),
              help="Default: by the ending of --out, else text. xlsx is a review sheet (审核表), docx the checked Word "
                   "file with comments (批注).")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the result here, not to stdout.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "never"]), default="error", show_default=True,
              help="Exit with 1 when a finding of this severity (需更正, 请核实) or above is left.")  # fmt: skip
@RULES
@click.option("--baseline", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="An earlier result of --format json, or a reviewed xlsx sheet: settled, open, new.")  # fmt: skip
@click.option("--budget", type=click.Path(exists=True), metavar="FILE",
              help="The published budget (部门预算) of the same body and year, file or folder: the account's "
                   "年初预算 is compared with it.")  # fmt: skip
@click.option("--allow-unread", is_flag=True, help="Exit as if what was seen and not read (未读出) did not matter.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until interrupted.")
@click.option("--explain", metavar="FIGURE", help="Say only where this figure stands and how it was checked.")
def check(paths: tuple[str, ...], form: str | None, out: Path | None, fail_on: str, **more: Any) -> None:
    """Read documents, reconcile (勾稽) every number and print the findings.

    \b
    fiscal check account.pdf
    fiscal check data/raw --format json --out result.json
    fiscal check folder/ --format xlsx --out review.xlsx     # then, reviewed:
    fiscal check folder/ --baseline review.xlsx
    fiscal check final.pdf --budget budget.pdf               # 年初预算 against the published budget
    fiscal check draft.docx --out commented.docx             # a comment at each finding
    fiscal check draft.docx --watch                          # again after each save
    fiscal check account.pdf --explain 218.96                # why a figure is verified, conflicting, free or unread
    """
    from fiscal.commands.accounts import load
    from fiscal.commands.baseline import read_baseline
    from fiscal.commands.check import check as as_result
    from fiscal.commands.check import judge
    from fiscal.commands.results import write, write_docx, write_html

    if more["watch"]:
        from fiscal.commands.watch import watch

        command = [sys.executable, "-m", "fiscal", *(word for word in sys.argv[1:] if word != "--watch")]
        watch(paths, lambda: subprocess.run(command), but=out)
    form = form or FORMS_BY_ENDING.get(out.suffix.lower() if out else "", "text")
    if form in ("html", "xlsx", "docx") and out is None:
        raise click.UsageError(f"--format {form} needs --out FILE")
    rules, baseline = more["rules"], more["baseline"]
    own = _rules(rules) if rules else ()
    with progress("reading 读取", len(paths)) as step:
        loaded = load(paths, step)
    if more["budget"]:
        loaded.take_budgets(more["budget"], load((more["budget"],)))
    if more["explain"]:
        from fiscal.commands.explain import explain

        click.echo(explain(loaded, more["explain"]), nl=False)
        sys.exit(_unreadable(loaded.unreadable))
    with progress("checking 核对", len(loaded.accounts)) as step:
        known = read_baseline(baseline) if baseline else None
        judged = judge(loaded, rules=own, baseline=known, whole=form in ("html", "docx"), step=step)
    result = as_result(loaded, judged)
    if form == "html" and out:
        write_html(result, loaded, judged, out)
    elif form == "docx" and out:
        write_docx(paths, judged, out)
    else:
        write(result, form, out)
    _say_nothing_found(loaded)
    sys.exit(_exit_code(result, fail_on, allow_unread=more["allow_unread"]))


@main.command()
@PATHS
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the CSV files."
)
def extract(paths: tuple[str, ...], out: Path) -> None:
    """Write every number of tables and narrative as facts.csv, statements.csv and documents.csv."""
    from fiscal.commands.accounts import load
    from fiscal.commands.extract import extract as write

    with progress("reading 读取", None) as step:
        loaded = load(paths, step)
    with progress("extracting 提取", len(loaded.accounts)) as step:
        write(loaded, out, step)
    if loaded.accounts:
        click.echo(
            f"{out} written: facts.csv, statements.csv, documents.csv of {len(loaded.accounts)} accounts", err=True
        )
    sys.exit(_unreadable(loaded.unreadable) or _say_nothing_found(loaded))


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[DATA_DIR|FILE…]")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("outputs"), show_default=True,
              help="Folder for the pages.")  # fmt: skip
@click.option("--entity", help="Only this entity (单位): its name, short name or folder.")
@click.option("--year", type=int, help="Only this fiscal year (决算年度).")
@JOBS
@click.option(
    "--store", type=click.Path(file_okay=False, path_type=Path), help="Also store the accounts as Parquet here."
)
@EXPECTED
def report(paths: tuple[str, ...], out: Path, entity: str | None, year: int | None, jobs: int | None,
           store: Path | None, expected: Path | None) -> None:  # fmt: skip
    """Run the notebooks for each account and export one HTML page each, with an index.

    Without a path the accounts of data/raw are reported. What has not changed is not run again.
    """
    from fiscal.batch.many import Wanted

    where = paths or ("data/raw",)
    _finish(Wanted(where, out, store=store, entity=entity, year=year, jobs=jobs or 0, expected=expected))


@main.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(), metavar="FOLDER…")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True,
              help="Folder for store (processed/), pages, index.html and run.json.")  # fmt: skip
@JOBS
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler, e.g. tcp://host:8786, instead of processes.")
@RULES
@click.option("--pages/--no-pages", default=True, show_default=True, help="Make an HTML page for each account.")
@EXPECTED
def batch(folders: tuple[str, ...], out: Path, jobs: int | None, scheduler: str | None, rules: Path | None,
          pages: bool, expected: Path | None) -> None:  # fmt: skip
    """Read, check, store and report many accounts; killed at any moment, it goes on where it was.

    \b
    fiscal batch county/ --out result
    python -c "import fiscal; print(fiscal.open_store('result/processed').sql('select * from totals'))"
    """
    from fiscal.batch.many import Wanted

    if expected and not pages:
        raise click.UsageError("--expected goes into the comparison page: leave --no-pages out")
    own = _rules(rules) if rules else ()
    _finish(Wanted(folders, out, out / "processed", pages, own, jobs=jobs or 0, scheduler=scheduler,
                   expected=expected))  # fmt: skip


@main.command()
@click.argument("store", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the files.")
@click.option("--excel/--no-excel", default=True, show_default=True, help="Also write one Excel workbook.")
def share(store: Path, out: Path, excel: bool) -> None:
    """Write a store as CSV files, an Excel workbook and a Frictionless Fiscal Data Package (datapackage.json).

    \b
    fiscal share result/processed --out shared
    frictionless validate shared/datapackage.json
    """
    from fiscal.store.share import share as write

    for path in write(store, out, excel=excel):
        click.echo(str(path))


def _say(sentence: object) -> None:
    """One sentence to stderr; what it quotes of a document cannot steer the terminal."""
    click.echo(printable(f"fiscal: {sentence}"), err=True)


def _finish(wanted: Any) -> None:
    """Run a batch, say what it did and what went wrong, and exit."""
    from fiscal.batch.many import batch as run

    done = run(wanted, progress)
    if len(done.notices) > MOST_NOTICES:
        more = f"{len(done.notices) - MOST_NOTICES} more notices are in {wanted.out / 'run.json'}"
        done.notices[MOST_NOTICES:] = [more]
    for sentence in [*done.notices, *done.failures, *(_told(**bad) for bad in done.unreadable)]:
        _say(sentence)
    if not done.n_accounts:
        _say(_nothing(wanted))
    click.echo(printable(_summary(done, wanted)))
    sys.exit(2 if done.unreadable or done.failures or not done.n_accounts else 0)


def _nothing(wanted: Any) -> str:
    """No account was there: of whom, where, and what to look at."""
    whom = "".join(f" of {value}" for value in (wanted.entity, wanted.year) if value)
    advice = "check --entity and --year" if whom else "give a folder that holds some"
    return f"no account{whom} found in {', '.join(wanted.paths)} — {advice}"


@main.command()
@click.argument("data", type=click.Path(exists=True))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The Word file (.docx).")
@click.option("--last-year", type=click.Path(exists=True),
              help="Last year's account (上年决算); default: the year before in DATA or beside it.")  # fmt: skip
def draft(data: str, out: Path, last_year: str | None) -> None:
    """Draft the publication (公开稿) of an account as a Word document.

    Figures come from this year's workbook, changes from last year's account; duties and reasons of last year are
    carried over and highlighted. What is still missing is highlighted too and listed in a form beside the draft,
    公开稿-待补充.xlsx: fill it in, run the same command again, and the draft takes the answers.

    \b
    fiscal draft data/raw/OFFICE/2023 --out 公开稿.docx
    """
    from fiscal.commands.write_draft import write_draft

    if out.suffix.lower() != ".docx":
        raise click.UsageError(f"--out {out.name}: a draft is a Word file, name it .docx")
    done = write_draft(data, last_year, out)
    if not done.has_before:
        _say("no account of last year (上年决算) found: the draft states no changes (增减)")
    parts = [f"{out} written"]
    parts += [f"{done.n_answers} answers taken from {done.form}"] if done.n_answers else []
    parts += (
        [f"{len(done.still_open)} passages to complete or confirm (待补充): {done.form}"] if done.still_open else []
    )
    click.echo("; ".join(parts))


@main.command()
@click.argument("rule_id", metavar="ID")
def rule(rule_id: str) -> None:
    """Explain one rule (规则) in words, with a worked example: fiscal rule intra.expenditure.row_sum."""
    from fiscal.commands.explain import rule_told

    told, alike = rule_told(rule_id)
    if not told:
        raise click.UsageError(f"no rule {rule_id}" + (f"; did you mean {'、'.join(alike)}?" if alike else ""))
    click.echo(told, nl=False)


@main.command()
def doctor() -> None:
    """Tell what this machine can read, draw and run, and what to install for the rest."""
    from fiscal.commands.doctor import parts, told

    click.echo(f"fiscal {__version__}, Python {sys.version.split()[0]} on {sys.platform}")
    for part in parts():
        click.echo(told(part))


def _told(path: str, sentence: str) -> str:
    """A sentence about a file with its path before it; the sentence may begin with its name."""
    return f"{path}: {sentence.removeprefix(f'{Path(path).name}: ')}"


def _summary(done: Any, wanted: Any) -> str:
    """One line: how many accounts, what of them is new, what they say, where the results lie."""
    parts = [f"{done.n_accounts} accounts: {', '.join(f'{n} {name}' for name, n in done.findings.items())}"]
    if wanted.store:
        parts.append(f"{wanted.store}: {done.n_stored} stored, {done.n_accounts - done.n_stored} unchanged")
    if wanted.pages:
        parts.append(f"{wanted.out / 'index.html'}: {done.n_pages_made} made, {done.n_pages_kept} unchanged")
    return "; ".join([*parts, f"{sum(done.seconds.values()):.1f} s"])


def _rules(path: Path) -> Any:
    from fiscal.dictionary.identities import load_rules

    return load_rules(path)


def _say_nothing_found(loaded: Any) -> int:
    """2 and a sentence where nothing was there to read, else 0."""
    if loaded.accounts or loaded.unreadable:
        return 0
    aside = ", ".join(Path(file.path).name for file in loaded.ignored[:MOST_NOTICES])
    only = f"; only {aside}" if aside else ""
    _say(f"no final account or budget (决算, 预算) found{only} — give the files of one")
    return 2


def _exit_code(result: dict, fail_on: str, *, allow_unread: bool) -> int:
    documents = result["documents"]
    if not documents or any(entry["error"] or (entry["unread"] and not allow_unread) for entry in documents):
        return 2
    limit = SEVERITIES[fail_on]
    return int(any(SEVERITIES[finding["severity"]] <= limit for entry in documents for finding in entry["findings"]))


def _unreadable(items: list) -> int:
    for item in items:
        _say(_told(item.path, item.sentence))
    return 2 if items else 0


if __name__ == "__main__":
    main()
