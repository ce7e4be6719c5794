"""What stands beside the narrative: its counts in one table, and growth that the stated reason does not cover."""

from typing import Any

from fiscal import metrics
from fiscal.dictionary.measures import measures
from fiscal.metrics.headlines import headline
from fiscal.narrative.source import Source
from fiscal.report.account.prose import figure
from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.markup import Raw, Shown, tag

BASE = "gpb"


def counts(account: Any) -> Shown:
    """Every count that the narrative states of vehicles, visits, receptions and equipment."""
    source = Source(account)
    entries = [entry for entry in measures() if entry.kind == "count"]
    known = [(entry.label, found) for entry in entries if (found := source.figure(entry.id)) and found.text]
    lines = [(label, figure(found, account.doubts), found.source) for label, found in known]
    if not lines:
        return Shown(Raw(""), "")
    return Shown(simple("数量", ("项目", "数量", "来源"), lines, amounts=(1,)), str(len(lines)))


def unexplained(account: Any, previous: Any = None, measure: str = "total") -> Shown:
    """What of a grand total moved outside the general public budget, where the reason stated is that of this budget."""
    words = _unexplained(account, previous, measure)
    return Shown(tag("p", words, class_="note") if words else Raw(""), words)


def _unexplained(account: Any, previous: Any, measure: str) -> str:
    source = Source(account, previous)
    reason = source.word(f"reason:{measure}")
    moved = metrics.variance(account, previous).set_index("measure")["change"].to_dict()
    whole, part = moved.get(measure), moved.get(BASE)
    others = [(measures().headlines[key].label, headline(account, key)) for key in ("fund", "state_capital")]
    spent = [(label, found.amount(account.unit)) for label, found in others]
    named = "、".join(f"{label}{amount}{account.unit}" for label, amount in spent if amount)
    if (
        not reason
        or reason != source.word(f"reason:{BASE}")
        or whole is None
        or part is None
        or whole == part
        or not named
    ):
        return ""
    base = f"{'增加' if part > 0 else '减少'}{abs(part)}{account.unit}" if part else "持平"
    rest = f"{'增加' if whole > part else '减少'}{abs(whole - part)}{account.unit}"
    return (f"一般公共预算财政拨款支出比上年{base}，其余{rest}在一般公共预算之外，本年{named}；"
            f"所述原因（{reason}）与一般公共预算的相同，没有说到这一部分。")  # fmt: skip
