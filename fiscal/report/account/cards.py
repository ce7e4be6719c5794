"""A finding as a small letter to a clerk: what stands where, what it should be, why, what to change."""

import base64
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fiscal.dictionary.identities import catalogue
from fiscal.model.cells import Cell
from fiscal.model.finding import SEVERITIES, SEVERITY_WORDS, Finding
from fiscal.narrative import anchor
from fiscal.report.account.subject_words import subject_words
from fiscal.report.kit.markup import Raw, join, tag, text
from fiscal.report.rules import title

PICTURES = 40
_AROUND = 48
MARGIN = 24


def cards(findings: Iterable[Any], account: Any = None) -> Raw:
    """All findings in their order. `account` gives the rows around a cell of a table."""
    items = list(findings)
    if not items:
        return tag("p", "可核对的各项均相符，没有需要处理的问题。", class_="lead")
    made = [card(item, account, i, len(items)) for i, item in enumerate(items, start=1)]
    return tag("div", summary(items), _filter(items), *made, class_="findings")


def _filter(items: Sequence[Finding]) -> Raw | str:
    """Boxes that leave out a severity on the screen; paper has all."""
    there = [key for key in SEVERITIES if any(item.severity == key for item in items)]
    boxes = [
        tag("label", tag("input", type="checkbox", value=key, checked=True), f" {SEVERITY_WORDS[key]}") for key in there
    ]
    legend = tag("legend", "只看勾选的", class_="sr")
    return tag("fieldset", legend, *boxes, class_="filter") if len(there) > 1 else ""


def summary(findings: Iterable[Finding]) -> Raw:
    """2 项需更正 · 1 项提示."""
    counted = Counter(finding.severity for finding in findings)
    words = [f"{counted[key]} 项{SEVERITY_WORDS[key]}" for key in SEVERITIES if counted[key]]
    data = {f"data_{key}": counted[key] for key in SEVERITIES}
    return tag("p", " · ".join(words) or "没有发现问题", class_="count", **data)


def card(finding: Any, account: Any = None, number: int = 1, last: int = 1) -> Raw:
    """Finding `number` of `last`: severity, message, the places side by side, what follows from it, what to change."""
    chip = tag("span", SEVERITY_WORDS[finding.severity], class_="chip")
    head = tag("h3", tag("span", number, class_="at"), chip, " ", finding.message)
    picture = _picture(finding) if number <= PICTURES else None
    places = together(finding.evidence)
    sides = [_side(cells, account, picture if i == 0 else None) for i, cells in enumerate(places[:2])]
    body = [
        tag("div", *sides, class_="sides") if sides else "",
        _others([cell for cells in places[2:] for cell in cells], account),
        tag("p", finding.explanation, class_="why") if finding.explanation else "",
        _confirmed(finding, account),
        _consequences(finding),
        _fix(finding, number, last),
    ]
    return tag("article", head, _numbers(finding), *body, class_=f"finding {finding.severity}", data_rule=finding.rule,
               id=f"finding-{number}", tabindex="-1")  # fmt: skip


def _numbers(finding: Finding) -> Raw | str:
    if finding.actual is None or finding.expected is None:
        return ""
    parts = [tag("dt", "此处"), tag("dd", finding.actual), tag("dt", "对照"), tag("dd", finding.expected)]
    if finding.difference not in (None, "", "0"):
        parts += [tag("dt", "相差"), tag("dd", finding.difference)]
    return tag("dl", *parts, class_="numbers")


def together(cells: Sequence[Cell]) -> list[list[Cell]]:
    """The distinct cells of the evidence, those of one row of a table together."""
    groups: dict[tuple, list[Cell]] = {}
    for cell in {(cell.place, cell.text): cell for cell in cells}.values():
        place = cell.place
        row = (place.document, place.sheet, place.page, place.table, place.row) if place.table else (place, cell.text)
        groups.setdefault(row, []).append(cell)
    return list(groups.values())


def _side(cells: Sequence[Cell], account: Any, picture: Raw | None) -> Raw:
    place = tag("figcaption", _where(cells[0], account))
    return tag("figure", place, picture or _excerpt(cells, account), class_="side")


def _where(cell: Cell, account: Any) -> Raw:
    """`where`, as a link to the cell where the page shows it."""
    table = account.table(cell.place.table) if account is not None and cell.place.table else None
    target = _target(cell, table)
    return tag("a", where(cell, account), href=f"#{target}") if target else text(where(cell, account))


def where(cell: Cell, account: Any) -> str:
    """File · table · row · column."""
    place = cell.place
    table = account.table(place.table) if account is not None and place.table else None
    words = [_file(place.document), f"第{place.page}页" if place.page else "", place.sheet or "", place.cell or ""]
    title = table.title if table and not place.sheet else ""
    names = [title, place.row, place.column.replace("/", "·")] if place.table else [_section(place.section)]
    return " · ".join(dict.fromkeys(word for word in (*words, *names) if word)) or "资料全文"


def _file(document: str) -> str:
    """The name of a file; what was noted from the text of an account is called so."""
    name = Path(document).name
    return f"情况说明（{name}）" if name == "notes.yaml" else name


def _target(cell: Cell, table: Any) -> str:
    for row in table.rows if table else ():
        for key, other in row.cells.items():
            if other.place == cell.place:
                return anchor(table.id, row.key, key)
    return ""


def _section(key: str) -> str:
    sections = catalogue().sections
    return {**sections.get("names", {}), **sections.get("part_names", {})}.get(key, "")


def _excerpt(cells: Sequence[Cell], account: Any) -> Raw:
    """The row of the table with the figures marked, or the words around the figure."""
    place = cells[0].place
    table = account.table(place.table) if account is not None and place.table else None
    own = {cell.place for cell in cells}
    row = next((row for row in table.rows if any(c.place in own for c in row.cells.values())), None) if table else None
    return _row(table, row, own) if row else tag("p", _stated(cells[0], account), class_="shot")


def _row(table: Any, row: Any, own: set) -> Raw:
    """The figures concerned and what stands beside them, under their column heads."""
    near = _near([c for c in table.columns if c.key in row.cells], row, own)
    heads = [tag("th", column.label.split("/")[-1], scope="col") for column in near]
    shown = [(row.cells[column.key], row.cells[column.key].place in own) for column in near]
    values = [tag("td", tag("mark", _shown(cell)) if is_own else str(cell)) for cell, is_own in shown]
    head = tag("thead", tag("tr", tag("td"), *heads))
    body = tag("tbody", tag("tr", tag("th", row.label or "金额", scope="row"), *values))
    return tag(
        "div", tag("table", head, body), class_="tablewrap shot", tabindex="0", role="group", aria_label="表中所在行"
    )


def _stated(cell: Cell, account: Any) -> Raw:
    """The sentence a figure stands in; without one, what the figure is about."""
    statements = account.narrative.claims if account is not None else ()
    same = [s for s in statements if s.cell.place == cell.place and (s.cell.text == cell.text or not cell.text)]
    same.sort(key=lambda s: s.cell is not cell)
    quote = (same[0].sentence if same else "") or cell.place.text or ""
    if len(quote) > len(str(cell)) and not (same and quote == same[0].cell.text):
        return _marked(quote, cell)
    about = next((words for s in same if (words := subject_words(s.subject, account))), cell.place.row)
    shown = same[0].cell if same else cell
    unit = cell.unit if cell.is_number and not cell.text.endswith(cell.unit) else ""
    return join([about, "　" if about else "", tag("mark", _shown(shown)), unit])


def _near(columns: Sequence[Any], row: Any, own: set) -> list[Any]:
    """The columns of the evidence and a printed neighbour on either side."""
    kept = [c for c in columns if not row.cells[c.key].is_blank or row.cells[c.key].place in own]
    at = [i for i, column in enumerate(kept) if row.cells[column.key].place in own]
    return kept[max(0, at[0] - 1) : at[-1] + 2][:8]


def _shown(cell: Cell) -> str:
    return cell.text if cell.is_number and cell.text else str(cell) or "（空白）"


def _marked(quote: str, cell: Cell) -> Raw:
    figure = cell.text if cell.text and len(cell.text) < len(quote) else str(cell)
    at = quote.find(figure) if figure else -1
    if at < 0:
        return text(quote[: 2 * _AROUND] + ("……" if len(quote) > 2 * _AROUND else ""))
    start, end = max(0, at - _AROUND), at + len(figure) + _AROUND
    before, after = ("……" if start else "") + quote[start:at], quote[at + len(figure) : end]
    return join([before, tag("mark", figure), after, "……" if end < len(quote) else ""])


def _picture(finding: Any) -> Raw | None:
    """The page region of the first place as an embedded picture."""
    image = finding.image() if hasattr(finding, "image") else None
    if image is None:
        return None
    image = _trimmed(image)
    buffer = io.BytesIO()
    image.convert("P", palette=1, colors=32).save(buffer, "PNG", optimize=True)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    figure = finding.evidence[0].text or ""
    return tag(
        "img", src=f"data:image/png;base64,{data}", alt=f"页面截图，标出“{figure}”所在处",
        width=image.width // 2, height=image.height // 2,
    )  # fmt: skip


def _trimmed(image: Any) -> Any:
    """Without the white margins left and right, so that the words stay readable on a small screen."""
    from PIL import ImageOps

    box = ImageOps.invert(image.convert("L")).point(lambda value: 255 if value > 40 else 0).getbbox()
    left, right = (max(0, box[0] - MARGIN), min(image.width, box[2] + MARGIN)) if box else (0, image.width)
    return image.crop((left, 0, right, image.height))


def _others(cells: Sequence[Cell], account: Any) -> Raw | str:
    if not cells:
        return ""
    items = [tag("li", _where(cell, account), "：", _shown(cell)) for cell in cells]
    return tag("details", tag("summary", f"另外 {len(cells)} 处"), tag("ul", *items))


def _confirmed(finding: Finding, account: Any) -> Raw | str:
    """Why the other numbers are not accused: the checks that each of them holds in."""
    if not finding.confirmed:
        return ""
    items = [
        tag("li", _where(cell, account), "：", _shown(cell), f"，另有 {len(rules)} 条规则相符：",
            "；".join(dict.fromkeys(map(title, rules))))
        for cell, rules in finding.confirmed
    ]  # fmt: skip
    return tag("details", tag("summary", f"其余各数在别处的核对（{len(items)} 个数）"), tag("ul", *items))


def _consequences(finding: Finding) -> Raw | str:
    """Further failures, each with its places: what the correction mends, or what nothing explains beside it."""
    if not finding.consequences:
        return ""
    items = [tag("li", item.message) for item in finding.consequences]
    words = "同一处另有 {} 项不符" if finding.cause == "unexplained" else "由此还引起 {} 处不符"
    return tag("details", tag("summary", words.format(len(items))), tag("ul", *items))


def _fix(finding: Finding, number: int, last: int) -> Raw:
    """What to change, its rule, and the way to the findings before and after."""
    advice = [tag("b", "建议"), "　", finding.suggestion, "　"] if finding.suggestion else []
    link = tag("a", f"规则 {finding.rule}", href=f"#rule-{finding.rule}", class_="rule")
    ways = [("下一项", number + 1)] * (number < last) + [("上一项", number - 1)] * (number > 1)
    steps = [tag("a", words, href=f"#finding-{to}", class_="step") for words, to in ways]
    return tag("p", *advice, link, *steps, class_="fix")
