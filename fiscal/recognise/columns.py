"""Columns: header chains, what each column is for, and which declared column it is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from fiscal.dictionary.classification import economic, functional
from fiscal.dictionary.labels import normal
from fiscal.dictionary.tables import ColumnEntry, TableEntry, catalogue
from fiscal.recognise.grid_pieces import Piece, Row
from fiscal.recognise.head_words import TOTALS, head, is_number, is_value, kind_of_head, label, unit_of

CODE, NAME, LINE, AMOUNT, SPARE = "code", "name", "line", "amount", "spare"
_YEAR = re.compile(r"20\d\d(?=年)")
_CHANGE = re.compile(r"增减|增长|[比较](?:上年|去年)|预算数[比较]")
_PREVIOUS = re.compile(r"(?:上|去)年(?!.*(?:结转|结余))")
WORD = re.compile("[\u4e00-\u9fff]")
_CODE = re.compile(r"[23]\d{2}(?:\d{2}){0,2}")
_SEVERAL = 5  # numbers that all are codes of the classification are no amounts
FEWEST = 2  # rows from which what a column holds says what it is


@dataclass(frozen=True)
class Chain:
    """The header texts above one column, top to bottom, as printed; `words` are their comparison forms.

    role  previous where the heading speaks of last year, change where it compares the years, else ""
    """

    index: int
    printed: tuple[str, ...]
    words: tuple[str, ...]
    kind: str
    role: str = ""

    @property
    def label(self) -> str:
        return "/".join(self.printed)

    @property
    def unit(self) -> str:
        return next((unit for text in reversed(self.printed) if (unit := unit_of(text))), "")


def chains(piece: Piece) -> list[Chain]:
    """One chain per column of the piece; amounts of an earlier year beside those of a later one are spare."""
    found = [_by_body(_chain(piece.head, index), piece.body) for index in range(piece.width)]
    years = [max(_YEAR.findall(chain.label), default="") for chain in found]
    return [
        replace(chain, kind=SPARE, role="previous") if year and year < max(years) and chain.kind == AMOUNT else chain
        for chain, year in zip(found, years)
    ]


def _chain(rows: Sequence[Row], index: int) -> Chain:
    printed: list[str] = []
    last: object = None
    for row in rows:
        cell = row.owners[index] if index < len(row.owners) else None
        text = label(cell.text) if cell else ""
        if not text and row is not rows[-1]:
            text = _inherited(rows, row, index)
        if text and cell is not last:
            printed.append(text)
        last = cell if cell is not None else last
    words = tuple(head(text) for text in printed)
    return Chain(index, tuple(printed), words, _kind(words), _role("/".join(words)))


def _role(words: str) -> str:
    return "change" if _CHANGE.search(words) else "previous" if _PREVIOUS.search(words) else ""


def _inherited(rows: Sequence[Row], row: Row, index: int) -> str:
    """The header to the left, where a parent header stands over several columns without being merged."""
    below = rows[rows.index(row) + 1 :]
    if not any(index < len(r.cells) and r.cells[index] and r.cells[index].text.strip() for r in below):  # type: ignore[union-attr]
        return ""
    for left in range(index - 1, -1, -1):
        cell = row.owners[left]
        if cell is not None and cell.text.strip():
            return label(cell.text) if cell.rows == 1 else ""
    return ""


def _kind(words: Sequence[str]) -> str:
    return kind_of_head(words[-1]) or AMOUNT if words else SPARE


def _by_body(chain: Chain, body: Sequence[Row]) -> Chain:
    """The column by what it holds where its heading is none of a name: one without any number holds no amounts.

    Codes under each other are codes, words are names; where nothing stands the heading decides. Under the heading of a
    declared column of amounts a single text is an amount that cannot be read, codes are those of the classification.
    """
    if chain.kind != AMOUNT:
        return chain
    cells = [row.cells[chain.index] for row in body if chain.index < len(row.cells)]
    texts = [text for cell in cells if cell is not None and (text := label(cell.text)) and normal(text) not in TOTALS]
    is_declared = chain.words[-1:] in _declared()
    if not texts or (is_declared and len(texts) < FEWEST):
        return chain
    numbers = [text for text in texts if is_number(text)]
    if len(numbers) >= _SEVERAL and all(text in economic().by_code for text in numbers):
        return replace(chain, kind=CODE)  # whatever stands above: so many amounts are not codes by chance
    formed = not is_declared and all(map(_CODE.fullmatch, texts))
    if len(texts) >= FEWEST and (formed or all(map(_is_classified, texts))):
        return replace(chain, kind=CODE)
    words = [text for text in texts if WORD.search(text) and not is_value(text)]
    is_name = len(words) > len(texts) / 2 and not numbers
    return replace(chain, kind=NAME) if is_name else chain


def _is_classified(text: str) -> bool:
    return bool(functional().by_code.get(text) or economic().by_code.get(text))


@cache
def _declared() -> frozenset[tuple[str, ...]]:
    """Heads of declared amount columns."""
    return frozenset(
        (head(text),) for entry in catalogue().entries.values() for column in entry.amounts for text in column.headers
    )


# Words that may stand below the header of a column without making it a part of that column.
NEUTRAL = frozenset({"小计", "合计", "金额", "决算数", "预算数", "支出数", "收入数", "本年数", "执行数"})


@dataclass(frozen=True, eq=False)
class _Form:
    """A declared column in comparison form; `heads` in the order of preference."""

    entry: ColumnEntry
    heads: tuple[str, ...]
    parents: tuple[tuple[str, ...], ...]


@cache
def _forms(table: str) -> tuple[_Form, ...]:
    """The amount columns of a declared table in comparison form."""
    return tuple(
        _Form(entry, tuple(head(text) for text in entry.headers), tuple(_parents(entry)))
        for entry in catalogue()[table].columns
        if entry.kind in ("amount", "percent") and not entry.virtual
    )


def _parents(entry: ColumnEntry) -> Iterable[tuple[str, ...]]:
    for parent in entry.parents:
        yield tuple(head(part) for part in parent.split("/")) if parent else ()


def _fit(form: _Form, words: Sequence[str]) -> float:
    """How well a declared column explains a header chain; 0 or less: not at all."""
    best = 0.0
    for preference, name in enumerate(form.heads):
        if name not in words:
            continue
        for parents in form.parents:
            rest = list(words)
            rest.remove(name)
            below = words[len(words) - 1 - words[::-1].index(name) + 1 :]
            if any(word not in parents and word not in NEUTRAL for word in below):
                continue
            met, missing = 0, 0
            for part in parents:
                if part in rest:
                    rest.remove(part)
                    met += 1
                elif part != name:
                    missing += 1
            score = (4.0 if name == words[-1] else 2.0) + 2 * met - 1.5 * missing - 0.01 * preference
            best = max(best, score - 0.75 * sum(word not in form.heads for word in rest))
    return best


@lru_cache(maxsize=4096)
def _ranked(table: str, words: tuple[str, ...]) -> tuple[tuple[float, bool, int, ColumnEntry], ...]:
    """(-score, no item, order, column) of every declared column that can explain a chain."""
    scored = ((_fit(form, words), order, form.entry) for order, form in enumerate(_forms(table)))
    # An old name of a class may be the name of an item in it (其他资本性支出): under the class it is the item.
    return tuple((-score, len(entry.code) != 5, order, entry) for score, order, entry in scored if score > 0)


def best_fit(table: str, words: tuple[str, ...]) -> tuple[ColumnEntry | None, float]:
    """The declared column that explains `words` best, and how well."""
    ranked = sorted(_ranked(table, words), key=lambda item: item[:3])
    return (ranked[0][3], -ranked[0][0]) if ranked else (None, 0.0)


def assign(found: Sequence[Chain], table: str) -> dict[int, ColumnEntry]:
    """Column index → declared column; the best fitting pairs first, each declared column once."""
    pairs = [
        (score, no_item, chain.index, order, entry)
        for chain in found
        if chain.kind == AMOUNT or chain.role
        for score, no_item, order, entry in _ranked(table, chain.words)
        if entry.role == chain.role
    ]
    taken: dict[int, ColumnEntry] = {}
    used: set[str] = set()
    for *_, index, _, entry in sorted(pairs, key=lambda pair: pair[:4]):
        if index not in taken and entry.key not in used:
            taken[index] = entry
            used.add(entry.key)
    return taken


def coverage(piece: Piece, entry: TableEntry) -> float:
    """Share of the amount columns of a piece that an entry explains, less the declared ones it lacks."""
    amounts = [chain for chain in chains(piece) if chain.kind == AMOUNT]
    if not amounts:
        return 0.0
    taken = assign(amounts, entry.id)
    needed = [column for column in entry.amounts if not column.optional and not column.virtual]
    lacking = len([column for column in needed if column not in taken.values()])
    return len(taken) / len(amounts) - 0.5 * lacking / max(1, len(needed))
