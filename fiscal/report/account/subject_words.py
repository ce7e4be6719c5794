"""What a stated figure is about, in words."""

import re
from typing import Any

from fiscal.dictionary.identities import FIELDS, catalogue

_ENTRY = re.compile(r"(\w{1,80})\[(.{1,200})\]\.(\w+)")
NAMES = ("item_name", "name", "kind")


def subject_words(subject: str, account: Any) -> str:
    """The name of a slot; of an entry of a list its own name and field: 住房公积金决算数. "" for a free name."""
    slot = catalogue().slots.get(subject)
    if slot:
        return slot.zh
    parts = _ENTRY.fullmatch(subject)
    if not parts:
        return ""
    name = _named(account.narrative.lists.get(parts[1], ()), parts[2])
    return name + FIELDS.get(parts[3], "")


def _named(entries: Any, key: str) -> str:
    found: dict[str, Any] = {}
    entry = next((entry for entry in entries if key in (entry.get("code"), *map(entry.get, NAMES))), found)
    return next((str(entry[name]) for name in NAMES if entry.get(name)), key)
