"""Whether an account can be last year's, or a budget that of an account: the same body, the year that it should be."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, Protocol, TypeVar

from fiscal.dictionary.labels import same_body, squeeze
from fiscal.errors import ReadError


class BodyLike(Protocol):
    """A document of a body: what is asked of an account here."""

    @property
    def entity(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def notes(self) -> dict: ...


RENAMED = "one that was renamed says so in notes.yaml under entity: former_names: [旧名]"


class Listed(Protocol):
    """A document as a list of many knows it."""

    @property
    def entity(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def level(self) -> str: ...


class DocumentLike(BodyLike, Listed, Protocol):
    """An account, or a budget."""


def require_previous(account: BodyLike, previous: BodyLike) -> None:
    """Refuse an account that is given as last year's and is not.

    A body that was renamed says so: `entity: {former_names: [旧名]}` in its notes.yaml. What a document does not name
    (no entity, no year) cannot contradict.
    Errors: ReadError naming both bodies or years and the next step.
    """
    where, given = "last year's account (上年决算)", f"the account of {_whose(previous)}"
    if account.year and previous.year and previous.year != account.year - 1:
        what = f"is {given}, not the {account.year - 1} account of {account.entity}"
        raise ReadError(where, what, f"give the {account.year - 1} account, or none")
    if not may_be_one(account, previous):
        raise ReadError(where, f"is {given}, not of {account.entity}", f"give that of the same body; {RENAMED}")


def require_budget(account: DocumentLike, budget: DocumentLike, name: str) -> None:
    """Refuse what is given as the published budget (`name` is its file) of an account and is not.

    Errors: ReadError naming the file, what was found and the next step.
    """
    given, wanted = _whose(budget), _whose(account)
    if budget.kind != "budget":
        kind = "the final account (部门决算)" if budget.kind == "final_account" else "a paper"
        raise ReadError(
            name, f"is {kind} of {given}, no budget (部门预算)", f"give the budget of {wanted} with --budget"
        )
    if account.kind == "budget":
        what = f"cannot be compared with {wanted}, which is a budget (部门预算) itself"
        raise ReadError(name, what, "check the final account (部门决算), and name its budget with --budget")
    if budget.year is None or account.year is None:
        whose = "has no year" if budget.year is None else f"cannot be compared with the account of {wanted}"
        raise ReadError(name, whose, "give papers whose title or file name says the year")
    if budget.year != account.year:
        what = f"is the budget of {given}, the account that of {wanted}"
        raise ReadError(name, what, f"give the {account.year} budget (部门预算)")
    if not may_be_one(account, budget):
        what = f"is the budget of {given}, not of {account.entity}"
        raise ReadError(name, what, f"give that of the same body; {RENAMED}")


def _whose(document: BodyLike) -> str:
    return f"{document.entity or 'a body not named'} {document.year or 'of a year not named'}"


def is_budget_of(budget: DocumentLike, account: DocumentLike) -> bool:
    """Whether this is the published budget of an account, by what both say of themselves."""
    kinds = budget.kind == "budget" and account.kind == "final_account"
    named = bool(budget.entity and account.entity and budget.year and budget.year == account.year)
    return kinds and named and _one_level(budget, account) and may_be_one(account, budget)


def _one_level(one: Listed, other: Listed) -> bool:
    """Not so of a department's document and one of its own offices, which bear one name."""
    return not (one.level and other.level) or one.level == other.level


D = TypeVar("D", bound=Listed)


class Beside(Generic[D]):
    """Which of several documents stand beside one: of the body of its name, of the year that it should be.

    name  what a document is known by
    """

    def __init__(self, documents: Iterable[D], name: Callable[[D], str] = lambda one: one.entity) -> None:
        self._name = name
        self._known: dict[tuple, D] = {}
        for one in documents:
            if one.entity and one.year:
                self._known.setdefault((squeeze(name(one)), one.year, one.kind), one)

    def _named(self, one: D, years_before: int, kind: str) -> D | None:
        return self._known.get((squeeze(self._name(one)), (one.year or 0) - years_before, kind)) if one.entity else None

    def previous(self, one: D) -> D | None:
        """Last year's document of the same kind."""
        return self._named(one, 1, one.kind)

    def budget(self, account: D) -> D | None:
        """The published budget of an account."""
        found = self._named(account, 0, "budget") if account.kind == "final_account" else None
        return found if found is not None and _one_level(account, found) else None

    def executed(self, budget: D) -> D | None:
        """Of a budget, the final account of the year before."""
        found = self._named(budget, 1, "final_account") if budget.kind == "budget" else None
        return found if found is not None and _one_level(budget, found) else None


def may_be_one(one: BodyLike, other: BodyLike) -> bool:
    """Whether two documents can be of one body; one that names none cannot contradict."""
    names = [one.entity, *_former(one.notes), *_former(other.notes)]
    return not (one.entity and other.entity) or any(same_body(name, other.entity) for name in names)


def _former(notes: dict) -> list[str]:
    entity: Any = notes.get("entity") or {}
    return [str(name) for name in entity.get("former_names") or []]
