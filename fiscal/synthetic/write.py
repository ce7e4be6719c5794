"""Writing invented accounts into folders, in any format the readers take."""

from collections.abc import Callable
from pathlib import Path

import yaml

from fiscal.synthetic.account import SyntheticAccount
from fiscal.synthetic.write_xlsx import write_xlsx

Writer = Callable[[SyntheticAccount, Path], None]
WRITERS: dict[str, Writer] = {"xlsx": write_xlsx}
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def write_account(
    account: SyntheticAccount, folder: str | Path, *, format: str = "xlsx", with_notes: bool = True
) -> Path:
    """Write one account into `folder`; the path of its document.

    A workbook holds tables only, so its words go into notes.yaml beside it; the other formats tell them themselves.
    Errors: KeyError for a format that is not in WRITERS.
    """
    target = Path(folder) / f"accounts.{format}"
    target.parent.mkdir(parents=True, exist_ok=True)
    WRITERS[format](account, target)
    if with_notes and format == "xlsx":
        text = yaml.dump(account.notes, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=120)
        (target.parent / "notes.yaml").write_text(text, encoding="utf-8")
    return target
