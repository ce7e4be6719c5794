"""An earlier result or a reviewed sheet: what was decided then, and what has been settled, is still open or is new."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fiscal.account import Account, Findings
from fiscal.dictionary.labels import squeeze
from fiscal.errors import ReadError

NOT_TRUE = "不属实（不再提示）"
DECISIONS = (
    "属实",
    "属实，已改",
    "属实，待改",
    NOT_TRUE,
    "待定",
)  # what a reviewer may write; only NOT_TRUE leaves out


@dataclass(frozen=True)
class Earlier:
    """A finding told before, and what a reviewer decided, noted and signed."""

    key: str
    rule: str = ""
    message: str = ""
    decision: str = ""
    note: str = ""
    reviewer: str = ""


@dataclass(frozen=True)
class Baseline:
    """A result or sheet of before. `documents` name what it speaks of: (entity, year) and the path of each."""

    name: str
    reviewed: bool
    known: Mapping[tuple, Mapping[str, Earlier]]
    paths: Mapping[str, tuple]
    remarks: tuple[str, ...] = ()

    def of(self, account: Account) -> Mapping[str, Earlier] | None:
        """The earlier findings of an account; None where it is of other documents."""
        found = self.known.get(identity(account.entity, account.year))
        return found if found is not None else self.known.get(self.paths.get(_short(account.path), ()))


@dataclass(frozen=True)
class Compared:
    """What became of an account's earlier findings. `sentences` say so in words."""

    baseline: str
    reviewed: bool = False
    settled: tuple[Earlier, ...] = ()
    open: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    decided: Mapping[str, Earlier] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()


def read_baseline(path: Path) -> Baseline:
    """Errors: ReadError for what is neither a result of --format json nor a review sheet as it was written."""
    if _is_workbook(path):
        from fiscal.commands.review_sheet import read_sheet

        return read_sheet(path)
    try:
        documents = json.loads(path.read_text(encoding="utf-8"))["documents"]
        entries = [(entry["entity"], entry["year"], entry["path"], entry["findings"]) for entry in documents]
        lines = [(e, y, p, Earlier(f["key"], f["rule"], f["message"])) for e, y, p, fs in entries for f in fs]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadError(str(path), "is no baseline", "give a result of --format json or a reviewed xlsx") from error
    return gathered(path.name, lines, [entry[:3] for entry in entries])


def _is_workbook(path: Path) -> bool:
    """By its first bytes, whatever the file is called."""
    try:
        with path.open("rb") as file:
            return file.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    except OSError:
        return False


def gathered(name: str, lines: Iterable[tuple[Any, Any, Any, Earlier]], documents: Iterable[tuple[Any, Any, Any]], *,
             reviewed: bool = False, remarks: tuple[str, ...] = ()) -> Baseline:  # fmt: skip
    """A baseline from its lines (entity, year, path, finding) and the documents that it speaks of."""
    known: dict[tuple, dict[str, Earlier]] = {}
    paths: dict[str, tuple] = {}
    for entity, year, path in documents:
        known.setdefault(identity(entity, year), {})
        paths[_short(path)] = identity(entity, year)
    for entity, year, path, one in lines:
        known.setdefault(identity(entity, year), {})[one.key] = one
        paths.setdefault(_short(path), identity(entity, year))
    return Baseline(name, reviewed, known, paths, remarks)


def identity(entity: object, year: object) -> tuple:
    """Whose account, of which year."""
    return squeeze(str(entity or "")), str(year or "")


def _short(path: object) -> str:
    """A path without the folders above its own: results travel."""
    return "/".join(Path(str(path or "")).parts[-2:])


def refuse_stranger(baseline: Baseline, accounts: Iterable[Account]) -> None:
    """Errors: ReadError where the baseline speaks of none of the accounts."""
    accounts = list(accounts)
    if not accounts or not baseline.known or any(baseline.of(account) is not None for account in accounts):
        return
    theirs = "、".join(" ".join(part for part in known if part) or "单位不明" for known in baseline.known)
    ours = "、".join(f"{account.entity or account.path} {account.year or ''}".strip() for account in accounts)
    what = f"is a baseline of another document (对照的是{theirs}，本次核对的是{ours})"
    raise ReadError(baseline.name, what, "give the result or the reviewed sheet of the same account")


def compared(baseline: Baseline, account: Account, findings: Findings) -> Findings:
    """The findings without those left out, and what became of the earlier ones."""
    known = baseline.of(account)
    if known is None:
        stranger = (f"{baseline.name}中没有本资料，未作对照",)
        return replace(findings, compared=Compared(baseline.name, baseline.reviewed, sentences=stranger))
    now = {finding.key for finding in findings}
    hidden = {key for key, one in known.items() if not baseline.reviewed or one.decision == NOT_TRUE}
    left_out = tuple(finding for finding in findings if finding.key in hidden)
    settled = tuple(one for key, one in known.items() if key not in now)
    still = tuple(key for key in known if key in now and (key not in hidden or not baseline.reviewed))
    new = tuple(finding.key for finding in findings if finding.key not in known)
    told = _sentences(baseline, (len(settled), len(still), len(new)), len(left_out))
    result = Compared(baseline.name, baseline.reviewed, settled, still, new, known, (*told, *baseline.remarks))
    items = tuple(finding for finding in findings if finding.key not in hidden)
    return replace(findings, items=items, left_out=left_out, compared=result)


def _sentences(baseline: Baseline, counts: tuple[int, int, int], n_left: int) -> list[str]:
    settled, still, new = counts
    if not baseline.reviewed:
        return [
            f"对照上次结果（{baseline.name}）：已解决 {settled} 项，仍存在 {still} 项（本次不再列出），新增 {new} 项"
        ]
    told = [f"对照审核表（{baseline.name}）：已解决 {settled} 项，仍存在 {still} 项，新增 {new} 项"]
    if n_left:
        told.append(f"另有 {n_left} 项经审核为“不属实”，不再提示（依据{baseline.name}）")
    return told
