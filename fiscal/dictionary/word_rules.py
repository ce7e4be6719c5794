"""Rules over words: declared in data/text_rules.yaml, each with an explanation for a clerk."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fiscal.dictionary.load import DATA, read_yaml, refuse, require
from fiscal.model.finding import SEVERITIES

FILE = DATA / "text_rules.yaml"
REASONS = DATA / "reasons.yaml"
REASON_KEYS = ("begins", "looks_back", "drivers", "turned", "up", "down", "saving", "denies")
PARTS = frozenset({"body", "heading", "caption", "contents", "cell", "note"})
MODULES = frozenset({"structure", "names", "subjects", "marks", "repeats", "wording", "disclosures"})
_ALLOWED = frozenset({
    "id", "title", "severity", "message", "suggestion", "why", "patterns", "unless", "parts", "sections", "once",
    "group", "by",
})  # fmt: skip


@dataclass(frozen=True)
class TextRule:
    """One rule over words. `patterns` are compiled; a rule without any is found by the module `by`."""

    id: str
    title: str
    severity: str
    message: str
    suggestion: str
    why: str
    patterns: tuple[re.Pattern[str], ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()
    parts: frozenset[str] = frozenset({"body", "heading"})
    sections: frozenset[str] = frozenset()
    once: bool = False
    group: bool = False


def _compiled(entry: dict, field: str, path: Path) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(pattern) for pattern in entry.get(field, []))
    except re.error as error:
        refuse(path, f"rule {entry['id']}, {field}", f"not a regular expression: {error}")


def _rule(entry: dict, path: Path) -> TextRule:
    name = f"rule {entry.get('id', '?')}"
    require(entry, ("id", "title", "severity", "message", "suggestion", "why"), path, name)
    if unknown := set(entry) - _ALLOWED:
        refuse(path, name, f"unknown fields {', '.join(sorted(unknown))}")
    if entry["severity"] not in SEVERITIES:
        refuse(path, name, f"unknown severity {entry['severity']}")
    parts = frozenset(entry.get("parts", ("body", "heading")))
    if not parts <= PARTS:
        refuse(path, name, f"unknown parts {', '.join(sorted(parts - PARTS))}")
    if bool(entry.get("patterns")) == (entry.get("by") in MODULES):
        refuse(path, name, "needs either patterns or by: one of " + ", ".join(sorted(MODULES)))
    return TextRule(
        entry["id"], entry["title"], entry["severity"], entry["message"], entry["suggestion"], entry["why"],
        _compiled(entry, "patterns", path), _compiled(entry, "unless", path), parts,
        frozenset(entry.get("sections", ())), bool(entry.get("once")), bool(entry.get("group")),
    )  # fmt: skip


@cache
def reason_words() -> dict[str, tuple[str, ...]]:
    """The words by which a reason is held against a direction, by what they do. Errors: DeclarationError."""
    entry = read_yaml(REASONS)
    require(entry, REASON_KEYS, REASONS, "reasons")
    return {key: tuple(map(str, entry[key])) for key in REASON_KEYS}


def load(path: Path = FILE) -> dict[str, TextRule]:
    """Read and check the rules. Errors: DeclarationError with file, entry and reason."""
    rules: dict[str, TextRule] = {}
    for entry in read_yaml(path)["rules"]:
        rule = _rule(entry, path)
        if rule.id in rules:
            refuse(path, f"rule {rule.id}", "id used twice")
        rules[rule.id] = rule
    return rules


@cache
def text_rules() -> dict[str, TextRule]:
    """The rules that come with the package, by id."""
    return load()
