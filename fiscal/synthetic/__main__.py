"""python -m fiscal.synthetic OUT: folders of invented accounts, and planted.json with the errors in them."""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

import click

from fiscal.synthetic import (
    BUDGET_KINDS,
    FORMATS,
    KINDS,
    Style,
    SyntheticAccount,
    make_budgets,
    make_department,
    make_panel,
    with_errors,
    write_account,
)
from fiscal.synthetic.department import MOST_UNITS

DUE = "09-30"  # of the following year


@dataclass(frozen=True)
class Wanted:
    """What to make of each number: the years, how it is printed, how many units, what goes wrong in the last year."""

    years: list[int]
    style: Style
    units: int | None
    errors: int
    kinds: tuple[str, ...]
    budgets: bool


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--count", default=1, show_default=True, help="Number of bodies (单位) or, with --units, of departments.")
@click.option(
    "--seed", default=0, show_default=True, help="Number of the first body; the same seed gives the same files."
)
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(sorted(FORMATS)), default=("xlsx",), show_default=True
)
@click.option("--years", default="2022", show_default=True, help="One fiscal year or a range such as 2021-2023.")
@click.option(
    "--errors", type=click.IntRange(0, len(KINDS)), help="Errors planted in the last year of each body; default: 0."
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(sorted({**KINDS, **BUDGET_KINDS})),
              help="Plant errors of these kinds only, one of each unless --errors says fewer.")  # fmt: skip
@click.option(
    "--profile", type=click.Choice(["national9", "sichuan13", "shanghai9"]), default="national9", show_default=True
)
@click.option("--unit", type=click.Choice(["万元", "元"]), default="万元", show_default=True)
@click.option(
    "--units",
    type=click.IntRange(2, MOST_UNITS),
    help="Write departments (部门) of so many units, their accounts added up, and expected.csv with the parents.",
)
@click.option("--rounded", is_flag=True, help="Let printed sums differ by rounding, as published ones do.")
@click.option("--budgets", is_flag=True, help="Write the budget (部门预算) of each year beside its account.")
@click.option("--notes/--no-notes", default=True, show_default=True, help="Write notes.yaml beside workbooks.")
def main(out: Path, count: int, seed: int, formats: tuple[str, ...], notes: bool, **asked: Any) -> None:
    """Write COUNT invented bodies (决算单位) into OUT/<body>/<year>/, and the planted errors into OUT/planted.json."""
    wanted = _wanted(**asked)
    truth, made = [], []
    try:
        for number in range(seed, seed + count):
            for name, parent, account in _accounts(number, wanted):
                folder = out / name / str(account.year)
                for form in formats:
                    write_account(account, folder, format=form, with_notes=notes)
                truth += [{"path": folder.as_posix(), **asdict(error)} for error in account.planted]
                if account.kind != "budget":
                    made.append((account.entity, account.year, f"{account.year + 1}-{DUE}", parent))
        _lists(out, truth, made if wanted.units else [])
    except OSError as error:
        raise click.ClickException(f"{out}: cannot be written: {error.strerror} — give another OUT") from error
    click.echo(f"{len(made)} accounts, {len(truth)} planted errors: {out}", err=True)


def _wanted(years: str, units: int | None, errors: int | None, kinds: tuple[str, ...], **asked: Any) -> Wanted:
    budgets = asked.pop("budgets")
    return Wanted(_span(years), Style(**asked), units, len(kinds) if errors is None else errors, kinds, budgets)


def _accounts(number: int, wanted: Wanted) -> Iterator[tuple[str, str, SyntheticAccount]]:
    """Folder, parent and account, one after the other; errors in the last year of each body."""
    for name, parent, panel in _panels(number, wanted):
        kinds = Random(name).sample(sorted(wanted.kinds or KINDS), len(wanted.kinds or KINDS))
        last = max(account.year for account in panel)
        for account in panel:
            yield name, parent, with_errors(account, kinds, wanted.errors) if account.year == last else account


def _panels(number: int, wanted: Wanted) -> Iterator[tuple[str, str, list[SyntheticAccount]]]:
    if not wanted.units:
        plans = make_budgets(number, wanted.years, style=wanted.style) if wanted.budgets else []
        yield f"office-{number:05d}", "", [*plans, *make_panel(number, wanted.years, style=wanted.style)]
        return
    made = make_department(number, wanted.years, n_units=wanted.units, style=wanted.style)
    yield f"department-{number:05d}", "", [*(made.plans if wanted.budgets else []), *made.own]
    for index, (unit, plans) in enumerate(zip(made.units, made.unit_plans, strict=True), 1):
        name = f"department-{number:05d}-unit-{index:02d}"
        yield name, made.own[0].entity, [*(plans if wanted.budgets else []), *unit]


def _lists(out: Path, truth: list[dict], expected: list[tuple]) -> None:
    """planted.json and, where there are departments, expected.csv."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "planted.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    if expected:
        with (out / "expected.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("entity", "year", "by", "parent"), *expected])


def _span(years: str) -> list[int]:
    first, _, last = years.partition("-")
    try:
        span = list(range(int(first), int(last or first) + 1))
    except ValueError:
        span = []
    if not span:
        raise click.BadParameter(f"{years}: write one year, or first-last", param_hint="--years")
    return span


if __name__ == "__main__":
    main()
