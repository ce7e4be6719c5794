"""Which account a notebook is about: its parameters, checked, and the folder they mean."""

import ast
import builtins
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fiscal.dictionary.labels import same_body
from fiscal.dictionary.previous import require_previous
from fiscal.errors import ReadError, RunError
from fiscal.paths import from_notebook, nearby
from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.markup import Shown, tag

INJECTED = "# Parameters"  # how papermill begins the cell it puts in


def parameters() -> None:
    """Refuse a parameter that the notebook does not declare: papermill itself only warns of it.

    Errors: RunError naming it and those that are declared.
    """
    shell = getattr(builtins, "get_ipython", lambda: None)()
    ran = list(shell.history_manager.input_hist_raw) if shell else []
    at = max((i for i, source in enumerate(ran) if source.startswith(INJECTED)), default=0)
    unknown = sorted(_assigned(ran[at]) - _assigned(ran[at - 1])) if at else []
    if unknown:
        known = "、".join(sorted(_assigned(ran[at - 1])))
        raise RunError("笔记本", f"没有名为 {'、'.join(unknown)} 的参数", f"可用的参数：{known}")


def _assigned(source: str) -> set[str]:
    """Names that a cell assigns."""
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name) and
            isinstance(node.ctx, ast.Store)}  # fmt: skip


def accounts(
    account_path: str, previous_path: str = "", *, entity: str = "", year: int = 0, beside_path: str = ""
) -> tuple[Any, Any]:
    """The account, checked, and last year's (None where there is none).

    A relative path is looked up from the working folder and from the folders above it, so that a notebook runs from
    the top of the repository and from notebooks/ alike. `entity` (a folder or a name) and `year` choose another account
    of the same data folder, `<data>/<entity>/<year>`; last year's is then the one beside it. The account holds what
    `beside_path` names: its budget, or, where it is a budget, last year's account.
    Errors: those of fiscal.read and `parameters`; ReadError where there is no such account, or where the second is not
    last year's of the first.
    """
    from fiscal.account import read

    parameters()
    if entity or year:
        path = _chosen(nearby(account_path), entity, year)
        before = path.parent / str(int(path.name) - 1)
        account_path, previous_path, beside_path = str(path), str(before) if before.is_dir() else "", ""
    account = read(from_notebook(account_path))
    previous, beside = (read(from_notebook(path)) if path else None for path in (previous_path, beside_path))
    if account.kind == "budget":
        account.executed = beside
    else:
        account.budget = beside or account.budget
    if previous is not None:
        require_previous(account, previous)
    account.check(previous)
    return account, previous


def choices(path: str) -> Shown:
    """The entities and years of a data folder (`data/raw`, or one of an entity and year in it)."""
    given = nearby(path)
    data = next((place for place in (given, *given.parents[:2]) if any(map(_years, _folders(place)))), given)
    rows = [(home.name, "、".join(map(str, sorted(years)))) for home in _folders(data) if (years := _years(home))]
    told = f"{len(rows)}个单位"
    return Shown(
        simple(f"{data.name} 里的资料", ["单位（文件夹）", "年度"], rows) if rows else tag("p", "没有资料。"), told
    )


def _folders(data: Path) -> list[Path]:
    return sorted(place for place in data.iterdir() if place.is_dir()) if data.is_dir() else []


def _chosen(given: Path, entity: str, year: int) -> Path:
    """The folder of an entity and year beside the given one; of an entity alone the newest year."""
    data = given.parent.parent
    homes = list(_homes(data, entity)) if entity else [given.parent]
    if not homes:
        known = "、".join(home.name for home in _folders(data) if _years(home))
        raise ReadError(str(data), f"没有单位 {entity} 的资料", f"有：{known or '没有任何资料'}")
    years = _years(homes[0])
    wanted = year or max(years)
    if wanted not in years:
        told = "、".join(map(str, sorted(years)))
        raise ReadError(str(homes[0]), f"没有 {wanted} 年度的资料", f"有：{told or '没有任何年度'}")
    return homes[0] / str(wanted)


def _homes(data: Path, entity: str) -> Iterator[Path]:
    """Folders of the entity: one of that name, else those whose newest account bears it."""
    from fiscal.account import read

    if _years(data / entity):
        yield data / entity
        return
    for home in _folders(data):
        if years := _years(home):
            try:
                found = read(home / str(max(years))).entity
            except ReadError:
                continue
            if same_body(found, entity):
                yield home
                return


def _years(home: Path) -> set[int]:
    return {int(place.name) for place in home.iterdir() if place.name.isdigit()} if home.is_dir() else set()
