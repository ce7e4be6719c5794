"""The index page: every account by entity and year, sortable and searchable without any network."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from fiscal.model.finding import SEVERITY_WORDS
from fiscal.model.money import FACTORS, convert
from fiscal.model.rounding import round_to
from fiscal.report.account.verdict import COMPARATIVES
from fiscal.report.kit.league import paged
from fiscal.report.kit.markup import Raw, join, tag
from fiscal.report.kit.page import save_page
from fiscal.report.rules import rules_page

YEARS = "years.html"
FEWEST = 2  # years of an entity that make a page over them
JUDGED = ("verified", "rounding")
LINE_WIDTH, LINE_HEIGHT = 64, 18


def index(accounts: Sequence[dict[str, Any]], out: Path, *, search: bool = False) -> None:
    """Write the index page, and beside it the rule reference; it links to a comparison and pages over the years.

    accounts  per account: entity, year, unit, total and previous_total (printed, or None), findings by severity,
              figures by group, page (link relative to `out`)
    search    whether the search page stands beside it
    """
    ordered = sorted(accounts, key=lambda entry: (entry["entity"], -(entry["year"] or 0), entry["page"]))
    series = _series(ordered)
    over = {entry["page"]: _years(out, entry["page"]) for entry in ordered}
    lines = (_line(series.get(_of(entry), []), entry["year"]) for entry in ordered)
    body, more = paged([_row(entry, line, over[entry["page"]]) for entry, line in zip(ordered, lines)])
    counted = [(word, sum(entry["findings"][key] for entry in ordered)) for key, word in SEVERITY_WORDS.items()]
    save_page(
        out, "index.html.j2", extra="index", rows=Markup(body), more=Markup(more), n_accounts=len(ordered),
        kinds=kinds(ordered), n_entities=len({entry["entity"] for entry in ordered}), counted=counted,
        years=sorted({str(entry["year"]) for entry in ordered}, reverse=True),
        comparison=(out.parent / "comparison.html").exists(), search=search,
    )  # fmt: skip
    rules_page(out.parent / "rules.html")


def kinds(accounts: Sequence[dict[str, Any]]) -> str:
    """How many final accounts, and how many budgets if there are any."""
    n_budgets = sum(entry.get("kind") == "budget" for entry in accounts)
    finals = f"{len(accounts) - n_budgets} 份决算"
    return f"{finals}、{n_budgets} 份预算" if n_budgets else finals


def _years(out: Path, page: str) -> str:
    """The page over the years that stands beside the years of an entity, as seen from the index; "" where none does."""
    years = Path(page).parent.parent / YEARS
    return quote(years.as_posix()) if (out.parent / years).exists() else ""


def _of(entry: dict[str, Any]) -> tuple[str, bool]:
    """What makes a series over the years: one entity's final accounts, or its budgets."""
    return entry["entity"], entry.get("kind") == "budget"


def _row(entry: dict[str, Any], line: Raw, over_years: str) -> Raw:
    line = join([line, " ", tag("a", "各年", href=over_years)]) if over_years else line
    kind = (
        "（预算）" if entry.get("kind") == "budget" else "（据对比数）" if entry.get("coverage") == COMPARATIVES else ""
    )
    name = tag("th", tag("a", (entry["entity"] or "（单位未注明）") + kind, href=quote(entry["page"])), scope="row")
    total, change = _amount(entry, "total"), _change(entry)
    findings = [
        tag("td", entry["findings"][key] or "0", class_=f"n {key}" if entry["findings"][key] else "n zero",
            data_v=entry["findings"][key])
        for key in SEVERITY_WORDS
    ]  # fmt: skip
    return tag(
        "tr", name, tag("td", entry["year"], data_v=entry["year"] or 0), _number(total), *change, *findings,
        _judged(entry["figures"]), tag("td", line, class_="line"), data_year=entry["year"],
        data_flag="1" if entry["findings"]["error"] else None,
        data_find=f"{entry['entity']} {entry['year']} {entry['page']}".lower(),
    )  # fmt: skip


def _amount(entry: dict[str, Any], key: str) -> Decimal | None:
    """The printed total in 万元; None where it is not known."""
    text = entry.get(key)
    try:
        value = Decimal(text) if text else None
    except ArithmeticError:
        return None
    unit = entry.get("unit") or "万元"
    return convert(value, unit, "万元") if value is not None and unit in FACTORS else value


def _number(value: Decimal | None) -> Raw:
    if value is None:
        return tag("td", "未公开", class_="unknown", data_v="")
    return tag("td", f"{round_to(value, 2):,f}", data_v=value)


def _change(entry: dict[str, Any]) -> tuple[Raw, Raw]:
    now, before = _amount(entry, "total"), _amount(entry, "previous_total")
    if now is None or before is None:
        return tag("td", data_v=""), tag("td", data_v="")
    change = now - before
    kind = "up" if change > 0 else "down" if change < 0 else None
    amount = tag("td", f"{round_to(change, 2):+,f}", class_=kind, data_v=change)
    if before <= 0:
        return amount, tag("td", data_v="")
    rate = round_to(change / before * 100, 2)
    return amount, tag("td", f"{rate:+f}%", class_=kind, data_v=rate)


def _judged(figures: dict[str, int]) -> Raw:
    """Share of the figures of the text that were verified or explained by rounding."""
    total = figures.get("total", 0)
    if not total:
        return tag("td", "无说明", class_="unknown", data_v="")
    share = round_to(Decimal(sum(figures[key] for key in JUDGED)) / total * 100, 1)
    bar = tag("span", tag("i", style=f"width:{share}%"), class_="share", aria_hidden="true")
    return tag("td", bar, f"{share}%", data_v=share)


def _series(accounts: Sequence[dict[str, Any]]) -> dict[tuple[str, bool], list[tuple[int, Decimal]]]:
    """Entity and kind → its known totals by year."""
    series: dict[tuple[str, bool], list[tuple[int, Decimal]]] = {}
    for entry in sorted(accounts, key=lambda entry: entry["year"] or 0):
        total = _amount(entry, "total")
        if total is not None and entry["year"]:
            series.setdefault(_of(entry), []).append((int(entry["year"]), total))
    return series


def _line(points: Sequence[tuple[int, Decimal]], year: int | None) -> Raw:
    """A small line of totals from zero up, the year of the row marked; nothing for a single year."""
    if len(points) < 2:
        return Raw("")
    top, first, last = max(value for _, value in points) or Decimal(1), points[0][0], points[-1][0]
    places = {
        at: (3 + (LINE_WIDTH - 6) * (at - first) / (last - first or 1), LINE_HEIGHT - 3 - float(value / top) * 12)
        for at, value in points
    }
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places.values())
    said = "，".join(f"{at}年{round_to(value, 2):f}" for at, value in points)
    line = tag("polyline", points=path, fill="none", stroke="#0f5c63", stroke_width="1.5")
    x, y = places.get(year or 0, (-9.0, -9.0))
    dot = tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="2.5", fill="#0f5c63")
    size = {"viewBox": f"0 0 {LINE_WIDTH} {LINE_HEIGHT}", "width": LINE_WIDTH, "height": LINE_HEIGHT}
    return tag("svg", line, dot, role="img", aria_label=f"各年收、支总计（万元）：{said}", **size)
