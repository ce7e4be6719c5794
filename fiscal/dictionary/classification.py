"""Functional (支出功能分类) and economic classification with their years of validity.

Source: data/classification/*.csv. Absence of a code is not evidence that it does not exist; rows of medium
confidence recognise a name but never accuse a document.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from fiscal.dictionary.labels import stem
from fiscal.dictionary.load import DATA, read_csv, refuse


@dataclass(frozen=True, slots=True)
class Subject:
    """One code with the name it carries from `since` to `until` (None = still)."""

    code: str
    level: str
    name: str
    since: int
    until: int | None
    sure: bool

    def valid(self, year: int) -> bool:
        return self.since <= year and (self.until is None or year <= self.until)


class Classification:
    """Codes to names and names to codes, by year."""

    def __init__(self, subjects: list[Subject]) -> None:
        self.by_code: dict[str, list[Subject]] = defaultdict(list)
        self.by_name: dict[str, list[Subject]] = defaultdict(list)
        for subject in subjects:
            self.by_code[subject.code].append(subject)
            self.by_name[stem(subject.name)].append(subject)

    def subject(self, code: str, year: int | None) -> Subject | None:
        """What `code` is called in `year`; in the newest edition where no year is known."""
        known = self.by_code.get(code, [])
        if year is None:
            return known[-1] if known else None
        return next((subject for subject in known if subject.valid(year)), None)

    def named(self, name: str, year: int | None, level: str = "") -> list[Subject]:
        """All subjects called `name` (a trailing 支出 is optional) in `year`."""
        return [
            subject
            for subject in self.by_name.get(stem(name), [])
            if (year is None or subject.valid(year)) and (not level or subject.level == level)
        ]


def _load(name: str) -> Classification:
    path = DATA / "classification" / name
    subjects, seen = [], set()
    for line in read_csv(path):
        key = (line["code"], line["valid_from"])
        if key in seen:
            refuse(path, f"code {line['code']}", f"twice from {line['valid_from']}")
        seen.add(key)
        until = int(line["valid_to"]) if line["valid_to"] else None
        subjects.append(
            Subject(
                line["code"], line["level"], line["name"], int(line["valid_from"]), until, line["confidence"] == "high"
            )
        )
    return Classification(subjects)


@cache
def functional() -> Classification:
    """类, 款, 项 of the functional classification."""
    return _load("functional.csv")


@cache
def economic() -> Classification:
    """类, 款 of the departmental economic classification."""
    return _load("economic.csv")


def parent_code(code: str) -> str:
    """20805 for 2080505, 208 for 20805, "" for a class."""
    return code[:-2] if len(code) > 3 else ""


def level_of(code: str) -> str:
    """Level of a code by its length: class, group, item of the functional, economic_class, economic_item."""
    if code[:1] in ("3", "5"):
        return {3: "economic_class", 5: "economic_item"}.get(len(code), "")
    return {3: "class", 5: "group", 7: "item"}.get(len(code), "")
