"""Whether an account can be last year's: the same body, one year earlier."""

from typing import Any, Protocol

from fiscal.dictionary.labels import same_body
from fiscal.errors import ReadError


class AccountLike(Protocol):
    """What is asked of an account here."""

    @property
    def entity(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def notes(self) -> dict: ...


def require_previous(account: AccountLike, previous: AccountLike) -> None:
    """Refuse an account that is given as last year's and is not.

    A body that was renamed says so: `entity: {former_names: [旧名]}` in its notes.yaml. What a document does not name
    (no entity, no year) cannot contradict.
    Errors: ReadError, in Chinese, naming both bodies or years and the next step.
    """
    given = f"{previous.entity or '未写明单位'}{previous.year or '未写明年度'}"
    if account.year and previous.year and previous.year != account.year - 1:
        what = f"{given}年度决算不是{account.entity}{account.year}年度的上年决算，应为{account.year - 1}年度"
        raise ReadError("上年决算", what, f"请改用{account.year - 1}年度的决算，没有的不填")
    names = [account.entity, *_former(account.notes), *_former(previous.notes)]
    if account.entity and previous.entity and not any(same_body(name, previous.entity) for name in names):
        what = f"{given}年度决算不是{account.entity}的决算，不能作为其上年决算"
        step = "请改用同一单位的决算；单位改过名的，在 notes.yaml 的 entity 下写明 former_names: [旧名]"
        raise ReadError("上年决算", what, step)


def _former(notes: dict) -> list[str]:
    entity: Any = notes.get("entity") or {}
    return [str(name) for name in entity.get("former_names") or []]
