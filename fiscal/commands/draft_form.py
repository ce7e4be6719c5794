"""The form of a draft (待补充.xlsx): what is still to be given or confirmed, and what was filled in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from fiscal.account import Account
from fiscal.commands.review_sheet import ruled
from fiscal.dictionary.identities import catalogue
from fiscal.errors import ReadError
from fiscal.paths import workbook
from fiscal.report.draft.word_draft import Open

SHEET, CONFIRMED, DONE = "待补充", ("确认", "同上年", "是"), "已填"
HEAD = {"章节": 28, "内容": 24, "草稿中的句子": 70, "需要做什么": 18, "填写": 40, "编号（勿改）": 22}
NOTE = "在“填写”一栏写数字、原因或文字；沿用上年的，写“确认”或改写的文字。存盘后再运行同一条命令，草稿就用上这些内容。"
_FIGURE = re.compile(r"(-?[\d,，]*\.?\d+) *(亿元|万元|千元|元|%)?[^\d.]{0,4}")


@dataclass(frozen=True)
class Answer:
    """One line of the form that was filled in; `item` is what was asked."""

    item: Open
    text: str


def write_form(path: Path, items: Sequence[Open], given: Sequence[Answer]) -> None:
    """The open items as a sheet to fill, one line each; below them what was filled in before."""
    lines = [(item, "") for item in items] + [(replace(one.item, why=DONE), one.text) for one in given]
    rows = [(item.section, item.what, item.words, item.why, text, item.key) for item, text in lines]
    with workbook(path, in_memory=True) as book:
        ruled(book, SHEET, tuple(HEAD.items()), rows).write_string(len(rows) + 2, 0, NOTE)


def read_form(path: Path) -> list[Answer]:
    """The lines that were filled in, a line for each thing asked.

    Errors: ReadError for what is no such form.
    """
    try:
        rows = list(openpyxl.load_workbook(path, data_only=True)[SHEET].iter_rows(values_only=True))
    except (OSError, KeyError, ValueError, BadZipFile, InvalidFileException) as error:
        raise ReadError(str(path), f"is no form of a draft ({SHEET})", "move it away, or restore it") from error
    if [str(value) for value in rows[0][: len(HEAD)]] != list(HEAD):
        raise ReadError(str(path), "is a form with other columns", f"restore the columns {'、'.join(HEAD)}")
    lines = [["" if value is None else str(value).strip() for value in row[: len(HEAD)]] for row in rows[1:]]
    known = {key: Answer(Open(section, words, why, what, key), text)
             for section, what, words, why, text, key in lines if key and text}  # fmt: skip
    return list(known.values())


def answered(account: Account, given: Sequence[Answer], form: Path) -> Account:
    """The account with these answers among its notes.

    Errors: ReadError for a line that asks for a figure and holds none, or confirms what last year did not say.
    """
    notes: dict[str, Any] = dict(account.notes)
    for one in given:
        kind, _, name = one.item.key.partition(":")
        if kind == "figure":
            notes["statements"] = [*notes.get("statements", []), _stated(account, name, one, form)]
        else:
            words = _words(one, form)
            group = {"reason": "reasons", "text": "texts"}[kind]
            notes[group] = {**notes.get(group, {}), name: words}
    return Account(replace(account.disclosure, notes=notes)) if given else account


def _words(one: Answer, form: Path) -> str:
    if one.text not in CONFIRMED:
        return one.text
    if one.item.why.startswith("缺"):
        raise ReadError(f"{form}, {one.item.what}", "has nothing of last year to confirm", "write the words themselves")
    return one.item.words


def _stated(account: Account, name: str, one: Answer, form: Path) -> dict[str, str]:
    found = _FIGURE.fullmatch(one.text)
    if found is None:
        raise ReadError(
            f"{form}, {one.item.what}", f"“{one.text}” is no figure", "write a number, with its unit if any"
        )
    slot = catalogue().slots[name]
    unit = found[2] or {"amount": account.unit, "percent": "%"}.get(slot.type, "")
    text = found[1].replace(",", "").replace("，", "")
    return {"slot": name, "text": text, "unit": unit, "section": slot.section}
