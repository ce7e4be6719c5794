"""Which rules say the same thing: data/told_once.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fiscal.dictionary.identities import catalogue
from fiscal.dictionary.laws import laws
from fiscal.dictionary.load import DATA, checked, read_yaml, refuse_unknown
from fiscal.dictionary.word_rules import text_rules

FILE = DATA / "told_once.yaml"
WHERE = ("document", "section", "named", "titles", "before", "inside", "around")
_SHAPE = {
    "schema_version": int, "told!": [{"rule!": str, "by!": [str], "where!": str, "of": str}],
    "figures!": [str], "spoils!": {str: [str]}, "names!": [str], "codes!": [str],
}  # fmt: skip


@dataclass(frozen=True)
class Same:
    """`rule` is told already where a rule of `by` fails, in the sense of `where`."""

    rule: str
    by: tuple[str, ...]
    where: str
    of: str = ""

    def said_by(self, other: str) -> bool:
        return any(other.startswith(one[:-1]) if one.endswith("*") else other == one for one in self.by)


@dataclass(frozen=True)
class ToldOnce:
    """See the head of the file."""

    told: dict[str, list[Same]]
    figures: frozenset[str]
    spoils: dict[str, tuple[str, ...]]
    names: frozenset[str]
    codes: frozenset[str]


def load(path: Path = FILE) -> ToldOnce:
    """Errors: DeclarationError with file, entry and reason."""
    raw = checked(read_yaml(path), _SHAPE, path, "top level")
    known = {one.id for one in catalogue().identities} | {one.id for one in laws().laws.values()} | set(text_rules())
    told: dict[str, list[Same]] = {}
    for entry in raw["told"]:
        same = Same(entry["rule"], tuple(entry["by"]), entry["where"], entry.get("of", ""))
        refuse_unknown(path, f"told {same.rule}", "where", same.where, WHERE)
        told.setdefault(same.rule, []).append(same)
    by = [one for sames in told.values() for same in sames for one in same.by if not one.endswith("*")]
    for rule in (*told, *by, *raw["figures"], *raw["spoils"], *raw["names"], *raw["codes"]):
        refuse_unknown(path, "rules", "rule", rule, known)
    spoils = {rule: tuple(starts) for rule, starts in raw["spoils"].items()}
    figures, names, codes = (frozenset(raw[key]) for key in ("figures", "names", "codes"))
    return ToldOnce(told, figures, spoils, names, codes)


@cache
def told_once() -> ToldOnce:
    return load()
