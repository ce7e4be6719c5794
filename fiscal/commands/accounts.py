"""From paths to accounts: reading, pairing each with last year's, and naming what could not be read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from fiscal.account import Account
from fiscal.dictionary.labels import squeeze
from fiscal.recognise.package import Unreadable, read_packages

Step = Callable[[str], None]


@dataclass
class Loaded:
    """Accounts in the order found, and the inputs that could not be read."""

    accounts: list[Account] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)

    def previous(self, account: Account) -> Account | None:
        """The final account of the same entity, one year earlier, among those read."""
        return next((other for other in self.accounts if _precedes(other, account)), None)


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
