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
    Errors: ReadError, in Chinese, naming both bodies or years and the next step.
    """
    given = f"{previous.entity or '未写明单位'}{previous.year or '未写明年度'}"
    if account.year and previous.year and previous.year != account.year - 1:
        what = f"{given}年度决算不是{account.entity}{account.year}年度的上年决算，应为{account.year - 1}年度"
        raise ReadError("上年决算", what, f"请改用{account.year - 1}年度的决算，没有的不填")
    if not may_be_one(account, previous):
        what = f"{given}年度决算不是{account.entity}的决算，不能作为其上年决算"
        step = "请改用同一单位的决算；单位改过名的，在 notes.yaml 的 entity 下写明 former_names: [旧名]"
        raise ReadError("上年决算", what, step)


def require_budget(account: DocumentLike, budget: DocumentLike, name: str) -> None:
    """Refuse what is given as the published budget (`name` is its file) of an account and is not.

    Errors: ReadError, in Chinese, naming the file, what was found and the next step.
    """
    given = f"{budget.entity or '未写明单位'}{budget.year or '未写明年度'}"
    if budget.kind != "budget":
        kind = "部门决算" if budget.kind == "final_account" else "看不出是预算的资料"
        raise ReadError(name, f"这是{given}的{kind}，不是部门预算", "--budget 请给出同一单位同一年度公布的部门预算")
    if account.kind == "budget":
        what = f"要核对的{account.entity}{account.year or ''}是部门预算，不是决算，不能与预算对照"
        raise ReadError(name, what, "请把决算作为要核对的资料，预算写在 --budget 之后")
    if budget.year is None or account.year is None:
        whose = "这份预算" if budget.year is None else "要核对的决算"
        raise ReadError(name, f"{whose}没有写明年度，无法对照", "请给出题名或文件名写明年度的资料")
    if budget.year != account.year:
        what = f"这是{given}年度预算，要核对的是{account.entity}{account.year}年度决算"
        raise ReadError(name, what, f"请改用{account.year}年度的部门预算")
    if not may_be_one(account, budget):
        what = f"这是{given}年度预算，不是{account.entity}的预算"
        step = "请改用同一单位的预算；单位改过名的，在 notes.yaml 的 entity 下写明 former_names: [旧名]"
        raise ReadError(name, what, step)


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
