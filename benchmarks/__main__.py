"""python -m benchmarks: run all benchmarks and write outputs/bench.json.

An entry has name, value, unit, baseline (what it is compared with: another tool in the same run, or the aim), ratio
(how many times better than that; for growth of memory the share of what is allowed) and runs.
"""

import inspect
import json
from importlib import import_module
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

MODULES = ("importing", "reading", "statements", "checking", "store", "batch", "report", "killing")


@click.command()
@click.option("--only", multiple=True, type=click.Choice(MODULES), help="Only these modules.")
@click.option("--quick", is_flag=True, help="Fewer accounts, facts and kills: two minutes instead of fifteen.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=Path("outputs/bench.json"),
              show_default=True)  # fmt: skip
def main(only: tuple[str, ...], quick: bool, out: Path) -> None:
    """Run the benchmarks and write their entries to OUT. With --only, entries of other modules stay as they are."""
    chosen = only or MODULES
    entries = _kept(out) if only else {}
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        task = bars.add_task("", total=len(chosen))
        for name in chosen:
            bars.update(task, description=name)
            for entry in _run(name, quick):
                entries[entry["name"]] = entry
                console.print(_line(entry), highlight=False)
            bars.advance(task)
            _write(out, list(entries.values()))


def _run(name: str, quick: bool) -> list[dict]:
    run = import_module(f"benchmarks.{name}").run
    return run(quick=quick) if "quick" in inspect.signature(run).parameters else run()


def _kept(out: Path) -> dict[str, dict]:
    try:
        return {entry["name"]: entry for entry in json.loads(out.read_text(encoding="utf-8"))}
    except FileNotFoundError:
        return {}


def _write(out: Path, entries: list[dict]) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _line(entry: dict) -> str:
    return f"{entry['name']}: {entry['value']} {entry['unit']} (against {entry['baseline']}, ratio {entry['ratio']})"


if __name__ == "__main__":
    main()
