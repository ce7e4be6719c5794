"""python -m fiscal.synthetic OUT: folders of invented accounts, and planted.json with the errors in them."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from random import Random

import click

from fiscal.synthetic import FORMATS, KINDS, Style, SyntheticAccount, make_panel, write_account


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--count", default=1, show_default=True, help="Number of bodies (单位).")
@click.option(
    "--seed", default=0, show_default=True, help="Number of the first body; the same seed gives the same files."
)
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(sorted(FORMATS)), default=("xlsx",), show_default=True
)
@click.option("--years", default="2022", show_default=True, help="One fiscal year or a range such as 2021-2023.")
@click.option("--errors", default=0, show_default=True, help="Errors planted in the last year of each body.")
@click.option(
    "--profile", type=click.Choice(["national9", "sichuan13", "shanghai9"]), default="national9", show_default=True
)
@click.option("--unit", type=click.Choice(["万元", "元"]), default="万元", show_default=True)
@click.option("--rounded", is_flag=True, help="Let printed sums differ by rounding, as published ones do.")
@click.option("--notes/--no-notes", default=True, show_default=True, help="Write notes.yaml beside workbooks.")
def main(
    out: Path, count: int, seed: int, formats: tuple[str, ...], years: str, errors: int, notes: bool, **style
) -> None:
    """Write COUNT invented bodies (决算单位) into OUT/<body>/<year>/, and the planted errors into OUT/planted.json."""
    truth = []
    for number in range(seed, seed + count):
        for account in _panel(number, years, errors, Style(**style)):
            folder = out / f"office-{number:05d}" / str(account.year)
            for name in formats:
                write_account(account, folder, format=name, with_notes=notes)
            truth += [{"path": folder.as_posix(), **asdict(error)} for error in account.planted]
    out.mkdir(parents=True, exist_ok=True)
    (out / "planted.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    click.echo(f"{count} × {len(_span(years))} accounts, {len(truth)} planted errors: {out}", err=True)


def _panel(number: int, years: str, errors: int, style: Style) -> Iterator[SyntheticAccount]:
    span = _span(years)
    kinds = Random(number).sample(sorted(KINDS), min(errors, len(KINDS)))
    yield from make_panel(number, span, errors={span[-1]: tuple(kinds)}, style=style)


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
