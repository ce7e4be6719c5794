"""Results of steps on disk, named by the hash of what they were made from.

A step that was done before, by this run or an interrupted one, is not done again; a file is put in its place whole, so
a kill at any moment leaves only whole results. Each carries a seal made with a secret of this user: what is damaged, or
was made by a stranger, is not opened but made anew.
"""

import hmac
import os
import pickle
import secrets
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from fiscal.errors import RunError
from fiscal.paths import write_bytes

NAME = ".staging"
_LENGTH = sha256().digest_size


@dataclass(frozen=True)
class Staging:
    """The folder of one run's results; plain data, so that it can be sent to a worker."""

    folder: str
    secret: bytes = field(repr=False)

    def made(self, kind: str, key: str, make: Callable[[], Any]) -> Any:
        """The result of `make`, or what a run made from the same before. Errors: RunError where it cannot be kept."""
        path = Path(self.folder, kind, key[:2], f"{key}.pkl")
        try:
            sealed = path.read_bytes()
        except OSError:
            sealed = b""
        if hmac.compare_digest(sealed[:_LENGTH], self._seal(kind, key, sealed[_LENGTH:])):
            return pickle.loads(memoryview(sealed)[_LENGTH:])
        result = make()
        content = pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL)
        try:
            write_bytes(path, self._seal(kind, key, content) + content)
        except OSError as error:
            step = "free space or give another --out"
            raise RunError(self.folder, f"cannot be written: {error.strerror}", step) from error
        return result

    def _seal(self, kind: str, key: str, content: bytes) -> bytes:
        return hmac.digest(self.secret, f"{kind} {key} ".encode() + content, "sha256")

    def sweep(self, keep: set[str]) -> None:
        """Remove results that no document of this run needs, and leftovers of interrupted writes."""
        for path in Path(self.folder).rglob("*"):
            if path.is_file() and (path.suffix != ".pkl" or path.stem not in keep):
                path.unlink(missing_ok=True)


def open_staging(out: Path) -> Staging:
    """The results below `out`, which only this user may read and write.

    Errors: RunError when the folder is another user's or cannot be made.
    """
    folder = out / NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
                raise RunError(str(folder), "belongs to another user", "remove it or give another --out")
            folder.chmod(0o700)
    except OSError as error:
        raise RunError(str(folder), f"cannot be written: {error.strerror}", "give another --out") from error
    return Staging(str(folder), _secret())


def _secret() -> bytes:
    """What this user seals with, on every machine that has the same home. Without a home each run has its own."""
    new = secrets.token_bytes(32)
    try:
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
        path = Path(state, "fiscal", "seal")
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(new)
        is_ours = os.name != "posix" or not path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        known = path.read_bytes()
    except (OSError, RuntimeError):  # RuntimeError: this user has no home
        return new
    return known if is_ours and len(known) >= len(new) else new


def tidy(out: Path) -> None:
    """Remove what interrupted writes of pages left."""
    for pattern in (".*.part", "*/.*.part", "*/*/.*.part"):
        for part in out.glob(pattern):
            part.unlink(missing_ok=True)
