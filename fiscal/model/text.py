"""The words of an account: paragraphs, chart data, and the statements read from them."""

from dataclasses import dataclass, field, replace

from fiscal.model.cells import Cell, Place
from fiscal.model.display import Displayed


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the narrative, lines and pages joined.

    text    as published, digits and punctuation untouched, hidden bookmarks removed
    place   document, first page, box there; `offset` of its first character in the narrative of the account
    breaks  (index in text, page) for every page that begins inside the paragraph
    boxes   (first index, last index + 1, page, bbox) of each printed line, where the format has pages
    role    body | heading | caption | contents | chart | cell (a table flattened into text)
    joined  indices in text where a line or page break was closed (numbers across it are less certain)
    """

    text: str
    place: Place = field(default_factory=Place)
    role: str = "body"
    breaks: tuple[tuple[int, int], ...] = ()
    boxes: tuple[tuple[int, int, int, tuple[float, float, float, float]], ...] = ()
    joined: tuple[int, ...] = ()

    def part(self, start: int, end: int) -> "Paragraph":
        """The piece from `start` to `end`, with the place, pages and boxes that belong to it."""
        before = [page for index, page in self.breaks if index <= start]
        offset = None if self.place.offset is None else self.place.offset + start
        boxes = tuple(
            (max(one, start) - start, min(two, end) - start, page, box)
            for one, two, page, box in self.boxes
            if one < end and two > start
        )
        place = replace(self.place, offset=offset, page=before[-1] if before else self.place.page)
        return Paragraph(
            self.text[start:end], replace(place, bbox=boxes[0][3]) if boxes else place, self.role,
            tuple((index - start, page) for index, page in self.breaks if start < index < end), boxes,
            tuple(index - start for index in self.joined if start < index < end),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One number of a chart's data as stored in the document. `text` is the number as stored (0.8677, 218.96)."""

    chart: str
    series: str
    category: str
    text: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Claim(Displayed):
    """One printed figure of the narrative and what its sentence says of it.

    subject   slot or measure (`total_change`, `gpb_items[2010305].actual`), a name as printed, or "" (not understood)
    kind      amount | share | change | change_percent | completion | count; "" while not understood
    cell      value, unit (%, 万元 …), printed text; its place has page, section, offset and the quoted clause
    period    this (year) | previous | a named year
    base      what a change, rate or completion is measured against: last_year | initial_budget | full_year_budget |
              budget (which one is not said) | a named year ("2019"); of a budget's level which budget it is; ""
              where the sentence names none
    whole     the subject of which a share is stated, or the words of its name; "" where none is said
    list      an id shared by the parts of one enumeration (其中 …), or ""
    list_head offset of the claim whose parts the list gives; None where the list stands alone
    complete  whole (包括, 由…组成: all parts are there) | all (全部为: so is one) | some (等, 主要: parts are left out)
              | "" (其中 does not say)
    aside     reason | purpose | bracket: said in passing, not as the subject's own figure; "" otherwise
    direction 增加 | 减少 | 持平 as normalised, or ""
    word      大于 | 小于 | 等于: what the sentence says of the level and the budget of a completion, or ""
    sentence  the sentence it stands in
    counter   the counter word of a count (件, 人次), or ""
    span      first offset and end of that sentence in the narrative, so that claims of one sentence can be grouped
    """

    subject: str
    kind: str
    cell: Cell
    section: str
    period: str = "this"
    direction: str = ""
    sentence: str = ""
    base: str = ""
    whole: str = ""
    list: str = ""
    list_head: int | None = None
    complete: str = ""
    aside: str = ""
    word: str = ""
    span: tuple[int, int] | None = None
    counter: str = ""


def figure_key(statement: Claim, index: int) -> tuple | None:
    """Which printed figure a statement speaks of; None for counts, which are no figures.

    One printed figure stated for two subjects has one key: its place in the text. A figure without a place (`index` is
    its number in the narrative) stands for itself.
    """
    if statement.kind == "count" or (not statement.kind and statement.cell.unit == ""):
        return None
    place = statement.cell.place
    if place.offset is None and place.cell is None:
        return (index,)
    return (place.document, place.page, place.sheet, place.cell, place.offset)


Entry = dict[str, "Cell | str"]


@dataclass(frozen=True)
class Narrative:
    """All that the words of an account say.

    claims      in order of their place; every printed amount and percent has at least one
    slots       slot → all cells stated for it, in order (a slot may be stated several times)
    words       slot of type text, word, date or flag → its value(s)
    lists       list slot (gpb_items, vehicle_kinds …) → entries, each a dict of the slot's fields
    said        claims made in words, without a printed figure: 无…支出 (amount or count 0), 与上年持平 (change 0,
                direction 持平 or 基本持平, base as said), 决算数大于预算数 (completion, a blank cell, `word`)
    """

    paragraphs: tuple[Paragraph, ...] = ()
    claims: tuple[Claim, ...] = ()
    slots: dict[str, list[Cell]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    lists: dict[str, list[Entry]] = field(default_factory=dict)
    said: tuple[Claim, ...] = ()
