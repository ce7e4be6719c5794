"""Trust made visible: headline tiles, the bar of judged figures, and what could not be judged and why."""

from typing import Any

from fiscal.dictionary.measures import measures
from fiscal.model.finding import SKIPPED
from fiscal.narrative.source import Source
from fiscal.report.account.prose import against, figure, pieces
from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.markup import Raw, join, tag
from fiscal.report.rules import title

GROUPS = (
    ("verified", "一致"),
    ("rounding", "取整可解释"),
    ("conflicting", "不符"),
    ("unconstrained", "无可比对"),
    ("unread", "未读懂"),
)
REASONS = {
    "missing": "资料里没有所需的数",
    "unread": "所需的数看到了但未能读出",
    "unknown": "所需的数未公开",
    "undefined": "分母为零或为负，比率没有意义",
    "not applicable": "对本资料不适用",
    "same source": "两边出自同一句话，核对没有意义",
    "blank": "所需的格为空白",
    "circular": "上年数由本年数推得，核对没有意义",
    "approximate": "原文写的是约数，不作等式核对",
    "incomplete": "所列各项不全，不作合计核对",
}
TILES = (("total", ""), ("exp_basic", "占支出"), ("exp_project", "占支出"), ("tp", "完成预算"))


def tiles(account: Any, previous: Any = None) -> Raw:
    """Total, basic and project expenditure, three public expenses: how big, what changed, what is doubted of it."""
    source = Source(account, previous)
    return tag("dl", *(_tile(source, name, word) for name, word in TILES), class_="tiles")


def _tile(source: Source, name: str, word: str) -> Raw:
    found, doubts = source.figure(name), source.account.doubts
    value = str(found.cell) if found and found.cell is not None else "未载明"
    unit = found.cell.unit if found and found.cell is not None and found.cell.is_number else ""
    wrong = doubts.get(id(found.cell)) if found else None
    lines: list[object] = [note for note in (_moved(source, name), _ratio(source, name, word)) if note]
    lines = lines or ["比上年：未公开" if source.before else "比上年：上年决算未提供"]
    lines += [against(found, doubts)] if found and (wrong or found.conflict) else []
    return tag(
        "div",
        tag("dt", measures()[name].label),
        tag("dd", value or "空白", tag("small", unit) if unit else "", class_="wrong" if wrong else None),
        *(tag("dd", line, class_="more") for line in lines),
        class_="tile",
    )


def _moved(source: Source, name: str) -> Raw | None:
    moved = source.moved(name)
    if moved is None:
        return None
    kind = {"减少": "down", "增加": "up"}.get(str(moved[0]))
    return join(["比上年", tag("span", pieces(moved, source.account.doubts), class_=kind)])


def _ratio(source: Source, name: str, word: str) -> Raw | None:
    if not word:
        return None
    found = source.completion(name) if word == "完成预算" else source.share(name)
    return join([word, " ", figure(found, source.account.doubts)]) if found and found.text else None


def bar(findings: Any) -> Raw:
    """One bar: how many figures of the text were read, and how each was judged; then the identities."""
    figures, checks = findings.figures, findings.checks
    total = figures["total"]
    said = "，".join(f"{figures[key]}个{word}" for key, word in GROUPS)
    spans = [
        tag("span", class_=f"g-{key}", style=f"width:{figures[key] / total * 100:.2f}%")
        for key, _ in GROUPS
        if figures[key]
    ]
    legend = [tag("span", tag("i", class_=f"dot g-{key}"), word, " ", tag("b", figures[key])) for key, word in GROUPS]
    evaluated = checks["passed"] + checks["rounding"] + checks["failed"]
    identities = (
        f"勾稽关系 {evaluated + checks['skipped']} 处：可核对 {evaluated}，成立 {checks['passed']}，"
        f"取整可解释 {checks['rounding']}，不成立 {checks['failed']}"
    )
    if not total:
        return tag("div", tag("b", "没有读到文中的数字"), tag("p", identities, class_="legend"), class_="proof")
    picture = tag("div", *spans, class_="bar", role="img", aria_label=f"文中{total}个数字：{said}")
    return tag(
        "div", tag("b", f"文中 {total} 个数字"), picture, tag("div", *legend, class_="legend"),
        tag("p", identities, class_="legend"), class_="proof",
    )  # fmt: skip


def by_table(account: Any, findings: Any) -> Raw:
    """How many printed numbers of each table took part in a check that could be made, and how many are doubted."""
    tied = {id(cell) for outcome in findings.outcomes if outcome.outcome != SKIPPED for cell in outcome.terms}
    lines = []
    for table in account.disclosure.tables.values():
        cells = [id(cell) for row in table.rows for cell in row.cells.values() if cell.is_number]
        checked, doubted = len(tied.intersection(cells)), len(set(cells) & set(findings.doubts))
        lines.append((table.title, len(cells), checked, len(cells) - checked, doubted))
    if not lines:
        return tag("p", "没有读到表。", class_="note")
    heads = ("表", "印出的数", "核对过", "没有可对照的", "不符或存疑")
    return simple("各表核对了多少", heads, lines, amounts=(1, 2, 3, 4), numbered=False)


def coverage(findings: Any) -> Raw:
    """Which checks could not run, grouped by reason, each rule with its number of places."""
    skipped: dict[str, dict[str, int]] = {}
    for outcome in findings.outcomes:
        if outcome.outcome == SKIPPED:
            rules = skipped.setdefault(outcome.reason, {})
            rules[outcome.rule] = rules.get(outcome.rule, 0) + 1
    if not skipped:
        return tag("p", "所有适用的核对都已进行。")
    ordered = sorted(skipped.items(), key=lambda item: -sum(item[1].values()))
    return tag("div", *(_skipped(reason, rules) for reason, rules in ordered), class_="coverage")


def _skipped(reason: str, rules: dict[str, int]) -> Raw:
    head = f"{REASONS.get(reason, reason or '未注明原因')}：{sum(rules.values())} 处，{len(rules)} 条规则"
    items = [tag("li", title(rule), " ", tag("code", rule), f"　{n} 处") for rule, n in sorted(rules.items())]
    return tag("details", tag("summary", head), tag("ul", *items, class_="rules"))
