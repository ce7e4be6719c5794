"""Comparisons: changes and their rates, 持平 and 大于/小于 without a number, 无 as a stated zero."""

import re
from functools import cache
from typing import TYPE_CHECKING

from fiscal.dictionary.classification import functional
from fiscal.dictionary.labels import stem
from fiscal.dictionary.patterns import Role, patterns
from fiscal.model.cells import Cell, Place
from fiscal.statements import names
from fiscal.statements.facts import Target, zero

if TYPE_CHECKING:
    from fiscal.statements.figure import Figure
    from fiscal.statements.grammar import Reader

_PREFIX = re.compile(r"(?:各|均|共|净|合计|分别|同步|总体|略)?$")
_WORDS = {"more": "大于", "less": "小于", "equal": "等于", "equal_to": "等于"}


def with_budget(text: str) -> bool:
    """Whether a text compares with a budget (比年初预算, 较上年预算数)."""
    return bool(patterns().comparison["budget"].search(text))


def without_comparison(text: str) -> str:
    """A text without its comparison phrase and what stands before it in the clause."""
    clause = names.clause_of(text)
    for key in ("budget", "previous"):
        found = patterns().comparison[key].search(clause)
        if found:
            clause = clause[: found.start()] + re.sub(
                r"^(?:决算|预算)?数?(?:支出)?(?:相比)?，?", "", clause[found.end() :]
            )
    return _PREFIX.sub("", clause)


def change(reader: "Reader", figure: "Figure", target: Target, role: Role, *, each: bool) -> None:
    """A change or its rate; of a budget comparison it is a free subject, not the slot's change."""
    reader.scope.compared = True
    against = reader.scope.against
    own = target if not against else Target(f"{target.name('amount')}_against_{against}")
    if role.role == "change":
        reader.state(figure, own, "change", direction=role.direction, fill=not against)
        if each and target.subject is not None and target.subject.each:
            reader.state(figure, Target(target.subject.each), "change", direction=role.direction, fill=False)
    else:
        reader.state(figure, own, "change_percent", direction=role.direction, fill=not against)
    if not against:
        _mention(reader, figure.cell, figure.sentence, target, role)


def _mention(reader: "Reader", cell: Cell, sentence: str, target: Target, role: Role) -> None:
    """One entry of change_mentions per amount-and-rate pair of a sentence."""
    field = "direction" if role.role == "change" else "rate_direction"
    if not role.direction:
        return
    mentions = reader.facts.lists.setdefault("change_mentions", [])
    key = target.name("amount")
    last = mentions[-1] if mentions else None
    if last and last["slot"] == key and last["text"] == sentence and field not in last:
        last[field] = role.direction
    else:
        now = reader.facts.first(key)
        entry: dict[str, Cell | str] = {
            "slot": key,
            field: role.direction,
            "section": reader.scope.section,
            "text": sentence,
        }
        mentions.append(
            entry | ({"now": now} if now is not None else {}) | {"change" if field == "direction" else "rate": cell}
        )
    if target.entry is None and f"{key}_direction" not in _said(reader, sentence):
        reader.facts.word(f"{key}_direction", role.direction)
        _said(reader, sentence).add(f"{key}_direction")


def _said(reader: "Reader", sentence: str) -> set[str]:
    """Direction words already noted in this sentence."""
    if reader.said[0] != sentence:
        reader.said = (sentence, set())
    return reader.said[1]


def read(reader: "Reader", text: str, place: Place) -> None:
    """Comparison words and 无 in a stretch without figures."""
    if reader.scope.section in _PROSE:
        return
    if "预算" in text and "决算" in text:
        _budget_word(reader, text)
    if not reader.scope.reason:
        _flat(reader, text, place)
    _none(reader, text, place)


_PROSE = frozenset({"overview", "responsibilities", "organisation", "glossary", "contents", "tables"})


def _budget_word(reader: "Reader", text: str) -> None:
    """决算数小于预算数 → the word of the current subject."""
    for key, word in _WORDS.items():
        found = patterns().comparison[key].search(text)
        if not found:
            continue
        subject, _ = reader.subject_of(text[: found.start()], "")
        target = Target(subject.key, subject) if subject is not None else reader.scope.target
        if target is None:
            return
        reader.scope.compared = True
        if target.entry is not None:
            target.entry.setdefault("word", word)
        else:
            reader.facts.word(f"{target.key}_word", word)
        return


def _flat(reader: "Reader", text: str, place: Place) -> None:
    """与上年持平 → a change of exactly 0; 基本持平 claims no equality and is only mentioned."""
    nearly = patterns().comparison["nearly_flat"].search(text)
    found = nearly or patterns().comparison["flat"].search(text)
    if found is None and (reader.scope.stack or reader.scope.compared) and "预算" not in text:
        found = patterns().comparison["flat_part"].search(text)
    if not found:
        return
    subject, _ = reader.subject_of(text[: found.start()], "")
    target = Target(subject.key, subject) if subject is not None else reader.scope.target
    if target is None or target.entry is not None or f"{target.key}_change" not in patterns().slots:
        return
    word = "基本持平" if nearly else "持平"
    mention = {"slot": target.key, "direction": word, "section": reader.scope.section, "text": text}
    now = reader.facts.first(target.key)
    reader.facts.lists.setdefault("change_mentions", []).append(mention | ({"now": now} if now is not None else {}))
    if not nearly:
        reader.facts.word(f"{target.key}_direction", word)
        reader.facts.slots.setdefault(f"{target.key}_change", []).append(zero(reader.unit, place, found.group()))


def _none(reader: "Reader", text: str, place: Place) -> None:
    """无“三公”经费…支出 → stated zeros, where the name follows the word."""
    book = patterns()
    for found in book.none_words.finditer(text):
        rest = _year().sub("", text[found.end() :])
        pair = next((slots for pattern, slots in book.none_pairs if pattern.match(rest)), None)
        for slot in pair if pair is not None else _none_slots(reader, rest):
            if slot not in reader.facts.slots:
                counted = book.slots[slot].type == "count"
                cell = zero("" if counted else reader.unit, place, found.group())
                reader.facts.slots[slot] = [cell]


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"^(?:\d{4}年度?|使用|列支|安排|发生|一般公共预算财政拨款(?=[^支收基])|财政拨款(?=[安开列]))+")


def _none_slots(reader: "Reader", rest: str) -> tuple[str, ...]:
    first = next(iter(names.names_in(rest[:40])), None)
    if first is None or first.start > 0:
        return ()
    subject = names.meaning(first, reader.scope.section, reader.scope.heads())
    if subject is None or not subject.is_slot:
        return ()
    return (subject.key, *patterns().none_also.get(subject.key, ()))


def by_classification(reader: "Reader", free: str) -> Target | None:
    """A functional class, or in the item section an item, named without brackets."""
    if reader.scope.section not in ("gpb_structure", "gpb_items", "gpb", "gpb_overall", "whole"):
        return None
    name = re.sub(r"^\d{3,7}", "", free.strip("“”"))
    for year in (reader.year, None):
        classes = [s.code for s in functional().named(name, year, "class")]
        if len(set(classes)) == 1:
            return reader.class_target(name, classes[0])
    if reader.scope.section == "gpb_items" and functional().by_name.get(stem(name)):
        items = [s.code for s in functional().named(name, reader.year, "item")]
        code = items[0] if len(set(items)) == 1 else ""
        entry = reader.facts.entry("gpb_items", item_name=name, code=code, group_code=code[:5])
        target = Target("gpb_items", entry=entry, entry_key=code or name)
        reader.scope.item = target
        reader.scope.speak_of(target)
        return target
    return None
