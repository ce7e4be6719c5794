"""Classification phrases: 教育支出（类）普通教育（款）小学教育（项）, with or without digits, and full codes."""

import re
from dataclasses import dataclass

from fiscal.dictionary.classification import functional, parent_code
from fiscal.dictionary.labels import stem

_MARKER = re.compile(
    r"[（(](?P<before>\d{2,7})?(?P<level>类|款|项)(?:级)?(?:科目)?[）)](?P<after>\d{2,3}(?![\d.（(万亿千元%]))?"
)
_BY_LENGTH = {3: "class_name", 5: "group_name", 7: "item_name"}
_LEVELS = {"类": 0, "款": 1, "项": 2}
_BOUNDARY = re.compile(
    r"[，。；：:！]|(?<!\d)\d+[.、．]|[（(][一二三四五六七八九十\d]+[）)]|其中[：:]?|%|元|以及|主要用于|方面[：:]?|、(?=[^（(]{0,80}[（(]类)"
)
_DIGITS = re.compile(r"(?<!\d)\d+$")
_CODE_FIRST = re.compile(
    r"(?<!\d)(\d{7})(?!元|千元|[万亿余多件户]|人次)[“”\s]*([\u4e00-\u9fff][\u4e00-\u9fff（）()、]{1,40}?)(?=支出\d|支出决算|[，。；：:“”\d]|年初|决算|预算|$)"
)
_CODE_DASH = re.compile(
    r"(?<!\d)(\d{3}|\d{5}|\d{7})[-—－]{1,2}([\u4e00-\u9fff][\u4e00-\u9fff（）()、]{1,40}?)"
    r"(?=[，。；：“”\d]|年初|决算|预算|$)"
)
_CODE_LAST = re.compile(r"([\u4e00-\u9fff、]{2,40}?)[（(](\d{7})[）)]")


@dataclass(slots=True)
class Phrase:
    """A classification phrase in a working text: where it stands, its names and its code ("" where it has none)."""

    start: int
    end: int
    class_name: str = ""
    group_name: str = ""
    item_name: str = ""
    code: str = ""

    @property
    def level(self) -> str:
        return "item" if self.item_name else "group" if self.group_name else "class"

    @property
    def name(self) -> str:
        return self.item_name or self.group_name or self.class_name


def phrases(text: str, year: int | None) -> list[Phrase]:
    """All phrases of a working text, in order; codes resolved by digits, else by the names."""
    found = _marked(text) if "（" in text or "(" in text else []
    covered = [(phrase.start, phrase.end) for phrase in found]
    for pattern, code_group, name_group in ((_CODE_LAST, 2, 1), (_CODE_FIRST, 1, 2), (_CODE_DASH, 1, 2)):
        for match in pattern.finditer(text):
            if not any(a < match.end() and match.start() < b for a, b in covered):
                level = _BY_LENGTH[len(match[code_group])]
                phrase = Phrase(match.start(), match.end(), code=match[code_group], **{level: match[name_group]})
                found.append(phrase)
                covered.append(match.span())
    found.sort(key=lambda phrase: phrase.start)
    for phrase in found:
        phrase.code = phrase.code or code_of(phrase, year)
    return found


def _marked(text: str) -> list[Phrase]:
    found: list[Phrase] = []
    digits: list[str] = ["", "", ""]
    last = -1
    for marker in _MARKER.finditer(text):
        level = _LEVELS[marker["level"]]
        start, name, code = _name_before(text, max(0, last if last > marker.start() - 60 else 0), marker.start())
        follows = bool(found) and start == found[-1].end and level > _LEVELS["类款项"[_depth(found[-1])]]
        if not follows:
            found.append(Phrase(start, marker.end()))
            digits = ["", "", ""]
        digits[level] = _own(code or marker["before"] or marker["after"] or "", level)
        phrase = found[-1]
        phrase.end = marker.end()
        setattr(phrase, ("class_name", "group_name", "item_name")[level], name)
        phrase.code = _joined(digits, level)
        last = marker.end()
    return [phrase for phrase in found if phrase.name]


def _depth(phrase: Phrase) -> int:
    return {"class": 0, "group": 1, "item": 2}[phrase.level]


def _name_before(text: str, floor: int, end: int) -> tuple[int, str, str]:
    """Start, name and glued digits of the name that ends before a marker."""
    begin = floor
    for stop in _BOUNDARY.finditer(text, floor, end):
        begin = stop.end()
    name = text[begin:end]
    code = _DIGITS.search(name)
    bare = name[: code.start()] if code else name
    return begin, bare.lstrip("“”、"), code.group() if code else ""


def _own(digits: str, level: int) -> str:
    """The digits of one level, of a code that may be printed whole (2050202项)."""
    whole = (3, 5, 7)[level]
    return digits[-2:] if level and len(digits) == whole else digits


def _joined(digits: list[str], level: int) -> str:
    """201 + 03 + 05; "" when a part is missing or of the wrong length."""
    parts = digits[: level + 1]
    return "".join(parts) if [len(part) for part in parts] == [3, 2, 2][: level + 1] else ""


def code_of(phrase: Phrase, year: int | None) -> str:
    """The code of a phrase without digits: the item by name within its class, the group decides between several."""
    for valid in (year, None):
        prefixes = [subject.code for subject in functional().named(phrase.class_name, valid, "class")]
        if phrase.level == "class":
            codes = prefixes
        else:
            codes = _within(phrase.name, phrase.level, valid, prefixes)
            if phrase.level == "item":
                codes = _in_group(codes, phrase.group_name)
        if len(set(codes)) == 1:
            return codes[0]
    return ""


def _within(name: str, level: str, year: int | None, prefixes: list[str]) -> list[str]:
    codes = [subject.code for subject in functional().named(name, year, level)]
    return [code for code in codes if not prefixes or code[:3] in prefixes]


def _in_group(codes: list[str], group_name: str) -> list[str]:
    """Of several items with one name, those whose group carries the name printed before them."""
    if len(set(codes)) < 2 or not group_name:
        return codes
    groups = {subject.code for subject in functional().by_name.get(stem(group_name), [])}
    return [code for code in codes if parent_code(code) in groups]
