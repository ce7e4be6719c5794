"""What one disclosure contains, before anybody asks questions of it."""

from dataclasses import dataclass, field

from fiscal.model.cells import Place
from fiscal.model.table import Table
from fiscal.model.text import ChartPoint, Paragraph
from fiscal.model.unread import Unread


@dataclass(frozen=True)
class Disclosure:
    """One account as read from its file or files.

    kind      final_account | budget | unknown
    level     department | unit | ""
    profile   key of `profiles` in tables.yaml (national9, sichuan13, shanghai9 …); `profile_guessed` where neither
              place nor titles say so: what is asked for by the profile is then a warning at most
    problems  sentences about what could not be read: unrecognised sheets, unreadable cells, failed pages
    notes     the mapping of notes.yaml, or {}
    listed    ids of tables that a table of contents or a title line names
    unread    what was seen and not read: nothing is concluded from its absence
    blank     pages on which nothing stands
    """

    path: str
    files: tuple[str, ...] = ()
    format: str = ""
    entity: str = ""
    year: int | None = None
    kind: str = "unknown"
    level: str = ""
    unit: str = "万元"
    profile: str = "national9"
    profile_guessed: bool = False
    tables: dict[str, Table] = field(default_factory=dict)
    paragraphs: tuple[Paragraph, ...] = ()
    charts: tuple[ChartPoint, ...] = ()
    notes: dict = field(default_factory=dict)
    listed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    blank: tuple[Place, ...] = ()

    def was_seen(self, table: str) -> bool:
        """Whether a trace of this table was seen though it was not read: it, its title, or something without a name."""
        return table in self.listed or any(part.is_whole and part.table in (table, "") for part in self.unread)

    @property
    def paper(self) -> str:
        """What the document is called: 部门决算, 单位预算 …; "" where its kind is unknown."""
        words = {"final_account": "决算", "budget": "预算"}.get(self.kind, "")
        return words and f"{'单位' if self.level == 'unit' else '部门'}{words}"
