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

from fiscal.dictionary.identities import Slot, catalogue
from fiscal.dictionary.load import DATA, checked, read_yaml, refuse, refuse_unknown
from fiscal.dictionary.notation import any_of, compile_pattern, spellings

FOLDER = DATA / "patterns"
MARKS = frozenset({
    "last", "same", "year", "budget.initial", "budget.full_year", "budget.any", "neutral", "close", "reach", "up",
    "down", "change", "more", "less", "equal", "flat", "nearly", "complete", "rate", "share", "ratio", "open",
    "open.whole", "open.all", "open.some", "item", "etc", "each", "respectively", "reason",
    "reason_after_change", "reason_first", "purpose", "excluding", "multi_year", "unknown",
})  # fmt: skip
_TEXTS, _FLAGS = ("each", "kinds", "items", "base_word"), ("bare", "here", "root", "follows")
_LISTS = ("sections", "under", "counters", "after", "wholes", "beside")
_SUBJECT = {
    "slot": str, "free": str, "names!": [str], "both": [str], "bases": {str: [str]},
    **dict.fromkeys(_TEXTS, str), **dict.fromkeys(_FLAGS, bool), **{key: [str] for key in _LISTS},
}  # fmt: skip
_HEADING = {"key!": str, "headings!": [str], "part": bool, "ends": bool, "only": str, "outside": [str]}
_WORD = {"slot!": str, "value!": (str, bool, int), "pattern!": str, "sections": [str]}
_NONE = {"words!": [str], "also!": {str: [str]}, "pairs!": [{"text!": str, "zero!": [str]}]}
SHAPES: dict[str, dict[str, Any]] = {
    "lexicons": {"lexicons!": {str: [(str, int)]}},
    "sections": {"sections!": [dict], "around!": [str], "masks!": [str]},
    "subjects": {"subjects!": [dict], "defaults!": {str: str}},
    "clauses": {"marks!": {str: [str]}, "none!": _NONE},
    "words": {
        "words!": [dict], "placeholders!": [str], "entity!": {str: [(str, int)]},
        "charts!": [{"slot!": str, "words!": [str]}], "evaluation!": [{"labels!": [str], "subjects!": [str]}],
        "evaluation_columns!": {str: str}, "evaluation_total!": [str],
    },
}  # fmt: skip
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heading:
    """Wordings of one section's heading. `part`: all that follows belongs to it; `ends`: it ends a part; `line`: the
    whole line must fit; `outside`: sections inside which a lower heading of these words opens none.
    """

    section: str
    patterns: tuple[re.Pattern[str], ...]
    part: bool
    ends: bool
    line: bool
    outside: frozenset[str]


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
def sections() -> frozenset[str]:
    """Keys of all sections that a heading can open."""
    return frozenset(entry["key"] for entry in read_yaml(FOLDER / "sections.yaml")["sections"])


class _Loader:
    """Compiles the entries of one folder; remembers where it is for error messages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = {name: folder / f"{name}.yaml" for name in SHAPES}
        self.raw = {name: checked(read_yaml(path), SHAPES[name], path, "top level") for name, path in files.items()}
        self.sections = {entry.get("key") for entry in self.raw["sections"]["sections"]}
        self.lexicons = {name: tuple(map(str, words)) for name, words in self.raw["lexicons"]["lexicons"].items()}

    def guard(self, file: str, entry: str, act: Callable[[], T]) -> T:
        """Run `act`; a ValueError in it becomes the refusal of this entry."""
        try:
            return act()
        except (ValueError, re.error) as error:
            refuse(self.folder / f"{file}.yaml", entry, str(error))

    def compile(self, file: str, entry: str, text: str, *, end: bool = False) -> re.Pattern[str]:
        return self.guard(file, entry, lambda: compile_pattern(str(text), self.lexicons, end=end))

    def entry(self, file: str, entry: dict, shape: dict[str, Any], name: str) -> Path:
        """The file, once the entry has its shape and names known sections only."""
        path = self.folder / f"{file}.yaml"
        checked(entry, shape, path, name)
        for section in entry.get("sections", ()):
            refuse_unknown(path, name, "section", section, self.sections)
        return path


def _heading(loader: _Loader, entry: dict) -> Heading:
    name = f"section {entry.get('key', '?')}"
    loader.entry("sections", entry, _HEADING, name)
    patterns = tuple(loader.compile("sections", name, text) for text in entry["headings"])
    flags = {"part": bool(entry.get("part")), "ends": bool(entry.get("ends")), "line": entry.get("only") == "line"}
    return Heading(entry["key"], patterns, outside=frozenset(entry.get("outside", ())), **flags)


def _subject(loader: _Loader, entry: dict, known: dict[str, Slot]) -> Subject:
    key = entry.get("slot") or entry.get("free")
    name = f"subject {key or '?'}"
    if not key:
        refuse(loader.folder / "subjects.yaml", name, "needs `slot` or `free`")
    file = loader.entry("subjects", entry, _SUBJECT, name)
    for slot in (entry.get("slot"), entry.get("kinds"), entry.get("items"), entry.get("base_word")):
        if slot:
            refuse_unknown(file, name, "slot", slot, known)
    names = [text for spelt in entry["names"] for text in loader.guard("subjects", name, partial(spellings, spelt))]
    bases = tuple((whole, value) for value, wholes in entry.get("bases", {}).items() for whole in wholes)
    sets = {field: frozenset(entry.get(field, ())) for field in _LISTS}
    texts = {field: str(entry.get(field, "")) for field in _TEXTS}
    flags = {field: bool(entry.get(field)) for field in _FLAGS}
    fields: dict[str, Any] = {**sets, **texts, **flags}
    return Subject(key, "slot" in entry, tuple(names), bases=bases, both=tuple(entry.get("both", ())), **fields)


def _marks(loader: _Loader) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Kind of mark → its wordings in one expression, the longest first."""
    found = []
    for kind, wordings in loader.raw["clauses"]["marks"].items():
        refuse_unknown(loader.folder / "clauses.yaml", f"mark {kind}", "kind", kind, MARKS)
        texts = [loader.compile("clauses", f"mark {kind}", text).pattern for text in wordings]
        joined = "|".join(sorted((re.sub(r"\(\?P<\w+>", "(?:", text) for text in texts), key=len, reverse=True))
        found.append((kind, re.compile(joined)))
    return tuple(found)


def _word(loader: _Loader, entry: dict, known: dict[str, Slot]) -> WordPattern:
    name = f"word {entry.get('slot', '?')}"
    file = loader.entry("words", entry, _WORD, name)
    refuse_unknown(file, name, "slot", entry["slot"], known)
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
    entry = loader.raw["clauses"]["none"]
    for slot in [*entry["also"], *(slot for pair in entry["pairs"] for slot in pair["zero"])]:
        refuse_unknown(loader.folder / "clauses.yaml", "none", "slot", slot, known)
    pairs = tuple((loader.compile("clauses", "none.pairs", "^" + p["text"]), tuple(p["zero"])) for p in entry["pairs"])
    also = {slot: tuple(more) for slot, more in entry["also"].items()}
    return {"none_words": re.compile(any_of(entry["words"])), "none_also": also, "none_pairs": pairs}


def load(folder: Path = FOLDER) -> Patterns:
    """Read, check and compile all wordings. Errors: DeclarationError with file, entry and reason."""
    loader, known = _Loader(folder), catalogue().slots
    sections, words = loader.raw["sections"], loader.raw["words"]
    subjects = [_subject(loader, entry, known) for entry in loader.raw["subjects"]["subjects"]]
    names = _by_name(subjects)
    return Patterns(
        lexicons=loader.lexicons,
        headings=tuple(_heading(loader, entry) for entry in sections["sections"]),
        around=re.compile(f"(?:{any_of(sections['around'])})+"),
        masks=tuple(loader.compile("sections", "masks", text) for text in sections["masks"]),
        subjects={subject.key: subject for subject in reversed(subjects)},
        defaults=dict(loader.raw["subjects"]["defaults"]),
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


patterns = cache(load)  # the wordings that come with the package, read once
