"""Amounts, percents, points and multiples: the role comes from the words before them, the subject from the names."""

import re
from typing import TYPE_CHECKING

from fiscal.dictionary.patterns import Role
from fiscal.statements import compare, levels, names, sharing
from fiscal.statements.facts import Target
from fiscal.statements.figure import WINDOW, Figure
from fiscal.statements.tokens import MONEY

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

_EACH = re.compile(r"(?:各|均|同步|分别)$")
_ANY_PROJECT = ("项目", "该项目", "本项目")
_NO_NOUN = ("了", "时", "数", "额", "后", "中", "各", "均")


def read(reader: "Reader", figure: Figure) -> None:
    """State one figure that is neither a count nor loose."""
    gap = figure.words
    role = reader.role(figure.token.form, gap)
    window = gap[-WINDOW:]
    found = role.before.search(window) if role is not None else None
    if role is None or found is None or _is_name(reader, figure, role, len(window) - found.start()):
        levels.read(reader, figure)
        return
    head = gap[: len(gap) - len(window) + found.start()]
    target = _target(reader, role, head)
    if role.against or compare.with_budget(head):
        reader.scope.against = "budget"
    if target is None:
        reader.state(figure, None, role.role, fill=False)
    else:
        _state(reader, figure, target, _Said(role, head, {key: text or "" for key, text in found.groupdict().items()}))


class _Said:
    """The role of a figure, the words before the role, and what the role's pattern captured."""

    def __init__(self, role: Role, head: str, captured: dict[str, str]) -> None:
        self.role, self.head, self.captured = role, head, captured


def _is_name(reader: "Reader", figure: Figure, role: Role, length: int) -> bool:
    """Whether a name's own words reach into the role's words (“三公”经费预算总额 is a name as a whole)."""
    if figure.token.form != MONEY or role.role != "budget":
        return False
    subject, rest = reader.subject_of(figure.words, "")
    return subject is not None and names.only_links(rest) and length > len(rest)


def _target(reader: "Reader", role: Role, head: str) -> Target | None:
    """The subject named before the role's words; a noun of its own that no name knows; else the current subject."""
    subject, _ = reader.subject_of(head, "")
    if subject is not None:
        return reader.speak(subject)
    free = names.noun(compare.without_comparison(head))
    if len(free) < 2 or free.endswith(_NO_NOUN):
        return reader.scope.target
    name, _granted = names.granted(free)
    if reader.in_evaluation() and levels.PROJECT.search(name) and role.role in ("budget", "completion"):
        return reader.project(reader.scope.project or name if name in _ANY_PROJECT else name)
    reader.scope.target = Target(free)
    return reader.scope.target


def _state(reader: "Reader", figure: Figure, target: Target, said: _Said) -> None:
    role = said.role
    if role.role == "share":
        sharing.share(reader, figure, target, said.captured.get("whole", ""))
    elif role.role in ("change", "change_percent"):
        compare.change(reader, figure, target, role, each=bool(_EACH.search(said.head)))
    elif role.role == "budget":
        _budget(reader, figure, target, role)
    elif role.role == "completion":
        _completion(reader, figure, target, said.captured.get("budget_name") or "预算")
    else:
        period = "previous" if role.role == "previous" else "this"
        reader.state(figure, target, role.role, period=period)
        reader.scope.level = target if role.role == "amount" else reader.scope.level


def _budget(reader: "Reader", figure: Figure, target: Target, role: Role) -> None:
    """A budget of the subject; for the general budget 年初 and 全年 have slots of their own."""
    if target.key == "gpb" and role.period in ("initial_budget", "full_year_budget"):
        reader.state(figure, Target(f"gpb_{role.period}"), "amount", period=role.period)
        return
    reader.state(figure, target, "budget", period=role.period)


def _completion(reader: "Reader", figure: Figure, target: Target, base: str) -> None:
    base = "年初预算" if "年初" in base else "全年预算" if ("全年" in base or "调整" in base) else "预算"
    reader.state(figure, target, "completion")
    if target.entry is not None:
        target.entry.setdefault("basis", base)
    else:
        reader.facts.word(f"{target.key}_completion_basis", base)
