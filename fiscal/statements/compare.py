"""Comparisons: changes and their rates, and 持平, 大于, 小于 said without a number."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from fiscal.dictionary.patterns import Role, patterns
from fiscal.model.cells import BLANK, Cell, Place
from fiscal.model.text import Entry
from fiscal.statements import names
from fiscal.statements.facts import Target, zero

if TYPE_CHECKING:
    from fiscal.statements.figure import Figure
    from fiscal.statements.grammar import Reader

PROSE = frozenset({"overview", "responsibilities", "organisation", "glossary", "contents", "tables"})
_PREFIX = re.compile(r"(?:各|均|共|净|合计|分别|同步|总体|略)?$")
_AFTER = re.compile(r"^(?:决算|预算)?数?(?:支出)?(?:相比)?，?")
_WORDS = {"more": "大于", "less": "小于", "equal": "等于", "equal_to": "等于"}


def with_budget(text: str) -> bool:
    """Whether a text compares with a budget (比年初预算, 较上年预算数)."""
    return bool(patterns().comparison["budget"].search(text))


def without_comparison(text: str) -> str:
    """The last clause of a text without its comparison phrase (比2022年决算数 …)."""
    clause = names.clause_of(text)
    for key in ("budget", "previous"):
        found = patterns().comparison[key].search(clause)
        if found:
            clause = clause[: found.start()] + _AFTER.sub("", clause[found.end() :])
    return _PREFIX.sub("", clause)


def change(reader: "Reader", figure: "Figure", target: Target, role: Role, *, each: bool) -> None:
    """A change or its rate; against a budget it is a free subject, not the slot's change. 各 makes two statements."""
    reader.scope.compared = True
    against = reader.scope.against
    own = Target(target.name(f"against_{against}")) if against else target
    reader.state(figure, own, role.role, direction=role.direction, fill=not against)
    other = target.subject.each if each and target.subject is not None else ""
    if other and role.role == "change" and not against:
        reader.state(figure, Target(other), "change", direction=role.direction, fill=False)
    if not against and role.direction:
        _mention(reader, figure, target, role)


def _mention(reader: "Reader", figure: "Figure", target: Target, role: Role) -> None:
    """One entry of change_mentions for the amount and the rate of a sentence; the direction word, once a sentence."""
    facts, key = reader.facts, target.name("amount")
    field, value = ("direction", "change") if role.role == "change" else ("rate_direction", "rate")
    mentions = facts.lists.setdefault("change_mentions", [])
    last = mentions[-1] if mentions else {}
    goes_on = last.get("slot") == key and last.get("text") == figure.sentence
    if goes_on and field not in last:
        last[field] = role.direction
        return
    mentions.append(_entry(reader, key, figure.sentence) | {field: role.direction, value: figure.cell})
    if target.entry is None and not goes_on:
        facts.word(f"{key}_direction", role.direction)


def _entry(reader: "Reader", key: str, sentence: str) -> Entry:
    entry: Entry = {"slot": key, "section": reader.scope.section, "text": sentence}
    now: Cell | None = reader.facts.first(key)
    return entry if now is None else entry | {"now": now}


def read(reader: "Reader", text: str, place: Callable[[], Place]) -> None:
    """Comparison words in a stretch without figures."""
    if "预算" in text and "决算" in text:
        _budget_word(reader, text, place)
    if not reader.scope.reason:
        _flat(reader, text, place)


def _budget_word(reader: "Reader", text: str, place: Callable[[], Place]) -> None:
    """决算数小于预算数 → the word of the current subject."""
    found = [(match, word) for key, word in _WORDS.items() if (match := patterns().comparison[key].search(text))]
    if not found:
        return
    match, word = found[0]
    target = _subject(reader, text[: match.start()])
    reader.scope.compared = True
    if target is not None:
        reader.facts.say(target.name("completion"), "completion", Cell(BLANK, None, "", word, place()), word=word)
    if target is not None and target.entry is not None:
        target.entry.setdefault("word", word)
    elif target is not None:
        reader.facts.word(f"{target.key}_word", word)


def _subject(reader: "Reader", text: str) -> Target | None:
    subject, _ = reader.subject_of(text, "")
    return Target(subject.key, subject) if subject is not None else reader.scope.target


def _flat(reader: "Reader", text: str, place: Callable[[], Place]) -> None:
    """与上年持平 → a change of exactly 0; 基本持平 claims no equality and is only mentioned."""
    comparison, scope = patterns().comparison, reader.scope
    nearly = comparison["nearly_flat"].search(text)
    found = nearly or comparison["flat"].search(text)
    if found is None and (scope.stack or scope.compared) and "预算" not in text:
        found = comparison["flat_part"].search(text)
    target = _subject(reader, text[: found.start()]) if found else None
    if found is None or target is None or f"{target.key}_change" not in patterns().slots:
        return
    word = "基本持平" if nearly else "持平"
    reader.facts.lists.setdefault("change_mentions", []).append(_entry(reader, target.key, text) | {"direction": word})
    cell = zero(reader.unit, place(), found.group())
    base = "budget" if "预算" in text else "last_year"
    reader.facts.say(f"{target.key}_change", "change", cell, direction=word, base=base, sentence=text)
    if not nearly:
        reader.facts.word(f"{target.key}_direction", word)
        reader.facts.slots.setdefault(f"{target.key}_change", []).append(cell)
