"""Edits of sentences: numbers exchanged, directions turned, figures and rates taken from a neighbour, parts left out.

Each edit is made in a sound text of tests/forms, which is read and judged again. It is noticed when a warning or an
error is told that was not told before; where no check had a figure of the edit among its terms it is unbound, as is
what no arithmetic can tell: two parts of one sum exchanged, a part missing after 其中, which claims no completeness.
Else it is missed.
"""

import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import fiscal
from tests.forms.judge import ABSENCE, cases, read

_FIGURE = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?=(?P<unit>亿元|万元|元|%))")
_WAY = re.compile(r"(?:增加|减少|增长|下降|降低)(?=[\d,.]+(?:万元|元|%))")
_TURNED = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "降低": "增长"}
_PART = re.compile(r"(?<=[：、；，])[^：、；，。（）]{2,16}?[\d,]+\.\d+万元(?:，占[^，。；、]{0,12}?[\d.]+%)?[；、，]")
_LISTED = re.compile(r"其中[：，]|包括[：，]?")
_EXCHANGED, _OPEN = "two numbers exchanged", "a part left out after 其中"
_BOUND = ("verified", "rounding", "conflicting")
_EACH = 2  # edits of one kind in one text


@dataclass(frozen=True)
class Edit:
    """A changed text, and the printed figures that the change touches."""

    kind: str
    text: str
    touched: frozenset[str]


@dataclass
class Score:
    """What became of the edits, by kind, and an example of one that was missed."""

    by_kind: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))
    missed: dict[str, str] = field(default_factory=dict)


def edits(text: str, rng: random.Random) -> Iterator[Edit]:
    """A few edits of each kind."""
    made = [*_exchanges(text), *_turns(text), *_omissions(text)]
    by_kind: dict[str, list[Edit]] = defaultdict(list)
    for one in made:
        by_kind[one.kind].append(one)
    for found in by_kind.values():
        yield from rng.sample(found, min(_EACH, len(found)))


def _exchanges(text: str) -> Iterator[Edit]:
    """Two figures of a sentence exchanged, one printed again in the next clause, a rate taken from elsewhere."""
    figures = [(found.start(), found.end(), found.group(), found["unit"]) for found in _FIGURE.finditer(text)]
    rates = [one for one in figures if one[3] == "%"]
    for one, other in pairwise(figures):
        if one[3] != other[3] or _number(one[2]) == _number(other[2]) or "。" in text[one[1] : other[0]]:
            continue
        touched = frozenset({one[2], other[2]})
        between = text[one[1] : other[0]]
        yield Edit(_EXCHANGED, _put(text, one, other[2] + between + one[2], other[1]), touched)
        yield Edit("a figure in the next clause too", _put(text, other, one[2], other[1]), frozenset({other[2]}))
    for one, other in zip(rates, rates[1:] + rates[:1]):
        if _number(one[2]) != _number(other[2]):
            yield Edit("the rate of another item", _put(text, one, other[2], one[1]), frozenset({one[2]}))


def _turns(text: str) -> Iterator[Edit]:
    for found in _WAY.finditer(text):
        after = _FIGURE.match(text, found.end())
        if after and _number(after.group()):
            turned = text[: found.start()] + _TURNED[found.group()] + text[found.end() :]
            yield Edit("增加 and 减少 exchanged", turned, frozenset({after.group()}))


def _omissions(text: str) -> Iterator[Edit]:
    """A part of a list left out, where it is not nothing."""
    for opened in _LISTED.finditer(text):
        stop = text.find("。", opened.end())
        part = _PART.search(text, opened.end() - 1, stop if stop >= 0 else len(text))
        if part and any(_number(one.group()) for one in _FIGURE.finditer(part.group())):
            touched = frozenset(one.group() for one in _FIGURE.finditer(part.group()))
            kind = f"a part left out after {opened.group()[:2]}"
            yield Edit(kind, text[: part.start()] + text[part.end() :], touched)


def _put(text: str, at: tuple[int, int, str, str], new: str, end: int) -> str:
    return text[: at[0]] + new + text[end:]


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def planted(*, seed: int = 1) -> Score:
    """Edits in all sound texts."""
    rng, score = random.Random(seed), Score()
    with tempfile.TemporaryDirectory() as folder:
        for case in (one for one in cases() if one.get("quiet")):
            before, bound, lists = _judged(case, case["text"], Path(folder))
            for edit in edits(case["text"], rng):
                told, *_ = _judged(case, edit.text, Path(folder))
                result = "noticed" if told - before else "missed" if _touches(edit, bound, lists) else "unbound"
                score.by_kind[edit.kind][result] += 1
                if result == "missed":
                    score.missed.setdefault(edit.kind, f"{case['id']} {', '.join(sorted(edit.touched))}")
    return score


def _judged(case: dict, text: str, folder: Path) -> tuple[set[str], set[float], dict[float, str]]:
    """What is told loudly of a text, the values that a check holds to something, and the lists whose parts they are."""
    path = folder / "account.txt"
    lines = (case["context"].get("title"), case["context"].get("heading"), text)
    path.write_text("\n".join(line for line in lines if line) + "\n", encoding="utf-8")
    accounts: list[fiscal.Account] = read(path)
    loud = [one for account in accounts for one in account.check() if one.severity != "info"]
    rows = [row for account in accounts for row in account.statements.to_dict("records")]
    told = {one.message for one in loud if not one.rule.startswith(ABSENCE) or ".consistent" in one.rule}
    lists = {float(row["value"]): str(row["list"]) for row in rows if row["kind"] == "amount" and row["list"]}
    return told, {float(row["value"]) for row in rows if row["status"] in _BOUND}, lists


def _touches(edit: Edit, bound: set[float], lists: dict[float, str]) -> bool:
    values = [_number(one) for one in edit.touched]
    one_sum = len(values) > 1 and len({lists.get(value, str(value)) for value in values}) == 1
    symmetric = edit.kind == _EXCHANGED and one_sum
    return any(value in bound for value in values) and not symmetric and edit.kind != _OPEN


def report(score: Score) -> str:
    """Shares by kind: noticed, unbound (no check could), missed."""
    lines = ["sentences edited in the sound texts of tests/forms: noticed, bound to nothing, missed"]
    for kind, found in sorted(score.by_kind.items()):
        tried = sum(found.values())
        shares = "  ".join(f"{name} {found[name] / tried:6.1%}" for name in ("noticed", "unbound", "missed"))
        example = f"   e.g. {score.missed[kind]}" if kind in score.missed else ""
        lines.append(f"  {kind:34s} {tried:4d}  {shares}{example}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(planted()))
