"""The rooms of the house: imports run one way, every room says what it holds."""

import ast
from collections import Counter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "fiscal"

OPEN = {"errors", "paths", "sandbox"}  # open to all rooms; they need nothing but the standard library
# room → rooms it may import
MAY_IMPORT = {
    "errors": set(),
    "paths": set(),
    "sandbox": set(),
    "model": set(),
    "dictionary": {"model"},
    "readers": {"dictionary", "model"},
    "recognise": {"dictionary", "readers", "model"},
    "statements": {"dictionary", "model"},
    "checks": {"dictionary", "model"},
    "judged": {"readers", "model"},  # readers: pictures of pages
    "account": {"judged", "recognise", "statements", "checks", "dictionary", "model"},
    "metrics": {"dictionary", "model"},
    "charts": {"metrics", "model"},
    "narrative": {"metrics", "dictionary", "model"},
    "report": {"charts", "narrative", "metrics", "account", "dictionary", "model"},
    "store": {"metrics", "account", "dictionary", "model"},
    "synthetic": {"narrative", "dictionary", "model"},
    "batch": {"store", "report", "account", "metrics", "charts", "recognise", "dictionary", "model"},
    "commands": {"batch", "store", "report", "account", "recognise", "dictionary", "model"},
    "__main__": {"cli"},
    "cli": {"commands", "batch", "dictionary", "model", "store", "synthetic"},
    "__init__": set(),
}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "fiscal" else [node.module]
            )
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        rooms |= {name.split(".")[1] for name in names if name.startswith("fiscal.")}
    return rooms - {"__version__"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(path):
    room = room_of(path)
    assert imported_rooms(path) - {room, *OPEN} <= MAY_IMPORT[room]


@pytest.mark.parametrize("room", sorted(p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name[0] not in "._"))
def test_every_room_says_what_it_holds(room):
    text = (PACKAGE / room / "README.md").read_text(encoding="utf-8")
    assert 3 <= len(text.splitlines()) <= 20


def test_no_file_is_longer_than_400_lines():
    long = [p.name for p in PACKAGE.rglob("*.py") if len(p.read_text(encoding="utf-8").splitlines()) > 400]
    assert long == []


def test_no_two_modules_share_a_name():
    names = Counter(path.stem for path in PACKAGE.rglob("*.py"))
    assert {name for name, n in names.items() if n > 1} <= {"__init__", "__main__"}


def test_no_two_rooms_share_a_circle():
    left = {room: needed & MAY_IMPORT.keys() for room, needed in MAY_IMPORT.items()}
    while left:
        free = {room for room, needed in left.items() if not needed & left.keys()}
        assert free, f"a circle among {sorted(left)}"
        left = {room: needed for room, needed in left.items() if room not in free}
