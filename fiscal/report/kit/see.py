"""The mark beside a number that a finding holds for wrong."""

from fiscal.model.finding import Doubt
from fiscal.report.kit.markup import Raw, join, tag


def see(doubt: Doubt) -> Raw:
    """不符，见第2项, as a link to the finding or to the account of another year."""
    return tag("a", doubt.told, href=f"#{doubt.anchor}", title=doubt.message, class_=f"see {doubt.severity}")


def marked(shown: str | Raw, doubt: Doubt | None) -> str | Raw:
    """A number as it is shown, with the mark under it where it is held for wrong."""
    return join([tag("span", shown, class_="wrong"), tag("span", see(doubt), class_="mark")]) if doubt else shown
