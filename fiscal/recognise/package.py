"""From paths to accounts: files are found, read, grouped by entity and year within their folder, and merged."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from fiscal.dictionary.tables import catalogue
from fiscal.dictionary.whole import require_dictionary
from fiscal.errors import DeclarationError, FileExhausting, FiscalError
from fiscal.model.cells import Place
from fiscal.model.disclosure import Disclosure
from fiscal.model.unread import FILE, Unread
from fiscal.readers.foreign import Ignored, is_foreign, why_ignored
from fiscal.readers.grid import RawDocument
from fiscal.readers.registry import ARCHIVES, SUFFIXES, load_for, read_raw
from fiscal.recognise import recognise
from fiscal.recognise.merge_notes import with_notes
from fiscal.recognise.notes import NAME as NOTES
from fiscal.recognise.notes import WRONG_FORM, read_notes
from fiscal.recognise.split_bodies import parted
from fiscal.recognise.told import relevant
from fiscal.sandbox import MEMORY, limits

MOST_AT_ONCE = 40
PART = "#"  # between a file and the body whose account is one of several in it


@dataclass(frozen=True)
class Unreadable:
    """An input that could not be read, and the sentence why."""

    path: str
    sentence: str


@dataclass(frozen=True)
class Outline:
    """What of an account decides whether it belongs to another: its name, and the tables it has and has filled."""

    entity: str
    year: int | None
    kind: str
    tables: frozenset[str]
    filled: frozenset[str]

    @property
    def is_named(self) -> bool:
        return bool(self.entity and self.year)

    @property
    def near(self) -> tuple:
        """Equal for all named accounts that can belong together, so that few need comparing."""
        return self.year, _bare(self.entity)[-2:]


def outline(account: Disclosure) -> Outline:
    """The outline of one account."""
    filled = frozenset(key for key, table in account.tables.items() if not table.empty)
    return Outline(account.entity, account.year, account.kind, frozenset(account.tables), filled)


class HasOutline(Protocol):
    """What can be grouped: one file, read on its own."""

    @property
    def path(self) -> str | Path: ...

    @property
    def outline(self) -> Outline: ...


T = TypeVar("T", bound=HasOutline)


@dataclass(frozen=True)
class _Read:
    """One file of a folder, recognised on its own."""

    path: Path
    alone: Disclosure
    raw: RawDocument | None

    @cached_property
    def outline(self) -> Outline:
        return outline(self.alone)


def read_packages(paths: Iterable[str | Path]) -> Iterator[Disclosure | Unreadable]:
    """Every account among `paths` (files or folders, searched through), and every input that could not be read.

    Files of one folder that name the same entity, year and kind are one account; an account never spans folders.
    Order: folders as given and sorted by name; within a folder by file name.
    Errors: DeclarationError, before any file is read, for a wrong entry of the dictionary.
    """
    require_dictionary()
    found = (account for folder, files in discover(paths) for account in _read_folder(folder, files))
    yield from claimed_once(found)


def prepare_for(tasks: Iterable[tuple[str, ...]]) -> None:
    """Load the readers that these files may need, before children are forked that read them."""
    for path in {path for files in tasks for path in files}:
        load_for(path)


def read_folder(files: Sequence[str]) -> list[Disclosure | Unreadable]:
    """Every account among files of one folder, and those that could not be read."""
    return list(_read_folder(Path(files[0]).parent, list(map(Path, files))))


def claimed_once(found: Iterable[Disclosure | Unreadable]) -> Iterator[Disclosure | Unreadable]:
    """The same, each account told of an earlier one with the same entity, year and kind."""
    seen: dict[tuple, str] = {}
    for account in found:
        yield _claimed_once(account, seen) if isinstance(account, Disclosure) else account


def discover(paths: Iterable[str | Path]) -> Iterator[tuple[Path, list[Path]]]:
    """(folder, its files) for every folder that holds documents; missing paths come as their own file.

    Errors: DeclarationError, before any file is read, for a wrong entry of the dictionary.
    """
    require_dictionary()
    chosen: dict[Path, dict[Path, None]] = {}
    for path in map(Path, paths):
        files = sorted(path.rglob("*")) if os.path.isdir(path) else [path]
        for file in files:
            if file == path or is_document(file):
                chosen.setdefault(file.parent, {})[file] = None
    yield from ((folder, list(files)) for folder, files in chosen.items())


def is_document(file: Path) -> bool:
    """A file that a folder is searched for: of a known ending, an archive, or notes.yaml; no hidden or lock file.

    Documents in formats we do not take belong to them, so that what they hold is not missed in silence.
    """
    if file.name.startswith(("~$", ".")) or not os.path.isfile(file):
        return False
    return file.suffix.lower() in SUFFIXES | ARCHIVES or file.name == NOTES or is_foreign(file)


def ignored(paths: Iterable[str | Path]) -> list[Ignored]:
    """Every file below the folders among `paths` that is no document, and every link that is not followed: why."""
    folders = [path for path in map(Path, paths) if path.is_dir()]
    below = dict.fromkeys(file for folder in folders for file in sorted(folder.rglob("*")))
    files = [file for file in below if file.is_file() or file.is_symlink()]
    return [Ignored(str(file), why_ignored(file)) for file in files if not is_document(file)]


def _read_folder(folder: Path, files: list[Path]) -> Iterator[Disclosure | Unreadable]:
    documents = [file for file in files if file.name != NOTES]
    notes_file = folder / NOTES
    notes = _notes(notes_file) if notes_file.is_file() else {}
    if isinstance(notes, Unreadable):
        yield notes
        notes = {}
    read: list[_Read] = []
    gone: list[Unreadable] = []
    for file in documents:
        found = _read_file(file, keep=len(documents) <= MOST_AT_ONCE)
        if isinstance(found, Unreadable):
            gone.append(found)
            yield found
        else:
            read += found
    groups = group(read)
    if notes and not groups and not documents:
        yield with_notes(recognise([], str(folder)), notes, notes_file)
    owner = _notes_owner(groups, notes)
    for members in groups:
        account = _merged(folder, members)
        if len(groups) == 1:
            account = _beside(account, gone)
        if members is owner:
            yield _with_notes(account, notes, notes_file)
        else:
            lacks = owner is None and _of_kind(members, notes)
            yield _against_folder(_without_notes(account, notes) if lacks else account, folder)


def _with_notes(account: Disclosure, notes: dict, file: Path) -> Disclosure:
    """The account with its notes; without them, and told so, where a value in them has the wrong form."""
    try:
        return with_notes(account, notes, file)
    except WRONG_FORM as error:
        sentence = f"{file}：有的值写法不对（{error}），说明文件未用：请更正"
        return replace(account, problems=(*account.problems, sentence))


def _beside(account: Disclosure, gone: list[Unreadable]) -> Disclosure:
    """The only account of a folder may go on in a file of it that could not be read: what it lacks may stand there."""
    wanted = catalogue().profiles[account.profile]
    parts = [Unread(FILE, "", Place(document=Path(item.path).name), item.sentence) for item in gone]
    more = relevant(parts, set(account.tables), wanted)
    return replace(account, unread=(*account.unread, *more)) if more else account


def _notes(path: Path) -> dict | Unreadable:
    try:
        return read_notes(path)
    except FiscalError as error:
        return Unreadable(str(path), str(error))


def _read_file(file: Path, *, keep: bool) -> list[_Read] | Unreadable:
    """One file on its own, body by body. Whatever goes wrong costs this file alone and is told."""
    try:
        with limits(str(file)):
            raws = parted(read_raw(file))
            found = [recognise([raw], str(file)) for raw in raws]
            if len(raws) == 1:
                return [_Read(file, found[0], raws[0] if keep else None)]
            parts = (replace(one, path=f"{file}{PART}{one.entity}") for one in found)
            return [_Read(file, one, raw) for one, raw in zip(parts, raws)]
    except DeclarationError:
        raise  # the dictionary is wrong, not this file: said once, by whoever began
    except FiscalError as error:
        return Unreadable(str(file), str(error))
    except MemoryError:
        what = f"needs more than {MEMORY // 2**30} GB of memory"
        return Unreadable(str(file), str(FileExhausting(file.name, what, "check where it came from")))
    except Exception as error:  # a fault of a reader must not cost the other documents; it is reported, not hidden
        return Unreadable(
            str(file), f"{file.name}: the reader failed ({type(error).__name__}: {error}) — please report it"
        )


def group(read: Iterable[T]) -> list[list[T]]:
    """Files that belong to one account; a nameless one joins the only account it neither contradicts nor repeats."""
    groups: list[list[T]] = []
    near: dict[tuple, list[list[T]]] = defaultdict(list)
    for one in sorted(read, key=lambda one: not one.outline.is_named):
        candidates = near[one.outline.near] if one.outline.is_named else groups
        fitting = [members for members in candidates if all(_together(one.outline, m.outline) for m in members)]
        if len(fitting) == 1:
            fitting[0].append(one)
        else:
            groups.append([one])
            near[one.outline.near].append(groups[-1])
    return [sorted(members, key=lambda one: one.path) for members in groups]


def _together(one: Outline, other: Outline) -> bool:
    if one.year and other.year and one.year != other.year:
        return False
    if "unknown" not in (one.kind, other.kind) and one.kind != other.kind:
        return False
    if one.entity and other.entity:
        return same_entity(one.entity, other.entity)
    both_filled = bool(one.filled and other.filled)
    return not (one.tables and other.tables) or (both_filled and not one.filled & other.filled)


def same_entity(one: str, other: str) -> bool:
    """Equal names; one of them may lead with the province or city, or end in 本级."""
    first, second = _bare(one), _bare(other)
    return first.endswith(second) or second.endswith(first)


def _bare(name: str) -> str:
    return re.sub(r"[（(]?(?:本级|汇总|部门|机关)[)）]?$", "", name)


def _merged(folder: Path, members: list[_Read]) -> Disclosure:
    if len(members) == 1:
        return members[0].alone
    with limits(*(str(one.path) for one in members)):
        raws = [one.raw or read_raw(one.path) for one in members]
        return recognise(raws, str(folder))


def _notes_owner(groups: list[list[_Read]], notes: dict) -> list[_Read] | None:
    """The account that the notes are about: the one that their entity and year do not contradict."""
    if not notes or not groups:
        return None
    name, year = notes["entity"]["name"], notes["year"]
    fitting = [
        members
        for members in groups
        if all(same_entity(one.alone.entity or name, name) and (one.alone.year or year) == year for one in members)
        and _of_kind(members, notes)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _of_kind(members: list[_Read], notes: dict) -> bool:
    """Not so of a budget beside the notes of an account, or the reverse."""
    return all(one.alone.kind in ("unknown", notes.get("kind", "final_account")) for one in members)


def _without_notes(account: Disclosure, notes: dict) -> Disclosure:
    """Tell that the notes beside an account are left aside, because they name another one."""
    if not notes:
        return account
    about = f"{notes['entity']['name']} {notes['year']}"
    sentence = f"{account.path}：旁边的 {NOTES} 写的是{about}，未用：请更正其单位和年度"
    return replace(account, problems=(*account.problems, sentence))


def _against_folder(account: Disclosure, folder: Path) -> Disclosure:
    """Tell when the folder is named after another year; take its year where the document names none."""
    if not re.fullmatch(r"20\d\d", folder.name):
        return account
    if account.year is None:
        return replace(account, year=int(folder.name))
    if account.year == int(folder.name):
        return account
    sentence = f"{account.path}：资料写{account.year}年，所在文件夹是 {folder.name}：请移动或更正年度"
    return replace(account, problems=(*account.problems, sentence))


def _claimed_once(account: Disclosure, seen: dict[tuple, str]) -> Disclosure:
    """Tell when an earlier account has the same entity, year and kind."""
    key = (account.entity, account.year, account.kind)
    if not account.entity or account.year is None:
        return account
    first = seen.setdefault(key, account.path)
    if first == account.path:
        return account
    sentence = f"{account.path}：{account.entity}{account.year}年的资料在 {first} 也有：请只留一份"
    return replace(account, problems=(*account.problems, sentence))
