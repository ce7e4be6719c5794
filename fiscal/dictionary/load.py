"""Reading the data files; a wrong entry fails here with the file, the entry and the reason."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import yaml

from fiscal.errors import DeclarationError

DATA = Path(__file__).parent / "data"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def refuse(file: str | Path, entry: str, reason: str) -> NoReturn:
    """Stop loading: this entry of this file is wrong for this reason."""
    raise DeclarationError(f"{Path(file).name}, {entry}", reason, "correct the entry")


def read_yaml(path: Path) -> Any:
    """The content of one YAML file."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DeclarationError(path.name, f"not valid YAML: {error}", "correct the file") from error
    except OSError as error:
        raise DeclarationError(str(path), f"cannot be read: {error.strerror}", "check the path") from error


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of one CSV file of the dictionary."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def require(entry: dict, fields: Iterable[str], file: str | Path, name: str) -> None:
    """Refuse an entry that lacks one of `fields`."""
    missing = [field for field in fields if field not in entry]
    if missing:
        refuse(file, name, f"lacks {', '.join(missing)}")
