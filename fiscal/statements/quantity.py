"""What a figure is, from the words right before it: a level, a budget, a change, a rate, a share, a completion."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fiscal.statements.segments import Segment
from fiscal.statements.state import LAST_BUDGET, LAST_YEAR, State
from fiscal.statements.tokens import BARE, MONEY, PERCENT, POINTS, TIMES

UP, DOWN = "增加", "减少"
SIGNS = {"up": UP, "down": DOWN, "more": UP, "less": DOWN}
WORDS = {"more": "大于", "less": "小于", "equal": "等于"}
BUDGET_BASES = frozenset({"initial_budget", "full_year_budget", "budget"})
_OF = re.compile(r"^的?(?:比例|比重|比|份额)?(?:为|达|约)?$")
_FALLS = ("减", "降", "下", "压")  # how the words of going down to a level begin
_RATES = ("增长", "下降", "降低", "上升", "提高", "上涨", "增幅", "降幅", "减幅")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a figure is.

    role  amount, budget, previous, previous_budget, year, whole, change, change_percent, points, multiple,
          completion, share, or "" (not understood)
    pending  what the percent after it is; `beside`: a level only compared with, of which nothing is listed
    """

    role: str
    base: str = ""
    direction: str = ""
    whole: str | None = None
    pending: tuple[str, str] | None = None
    beside: bool = False


def decide(form: str, segments: Sequence[Segment], state: State) -> Quantity:
    """What a figure of this form is after these segments."""
    last = _last(segments)
    if form in (MONEY, BARE):
        return _money(last, state)
    if form == PERCENT:
        return _percent(last, state)
    return _points(form, last, state)


def _last(segments: Sequence[Segment]) -> Segment:
    """The segment that decides: the last that says anything about what the figure is."""
    return next((one for one in reversed(segments) if not one.empty), segments[-1])


def _base(segment: Segment, state: State) -> str:
    return segment.base or state.compared_with()


def _change(role: str, segment: Segment, state: State) -> Quantity:
    mark = segment.direction
    kind = mark.kind if mark is not None else "change"
    base = _base(segment, state)
    if (
        state.last == "completion"
        and role == "change_percent"
        and kind in ("up", "down")
        and not (segment.base or state.base)
    ):
        base = LAST_YEAR  # 完成预算的89.6%，下降4.2%: what is lacking to the budget is told already
    if kind in ("more", "less") and base == LAST_YEAR and not segment.base:
        base = state.said if state.said in BUDGET_BASES else "budget"
    return Quantity(role, _which(base, state), SIGNS.get(kind, ""))


def _reached(words: str) -> Quantity:
    """下降到3.60万元: a level, and the direction it was reached in."""
    return Quantity("amount", direction=DOWN if words.startswith(_FALLS) else UP)


def _which(base: str, state: State) -> str:
    """预算 without more is the budget that was said before (年初预算为…，完成预算的…)."""
    return state.said if base == "budget" and state.said in BUDGET_BASES else base


def _money(last: Segment, state: State) -> Quantity:
    if last.direction is not None:
        return _reached(last.direction.text) if last.direction.kind == "reach" else _change("change", last, state)
    if last.whole is not None and not _budget_whole(last):
        return Quantity("whole", pending=("share", last.whole), whole=last.whole)
    if last.has("from") and not last.level:
        return Quantity("previous", LAST_YEAR, beside=True)
    if last.whole is not None or last.level in BUDGET_BASES:
        budget = _named_budget(last) or "budget"
        return Quantity(
            "budget", budget, pending=("completion", budget), beside=bool(last.base) or last.has("complete")
        )
    if last.level == LAST_BUDGET:
        return Quantity("previous_budget", LAST_BUDGET)
    if last.level == LAST_YEAR:
        return Quantity("previous", LAST_YEAR, beside=bool(last.base))
    if last.level:
        return Quantity("year", last.level)
    return Quantity("amount")


def _percent(last: Segment, state: State) -> Quantity:
    words = last.text.strip('“”"：:')
    if state.pending is not None and _OF.match(words) and (words[:1] == "的" or state.pending[0] == "share"):
        kind, said = state.pending
        return Quantity(kind, said if kind == "completion" else "", whole=said if kind == "share" else None)
    if last.direction is not None and last.direction.kind != "reach":
        return _change("change_percent", last, state)
    if last.whole is not None and not (last.level in BUDGET_BASES or "预算" in _budget_whole(last)):
        return Quantity("share", whole=last.whole)
    if last.whole is not None or last.has("complete", "rate") or (last.level in BUDGET_BASES and not last.noun):
        return Quantity("completion", _which(_named_budget(last) or "budget", state))
    if last.has("ratio"):
        return Quantity("share", whole="")
    return Quantity("")


def _budget_whole(last: Segment) -> str:
    """The whole when it is nothing but a budget: 占年初预算比为 is a completion, 占支出总预算的 a share."""
    whole = re.sub(r"(?:的|比例|比重|比|为|达到?|约)+$", "", last.whole or "")
    return whole if re.fullmatch(r"(?:全年|年初|调整后?的?|年度|当年|本年)*预算(?:安排)?数?", whole) else ""


def _named_budget(last: Segment) -> str:
    if last.level in BUDGET_BASES:
        return last.level
    text = last.whole or last.text
    return "initial_budget" if "年初预算" in text else "full_year_budget" if re.search("全年预算|调整", text) else ""


def _points(form: str, last: Segment, state: State) -> Quantity:
    if form == TIMES and (last.direction is None or last.direction.kind == "reach"):
        return Quantity("multiple")
    quantity = _change("change_percent" if form == TIMES else "points", last, state)
    return quantity if form in (TIMES, POINTS) else Quantity("")


def bare_form(last: Segment) -> str:
    """Money or percent, for a number without unit: only where the words before it leave no doubt; else ""."""
    direction = last.direction
    if last.whole is not None or last.has("ratio", "complete", "rate"):
        return PERCENT
    if direction is not None and direction.kind != "reach":
        return PERCENT if direction.text.startswith(_RATES) else MONEY
    said = last.text.rstrip("“”").endswith(("为", "是", "：", "支出", "数"))
    if last.level or (last.targets and said and not last.noun):
        return MONEY
    return ""
