"""What a printed text is: a header, a row label, a number, a line about the whole table."""

import re
from functools import cache, lru_cache

from fiscal.dictionary.labels import normal, squeeze
from fiscal.dictionary.tables import catalogue
from fiscal.model.money import BLANK_MARKS, UNKNOWN_MARK, number_in, plain
from fiscal.model.unread import MARK

_QUOTES = str.maketrans("", "", '"《》“”‘’')
_YEAR = re.compile(r"20\d\d年度?")
_UNIT_BRACKET = re.compile(r"[（(](?:单位：?)?(?:人民币)?(?:亿元|万元|千元|元)[)）]")
_ENUMERATED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])")
_UNIT = re.compile(
    r"单位[：:]?[（(]?(?:人民币)?(亿元|万元|千元|元)|[（(](亿元|万元|千元|元)[）)]$|^(亿元|万元|千元|元)$"
)
_FORM = re.compile(
    r"^(?:(?:财决|预决算)?(?:公开|财决)?附?表?\d{1,2}(?:-\d)?表|附?表[\d一二三四五六七八九十]{1,3}|附件\d*)[：:、]?$|^第\d+页|^[—-]+\d{1,3}[—-]+$"
)
_ABOUT = re.compile(r"\D{0,2}\d{1,15}\.\d\d\D{0,3}")  # 约3.20, 0.64百万: no number, but where one stands
_HEADING = re.compile(r"^(?:公开|编制|填报|预算|决算)?(?:部门|单位)(?:名称)?[（(]?[公章盖)）]*[：:]|^编制(?:部门|单位)")
_NOTE = re.compile(
    r"^[（(*※]?(?:附?注|备注|说明|补充说明|填表说明)\d?[：:.、\d]|^注$|^(?:此|本)表|^[1-9][.、．]?本表"
    r"|^(?:我|本)(?:部门|单位|局|办|委|院|中心|校|年度).{0,200}(?:没有|无|为空|空表)|.{0,200}(?:此表无数据|本表无数据|本表为空|为空表)"
)
TOTALS = frozenset({"合计", "总计", "支出合计", "收入合计"})
STRUCTURE = frozenset({
    "项目", "行次", "栏次", "类", "款", "项", "目", "类款项", "收入", "支出", "序号", "科目", "科目编码", "科目代码",
    "科目名称", "本年支出", "本年收入",
})  # fmt: skip


@lru_cache(maxsize=4096)
def head(text: str) -> str:
    """A header for comparison: normal form without quotes, year and unit."""
    return _UNIT_BRACKET.sub("", _YEAR.sub("", normal(text).translate(_QUOTES)))


@lru_cache(maxsize=4096)
def label(text: str) -> str:
    """A row label or header as printed, line breaks and spaces removed."""
    return re.sub(r"[\s\u3000\u00a0]+", "", text)


@lru_cache(maxsize=4096)
def is_number(text: str) -> bool:
    """Whether a text is printed like a number."""
    return number_in(text) is not None


def is_value(text: str) -> bool:
    """Whether a text stands where an amount stands: a number, a dash, 未公开, 约3.20, or what could not be read."""
    short = plain(text)
    return (
        is_number(text) or short in BLANK_MARKS or UNKNOWN_MARK in text or text == MARK or bool(_ABOUT.fullmatch(short))
    )


@cache
def header_words() -> frozenset[str]:
    """Every declared header and parent header, in comparison form."""
    words = set(STRUCTURE)
    for entry in catalogue().entries.values():
        for column in entry.columns:
            words.update(head(text) for text in column.headers)
            words.update(head(part) for parent in column.parents if parent for part in parent.split("/"))
    return frozenset(words)


def kind_of_head(word: str) -> str:
    """code, name, line or spare where a heading, in comparison form, is declared to stand over such; else ""."""
    known = catalogue().headings
    if word in known["code"] or any(part in word for part in known["code_within"]):
        return "code"
    return next((kind for kind in ("line", "spare", "name") if word in known[kind]), "")


@cache
def row_words() -> frozenset[str]:
    """Every declared row label that is not a header as well."""
    labels = {text for entry in catalogue().entries.values() for row in entry.rows for text in row.labels}
    return frozenset(labels - header_words() - TOTALS)


def is_row_label(text: str) -> bool:
    """一、外交支出, 本年收入合计: texts that open a row, never a column."""
    return normal(text) in row_words() or bool(_ENUMERATED.match(squeeze(text)))


def unit_of(text: str) -> str:
    """The unit that a line or header states, or ""."""
    found = _UNIT.search(squeeze(text))
    return next((part for part in found.groups() if part), "") if found else ""


def is_note(text: str) -> bool:
    """注：…, 本表无数据: a sentence under a table."""
    return bool(_NOTE.match(squeeze(text)))


def is_heading(text: str) -> bool:
    """部门：…, 公开02表, 2022年度, 单位：万元: a line that speaks about the whole table."""
    short = squeeze(text)
    return bool(
        _HEADING.match(short) or _FORM.match(short) or _YEAR.fullmatch(short) or (len(short) < 20 and unit_of(short))
    )
