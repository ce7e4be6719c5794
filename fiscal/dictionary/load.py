"""Reading the data files; a wrong entry fails here with the file, the entry, the reason and the next step."""

import csv
import marshal
import re
import sys
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from difflib import get_close_matches
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, NoReturn

import yaml

from fiscal.errors import DeclarationError
from fiscal.paths import write_bytes

DATA = Path(__file__).parent / "data"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NAMES = {
    str: "text", dict: "a mapping of fields", list: "a list", int: "a whole number", bool: "true or false",
    type(None): "empty",
}  # fmt: skip


def refuse(file: str | Path, entry: str, reason: str, next_step: str = "correct the entry") -> NoReturn:
    """Stop loading: this entry of this file is wrong for this reason."""
    raise DeclarationError(f"{Path(file).name}, {entry}", reason, next_step)


def refuse_unknown(file: str | Path, entry: str, what: str, name: object, known: Collection[str]) -> None:
    """Refuse a reference that is not among the known names; the nearest of them is the next step."""
    if isinstance(name, str) and name in known:
        return
    names = [str(one) for one in known]
    if name in names:
        return
    near = get_close_matches(str(name), names, 1, 0.5)
    say = f"write {near[0]}, or declare it" if near else f"write one of {', '.join(sorted(names)[:8])}"
    refuse(file, entry, f"unknown {what} {name}", say)


def read_yaml(path: Path) -> Any:
    """The content of one YAML file."""
    try:
        return _kept(path) if path.is_relative_to(DATA) else _parsed(path)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DeclarationError(path.name, f"not valid YAML: {error}", "correct the file") from error
    except OSError as error:
        raise DeclarationError(str(path), f"cannot be read: {error.strerror}", "check the path") from error


def _parsed(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)


def _kept(path: Path) -> Any:
    """A file of the package as it was parsed before: kept where and as Python keeps its compiled modules."""
    status, kept = path.stat(), Path(cache_from_source(str(path.with_name(f"{path.name}.py"))))
    stamp = (status.st_mtime_ns, status.st_size)
    with suppress(OSError, ValueError, EOFError, TypeError):
        found, content = marshal.loads(kept.read_bytes())
        if found == stamp:
            return content
    content = _parsed(path)
    if not sys.dont_write_bytecode:
        with suppress(OSError, ValueError):  # what may not be written is parsed each time
            kept.parent.mkdir(exist_ok=True)
            write_bytes(kept, marshal.dumps((stamp, content)))
    return content


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of one CSV file of the dictionary."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def require(entry: dict, fields: Iterable[str], file: str | Path, name: str) -> None:
    """Refuse an entry that lacks one of `fields`."""
    missing = [field for field in fields if field not in entry]
    if missing:
        refuse(file, name, f"lacks {', '.join(missing)}")


def compiled(pattern: object, file: str | Path, entry: str) -> re.Pattern[str]:
    """A regular expression of an entry; one that is none is refused."""
    try:
        return re.compile(str(pattern))
    except re.error as error:
        refuse(file, entry, f"“{pattern}” is no pattern: {error}", "correct the regular expression")


def checked(value: Any, shape: Any, file: str | Path, entry: str) -> Any:
    """The value, if it has the declared shape; unknown fields, missing ones and wrong types are refused.

    A shape is a type, a tuple of shapes (either of them), [shape] (a list of it), {str: shape} (any names) or a
    mapping of field names, those that must be there with a “!” at the end. `object` allows anything.
    """
    if shape is None:
        return checked(value, type(None), file, entry)
    if isinstance(shape, tuple):
        return _either(value, shape, file, entry)
    if isinstance(shape, list):
        if not isinstance(value, list):
            refuse(file, entry, f"must be a list, is {_said(value)}", "write [ … ] or lines that begin with “-”")
        return [checked(one, shape[0], file, f"{entry}, no. {n}") for n, one in enumerate(value, start=1)]
    if isinstance(shape, dict):
        return _mapping(value, shape, file, entry)
    if not isinstance(value, shape) or (shape is int and isinstance(value, bool)):
        refuse(file, entry, f"must be {_NAMES.get(shape, shape.__name__)}, is {_said(value)}")
    return value


def _either(value: Any, shapes: tuple, file: str | Path, entry: str) -> Any:
    for shape in shapes[:-1]:
        try:
            return checked(value, shape, file, entry)
        except DeclarationError:
            if type(value) is type(shape):  # a list or mapping as declared: what is wrong is inside it
                raise
    return checked(value, shapes[-1], file, entry)


def _mapping(value: Any, shape: dict, file: str | Path, entry: str) -> dict:
    if not isinstance(value, Mapping):
        refuse(file, entry, f"must be a mapping of fields, is {_said(value)}", "write name: value")
    if str in shape:
        return {key: checked(one, shape[str], file, f"{entry}, {key}") for key, one in value.items()}
    fields = {name.rstrip("!"): one for name, one in shape.items()}
    for key in value:
        refuse_unknown(file, entry, "field", key, fields)
    require(dict(value), [name[:-1] for name in shape if name.endswith("!")], file, entry)
    return {key: checked(one, fields[key], file, f"{entry}, {key}") for key, one in value.items()}


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, Mapping):
        return "a mapping"
    return _NAMES.get(type(value), type(value).__name__) + (f" “{value}”" if value is not None else "")
