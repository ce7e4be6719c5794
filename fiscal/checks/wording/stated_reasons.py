"""TI18: a reason that says the opposite of the change it explains; TI20: one that is larger than the change."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from fiscal.checks.wording.hits import hit, place_of
from fiscal.dictionary.notation import any_of
from fiscal.dictionary.word_rules import reason_words
from fiscal.model.finding import Outcome
from fiscal.model.text import Paragraph

_SENTENCE = re.compile(r"[^。；]+[。；]?")
_DIRECTION = re.compile(
    r"(?P<up>增加|增长|上升|大于|超过|高于)|(?P<down>减少|下降|降低|小于|低于)|(?P<same>持平|无变化|没有变化|一致|相等)"
)
_FIGURE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?\s{0,9}(?:万?元|亿元|[%％])")
_BALANCE = re.compile(r"结转|结余|余额")
_CHANGED = re.compile(r"(?P<way>增加|减少)(?P<size>\d[\d,]{0,20}(?:\.\d{1,6})?)(?P<unit>万元|元)")
_ALONE = re.compile(
    r"(?P<way>增加|新增|减少|压减)[^，。；、\d增减]{0,20}(?P<size>\d[\d,]{0,20}(?:\.\d{1,6})?)(?P<unit>万元|元)$"
)
_NEAR = 60  # characters between a direction and the reason it is explained by
_OPENS = 10  # a reason that begins its sentence explains the one before: 减少的主要原因是
_COLONS = ("：", ":")


@dataclass(frozen=True)
class _Words:
    begins: re.Pattern[str]
    looks_back: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    saving: re.Pattern[str]
    denies: re.Pattern[str]
    happens: re.Pattern[str]
    turned: re.Pattern[str]
    undone: re.Pattern[str]


@cache
def _words() -> _Words:
    words = reason_words()
    driven = rf"(?:{any_of(words['drivers'])})[^，。；、]{{0,6}}?"
    keys = ("begins", "looks_back", "saving", "denies", "happens", "turned")
    one = {key: re.compile(any_of(words[key])) for key in keys}
    undone = re.compile(rf"(?:未|没有|无|不)再?(?:{any_of(words['up'] + words['down'])})")
    up = re.compile(rf"{driven}(?:{any_of(words['up'])})|新增[^，。；、]{{0,8}}?(?:{any_of(words['drivers'])})")
    down = re.compile(
        rf"{driven}(?:{any_of(words['down'])})|(?:减少|压减|压缩|缩减|削减)[^，。；、]{{0,8}}?(?:{any_of(words['drivers'])})"
    )
    return _Words(**one, up=up, down=down, undone=undone)


def reason_outcomes(paragraph: Paragraph) -> Iterator[Outcome]:
    """Every reason of a paragraph that only says the opposite of the direction before it."""
    words = _words()
    for sentence in _SENTENCE.finditer(paragraph.text):
        text = sentence.group()
        for found in words.begins.finditer(text):
            before = paragraph.text[: sentence.start() + found.start()]
            direction, said = _direction(before if found.start() <= _OPENS else text[: found.start()])
            at = found.end() + (text[found.end() : found.end() + 1] in _COLONS)
            told = _reason(text[at:])
            if told and direction and not _BALANCE.search(before[-_NEAR:]) and _opposes(direction, told):
                start = sentence.start() + at
                yield hit("TI18", place_of(paragraph, start, start + len(told)), told, other=said)
            yield from _too_large(paragraph, before, sentence.start() + found.end(), text[found.end() :].rstrip("。；"))


def _too_large(paragraph: Paragraph, before: str, start: int, told: str) -> Iterator[Outcome]:
    """The one reason that is given, of the same direction, with an amount above the whole change."""
    changes = [*_CHANGED.finditer(before[-2 * _NEAR :])]
    alone = _ALONE.search(told)
    if not changes or alone is None or re.search(r"[，、；]|和|以及|等|部分|其中", told):
        return
    change = changes[-1]
    same = (change["way"] == "增加") == (alone["way"] in ("增加", "新增"))
    one, other = (Decimal(m["size"].replace(",", "")) * (10_000 if m["unit"] == "万元" else 1) for m in (alone, change))
    if same and one > other:
        amount = f"{change['way']}{change['size']}{change['unit']}"
        yield hit("TI20", place_of(paragraph, start, start + len(told)), told, other=amount)


def _direction(before: str) -> tuple[str, str]:
    """up, down or same, and its word: the last one said near the reason."""
    found = [*_DIRECTION.finditer(before)]
    if not found or len(before) - found[-1].end() > _NEAR:
        return "", ""
    return str(found[-1].lastgroup), found[-1].group()


def _reason(text: str) -> str:
    """The words of a reason: up to the next figure's clause, mark or reason."""
    told = []
    for clause in re.split(r"(?<=[，。；])", text):
        if _FIGURE.search(clause):
            break
        told.append(clause)
    return "".join(told).rstrip("，。； ")


def _opposes(direction: str, told: str) -> bool:
    words = _words()
    if words.looks_back.search(told) or words.turned.search(told):
        return False
    changed = words.undone.sub("", told)  # 未新增公务用车 is no rise
    up, down = bool(words.up.search(changed)), bool(words.down.search(changed))
    if direction == "up":
        return not up and (down or _only_saves(told)) and not _denied(told)
    if direction == "down":
        return up and not down and not words.saving.search(told) and not _denied(told)
    return up != down and not words.denies.search(told) and not words.saving.search(told)


def _only_saves(told: str) -> bool:
    """Saving, and nothing that took place: 有接待任务发生，经费厉行节约 explains a rise."""
    return bool(_words().saving.search(told)) and not _words().happens.search(told)


def _denied(told: str) -> bool:
    """A reason with two sides or a denial leaves its direction open; 未, 无 and 不 alone explain a fall."""
    return bool(re.search("但|虽|抵消|同时|而", told))
