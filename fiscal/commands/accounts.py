"""From paths to accounts: reading, pairing each with last year's, and naming what could not be read."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from fiscal.account import Account, prepare
from fiscal.batch.each_folder import each_folder, sentence
from fiscal.batch.progress import Step
from fiscal.dictionary.previous import Beside, may_be_one, require_budget
from fiscal.errors import DeclarationError, ReadError
from fiscal.model.disclosure import Disclosure
from fiscal.recognise.package import Ignored, Unreadable, claimed_once, discover, ignored, prepare_for, read_folder
from fiscal.sandbox import Children, limits

WORKERS = Children(os.cpu_count() or 1, keep=True)


@dataclass
class Loaded:
    """Accounts in the order found, the inputs that could not be read, and files of folders that were left aside.

    budgets  published budgets with which the accounts of the same body and year are compared
    """

    accounts: list[Account] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    budgets: list[Account] = field(default_factory=list)

    @cached_property
    def beside(self) -> Beside[Account]:
        """Which of the accounts read belong beside one."""
        return Beside(tuple(self.accounts))

    def each(self, function: Callable, step: Step = lambda name: None) -> Iterator[tuple[Account, Any]]:
        """(account, result) of a function of an account and last year's, called in children.

        The account holds its budget; a budget last year's outcome. In the order read. An account on which it fails
        goes to the unreadable; a wrong declaration ends the run.
        """
        accounts, found = tuple(self.accounts), {}
        for (number, *_), result in WORKERS.each(partial(_called, function), self._beside()):
            if isinstance(result, DeclarationError):
                raise result
            if isinstance(result, Exception):
                self.accounts.remove(accounts[number])
                lost = f"could not be checked: {sentence(result)}"
                self.unreadable.append(Unreadable(accounts[number].path, lost))
            else:
                found[number] = result
            step(accounts[number].path)
        yield from ((accounts[number], found[number]) for number in sorted(found))

    def _beside(self) -> Iterator[tuple]:
        """Number and disclosure of each account, of last year's, of its budget, of a budget's last outcome."""
        for number, account in enumerate(tuple(self.accounts)):
            beside = (account, self.beside.previous(account), self.budget(account), self.beside.executed(account))
            yield number, *(one.disclosure if one else None for one in beside)

    def budget(self, account: Account) -> Account | None:
        """The published budget of the same body and year: among those given, else among those read."""
        return next((one for one in self.budgets if _plans(one, account)), None) or self.beside.budget(account)

    def take_budgets(self, path: str, given: "Loaded") -> None:
        """Keep the budgets of `given`, read from `path`; in a folder other documents are left aside.

        Errors: ReadError where it cannot be read, or holds no budget of any of these accounts.
        """
        budgets = [one for one in given.accounts if one.kind == "budget"]
        if not given.accounts:
            reason = given.unreadable[0].sentence if given.unreadable else "holds no budget that can be read"
            raise ReadError(path, reason, "give the published budget (部门预算) with --budget, a file or folder")
        finals = [one for one in self.accounts if one.kind != "budget"] or self.accounts
        self.budgets = budgets
        if finals and not any(_plans(one, account) for one in budgets for account in finals):
            one = (budgets or given.accounts)[0]
            require_budget(finals[0], one, one.path)


def _plans(budget: Account, account: Account) -> bool:
    return (
        budget.year is not None
        and budget.year == account.year
        and account.kind != "budget"
        and may_be_one(account, budget)
    )


def _called(function: Callable, number: int, *read: Disclosure | None) -> Any:
    del number
    account, previous, budget, executed = (Account(one) if one else None for one in read)
    assert account is not None
    account.budget, account.executed = budget, executed
    with limits(account.path):
        return function(account, previous)


def load(paths: Sequence[str], step: Step = lambda name: None) -> Loaded:
    """Read every account below `paths`, in children with limits; `step` hears the path of each as it is done.

    A file that is beyond the limits is told among the unreadable; those beside it are read all the same.
    """
    tasks = [tuple(map(str, files)) for _, files in discover(paths)]
    order = {os.path.dirname(files[0]): number for number, files in enumerate(tasks)}
    found: dict[int, list[Disclosure | Unreadable]] = defaultdict(list)
    prepare()
    prepare_for(tasks)
    for (files,), result in each_folder(WORKERS, read_folder, ((files,) for files in tasks)):
        items = result if isinstance(result, list) else list(_lost(files, result))
        found[order[os.path.dirname(files[0])]] += items
        for item in items:
            step(item.path)
    loaded = Loaded(ignored=ignored(paths))
    for item in claimed_once(item for number in sorted(found) for item in found[number]):
        if isinstance(item, Unreadable):
            loaded.unreadable.append(item)
        else:
            loaded.accounts.append(Account(item))
    return loaded


def _lost(files: tuple[str, ...], error: Exception) -> Iterator[Unreadable]:
    paths = getattr(error, "paths", ()) or files[:1]
    yield from (Unreadable(path, sentence(error)) for path in paths)
