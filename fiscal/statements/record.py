"""Writing down one claim: subject, quantity, base and list, and the slot it fills when it is this year's own figure."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fiscal.model.text import Entry
from fiscal.statements.facts import Target
from fiscal.statements.figure import Figure
from fiscal.statements.quantity import BUDGET_BASES, Quantity
from fiscal.statements.state import LAST_BUDGET, LAST_YEAR, Level

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

_FUND = re.compile(r"(?:属|来源于|来自|来源为|为)(一般公共预算|政府性基金)")
_FILLING = frozenset({"amount", "budget", "previous", "change", "change_percent", "completion", "share", "count"})
_BASES = {"initial_budget": "年初预算", "full_year_budget": "全年预算", "budget": "预算"}


def claim(
    reader: "Reader", figure: Figure, target: Target | None, quantity: Quantity, *, fill: bool = True, **more: Any
) -> None:
    """Add a claim (`more`: further fields); its cell fills the slot of its subject where it is its own of the year."""
    state, role = reader.state, quantity.role
    target, role = _budget_of(reader, figure, target, quantity)
    listed = state.lists[-1] if state.lists else None
    if role in ("amount", "count", "budget") and listed is not None and listed.year:
        role = "previous" if listed.year == "previous" else "year"
        quantity, fill = replace(quantity, role=role, base=listed.year, beside=True), False
    base = _last_year(reader, quantity)
    role = "previous" if role == "previous_budget" and reader.budget else role
    period = base if role == "year" else "previous" if role.startswith("previous") else "this"
    if role in ("change", "change_percent") and (year := state.year or _only_year(reader, figure)):
        period, fill = year, False
    base = "" if role in ("previous", "previous_budget", "year") else base
    fields = {
        "period": period, "base": base, "direction": quantity.direction, "sentence": figure.sentence,
        "span": figure.span, "counter": figure.token.counter,
        "list": listed.id if listed else "", "list_head": listed.offset if listed else None,
    }  # fmt: skip
    if listed is not None and listed.complete:
        reader.facts.complete.setdefault(listed.id, listed.complete)
    reader.facts.state(target.name(role) if target is not None else "", role, figure.cell, **{**fields, **more})
    if target is None:
        return
    if fill and role in _FILLING and not (role in ("change", "change_percent") and base != LAST_YEAR):
        reader.facts.fill(target, role, figure.cell)
    after(reader, figure, target, replace(quantity, role=role, base=period if role == "year" else base))


def _only_year(reader: "Reader", figure: Figure) -> str:
    """The other year of a sentence that speaks of nothing else: 2022年支出720万元，下降10%。"""
    level, own = reader.state.level, f"|{reader.year}年" if reader.year else ""
    alone = level is not None and level.year and not re.search(rf"[比较与同]|[本今当]年{own}", figure.sentence)
    return level.year if level is not None and alone else ""


def _last_year(reader: "Reader", quantity: Quantity) -> str:
    """The base of a figure; a budget compares with last year, whatever year the sentence prints by mistake."""
    own = quantity.role in ("change", "change_percent") and quantity.base in BUDGET_BASES
    return LAST_YEAR if reader.budget and (own or quantity.base == LAST_BUDGET) else quantity.base


def _of_last_year(reader: "Reader", figure: Figure) -> bool:
    """What a sentence of a budget that opens with last year tells without a word of planning: 2019年末债务余额…."""
    opens = re.match(rf"(?:截[至止])?{(reader.year or 0) - 1}年", figure.sentence)
    words = re.sub("(?:公共|基金|经营)预算|(?:调整|年初)预算", "", figure.cell.place.text or "")
    return bool(opens) and not re.search("预算|安排|计划", words)


def _budget_of(
    reader: "Reader", figure: Figure, target: Target | None, quantity: Quantity
) -> tuple[Target | None, str]:
    """Subject and role of a level: a budget where the document or the list is one; the general budget has two slots."""
    role = quantity.role
    if target is None:
        return None, role
    listed = reader.state.lists[-1] if reader.state.lists else None
    if role == "amount" and target.key == "gpb_classes" and reader.budget:
        return target, role
    if role == "amount" and reader.budget and _of_last_year(reader, figure):
        return target, "previous"
    if role == "amount" and (reader.budget or (listed is not None and listed.budget)) and not target.plain:
        role = "budget"
    if role == "budget" and target.key == "gpb" and quantity.base in ("initial_budget", "full_year_budget"):
        return Target(f"gpb_{quantity.base}"), "amount"
    return target, role


def after(reader: "Reader", figure: Figure, target: Target, quantity: Quantity) -> None:
    """What a claim means for those that follow it."""
    state, role, base = reader.state, quantity.role, quantity.base
    state.last = role
    level = state.level
    again = level is not None and level.target.label == target.label and not (level.budget or level.year)
    if role in ("year", "previous") and not quantity.beside:
        state.read_level(Level(target, figure.offset, year=base or role))
    elif role in ("amount", "count") or (role == "budget" and not again and not quantity.beside):
        planned = role == "budget" and not reader.budget
        state.read_level(Level(target, figure.offset, planned, counter=figure.token.counter))
    if role == "previous":
        state.said = LAST_YEAR
    elif role == "budget" or (target.key.startswith("gpb_") and target.key.removeprefix("gpb_") in BUDGET_BASES):
        state.said = base or state.said
    elif role == "completion":
        state.said = base
        _basis(reader, target, base)
    elif role in ("change", "change_percent"):
        state.compared = True
    if target.key == "perf_projects" and target.entry is not None and (found := _FUND.search(figure.sentence)):
        target.entry.setdefault("fund", found[1])


def _basis(reader: "Reader", target: Target, base: str) -> None:
    """The budget a completion names, in words."""
    words = _BASES.get(base, "预算")
    if target.entry is not None:
        target.entry.setdefault("basis", words)
    else:
        reader.facts.word(f"{target.key}_completion_basis", words)


def compared(reader: "Reader", target: Target, word: str) -> None:
    """大于, 小于, 等于 said of the level and the budget of a subject: on its last completion or level."""
    claims, name = reader.facts.claims, target.label
    for role in ("completion", "amount"):
        wanted = target.name(role)
        for number in range(len(claims) - 1, max(-1, len(claims) - 8), -1):
            if claims[number].subject == wanted and claims[number].period == "this" and not claims[number].word:
                claims[number] = replace(claims[number], word=word)
                break
        else:
            continue
        break
    if target.entry is not None:
        target.entry.setdefault("word", word)
    else:
        reader.facts.word(f"{name}_word", word)


def mention(reader: "Reader", figure: Figure, target: Target, quantity: Quantity) -> None:
    """One entry of change_mentions for the amount and the rate of a sentence; the direction word, once a sentence."""
    facts, key = reader.facts, target.name("amount")
    is_change = quantity.role == "change"
    field, value = ("direction", "change") if is_change else ("rate_direction", "rate")
    mentions = facts.lists.setdefault("change_mentions", [])
    last = mentions[-1] if mentions else {}
    goes_on = last.get("slot") == key and last.get("text") == figure.sentence
    if goes_on and field not in last:
        last[field] = quantity.direction
        return
    entry: Entry = mentioned(reader, key, figure.sentence)
    mentions.append(entry | {field: quantity.direction, value: figure.cell})
    if target.entry is None and not goes_on:
        facts.word(f"{key}_direction", quantity.direction)


def mentioned(reader: "Reader", key: str, sentence: str) -> Entry:
    entry: Entry = {"slot": key, "section": reader.state.section, "text": sentence}
    now = reader.facts.first(key)
    return entry if now is None else entry | {"now": now}
