"""The mark beside a number that a finding holds for wrong."""

from fiscal.model.finding import Doubt
from fiscal.report.kit.markup import Raw, tag


def see(doubt: Doubt) -> Raw:
    """不符，见第2项, as a link to the finding."""
    return tag("a", f"{doubt.word}，见第{doubt.number}项", href=f"#finding-{doubt.number}", title=doubt.message,
               class_=f"see {doubt.severity}")  # fmt: skip
