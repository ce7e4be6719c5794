"""Reading everything: a task per folder; in a crowded folder one per file, and again for files that belong together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fiscal.batch import steps
from fiscal.batch.each_folder import each_folder, sentence
from fiscal.batch.engine.pools import Pool
from fiscal.batch.progress import Step
from fiscal.batch.staging import Staging
from fiscal.batch.steps import Found
from fiscal.recognise.notes import NAME as NOTES
from fiscal.recognise.package import group

CROWDED = 12  # documents of one account hardly are more; a folder with more holds many accounts
Task = tuple[str, ...]


def split(folders: Iterable[tuple[Path, list[Path]]]) -> Iterator[Task]:
    """The files to be read together: those of a folder, or each alone where a folder is crowded and has no notes."""
    for _, files in folders:
        if len(files) > CROWDED and all(file.name != NOTES for file in files):
            yield from ((str(file),) for file in files)
        else:
            yield tuple(map(str, files))


@dataclass(frozen=True)
class Gathered:
    """All accounts by entity, year and path; what could not be read, by path; keys of all that was read."""

    found: list[Found]
    unreadable: list[dict]
    keys: set[str]


def gather(pool: Pool, staging: Staging, tasks: list[Task], step: Step) -> Gathered:
    """Read all tasks."""
    found, unreadable = _read(pool, staging, tasks, step)
    again = [tuple(str(one.path) for one in members) for members in _apart(found, tasks)]
    keys = {item.key for item in found}
    if again:
        parted = {path for members in again for path in members}
        whole, more = _read(pool, staging, again, lambda name: None)
        found = [item for item in found if item.path not in parted] + whole
        unreadable += more
    unreadable.sort(key=lambda item: item["path"])
    found.sort(key=lambda item: (item.entity, item.year or 0, item.source))
    return Gathered(found, unreadable, keys | {item.key for item in found})


def _apart(found: list[Found], tasks: list[Task]) -> Iterator[list[Found]]:
    """Files of crowded folders that were read alone and name the same entity, year and kind."""
    alone = {task[0] for task in tasks if len(task) == 1}
    folders: dict[Path, list[Found]] = defaultdict(list)
    for item in found:
        if item.path in alone:
            folders[Path(item.path).parent].append(item)
    for items in folders.values():
        yield from (members for members in group(items) if len(members) > 1)


def _read(pool: Pool, staging: Staging, tasks: list[Task], step: Step) -> tuple[list[Found], list[dict]]:
    found: list[Found] = []
    unreadable: list[dict] = []
    known: dict[frozenset, frozenset] = {}
    for (_, files), result in each_folder(pool, steps.read, ((staging, files) for files in tasks)):
        if isinstance(result, Exception):
            unreadable += [{"path": path, "sentence": f"could not be read: {sentence(result)}"}
                           for path in getattr(result, "paths", ()) or files[:1]]  # fmt: skip
        else:
            found += [_shared(item, known) for item in result[0]]
            unreadable += [{"path": item.path, "sentence": item.sentence} for item in result[1]]
        step(files[0])
    return found, unreadable


def _shared(item: Found, known: dict[frozenset, frozenset]) -> Found:
    """The account with its sets of tables kept once: most accounts have the same."""
    tables, filled = (known.setdefault(names, names) for names in (item.outline.tables, item.outline.filled))
    return replace(item, outline=replace(item.outline, tables=tables, filled=filled))
