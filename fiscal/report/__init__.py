"""Pages for reviewers: tables, findings, charts and words of an account as accessible, offline HTML."""

from fiscal.report import show

__all__ = ["show"]
