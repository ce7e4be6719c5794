"""One account, one place: the name an account is kept under, and the folder its page stands in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha1
from pathlib import Path

from fiscal.batch.standing import manifests
from fiscal.batch.steps import Found
from fiscal.dictionary.labels import squeeze

_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
LONGEST = 100  # characters of a folder name; file systems take 255 bytes
MOST_BYTES = 180


def told_apart(found: list[Found], said: list[str]) -> list[Found]:
    """Accounts of one name, year and kind with other contents in folders of other offices: two, by place.

    Each is then called by its name and the folder that tells it from the other. Copies, and files of one office's
    folder, stay rivals.
    """
    homes: dict[str, set[Path]] = defaultdict(set)
    taken: dict[tuple, dict[Path, str]] = defaultdict(dict)
    for item in found:
        if item.entity:
            homes[squeeze(item.entity)].add(item.home)
            taken[squeeze(item.entity), item.year, item.kind].setdefault(item.home, item.content)
    doubled = {name for (name, *_), contents in taken.items() if len(set(contents.values())) > 1}
    for name in sorted(doubled):
        places = ", ".join(sorted(map(str, homes[name])))
        said.append(f"{name}: accounts of this name stand in {places} — they are kept apart by their folder; "
                    "if they are one, keep them in one folder")  # fmt: skip
    return [_called(item, homes[squeeze(item.entity)]) if squeeze(item.entity) in doubled else item for item in found]


def _called(item: Found, homes: set[Path]) -> Found:
    """The account under a name that says which of these folders it is from."""
    others = homes - {item.home}
    parts = [part for part in item.home.parts if any(part not in other.parts for other in others)]
    return replace(item, called=f"{item.entity}（{parts[-1] if parts else item.home}）")


def folders(found: Iterable[Found], out: Path) -> dict[Found, Path]:
    """Each account with a folder of its own below `out`: the entity, then the year; a budget beside its year.

    A folder that stands keeps its account; of two that would share one, the later by path has a mark after its name.
    """
    places: dict[Found, Path] = {}
    owners: dict[str, set[str]] = defaultdict(set)  # folder name → whose pages stand there
    for folder, about in manifests(out):
        owners[folder.parent.name] |= {squeeze(str(about["entity"])), about.get("home", "")} - {""}
    taken: set[Path] = set()
    for item in sorted(found, key=lambda item: (item.path, item.kind)):
        name = _name(item)
        if not owners[name].isdisjoint(_owners(item)) or not owners[name]:
            owners[name] |= _owners(item)
        else:
            name = f"{name}-{mark(_owner(item))}"
        folder = out / name / _year(item)
        if folder in taken:
            folder = folder.with_name(f"{folder.name}-{mark(item.source)}")
        taken.add(folder)
        places[item] = folder
    return places


def mark(text: str) -> str:
    """A short mark that stands for a text."""
    return sha1(text.encode("utf-8", "backslashreplace")).hexdigest()[:8]


def _owner(item: Found) -> str:
    """Whose folder it is: the entity's, or that of the one account that names none."""
    return squeeze(item.name) or item.path


def _owners(item: Found) -> set[str]:
    """What an entity's folder is known by: its name, and where its accounts come from (an office may be renamed)."""
    return {_owner(item), mark(str(item.home))}


def _name(item: Found) -> str:
    """A folder name for the entity that can be read: the folder above the year where it has a plain one, else its name.

    An account that names none has a mark of its path.
    """
    name = item.folder.parent.name if item.folder.name == str(item.year) else ""
    if name and name[0].isalnum() and _SAFE.issuperset(name) and len(name) <= LONGEST:
        return name
    kept = "".join(letter if letter.isalnum() or letter in _SAFE else "-" for letter in squeeze(item.name))
    plain = kept.encode("utf-8", "ignore")[:MOST_BYTES].decode("utf-8", "ignore").strip("-.")
    return plain or f"entity-{mark(_owner(item))}"


def _year(item: Found) -> str:
    year = str(item.year or "unknown")
    return f"{year}-budget" if item.kind == "budget" else year
