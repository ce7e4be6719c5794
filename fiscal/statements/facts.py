"""What the grammar collects: claims, slots, words and list entries, in order of the text."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from fiscal.dictionary.patterns import Subject
from fiscal.model.cells import NUMBER, UNKNOWN, Cell, Place
from fiscal.model.text import Claim, Entry

KINDS = {
    "amount": "amount", "budget": "amount", "previous": "amount", "previous_budget": "amount", "year": "amount",
    "whole": "amount", "count": "count", "change": "change", "points": "change", "change_percent": "change_percent",
    "multiple": "share", "completion": "completion", "share": "share",
}  # fmt: skip
FIELDS = {
    "gpb_items": {"amount": "actual"},
    "gpb_classes": {},
    "perf_projects": {"amount": "executed", "completion": "rate"},
}
_LEVELS = frozenset({"amount", "count", "previous", "year", "whole"})


@dataclass(slots=True)
class Target:
    """What figures speak of: a slot, a free name (`plain`: without suffixes), or one entry of a list."""

    key: str
    subject: Subject | None = None
    entry: Entry | None = None
    entry_key: str = ""
    plain: bool = False

    @property
    def label(self) -> str:
        """Key and entry: gpb_items[2080505], tp."""
        return f"{self.key}[{self.entry_key}]" if self.entry is not None else self.key

    def name(self, role: str) -> str:
        """The subject of a claim: total_change, gpb_items[2080505].actual."""
        if self.entry is not None:
            return f"{self.label}.{self.field(role)}"
        if self.plain or role in _LEVELS or (role.endswith("budget") and self.key.endswith(("预算", "_budget"))):
            return self.key
        return f"{self.key}_{role.removeprefix('previous_')}"

    def field(self, role: str) -> str:
        role = "amount" if role in _LEVELS and role != "count" else role.removeprefix("previous_")
        return FIELDS.get(self.key, {}).get(role, role)


@dataclass(slots=True)
class Facts:
    """Everything read so far."""

    claims: list[Claim] = field(default_factory=list)
    slots: dict[str, list[Cell]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    lists: dict[str, list[Entry]] = field(default_factory=dict)
    complete: dict[str, str] = field(default_factory=dict)
    said: list[Claim] = field(default_factory=list)

    def say(self, subject: str, kind: str, cell: Cell, **more: Any) -> None:
        """Add a claim that words make without a figure (无, 持平, 大于)."""
        self.said.append(Claim(subject, kind, cell, cell.place.section, **more))

    def state(self, subject: str, role: str, cell: Cell, **more: Any) -> Claim:
        """Add one figure as a claim; a figure that is not understood leaves its list incomplete."""
        kind = KINDS.get(role, "") if subject else ""
        claim = Claim(subject, kind, cell, cell.place.section, **more)
        self.claims.append(claim)
        if claim.list and not kind:
            self.complete[claim.list] = "some"
        return claim

    def judged(self) -> list[Claim]:
        """The claims, each with what its list says of its completeness."""
        return [
            replace(claim, complete=self.complete[claim.list]) if self.complete.get(claim.list) else claim
            for claim in self.claims
        ]

    def fill(self, target: Target, role: str, cell: Cell) -> None:
        """Put a cell where its subject belongs: a slot, or a field of a list entry (the first print stays there)."""
        if target.entry is not None:
            if role == "previous":
                return
            target.entry.setdefault(target.field(role), cell)
        name = target.name(role)
        self.slots.setdefault(f"{name}_previous" if role == "previous" else name, []).append(cell)

    def word(self, slot: str, text: str) -> None:
        self.words.setdefault(slot, []).append(text)

    def entry(self, slot: str, /, **fields: Cell | str) -> Entry:
        """A new entry of a list slot; empty fields are left out."""
        entry: Entry = {name: value for name, value in fields.items() if value != ""}
        self.lists.setdefault(slot, []).append(entry)
        return entry

    def first(self, slot: str) -> Cell | None:
        cells = self.slots.get(slot)
        return cells[0] if cells else None


def number_cell(value: Decimal | None, unit: str, place: Place, *, text: str, **marks) -> Cell:
    """A printed figure; one whose digits are no number has no value and is unknown."""
    if value is None:
        return Cell(UNKNOWN, None, unit, text, place, **marks)
    bare_zero = value == 0 and value.as_tuple().exponent == 0
    return Cell(NUMBER, value, unit, text, place, exact=bare_zero or unit == "", **marks)


def zero(unit: str, place: Place, text: str) -> Cell:
    """A zero that words state (无, 持平)."""
    return Cell(NUMBER, Decimal(0), unit, text, place, exact=True)
