"""Writing invented accounts into folders, in any format the readers take."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import yaml

from fiscal.errors import RunError
from fiscal.synthetic.invent import SyntheticAccount

Writer = Callable[[SyntheticAccount, Path], None]
FORMATS = ("xlsx", "docx", "html", "pdf", "txt")
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def write_account(
    account: SyntheticAccount, folder: str | Path, *, format: str = "xlsx", with_notes: bool = True
) -> Path:
    """Write one account into `folder` as accounts.…, or one budget as budget.…; the path of its document.

    A workbook holds tables only, so its words go into notes.yaml beside it; the other formats tell them themselves.
    Errors: ValueError for a format that is not in FORMATS; RunError where the extra `synthetic` is not installed.
    """
    target = Path(folder) / f"{'budget' if account.kind == 'budget' else 'accounts'}.{format}"
    target.parent.mkdir(parents=True, exist_ok=True)
    _writer(format)(account, target)
    if with_notes and format == "xlsx" and account.kind != "budget":
        text = yaml.dump(account.notes, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=120)
        (target.parent / "notes.yaml").write_text(text, encoding="utf-8")
    return target


def _writer(format: str) -> Writer:
    """The writer of a format; its library is loaded only now."""
    if format not in FORMATS:
        raise ValueError(f"unknown format {format}; known are {', '.join(FORMATS)}")
    try:
        module = import_module(f"fiscal.synthetic.write_{format}")
    except ModuleNotFoundError as error:
        step = "pip install 'fiscal-notebooks[synthetic]'"
        raise RunError(f"format {format}", f"its library {error.name} is not installed", step) from error
    return getattr(module, f"write_{format}")
