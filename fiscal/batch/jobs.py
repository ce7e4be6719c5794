"""What there is to report: one job per account, with the key of everything its page is made from."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path

from fiscal.account import Account
from fiscal.batch import digest
from fiscal.batch.accounts import Loaded
from fiscal.batch.notebooks import chapters
from fiscal.errors import RunError

MANIFEST = "manifest.json"
PAGE = "report.html"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Job:
    """One account to report: plain data, so that it can be sent to a worker.

    key  hash of inputs, last year's inputs, code and notebooks: a page with this key need not be made again
    """

    account_path: str
    previous_path: str
    title: str
    folder: str
    key: str

    @property
    def is_made(self) -> bool:
        """Its page stands there, made from the same."""
        folder = Path(self.folder)
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return manifest.get("key") == self.key and (folder / PAGE).exists()


def entity_id(account: Account) -> str:
    """An ASCII folder name for the entity: the folder above the year where it has one, else a hash of the name."""
    folder = account.folder
    name = folder.parent.name if folder.name == str(account.year) else ""
    return name if _SAFE.fullmatch(name) else "entity-" + sha1(account.entity.encode()).hexdigest()[:10]


def plan(loaded: Loaded, accounts: Sequence[Account], out: Path) -> Iterator[Job]:
    """A job for each account. Errors: RunError where two claim the same entity and year."""
    taken: dict[Path, str] = {}
    for account in accounts:
        folder = out / entity_id(account) / str(account.year or "unknown")
        if taken.setdefault(folder, account.path) != account.path:
            raise RunError(
                account.path, f"claims the same entity and year as {taken[folder]}", "remove one, or report them apart"
            )
        previous = loaded.previous(account)
        inputs = [_inputs(account), _inputs(previous) if previous else ""]
        key = digest.of_texts([digest.of_code(), digest.of_files(chapters()), *inputs])
        yield Job(account.path, previous.path if previous else "", f"{account.entity} {account.year}", str(folder), key)


def _inputs(account: Account) -> str:
    notes = account.folder / "notes.yaml"
    files = {account.folder / name for name in account.disclosure.files} | ({notes} if notes.exists() else set())
    return digest.of_files(files)
