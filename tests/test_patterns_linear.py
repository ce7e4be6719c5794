"""Every pattern of the package and of its dictionary is through with 20 kB of any shape in under a second.

Patterns are found by themselves: in the modules, in what the loaders of the dictionary return, and in the data files.
"""

import inspect
import re
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path

import papermill  # noqa: F401  # loads the engine of ours itself, and must be there before it

from fiscal import sandbox
from fiscal.sandbox import Children, limits

PACKAGE = Path(__file__).parents[1] / "fiscal"
SIZE, MOST_SECONDS = 20_000, 1.0
UNITS = (
    " ", "\n", " \n", "\t", "1", "1 ", "12.", "1,", "一", "（", "）", "（一）", "甲", "的支出", "、", "，甲",
    "12.34万元", "2023年", "[", "aA_", "<br>", "-", "其中：甲乙1.00万元，", "增长1.0%，",
)  # fmt: skip
SHAPES = {unit: (unit * SIZE)[: SIZE - 1] + "x" for unit in UNITS}


def patterns() -> dict[str, re.Pattern]:
    """Every compiled pattern that a module or a loader without parameters holds, by its text and flags."""
    found: dict[str, re.Pattern] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name.startswith("__") or "synthetic" in path.parts:
            continue
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for key, value in vars(import_module(name)).items():
            if getattr(value, "__module__", name) == name or not callable(value):
                for pattern in _held(_made(value), set()):
                    if isinstance(pattern.pattern, str):
                        found.setdefault(f"{pattern.flags}:{pattern.pattern}", pattern)
            del key
    return found


def _made(value: object) -> object:
    """What a cached function without parameters returns; anything else as it is."""
    if hasattr(value, "cache_info") and not inspect.signature(value).parameters:
        try:
            return value()
        except (ImportError, ModuleNotFoundError):
            return None
    return value


def _held(value: object, seen: set[int], depth: int = 0) -> Iterator[re.Pattern]:
    """The patterns in a value and in what it is made of."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 7 and id(value) not in seen and not isinstance(value, type):
        seen.add(id(value))
        for part in _parts(value):
            yield from _held(part, seen, depth + 1)


def _parts(value: object) -> list:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if is_dataclass(value):
        return [getattr(value, field.name, None) for field in fields(value)]
    return []


def slowest(text: str, flags: int) -> tuple[float, str]:
    """Seconds of the slowest shape for one pattern, and which."""
    pattern = re.compile(text, flags)
    with limits(text):
        return max((_seconds(pattern, shape), unit) for unit, shape in SHAPES.items())


def _seconds(pattern: re.Pattern, shape: str) -> float:
    start = time.process_time()
    pattern.search(shape)
    return time.process_time() - start


def failures(found: list[re.Pattern]) -> list[str]:
    """The patterns that take too long, each with its worst shape."""
    told = []
    items = ((pattern.pattern, pattern.flags) for pattern in found)
    for (text, _), result in Children(2).each(slowest, items):
        if isinstance(result, Exception):
            told.append(f"{text[:120]!r}: more than {sandbox.SECONDS} s")
        elif result[0] > MOST_SECONDS:
            told.append(f"{text[:120]!r} on {result[1]!r}: {result[0]:.1f} s")
    return told


def test_a_pattern_of_exponential_time_is_found(monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 1)
    assert len(failures([re.compile(r"(?:\d+|[<>])+$"), re.compile("甲乙")])) == 1


def test_every_pattern_is_linear(monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 20)
    found = patterns()
    assert len(found) > 200
    assert failures(list(found.values())) == []
