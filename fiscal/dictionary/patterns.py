"""The wording of the narrative: headings, names of measures, roles of figures, words. Source: data/patterns/*.yaml.

An analyst adds a wording as an entry. A wrong entry stops loading with file, entry and reason.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from fiscal.dictionary.load import DATA, read_yaml, refuse, require
from fiscal.dictionary.notation import any_of, compile_pattern, spellings

FOLDER = DATA / "patterns"
FILES = ("lexicons", "sections", "subjects", "clauses", "words")
MARKS = frozenset({
    "last", "same", "year", "budget.initial", "budget.full_year", "budget.any", "neutral", "close", "reach", "up",
    "down", "change", "more", "less", "equal", "flat", "nearly", "complete", "rate", "share", "ratio", "open",
    "open.whole", "open.some", "item", "etc", "each", "respectively", "reason", "reason_after_change", "reason_first",
    "purpose", "excluding", "multi_year", "unknown",
})  # fmt: skip
_WORD_PARTS = (
    "words", "placeholders", "entity", "charts", "evaluation", "evaluation_columns", "evaluation_total",
)  # fmt: skip
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of identities.yaml. type: amount, percent, count, text, date, direction, word, flag or list."""

    name: str
    type: str
    section: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """Wordings of one section's heading. `part`: all that follows belongs to it; `line`: the whole line must fit."""

    section: str
    patterns: tuple[re.Pattern[str], ...]
    part: bool
    line: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """A measure and where its names mean it. See the head of subjects.yaml."""

    key: str
    is_slot: bool
    names: tuple[str, ...]
    sections: frozenset[str]
    under: frozenset[str]
    counters: frozenset[str]
    after: frozenset[str]
    wholes: frozenset[str]
    bare: bool = False
    here: bool = False
    follows: bool = False
    root: bool = False
    each: str = ""
    kinds: str = ""
    items: str = ""
    base_word: str = ""
    bases: tuple[tuple[str, str], ...] = ()
    both: tuple[str, ...] = ()
    beside: frozenset[str] = frozenset()

    @property
    def local(self) -> bool:
        """Whether its names mean it only in its sections or under its heads."""
        return self.here or (bool(self.under) and not self.sections)

    def fits(self, section: str, heads: Sequence[str]) -> bool:
        """Whether the names mean this measure in a section, or inside 其中 of one of `heads`."""
        anywhere = not self.sections and not self.under and not self.beside
        return anywhere or section in self.sections or any(head in self.under for head in heads)


@dataclass(frozen=True, slots=True)
class WordPattern:
    """A word that the narrative says in one of many ways."""

    slot: str
    value: str
    pattern: re.Pattern[str]
    sections: frozenset[str]


@dataclass(frozen=True)
class Patterns:
    """All declared wordings, compiled once.

    names      name → subjects it may mean, in order of declaration
    starts     first two characters → names beginning so, longest first
    defaults   section → the measure an elliptical sentence there speaks of
    marks      kind of mark → its wordings, see clauses.yaml
    """

    lexicons: dict[str, tuple[str, ...]]
    headings: tuple[Heading, ...]
    around: re.Pattern[str]
    masks: tuple[re.Pattern[str], ...]
    subjects: dict[str, Subject]
    defaults: dict[str, str]
    names: dict[str, tuple[Subject, ...]]
    starts: dict[str, tuple[str, ...]]
    followers: tuple[Subject, ...]
    marks: tuple[tuple[str, re.Pattern[str]], ...]
    none_words: re.Pattern[str]
    none_also: dict[str, tuple[str, ...]]
    none_pairs: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    words: tuple[WordPattern, ...]
    placeholders: tuple[re.Pattern[str], ...]
    entity: dict[str, tuple[str, ...]]
    charts: tuple[tuple[str, tuple[str, ...]], ...]
    evaluation: dict[str, tuple[str, str]]
    evaluation_columns: dict[str, str]
    evaluation_total: tuple[str, ...]
    slots: dict[str, Slot]


@cache
def slots() -> dict[str, Slot]:
    """Every slot of identities.yaml, derived ones (total_change, rev_general_share …) included."""
    kinds = {"change": "amount", "budget": "amount", "direction": "direction", "word": "word"}
    found: dict[str, Slot] = {}
    for name, entry in read_yaml(DATA / "identities.yaml")["slots"].items():
        found[name] = Slot(name, entry["type"], entry["section"], tuple(entry.get("fields", ())))
        for suffix in entry.get("with", ()):
            derived = f"{name}_{suffix}"
            found[derived] = Slot(derived, kinds.get(suffix, "percent"), entry["section"])
    return found


class _Loader:
    """Compiles the entries of one folder; remembers where it is for error messages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.raw = {name: read_yaml(folder / f"{name}.yaml") for name in FILES}
        require(self.raw["lexicons"], ("lexicons",), folder / "lexicons.yaml", "top level")
        self.lexicons = {name: tuple(map(str, words)) for name, words in self.raw["lexicons"]["lexicons"].items()}

    def guard(self, file: str, entry: str, act: Callable[[], T]) -> T:
        """Run `act`; a ValueError in it becomes the refusal of this entry."""
        try:
            return act()
        except (ValueError, re.error) as error:
            refuse(self.folder / f"{file}.yaml", entry, str(error))

    def compile(self, file: str, entry: str, text: str, *, end: bool = False) -> re.Pattern[str]:
        return self.guard(file, entry, lambda: compile_pattern(str(text), self.lexicons, end=end))

    def part(self, file: str, *keys: str) -> dict[str, Any]:
        require(self.raw[file], keys, self.folder / f"{file}.yaml", "top level")
        return self.raw[file]


def _heading(loader: _Loader, entry: dict) -> Heading:
    require(entry, ("key", "headings"), loader.folder / "sections.yaml", f"section {entry.get('key', '?')}")
    name = f"section {entry['key']}"
    patterns = tuple(loader.compile("sections", name, text) for text in entry["headings"])
    return Heading(entry["key"], patterns, bool(entry.get("part")), entry.get("only") == "line")


def _subject(loader: _Loader, entry: dict, known: dict[str, Slot]) -> Subject:
    file = loader.folder / "subjects.yaml"
    key = entry.get("slot") or entry.get("free")
    name = f"subject {key or '?'}"
    require(entry, ("names",), file, name)
    if not key:
        refuse(file, name, "needs `slot` or `free`")
    for slot in (entry.get("slot"), entry.get("kinds"), entry.get("items"), entry.get("base_word")):
        if slot and slot not in known:
            refuse(file, name, f"unknown slot {slot}")
    names = [text for spelt in entry["names"] for text in loader.guard("subjects", name, partial(spellings, spelt))]
    bases = tuple((whole, value) for value, wholes in entry.get("bases", {}).items() for whole in wholes)
    sets = {
        field: frozenset(entry.get(field, ()))
        for field in ("sections", "under", "counters", "after", "wholes", "beside")
    }
    texts = {field: str(entry.get(field, "")) for field in ("each", "kinds", "items", "base_word")}
    flags = {field: bool(entry.get(field)) for field in ("bare", "here", "root", "follows")}
    fields: dict[str, Any] = {**sets, **texts, **flags}
    return Subject(key, "slot" in entry, tuple(names), bases=bases, both=tuple(entry.get("both", ())), **fields)


def _marks(loader: _Loader) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Kind of mark → its wordings in one expression, the longest first."""
    found = []
    for kind, wordings in loader.part("clauses", "marks", "none")["marks"].items():
        if kind not in MARKS:
            refuse(loader.folder / "clauses.yaml", f"mark {kind}", "unknown kind")
        texts = [loader.compile("clauses", f"mark {kind}", text).pattern for text in wordings]
        joined = "|".join(sorted((re.sub(r"\(\?P<\w+>", "(?:", text) for text in texts), key=len, reverse=True))
        found.append((kind, re.compile(joined)))
    return tuple(found)


def _word(loader: _Loader, entry: dict, known: dict[str, Slot]) -> WordPattern:
    name = f"word {entry.get('slot', '?')}"
    require(entry, ("slot", "value", "pattern"), loader.folder / "words.yaml", name)
    if entry["slot"] not in known:
        refuse(loader.folder / "words.yaml", name, f"unknown slot {entry['slot']}")
    pattern = loader.compile("words", name, entry["pattern"])
    return WordPattern(entry["slot"], str(entry["value"]), pattern, frozenset(entry.get("sections", ())))


def _by_name(subjects: Sequence[Subject]) -> dict[str, tuple[Subject, ...]]:
    names: dict[str, list[Subject]] = defaultdict(list)
    for subject in subjects:
        for name in subject.names:
            names[name].append(subject)
    return {name: tuple(found) for name, found in names.items()}


def _by_start(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    starts: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        starts[name[:2]].append(name)
    return {start: tuple(found) for start, found in starts.items()}


def _none(loader: _Loader, known: dict[str, Slot]) -> dict[str, Any]:
    entry = loader.part("clauses", "none")["none"]
    for slot in [*entry["also"], *(slot for pair in entry["pairs"] for slot in pair["zero"])]:
        if slot not in known:
            refuse(loader.folder / "clauses.yaml", "none", f"unknown slot {slot}")
    pairs = tuple((loader.compile("clauses", "none.pairs", "^" + p["text"]), tuple(p["zero"])) for p in entry["pairs"])
    also = {slot: tuple(more) for slot, more in entry["also"].items()}
    return {"none_words": re.compile(any_of(entry["words"])), "none_also": also, "none_pairs": pairs}


def load(folder: Path = FOLDER) -> Patterns:
    """Read, check and compile all wordings. Errors: DeclarationError with file, entry and reason."""
    loader, known = _Loader(folder), slots()
    sections = loader.part("sections", "sections", "around", "masks")
    words = loader.part(
        "words", "words", "placeholders", "entity", "charts", "evaluation", "evaluation_columns", "evaluation_total"
    )
    subjects = [_subject(loader, entry, known) for entry in loader.part("subjects", "subjects")["subjects"]]
    names = _by_name(subjects)
    return Patterns(
        lexicons=loader.lexicons,
        headings=tuple(_heading(loader, entry) for entry in sections["sections"]),
        around=re.compile(f"(?:{any_of(sections['around'])})+"),
        masks=tuple(loader.compile("sections", "masks", text) for text in sections["masks"]),
        subjects={subject.key: subject for subject in reversed(subjects)},
        defaults=dict(loader.part("subjects", "defaults")["defaults"]),
        names=names,
        starts=_by_start(list(names)),
        followers=tuple(subject for subject in subjects if subject.after),
        marks=_marks(loader),
        **_none(loader, known),
        words=tuple(_word(loader, entry, known) for entry in words["words"]),
        placeholders=tuple(loader.compile("words", "placeholders", text) for text in words["placeholders"]),
        entity={key: tuple(map(str, value)) for key, value in words["entity"].items()},
        charts=tuple((entry["slot"], tuple(entry["words"])) for entry in words["charts"]),
        evaluation={label: tuple(row["subjects"]) for row in words["evaluation"] for label in row["labels"]},
        evaluation_columns=dict(words["evaluation_columns"]),
        evaluation_total=tuple(words["evaluation_total"]),
        slots=known,
    )


@cache
def patterns() -> Patterns:
    """The wordings that come with the package, read once."""
    return load()
