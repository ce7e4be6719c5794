"""Shares of a named whole, and lists of several names with as many values (分别为)."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fiscal.dictionary.labels import squeeze
from fiscal.dictionary.patterns import Subject, patterns
from fiscal.statements import names
from fiscal.statements.facts import Target

if TYPE_CHECKING:
    from fiscal.statements.figure import Figure
    from fiscal.statements.grammar import Reader

_BETWEEN = re.compile(r"[、，]|和|及|与|以及")
_RESPECTIVELY = "分别"


def share(reader: "Reader", figure: "Figure", target: Target, whole: str) -> None:
    """A share; of another whole than the slot's it is a free subject."""
    base = _base(whole)
    subject = patterns().subjects.get(target.key) if target.entry is None else None
    if subject is not None and subject.base_word:
        value = dict(subject.bases).get(base)
        if value is not None:
            reader.facts.word(subject.base_word, value)
            reader.state(figure, target, "share")
            return
    if subject is not None and (subject.wholes or subject.base_word) and base not in subject.wholes:
        reader.state(figure, Target(f"{target.key}_of_{base}"), "share", fill=False)
        return
    reader.state(figure, target, "share")


def _base(whole: str) -> str:
    return re.sub(
        r"^(?:\d{4}年度?|全年|全部|单位|部门|本部门|本单位|同期|当年|部门决算|我\w)(?=.)|的$", "", squeeze(whole)
    ).strip("“”")


def runs(figures: Sequence["Figure"]) -> dict[int, range]:
    """Stretches of figures that 分别 governs: first index → indices."""
    found = {}
    for number, figure in enumerate(figures):
        if _RESPECTIVELY in figure.gap:
            stop = number + 1
            while (
                stop < len(figures)
                and figures[stop].token.form == figure.token.form
                and _BETWEEN.fullmatch(figures[stop].gap)
            ):
                stop += 1
            if stop - number > 1:
                found[number] = range(number, stop)
    return found


def read(reader: "Reader", figures: Sequence["Figure"], run: range) -> None:
    """Pair names and values by position; when their numbers differ, nothing is understood."""
    gap = figures[run.start].gap
    before, _, after = gap.rpartition(_RESPECTIVELY)
    subjects = [subject for subject in _subjects(reader, before) if subject is not None]
    subjects = subjects if subjects or before.strip("，、") else reader.shared
    reader.shared = subjects
    role = reader.role(figures[run.start].token.form, after) if after.strip("为是") else None
    for number in run:
        if len(subjects) != len(run):
            reader.state(figures[number], None, "amount", fill=False)
            continue
        target = Target(subjects[number - run.start].key, subjects[number - run.start])
        reader.state(figures[number], target, role.role if role else "amount", direction=role.direction if role else "")


def _subjects(reader: "Reader", text: str) -> list[Subject | None]:
    clause = text.rpartition("；")[2]
    heads = reader.scope.heads()
    return [names.meaning(name, reader.scope.section, heads) for name in names.names_in(clause)]
