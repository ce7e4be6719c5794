"""From paths to accounts: reading, pairing each with last year's, and naming what could not be read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from fiscal.account import Account
from fiscal.dictionary.labels import squeeze
from fiscal.readers.package import Unreadable, read_packages

Step = Callable[[str], None]


@dataclass
class Loaded:
    """Accounts in the order found, and the inputs that could not be read."""

    accounts: list[Account] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)

    def previous(self, account: Account) -> Account | None:
        """The final account of the same entity, one year earlier, among those read."""
        return next((other for other in self.accounts if _precedes(other, account)), None)

    def select(self, entity: str | None, year: int | None) -> list[Account]:
        """Accounts of one entity (its name, short name or folder) and year; None means all."""
        return [a for a in self.accounts if (year is None or a.year == year) and (not entity or entity in names(a))]


def names(account: Account) -> set[str]:
    """What an entity may be called on the command line: name, short name, names of its folders."""
    short = account.notes.get("entity", {}).get("short_name", "") if account.notes else ""
    return {account.entity, short, account.folder.name, account.folder.parent.name} - {""}


def _precedes(other: Account, account: Account) -> bool:
    return (
        account.year is not None
        and other.year == account.year - 1
        and bool(other.entity)
        and squeeze(other.entity) == squeeze(account.entity)
        and other.kind == account.kind
    )


def load(paths: Iterable[str], step: Step = lambda name: None) -> Loaded:
    """Read every account below `paths`; `step` hears the path of each as it is done."""
    loaded = Loaded()
    for item in read_packages([str(path) for path in paths]):
        if isinstance(item, Unreadable):
            loaded.unreadable.append(item)
        else:
            loaded.accounts.append(Account(item))
        step(item.path)
    return loaded
