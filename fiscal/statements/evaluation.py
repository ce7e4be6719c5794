"""Self-evaluation tables flattened into lines of cells: budgets, executed amounts and indicator values."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fiscal.dictionary.patterns import patterns
from fiscal.statements.facts import Target, number_cell
from fiscal.statements.sections import Sectioned
from fiscal.statements.tokens import BARE, COUNT, MONEY, PERCENT, Token, tokens

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

_CELL = re.compile(r"[^\t\n]+")
_LABEL = re.compile(r"[：:≥≤＞＜><=\s]+")
_PROJECT = re.compile(r"^项目名称[：:]?$")


@dataclass(slots=True)
class Form:
    """What the lines read so far say about the table: the project it is about, the fields of its columns."""

    project: str = ""
    columns: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a line: where it stands in the original text, and its words."""

    start: int
    text: str


def read(reader: "Reader", part: Sectioned, form: Form) -> None:
    """One line of cells. Money and percents become statements; bare numbers only under known labels."""
    fields = [Field(found.start(), found.group()) for found in _CELL.finditer(part.words.paragraph.text)]
    _notice(fields, form)
    if form.columns and _total_row(reader, part, fields, form):
        return
    label, seen = "", 0
    for cell in fields:
        token = _figure(cell.text)
        if token is None:
            text = _LABEL.sub("", cell.text)
            label = text if text and not text[0].isdigit() else label
            continue
        _state(reader, part, cell, token, _target(label, seen, token))
        seen += token.form in (MONEY, BARE)


def _notice(fields: list[Field], form: Form) -> None:
    texts = [_LABEL.sub("", cell.text) for cell in fields]
    for text, after in zip(texts, [*texts[1:], ""]):
        if _PROJECT.match(text) and after:
            form.project = after
    columns = [patterns().evaluation_columns.get(re.sub(r"[（(].*", "", text), "") for text in texts]
    if sum(map(bool, columns)) >= 2 and not any(_figure(cell.text) for cell in fields):
        form.columns = [column for column in columns if column] if not columns[0] else columns


def _total_row(reader: "Reader", part: Sectioned, fields: list[Field], form: Form) -> bool:
    """The row 年度资金总额 of a project's form: its figures by the order of the columns."""
    if not fields or not _LABEL.sub("", fields[0].text).startswith(patterns().evaluation_total):
        return False
    target = reader.project(form.project or "项目")
    figures = [(cell, token) for cell in fields[1:] if (token := _figure(cell.text)) is not None]
    for (cell, token), column in zip(figures, form.columns):
        role = {"budget": "budget", "executed": "amount", "rate": "completion"}.get(column, "")
        own = target if role else Target(f"perf_{column or 'other'}", plain=True)
        _state(reader, part, cell, token, (own, role or "amount"))
    return True


def _figure(text: str) -> Token | None:
    """The figure a cell consists of; None for words."""
    bare = re.sub(r"\s|[≥≤＞＜]|(?<=\d)[,，](?=\d{3})", "", text)
    found = tokens(bare)
    only = found[0] if len(found) == 1 else None
    return only if only is not None and only.end - only.start >= len(bare) - 1 else None


def _target(label: str, seen: int, token: Token) -> tuple[Target | None, str]:
    """Subject and role of a figure after a label; the second amount of a line is the executed one."""
    pair = next((pair for known, pair in patterns().evaluation.items() if label.endswith(known)), None)
    if pair is not None and token.form in (MONEY, BARE):
        return Target(pair[min(seen, 1)]), "amount"
    if token.form == BARE:
        return None, ""
    roles = {PERCENT: "share", COUNT: "count"}
    return (Target(label, plain=True) if label else None), roles.get(token.form, "amount")


def _state(reader: "Reader", part: Sectioned, cell: Field, token: Token, meaning: tuple[Target | None, str]) -> None:
    target, role = meaning
    if not role:
        return
    words = part.words
    start = next((i for i, at in enumerate(words.index) if at >= cell.start), 0)
    end = next((i for i, at in enumerate(words.index) if at >= cell.start + len(cell.text)), len(words.index))
    place = words.place(start, max(end, start + 1), (0, len(words.text)), part.section)
    rate = role in ("share", "completion")
    unit = "%" if rate else "" if role == "count" else token.unit or reader.unit
    text = re.sub(r"[^\d.\-].*$", "", cell.text.strip("≥≤ \u3000"))
    printed = number_cell(token.value, unit, place, text=text, approximate=token.approximate)
    subject = target.name(role) if target else ""
    base = "budget" if subject.endswith("budget") else ""
    said = {"base": base, "sentence": words.paragraph.text, "counter": token.counter}
    statement = reader.facts.state(subject, role, printed, **said)
    if target is not None and not target.plain:
        reader.facts.fill(target, role, statement.cell)
