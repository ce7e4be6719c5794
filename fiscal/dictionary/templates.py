"""Templates of the narrative: which sections there are and what their sentences say.

Source: data/narrative.yaml, whose head explains the notation. A wrong entry is refused at load.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from fiscal.dictionary.load import DATA, checked, read_yaml, refuse, refuse_unknown
from fiscal.dictionary.measures import measures

FILE = DATA / "narrative.yaml"
COMPOUNDS = ("share", "completion", "moved", "versus", "list")
WORDS = ("year", "prior_year", "entity", "short")
_PARAGRAPH = {"text!": str, "none": str, "else": str, "needs": str}
_SECTION = {
    "key!": str, "title!": str, "part": str, "annex": str, "quote": [str], "paragraphs": [dict], "parts": [dict],
}  # fmt: skip
_LIST = {"text!": str, "figures": [str], "entries": str, "join": str, "numbered": bool}
_TOP = {"schema_version": int, "lists!": {str: dict}, "sections!": [dict]}
_TOKEN = re.compile(r"\{(?P<field>[^{}]+)\}|(?P<mark>[\[\]|])|(?P<text>[^{}\[\]|]+)")


@dataclass(frozen=True, slots=True)
class Field:
    """A place to fill: kind figure, word or one of COMPOUNDS; `name` is what it speaks of."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Optional:
    """A part that is said only when all its figures are known; otherwise the next alternative, or nothing."""

    alternatives: tuple[tuple["Node", ...], ...]


Node = str | Field | Optional
Template = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A list inside a sentence: either declared figures or the entries of a list slot."""

    name: str
    text: Template
    figures: tuple[str, ...] = ()
    entries: str = ""
    join: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphEntry:
    """One paragraph. `none` is said for a blank, `otherwise` where what it `needs` is not there."""

    text: Template
    none: Template = ()
    otherwise: Template = ()
    needs: str = ""


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """One section, or one part of a section. `special` is glossary, the name of an annex, or "".

    quote   headings under which the document itself says it"""

    key: str
    title: str
    part: str
    paragraphs: tuple[ParagraphEntry, ...] = ()
    parts: tuple["SectionEntry", ...] = ()
    special: str = ""
    quote: tuple[str, ...] = ()


@dataclass(frozen=True)
class Phrases:
    """Everything that narrative.yaml declares."""

    lists: dict[str, ListEntry] = field(default_factory=dict)
    sections: tuple[SectionEntry, ...] = ()


def parse(text: str, where: str = "template") -> Template:
    """A template in nodes. Errors: DeclarationError for brackets or braces that do not match."""
    stack: list[list[list[Node]]] = [[[]]]
    position = 0
    for token in _TOKEN.finditer(text):
        if token.start() != position:
            break
        position = token.end()
        _take(token, stack, where)
    if position != len(text) or len(stack) != 1 or len(stack[0]) != 1:
        refuse(FILE, where, f"brackets do not match in “{text}”")
    return tuple(stack[0][0])


def _take(token: re.Match[str], stack: list[list[list[Node]]], where: str) -> None:
    mark = token["mark"]
    if token["field"]:
        stack[-1][-1].append(_field(token["field"]))
    elif token["text"]:
        stack[-1][-1].append(token["text"])
    elif mark == "[":
        stack.append([[]])
    elif len(stack) == 1:
        refuse(FILE, where, f"“{mark}” outside brackets")
    elif mark == "|":
        stack[-1].append([])
    else:
        done = Optional(tuple(tuple(nodes) for nodes in stack.pop()))
        stack[-1][-1].append(done)


def _field(text: str) -> Field:
    if text.startswith("%"):
        return Field("word", text[1:])
    kind, _, name = text.partition(":")
    return Field(kind, name) if name else Field("figure", kind)


def fields(template: Template) -> list[Field]:
    """All fields of a template, those of its optional parts included."""
    found: list[Field] = []
    for node in template:
        if isinstance(node, Field):
            found.append(node)
        elif isinstance(node, Optional):
            found += [inner for nodes in node.alternatives for inner in fields(nodes)]
    return found


def _paragraph(entry: dict, where: str) -> ParagraphEntry:
    checked(entry, _PARAGRAPH, FILE, where)
    text, none, otherwise = (parse(entry.get(name, ""), where) for name in ("text", "none", "else"))
    return ParagraphEntry(text, none, otherwise, entry.get("needs", ""))


def _section(entry: dict, part: str = "") -> SectionEntry:
    name = f"section {entry.get('key', '?')}"
    checked(entry, _SECTION, FILE, name)
    part = entry.get("part", part)
    return SectionEntry(
        entry["key"], entry["title"], part,
        tuple(_paragraph(item, name) for item in entry.get("paragraphs", [])),
        tuple(_section(item, part) for item in entry.get("parts", [])), entry.get("annex", ""),
        tuple(entry.get("quote", ())),
    )  # fmt: skip


def _list(name: str, entry: dict) -> ListEntry:
    checked(entry, _LIST, FILE, f"list {name}")
    figures, entries = tuple(entry.get("figures", ())), entry.get("entries", "")
    if bool(figures) == bool(entries):
        refuse(FILE, f"list {name}", "names either figures or entries")
    text = parse(entry["text"], f"list {name}")
    return ListEntry(name, text, figures, entries, entry.get("join", ""), bool(entry.get("numbered")))


def _refuse_unknown(phrases: Phrases) -> None:
    """Every figure and list that a section names is declared."""
    for section in _all(phrases.sections):
        for paragraph in section.paragraphs:
            for node in fields((*paragraph.text, *paragraph.none, *paragraph.otherwise)):
                known = phrases.lists if node.kind == "list" else measures().entries
                is_word = node.kind == "word" and (node.name in WORDS or ":" in node.name)
                if not is_word and (node.name not in known or node.kind not in ("figure", *COMPOUNDS)):
                    refuse(FILE, f"section {section.key}", f"unknown {node.kind} {node.name}")
    for item in phrases.lists.values():
        for name in item.figures:
            refuse_unknown(FILE, f"list {item.name}", "figure", name, measures().entries)


def _all(sections: tuple[SectionEntry, ...]) -> list[SectionEntry]:
    return [inner for section in sections for inner in (section, *_all(section.parts))]


def load(path: Path = FILE) -> Phrases:
    """Read and check the templates. Errors: DeclarationError with file, entry and reason."""
    raw = checked(read_yaml(path), _TOP, path, "top level")
    lists = {name: _list(name, entry) for name, entry in raw["lists"].items()}
    phrases = Phrases(lists, tuple(_section(entry) for entry in raw["sections"]))
    _refuse_unknown(phrases)
    return phrases


phrases = cache(load)  # the templates that come with the package, read once
