"""The laws of arithmetic over claims, and how rules and subjects are called that follow from a law and a measure.

Source: data/laws.yaml. A new law is an entry there and a function in `fiscal.checks.laws`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fiscal.dictionary.classification import functional
from fiscal.dictionary.identities import SEVERITIES, catalogue
from fiscal.dictionary.load import DATA, checked, read_yaml, refuse_unknown
from fiscal.dictionary.measures import measures
from fiscal.dictionary.patterns import patterns

FILE = DATA / "laws.yaml"
OTHER = "other"
FAMILIES = {"gpb_classes": ("class",), "gpb_items": ("item", "fund")}  # list slot of the narrative → its measures
_LAW = {
    "id!": str, "family!": str, "severity!": str, "says!": str, "example!": str, "message!": str,
    "suggestion": str, "ids": {str: str},
}  # fmt: skip
_SHAPE = {
    "schema_version": int,
    "bases!": {str: str},
    "plans!": {str: [str]},
    "silent!": [str],
    "twins!": {str: [str]},
    "lists!": {str: {str: str}},
    "vague!": [str],
    "divisions!": [[str]],
    "flow!": {str: [str]},
    "laws!": {str: _LAW},
}


@dataclass(frozen=True, slots=True)
class Law:
    """One law. `rule` makes the id of the rule that follows for a measure; `says` and `example` tell it to a clerk."""

    key: str
    id: str
    family: str
    severity: str
    says: str
    example: str
    message: str
    suggestion: str = ""
    ids: tuple[tuple[str, str], ...] = ()

    def rule(self, *names: str) -> str:
        """The id of the rule for the first of these names that is called otherwise, else for the first."""
        own = dict(self.ids)
        known = next((own[name] for name in names if name in own), None)
        return known or self.id.replace("{m}", next((name for name in names if "/" not in name), OTHER))


@dataclass(frozen=True)
class Laws:
    """All laws by key, and the words for what something is measured against."""

    laws: dict[str, Law]
    bases: dict[str, str]
    silent: frozenset[str]
    twins: dict[str, list[str]]
    lists: dict[str, dict[str, str]]
    divisions: list[list[str]]
    flow: dict[str, list[str]]
    plans: dict[str, list[str]]
    vague: list[str]

    def __getitem__(self, key: str) -> Law:
        return self.laws[key]

    def base(self, name: str) -> str:
        """上年, 年初预算 …; a named year as 2019年."""
        return self.bases.get(name, f"{name}年" if name.isdigit() else name)

    def plan(self, *texts: str) -> str:
        """Which budget the words around a table call its 预算数; budget where they do not say."""
        said = "".join(texts)
        return next((plan for plan, words in self.plans.items() if any(word in said for word in words)), "budget")

    def of(self, rule: str) -> Law | None:
        """The law that a rule follows from, or None."""
        named = next((law for law in self.laws.values() if rule in dict(law.ids).values()), None)
        made = [law for law in self.laws.values() if _made(law.id, rule)]
        return named or max(made, key=lambda law: len(law.id.replace("{m}", "")), default=None)


def _made(pattern: str, rule: str) -> bool:
    head, hole, tail = pattern.partition("{m}")
    return rule == pattern if not hole else rule.startswith(head) and rule.endswith(tail)


def measure_of(stem: str) -> str:
    """The measure or list a quantity belongs to: tp, gpb_items of gpb_items[2130201]; other where it is no measure."""
    name = stem.partition("[")[0]
    return name if name.isascii() and name else OTHER


@cache
def wholes_of(stem: str) -> frozenset[str]:
    """Every measure that a quantity is declared a part of, directly or through others."""
    known = measures()
    families = [known.families[name].measure for name in FAMILIES.get(stem.partition("[")[0], ())]
    own = known.entries.get(stem)
    direct = set(own.whole if own else [whole for family in families for whole in family.whole])
    direct |= {one.id for one in known if stem in one.parts}
    return frozenset(direct | {far for one in direct for far in wholes_of(one)})


def name_of(stem: str) -> str:
    """What a clerk calls a quantity: “三公”经费, 2130201行政运行, or the name as printed."""
    twin = next((one for one, twins in laws().twins.items() if stem in twins), "")
    known = measures().entries.get(stem) or measures().entries.get(twin)
    if known:
        return known.label
    family, _, key = stem.partition("[")
    key = key.partition("]")[0]
    if key:
        subject = functional().subject(key, None) if key.isdigit() else None
        return f"{key}{subject.name}" if subject else f"科目“{key}”" if key.isdigit() else key
    slot = catalogue().slots.get(family)
    spoken = patterns().subjects.get(stem.removesuffix("_budget"))
    return slot.zh if slot else spoken.names[0] if spoken else stem


def load(path: Path = FILE) -> Laws:
    """Read and check the laws. Errors: DeclarationError with file, entry and reason."""
    raw = checked(read_yaml(path), _SHAPE, path, "top level")
    known = catalogue()
    found = {}
    for key, entry in raw["laws"].items():
        refuse_unknown(path, f"law {key}", "family", entry["family"], known.families)
        refuse_unknown(path, f"law {key}", "severity", entry["severity"], SEVERITIES)
        found[key] = Law(key, **{**entry, "ids": tuple(entry.get("ids", {}).items())})
    for name in raw["silent"]:
        refuse_unknown(path, "silent", "measure", name, measures().entries)
    plain = (raw[name] for name in ("twins", "lists", "divisions", "flow", "plans", "vague"))
    return Laws(found, raw["bases"], frozenset(raw["silent"]), *plain)


laws = cache(load)  # the laws that come with the package, read once
