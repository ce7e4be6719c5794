"""`fiscal draft`: the publication as a Word document, and the form of what a person still has to give or confirm."""

from dataclasses import dataclass
from pathlib import Path

from fiscal.account import Account
from fiscal.commands.accounts import Loaded, load
from fiscal.commands.draft_form import answered, read_form, write_form
from fiscal.errors import ReadError, RunError
from fiscal.report.draft.word_draft import Open, draft

FORM = "待补充.xlsx"


@dataclass(frozen=True)
class Drafted:
    """What came of a draft: what is open in it, how many answers of its form it took, and whether last year was there.

    form  where the open items and the answers stand; None where there is neither
    """

    still_open: list[Open]
    n_answers: int
    form: Path | None
    has_before: bool


def write_draft(data: str, last_year: str | None, out: Path) -> Drafted:
    """Draft the newest account of `data`, with the answers of the form that an earlier draft left beside `out`.

    `last_year` names last year's account; without it the year before is looked for in `data` and beside it.
    Errors: ReadError where there is no account, or more entities than one, or where the form beside `out` is none;
    RunError where nothing can be written.
    """
    form = out.with_name(f"{out.stem}-{FORM}")
    given = read_form(form) if form.exists() else []
    account, previous = _pair(data, last_year)
    try:
        still_open = draft(answered(account, given, form), previous, out)
        if still_open or given:
            write_form(form, still_open, given)
    except OSError as error:
        step = "close it in Word, or name another folder with --out"
        raise RunError(str(out), f"cannot be written: {error.strerror}", step) from error
    return Drafted(still_open, len(given), form if still_open or given else None, previous is not None)


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
