"""What the style sheets inside a page hide: such elements get the attribute `hidden` before anything is read."""

import re
from collections.abc import Iterator

import tinycss2
from lxml import etree

LARGEST, MOST_RULES = 500_000, 2_000
_NAME = r"[\w\u0080-\uffff-]+"
_COMPOUND = re.compile(rf"(?:{_NAME}|\*)?(?:[.#]{_NAME}|\[{_NAME}\])*")
_PART = re.compile(rf"([.#\[]?)({_NAME}|\*)\]?")
_BODY = (("", "tbody"),)
Compound = tuple[tuple[str, str], ...]


def hide_by_style(tree: etree._Element) -> int:
    """Mark what rules with display:none (and the like) hide; how many filled elements these are."""
    sheets = ["".join(str(part) for part in style.itertext()) for style in tree.iter("style")]
    rules = [rule for sheet in sheets if len(sheet) <= LARGEST for rule in _rules(_parsed(sheet))][:MOST_RULES]
    if not any(hides for _, hides in rules):
        return 0
    count = 0
    for element in tree.iter(etree.Element):
        seen = [hides for selector, hides in rules if _matches(element, selector)]
        if seen and seen[-1] and element.get("hidden") is None:
            element.set("hidden", "hidden")
            count += bool("".join(str(part) for part in element.itertext()).strip())
    return count


def _parsed(sheet: str) -> list:
    return tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)


def _rules(nodes: list) -> Iterator[tuple[list[tuple[str, Compound]], bool]]:
    """(selector, whether it hides) of every rule that says whether something is shown, in order."""
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword == "media" and node.content is not None:
            medium = tinycss2.serialize(node.prelude).lower()
            if "print" not in medium or "screen" in medium:
                yield from _rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
        elif node.type == "qualified-rule":
            hides = _hides(node.content)
            if hides is not None:
                for text in tinycss2.serialize(node.prelude).split(","):
                    selector = _selector(text.strip())
                    if selector:
                        yield selector, hides


def _hides(content: list) -> bool | None:
    """Whether the declarations hide what they are for; None where they say nothing of it."""
    found = None
    for each in tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True):
        if each.type != "declaration":
            continue
        value = tinycss2.serialize(each.value).strip().lower()
        if each.lower_name == "display":
            found = value == "none"
        elif each.lower_name == "visibility":
            found = value in ("hidden", "collapse")
        elif each.lower_name in ("font-size", "opacity") and re.fullmatch(r"0(?:\.0*)?(?:px|pt|em|%)?", value):
            found = True
    return found


def _selector(text: str) -> list[tuple[str, Compound]]:
    """[(combinator before it, compound)] of a selector; [] for one with pseudo classes or other forms."""
    parts = re.sub(r"\s*>\s*", " >", text).split()
    found = []
    for part in parts:
        combinator, compound = (">", part[1:]) if part.startswith(">") else (" ", part)
        if not compound or not _COMPOUND.fullmatch(compound):
            return []
        found.append((combinator, tuple((kind, name) for kind, name in _PART.findall(compound))))
    return found


def _matches(element: etree._Element, selector: list[tuple[str, Compound]]) -> bool:
    combinator, compound = selector[-1]
    if not _is(element, compound):
        return False
    if len(selector) == 1:
        return True
    if combinator == ">":
        parent = element.getparent()
        if element.tag == "tr" and parent is not None and parent.tag == "table" and selector[-2][1] == _BODY:
            return len(selector) == 2 or _matches(
                element, [*selector[:-2], (selector[-2][0], compound)]
            )  # browsers add the tbody
        return parent is not None and _matches(parent, selector[:-1])
    return any(_matches(above, selector[:-1]) for above in element.iterancestors())


def _is(element: etree._Element, compound: Compound) -> bool:
    for kind, name in compound:
        if kind == ".":
            fits = name in (element.get("class") or "").split()
        elif kind == "#":
            fits = element.get("id") == name
        elif kind == "[":
            fits = element.get(name) is not None
        else:
            fits = name == "*" or element.tag == name.lower()
        if not fits:
            return False
    return True
