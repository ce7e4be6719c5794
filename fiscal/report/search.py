"""The search page: every entity, finding and classification item of all accounts, inside one page without network."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from fiscal.model.finding import SEVERITY_WORDS
from fiscal.report.index import kinds
from fiscal.report.kit.page import asset, save_page

PAGE = "search.html"
TABLES = ("expenditure", "general_public_budget_expenditure")


def told(account: Any, findings: Any) -> dict[str, Any]:
    """What can be searched of an account: its findings, and the items of its widest table of expenditure."""
    table = next((found for name in TABLES if (found := account.table(name)) is not None), None)
    rows = [row for row in table.rows if row.level == "item" and row.code] if table else []
    amounts = [(row, row.cells["total"]) for row in rows if "total" in row.cells and row.cells["total"].is_number]
    return {
        "told": [[number, one.severity, one.message] for number, one in enumerate(findings, start=1)],
        "items": [[row.code, row.label, f"{cell}{cell.unit}", f"c-{table.id}-"] for row, cell in amounts if table],
    }


def write_search(accounts: Sequence[dict[str, Any]], out: Path) -> None:
    """Write the page; each account has entity, year, page, and what `told` says of it."""
    places, findings = [], []
    items: dict[tuple, list] = {}
    for at, about in enumerate(accounts):
        kind = "预算" if about.get("kind") == "budget" else "决算"
        year = f"{about['year']}年度{kind}" if about["year"] else kind
        places.append([about["entity"], year, quote(about["page"])])
        findings += [[at, *line] for line in about.get("told", ())]
        for code, label, amount, before in about.get("items", ()):
            items.setdefault((code, label, before), []).append([at, amount])
    lines = [[code, label, where, before] for (code, label, before), where in items.items()]
    data = {"accounts": places, "findings": findings, "items": lines, "severities": SEVERITY_WORDS}
    save_page(
        out / PAGE, "search.html.j2", extra="index", script=asset("search.js"), kinds=kinds(accounts),
        n_findings=len(findings), n_items=len(lines),
        data=Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")),
    )  # fmt: skip
