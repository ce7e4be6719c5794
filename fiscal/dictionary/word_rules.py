"""Rules over words: declared in data/text_rules.yaml, each with an explanation for a clerk."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fiscal.dictionary.load import DATA, checked, compiled, read_yaml, refuse, refuse_unknown
from fiscal.dictionary.patterns import sections
from fiscal.model.finding import SEVERITIES

FILE = DATA / "text_rules.yaml"
REASONS = DATA / "reasons.yaml"
REASON_KEYS = (
    "begins", "looks_back", "drivers", "turned", "up", "down", "saving", "happens", "denies", "vehicles_apart",
)  # fmt: skip
PARTS = frozenset({"body", "heading", "caption", "contents", "cell", "note"})
MODULES = frozenset({"structure", "names", "subjects", "marks", "repeats", "wording", "disclosures"})
_WORDS = ("id!", "title!", "severity!", "message!", "suggestion!", "why!", "wrong!", "right!", "by")
_RULE = {
    **dict.fromkeys(_WORDS, str), **{key: [str] for key in ("patterns", "unless", "parts", "sections")},
    "once": bool, "group": bool,
}  # fmt: skip


@dataclass(frozen=True)
class TextRule:
    """One rule over words. `patterns` are compiled; a rule without any is found by the module `by`."""

    id: str
    title: str
    severity: str
    message: str
    suggestion: str
    why: str
    wrong: str
    right: str
    patterns: tuple[re.Pattern[str], ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()
    parts: frozenset[str] = frozenset({"body", "heading"})
    sections: frozenset[str] = frozenset()
    once: bool = False
    group: bool = False


def _compiled(entry: dict, field: str, path: Path) -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(pattern, path, f"rule {entry['id']}, {field}") for pattern in entry.get(field, []))


def _rule(entry: dict, path: Path) -> TextRule:
    name = f"rule {entry.get('id', '?')}"
    checked(entry, _RULE, path, name)
    refuse_unknown(path, name, "severity", entry["severity"], SEVERITIES)
    parts = frozenset(entry.get("parts", ("body", "heading")))
    for part in parts:
        refuse_unknown(path, name, "part", part, PARTS)
    for section in entry.get("sections", ()):
        refuse_unknown(path, name, "section", section, sections())
    if bool(entry.get("patterns")) == (entry.get("by") in MODULES):
        refuse(path, name, "needs either patterns or by: one of " + ", ".join(sorted(MODULES)))
    return TextRule(
        entry["id"], entry["title"], entry["severity"], entry["message"], entry["suggestion"], entry["why"],
        entry["wrong"], entry["right"],
        _compiled(entry, "patterns", path), _compiled(entry, "unless", path), parts,
        frozenset(entry.get("sections", ())), bool(entry.get("once")), bool(entry.get("group")),
    )  # fmt: skip


@cache
def reason_words() -> dict[str, tuple[str, ...]]:
    """The words by which a reason is held against a direction, by what they do. Errors: DeclarationError."""
    return {key: tuple(_reasons()[key]) for key in REASON_KEYS}


@cache
def purpose_objects() -> dict[str, tuple[str, ...]]:
    """What money for people is paid for, each with the words that name it. Errors: DeclarationError."""
    return {key: tuple(words) for key, words in _reasons()["objects"].items()}


@cache
def activities() -> dict[str, tuple[str, ...]]:
    """Kinds of work that are counted, each with the words that name it. Errors: DeclarationError."""
    return {key: tuple(words) for key, words in _reasons()["activities"].items()}


@cache
def _reasons() -> dict:
    shape = {f"{key}!": [str] for key in REASON_KEYS}
    return checked(
        read_yaml(REASONS), {"schema_version": int, "objects!": dict, "activities!": dict, **shape}, REASONS, "reasons"
    )


def load(path: Path = FILE) -> dict[str, TextRule]:
    """Read and check the rules. Errors: DeclarationError with file, entry and reason."""
    raw = checked(read_yaml(path), {"schema_version": int, "rules!": [dict]}, path, "top level")
    rules: dict[str, TextRule] = {}
    for entry in raw["rules"]:
        rule = _rule(entry, path)
        if rule.id in rules:
            refuse(path, f"rule {rule.id}", "id used twice")
        rules[rule.id] = rule
    return rules


text_rules = cache(load)  # the rules that come with the package, by id
