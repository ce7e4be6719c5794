"""The steps of a batch as plain functions of paths and keys, to be run in any process.

read    the files of one folder → its disclosures
judge   one disclosure, with last year's → rows for the store and a summary
store   rows of one bucket → the store
"""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from fiscal.account import Account
from fiscal.batch import digest
from fiscal.batch.staging import Staging
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import SEVERITIES
from fiscal.recognise.package import Outline, Unreadable, is_document, outline, read_packages
from fiscal.sandbox import limits
from fiscal.store.layout import Bucket
from fiscal.store.rows import Rows, rows_of
from fiscal.store.writing import replace_bucket


@dataclass(frozen=True)
class Found:
    """One account that a folder holds: enough to pair it and to judge it, without its contents.

    path    its file, or its folder where it has several
    source  what `fiscal.read` takes to read this account and no other
    content hash of the files it was read from; files are those that were read together with it
    called  the name it is kept under where another account has the same (see places.py)
    level   department, unit or ""
    """

    path: str
    source: str
    entity: str
    year: int | None
    kind: str
    unit: str
    key: str
    index: int
    short_name: str
    outline: Outline
    content: str = ""
    called: str = ""
    files: tuple[str, ...] = ()
    level: str = ""

    @property
    def name(self) -> str:
        """What the account is kept under: its entity, or what tells it from another of that name."""
        return self.called or self.entity

    @property
    def folder(self) -> Path:
        """The folder of its files."""
        path = Path(self.path)
        return path if path.is_dir() else path.parent

    @property
    def home(self) -> Path:
        """The folder of the office: the one above the year where the folder is named after one."""
        is_year = len(self.folder.name) == 4 and self.folder.name.isdecimal()
        return self.folder.parent if is_year else self.folder

    @property
    def names(self) -> set[str]:
        """What the entity may be called on the command line: name, short name, names of its folders."""
        return {self.entity, self.name, self.short_name, self.folder.name, self.folder.parent.name} - {""}


@dataclass(frozen=True)
class Pair:
    """What an account is checked with: last year's, and identities of the analyst's own.

    budget    of an account: the budget of its year
    executed  of a budget: the account of the year before
    """

    found: Found
    previous: Found | None
    rules: tuple[Any, ...] = ()
    budget: Found | None = None
    executed: Found | None = None

    @cached_property
    def key(self) -> str:
        """Hash of all this, and of the code."""
        items = (self.found, self.previous, self.budget, self.executed)
        texts = [part for item in items if item for part in (item.key, str(item.index))]
        return digest.of_texts(["judge", digest.of_code(), repr(self.rules), self.found.called, *texts])


@dataclass(frozen=True)
class Judged:
    """What a batch keeps of a checked account in memory. The rows lie in the staging area under `key`."""

    key: str
    document_id: str
    year: int
    findings: dict[str, int]


def read(staging: Staging, paths: tuple[str, ...]) -> tuple[list[Found], list[Unreadable]]:
    """Read the files of one folder; accounts and unreadable files."""
    content = digest.of_files(Path(path) for path in paths)
    key = digest.of_texts(["read", digest.of_code(), *paths, content])
    return staging.made("found", key, lambda: _read(staging, key, paths, content))


def _read(staging: Staging, key: str, paths: tuple[str, ...], content: str) -> tuple[list[Found], list[Unreadable]]:
    items = _items(staging, key, paths)
    unreadable = [item for item in items if isinstance(item, Unreadable)]
    is_whole = len(items) - len(unreadable) == 1 and _is_whole(paths)
    found = [
        Found(item.path, item.path if is_whole else _files(item), item.entity, item.year, item.kind, item.unit, key,
              index, (item.notes.get("entity") or {}).get("short_name", ""), outline(item), content,
              files=paths, level=item.level)
        for index, item in enumerate(items) if isinstance(item, Disclosure)
    ]  # fmt: skip
    return found, unreadable


def _items(staging: Staging, key: str, paths: tuple[str, ...]) -> list[Disclosure | Unreadable]:
    return staging.made("read", key, lambda: list(read_packages(list(paths))))


def _is_whole(paths: tuple[str, ...]) -> bool:
    """Whether these are all documents of their folder, so that its name stands for them."""
    folder = Path(paths[0]).parent
    return set(map(Path, paths)) == {file for file in folder.glob("*") if is_document(file)}


def _files(account: Disclosure) -> str:
    """The files of an account that shares its folder with others."""
    return os.pathsep.join(account.files) if len(account.files) > 1 else account.path


def judge(staging: Staging, pair: Pair) -> Judged:
    """Check one account and lay its rows down for the store."""
    return staging.made("judged", pair.key, lambda: _checked(staging, pair)[1])


def store(staging: Staging, root: str, bucket: Bucket, pairs: tuple[Pair, ...],
          leaving: frozenset[str] = frozenset()) -> int:  # fmt: skip
    """Put the rows of these accounts into their bucket, in place of the `leaving` ones; how many documents."""
    replace_bucket(Path(root), bucket, (_checked(staging, pair)[0] for pair in pairs), leaving=leaving)
    return len(pairs)


def _checked(staging: Staging, pair: Pair) -> tuple[Rows, Judged]:
    return staging.made("rows", pair.key, lambda: _check(staging, pair))


def _check(staging: Staging, pair: Pair) -> tuple[Rows, Judged]:
    account, before = accounts(staging, pair)
    with limits(pair.found.path):
        findings = account.check(before, rules=pair.rules)
    rows = rows_of(account, findings, pair.key, entity=pair.found.name)
    severities = [finding.severity for finding in findings]
    counts = {severity: severities.count(severity) for severity in SEVERITIES}
    return rows, Judged(pair.key, rows.document_id, rows.year, counts)


def accounts(staging: Staging, pair: Pair) -> tuple[Account, Account | None]:
    """An account, which holds its budget or last year's outcome, and last year's, as they were read."""
    account = Account(_disclosure(staging, pair.found))
    before, account.budget, account.executed = (
        Account(_disclosure(staging, one)) if one else None for one in (pair.previous, pair.budget, pair.executed)
    )
    return account, before


def _disclosure(staging: Staging, found: Found) -> Disclosure:
    item = _items(staging, found.key, found.files)[found.index]
    assert isinstance(item, Disclosure)
    return item
