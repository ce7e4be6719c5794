"""`fiscal rule`: one rule in words."""

from fiscal.report.rules import as_text, near


def explained(rule: str) -> tuple[str, list[str]]:
    """The rule for a terminal, or "" and the ids that look like the one asked for."""
    told = as_text(rule)
    return (told, []) if told else ("", near(rule))
