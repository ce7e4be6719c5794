"""An inspector's checklist: questions with what answers them, declared in data/checklist.yaml."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fiscal.dictionary.load import DATA, checked, compiled, read_yaml, refuse, refuse_unknown
from fiscal.dictionary.patterns import sections

FILE = DATA / "checklist.yaml"
_ITEM = {
    "id!": str, "group!": str, "question!": str, "tables": bool, "sections": [str], "words": str, "rules": [str],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One question. Without tables and sections it is answered by the findings of `rules` alone."""

    id: str
    group: str
    question: str
    tables: bool = False
    sections: tuple[str, ...] = ()
    words: re.Pattern[str] | None = None
    rules: tuple[str, ...] = ()


def load(path: Path = FILE) -> tuple[Item, ...]:
    """The items in their order. Errors: DeclarationError with file, entry and reason."""
    raw = checked(read_yaml(path), {"schema_version": int, "name!": str, "items!": [_ITEM]}, path, "checklist")
    items: dict[str, Item] = {}
    for entry in raw["items"]:
        name = f"item {entry['id']}"
        for section in entry.get("sections", ()):
            refuse_unknown(path, name, "section", section, sections())
        if entry["id"] in items:
            refuse(path, name, "id used twice")
        if not (entry.get("tables") or entry.get("sections") or entry.get("rules")):
            refuse(path, name, "nothing answers it: needs tables, sections or rules")
        words = compiled(entry["words"], path, name) if "words" in entry else None
        items[entry["id"]] = Item(
            entry["id"], entry["group"], entry["question"], bool(entry.get("tables")),
            tuple(entry.get("sections", ())), words, tuple(entry.get("rules", ())),
        )  # fmt: skip
    return tuple(items.values())


checklist = cache(load)  # the checklist that comes with the package
