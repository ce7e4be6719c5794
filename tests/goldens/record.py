"""The results of an account as lines of text, and the accounts they are kept for.

`python -m tests.goldens.record` writes all of them anew; `git diff tests/goldens` then shows what a change changed.
"""

from collections.abc import Iterator
from pathlib import Path

import fiscal
from fiscal.synthetic import make_account, write_account

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).parent / "kept"
SAMPLES = ROOT.parent / "shared" / "samples"
GENERATED = {
    "generated-national-docx": ("national9", "docx"),
    "generated-sichuan-html": ("sichuan13", "html"),
    "generated-shanghai-txt": ("shanghai9", "txt"),
}


def sources() -> dict[str, Path | None]:
    """Name → path of the account; None for generated ones and samples that are not there."""
    found: dict[str, Path | None] = {f"{p.parent.name}-{p.name}": p for p in sorted(ROOT.glob("data/raw/*/2*"))}
    found |= {f"{p.parents[1].name}-{p.parent.name}-budget": p for p in sorted(ROOT.glob("data/raw/*/2*/budget.*"))}
    found |= dict.fromkeys(GENERATED)
    kept = {p.stem.removeprefix("sample-"): p for p in KEPT.glob("sample-*.txt")}
    here = {p.name: p for p in sorted(SAMPLES.glob("*-final.*")) if p.suffix in (".pdf", ".docx", ".html")}
    return found | {f"sample-{name}": here.get(name) for name in sorted(here.keys() | kept.keys())}


def account_of(name: str, path: Path | None, folder: Path) -> fiscal.Account:
    """Read the account of a name; generated ones are written into `folder` first."""
    if name in GENERATED:
        profile, format = GENERATED[name]
        path = write_account(make_account(29, 2022, profile=profile), folder / name, format=format).parent
    assert path is not None
    return fiscal.read(path)


def lines(account: fiscal.Account) -> Iterator[str]:
    """Head, tables, findings, then every figure of the text with its reading and its judgement."""
    found = account.check()
    yield f"account {account.entity} {account.year} {account.kind} {account.unit}"
    for table, facts in account.facts.groupby("table", sort=False):
        yield f"table {table} {len(facts)} numbers, rows {facts['row_label'].nunique()}"
    yield f"figures {found.figures}"
    yield f"checks { {k: v for k, v in found.checks.items() if k != 'skipped'} }"
    for finding in found:
        yield f"finding {finding.severity} {finding.rule} {finding.message} ⟵{len(finding.consequences)}"
    for row in account.statements.itertuples():
        more = " ".join(str(getattr(row, name, "") or "-") for name in ("base", "period"))
        yield f"figure {row.value}{row.unit} {row.kind} {row.subject} {more} {row.status} {row.rule}"


def main() -> None:
    """Write all results that can be made here."""
    import tempfile

    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, path in sources().items():
            if path is not None or name in GENERATED:
                text = "\n".join(lines(account_of(name, path, Path(folder)))) + "\n"
                (KEPT / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
