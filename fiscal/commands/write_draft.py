"""`fiscal draft`: the publication as a Word document, and the list of what a person still has to do in it."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from fiscal.account import Account
from fiscal.commands.accounts import Loaded, load
from fiscal.commands.review_sheet import ruled
from fiscal.errors import ReadError, RunError
from fiscal.paths import replace
from fiscal.report.draft.word_draft import Open, draft

FORM = "待补充.xlsx"
_COLUMNS = (("章节", 28), ("草稿中的句子", 80), ("需要做什么", 20), ("填写", 40))


def write_draft(data: str, last_year: str | None, out: Path) -> tuple[list[Open], Path | None, bool]:
    """Draft the newest account of `data`; what is open in it, the form that lists it, and whether last year was there.

    `last_year` names last year's account; without it the year before is looked for in `data` and beside it.
    Errors: ReadError where there is no account, or more entities than one; RunError where nothing can be written.
    """
    account, previous = _pair(data, last_year)
    try:
        still_open = draft(account, previous, out)
        form = out.with_name(f"{out.stem}-{FORM}") if still_open else None
        if form:
            replace(form, lambda part: _form(part, still_open))
    except OSError as error:
        step = "close it in Word, or name another folder with --out"
        raise RunError(str(out), f"cannot be written ({error.strerror})", step) from error
    return still_open, form, previous is not None


def _pair(data: str, last_year: str | None) -> tuple[Account, Account | None]:
    found = load([data])
    if not found.accounts:
        reason = found.unreadable[0].sentence if found.unreadable else "no account found"
        raise ReadError(data, reason, "name the folder or workbook of one account")
    if len({account.entity for account in found.accounts}) > 1:
        raise ReadError(data, "holds accounts of several entities (单位)", "name the folder or workbook of one account")
    account = max(found.accounts, key=lambda one: one.year or 0)
    return account, _before(account, found, data, last_year)


def _before(account: Account, found: Loaded, data: str, last_year: str | None) -> Account | None:
    if last_year:
        given = Loaded([*load([last_year]).accounts])
        previous = given.beside.previous(account)
        if previous is None:
            told = "; ".join(f"{one.entity} {one.year}" for one in given.accounts) or "no account"
            step = f"give the {(account.year or 0) - 1} account of {account.entity}"
            raise ReadError(last_year, f"holds {told}, not last year's account", step)
        return previous
    beside = Path(data).resolve().parent / str((account.year or 0) - 1)
    others = load([str(beside)]).accounts if beside.is_dir() else []
    return found.beside.previous(account) or Loaded(others).beside.previous(account)


def _form(path: Path, items: Sequence[Open]) -> None:
    """The open items as a sheet to fill, one line each."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        ruled(book, "待补充", _COLUMNS, [(item.section, item.words, item.why, "") for item in items])
