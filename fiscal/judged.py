"""What a check found: findings that can show their page, and everything that was counted on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fiscal.model import finding as model
from fiscal.model.cells import Cell
from fiscal.model.display import Displayed

if TYPE_CHECKING:
    import pandas as pd
    from PIL.Image import Image


@dataclass(frozen=True)
class Finding(model.Finding):
    """A finding that can show the page it speaks of."""

    folder: str = ""

    def image(self) -> "Image | None":
        """The page region around the first piece of evidence, its number marked; None where there is no page."""
        return next((image for cell in self.evidence if (image := picture(self.folder, cell))), None)


def picture(folder: str | Path, cell: Cell) -> "Image | None":
    """The page region around a cell, its number marked; None where there is no page."""
    from fiscal.readers.pdf.page_image import region, spot

    place = cell.place
    if not (place.page and place.bbox):
        return None
    path = Path(folder) / place.document
    number = spot(path, place.page, place.bbox, cell.text) if cell.text else None
    return region(path, place.page, place.bbox, marks=[number or place.bbox])


@dataclass(frozen=True)
class Findings(Displayed):
    """The result of a check: findings in order of weight, and everything that was counted on the way.

    outcomes  every instance of every identity, passed ones included
    figures   total, verified, rounding, conflicting, unconstrained, unread
    statuses  one (status, deciding rule) per statement of the account
    previous  last year's account, as it was given to the check
    left_out  findings that a reviewer's sheet or an earlier result leaves out, and `compared` what became of those
    """

    items: tuple[Finding, ...]
    outcomes: tuple[model.Outcome, ...]
    figures: dict[str, int]
    statuses: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    left_out: tuple[Finding, ...] = field(default=(), repr=False)
    compared: Any = field(default=None, repr=False)
    previous: Any = field(default=None, repr=False, compare=False)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Finding:
        return self.items[index]

    @cached_property
    def checks(self) -> dict[str, int]:
        """Instances of identities by outcome: passed, rounding, failed, skipped."""
        counts = dict.fromkeys((model.PASSED, model.ROUNDING, model.FAILED, model.SKIPPED), 0)
        for outcome in self.outcomes:
            counts[outcome.outcome] += 1
        return counts

    @cached_property
    def doubts(self) -> dict[int, model.Doubt]:
        """The printed numbers that findings hold for wrong, by the id of their cell; last year's by its own check."""
        before = self.previous
        return (model.of_year(before.doubts, before.year) if before is not None else {}) | model.doubts(self.items)

    def to_frame(self) -> "pd.DataFrame":
        """One row per finding: rule, severity, message, expected, actual, difference, place, key."""
        import pandas as pd

        lines = [
            (f.rule, f.severity, f.message, f.expected, f.actual, f.difference, f.evidence[0].place.label()
             if f.evidence else "", f.suggestion, f.key)
            for f in self.items
        ]  # fmt: skip
        names = ["rule", "severity", "message", "expected", "actual", "difference", "place", "suggestion", "key"]
        return pd.DataFrame(lines, columns=names)

    def skipped(self) -> "pd.DataFrame":
        """Which rules could not be evaluated, why, and how many instances: rule, reason, n."""
        import pandas as pd

        lines = [(o.rule, o.reason) for o in self.outcomes if o.outcome == model.SKIPPED]
        return pd.DataFrame(lines, columns=["rule", "reason"]).value_counts().rename("n").reset_index()
